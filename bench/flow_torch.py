"""The flows of bench/flow.ts in torch on one thread: final markers, and gradients by autograd.

Usage: flow_torch.py REPEATS POINTS STEP STEPS ROWS FILE; the file holds float64 rows x, y, Gamma, marker (POINTS^2),
y* (POINTS^2). Vorticity form with the 2/3 rule, batched real transforms, RK4 with integrating factors, nu = kappa = 0.01.
Prints JSON: the seconds of each forward and backward pass, and the sums of |loss| and |gradients|.
"""

import json
import math
import sys
import time

import torch


class Model:
    def __init__(self, points, step, steps):
        self.points, self.step, self.steps = points, step, steps
        ky = torch.fft.fftfreq(points, 1 / points, dtype=torch.float64)[:, None]
        kx = torch.fft.rfftfreq(points, 1 / points, dtype=torch.float64)[None, :]
        kept = ((3 * kx.abs() < points) & (3 * ky.abs() < points)).to(torch.float64)
        square = kx**2 + ky**2
        over = torch.where(square > 0, 1 / torch.where(square > 0, square, torch.ones_like(square)), torch.zeros_like(square))
        imaginary = lambda a: torch.complex(torch.zeros_like(a), a)
        self.kept = kept
        self.half = torch.exp(-0.005 * square * step)
        self.u, self.v = imaginary(ky * over), imaginary(-kx * over)
        self.dx, self.dy = imaginary(-kx * kept), imaginary(-ky * kept)
        self.grid = -math.pi + 2 * math.pi * torch.arange(points, dtype=torch.float64) / points

    def vorticity(self, x):
        """x, y, Gamma (B, 3) -> (B, N, N), y slowest"""
        images = 2 * math.pi * torch.tensor([-1.0, 0.0, 1.0], dtype=torch.float64)
        bump = lambda c: torch.exp(-((self.grid[None, :, None] - c[:, None, None] - images) ** 2) / 0.5).sum(2)
        g = bump(x[:, 1])[:, :, None] * bump(x[:, 0])[:, None, :]
        return x[:, 2, None, None] * (g - g.mean((1, 2), keepdim=True))

    def side(self, s):
        """(B, 2, N, N/2 + 1): spectra of vorticity and marker -> those of minus the divergence of their fluxes"""
        w = s[:, 0]
        fields = torch.fft.irfft2(torch.cat([torch.stack([self.u * w, self.v * w], 1), s], 1), s=(self.points, self.points))
        velocity, carried = fields[:, :2], fields[:, 2:]
        fluxes = torch.fft.rfft2(velocity[:, None] * carried[:, :, None])
        return self.dx * fluxes[:, :, 0] + self.dy * fluxes[:, :, 1]

    def final(self, x, marker):
        h, half = self.step, self.half
        s = self.kept * torch.fft.rfft2(torch.stack([self.vorticity(x), marker], 1))
        for _ in range(self.steps):
            k1 = self.side(s)
            k2 = self.side(half * (s + h / 2 * k1))
            k3 = self.side(half * s + h / 2 * k2)
            k4 = self.side(half * (half * s + h * k3))
            s = half * (half * (s + h / 6 * k1) + h / 3 * (k2 + k3)) + h / 6 * k4
        return torch.fft.irfft2(s[:, 1], s=(self.points, self.points))


def gradient(model, rows):
    n = model.points
    x = rows[:, :3].detach().clone().requires_grad_()
    marker, observed = (rows[:, 3 + k * n * n : 3 + (k + 1) * n * n].reshape(-1, n, n) for k in (0, 1))
    loss = ((model.final(x, marker) - observed) ** 2).mean((1, 2))
    loss.sum().backward()
    return loss.detach(), x.grad


if __name__ == "__main__":
    torch.set_num_threads(1)
    repeats, points, step, steps, count = (float(value) for value in sys.argv[1:6])
    model = Model(int(points), step, int(steps))
    with open(sys.argv[6], "rb") as file:
        data = torch.frombuffer(bytearray(file.read()), dtype=torch.float64).reshape(int(count), -1)
    loss, grad = gradient(model, data)
    seconds = []
    for _ in range(int(repeats)):
        start = time.perf_counter()
        gradient(model, data)
        seconds.append(time.perf_counter() - start)
    print(json.dumps({"seconds": seconds, "loss": loss.sum().item(), "gradient": grad.abs().sum().item()}))
