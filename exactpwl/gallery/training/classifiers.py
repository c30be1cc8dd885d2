"""Training the classifiers of digits: dense and convolutional ReLU networks, with torch.

The convolutional network is the one of many a tutorial and of the study in the reference: ten
filters of 5 x 5, max-pooling by 2, twenty filters of 5 x 5, max-pooling by 2, then 320-50-10.
Training minimises the cross-entropy by Adam over shuffled batches.  Its float32 weights are kept as
they are: each is a dyadic rational, so the bundled network is exact data.  One thread and one seed
repeat a training on the same version of torch; other versions may give other weights.

    python -m exactpwl.gallery.training.classifiers [NAME ...] [--out FOLDER]

References
----------
Sattelberg, Cavalieri, Kirby, Peterson, Beveridge, "Locally linear attributes of ReLU neural
networks", Frontiers in Artificial Intelligence 6 (2023), doi:10.3389/frai.2023.1255192.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from exactpwl.gallery.pictures import PictureSet, picture_set

FOLDER = Path(__file__).resolve().parents[1] / "data" / "classifiers"


@dataclass(frozen=True)
class Plan:
    """What to train: on which pictures, from which seed.

    Parameters
    ----------
    pictures : str
        The name of a set of pictures.
    filters : tuple of int
        The numbers of filters of 5 x 5, each followed by max-pooling by 2; none for dense networks.
    widths : tuple of int
        Of the hidden dense layers.
    seed : int
    epochs : int
    """

    pictures: str
    filters: tuple[int, ...]
    widths: tuple[int, ...]
    seed: int
    epochs: int


PLANS = {
    "digits-dense-1": Plan("digits", (), (32,), 1, 100),
    "digits-dense-2": Plan("digits", (), (32,), 2, 100),
    "mnist-dense": Plan("mnist", (), (128,), 1, 30),
    "mnist-conv-1": Plan("mnist", (10, 20), (50,), 1, 15),
    "mnist-conv-2": Plan("mnist", (10, 20), (50,), 2, 15),
}
CLASSES, BATCH, RATE = 10, 50, 1e-3


def module(plan: Plan, shape: tuple[int, int]) -> Any:
    """The untrained torch module of a plan, for pictures of this shape."""
    from torch import nn

    layers: list[Any] = [nn.Unflatten(1, (1, *shape))] if plan.filters else []
    channels, height, width = 1, *shape
    for filters in plan.filters:
        layers += [nn.Conv2d(channels, filters, 5), nn.ReLU(), nn.MaxPool2d(2)]
        channels, height, width = filters, (height - 4) // 2, (width - 4) // 2
    layers += [nn.Flatten()]
    size = channels * height * width
    for wide in plan.widths:
        layers += [nn.Linear(size, wide), nn.ReLU()]
        size = wide
    return nn.Sequential(*layers, nn.Linear(size, CLASSES))


def trained(plan: Plan) -> Any:
    """Train the module of a plan."""
    import torch

    torch.set_num_threads(1)
    torch.manual_seed(plan.seed)
    pictures = picture_set(plan.pictures)
    made = module(plan, pictures.shape)
    points, labels = _tensors(pictures.training)
    optimizer = torch.optim.Adam(made.parameters(), lr=RATE)
    for _ in range(plan.epochs):
        for batch in torch.randperm(len(labels)).split(BATCH):
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(made(points[batch]), labels[batch]).backward()
            optimizer.step()
    return made


def _tensors(pictures: PictureSet) -> tuple[Any, Any]:
    import torch

    return torch.tensor(pictures.points, dtype=torch.float32), torch.tensor(pictures.labels)


def accuracy(made: Any, pictures: PictureSet) -> float:
    """The share of pictures that torch's floats classify right."""
    import torch

    points, labels = _tensors(pictures)
    with torch.no_grad():
        return float((made(points).argmax(1) == labels).double().mean())


def save(made: Any, shape: tuple[int, int], path: Path) -> None:
    """Write weights and biases as ``weight0, bias0, weight1, ...``, and the pictures' shape."""
    tensors = [tensor.detach().numpy() for tensor in made.parameters()]
    names = [f"{kind}{k}" for k in range(len(tensors) // 2) for kind in ("weight", "bias")]
    np.savez_compressed(path, shape=np.array(shape), **dict(zip(names, tensors, strict=True)))


def main() -> None:
    """Train the networks of the given names, or all."""
    parser = argparse.ArgumentParser(description="Train the classifiers of digits with torch.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(PLANS)}")
    parser.add_argument("--out", type=Path, default=FOLDER, help="folder for the files")
    options = parser.parse_args()
    unknown = set(options.names) - set(PLANS)
    if unknown:
        parser.error(
            f"no plan is called {', '.join(sorted(unknown))}; there are {', '.join(PLANS)}"
        )
    for name in options.names or PLANS:
        plan = PLANS[name]
        start = time.monotonic()
        made = trained(plan)
        pictures = picture_set(plan.pictures)
        save(made, pictures.shape, options.out / f"{name}.npz")
        sys.stdout.write(
            f"{name}: {time.monotonic() - start:.0f} s, right in training "
            f"{accuracy(made, pictures.training):.4f}, in the test "
            f"{accuracy(made, pictures.test):.4f}\n"
        )


if __name__ == "__main__":
    main()
