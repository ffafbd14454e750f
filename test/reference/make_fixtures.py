"""Makes test/fixtures/engine/operations.json: what PyTorch computes for each operation, forward and backward.

    python test/reference/make_fixtures.py

Needs PyTorch (any 2.x, on the CPU); the tests don't. Inputs are rounded to 32 bits. Ordinary cases are computed in 64
bits from them, so that the expected numbers are exact to the last digit kept; cases named "specials" (NaN, infinities,
overflow) are computed in 32 bits, as overflow depends on it. Arrays are little-endian, in base64.
"""

import base64
import json
import math
import pathlib

import torch
import torch.nn.functional as F

generator = torch.Generator().manual_seed(20240607)
cases = {}


def normal(*shape, scale=1.0):
    return (torch.randn(shape, generator=generator) * scale).float()


def ids(high, *shape):
    return torch.randint(high, shape, generator=generator)


def encode(tensor):
    floating = tensor.is_floating_point()
    array = tensor.detach().to(torch.float32 if floating else torch.int32).contiguous().numpy()
    return {
        "dtype": "f32" if floating else "i32",
        "shape": list(tensor.shape),
        "data": base64.b64encode(array.tobytes()).decode(),
    }


def case(name, compute, *inputs, exact=True):
    """Records compute(*inputs), and for floating outputs the gradients of sum(output * dy) for a random dy."""
    wide = [t.to(torch.float64 if exact else torch.float32) if t.is_floating_point() else t for t in inputs]
    leaves = [t.clone().requires_grad_(t.is_floating_point()) for t in wide]
    output = compute(*leaves)
    entry = {"inputs": [encode(t) for t in inputs], "output": encode(output)}
    if output.requires_grad:
        dy = normal(*output.shape)
        output.backward(dy.to(output.dtype))
        entry["dy"] = encode(dy)
        entry["gradients"] = [
            encode(t.grad if t.grad is not None else torch.zeros_like(t)) if t.is_floating_point() else None
            for t in leaves
        ]
    assert name not in cases, name
    cases[name] = entry


def gelu_tanh(x):
    return F.gelu(x, approximate="tanh")


def rope(x, cos, sin, adjacent):
    if adjacent:
        a, b = x[..., 0::2], x[..., 1::2]
        return torch.stack([a * cos - b * sin, a * sin + b * cos], -1).flatten(-2)
    a, b = x.chunk(2, -1)
    return torch.cat([a * cos - b * sin, a * sin + b * cos], -1)


def causal(q, k, v):
    # The last query sees all keys: queries are the last T of S positions.
    T, S = q.shape[-2], k.shape[-2]
    mask = torch.ones(T, S, dtype=torch.bool).tril(S - T)
    return F.scaled_dot_product_attention(q, k, v, attn_mask=mask)


def self_attention(qkv, heads=3):
    B, T, C3 = qkv.shape
    q, k, v = (t.view(B, T, heads, -1).transpose(1, 2) for t in qkv.split(C3 // 3, -1))
    return causal(q, k, v).transpose(1, 2).reshape(B, T, C3 // 3)


# Elementwise, broadcasting both ways, sizes of 0 and 1
for name, operation in [("add", torch.add), ("sub", torch.sub), ("mul", torch.mul), ("div", torch.div)]:
    case(f"{name}", operation, normal(3, 5), normal(3, 5))
    case(f"{name} row to matrix", operation, normal(2, 3, 5), normal(5))
    case(f"{name} column to matrix", operation, normal(3, 1), normal(2, 3, 5))
    case(f"{name} both repeated", operation, normal(4, 1, 5), normal(3, 1))
    case(f"{name} empty", operation, normal(0, 3), normal(1, 3))
    case(f"{name} numbers", operation, normal(), normal())
wide = torch.cat([torch.linspace(-12, 12, 33), normal(20, scale=3)])
for name, operation in [
    ("exp", torch.exp),
    ("tanh", torch.tanh),
    ("sigmoid", torch.sigmoid),
    ("gelu erf", F.gelu),
    ("gelu tanh", gelu_tanh),
    ("silu", F.silu),
    ("relu", torch.relu),
    ("neg", torch.neg),
]:
    case(name, operation, wide)
positive = torch.cat([torch.logspace(-6, 6, 33), normal(20).abs() + 0.01])
case("log", torch.log, positive)
case("sqrt", torch.sqrt, positive)
case("pow 3", lambda x: x**3, normal(4, 7))
case("pow -0.5", lambda x: x**-0.5, positive)

# Matrices: sizes that are no multiples of a tile, stacks, broadcast stacks, transposed operands
for M, K, N in [(1, 1, 1), (2, 3, 4), (7, 13, 5), (21, 29, 18), (1, 40, 9), (9, 40, 1), (17, 8, 16)]:
    case(f"matmul {M}x{K}x{N}", torch.matmul, normal(M, K), normal(K, N))
case("matmul no inner", torch.matmul, normal(3, 0), normal(0, 4))
case("matmul no rows", torch.matmul, normal(0, 3), normal(3, 4))
case("matmul stacks", torch.matmul, normal(2, 2, 5, 7), normal(2, 2, 7, 4))
case("matmul one for all", torch.matmul, normal(2, 3, 5, 7), normal(7, 4))
case("matmul broadcast", torch.matmul, normal(2, 1, 5, 7), normal(3, 7, 4))
case("matmul transposed right", lambda a, b: a @ b.mT, normal(2, 5, 11), normal(2, 6, 11))
case("matmul transposed left", lambda a, b: a.mT @ b, normal(2, 11, 5), normal(2, 11, 6))
case("matmul vectors", torch.matmul, normal(2, 5, 7), normal(7))

# Shapes
case("permute", lambda x: x.permute(2, 0, 1) * 2, normal(2, 3, 4))
case("slice", lambda x: x[:, 1:-1] * 2, normal(3, 5, 2))
case("concat", lambda a, b: torch.cat([a, b], 1) * 2, normal(2, 3, 4), normal(2, 2, 4))
case("stack", lambda a, b: torch.stack([a, b], 1) * 2, normal(2, 3), normal(2, 3))
case("gather", lambda x, i: torch.gather(x, 1, i), normal(3, 5, 2), ids(5, 3, 4, 2))
case("embedding", lambda t, i: F.embedding(i, t), normal(11, 6), ids(11, 4, 5))

# Along an axis
for axis in [0, 1, -1]:
    case(f"sum {axis}", lambda x, a=axis: x.sum(a), normal(3, 4, 5))
    case(f"mean {axis}", lambda x, a=axis: x.mean(a, keepdim=True), normal(3, 4, 5))
    case(f"variance {axis}", lambda x, a=axis: x.var(a, correction=0), normal(3, 4, 5))
    case(f"max {axis}", lambda x, a=axis: x.max(a).values, normal(3, 4, 5))
    case(f"min {axis}", lambda x, a=axis: x.min(a).values, normal(3, 4, 5))
    case(f"argmax {axis}", lambda x, a=axis: x.argmax(a), normal(3, 4, 5))
    case(f"softmax {axis}", lambda x, a=axis: x.softmax(a), normal(3, 4, 5, scale=4))
    case(f"logSoftmax {axis}", lambda x, a=axis: x.log_softmax(a), normal(3, 4, 5, scale=4))
case("sum nothing", lambda x: x.sum(1), normal(3, 0))
case("variance corrected", lambda x: x.var(-1, correction=1), normal(3, 7))
case("softmax long rows", lambda x: x.softmax(-1), normal(3, 67, scale=8))
case("topK values", lambda x: x.topk(4).values, normal(5, 19))
case("topK indices", lambda x: x.topk(4).indices, normal(5, 19))
case("crossEntropy", lambda x, i: F.cross_entropy(x, i, ignore_index=-1), normal(5, 67, scale=3), ids(67, 5))
case(
    "crossEntropy ignored",
    lambda x, i: F.cross_entropy(x, i, ignore_index=-1),
    normal(4, 5),
    torch.tensor([0, -1, 4, -1]),
)
case(
    "crossEntropy per row",
    lambda x, i: F.cross_entropy(x, i, ignore_index=-1, reduction="none"),
    normal(4, 5),
    torch.tensor([0, -1, 4, 2]),
)

# Norms
case("layerNorm", lambda x, w, b: F.layer_norm(x, w.shape, w, b), normal(2, 3, 37, scale=3), normal(37), normal(37))
case("layerNorm far off", lambda x: F.layer_norm(x, (16,)), normal(3, 16) + 100)
case("layerNorm plain", lambda x: F.layer_norm(x, x.shape[-1:]), normal(4, 9))
case("layerNorm one channel", lambda x, w, b: F.layer_norm(x, (1,), w, b), normal(4, 1), normal(1), normal(1))
case("rmsNorm", lambda x, w: F.rms_norm(x, w.shape, w, eps=1e-5), normal(2, 3, 37, scale=3), normal(37))
case("rmsNorm plain", lambda x: F.rms_norm(x, x.shape[-1:], eps=1e-5), normal(4, 9))

# Transformer parts
angles = torch.arange(3, 12).double()[:, None] / 10_000 ** (torch.arange(0, 10, 2) / 10)
for pairing in ["adjacent", "halves"]:
    case(f"rope {pairing}", lambda x, p=pairing: rope(x, angles.cos(), angles.sin(), p == "adjacent"), normal(1, 2, 9, 10))
case("attention", F.scaled_dot_product_attention, normal(2, 3, 4, 5), normal(2, 3, 6, 5), normal(2, 3, 6, 7))
case("attention causal", causal, normal(1, 2, 21, 20, scale=2), normal(1, 2, 21, 20), normal(1, 2, 21, 20))
case("attention with a past", causal, normal(1, 2, 4, 8), normal(1, 2, 11, 8), normal(1, 2, 11, 8))
case("attention of one", causal, normal(1, 1, 1, 3), normal(1, 1, 1, 3), normal(1, 1, 1, 3))
case("attention sharp", causal, normal(1, 1, 6, 4, scale=20), normal(1, 1, 6, 4, scale=5), normal(1, 1, 6, 4))
case("selfAttention", self_attention, normal(2, 7, 63))

# NaN, infinities and overflow, in 32 bits
nan, inf = math.nan, math.inf
odd = torch.tensor([nan, inf, -inf, 0.0, -0.0, 1e-38, -1e-38, 1e38, -1e38, 88.5, 89.0, -87.0, -104.0, 20.0, -20.0, 1.0])
functions = [torch.exp, torch.log, torch.sqrt, torch.tanh, torch.sigmoid, torch.neg]
functions = [(function.__name__, function) for function in functions]
for name, operation in [*functions, ("relu", torch.relu)]:
    case(f"specials {name}", lambda x, f=operation: f(x).detach(), odd, exact=False)
# Where the last digits of a product with an exact 0 or infinity matter, only finite ends are laid down.
# (At infinity PyTorch's vectorised erf form says NaN, where the limit is infinity.)
for name, operation in [("gelu erf", F.gelu), ("gelu tanh", gelu_tanh), ("silu", F.silu)]:
    case(f"specials {name}", lambda x, f=operation: f(x).detach(), odd[[0, 3, 5, 6, 9, 13, 14, 15]], exact=False)
few = torch.tensor([nan, inf, -inf, 0.0, 1.0, -2.0])
for name, operation in [("add", torch.add), ("sub", torch.sub), ("mul", torch.mul), ("div", torch.div)]:
    case(f"specials {name}", lambda a, b, f=operation: f(a, b).detach(), few[:, None], few, exact=False)
lines = torch.tensor(
    [[1, 2, 3], [nan, 1, 2], [3, nan, nan], [inf, 1, 2], [-inf, 1, 2], [-inf, -inf, -inf], [2, 2, 1], [inf, -inf, 0]]
)
case("specials softmax", lambda x: x.softmax(-1).detach(), lines, exact=False)
case("specials logSoftmax", lambda x: x.log_softmax(-1).detach(), lines, exact=False)
case("specials sum", lambda x: x.sum(-1).detach(), lines, exact=False)
case("specials max", lambda x: x.max(-1).values.detach(), lines, exact=False)
case("specials min", lambda x: x.min(-1).values.detach(), lines, exact=False)
case("specials argmax", lambda x: x.argmax(-1), lines, exact=False)
case("specials matmul", lambda a, b: (a @ b).detach(), lines, torch.tensor([[0, 1.0], [1, 0], [0, 0]]), exact=False)
case("specials layerNorm", lambda x: F.layer_norm(x, (3,)).detach(), lines, exact=False)
case("specials constant row", lambda x: F.layer_norm(x, (5,)).detach(), torch.full((2, 5), 7.0), exact=False)


def adamw():
    """Five steps of AdamW: the parameter before, each gradient, and the parameter after each step."""
    parameter = normal(23).double()
    leaf = parameter.clone().requires_grad_()
    optimizer = torch.optim.AdamW([leaf], lr=0.01, betas=(0.9, 0.99), eps=1e-8, weight_decay=0.1)
    steps = []
    for _ in range(5):
        gradient = normal(23)
        leaf.grad = gradient.double()
        optimizer.step()
        steps.append({"gradient": encode(gradient), "parameter": encode(leaf)})
    return {"parameter": encode(parameter), "steps": steps}


optimised = adamw()

# Gradients where inputs, or what comes from above, are NaN, infinite, zero or at the ends of f32; in 32 bits


def at_specials(name, compute, *inputs, above=None):
    """As `case` in 32 bits, with a gradient from above that is given, or else ones."""
    leaves = [t.clone().requires_grad_(t.is_floating_point()) for t in inputs]
    output = compute(*leaves)
    dy = torch.ones_like(output) if above is None else above
    output.backward(dy)
    name = f"gradients at specials: {name}"
    assert name not in cases, name
    cases[name] = {
        "inputs": [encode(t) for t in inputs],
        "output": encode(output),
        "dy": encode(dy),
        "gradients": [encode(t.grad) if t.is_floating_point() else None for t in leaves],
    }


from_above = torch.tensor([1.0, -2.0, 0.0, inf, -inf, nan])


def each_with_each(x, y):
    """Two lists of numbers as all their pairs."""
    return x.repeat_interleave(len(y)), y.repeat(len(x))


for name, operation in functions:
    numbers, above = each_with_each(odd, from_above)
    at_specials(name, operation, numbers, above=above)
# Finite from above: where relu is off PyTorch lets nothing through, while 0 times infinity is NaN.
numbers, above = each_with_each(odd, from_above[:3])
at_specials("relu", torch.relu, numbers, above=above)
ends = torch.tensor([nan, 0.0, -0.0, 1e-38, -1e-38, 3.0, -3.0, 12.0, -12.0, 90.0, -90.0])
for name, operation in [("gelu erf", F.gelu), ("gelu tanh", gelu_tanh), ("silu", F.silu)]:
    numbers, above = each_with_each(ends, from_above[:3])
    at_specials(name, operation, numbers, above=above)
# (Not 0.5 and -0.5: there PyTorch takes roots, which differ from powers at -0 and -infinity.)
for exponent in [0, 1, 2, 3, -1, -2, 0.25, -1.5]:
    numbers, above = each_with_each(torch.tensor([nan, inf, -inf, 0.0, -0.0, 1.0, -1.0, -2.5, 1e-38, 1e38]), from_above)
    at_specials(f"pow {exponent}", lambda x, n=exponent: x**n, numbers, above=above)
for name, operation in [("add", torch.add), ("sub", torch.sub), ("mul", torch.mul), ("div", torch.div)]:
    pairs = each_with_each(few, few)
    at_specials(name, operation, *pairs)
    at_specials(f"{name}, infinite from above", operation, *pairs, above=torch.full_like(pairs[0], inf))
at_specials("softmax", lambda x: x.softmax(-1), lines, above=normal(8, 3))
at_specials("logSoftmax", lambda x: x.log_softmax(-1), lines, above=normal(8, 3))
at_specials("sum", lambda x: x.sum(-1), lines, above=torch.tensor([1, nan, inf, -inf, 0, 2, 3, 4.0]))
at_specials("mean", lambda x: x.mean(-1), lines, above=torch.tensor([1, nan, inf, -inf, 0, 2, 3, 4.0]))
at_specials("max", lambda x: x.max(-1).values, lines, above=normal(8))
at_specials("min", lambda x: x.min(-1).values, lines, above=normal(8))
at_specials("topK", lambda x: x.topk(2).values, torch.tensor([[1.0, nan, 3], [inf, -inf, 0], [-inf, 2, 5]]), above=normal(3, 2))
at_specials("layerNorm", lambda x: F.layer_norm(x, (3,)), lines, above=normal(8, 3))
at_specials("rmsNorm", lambda x: F.rms_norm(x, (3,), eps=1e-5), lines, above=normal(8, 3))
at_specials("matmul", torch.matmul, lines, torch.tensor([[0, 1.0], [1, 0], [0, 0]]), above=normal(8, 2))
at_specials("maskedFill", lambda x: x.masked_fill(x.detach() > 1, -2), lines, above=torch.full((8, 3), inf))
classes = torch.tensor([0, 1, 2, 0, 1, 2, 1, 0])
at_specials("crossEntropy per row", lambda x, i: F.cross_entropy(x, i, reduction="none"), lines, classes, above=normal(8))
at_specials("gather", lambda x, i: torch.gather(x, 1, i), lines, torch.tensor([[0, 0], [1, 2]] * 4), above=lines[:, :2])
at_specials("embedding", lambda t, i: F.embedding(i, t), lines, torch.tensor([1, 1, 4, 7]), above=lines[3:7])
for name, which, value in [("key", 1, inf), ("value", 2, -inf)]:
    qkv = [normal(1, 1, 3, 4) for _ in range(3)]
    qkv[which][0, 0, 1, 2] = value
    at_specials(f"attention with an infinite {name}", F.scaled_dot_product_attention, *qkv, above=normal(1, 1, 3, 4))
at_specials("log of subnormal numbers", torch.log, torch.tensor([1e-45, 1e-42, 1e-39, -1e-45, 3e38]))

# Shapes again, choices and vectors
case("reshape", lambda x: x.reshape(4, -1) * 2, normal(2, 3, 2))
case("reshape of a transposed", lambda x: x.mT.reshape(3, 4) * 2, normal(2, 2, 3))
case("transpose", lambda x: x.transpose(0, 2) * 2, normal(2, 3, 4))
case("squeeze", lambda x: x.squeeze(1) * 2, normal(3, 1, 2))
case("unsqueeze", lambda x: x.unsqueeze(-1) * 2, normal(3, 2))
case("expand", lambda x: x.expand(2, 3, 4) * 2, normal(3, 1))
case("index", lambda x: x.select(1, -2) * 2, normal(2, 4, 3))
case("split", lambda x: torch.cat([part * n for n, part in enumerate(x.split([2, 0, 3], 1))], 1), normal(2, 5))
case("where", lambda c, a, b: torch.where(c != 0, a, b), ids(2, 3, 4), normal(4), normal(2, 1, 1))
case("where of numbers", lambda c: torch.where(c != 0, c, torch.tensor(-7.0, dtype=c.dtype)), normal(3, 4).relu())
case("maskedFill", lambda x, m: x.masked_fill(m != 0, -3), normal(2, 3, 3), ids(2, 3, 3))
case("dot", torch.dot, normal(7), normal(7))
case("outer", torch.outer, normal(3), normal(5))
case("norm", lambda x: torch.linalg.vector_norm(x, dim=-1), normal(3, 4, scale=3))
case("cosine", lambda a, b: F.cosine_similarity(a, b, dim=-1), normal(2, 3, 5), normal(3, 5))
case("cosine of a vector with itself", lambda a: F.cosine_similarity(a, a, dim=-1), normal(2, 5))
case("oneHot", lambda i: F.one_hot(i, 5).float(), ids(5, 2, 3))


def mix(bits):
    """The spreading of 32 bits that decides what dropout keeps: two multiplications as in MurmurHash3's finaliser."""
    bits = (bits + 0x9E3779B9) % 2**32
    bits = (bits ^ (bits >> 16)) * 0x85EBCA6B % 2**32
    bits = (bits ^ (bits >> 13)) * 0xC2B2AE35 % 2**32
    return bits ^ (bits >> 16)


def dropout(x, rate, draw):
    """Dropout by a mask that follows from one draw in 0 to 1, as ours, and PyTorch's arithmetic around it."""
    seed = math.floor(draw * 2**32)
    keeps = [mix(mix(place) ^ seed) / 2**32 < 1 - rate for place in range(x.numel())]
    return x * torch.tensor(keeps).reshape(x.shape) / (1 - rate)


case("dropout", lambda x: dropout(x, 0.25, 0.3), normal(5, 9))
case("dropout of nothing", lambda x: dropout(x, 0, 0.3), normal(3))

fixtures = {"torch": torch.__version__.split("+")[0], "cases": cases, "adamW": optimised}
target = pathlib.Path(__file__).parent.parent / "fixtures" / "engine" / "operations.json"
target.write_text(json.dumps(fixtures, indent=0) + "\n", encoding="utf-8")
print(f"{target.name}: {len(cases)} cases, {target.stat().st_size} bytes")
