/** Public surface of the library. */
export type { ProblemSubject } from '../properties/problems/laws.ts';
export { verifyProblem } from '../properties/problems/verify-problem.ts';
export type { SimulatorSubject } from '../properties/simulators/subject.ts';
export {
  type SimulatorVerification,
  type VerifySimulatorOptions,
  verifySimulator,
} from '../properties/simulators/verify-simulator.ts';
export type { MinimizeLike, MinimizeResultLike } from '../properties/solvers/subject.ts';
export { type SolverVerification, verifySolver } from '../properties/solvers/verify-solver.ts';
export type { LawVerdict } from '../properties/verify-laws.ts';
export { chaoticSumOfThree, dominanceOfOne, stableAlignment } from '../theory/chaos.ts';
export { predictabilityHorizon } from '../theory/chaos-laws.ts';
export { gaussianStepAlignment } from '../theory/gaussian-step.ts';
export { independentLandscapesSum, independentLandscapesVote } from '../theory/independent-landscapes.ts';
export { effectiveExamples, equicorrelatedExamples, kernelAlignment } from '../theory/kernel-alignment.ts';
export { alignment, meanSquareCosine, misalignment } from '../theory/noise-averaging.ts';
export { alignmentBounds } from '../theory/noise-averaging-bounds.ts';
export { normalizedVoteApproximation, normalizedVoteEfficiency } from '../theory/normalized-voting.ts';
export { predictAlignment } from '../theory/predict-alignment.ts';
export { randomOutputCurve } from '../theory/random-output.ts';
export { signAgreementCurve, signAgreementOfTwo } from '../theory/sign-agreement.ts';
export {
  sineLandscapeLimit,
  sineLandscapeSum,
  sineLandscapeVote,
  sineNoiseOnlySum,
  sineNoiseOnlyVote,
} from '../theory/sine-landscape.ts';
export {
  cauchySumAlignment,
  sumAlignment,
  sumCorrectProbability,
  sumWrongProbability,
} from '../theory/sum-of-losses.ts';
export { erfTangentKernel, linearTangentKernel, networkKernels, reluTangentKernel } from '../theory/tangent-kernels.ts';
export { gaussianVoteAlignment, majorityVote, tieProbability } from '../theory/voting.ts';
export { chaosBounds } from '../theory/weighted-majority.ts';
export {
  stuckFraction,
  zeroGradientAlignment,
  zeroGradientBounds,
  zeroGradientVote,
} from '../theory/zero-gradients.ts';
export { type Catalogue, catalogue, catalogueOf, selectClaims } from './claims/catalogue.ts';
export { DEFAULT_SEED } from './claims/defaults.ts';
export { type Progress, type Verification, type VerifyOptions, verifyClaims } from './claims/engine.ts';
export { type TrialDefinition, trialSource } from './claims/trial-source.ts';
export { inProcess, type Workers, workerPool } from './claims/workers.ts';
export { allFinite, type Batch, batch, batchOfRows, row } from './core/batch.ts';
export type {
  Claim,
  ClaimResult,
  Evidence,
  Facts,
  FormulaClaim,
  LawClaim,
  LawSearch,
  Measurement,
  Outcome,
  StatisticalClaim,
  TrialContext,
  TrialSource,
  Verdict,
} from './core/claim.ts';
export { type ErrorCode, type ErrorDetails, InverseClaimsError } from './core/errors.ts';
export type { Figure } from './core/figure.ts';
export type { Coordinate, Distribution, Prior } from './core/prior.ts';
export type { Axis, InverseProblem, Misfit, Reference, Simulator, SimulatorLike, Task } from './core/problem.ts';
export { childSeed, type Random, stream } from './core/random.ts';
export {
  type Answer,
  type Ask,
  type BackendName,
  indicatesConvergence,
  type Method,
  type Run,
  type RunRow,
  type Solver,
  type Stop,
  type Tell,
} from './core/solver.ts';
export type { Bounds, LearnedModel, Step, StepEnd, StepGuarantee, StepObserver } from './core/step.ts';
export { type DiagnosisOptions, type DiagnosisSubject, diagnoseProblem } from './diagnosis/diagnose-problem.ts';
export type { Diagnosis, Recommendation } from './diagnosis/diagnosis.ts';
export { loadBackend } from './networks/backend.ts';
export type { ConvolutionSpec, Network, NetworkFactory, NetworkSpec } from './networks/network.ts';
export { type CommandOptions, type CommandSimulator, commandSimulator } from './protocol/command-simulator.ts';
export type { ProgramDescription } from './protocol/handshake.ts';
export { buildReport, exitCode } from './report/build.ts';
export { readReport } from './report/read.ts';
export { type Report, reportSchema } from './report/schema.ts';
export { writeReport } from './report/write.ts';
export { billiardChain } from './simulators/billiard-chain.ts';
export { hitProbability, missShare } from './simulators/billiard-hits.ts';
export { type BilliardTable, billiardTable } from './simulators/billiard-table.ts';
export { billiardShot } from './simulators/billiards.ts';
export { billiardsProblem } from './simulators/billiards-problem.ts';
export { withDifferences } from './simulators/differences.ts';
export type { FlowOptions, FlowUnknowns } from './simulators/flow-options.ts';
export { flowPrior, flowProblem } from './simulators/flow-problem.ts';
export type { FlowSnapshot } from './simulators/flow-rollout.ts';
export { halfSquaredError } from './simulators/half-squared-error.ts';
export { type FlowSimulator, incompressibleFlow } from './simulators/incompressible-flow.ts';
export { type KuramotoSivashinskySimulator, kuramotoSivashinsky } from './simulators/kuramoto-sivashinsky.ts';
export {
  kuramotoSivashinskyLyapunov,
  type LyapunovExponents,
  type LyapunovOptions,
} from './simulators/kuramoto-sivashinsky-lyapunov.ts';
export type {
  KuramotoSivashinskyForcing,
  KuramotoSivashinskyOptions,
  KuramotoSivashinskyUnknowns,
} from './simulators/kuramoto-sivashinsky-options.ts';
export { kuramotoSivashinskyProblem, kuramotoSivashinskySettings } from './simulators/kuramoto-sivashinsky-problem.ts';
export { meanSquaredError } from './simulators/mean-squared-error.ts';
export { type PriorProblemOptions, priorProblem } from './simulators/prior-problem.ts';
export { squaredError } from './simulators/squared-error.ts';
export { wavePacket } from './simulators/wave-packet.ts';
export {
  basinHalfWidth,
  landscapeGradient,
  landscapeLoss,
  minimaCount,
  stationaryPoints,
} from './simulators/wave-packet-landscape.ts';
export { globalMinimum, wavePacketProblem, wavePacketSettings } from './simulators/wave-packet-problem.ts';
export { adam, adamMethod } from './solvers/adam.ts';
export { backtracking } from './solvers/backtracking.ts';
export { backtrackingDescent, backtrackingDescentMethod } from './solvers/backtracking-descent.ts';
export { basinHopping } from './solvers/basin-hopping.ts';
export { bfgs, bfgsMethod } from './solvers/bfgs.ts';
export { type CertifiedRow, type Certifier, certifier } from './solvers/certificate.ts';
export { conjugateGradient, conjugateGradientMethod } from './solvers/conjugate-gradient.ts';
export { exactLineSearch } from './solvers/exact-line-search.ts';
export { gradientDescent, gradientDescentMethod } from './solvers/gradient-descent.ts';
export { type JointNetworkOptions, jointNetwork } from './solvers/joint-network.ts';
export { lbfgs, lbfgsMethod } from './solvers/lbfgs.ts';
export { type LinePoint, type LineSearch, type SearchedLine, searchLine } from './solvers/line-search.ts';
export { type MinimizeMethod, type MinimizeOptions, type Minimum, minimize } from './solvers/minimize.ts';
export { multiStart } from './solvers/multi-start.ts';
export { perRow } from './solvers/per-row.ts';
export { projectedLbfgs, projectedLbfgsMethod } from './solvers/projected-lbfgs.ts';
export { refine } from './solvers/refine.ts';
export { type RunOptions, run } from './solvers/run.ts';
export { strongWolfe, type WolfeConstants } from './solvers/strong-wolfe.ts';
export { supervisedNetwork } from './solvers/supervised-network.ts';
export { type CalibrationRow, calibrationTable } from './verdicts/calibration-table.ts';
export { confidenceSequence } from './verdicts/confidence-sequence.ts';
export type { SequentialTestSpec } from './verdicts/decision-rules.ts';
export { earliestDecision, expectedTrials } from './verdicts/decision-times.ts';
export { type Judgement, judge, type SequentialTest, sequentialTest } from './verdicts/judge.ts';
