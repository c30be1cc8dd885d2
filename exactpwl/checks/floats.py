"""Floats that only say what is sure: many products at once, each with a bound for its error.

An integer vector v is scaled by the power of two that brings its largest entry below 1; each entry
becomes the float a' with ``|a' - a| <= 2 u``, u = 2^-53.  So the product of two such vectors with n
entries has an error of at most ``4 u + 8 u^2`` a term, and n - 1 roundings of partial sums that are
below 2 n; ``8 n^2 u`` is more than all of it, whatever the order of the sum.  A value below minus
that bound is negative.  Nothing is concluded from any other.

References
----------
N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2002, section 3.1.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["Floats", "error_bound", "nearly"]

Floats = npt.NDArray[np.float64]

_BITS = 62


def nearly(vectors: Sequence[Sequence[int]]) -> Floats:
    """Return integer vectors, each divided by a power of two, with entries between -1 and 1.

    Examples
    --------
    >>> nearly([(3, -4, 0), (2**2000, 0, 2**1999)]).tolist()
    [[0.375, -0.5, 0.0], [0.5, 0.0, 0.25]]
    """
    rows = []
    for vector in vectors:
        size = max(map(int.bit_length, vector), default=0)
        rows.append([(entry << _BITS) >> size for entry in vector])
    return np.array(rows, dtype=np.float64) * 2.0**-_BITS


def error_bound(vectors: Sequence[Sequence[int]]) -> float:
    """Return a bound for the error of a product of two vectors, as long as the first of these."""
    return float(8 * len(vectors[0]) ** 2) * 2.0**-53
