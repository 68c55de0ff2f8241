"""A damped oscillator with unknown frequency and damping, with both derivatives by hand.

npx inverse-claims check --command "python3 examples/python/damped_oscillator.py"
With the argument "wrong", its pullback forgets that damping acts the longer, the later.
"""
import sys

import numpy as np
from inverse_claims_protocol import serve

TIMES = 0.1 * np.arange(1, 33)
WRONG = "wrong" in sys.argv[1:]


def forward(x, _gamma):
    return np.exp(-x[:, 1:] * TIMES) * np.cos(x[:, :1] * TIMES)


def by_frequency(x):
    return -TIMES * np.exp(-x[:, 1:] * TIMES) * np.sin(x[:, :1] * TIMES)


def by_damping(x):
    return -TIMES * forward(x, None)


def vjp(x, gamma, y_bar):
    damping = -forward(x, gamma) if WRONG else by_damping(x)
    return forward(x, gamma), np.stack([(y_bar * by_frequency(x)).sum(1), (y_bar * damping).sum(1)], axis=1)


def jvp(x, _gamma, x_dot):
    return x_dot[:, :1] * by_frequency(x) + x_dot[:, 1:] * by_damping(x)


serve(
    {
        "name": "damped-oscillator",
        "input": [
            {"name": "ω", "unit": "1/s", "low": 1, "high": 8},
            {"name": "ζ", "unit": "1/s", "low": 0, "high": 1},
        ],
        "output": [{"name": "y", "length": 32, "unit": "m"}],
        "problem": {"id": "damped-oscillator"},
    },
    forward,
    vjp,
    jvp,
)
