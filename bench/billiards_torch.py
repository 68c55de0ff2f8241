"""The shots of bench/billiards.ts in torch on one thread: end positions, and gradients of the loss by autograd.

Usage: billiards_torch.py REPEATS SHOTS FILE [SHOTS FILE]...; a file holds float64 rows vx, vy, gx, gy, yx, yy.
Prints JSON, for each file: the median seconds of one forward and backward pass, and the sums of |end positions| and
|gradients|.
"""

import json
import statistics
import sys
import time

import torch

RADIUS, RESTITUTION, HORIZON = 0.05, 0.8, 1.0
LEAST_SECONDS = 0.02


def end_position(v, g):
    """v, g (B, 2) -> p (B, 2)"""
    a, b, c = (v * v).sum(1), (v * g).sum(1), (g * g).sum(1) - 4 * RADIUS**2
    discriminant = b * b - a * c
    # Both sides of a `where` are differentiated: the root of a miss must not be NaN.
    time = c / (b + torch.where(discriminant > 0, discriminant, torch.ones_like(discriminant)).sqrt())
    hit = (discriminant > 0) & (b > 0) & (time < HORIZON)
    normal = (g - v * time[:, None]) / (2 * RADIUS)
    way = (1 + RESTITUTION) / 2 * (v * normal).sum(1) * (HORIZON - time)
    return torch.where(hit[:, None], g + normal * way[:, None], g)


def shoot(v, g, wanted):
    v = v.detach().requires_grad_()
    end = end_position(v, g)
    ((end - wanted) ** 2).sum().backward()
    return end.detach(), v.grad


def measure(repeats, shots, path):
    with open(path, "rb") as file:
        data = torch.frombuffer(bytearray(file.read()), dtype=torch.float64).reshape(shots, 6)
    arguments = [data[:, i : i + 2].contiguous() for i in (0, 2, 4)]
    end, gradient = shoot(*arguments)
    start, calls = time.perf_counter(), 0
    while time.perf_counter() - start < LEAST_SECONDS:
        shoot(*arguments)
        calls += 1
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        for _ in range(calls):
            shoot(*arguments)
        times.append((time.perf_counter() - start) / calls)
    sums = {"endSum": end.abs().sum().item(), "gradientSum": gradient.abs().sum().item()}
    return {"shots": shots, "seconds": statistics.median(times), **sums}


if __name__ == "__main__":
    torch.set_num_threads(1)
    cases = list(zip(sys.argv[2::2], sys.argv[3::2]))
    measured = [measure(int(sys.argv[1]), int(shots), path) for shots, path in cases]
    print(json.dumps(measured))
