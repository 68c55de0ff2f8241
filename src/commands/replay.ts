import { catalogue } from '../claims/catalogue.ts';
import { verifyClaims } from '../claims/engine.ts';
import { inProcess } from '../claims/workers.ts';
import type { Claim, Facts, LawClaim, Measurement, TrialContext } from '../core/claim.ts';
import { requireNumber } from '../core/errors.ts';
import { LARGEST_SEED } from '../core/random.ts';
import type { BackendName } from '../core/solver.ts';
import { loadBackend } from '../networks/backend.ts';
import { outcomeText } from '../report/outcome-text.ts';

export interface ReplayFlags {
  readonly seed: number;
  readonly path: string | undefined;
  readonly backend: 'auto' | BackendName;
}

/**
 * `replay <claim> --seed … [--path …]`: a law's counterexample (path as printed with it), one numbered trial of any
 * other claim (path: its number), or the whole claim where no path is given. Returns text and exit code.
 */
export async function replay(
  id: string,
  flags: ReplayFlags,
): Promise<{ readonly text: string; readonly code: number }> {
  requireNumber('replay: --seed', flags.seed, { minimum: 0, maximum: LARGEST_SEED, integer: true });
  const claim = catalogue.claim(id);
  if (claim.kind === 'law' && flags.path !== undefined) return replayLaw(claim, flags.seed, flags.path);
  const { backend } = await loadBackend(flags.backend);
  const context: TrialContext = { seed: flags.seed, backend };
  return flags.path === undefined ? replayClaim(claim, context) : replayTrial(claim, context, flags.path);
}

function replayLaw(claim: LawClaim, seed: number, path: string): { text: string; code: number } {
  const verdict = claim.check({ seed, cases: claim.cases, path });
  const code = verdict.outcome === 'supported' ? 0 : verdict.outcome === 'undecided' ? 2 : 1;
  return { text: `${outcomeText(verdict.outcome)} ${claim.id}\n${JSON.stringify(verdict, null, 2)}`, code };
}

async function replayClaim(claim: Claim, context: TrialContext): Promise<{ text: string; code: number }> {
  const workers = inProcess(catalogue);
  const { results } = await verifyClaims({ claims: [claim], context, workers });
  const result = results[0];
  if (result === undefined) return { text: 'no result', code: 70 };
  const { outcome } = result.verdict;
  const code = outcome === 'supported' || outcome === 'skipped' ? 0 : outcome === 'undecided' ? 2 : 1;
  return {
    text: `${outcomeText(outcome)} ${claim.id}\n${result.words}\n${JSON.stringify(result.verdict, null, 2)}`,
    code,
  };
}

async function replayTrial(claim: Claim, context: TrialContext, path: string): Promise<{ text: string; code: number }> {
  const k = Number(path);
  requireNumber('replay: --path (number of the trial)', k, { minimum: 0, integer: true });
  const measurements: readonly (Measurement & { readonly label: string })[] =
    claim.kind === 'statistical'
      ? [{ ...claim.measurement, label: claim.id }]
      : claim.kind === 'formula'
        ? claim.cells.map((cell) => ({ ...cell.measurement, label: cell.label }))
        : [];
  const parts: string[] = [];
  for (const { trials, value, label } of measurements) {
    const [facts] = await trials.run(context, k, 1);
    if (facts === undefined) continue;
    parts.push(`${label}, trial ${k} of ${trials.id}: ${value(facts)}\n${factLines(facts)}`);
  }
  return { text: parts.join('\n\n'), code: 0 };
}

function factLines(facts: Facts): string {
  return Object.entries(facts)
    .map(([name, value]) => `  ${name.padEnd(22)} ${value}`)
    .join('\n');
}
