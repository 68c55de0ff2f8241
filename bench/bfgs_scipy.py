"""SciPy BFGS on wave packets written by bfgs-versus-scipy.ts, with the same gradients; prints one JSON line.

Arguments: file of observations (float64, row-major), rows, sigma, period, start, gradient tolerance, repeats.
"""
import json
import sys
import time

import numpy as np
import scipy
from scipy.optimize import minimize

path, rows, sigma, period, start, tolerance, repeats = sys.argv[1:]
observed = np.fromfile(path, dtype=np.float64).reshape(int(rows), -1)
sigma, start, tolerance = float(sigma), float(start), float(tolerance)
w = 2 * np.pi / float(period)
t = np.arange(observed.shape[1], dtype=np.float64)


def loss(x, y):
    d = t - x[0]
    envelope = np.exp(-d * d / (2 * sigma * sigma))
    sine, cosine = np.sin(w * d) * envelope, np.cos(w * d) * envelope
    residual = sine - y
    return 0.5 * residual @ residual, np.array([residual @ (d / sigma**2 * sine - w * cosine)])


def solve_all():
    x0 = np.array([start])
    return [minimize(loss, x0, args=(y,), jac=True, method="BFGS", options={"gtol": tolerance}) for y in observed]


solve_all()
seconds = []
for _ in range(int(repeats)):
    begin = time.perf_counter()
    results = solve_all()
    seconds.append(time.perf_counter() - begin)
print(json.dumps({
    "version": scipy.__version__,
    "seconds": seconds,
    "losses": [float(r.fun) for r in results],
    "evaluations": float(np.mean([r.nfev for r in results])),
}))
