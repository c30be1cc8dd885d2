"""Sections: a network restricted to a line, a plane, or any affine subspace of its inputs.

x = p + s_1 v_1 + ... + s_k v_k is a linear layer, so the section of a network is a network, and its
complex comes from the same engine; so does a section that lies inside a wall of the whole complex.
Where the whole is too large to be computed, `Network.section` and `Domain.section` need no complex.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from exactpwl.rationals import RationalLike

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["section"]


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

    network = complex_.network.section(point, directions)
    return regions(network, complex_.domain.section(point, directions))
