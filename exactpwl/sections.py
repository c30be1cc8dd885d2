"""Sections: a network restricted to a line, a plane, or any affine subspace of its inputs.

x = p + s_1 v_1 + ... + s_k v_k is a linear layer, so the section of a network is a network, and its
complex comes from the same engine; so does a section that lies inside a wall of the whole complex.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from exactpwl.affine import AffineMap
from exactpwl.errors import DimensionError
from exactpwl.inequality import as_point
from exactpwl.layer import Layer
from exactpwl.linear import rank
from exactpwl.network import Network
from exactpwl.rationals import RationalLike, as_fractions, clear_denominators

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["embedding", "section"]


def embedding(
    point: Sequence[RationalLike], directions: Sequence[Sequence[RationalLike]]
) -> AffineMap:
    """Return the affine map s -> point + sum s_i directions_i.

    Raises
    ------
    DimensionError
        If there is no direction, one has another length than the point, or they are linearly
        dependent.
    """
    origin = as_fractions(point)
    vectors = [as_fractions(v) for v in directions]
    if not vectors or any(len(v) != len(origin) for v in vectors):
        lengths = ", ".join(str(len(v)) for v in vectors) or "none"
        raise DimensionError(
            f"one or more directions with {len(origin)} coordinates are required, as the point "
            f"has, got {lengths}"
        )
    independent = rank(clear_denominators(v)[0] for v in vectors)
    if independent < len(vectors):
        raise DimensionError(
            f"linearly independent directions are required, got {len(vectors)} that span "
            f"{independent} dimensions"
        )
    return AffineMap(tuple(zip(*vectors, strict=True)), origin)


def section(
    complex_: PolyhedralComplex,
    point: Sequence[RationalLike],
    directions: Sequence[Sequence[RationalLike]],
) -> PolyhedralComplex:
    """Return the complex of a network on the subspace point + span(directions), in coordinates s.

    Parameters
    ----------
    complex_ : PolyhedralComplex
    point : d rationals
    directions : k independent vectors of d rationals

    Raises
    ------
    DimensionError
        If point or directions do not fit the inputs, or the directions are dependent.
    DomainError
        If the subspace misses the interior of the domain.

    Examples
    --------
    >>> from exactpwl import Network, regions
    >>> plane = regions(Network([([[1, 0], [0, 1]], [0, 0], "relu")]))
    >>> len(plane.section((1, -1), [(1, 1)]))
    3
    """
    from exactpwl.enumeration import regions

    embedded = embedding(as_point(point, complex_.dimension), directions)
    first = Layer.of(embedded.weight, embedded.bias, "linear")
    network = complex_.network @ Network([first])
    return regions(network, complex_.domain.preimage(embedded))
