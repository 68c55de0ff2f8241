"""Times SciPy's BFGS and L-BFGS-B on the functions of fixtures/scipy-minimizers.py from their standard starts; prints JSON.

Arguments: path of scipy-minimizers.py, gradient tolerance, repeats, names of functions. `seconds` are whole runs;
`aloneSeconds` is a run less the time that the same evaluations take by themselves: the optimizer alone.
"""
import importlib.util
import json
import sys
import time

import numpy as np
import scipy
from scipy.optimize import minimize

path, tolerance, repeats, *names = sys.argv[1:]
spec = importlib.util.spec_from_file_location("scipy_minimizers", path)
functions = importlib.util.module_from_spec(spec)
spec.loader.exec_module(functions)

OPTIONS = {
    "BFGS": {**functions.BFGS, "gtol": float(tolerance)},
    "L-BFGS-B": {**functions.LBFGSB, "gtol": float(tolerance)},
}


def seconds_of(action):
    begin = time.perf_counter()
    action()
    return time.perf_counter() - begin


def timed(solve, evaluate):
    """Median seconds of a whole run, and of a run less its function, measured in turn."""
    seconds_of(solve), seconds_of(evaluate)
    pairs = np.array([[seconds_of(solve), seconds_of(evaluate)] for _ in range(int(repeats))])
    return {"seconds": float(np.median(pairs[:, 0])), "aloneSeconds": float(np.median(pairs[:, 0] - pairs[:, 1]))}


def compare(name, method):
    f, x0 = functions.objective(name), functions.START[name]
    points = []

    def remembering(x):
        points.append(x.copy())
        return f(x)

    def solve(fun=f):
        return minimize(fun, x0, jac=True, method=method, options=OPTIONS[method])

    result = solve(remembering)
    return {
        "name": name, "method": method, "value": float(result.fun), "evaluations": len(points),
        "gradientNorm": float(np.max(np.abs(result.jac))),
        **timed(solve, lambda: [f(x) for x in points]),
    }


runs = [compare(name, method) for name in names for method in OPTIONS]
print(json.dumps({"version": scipy.__version__, "runs": runs}))
