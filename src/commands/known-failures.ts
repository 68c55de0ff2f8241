import { type FailureDatabase, openFailures } from '../claims/failures.ts';
import { messageOf } from '../core/errors.ts';

const LOCAL_COUNTEREXAMPLES = '.cache/inverse-claims/counterexamples.json';
const KEPT_COUNTEREXAMPLES = 'fixtures/counterexamples.json';

/** The counterexamples kept in `fixtures`, and those of earlier runs in this directory unless they are left out. */
export function openKnownFailures(options: {
  readonly replayCache: boolean;
  /** Adds what is found to the kept ones. */
  readonly keep: boolean;
}): ReturnType<typeof openFailures> {
  return openFailures({ cache: LOCAL_COUNTEREXAMPLES, kept: KEPT_COUNTEREXAMPLES, ...options });
}

/** Writes what was found; a failure to do so is told and changes no verdict. */
export function saveFailures(failures: FailureDatabase & { save(): void }, warn: (text: string) => void): void {
  try {
    failures.save();
  } catch (error) {
    warn(`counterexamples were not saved: ${messageOf(error)}\n`);
  }
}
