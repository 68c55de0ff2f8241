/** Layer rules: each layer may import only what stands left of it. The table is in DESIGN.md. */
const layers = {
  core: [],
  numerics: ['core'],
  verdicts: ['core', 'numerics'],
  simulators: ['core', 'numerics', 'kernels'],
  networks: ['core', 'numerics'],
  solvers: ['core', 'numerics', 'networks'],
  report: ['core'],
  claims: ['core', 'numerics', 'verdicts', 'simulators', 'networks', 'solvers', 'kernels'],
};

const layerRules = Object.entries(layers).map(([layer, allowed]) => ({
  name: `layer-${layer}`,
  severity: 'error',
  from: { path: `^src/${layer}/`, pathNot: '\\.test\\.ts$' },
  to: { path: '^src/', pathNot: `^src/(${[layer, ...allowed].join('|')})/` },
}));

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    ...layerRules,
    {
      name: 'theory-and-properties-are-below-claims',
      severity: 'error',
      from: { path: '^(theory|properties)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/', pathNot: '^src/(core|numerics|simulators|solvers)/' },
    },
    {
      name: 'only-claims-use-theory-and-properties',
      severity: 'error',
      from: { path: '^src/(core|numerics|verdicts|simulators|networks|solvers|report)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(theory|properties)/' },
    },
    {
      name: 'solvers-know-networks-by-interface-only',
      severity: 'error',
      from: { path: '^src/solvers/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/networks/', pathNot: '^src/networks/network\\.ts$' },
    },
    {
      name: 'tensorflow-in-networks-only',
      severity: 'error',
      from: { path: '^(src|theory|properties)/', pathNot: '^src/networks/' },
      to: { path: '@tensorflow/' },
    },
    {
      name: 'nobody-imports-the-command-line',
      severity: 'error',
      from: { path: '^(src|theory|properties)/', pathNot: '^src/(cli\\.ts|commands/)|\\.test\\.ts$' },
      to: { path: '^src/(cli\\.ts|commands/)' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|reports)/' },
  },
};
