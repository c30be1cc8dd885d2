"""The local linear maps of a network at samples, exactly: the matrices C_j.

At almost every x a network is affine around x.  For output j the *row* of a sample is the gradient
of that output there, and the constant b for which output j is gradient . x + b.  C_j is the matrix
with one such row for each sample.  Samples in one region have one row, so only the distinct maps
are kept, with the number of the map of each sample.

**On a boundary** several regions meet and there is no gradient.  The map that is taken there is the
one of the *literal* pattern: a ReLU counts as active iff its pre-activation is positive, which is
what automatic differentiation answers with relu'(0) = 0.  Its value at x is right, for the network
is continuous; but it need not be the map of any region (two ReLUs with opposite weights are both
inactive on their common line, and nowhere else); of equal arguments of a maximum the first counts
as the largest.  The same rule serves in exact arithmetic and in floating point.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from exactpwl.affine import AffineMap
from exactpwl.errors import DimensionError, OptionError
from exactpwl.inequality import as_point
from exactpwl.network import Network
from exactpwl.pattern import Pattern
from exactpwl.rationals import RationalLike, as_fraction

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["LocalMaps", "Row", "grid_points", "local_maps"]

Row = tuple[Fraction, ...]
"""The gradient of one output, and its constant: d + 1 numbers."""


@dataclass(frozen=True)
class LocalMaps:
    """The affine map of a network at each of some samples.

    Attributes
    ----------
    maps : tuple of AffineMap
        The distinct ones, in the order of their first samples.
    numbers : tuple of int
        For each sample its map, as an index into `maps`.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> found = local_maps(gallery.get("xor"), grid_points(101, [(-1, 1), (-1, 1)]))
    >>> found, found.input_dimension, found.floats().shape
    (<LocalMaps of 10201 samples: 3 distinct>, 2, (1, 10201, 3))
    """

    maps: tuple[AffineMap, ...]
    numbers: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.numbers)

    def __repr__(self) -> str:
        return f"<LocalMaps of {len(self)} samples: {len(self.maps)} distinct>"

    @property
    def input_dimension(self) -> int:
        """The number d of inputs."""
        return self.maps[0].input_dimension

    @property
    def output_dimension(self) -> int:
        """The number of outputs, and of matrices C_j."""
        return self.maps[0].output_dimension

    def rows(self, output: int) -> tuple[Row, ...]:
        """Return the row of each distinct map for one output: gradient and constant."""
        return tuple((*m.weight[output], m.bias[output]) for m in self.maps)

    def matrix(self, output: int) -> tuple[Row, ...]:
        """Return C_j: one row for each sample."""
        rows = self.rows(output)
        return tuple(rows[number] for number in self.numbers)

    def floats(self) -> npt.NDArray[np.float64]:
        """Return all C_j, each number rounded once; shape (outputs, samples, d + 1)."""
        outputs = range(self.output_dimension)
        distinct = np.array([[list(map(float, r)) for r in self.rows(j)] for j in outputs])
        return distinct[:, list(self.numbers), :]


def local_maps(network: Network, points: Iterable[Iterable[RationalLike]]) -> LocalMaps:
    """Return the exact affine map of a network at each sample, by forward passes alone.

    Parameters
    ----------
    network : Network
        With any number of inputs: no region is enumerated.
    points : one or more points
        Anything that spells rationals; a float is the dyadic rational that it stores.

    Returns
    -------
    LocalMaps
        On a boundary between regions the map is that of the literal pattern, as this module says.

    Raises
    ------
    DimensionError
        If a point has not d coordinates; it is named.
    OptionError
        If there is no point.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> found = local_maps(gallery.get("xor"), [(0, 0), (1, 1), (0, "-1/2"), (-1, -1)])
    >>> found
    <LocalMaps of 4 samples: 3 distinct>
    >>> [[int(c) for c in row] for row in found.matrix(0)]
    [[2, 2, 1], [-2, -2, 1], [2, 2, 1], [0, 0, -1]]
    """
    known: dict[Pattern, int] = {}
    first: list[tuple[Fraction, ...]] = []
    numbers = []
    for i, point in enumerate(points):
        try:
            exact = as_point(point, network.input_dimension)
        except (DimensionError, TypeError, ValueError) as error:
            raise DimensionError(f"sample {i}: {error}") from None
        numbers.append(known.setdefault(network.pattern_at(exact), len(known)))
        if numbers[-1] == len(first):
            first.append(exact)
    if not numbers:
        raise OptionError("one sample or more is required, got none")
    return _distinct(map(network.affine_map_at, first), numbers)


def _distinct(maps: Iterable[AffineMap], numbers: Iterable[int]) -> LocalMaps:
    """Return local maps in which equal maps of different patterns are one."""
    known: dict[AffineMap, int] = {}
    renamed = [known.setdefault(affine_map, len(known)) for affine_map in maps]
    return LocalMaps(tuple(known), tuple(renamed[number] for number in numbers))


def grid_points(
    count: int, box: Iterable[tuple[RationalLike, RationalLike]]
) -> tuple[tuple[Fraction, ...], ...]:
    """Return the points of a grid in a box, both ends included; the last coordinate runs fastest.

    Parameters
    ----------
    count : int
        So many points along each side, 2 or more.
    box : pairs (low, high) of rationals, one for each coordinate

    Raises
    ------
    OptionError
        If there are fewer than 2 points a side.

    Examples
    --------
    >>> len(grid_points(101, [(-1, 1), (-1, 1)]))
    10201
    >>> [str(x) for (x,) in grid_points(3, [(0, 1)])]
    ['0', '1/2', '1']
    """
    if count < 2:
        raise OptionError(f"a grid has 2 points a side or more, got {count}")
    sides = []
    for low, high in box:
        start, end = as_fraction(low), as_fraction(high)
        sides.append([start + (end - start) * Fraction(i, count - 1) for i in range(count)])
    return tuple(product(*sides))
