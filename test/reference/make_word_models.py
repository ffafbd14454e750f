"""Makes test/fixtures/model/wordModels.json: a window model and a step of skip-gram as PyTorch computes them.

    python test/reference/make_word_models.py

Needs PyTorch 2; the tests don't. In 64 bits, with PyTorch's own gradients: nothing here is derived by hand.
"""

import json
import pathlib

import torch
from torch.nn import functional

root = pathlib.Path(__file__).parent.parent.parent
torch.manual_seed(14)
torch.set_default_dtype(torch.float64)
V, n, C, H, B = 7, 3, 4, 5, 2

shapes = {"words.weight": (V, C), "hidden.weight": (n * C, H), "hidden.bias": (H,), "scores.weight": (H, V), "scores.bias": (V,)}
parameters = {name: torch.randn(shape, requires_grad=True) for name, shape in shapes.items()}
ids = torch.randint(V, (B, n))
targets = torch.randint(V, (B,))
joined = functional.embedding(ids, parameters["words.weight"]).flatten(1)
hidden = torch.tanh(joined @ parameters["hidden.weight"] + parameters["hidden.bias"])
logits = hidden @ parameters["scores.weight"] + parameters["scores.bias"]
loss = functional.cross_entropy(logits, targets)
loss.backward()

centers, contexts = torch.randn(V, C, requires_grad=True), torch.randn(V, C, requires_grad=True)
center, neighbour, negatives, rate = 2, 5, [0, 6, 1], 0.3
scores = contexts[torch.tensor([neighbour, *negatives])] @ centers[center]
labels = torch.tensor([1.0, 0.0, 0.0, 0.0])
skip_loss = functional.binary_cross_entropy_with_logits(scores, labels, reduction="sum")
skip_loss.backward()

fixture = {
    "torch": torch.__version__,
    "window": {
        "config": {"vocabulary": V, "window": n, "channels": C, "hidden": H},
        "parameters": {name: value.tolist() for name, value in parameters.items()},
        "ids": ids.tolist(),
        "targets": targets.tolist(),
        "logits": logits.tolist(),
        "loss": loss.item(),
        "gradients": {name: value.grad.tolist() for name, value in parameters.items()},
    },
    "skipGram": {
        "centers": centers.tolist(),
        "contexts": contexts.tolist(),
        "center": center,
        "neighbour": neighbour,
        "negatives": negatives,
        "learningRate": rate,
        "loss": skip_loss.item(),
        "centersAfter": (centers - rate * centers.grad).tolist(),
        "contextsAfter": (contexts - rate * contexts.grad).tolist(),
    },
}
(root / "test/fixtures/model/wordModels.json").write_text(json.dumps(fixture, indent=1) + "\n")
