"""The plane in which a network with three or more inputs is shown: that of its first two inputs.

Its section by a plane is an exact network of its own, so it is drawn and explored as one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from exactpwl.formula import variable_names
from exactpwl.rationals import format_point

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["MOST_INPUTS", "axes_through", "plane_name", "plane_section"]

MOST_INPUTS = 2
"""Of a network with more inputs a section is shown."""


def middle(complex_: PolyhedralComplex) -> list[Any]:
    """Return the origin where the domain has it inside, else a point of a region."""
    origin = [0] * complex_.dimension
    if complex_.domain.contains(origin, strict=True):
        return origin
    return list(complex_.regions[len(complex_) // 2].interior_point)


def axes_through(complex_: PolyhedralComplex, count: int) -> list[tuple[list[Any], list[int]]]:
    """Return the lines through the middle along the first coordinates: point and direction.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> axes_through(regions(gallery.get("xor")), 2)
    [([0, 0], [1, 0]), ([0, 0], [0, 1])]
    """
    d = complex_.dimension
    point = middle(complex_)
    return [(point, [int(i == axis) for i in range(d)]) for axis in range(min(count, d))]


def plane_section(complex_: PolyhedralComplex) -> PolyhedralComplex:
    """Return what a figure of the plane shows of a complex with three or more inputs."""
    (point, first), (_, second) = axes_through(complex_, 2)
    return complex_.section(point, [first, second])


def plane_name(complex_: PolyhedralComplex) -> str:
    """Return the plane in words.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> plane_name(regions(gallery.get("max:3")))
    'x and y vary, through the origin'
    """
    first, second, *_ = variable_names(complex_.dimension)
    point = middle(complex_)
    through = "the origin" if not any(point) else f"the point {format_point(point)}"
    return f"{first} and {second} vary, through {through}"
