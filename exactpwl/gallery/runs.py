"""Training runs: a network at every checkpoint of its training, exactly, with the data it learnt.

A run is what a film of a training needs: the points with their classes, and the network before the
first epoch and after every few of them.  Each checkpoint is the network whose weights are rounded
to multiples of 1/64, so that it is exact data like every network of the gallery, its regions can be
counted, and its accuracy is a fraction.  Between two checkpoints the weights may be interpolated,
and stay rational.

The bundled runs lie in ``gallery/data/runs`` in the format of docs/run-format.md, integers only;
the scripts that made them are in `exactpwl.gallery.training`.  What happens often
and what seldom, or with more neurons, is told by a *family*: runs on the same data, with other
seeds or widths, in one file of ``gallery/data/families``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from importlib.resources import files
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

from exactpwl.errors import FormatError, GalleryError
from exactpwl.network import Network
from exactpwl.rationals import as_fraction, format_fraction

__all__ = ["Run", "family", "family_names", "run", "run_names", "save_family"]

FORMAT = "exactpwl-run/1"
POINT_DENOMINATOR, WEIGHT_DENOMINATOR = 1024, 64

_KEYS = {
    "format",
    "name",
    "description",
    "window",
    "widths",
    "activation",
    "points",
    "labels",
    "checkpoints",
}


@dataclass(frozen=True)
class Run:
    """A training run: data, and the network at each checkpoint.

    Parameters
    ----------
    name, description : str
    points : tuple of (Fraction, Fraction)
        The training data, multiples of 1/1024.
    labels : tuple of int
        The class of each point, 1 or -1: the sign that the output should have.
    window : tuple of (Fraction, Fraction)
        The box to look at, a pair (low, high) for each input.
    epochs : tuple of int
        The number of passes over the data before each checkpoint.
    networks : tuple of Network
        One for each checkpoint, all of one architecture; weights are multiples of 1/64.

    Examples
    --------
    >>> shown = run("disc-3")
    >>> shown.epochs[0], shown.networks[0]
    (0, <Network disc-3, epoch 0 2 -> 3 relu -> 1 linear>)
    >>> shown.accuracy(-1)
    Fraction(1, 1)
    """

    name: str
    description: str
    points: tuple[tuple[Fraction, Fraction], ...]
    labels: tuple[int, ...]
    window: tuple[tuple[Fraction, Fraction], ...]
    epochs: tuple[int, ...]
    networks: tuple[Network, ...]

    def __len__(self) -> int:
        return len(self.networks)

    def __repr__(self) -> str:
        return (
            f"<Run {self.name}: {len(self)} checkpoints, epochs {self.epochs[0]} to "
            f"{self.epochs[-1]}, {len(self.points)} points>"
        )

    def accuracy(self, index: int) -> Fraction:
        """Return the share of the points that a checkpoint classifies right, exactly.

        A point is right if the output there has the sign of its label; an output of 0 is wrong.

        Parameters
        ----------
        index : int
            The checkpoint, a place in `networks`.

        Examples
        --------
        >>> run("xor-2").accuracy(0) < run("xor-2").accuracy(-1)
        True
        """
        from exactpwl.gallery.training.common import accuracy, exact_outputs, integers

        outputs, _ = exact_outputs(self.networks[index], integers(self.points))
        return accuracy(outputs, self.labels)

    @cached_property
    def accuracies(self) -> tuple[Fraction, ...]:
        """The accuracy of each checkpoint, exactly."""
        return tuple(self.accuracy(index) for index in range(len(self)))

    def as_dict(self) -> dict[str, Any]:
        """Return the run in its JSON form; see docs/run-format.md.

        Examples
        --------
        >>> run("xor-2").as_dict()["points"]
        [[-1024, -1024], [-1024, 1024], [1024, -1024], [1024, 1024]]
        """
        first = self.networks[0]
        return {
            "format": FORMAT,
            "name": self.name,
            "description": self.description,
            "window": [[format_fraction(end) for end in pair] for pair in self.window],
            "widths": [first.input_dimension, *(layer.width for layer in first.layers)],
            "activation": str(first.layers[0].activations[0]),
            "points": [[int(x * POINT_DENOMINATOR) for x in point] for point in self.points],
            "labels": "".join("+" if label > 0 else "-" for label in self.labels),
            "checkpoints": [
                {"epoch": epoch, "numerators": list(_numerators(network))}
                for epoch, network in zip(self.epochs, self.networks, strict=True)
            ],
        }

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> Run:
        """Return the run of a document.

        Raises
        ------
        FormatError
            If a key is missing or unknown, or the numbers do not fit the widths.

        Examples
        --------
        >>> Run.from_dict(run("xor-2").as_dict()) == run("xor-2")
        True
        """
        _check(document)
        points = ([Fraction(n, POINT_DENOMINATOR) for n in p] for p in document["points"])
        checkpoints = document["checkpoints"]
        return cls(
            name=document["name"],
            description=document["description"],
            points=tuple((x, y) for x, y in points),
            labels=tuple(1 if sign == "+" else -1 for sign in document["labels"]),
            window=tuple((as_fraction(low), as_fraction(high)) for low, high in document["window"]),
            epochs=tuple(checkpoint["epoch"] for checkpoint in checkpoints),
            networks=tuple(_network(document, checkpoint) for checkpoint in checkpoints),
        )

    def save(self, path: str | Path) -> None:
        """Write the run as JSON, a checkpoint a line.

        Examples
        --------
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     run("xor-2").save(f"{folder}/run.json")
        ...     Run.load(f"{folder}/run.json") == run("xor-2")
        True
        """
        _write(path, self.as_dict(), "checkpoints")

    @classmethod
    def load(cls, path: str | Path) -> Run:
        """Read what `save` wrote.

        Raises
        ------
        FormatError
            If the file is no run.
        """
        try:
            return cls.from_dict(json.loads(Path(path).read_text(encoding="utf-8")))
        except ValueError as error:
            raise FormatError(str(error), path=str(path)) from error


def run_names() -> tuple[str, ...]:
    """Return the names of the bundled runs, in alphabetical order.

    Examples
    --------
    >>> "disc-3" in run_names()
    True
    """
    return _names("runs")


@cache
def run(name: str) -> Run:
    """Return a bundled run.

    Raises
    ------
    GalleryError
        If there is no run of that name.

    Examples
    --------
    >>> run("disc-8-8-8").networks[-1].architecture
    '2 -> 8 relu -> 8 relu -> 8 relu -> 1 linear'
    """
    return Run.from_dict(_bundled("runs", name))


@cache
def family(name: str) -> tuple[Run, ...]:
    """Return the runs of a bundled family: what happens with other seeds, or with other widths.

    Parameters
    ----------
    name : str
        One of `family_names`.

    Raises
    ------
    GalleryError
        If there is no family of that name.

    Examples
    --------
    >>> seeds = family("disc-3-seeds")
    >>> len(seeds), seeds[7].networks[-1]
    (100, <Network disc-3, seed 7, epoch 400 2 -> 3 relu -> 1 linear>)
    """
    document = _bundled("families", name)
    return tuple(Run.from_dict({**document, **item}) for item in document.pop("runs"))


def family_names() -> tuple[str, ...]:
    """Return the names of the bundled families, in alphabetical order.

    Examples
    --------
    >>> family_names()
    ('disc-3-seeds', 'disc-8-8-8-seeds', 'xor-position-widths')
    """
    return _names("families")


def save_family(path: str | Path, runs: Sequence[Run]) -> None:
    """Write runs as one JSON file: what all have in common once, then a run a line."""
    documents = [one.as_dict() for one in runs]
    first = documents[0]
    common = {key for key in first if all(other[key] == first[key] for other in documents)}
    own = [{k: v for k, v in document.items() if k not in common} for document in documents]
    _write(path, {**{k: v for k, v in first.items() if k in common}, "runs": own}, "runs")


def _write(path: str | Path, document: Mapping[str, Any], last: str) -> None:
    """Write a document, a key a line, and an item a line of the list that comes last."""
    head = [f"{json.dumps(key)}: {_compact(document[key])}," for key in document if key != last]
    items = ",\n".join(map(_compact, document[last]))
    text = "{\n" + "\n".join(head) + f'\n"{last}": [\n{items}\n]}}\n'
    Path(path).write_text(text, encoding="utf-8")


def _names(folder: str) -> tuple[str, ...]:
    entries = files("exactpwl.gallery").joinpath("data", folder).iterdir()
    return tuple(sorted(e.name.removesuffix(".json") for e in entries if e.name.endswith(".json")))


def _bundled(folder: str, name: str) -> dict[str, Any]:
    names = _names(folder)
    if name not in names:
        what = "run" if folder == "runs" else "family of runs"
        raise GalleryError(
            f"no {what} named {name!r} in the gallery; there are: {', '.join(names)}", spec=name
        )
    path = files("exactpwl.gallery").joinpath("data", folder, f"{name}.json")
    document: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return document


def _numerators(network: Network) -> Iterator[int]:
    """Yield 64 times each number: layer by layer, of each neuron the weights, then the bias."""
    for layer in network.layers:
        factor, rest = divmod(WEIGHT_DENOMINATOR, layer.denominator)
        if rest:
            raise FormatError(
                f"a run needs weights that are multiples of 1/{WEIGHT_DENOMINATOR}, "
                f"got the denominator {layer.denominator}; round them first"
            )
        for row, bias in zip(layer.numerators, layer.bias_numerators, strict=True):
            yield from (factor * number for number in (*row, bias))


def _network(document: Mapping[str, Any], checkpoint: Mapping[str, Any]) -> Network:
    numbers = (Fraction(n, WEIGHT_DENOMINATOR) for n in checkpoint["numerators"])
    widths: Sequence[int] = document["widths"]
    layers = []
    for place, (before, width) in enumerate(pairwise(widths), start=2):
        rows = [list(islice(numbers, before + 1)) for _ in range(width)]
        kind = "linear" if place == len(widths) else document["activation"]
        layers.append(([row[:-1] for row in rows], [row[-1] for row in rows], kind))
    return Network(layers, name=f"{document['name']}, epoch {checkpoint['epoch']}")


def _check(document: Any) -> None:
    """Refuse what is not a run, before anything is made of it."""
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise FormatError(f'a JSON object with "format": "{FORMAT}" is required')
    if set(document) != _KEYS:
        odd = ", ".join(sorted(set(document) ^ _KEYS))
        raise FormatError(
            f"a run has the keys {', '.join(sorted(_KEYS))}; missing or unknown: {odd}"
        )
    if len(document["labels"]) != len(document["points"]) or set(document["labels"]) - set("+-"):
        raise FormatError('"labels" needs a + or - for each of the points')
    if not document["checkpoints"]:
        raise FormatError('"checkpoints" needs at least one, got none')
    required = sum((before + 1) * width for before, width in pairwise(document["widths"]))
    for checkpoint in document["checkpoints"]:
        numbers = checkpoint["numerators"]
        if len(numbers) != required or not all(type(n) is int for n in numbers):
            raise FormatError(
                f"epoch {checkpoint['epoch']}: {required} whole numbers are required for the "
                f"widths {document['widths']}, got {len(numbers)} numbers"
            )


def _compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
