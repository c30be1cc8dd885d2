"""Maps between two networks' local linear maps: M_j with C_j(first) M_j = C_j(second) at best.

Two networks f and g see the same samples.  For each output j there is the matrix C_j of either, one
row a sample (`exactpwl.linearmaps.rows`).  M_j is the matrix of least squares that takes the rows
of f to those of g; with an intercept, which is a column of ones added to C_j(f), so that M_j is an
affine map of rows, d + 2 by d + 1.  Where C_j(f) has not full column rank, M_j is the solution of
least norm.

Samples that have the same row in f and the same row in g are one equation with a count.  Two
networks with few regions have few such pairs, however many samples there are, and M_j is exact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from exactpwl.affine import AffineMap
from exactpwl.errors import DimensionError, OptionError
from exactpwl.linearmaps.normal_equations import LeastSquares, least_squares
from exactpwl.linearmaps.rows import LocalMaps, Row

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex
    from exactpwl.linearmaps.mapped import MappedFunction

__all__ = ["MapsBetween", "maps_between"]


@dataclass(frozen=True)
class MapsBetween:
    """One matrix M_j for each output j.

    Attributes
    ----------
    fits : tuple of LeastSquares
        One for each output; `solution` is M_j.
    intercept : bool
        Whether the last row of M_j is added to what the other rows give.

    Examples
    --------
    >>> from exactpwl.linearmaps import least_squares
    >>> doubling = least_squares([[1, 0], [0, 1]], [[2, 0], [0, 2]])
    >>> MapsBetween((doubling,), intercept=False)(AffineMap.of([[3]], [1]))
    AffineMap(weight=((Fraction(6, 1),),), bias=(Fraction(2, 1),))
    """

    fits: tuple[LeastSquares, ...]
    intercept: bool

    def __call__(self, affine_map: AffineMap) -> AffineMap:
        """Return the affine map whose rows are those of `affine_map` times M_j, row by row.

        Raises
        ------
        DimensionError
            If it has not as many outputs or inputs as the networks.
        """
        rows = list(zip(affine_map.weight, affine_map.bias, strict=True))
        if len(rows) != len(self.fits):
            raise DimensionError(
                f"an affine map with {len(self.fits)} outputs is required, got {len(rows)}"
            )
        images = [
            self._image((*weights, constant), fit)
            for (weights, constant), fit in zip(rows, self.fits, strict=True)
        ]
        return AffineMap(tuple(row[:-1] for row in images), tuple(row[-1] for row in images))

    def _image(self, row: Row, fit: LeastSquares) -> Row:
        full = (*row, Fraction(1)) if self.intercept else row
        if len(full) != len(fit.solution):
            raise DimensionError(
                f"an affine map with {len(fit.solution) - 1 - self.intercept} inputs is required, "
                f"got {len(row) - 1}"
            )
        columns = zip(*fit.solution, strict=True)
        return tuple(
            sum((a * m for a, m in zip(full, column, strict=True) if a), Fraction(0))
            for column in columns
        )

    def on(self, complex_: PolyhedralComplex) -> MappedFunction:
        """Return the mapped function on a complex of the first network."""
        from exactpwl.linearmaps.mapped import MappedFunction

        return MappedFunction(self, complex_)


def maps_between(first: LocalMaps, second: LocalMaps, *, intercept: bool = True) -> MapsBetween:
    """Return the matrices of least squares from one network's rows to another's, exactly.

    Parameters
    ----------
    first, second : LocalMaps
        Of two networks with the same inputs and outputs, at the same samples in the same order.
    intercept : bool
        Whether M_j is an affine map of rows; a linear one if not.

    Returns
    -------
    MapsBetween

    Raises
    ------
    OptionError
        If there are not equally many samples.
    DimensionError
        If the networks have not the same numbers of inputs and outputs.

    Examples
    --------
    From a network to its double every row is doubled, and the intercept is 0:

    >>> from exactpwl import Network, gallery
    >>> from exactpwl.linearmaps import local_maps
    >>> xor = gallery.get("xor")
    >>> samples = [(0, "-3/4"), (0, 1), (-1, -1)]
    >>> double = Network([([[2]], [0], "linear")]) @ xor
    >>> found = maps_between(local_maps(xor, samples), local_maps(double, samples))
    >>> fit = found.fits[0]
    >>> fit.residual, fit.rank, fit.is_unique
    (Fraction(0, 1), 3, False)
    >>> found(xor.affine_map("10")) == double.affine_map("10")
    True
    """
    if len(first) != len(second):
        raise OptionError(
            f"the same samples are required for both networks, got {len(first)} and {len(second)}"
        )
    sizes = [(maps.input_dimension, maps.output_dimension) for maps in (first, second)]
    if sizes[0] != sizes[1]:
        raise DimensionError(
            "two networks with the same numbers of inputs and outputs are required, got "
            f"{sizes[0][0]} -> {sizes[0][1]} and {sizes[1][0]} -> {sizes[1][1]}"
        )
    pairs = Counter(zip(first.numbers, second.numbers, strict=True))
    outputs = range(first.output_dimension)
    return MapsBetween(tuple(_fit(first, second, j, pairs, intercept) for j in outputs), intercept)


def _fit(
    first: LocalMaps,
    second: LocalMaps,
    output: int,
    pairs: Counter[tuple[int, int]],
    intercept: bool,
) -> LeastSquares:
    sources, targets = first.rows(output), second.rows(output)
    ends: Sequence[int] = (1,) if intercept else ()
    return least_squares(
        [(*sources[i], *ends) for i, _ in pairs],
        [targets[k] for _, k in pairs],
        list(pairs.values()),
    )
