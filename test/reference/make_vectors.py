"""Makes test/fixtures/model/vectors.json: cosines and principal components as NumPy computes them.

    python test/reference/make_vectors.py

Needs NumPy 2; the tests don't. Principal components by singular value decomposition of the centred table, cosines by
dividing the product of a table with itself by the lengths: other ways than the project's. All of it in 64 bits.
"""

import json
import pathlib
import re

import numpy as np

root = pathlib.Path(__file__).parent.parent.parent


def menu():
    """The café's table, read from the program's source: milk and coffee alone, or all six amounts."""
    source = (root / "src/programs/cafeMenu.ts").read_text()
    rows = re.findall(r"\['([a-z ]+)', ([\d, ]+)\]", source)
    amounts = [[float(x) for x in numbers.split(",")] for _, numbers in rows]
    return [name for name, _ in rows], np.array([row + [0.0] * (6 - len(row)) for row in amounts])


def nearest(table):
    distances = np.linalg.norm(table[:, None] - table[None], axis=2)
    np.fill_diagonal(distances, np.inf)
    return distances.round(6).argmin(axis=1), distances


def described(table):
    center = table.mean(axis=0)
    _, sizes, directions = np.linalg.svd(table - center)
    variances = np.zeros(table.shape[1])
    variances[: len(sizes)] = sizes**2 / (len(table) - 1)
    lengths = np.linalg.norm(table, axis=1)
    places = (table - center) @ directions[:2].T
    on_map, _ = nearest(places)
    _, distances = nearest(table)
    # On the map another one is nearest, and it is truly further off than the nearest.
    rows = np.arange(len(table))
    misled = (distances[rows, on_map] > distances.min(axis=1) + 1e-4).sum()
    return {
        "table": table.tolist(),
        "center": center.tolist(),
        "variances": variances.tolist(),
        "directions": directions[:3].tolist(),
        "places": places.tolist(),
        "cosines": (table @ table.T / np.outer(lengths, lengths)).tolist(),
        "misled": int(misled),
    }


names, amounts = menu()
unit = amounts / np.linalg.norm(amounts, axis=1, keepdims=True)
random = np.random.default_rng(5)
cloud = random.normal(size=(40, 7)) * np.array([3.0, 0.2, 1.0, 2.2, 0.5, 1.5, 0.1]) + random.normal(size=7)
fixture = {
    "numpy": np.__version__,
    "drinks": names,
    "tables": {"amounts": described(amounts), "unit": described(unit), "cloud": described(cloud)},
}
path = root / "test/fixtures/model/vectors.json"
text = json.dumps(json.loads(json.dumps(fixture), parse_float=lambda x: round(float(x), 9)))
path.write_text(text + "\n")
print(path, len(names), {k: v["misled"] for k, v in fixture["tables"].items()})
