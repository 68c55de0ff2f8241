import { benchBfgs } from './bfgs-versus-scipy.ts';
import { benchBilliards } from './billiards.ts';
import { benchFlow } from './flow.ts';
import { benchKuramotoSivashinsky } from './kuramoto-sivashinsky.ts';
import { benchNetworkSteps } from './network-steps.ts';
import { benchReport } from './report.ts';
import { benchSolvers } from './solvers-versus-scipy.ts';
import { benchTheory } from './theory.ts';

/** All benchmarks, or those named: `npm run bench -- bfgs`. Each compares with a peer in the same run. */
const benchmarks: Readonly<Record<string, () => Promise<void>>> = {
  bfgs: benchBfgs,
  solvers: benchSolvers,
  networks: benchNetworkSteps,
  billiards: benchBilliards,
  ks: benchKuramotoSivashinsky,
  flow: benchFlow,
  theory: benchTheory,
  report: benchReport,
};

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(benchmarks);
for (const name of names) {
  const benchmark = benchmarks[name];
  if (benchmark === undefined) {
    process.stderr.write(`unknown benchmark ${name}: expected ${Object.keys(benchmarks).join(' or ')}\n`);
    process.exitCode = 64;
    break;
  }
  await benchmark();
}
