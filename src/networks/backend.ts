import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { InverseClaimsError, messageOf, unknownName } from '../core/errors.ts';
import type { BackendName } from '../core/solver.ts';
import { float64Network } from './float64.ts';
import type { NetworkFactory } from './network.ts';
import { type TensorflowCore, tensorflowNetwork } from './tensorflow.ts';

/** What became of one backend that was asked for; `reason` is present where it could not be loaded. */
export interface BackendAttempt {
  readonly name: BackendName;
  readonly ok: boolean;
  readonly reason?: string;
}

export interface LoadedBackend {
  readonly backend: BackendName;
  readonly makeNetwork: NetworkFactory;
  /** In the order tried; the last one is the one in use. */
  readonly tried: readonly BackendAttempt[];
}

/** Starts a backend, or rejects with the reason why it cannot be used here. */
export type OpenBackend = (name: BackendName) => Promise<NetworkFactory>;

const backendNames: readonly BackendName[] = ['tensorflow', 'wasm', 'cpu', 'float64'];
const automaticOrder: readonly BackendName[] = ['tensorflow', 'wasm', 'cpu'];

/**
 * The first backend that works here: native TensorFlow, WebAssembly, plain JavaScript; or exactly the one named.
 *
 * Everything of TensorFlow.js is imported here and only now, once per thread; `'float64'` needs none of it.
 * Nothing is printed. A named backend that cannot be loaded throws `backend-unavailable` with the reason;
 * a name that does not exist throws `unknown-name`.
 *
 * @param open  how a backend is started; for tests
 * @example
 * (await loadBackend('float64')).tried; // => [{ name: 'float64', ok: true }]
 */
export async function loadBackend(
  preference: 'auto' | BackendName,
  open: OpenBackend = openOnce,
): Promise<LoadedBackend> {
  if (preference !== 'auto' && !backendNames.includes(preference)) {
    throw unknownName('backend', preference, ['auto', ...backendNames]);
  }
  const tried: BackendAttempt[] = [];
  for (const name of preference === 'auto' ? automaticOrder : [preference]) {
    try {
      const makeNetwork = await open(name);
      tried.push({ name, ok: true });
      return { backend: name, makeNetwork, tried };
    } catch (error) {
      tried.push({ name, ok: false, reason: shortReason(error) });
    }
  }
  throw new InverseClaimsError('backend-unavailable', {
    where: `backend "${preference}"`,
    expected: 'a backend that can be loaded',
    received: tried.map(({ name, reason }) => `${name}: ${reason}`).join('; '),
    hint: preference === 'auto' ? '"float64" needs no TensorFlow.js' : '"auto" takes the first one that loads',
  });
}

const opened = new Map<BackendName, Promise<NetworkFactory>>();
let latest: Promise<unknown> = Promise.resolve();

/** One after the other: TensorFlow.js has one current backend per thread. */
function openOnce(name: BackendName): Promise<NetworkFactory> {
  let factory = opened.get(name);
  if (factory === undefined) {
    factory = latest.then(() => openBackend(name));
    latest = factory.catch(() => undefined);
    opened.set(name, factory);
  }
  return factory;
}

async function openBackend(name: BackendName): Promise<NetworkFactory> {
  if (name === 'float64') return float64Network;
  const tf = await import('@tensorflow/tfjs-core');
  // Before anything else of TensorFlow.js: silences its greeting and its warnings.
  tf.enableProdMode();
  await withoutProcessListeners(async () => {
    await importBackend(name);
    if (!(await tf.setBackend(name))) throw new Error('TensorFlow.js could not initialize it');
  });
  requireRightProduct(tf);
  return (spec, seed) => tensorflowNetwork(tf, name, spec, seed);
}

async function importBackend(name: Exclude<BackendName, 'float64'>): Promise<void> {
  if (name === 'tensorflow') {
    requireNativeBinary();
    // The native library writes its log to stderr from C++.
    process.env.TF_CPP_MIN_LOG_LEVEL ??= '3';
    // An optional dependency: a variable, so that compiling does not need it.
    const optional: string = '@tensorflow/tfjs-node';
    await import(optional);
  } else if (name === 'wasm') {
    const binaries = path.join(packageFolder('@tensorflow/tfjs-backend-wasm'), 'dist');
    if (!existsSync(path.join(binaries, 'tfjs-backend-wasm-simd.wasm'))) throw new Error('its .wasm file is missing');
    const wasm = await import('@tensorflow/tfjs-backend-wasm');
    wasm.setWasmPaths(binaries + path.sep);
  } else {
    await import('@tensorflow/tfjs-backend-cpu');
  }
}

function packageFolder(name: string): string {
  try {
    return path.dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  } catch {
    throw new Error(`${name} is not installed`);
  }
}

/** Importing tfjs-node without its binary takes half a second to fail; looking for the file first takes none. */
function requireNativeBinary(): void {
  const name = '@tensorflow/tfjs-node';
  const library = path.join(packageFolder(name), 'lib');
  const versions = existsSync(library) ? readdirSync(library) : [];
  if (!versions.some((version) => existsSync(path.join(library, version, 'tfjs_binding.node')))) {
    throw new Error(`${name} is installed without its native binary`);
  }
}

/**
 * Emscripten installs handlers that rethrow uncaught errors: the process would end with code 7 and a stack trace of
 * minified code instead of reporting the error.
 */
async function withoutProcessListeners(work: () => Promise<void>): Promise<void> {
  const events = ['uncaughtException', 'unhandledRejection'];
  const before = events.map((event) => new Set(process.rawListeners(event)));
  try {
    await work();
  } finally {
    events.forEach((event, k) => {
      for (const listener of process.rawListeners(event)) {
        if (!before[k]?.has(listener)) process.removeListener(event, listener as () => void);
      }
    });
  }
}

/** A backend may load and still lack what it runs on (tfjs-node on a Node.js newer than itself): try one product. */
function requireRightProduct(tf: TensorflowCore): void {
  tf.tidy(() => {
    const column = tf.tensor2d([1, 2, 3], [3, 1]);
    const product = tf.matMul(tf.transpose(column), column).dataSync();
    if (product[0] !== 14) throw new Error(`computes 1 + 4 + 9 = ${product[0]}`);
  });
}

/** First line, without the rest of a stack or a manual. */
function shortReason(error: unknown): string {
  const message = messageOf(error);
  return (message.split('\n')[0] as string).trim().slice(0, 160);
}
