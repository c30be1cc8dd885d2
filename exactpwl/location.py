"""Point location: which region, or which face with all regions around it.

One exact forward pass gives the sign of every kink at x.  A region contains x iff its pieces agree
with those signs, weakly, because pre-activations are continuous.  Where no kink is zero that is one
pattern; where some are, the patterns that agree are looked up, or the regions are looked through,
whichever is less work.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import product
from math import prod
from typing import TYPE_CHECKING, NamedTuple

from exactpwl.errors import DomainError
from exactpwl.inequality import as_point, dot
from exactpwl.linear import rank
from exactpwl.pattern import Pattern
from exactpwl.rationals import RationalLike, format_point

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["Location", "locate", "regions_around"]


class Location(NamedTuple):
    """Where a point lies.

    Attributes
    ----------
    regions : tuple of int
        All regions that contain the point, in order: one if it is inside a region.
    dimension : int
        The dimension of the face in whose relative interior it lies; d inside a region.
    generators : tuple of int
        The face's generators, as sorted indices of the complex's generators.
    """

    regions: tuple[int, ...]
    dimension: int
    generators: tuple[int, ...]

    @property
    def is_inside(self) -> bool:
        """Whether the point is in the interior of one region."""
        return len(self.regions) == 1


def locate(complex_: PolyhedralComplex, x: Iterable[RationalLike]) -> Location:
    """Return the face of the complex in whose relative interior `x` lies.

    Raises
    ------
    DimensionError
        If `x` has not d coordinates.
    DomainError
        If the point is outside the (closed) domain.

    Examples
    --------
    >>> from exactpwl import Network, regions
    >>> absolute = regions(Network([([[1], [-1]], [0, 0], "relu"), ([[1, 1]], [0], "linear")]))
    >>> locate(absolute, [3]).regions, locate(absolute, [0])
    ((1,), Location(regions=(0, 1), dimension=0, generators=(1,)))
    """
    point = as_point(x, complex_.dimension)
    found = regions_around(complex_, point)
    region = complex_.regions[found[0]]
    tight = [q for q in region.inequalities if q.at(point) == 0]
    ids = complex_.generator_ids[found[0]]
    face = [
        i
        for i, g in zip(ids, region.generators, strict=True)
        if not any(dot((*q.normal, q.offset), g) for q in tight)
    ]
    dimension = rank([complex_.generators[i] for i in face]) - 1 + complex_.lineality
    return Location(found, dimension, tuple(sorted(face)))


def regions_around(complex_: PolyhedralComplex, point: Sequence[Fraction]) -> tuple[int, ...]:
    """Return all regions that contain a point, in order.

    Raises
    ------
    DomainError
        If the point is outside the (closed) domain.
    """
    if not complex_.domain.contains(point):
        raise DomainError(f"a point of {complex_.domain} is required, got {format_point(point)}")
    found = _regions_with(complex_, complex_.network.signs_at(point))
    if not found:
        raise LookupError("no region of the complex contains the point: a region is missing")
    return found


def _regions_with(
    complex_: PolyhedralComplex, signs: tuple[tuple[int, ...], ...]
) -> tuple[int, ...]:
    options = [
        stage.pieces_that_agree(layer)
        for stage, layer in zip(complex_.network.stages.stages, signs, strict=True)
    ]
    combinations = prod(len(o) for layer in options for o in layer)
    if combinations <= len(complex_):
        flat = [o for layer in options for o in layer]
        widths = [len(layer) for layer in options]
        patterns = (_pattern(choice, widths) for choice in product(*flat))
        return tuple(sorted(complex_.index[p] for p in patterns if p in complex_.index))
    return tuple(
        i
        for i, cell in enumerate(complex_.cells)
        if all(
            piece in allowed
            for layer, layer_options in zip(cell.pattern, options, strict=True)
            for piece, allowed in zip(layer, layer_options, strict=True)
        )
    )


def _pattern(choice: tuple[int, ...], widths: list[int]) -> Pattern:
    layers, start = [], 0
    for width in widths:
        layers.append(choice[start : start + width])
        start += width
    return Pattern(layers)
