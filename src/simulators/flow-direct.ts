import { type DirectFlowTables, directFlowTables, type FlowState, quarters } from '../kernels/flow-direct-scheme.ts';
import { flowStepTangent } from '../kernels/flow-direct-steps.ts';
import { transformPlane } from '../kernels/plane-fourier.ts';
import type { ResolvedFlow } from './flow-options.ts';
import type { FlowSnapshot } from './flow-rollout.ts';

/** The end of a flow, and the derivative of its marker along a direction in the vorticity at the beginning. */
export interface DirectFlow {
  readonly marker: Float64Array;
  readonly markerDot: Float64Array;
}

/**
 * Forward mode through whole complex spectra and radix-2 transforms: other code than that of the kernel and its twin, for `jvp` and for
 * checking them.
 */
export function flowDirect(options: ResolvedFlow): (from: FlowSnapshot, vorticityDot: Float64Array) => DirectFlow {
  const { step, steps } = options;
  const tables = directFlowTables(options);
  return ({ vorticity, marker }, vorticityDot) => {
    let state = spectra(tables, vorticity, marker);
    let dot = spectra(tables, vorticityDot, new Float64Array(tables.size));
    for (let k = 0; k < steps; k++) {
      const { next, nextDot } = flowStepTangent(tables, step, state, dot);
      [state, dot] = [next, nextDot];
    }
    return { marker: markerOf(tables, state), markerDot: markerOf(tables, dot) };
  };
}

/** Spectra of real fields, without what is cut. */
function spectra(tables: DirectFlowTables, vorticity: Float64Array, marker: Float64Array): FlowState {
  const { size, fourier, kept } = tables;
  const state = new Float64Array(4 * size);
  const [wRe, wIm, mRe, mIm] = quarters(state, size);
  wRe.set(vorticity);
  mRe.set(marker);
  transformPlane(fourier, wRe, wIm, -1);
  transformPlane(fourier, mRe, mIm, -1);
  for (let i = 0; i < 4 * size; i++) state[i]! *= kept[i % size]!;
  return state;
}

function markerOf({ size, fourier }: DirectFlowTables, state: FlowState): Float64Array {
  const [re, im] = [state.slice(2 * size, 3 * size), state.slice(3 * size)];
  transformPlane(fourier, re, im, 1);
  return re.map((value) => value / size);
}
