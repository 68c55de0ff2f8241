// A minimizer of your own: gradient descent that lengthens its step after success and shortens it after failure.
// Verify it with: npx inverse-claims check examples/own-descent.mjs
// Is it worse than another one? npx inverse-claims gate examples/own-descent.mjs --base backtracking

const size = (g) => Math.max(...g.map(Math.abs));

export function minimize(fun, x0, { maxEvaluations, gradientTolerance }) {
  let evaluations = 0;
  const look = (x) => {
    evaluations += 1;
    const { value, gradient } = fun(Float64Array.from(x));
    const g = Array.from(gradient);
    const isUsable = Number.isFinite(value) && g.every(Number.isFinite);
    return { x, value: isUsable ? value : Infinity, g };
  };
  let here = look(Array.from(x0));
  let step = 0.01;
  while (here.value < Infinity && size(here.g) > gradientTolerance && evaluations < maxEvaluations && step > 1e-300) {
    const there = look(here.x.map((xi, i) => xi - step * here.g[i]));
    if (there.value < here.value) {
      here = there;
      step *= 2;
    } else {
      step /= 4;
    }
  }
  const converged = here.value < Infinity && size(here.g) <= gradientTolerance;
  return { x: here.x, value: here.value, converged, evaluations };
}
