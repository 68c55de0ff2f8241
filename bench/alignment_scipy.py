"""The alignment of noise averaging by Kummer's function, and the majority vote by the incomplete beta function, with SciPy.

Reads {"grid": [[d, mu], ...], "votes": [[n, p], ...], "repeats": r} from standard input; prints one JSON line with the
values and the seconds of each repeat, one call per case and all cases in one call.
"""
import json
import math
import sys
import time
import warnings

import numpy as np
import scipy
from scipy.special import betainc, gammaln, hyp1f1

request = json.load(sys.stdin)
grid, votes = request["grid"], request["votes"]
warnings.simplefilter("ignore")


def alignment(d, mu):
    slope = math.exp(math.lgamma((d + 1) / 2) - math.lgamma(d / 2 + 1)) / math.sqrt(2)
    return mu * slope * hyp1f1(0.5, d / 2 + 1, -mu * mu / 2)


def alignments(d, mu):
    slope = np.exp(gammaln((d + 1) / 2) - gammaln(d / 2 + 1)) / math.sqrt(2)
    return mu * slope * hyp1f1(0.5, d / 2 + 1, -mu * mu / 2)


def vote(n, p):
    m = (n + 1) // 2
    return 2 * betainc(m, m, p) - 1


def timed(function):
    function()
    seconds = []
    for _ in range(request["repeats"]):
        begin = time.perf_counter()
        values = function()
        seconds.append(time.perf_counter() - begin)
    return {"values": [float(value) if math.isfinite(value) else None for value in values], "seconds": seconds}


d, mu = np.array(grid, dtype=float).T
n, p = np.array(votes, dtype=float).T
print(json.dumps({
    "version": scipy.__version__,
    "alignment": timed(lambda: [alignment(*case) for case in grid]),
    "alignments": timed(lambda: alignments(d, mu)),
    "vote": timed(lambda: [vote(*case) for case in votes]),
    "votes": timed(lambda: 2 * betainc((n + 1) // 2, (n + 1) // 2, p) - 1),
}))
