"""The joint training of bench/network-steps.ts in torch on one thread: wave packet B, n = 1024, 3000 steps of 16.

Prints one line per training and, last, the median seconds. Usage: training_torch.py [trainings]
"""

import math
import statistics
import sys
import time

import torch

SIGMA, PERIOD, SAMPLES, NOISE, CENTER, HALF_WIDTH = 8.0, 32.0, 128, 0.1, 64.0, 32.0
PROBLEMS, STEPS, BATCH, RATE = 1024, 3000, 16, 3e-3

times = torch.arange(SAMPLES, dtype=torch.float32)


def packet(t0):
    """t0 (B, 1) -> u (B, samples)"""
    tau = times - t0
    return torch.sin(2 * math.pi / PERIOD * tau) * torch.exp(-tau * tau / (2 * SIGMA * SIGMA))


def train(seed):
    torch.manual_seed(seed)
    truth = CENTER + HALF_WIDTH * (2 * torch.rand(PROBLEMS, 1) - 1)
    observed = packet(truth) + NOISE * torch.randn(PROBLEMS, SAMPLES)
    start = time.perf_counter()
    network = torch.nn.Sequential(
        torch.nn.Linear(SAMPLES, 64),
        torch.nn.Tanh(),
        torch.nn.Linear(64, 64),
        torch.nn.Tanh(),
        torch.nn.Linear(64, 1),
    )
    optimizer = torch.optim.Adam(network.parameters(), lr=RATE)
    for step in range(STEPS):
        for group in optimizer.param_groups:
            group["lr"] = RATE * (1 + math.cos(math.pi * step / STEPS)) / 2
        y = observed[torch.randint(0, PROBLEMS, (BATCH,))]
        loss = 0.5 * ((packet(CENTER + HALF_WIDTH * network(y)) - y) ** 2).sum(1).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        found = CENTER + HALF_WIDTH * network(observed)
    seconds = time.perf_counter() - start
    near = ((found - truth).abs() < 2).float().mean().item()
    print(f"torch, seed {seed}: {near:.3f} within 2 samples of the truth")
    return seconds


if __name__ == "__main__":
    torch.set_num_threads(1)
    print(statistics.median(train(seed) for seed in range(int(sys.argv[1]) if len(sys.argv) > 1 else 3)))
