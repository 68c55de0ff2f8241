import { fileURLToPath } from 'node:url';
import { MessageChannel, receiveMessageOnPort, Worker, type WorkerOptions } from 'node:worker_threads';
import type { FromThread, ThreadData, ToThread } from './messages.ts';

/** A thread that speaks with a program, and that this thread can wait for. */
export interface ProgramThread {
  /** The next message, or undefined where none comes in time. Nothing else runs in this thread meanwhile. */
  receive(seconds: number): FromThread | undefined;
  send(message: ToThread): void;
  /** Ends the thread, and with it the program, whatever they are at. */
  end(): void;
}

/**
 * Starts the thread, from TypeScript sources (through tsx) and from the compiled package alike. It keeps no process alive:
 * where this thread ends, so does it.
 */
export function programThread(data: Omit<ThreadData, 'port' | 'sent'>): ProgramThread {
  const { port1: port, port2: theirs } = new MessageChannel();
  const sent = new Int32Array(new SharedArrayBuffer(4));
  const workerData: ThreadData = { ...data, port: theirs, sent: sent.buffer };
  const worker = startThread({ workerData, transferList: [theirs] });
  // A thread that breaks sends no message: whoever waits for one is told by the clock.
  worker.on('error', () => undefined);
  worker.unref();
  port.unref();
  return {
    receive(seconds) {
      const deadline = performance.now() + 1000 * seconds;
      for (;;) {
        const seen = Atomics.load(sent, 0);
        const received = receiveMessageOnPort(port) as { message: FromThread } | undefined;
        if (received !== undefined) return received.message;
        const left = deadline - performance.now();
        if (left <= 0) return undefined;
        Atomics.wait(sent, 0, seen, left);
      }
    },
    send(message) {
      port.postMessage(message, message.kind === 'call' ? [message.frame.buffer] : []);
    },
    end() {
      port.close();
      void worker.terminate();
    },
  };
}

/**
 * Starts from sources through tsx's hook for `require`: its hooks for `import` are a thread that this one, which waits,
 * would have to serve.
 */
function startThread(options: WorkerOptions): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./program-thread.js', import.meta.url), options);
  const entry = JSON.stringify(fileURLToPath(new URL('./program-thread.ts', import.meta.url)));
  return new Worker(`require(${entry})`, { ...options, eval: true, execArgv: ['--require', 'tsx/cjs'] });
}
