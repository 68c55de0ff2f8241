import { compareMeasurements, type GateResult } from './comparison.ts';
import { measureModule } from './measure-module.ts';
import { measureRegistered } from './measure-registered.ts';

/** Name of the minimizer of a module in measurements, whichever file it is in. */
export const OWN = 'minimize';

/**
 * The minimizer of a module on the gate's problem set, against BFGS of this library on the same problems: how it stands, not
 * whether it may pass. Where it gives no answers, its measurement says why.
 *
 * @param seconds  that a family of problems may take
 */
export async function againstBfgs(module: string, seconds: number): Promise<GateResult> {
  const base = (await measureRegistered({ solvers: ['bfgs'] })).map((each) => ({ ...each, solver: OWN }));
  return compareMeasurements(base, await measureModule(module, OWN, seconds));
}
