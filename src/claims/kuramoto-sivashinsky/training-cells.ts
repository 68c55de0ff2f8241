import { CLAIMED_TRAINING, kuramotoSivashinskyTraining, type TrainingOptions } from './training.ts';

/** The training of the quick claims, and its controls. */
export const observedTrainings = kuramotoSivashinskyTraining('ks.training', CLAIMED_TRAINING);
export const randomTrainings = kuramotoSivashinskyTraining('ks.training-random-input', {
  ...CLAIMED_TRAINING,
  inputs: 'random',
});
export const untrainedTrainings = kuramotoSivashinskyTraining('ks.training-untrained', {
  ...CLAIMED_TRAINING,
  iterations: 1,
  learningRate: 0,
});

/** A cell of the full tier, and the same without training. */
export function cell(name: string, changes: Partial<TrainingOptions>) {
  const options: TrainingOptions = { ...CLAIMED_TRAINING, ...changes };
  return {
    trained: kuramotoSivashinskyTraining(`ks.training-${name}`, options),
    untrained: kuramotoSivashinskyTraining(`ks.training-${name}-untrained`, {
      ...options,
      iterations: 1,
      learningRate: 0,
    }),
  };
}
