"""The trajectories of bench/kuramoto-sivashinsky.ts in torch on one thread: final states, and gradients by autograd.

Usage: kuramoto_sivashinsky_torch.py REPEATS LENGTH POINTS STEP STEPS ROWS FORCING FILE; the file holds float64 rows
alpha, beta, u0 (POINTS), y* (POINTS). Batched real transforms, the same ETDRK4 scheme with its weights by contour means,
forcing cos1 or mix. Prints JSON: the seconds of each forward and backward pass, and the sums of |loss| and |gradients|.
"""

import json
import math
import sys
import time

import torch


def weights(linear, h):
    """ETDRK4 weights of a diagonal linear part (K): means over 64 points of the upper half circle."""
    angle = math.pi * (torch.arange(64, dtype=torch.float64) + 0.5) / 64
    z = h * linear[:, None] + torch.complex(torch.cos(angle), torch.sin(angle))[None, :]
    e, half = torch.exp(z), torch.exp(z / 2)
    mean = lambda f: h * f.real.mean(1)
    return {
        "E": torch.exp(h * linear),
        "E2": torch.exp(h * linear / 2),
        "Q": mean((half - 1) / z),
        "f1": mean((-4 - z + e * (4 - 3 * z + z**2)) / z**3),
        "f2": 2 * mean((2 + z + e * (z - 2)) / z**3),
        "f3": mean((-4 - 3 * z - z**2 + e * (4 - z)) / z**3),
    }


class Model:
    def __init__(self, length, points, step, steps, forcing):
        modes = torch.arange(points // 2 + 1, dtype=torch.float64)
        k = 2 * math.pi * modes / length
        self.points, self.steps = points, steps
        self.square = k**2
        self.w = weights(k**2 - k**4, step)
        mask = (modes <= (points - 1) // 3).to(torch.float64)
        self.slope = torch.complex(torch.zeros_like(k), -0.5 * k * mask)
        x = torch.arange(points, dtype=torch.float64) * length / points
        mode = max(1, round(length / 16))
        wave = lambda m: 2 * math.pi * m * x / length
        mix = torch.cos(wave(mode)) + 0.5 * torch.sin(wave(mode + 1))
        self.forcing = torch.fft.rfft(torch.cos(wave(1)) if forcing == "cos1" else mix)

    def side(self, v, alpha, excess):
        u = torch.fft.irfft(v, n=self.points)
        return self.slope * torch.fft.rfft(u * u) + excess * self.square * v + alpha * self.forcing

    def final(self, alpha, beta, u0):
        """alpha, beta (B), u0 (B, N) -> u(T) (B, N)"""
        w, alpha, excess = self.w, alpha[:, None], (beta - 1)[:, None]
        v = torch.fft.rfft(u0)
        for _ in range(self.steps):
            n0 = self.side(v, alpha, excess)
            a = w["E2"] * v + w["Q"] * n0
            n1 = self.side(a, alpha, excess)
            b = w["E2"] * v + w["Q"] * n1
            n2 = self.side(b, alpha, excess)
            c = w["E2"] * a + w["Q"] * (2 * n2 - n0)
            n3 = self.side(c, alpha, excess)
            v = w["E"] * v + w["f1"] * n0 + w["f2"] * (n1 + n2) + w["f3"] * n3
        return torch.fft.irfft(v, n=self.points)


def gradient(model, rows):
    x = rows[:, :2].detach().clone().requires_grad_()
    n = model.points
    loss = ((model.final(x[:, 0], x[:, 1], rows[:, 2 : 2 + n]) - rows[:, 2 + n :]) ** 2).mean(1)
    loss.sum().backward()
    return loss.detach(), x.grad


if __name__ == "__main__":
    torch.set_num_threads(1)
    repeats, length, points, step, steps, count = (float(value) for value in sys.argv[1:7])
    model = Model(length, int(points), step, int(steps), sys.argv[7])
    with open(sys.argv[8], "rb") as file:
        data = torch.frombuffer(bytearray(file.read()), dtype=torch.float64).reshape(int(count), 2 + 2 * int(points))
    loss, grad = gradient(model, data)
    seconds = []
    for _ in range(int(repeats)):
        start = time.perf_counter()
        gradient(model, data)
        seconds.append(time.perf_counter() - start)
    print(json.dumps({"seconds": seconds, "loss": loss.sum().item(), "gradient": grad.abs().sum().item()}))
