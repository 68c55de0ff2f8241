/** Generators and laws for property-based tests of your own: the entry `inverse-claims/arbitraries`. */
export { dyadic, powerOfTwo } from './arbitraries.ts';
export { batchArbitrary } from './batch-arbitrary.ts';
export { type Instances, instancesOf } from './instances-arbitrary.ts';
export { assume, type Law, type LawDefinition, law, searchLaw } from './law.ts';
export { linearProblems } from './linear-arbitrary.ts';
export { type LinearShape, linearProblem } from './linear-problem.ts';
export { NOISE_KINDS, type Noise, type NoiseKind, noiseArbitrary, noiseBatch, withNoise } from './noise-arbitrary.ts';
export { priorArbitrary, priorBatch } from './prior-arbitrary.ts';
export { type SimulatorCase, showCase } from './simulator-case.ts';
export { adjointLaw, taylorSlopeLaw } from './simulator-laws.ts';
export { hostileProblems, smoothProblems } from './solvers/cases.ts';
export type { SolverProblem } from './solvers/problems.ts';
export { illScaledVector, wellScaledVector } from './vector-arbitrary.ts';
