import { loadBackend } from '../networks/backend.ts';
import { certifiedRun, type Measurement, measure } from './measurement.ts';
import { families, PROBLEM_SET_SEED } from './problem-set.ts';
import { registeredSolvers } from './registered-solvers.ts';

export interface MeasureOptions {
  /** Names of registered solvers; all unless given. */
  readonly solvers?: readonly string[];
  /** Of the problems; that of baselines unless given. */
  readonly seed?: number;
  /** Told of every finished pair, with the seconds it took. */
  readonly onDone?: (solver: string, family: string, seconds: number) => void;
}

/** Measures the registered solvers on every family that they have, networks on wasm: the same numbers on every machine. */
export async function measureRegistered({
  solvers,
  seed = PROBLEM_SET_SEED,
  onDone,
}: MeasureOptions = {}): Promise<readonly Measurement[]> {
  const { backend } = await loadBackend('wasm');
  const context = { seed, backend };
  const measurements: Measurement[] = [];
  for (const { name, on } of registeredSolvers) {
    if (solvers !== undefined && !solvers.includes(name)) continue;
    for (const family of families) {
      const make = on[family.name];
      if (make === undefined) continue;
      const started = performance.now();
      measurements.push(
        await measure(
          name,
          family,
          certifiedRun((own) => make(context, own)),
          seed,
        ),
      );
      onDone?.(name, family.name, (performance.now() - started) / 1000);
    }
  }
  return measurements;
}
