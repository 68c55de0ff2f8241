import type { PlantedImport } from './layers.ts';

const forbidden = (from: string, to: string, ...breaks: string[]): PlantedImport => ({
  from,
  to,
  by: 'import',
  breaks,
});
const allowed = (from: string, to: string): PlantedImport => forbidden(from, to);

/** For every rule an import that breaks it and nothing else, and beside it the imports that must stay possible. */
export const plantedImports: readonly PlantedImport[] = [
  forbidden('src/core/egg.ts', 'src/core/hen.ts', 'no-circular'),
  forbidden('src/core/hen.ts', 'src/core/egg.ts', 'no-circular'),

  forbidden('src/core/batch.ts', 'src/numerics/vector.ts', 'layer-core'),
  forbidden('src/kernels/fourier.ts', 'src/core/errors.ts', 'layer-kernels'),
  forbidden('src/numerics/fourier.ts', 'src/simulators/pendulum.ts', 'layer-numerics'),
  forbidden('src/verdicts/ledger.ts', 'src/claims/defaults.ts', 'layer-verdicts'),
  forbidden('src/simulators/billiards.ts', 'src/solvers/bfgs.ts', 'layer-simulators'),
  forbidden('src/networks/float64.ts', 'src/solvers/bfgs.ts', 'layer-networks'),
  forbidden('src/solvers/adam.ts', 'src/simulators/pendulum.ts', 'layer-solvers'),
  forbidden('src/solvers/run.ts', 'src/verdicts/judge.ts', 'layer-solvers'),
  forbidden('src/report/html.ts', 'src/verdicts/judge.ts', 'layer-report'),
  forbidden('src/report/gate.ts', 'src/claims/defaults.ts', 'layer-report'),
  { ...forbidden('src/report/read.ts', 'src/verdicts/judge.ts', 'layer-report'), by: 'import type' },
  { ...forbidden('src/report/write.ts', 'src/verdicts/judge.ts', 'layer-report'), by: 'import()' },
  forbidden('src/claims/engine.ts', 'src/report/schema.ts', 'layer-claims'),
  forbidden('src/claims/kernels.ts', 'src/kernels/dealias.ts', 'layer-claims'),
  forbidden('src/commands/list.ts', 'src/attic/old.ts', 'every-folder-of-src-is-a-layer'),
  allowed('src/simulators/flow.ts', 'src/kernels/dealias.ts'),
  allowed('src/verdicts/plan.ts', 'src/numerics/vector.ts'),
  allowed('src/claims/facts.ts', 'src/verdicts/judge.ts'),
  allowed('src/report/html.test.ts', 'src/verdicts/judge.ts'),
  allowed('src/commands/verify.ts', 'src/report/schema.ts'),

  forbidden('src/solvers/lbfgs.ts', 'src/networks/tensorflow.ts', 'solvers-know-networks-by-interface-only'),
  allowed('src/solvers/joint-network.ts', 'src/networks/network.ts'),

  forbidden('theory/voting.ts', 'src/simulators/pendulum.ts', 'theory-stands-on-numerics'),
  forbidden('theory/chaos.ts', 'properties/law.ts', 'theory-stands-on-numerics'),
  allowed('theory/sine-fit.ts', 'src/numerics/vector.ts'),
  forbidden('properties/claim-laws.ts', 'src/claims/defaults.ts', 'properties-are-below-claims'),
  allowed('properties/theory-laws.ts', 'theory/alignment.ts'),
  allowed('properties/solver-laws.ts', 'src/solvers/bfgs.ts'),
  allowed('properties/claims.test.ts', 'src/claims/defaults.ts'),

  forbidden('src/verdicts/e-process.ts', 'theory/alignment.ts', 'only-claims-use-theory-and-properties'),
  forbidden('src/verdicts/wilson.ts', 'properties/law.ts', 'only-claims-use-theory-and-properties'),
  forbidden('src/commands/check.ts', 'properties/law.ts', 'only-claims-use-theory-and-properties'),
  allowed('src/claims/theory.ts', 'theory/alignment.ts'),
  allowed('src/claims/laws.ts', 'properties/law.ts'),
  allowed('src/index.ts', 'theory/alignment.ts'),

  forbidden('src/commands/replay.ts', 'src/cli.ts', 'nobody-imports-the-command-line'),
  forbidden('src/core/random.test.ts', 'src/cli.ts', 'nobody-imports-the-command-line'),
  forbidden('src/index.ts', 'src/commands/table.ts', 'commands-are-for-the-command-line'),
  allowed('src/cli.ts', 'src/commands/table.ts'),
  forbidden('src/commands/environment.ts', 'src/index.ts', 'layers-do-not-import-the-public-surface'),

  forbidden('src/solvers/minimize.ts', 'fixtures/trajectories.json', 'fixtures-are-for-tests-and-claims'),
  allowed('src/claims/paper.ts', 'fixtures/trajectories.json'),
  allowed('src/solvers/minimize.test.ts', 'fixtures/trajectories.json'),
  forbidden('src/claims/jobs.ts', 'reports/baseline.json', 'nobody-imports-outputs-or-benchmarks'),
  forbidden('src/core/figure.ts', 'dist/core.js', 'nobody-imports-outputs-or-benchmarks'),
  forbidden('src/core/claim.ts', 'bench/run.ts', 'nobody-imports-outputs-or-benchmarks'),
  forbidden('src/solvers/refine.ts', 'src/solvers/refine.test.ts', 'nobody-imports-tests'),

  forbidden('src/simulators/wave-packet.ts', 'package:pure-rand', 'package-pure-rand'),
  forbidden('src/simulators/chaos.ts', 'package:pure-rand/generator/xoroshiro128plus', 'package-pure-rand'),
  allowed('src/core/random.ts', 'package:pure-rand/generator/xoroshiro128plus'),
  forbidden('src/claims/words.ts', 'package:fast-check', 'package-fast-check'),
  allowed('properties/arbitraries.ts', 'package:fast-check'),
  allowed('src/numerics/vector.test.ts', 'package:fast-check'),
  forbidden('src/simulators/packet.ts', 'package:@tensorflow/tfjs-core', 'package-tensorflow'),
  forbidden('src/networks/weights.ts', 'package:@tensorflow/tfjs-core', 'package-tensorflow'),
  forbidden('src/solvers/bfgs.test.ts', 'package:@tensorflow/tfjs-core', 'package-tensorflow'),
  allowed('src/networks/tensorflow.ts', 'package:@tensorflow/tfjs-core'),
  forbidden('src/core/problem.ts', 'package:simple-statistics', 'core-and-kernels-use-no-package'),
  allowed('src/numerics/statistics.ts', 'package:simple-statistics'),
  forbidden('src/report/json.ts', 'package:typescript', 'no-development-package-in-the-product'),
  allowed('src/report/json.test.ts', 'package:typescript'),
];
