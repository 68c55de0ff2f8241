import type { Piscina } from 'piscina';

/**
 * Lets a pool end threads that are at work: their answers may already be on the way, and no task waits for them.
 *
 * Piscina emits such an answer as an `error` event, which without a listener ends the process. What goes wrong in a
 * task reaches the promise of that task and never this event, so nothing is lost by not listening to what it says.
 */
export function ignoreStrayAnswers(pool: Pick<Piscina, 'on'>): void {
  pool.on('error', () => undefined);
}
