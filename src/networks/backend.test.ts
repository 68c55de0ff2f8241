import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { InverseClaimsError } from '../core/errors.ts';
import type { BackendName } from '../core/solver.ts';
import { loadBackend, type OpenBackend } from './backend.ts';
import { float64Network } from './float64.ts';

/** Opens the named backends and gives a reason for the others. */
const opening =
  (...available: BackendName[]): OpenBackend =>
  async (name) => {
    if (available.includes(name)) return float64Network;
    throw new Error(`no ${name} here\nand a manual of many lines`);
  };

const moduleUrl = new URL('./backend.ts', import.meta.url).href;
const useEach = (names: readonly string[]): string => `
  const { loadBackend } = await import(${JSON.stringify(moduleUrl)});
  const spec = { inputs: 2, hidden: [3], activation: 'tanh', outputs: 1 };
  for (const name of ${JSON.stringify(names)}) {
    const network = (await loadBackend(name)).makeNetwork(spec, 1);
    network.update({ rows: 1, cols: 2, data: Float64Array.of(1, 2) }, { rows: 1, cols: 1, data: Float64Array.of(1) }, 0.1);
    network.dispose();
  }`;
const runNode = (code: string): { status: number | null; stdout: string; stderr: string } => {
  const environment: NodeJS.ProcessEnv = { PATH: process.env.PATH };
  return spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    encoding: 'utf8',
    env: environment,
  });
};

describe('loadBackend', () => {
  it('takes the first of tensorflow, wasm, cpu that opens and says why the others did not', async () => {
    const all = await loadBackend('auto', opening('tensorflow', 'wasm', 'cpu'));
    expect(all.backend).toBe('tensorflow');
    expect(all.tried).toEqual([{ name: 'tensorflow', ok: true }]);
    const last = await loadBackend('auto', opening('cpu'));
    expect(last.backend).toBe('cpu');
    expect(last.tried).toEqual([
      { name: 'tensorflow', ok: false, reason: 'no tensorflow here' },
      { name: 'wasm', ok: false, reason: 'no wasm here' },
      { name: 'cpu', ok: true },
    ]);
  });

  it('falls back for nobody who names a backend', async () => {
    const refused = loadBackend('tensorflow', opening('wasm', 'cpu'));
    await expect(refused).rejects.toBeInstanceOf(InverseClaimsError);
    await expect(refused).rejects.toMatchObject({
      code: 'backend-unavailable',
      details: { where: 'backend "tensorflow"', received: 'tensorflow: no tensorflow here' },
    });
  });

  it('lists every reason where nothing opens', async () => {
    await expect(loadBackend('auto', opening())).rejects.toThrow(
      /received tensorflow: no tensorflow here; wasm: no wasm here; cpu: no cpu here. Hint: "float64"/,
    );
  });

  it('suggests the nearest name for one that does not exist', async () => {
    await expect(loadBackend('wsam' as 'wasm')).rejects.toThrow(/did you mean "wasm"/);
  });

  it('opens wasm, cpu and float64 on every machine', async () => {
    for (const name of ['wasm', 'cpu', 'float64'] as const) {
      const { backend, makeNetwork, tried } = await loadBackend(name);
      const network = makeNetwork({ inputs: 1, hidden: [], activation: 'tanh', outputs: 1 }, 0);
      expect([backend, network.backend]).toEqual([name, name]);
      expect(tried).toEqual([{ name, ok: true }]);
      network.dispose();
    }
  });

  it('opens native TensorFlow where it is installed and falls through to wasm with one short line where not', async () => {
    const { backend, tried } = await loadBackend('auto');
    expect(['tensorflow', 'wasm']).toContain(backend);
    for (const { ok, reason } of tried) if (!ok) expect(reason).toMatch(/^[^\n]{5,160}$/);
    if (backend === 'wasm') await expect(loadBackend('tensorflow')).rejects.toThrow(/native binary|not installed/);
  });

  it('leaves no handlers of uncaught errors behind', async () => {
    await loadBackend('wasm');
    const handlers = [...process.listeners('uncaughtException'), ...process.listeners('unhandledRejection')];
    expect(handlers.filter((handler) => /ExitStatus|throw reason/.test(String(handler)))).toEqual([]);
  });

  it('prints nothing, on any backend, and lets the process end', () => {
    const { status, stdout, stderr } = runNode(useEach(['cpu', 'wasm', 'float64', 'auto']));
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('imports nothing of TensorFlow.js before it is asked for, and nothing at all for float64', () => {
    const { status, stderr } = runNode(`${useEach(['float64'])}
      const { createRequire } = await import('node:module');
      const loaded = Object.keys(createRequire(${JSON.stringify(moduleUrl)}).cache).filter((file) => file.includes('tfjs'));
      if (loaded.length > 0) throw new Error(loaded.join());`);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('works in a worker thread', async () => {
    // `--import tsx` does not reach a worker made from a string: it registers the loader itself.
    const code = `(async () => {
      (await import('tsx/esm/api')).register();
      ${useEach(['wasm'])}
      require('node:worker_threads').parentPort.postMessage('trained');
    })()`;
    const worker = new Worker(code, { eval: true });
    const [message] = await once(worker, 'message');
    expect(message).toBe('trained');
    const [exitCode] = await once(worker, 'exit');
    expect(exitCode).toBe(0);
  });
});
