"""The text format ``.nnet``, in which ACAS Xu and other networks of verification are handed on.

A file holds decimals, which are read as the rationals that they spell: 0.1 is a tenth, not the
float next to it.  Between the layers stands a ReLU, after the last one nothing.

Beside the weights a file tells how its inputs and outputs are normalised, and this is where users
of the format go astray, because some questions are asked in physical units and others, the ones of
the competition among them, in normalised ones.  So the reader has no default:

* ``"ignore"`` gives the layers as they stand, a function of normalised inputs;
* ``"fold"`` gives the function of physical inputs, (x - mean) / range before the first layer and
  y range + mean after the last one, folded into those two layers exactly.

The format's own evaluation also clips each input to its interval [min, max].  That is not folded
in: it would put two kinks on every input, outside of the box that the network was made for, and
inside it changes nothing.  The box is `NnetReading.box`, and a question about it is exactly the one
about the clipped function.

References
----------
G. Katz et al., "Reluplex: An Efficient SMT Solver for Verifying Deep Neural Networks", CAV 2017,
arXiv:1702.01135, whose networks are published in this format.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from exactpwl.errors import OptionError
from exactpwl.io.agreement import Agreement, compare_floats
from exactpwl.io.nnet_lines import Numbers, Stored, read_lines
from exactpwl.network import Network
from exactpwl.rationals import format_fraction, shown

__all__ = ["NORMALIZATIONS", "NnetReading", "is_nnet_name", "read_nnet"]

NORMALIZATIONS = ("fold", "ignore")

_CHOICE = (
    "an .nnet file tells how inputs and outputs are normalised, so choose: 'fold' for the function "
    "of physical inputs, (x - mean) / range before and y range + mean after the network; 'ignore' "
    "for the function of normalised inputs, the layers as they stand. "
    "Network.load(path, normalization='fold'), or on the command line {name}:fold"
)


def is_nnet_name(path: str | Path) -> bool:
    """Return whether a file of that name is read as ``.nnet``.

    Examples
    --------
    >>> is_nnet_name("acas.nnet"), is_nnet_name("acas.json")
    (True, False)
    """
    return Path(path).name.lower().endswith(".nnet")


@dataclass(frozen=True)
class NnetReading:
    """A network read from an ``.nnet`` file, and what there is to say about it.

    Attributes
    ----------
    network : Network
    normalization : ``"fold"`` or ``"ignore"``
    box : pairs (low, high)
        The intervals in which the format's own evaluation leaves inputs alone; normalised as the
        network's inputs are.
    means, ranges : tuples of Fraction
        One an input, and one for all outputs.
    comments : tuple of str
        The lines at the file's head.
    comparison : Agreement
        With the format's float evaluation.
    """

    network: Network
    normalization: str
    box: tuple[tuple[Fraction, Fraction], ...]
    means: Numbers
    ranges: Numbers
    comments: tuple[str, ...]
    comparison: Agreement

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What was read, as pairs of a word and a sentence."""
        how = {
            "fold": "folded into the first and the last layer; inputs are physical, not clipped",
            "ignore": "ignored; inputs and outputs are normalised",
        }
        sides = (f"[{format_fraction(low)}, {format_fraction(high)}]" for low, high in self.box)
        return (
            ("format", ".nnet, decimals read as they are written"),
            *(("comment", text) for text in self.comments[:1]),
            ("normalized", how[self.normalization]),
            ("made for", "the box " + " x ".join(sides)),
            ("compared", str(self.comparison)),
        )


def read_nnet(path: str | Path, *, normalization: str | None = None) -> NnetReading:
    """Read a network from an ``.nnet`` file, exactly, and compare it with its float evaluation.

    Parameters
    ----------
    path : str or Path
    normalization : ``"fold"`` or ``"ignore"``
        Required: whether the inputs of the network are physical or normalised.

    Returns
    -------
    NnetReading

    Raises
    ------
    OptionError
        If the normalization is not chosen, or is another one.
    FormatError
        If the file cannot be read, or a line is not what the format has there; it names the line.
    """
    file = Path(path)
    if normalization is None:
        raise OptionError(f"{file}: {_CHOICE.format(name=file.name)}")
    if normalization not in NORMALIZATIONS:
        raise OptionError(f"the normalization is fold or ignore, got {shown(normalization)}")
    stored = read_lines(file)
    network = steps = Network(stored.layers)
    box = list(zip(stored.lows, stored.highs, strict=True))
    if normalization == "fold":
        steps = Network([stored.before, *steps.layers, stored.after])
        network = _folded(stored)
    else:
        sides = zip(box, stored.means, stored.ranges, strict=False)
        box = [((low - m) / r, (high - m) / r) for (low, high), m, r in sides]
    comparison = compare_floats(
        network,
        steps,
        lambda point: _evaluation(stored.lines, point, normalization == "fold"),
        source=str(file),
        precision="float64",
        intervals=box,
    )
    return NnetReading(
        network,
        normalization,
        tuple(box),
        stored.means,
        stored.ranges,
        stored.comments,
        comparison,
    )


def _folded(stored: Stored) -> Network:
    """Return the network of physical inputs and outputs, with no layer more."""
    means, ranges = stored.means, stored.ranges
    layers = stored.layers
    weight, bias, kind = layers[0]
    scaled = [[w / r for w, r in zip(row, ranges, strict=False)] for row in weight]
    shifted = [
        b - sum(w * m for w, m in zip(row, means, strict=False))
        for row, b in zip(scaled, bias, strict=True)
    ]
    layers[0] = (scaled, shifted, kind)
    weight, bias, kind = layers[-1]
    scaled = [[w * ranges[-1] for w in row] for row in weight]
    layers[-1] = (scaled, [b * ranges[-1] + means[-1] for b in bias], kind)
    return Network(layers)


def _evaluation(
    lines: dict[str, list[list[str]]], point: list[float], is_physical: bool
) -> list[list[float]]:
    """Return what leaves each step, computed in floats as the format says, from its texts."""
    floats = {key: [np.array(row, dtype=float) for row in rows] for key, rows in lines.items()}
    (means,), (ranges,) = floats["means"], floats["ranges"]
    value = np.array(point)
    found = []
    if is_physical:
        value = (value - means[:-1]) / ranges[:-1]
        found.append(value)
    rows, biases = iter(floats["weights"]), iter(floats["biases"])
    sizes = [int(size) for size in lines["sizes"][0][1:]]
    for i, size in enumerate(sizes):
        weight = np.array([next(rows) for _ in range(size)])
        value = weight @ value + np.array([next(biases)[0] for _ in range(size)])
        value = value if i == len(sizes) - 1 else np.maximum(value, 0)
        found.append(value)
    if is_physical:
        found.append(value * ranges[-1] + means[-1])
    return [one.tolist() for one in found]
