"""How the number of activation regions grows: layer by layer, and along lines.

The first k layers are a network of their own, and its regions are those that layer k + 1 finds and
cuts.  Each is the union of all regions of the whole network whose patterns begin with its pattern,
so they are as many as there are different beginnings, and nothing is computed again.

In the plane a network may have as many regions as the square of its neurons or more, and a picture
of them says little about high dimension.  A line is what can be compared: it meets the hyperplane
of a neuron of the first layer once, so that one hidden layer gives at most one region more than it
has neurons.  Deeper neurons may be met several times; yet at random weights the number of regions
along a line is expected to stay in proportion to the number of neurons, whatever the depth, and is
seen to do so in training too (Hanin & Rolnick 2019, arXiv:1901.09021).

A random line here goes through two different points that are drawn uniformly from a grid of 1023
points a side inside a box, and is cut where it leaves the box.  Its regions are those of a network
with one input (`Network.section`), counted exactly.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from exactpwl.bounds import RANKS, network_bounds
from exactpwl.domain import Domain
from exactpwl.enumeration import regions
from exactpwl.errors import OptionError
from exactpwl.network import Network
from exactpwl.rationals import RationalLike, as_fractions

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = [
    "layer_counts",
    "random_lines",
    "region_bounds",
    "regions_along_lines",
]

GRID = 1024
"""Steps of the grid from one side of the box to the other."""

Point = tuple[Fraction, ...]
Box = Sequence[tuple[RationalLike, RationalLike]]


def layer_counts(complex_: PolyhedralComplex) -> tuple[int, ...]:
    """Return how many activation regions the first 1, 2, ... layers with kinks have.

    Parameters
    ----------
    complex_ : PolyhedralComplex

    Returns
    -------
    tuple of int
        One count a layer with kinks, over the complex's domain; the last is that of the complex.
        Definition R2 of arXiv:2505.16716, exact.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> layer_counts(regions(gallery.get("sawtooth:3"), [(0, 1)]))
    (2, 4, 8)
    """
    patterns = [tuple(cell.pattern) for cell in complex_.cells]
    layers = range(1, len(complex_.network.widths) + 1)
    return tuple(len({pattern[:k] for pattern in patterns}) for k in layers)


def region_bounds(network: Network, layers: int | None = None) -> dict[str, int]:
    """Return the upper bounds for the activation regions of a network's architecture.

    Parameters
    ----------
    network : Network
    layers : int, optional
        So many layers with kinks; all by default.

    Returns
    -------
    dict
        By name, those that apply; `exactpwl.bounds` has them with their sources, and lower ones.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> for name, number in region_bounds(gallery.get("hat2d")).items():
    ...     print(number, name)
    128 all patterns
    44 Raghu et al. 2017
    44 Montúfar 2017
    44 Serra et al. 2018
    44 Hinz & van de Geer 2019
    """
    bounds = network_bounds(network, layers)
    upper = [bound for bound in bounds if bound.side == "upper" and bound.name != RANKS]
    return {bound.name: bound.value for bound in upper if bound.value is not None}


def random_lines(box: Box, count: int, seed: int = 0) -> tuple[tuple[Point, Point], ...]:
    """Return lines, each as a point and a direction, through two random points inside a box.

    Parameters
    ----------
    box : pairs (low, high)
        One for each coordinate.
    count, seed : int
        The seed is that of Python's generator: the same lines everywhere.

    Raises
    ------
    OptionError
        If the count is negative.
    DomainError
        If a low end is not below its high end.

    Examples
    --------
    >>> random_lines([(0, 1), (0, 1)], 1)[0][0]
    (Fraction(865, 1024), Fraction(395, 1024))
    """
    if count < 0:
        raise OptionError(f"a number of lines that is not negative is required, got {count}")
    Domain.box(box)
    sides = [as_fractions(pair) for pair in box]
    source = random.Random(seed)
    lines: list[tuple[Point, Point]] = []
    while len(lines) < count:
        start, end = (
            tuple(low + (high - low) * source.randint(1, GRID - 1) / GRID for low, high in sides)
            for _ in range(2)
        )
        if start != end:
            lines.append((start, tuple(b - a for a, b in zip(start, end, strict=True))))
    return tuple(lines)


def regions_along_lines(
    network: Network, box: Box, count: int = 100, seed: int = 0
) -> tuple[int, ...]:
    """Return the number of activation regions that each of some random lines meets in a box.

    Counted are those of the network along the line: where two regions of the whole meet the line in
    one segment, because the line lies in a face, it is one.

    Parameters
    ----------
    network : Network
    box : pairs (low, high)
        One for each input.
    count, seed : int
        Of the lines; see `random_lines`.

    Returns
    -------
    tuple of int
        Exact.

    Raises
    ------
    OptionError, DomainError
        As `random_lines`.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> regions_along_lines(gallery.get("lines:8"), [(-6, 6), (-6, 6)], count=5)
    (4, 7, 8, 5, 6)
    """
    domain = Domain.box(box)
    found = []
    for point, direction in random_lines(box, count, seed):
        line = network.section(point, [direction])
        found.append(len(regions(line, domain.section(point, [direction]))))
    return tuple(found)
