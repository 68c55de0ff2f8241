import { afterEach, expect, it, vi } from 'vitest';
import { flowProblem } from '../src/simulators/flow-problem.ts';
import { kuramotoSivashinskyProblem } from '../src/simulators/kuramoto-sivashinsky-problem.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** The modules anew, on a machine whose WebAssembly is as given. */
async function problemOn(webAssembly: object | undefined): Promise<typeof kuramotoSivashinskyProblem> {
  vi.resetModules();
  vi.stubGlobal('WebAssembly', webAssembly);
  const module = await import('../src/simulators/kuramoto-sivashinsky-problem.ts');
  return module.kuramotoSivashinskyProblem;
}

it.each([
  ['no WebAssembly', undefined],
  ['WebAssembly without SIMD', { validate: () => false }],
])('on a machine with %s the plain twin gives the same numbers, in double precision', async (_, webAssembly) => {
  const expected = kuramotoSivashinskyProblem('C');
  expect(expected.simulator.kernel).toBe('simd');
  const problemHere = await problemOn(webAssembly);
  const found = problemHere('C');
  expect(found.simulator.kernel).toBe('reference');
  const [here, there] = [found, expected].map(({ draw, simulator }) => {
    const { task } = draw(3, 1);
    const { y, pullback } = simulator.vjp(task.start, task.identifiers);
    return [task.observed.data, y.data, pullback(task.observed).data];
  });
  expect(here).toEqual(there);
  const single = problemHere({ length: 22, points: 64, horizon: 1, precision: 'float32' });
  expect([single.simulator.kernel, single.simulator.precision]).toEqual(['reference', 'float64']);
});

it('so does that of the flow', async () => {
  const expected = flowProblem({ unknowns: 'vortex', points: 16, horizon: 0.3 });
  expect(expected.simulator.kernel).toBe('simd');
  vi.resetModules();
  vi.stubGlobal('WebAssembly', undefined);
  const module = await import('../src/simulators/flow-problem.ts');
  const found = module.flowProblem({ unknowns: 'vortex', points: 16, horizon: 0.3 });
  expect(found.simulator.kernel).toBe('reference');
  expect(found.draw(3, 1)).toEqual(expected.draw(3, 1));
});
