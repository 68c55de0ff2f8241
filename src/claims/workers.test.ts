import { expect, it, onTestFinished } from 'vitest';
import { catalogue, trialSources } from './catalogue.ts';
import { performTrials, workerPool } from './workers.ts';

/** This thread is busy, so answers of workers arrive and wait to be read. */
function occupyThread(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

it('a pool may be closed while answers of its workers are under way: their tasks fail, the process goes on', async () => {
  const [source] = catalogue.claims.flatMap(trialSources).filter((each) => each.unit === 'problem');
  if (source === undefined) throw new Error('no source of trials');
  const context = { seed: 1, backend: 'cpu' } as const;
  const uncaught: unknown[] = [];
  const listen = (error: unknown): unknown => uncaught.push(error);
  process.on('uncaughtException', listen);
  onTestFinished(() => void process.off('uncaughtException', listen));
  const workers = workerPool(1);
  await performTrials(workers, source, context, 0, 1);
  const outcome = performTrials(workers, source, context, 1, 1).then(
    () => 'answered',
    (error: Error) => error.message,
  );
  occupyThread(500);
  await workers.close();
  expect(await outcome).toMatch(/terminat/i);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(uncaught).toEqual([]);
});
