/**
 * What the abstract of the paper says, word for word; nothing else of it is quoted anywhere.
 * Holl & Thuerey, "The Unreasonable Effectiveness of Solving Inverse Problems with Neural Networks", arXiv 2408.08119.
 */
export const PAPER_ABSTRACT = {
  betterOnTrainingSet:
    'In fact, neural networks trained to learn solutions to inverse problems can find better solutions than ' +
    'classical optimizers even on their training set.',
  localMinima:
    'To demonstrate this, we perform both a theoretical analysis as well an extensive empirical evaluation on ' +
    'challenging problems involving local minima, chaos, and zero-gradient regions.',
} as const;
