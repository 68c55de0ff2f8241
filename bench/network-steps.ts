import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Batch, batch } from '../src/core/batch.ts';
import { stream } from '../src/core/random.ts';
import type { BackendName } from '../src/core/solver.ts';
import { type LoadedBackend, loadBackend } from '../src/networks/backend.ts';
import type { Network, NetworkSpec } from '../src/networks/network.ts';
import { wavePacketProblem, wavePacketSettings } from '../src/simulators/wave-packet-problem.ts';
import { jointNetwork } from '../src/solvers/joint-network.ts';
import { run } from '../src/solvers/run.ts';

const spec: NetworkSpec = { inputs: 128, hidden: [64, 64], activation: 'tanh', outputs: 1 };
const batchSizes = [16, 64, 256] as const;
const REPETITIONS = 7;
const STEPS = 40;
const TRAININGS = 3;

/**
 * Prints the time of one predict + update of a 128-64-64-1 network at batch 16, 64 and 256, and of a whole joint training
 * on 1024 wave packets of setting B (3000 steps of 16), by backend: medians, and ratios to wasm in the same run.
 * Torch does the same training where /usr/bin/python3 has it.
 */
export async function benchNetworkSteps(): Promise<void> {
  const loaded: LoadedBackend[] = [];
  for (const name of ['wasm', 'cpu', 'float64', 'tensorflow'] as const) {
    const backend = await tryToLoad(name);
    if (backend !== undefined) loaded.push(backend);
  }
  print('predict + update, 128-64-64-1 tanh, milliseconds (ratio to wasm)');
  for (const rows of batchSizes) benchSteps(rows, loaded);
  print('joint training, wave packet B, n = 1024, 3000 steps of 16, seconds (ratio to wasm)');
  benchTrainings(loaded);
}

async function tryToLoad(name: BackendName): Promise<LoadedBackend | undefined> {
  try {
    return await loadBackend(name);
  } catch (error) {
    print(`skipped: ${(error as Error).message}`);
    return undefined;
  }
}

/** Backends take turns, so that a slow moment of the machine meets all of them. */
function benchSteps(rows: number, loaded: readonly LoadedBackend[]): void {
  const inputs = randomBatch(rows, spec.inputs);
  const bar = randomBatch(rows, spec.outputs);
  const networks = loaded.map(({ makeNetwork }) => makeNetwork(spec, 1));
  const times = networks.map((): number[] => []);
  for (let repetition = -1; repetition < REPETITIONS; repetition++) {
    networks.forEach((network, k) => {
      const milliseconds = timeSteps(network, inputs, bar, STEPS);
      if (repetition >= 0) times[k]?.push(milliseconds);
    });
  }
  for (const network of networks) network.dispose();
  report(`batch ${rows}`, loaded, times.map(median));
}

function timeSteps(network: Network, inputs: Batch, bar: Batch, steps: number): number {
  const take = (count: number): void => {
    for (let step = 0; step < count; step++) {
      network.predict(inputs);
      network.update(inputs, bar, 1e-4);
    }
  };
  // Switching to this network's backend makes the engine recompile: not what a training sees.
  take(steps);
  const start = performance.now();
  take(steps);
  return (performance.now() - start) / steps;
}

function benchTrainings(loaded: readonly LoadedBackend[]): void {
  const problem = wavePacketProblem('B');
  const { center, halfWidth } = wavePacketSettings.B;
  const { task, reference } = problem.draw(1024, 1);
  const globalLoss = reference.globalLoss as Float64Array;
  const seconds = loaded.map(({ backend, makeNetwork }) => {
    const solver = jointNetwork({ makeNetwork, backend, output: { offset: center, scale: halfWidth } });
    const times: number[] = [];
    for (let training = 0; training < TRAININGS; training++) {
      const start = performance.now();
      const { rows } = run(problem, solver, task, training);
      times.push((performance.now() - start) / 1000);
      const solved = rows.filter(({ loss }, b) => loss < (globalLoss[b] as number) + 0.5).length / rows.length;
      print(`  ${backend}, seed ${training}: ${solved.toFixed(3)} at the global minimum`);
    }
    return median(times);
  });
  report('training', loaded, seconds);
  const torch = trainInTorch();
  const wasm = seconds[loaded.findIndex(({ backend }) => backend === 'wasm')] ?? Number.NaN;
  print(typeof torch === 'string' ? torch : `  torch ${torch.toPrecision(3)} (${(torch / wasm).toPrecision(3)})`);
}

/** Median seconds, or why there are none. */
function trainInTorch(): number | string {
  const python = '/usr/bin/python3';
  if (spawnSync(python, ['-c', 'import torch']).status !== 0) return `  torch skipped: ${python} cannot import it`;
  const script = fileURLToPath(new URL('./training_torch.py', import.meta.url));
  const { status, stdout, stderr } = spawnSync(python, [script, String(TRAININGS)], { encoding: 'utf8' });
  if (status !== 0) return `  torch failed: ${stderr.trim().split('\n').at(-1)}`;
  for (const line of stdout.trim().split('\n').slice(0, -1)) print(`  ${line}`);
  return Number(stdout.trim().split('\n').at(-1));
}

function report(label: string, loaded: readonly LoadedBackend[], values: readonly number[]): void {
  const wasm = values[loaded.findIndex(({ backend }) => backend === 'wasm')] ?? Number.NaN;
  const columns = loaded.map(({ backend }, k) => {
    const value = values[k] as number;
    return `${backend} ${value.toPrecision(3)} (${(value / wasm).toPrecision(3)})`;
  });
  print(`  ${label.padEnd(10)} ${columns.join('   ')}`);
}

function randomBatch(rows: number, cols: number): Batch {
  const random = stream(1, 'bench/batch');
  return batch(
    rows,
    cols,
    Float64Array.from({ length: rows * cols }, () => random.normal()),
  );
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
