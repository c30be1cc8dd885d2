"""The components of {f > value}: how many pieces a class has, and which of them are bounded.

The class of a point is often the sign of an output, so the components of {f > 0} are the islands of
one class in the other.  Inside a region {f > value} is convex, and connected.  The set is open, so
a path in it may be bent off all faces of codimension 2 and more: two regions hang together exactly
if they share a facet on which f exceeds the value somewhere.  f is affine on a facet, so it does so
iff it does at a vertex, or grows along a direction of the facet or a line of the complex.

A component is bounded iff its part in every region is.  The closure of a non-empty part is
{f >= value} in the region, and its recession cone is that of the region cut by {growth of f >= 0}:
it is {0} iff f falls along every direction of the region (Rockafellar, Convex Analysis, 1970,
theorem 8.4).
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

from exactpwl.counts import components
from exactpwl.levelsets import height_above
from exactpwl.rationals import RationalLike, clear_denominators

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["SuperlevelComponent", "superlevel_components"]

Vector = tuple[int, ...]


class SuperlevelComponent(NamedTuple):
    """A component of {f > value}.

    Attributes
    ----------
    regions : tuple of int
        The activation regions that it meets in more than their boundary, in order.  A point with
        f > value is in the component iff one of these regions contains it.
    is_bounded : bool
    """

    regions: tuple[int, ...]
    is_bounded: bool


def superlevel_components(
    complex_: PolyhedralComplex,
    value: RationalLike = 0,
    functional: Sequence[RationalLike] | None = None,
) -> tuple[SuperlevelComponent, ...]:
    """Return the connected components of {x : functional . f(x) > value} in the open domain.

    Parameters
    ----------
    complex_ : PolyhedralComplex
    value : rational
    functional : sequence of rationals, optional
        One coefficient an output; may be left out where there is one output.  The components of
        {f < value} are those of ``superlevel_components(complex_, -value, [-1])``.

    Returns
    -------
    tuple of SuperlevelComponent
        Ordered by their first regions.  Exact.

    Raises
    ------
    DimensionError
        If the functional does not fit the outputs.

    Examples
    --------
    The XOR network is positive on one strip, and negative on either side of it:

    >>> from exactpwl import gallery, regions
    >>> xor = regions(gallery.get("xor"))
    >>> superlevel_components(xor)
    (SuperlevelComponent(regions=(1, 2), is_bounded=False),)
    >>> len(superlevel_components(xor, 0, [-1]))
    2

    The trained network encloses the disc:

    >>> superlevel_components(regions(gallery.get("disc")))[0].is_bounded
    True
    """
    height = height_above(complex_.network, value, functional)
    maps = [height @ affine_map for affine_map in complex_.affine_maps]
    rows = [clear_denominators((*m.weight[0], *m.bias))[0] for m in maps]
    values = [
        {i: sum(map(mul, row, complex_.generators[i])) for i in ids}
        for row, ids in zip(rows, complex_.generator_ids, strict=True)
    ]
    tilted = [_is_tilted(row, complex_) for row in rows]
    above = [tilt or max(v.values()) > 0 for tilt, v in zip(tilted, values, strict=True)]
    links = [
        (first, second)
        for first, second, facet in complex_.adjacencies
        if above[first]
        and above[second]
        and (tilted[first] or any(values[first][i] > 0 for i in facet))
    ]
    return tuple(
        SuperlevelComponent(
            group, not complex_.lines and all(_is_bounded(values[i], complex_) for i in group)
        )
        for group in components([i for i, here in enumerate(above) if here], links)
    )


def _is_tilted(row: Vector, complex_: PolyhedralComplex) -> bool:
    """Whether the function is not constant along the lines that all regions and facets have."""
    return any(sum(map(mul, row, line)) for line in complex_.lines)


def _is_bounded(values: dict[int, int], complex_: PolyhedralComplex) -> bool:
    return all(v < 0 for i, v in values.items() if not complex_.generators[i][-1])
