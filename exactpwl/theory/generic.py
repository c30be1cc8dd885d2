"""How many regions hyperplanes in general position make: the largest number possible.

Schlaefli's formula: m generic hyperplanes cut R^d into ``C(m,0) + C(m,1) + ... + C(m,d)`` regions,
because the m-th hyperplane is itself cut into ``generic_regions(d-1, m-1)`` regions by the others,
each of which splits one region of theirs.  In the plane these are the central polygonal numbers,
of the lazy caterer's pancake; in space the cake numbers.

References
----------
L. Schlaefli, Theorie der vielfachen Kontinuitaet, 1852 (printed 1901).
OEIS A000124 (central polygonal numbers) and A000125 (cake numbers).
"""

from __future__ import annotations

from math import comb

from exactpwl.errors import DimensionError

__all__ = ["cake", "generic_bounded_regions", "generic_regions", "lazy_caterer"]


def generic_regions(dimension: int, hyperplanes: int) -> int:
    """Return the number of regions of m hyperplanes in general position in R^d.

    Parameters
    ----------
    dimension : int
        d, at least 0.
    hyperplanes : int
        m, at least 0.

    Returns
    -------
    int
        Also the largest number of regions of any m hyperplanes of R^d.

    Raises
    ------
    DimensionError
        If a number is negative.

    Examples
    --------
    >>> generic_regions(2, 8), generic_regions(3, 20), generic_regions(10, 4)
    (37, 1351, 16)
    """
    _require_counts(dimension, hyperplanes)
    return sum(comb(hyperplanes, k) for k in range(dimension + 1))


def generic_bounded_regions(dimension: int, hyperplanes: int) -> int:
    """Return the number of bounded regions of m hyperplanes in general position in R^d.

    Examples
    --------
    >>> generic_bounded_regions(2, 8), generic_bounded_regions(2, 2)
    (21, 0)
    """
    _require_counts(dimension, hyperplanes)
    return comb(hyperplanes - 1, dimension) if hyperplanes > dimension else 0


def lazy_caterer(cuts: int) -> int:
    """Return the central polygonal number of `cuts`: the regions of as many generic lines.

    References
    ----------
    OEIS A000124.

    Examples
    --------
    >>> [lazy_caterer(n) for n in range(8)]
    [1, 2, 4, 7, 11, 16, 22, 29]
    """
    return generic_regions(2, cuts)


def cake(cuts: int) -> int:
    """Return the cake number of `cuts`: the regions of as many generic planes in space.

    References
    ----------
    OEIS A000125.

    Examples
    --------
    >>> [cake(n) for n in range(8)]
    [1, 2, 4, 8, 15, 26, 42, 64]
    """
    return generic_regions(3, cuts)


def _require_counts(dimension: int, hyperplanes: int) -> None:
    if dimension < 0 or hyperplanes < 0:
        raise DimensionError(
            "dimension and number of hyperplanes must be 0 or more, "
            f"got dimension {dimension} and {hyperplanes} hyperplanes"
        )
