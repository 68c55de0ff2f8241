import { workerData } from 'node:worker_threads';
import { converse } from './conversation.ts';
import type { FromThread, ThreadData, ToThread } from './messages.ts';

/** Entry of the thread that speaks with a program while the thread that asks is waiting. */
const data = workerData as ThreadData;
const sent = new Int32Array(data.sent);

function send(message: FromThread): void {
  const buffers = message.kind === 'answer' ? message.arrays.map(({ data: { buffer } }) => buffer as ArrayBuffer) : [];
  data.port.postMessage(message, [...new Set(buffers)]);
  Atomics.add(sent, 0, 1);
  Atomics.notify(sent, 0);
}

const take = converse(data, send);
data.port.on('message', (message: ToThread) => take(message));
