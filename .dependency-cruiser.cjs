/**
 * Who may import what. The table is in DESIGN.md; properties/architecture.test.ts plants a violation of every rule.
 * Tests, and the fixtures that they run, may import anything but tests, outputs and the command line.
 */
const TEST = '\\.(test|fixture)\\.ts$';

/** Each layer of src/ with the other layers it may import; each may import itself. */
const layers = {
  core: [],
  kernels: [],
  numerics: ['core'],
  verdicts: ['core', 'numerics'],
  simulators: ['core', 'numerics', 'kernels'],
  networks: ['core', 'numerics'],
  solvers: ['core', 'numerics', 'networks'],
  protocol: ['core'],
  report: ['core'],
  claims: ['core', 'protocol', 'numerics', 'verdicts', 'simulators', 'networks', 'solvers'],
  gate: ['core', 'numerics', 'verdicts', 'simulators', 'networks', 'solvers', 'report', 'claims'],
  diagnosis: ['core', 'numerics', 'verdicts', 'networks', 'solvers', 'claims'],
  checks: ['core', 'protocol', 'simulators', 'networks', 'claims', 'gate', 'diagnosis'],
  vitest: ['core', 'networks', 'report', 'claims'],
};

const layerRules = Object.entries(layers).map(([layer, allowed]) => ({
  name: `layer-${layer}`,
  severity: 'error',
  from: { path: `^src/${layer}/`, pathNot: TEST },
  to: { path: '^src/', pathNot: `^src/(${[layer, ...allowed].join('|')})/` },
}));

/** Packages that only the named files may import. */
const packageRules = [
  { package: 'pure-rand', users: ['^src/core/random\\.ts$'] },
  { package: 'fast-check', users: ['^properties/', TEST] },
  {
    package: '@tensorflow',
    users: [
      '^src/networks/(tensorflow|tensor-function|backend|gradient-kernels)\\.ts$',
      '^src/networks/.*\\.test\\.ts$',
    ],
  },
  { package: 'vitest', users: ['^src/vitest/', '^src/report/browser/', TEST] },
].map(({ package: name, users }) => ({
  name: `package-${name.replace('@', '')}`,
  severity: 'error',
  from: { pathNot: users },
  // The second half finds what cannot be resolved, such as an entry the package does not export.
  to: { path: `(^|/)node_modules/${name}/|^${name}(/|$)` },
}));

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    ...layerRules,
    {
      name: 'every-folder-of-src-is-a-layer',
      comment: 'A new folder would be under no layer rule: give it a line in `layers`.',
      severity: 'error',
      from: {},
      to: { path: '^src/[^/]+/', pathNot: `^src/(${[...Object.keys(layers), 'commands'].join('|')})/` },
    },
    {
      name: 'solvers-know-networks-by-interface-only',
      severity: 'error',
      from: { path: '^src/solvers/', pathNot: TEST },
      to: { path: '^src/networks/', pathNot: '^src/networks/network\\.ts$' },
    },
    {
      name: 'theory-stands-on-numerics',
      severity: 'error',
      from: { path: '^theory/', pathNot: TEST },
      to: { path: '^(src|properties)/', pathNot: '^src/(core|numerics)/' },
    },
    {
      name: 'properties-are-below-claims',
      severity: 'error',
      from: { path: '^properties/', pathNot: TEST },
      to: { path: '^src/', pathNot: '^src/(core|numerics|simulators|solvers)/' },
    },
    {
      name: 'generators-are-for-laws',
      comment: 'Draws of fast-check are biased: claims take frequencies from trial sources only.',
      severity: 'error',
      from: { path: '^src/', pathNot: TEST },
      to: { path: '^properties/([a-z]+-arbitrary|arbitraries|generators|simulator-case)\\.ts$' },
    },
    {
      name: 'only-claims-use-theory-and-properties',
      comment: 'The public surface may name them.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/(claims|checks|diagnosis)/', '^src/index\\.ts$', TEST] },
      to: { path: '^(theory|properties)/' },
    },
    {
      name: 'nobody-imports-the-command-line',
      comment: 'src/cli.ts runs when it is loaded.',
      severity: 'error',
      from: {},
      to: { path: '^src/cli\\.ts$' },
    },
    {
      name: 'commands-are-for-the-command-line',
      severity: 'error',
      from: { pathNot: ['^src/(cli\\.ts$|commands/)', TEST] },
      to: { path: '^src/commands/' },
    },
    {
      name: 'drawing-computes-nothing',
      comment:
        'Reports are compared and drawn again without claims, workers or networks, through whatever they import.',
      severity: 'error',
      from: { path: '^src/commands/(diff|report)\\.ts$' },
      to: { path: '^(src/(claims|networks|simulators|solvers|verdicts)|properties|theory)/', reachable: true },
    },
    {
      name: 'layers-do-not-import-the-public-surface',
      severity: 'error',
      from: { pathNot: TEST },
      to: { path: '^src/index\\.ts$' },
    },
    {
      name: 'fixtures-are-for-tests-and-claims',
      severity: 'error',
      from: { pathNot: ['^src/claims/', TEST] },
      to: { path: '^fixtures/' },
    },
    {
      name: 'nobody-imports-outputs-or-benchmarks',
      severity: 'error',
      from: {},
      to: { path: '^(dist|reports|bench)/' },
    },
    {
      name: 'browsers-are-for-tests',
      comment: 'src/report/browser opens the page in Chromium; it is no part of the product.',
      severity: 'error',
      from: { pathNot: '^src/report/browser/' },
      to: { path: '^src/report/browser/' },
    },
    { name: 'nobody-imports-tests', severity: 'error', from: {}, to: { path: TEST } },
    ...packageRules,
    {
      name: 'core-and-kernels-use-no-package',
      severity: 'error',
      from: { path: '^src/(core|kernels)/', pathNot: ['^src/core/random\\.ts$', TEST] },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'vitest-is-known-by-its-types-only',
      comment: 'Who has no vitest has no reporter of it either, and misses nothing else.',
      severity: 'error',
      from: { path: '^src/vitest/', pathNot: ['^src/vitest/testing/', TEST] },
      to: { path: '(^|/)node_modules/vitest/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-development-package-in-the-product',
      comment:
        'properties/architecture serves the test of that name only, and vitest is there where src/vitest is loaded.',
      severity: 'error',
      from: { pathNot: ['^properties/architecture/', '^src/report/(browser/|page/build\\.mjs$)', TEST] },
      to: { dependencyTypes: ['npm-dev'], pathNot: '(^|/)node_modules/vitest/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: ['node_modules', '^(dist|reports|bench)/'] },
  },
};
