"""Makes test/fixtures/engine/positions.json: sinusoidal positions as PyTorch computes them.

    python test/reference/make_positions.py

Needs PyTorch (any 2.x, on the CPU); the tests don't. Each pair of channels is a complex number of length 1 whose angle
grows with the position: its imaginary part is the sine, its real part the cosine. All of it in 64 bits, rounded to 32
at the end. Arrays are little-endian, in base64.
"""

import base64
import json
import pathlib

import torch


def waves(start, length, channels, base):
    exponents = torch.arange(0, channels, 2, dtype=torch.float64) / channels
    step = torch.exp(-exponents * torch.log(torch.tensor(base, dtype=torch.float64)))
    places = torch.arange(start, start + length, dtype=torch.float64)
    hands = torch.polar(torch.ones(length, channels // 2, dtype=torch.float64), torch.outer(places, step))
    return torch.stack((hands.imag, hands.real), dim=-1).reshape(length, channels).float()


def encode(tensor):
    return base64.b64encode(tensor.contiguous().numpy().tobytes()).decode()


cases = [(0, 12, 8, 10000.0), (0, 50, 64, 10000.0), (700, 5, 6, 500.0), (0, 1, 2, 10000.0), (3, 0, 4, 10000.0)]
path = pathlib.Path(__file__).parent.parent / "fixtures" / "engine" / "positions.json"
fixture = {
    "torch": torch.__version__,
    "waves": [
        {"start": s, "length": t, "channels": c, "base": b, "data": encode(waves(s, t, c, b))} for s, t, c, b in cases
    ],
}
path.write_text(json.dumps(fixture, indent=1) + "\n")
print(path, len(fixture["waves"]))
