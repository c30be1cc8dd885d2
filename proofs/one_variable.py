"""Points of a piecewise-linear function of one variable, and the slopes between them.

The functions themselves, as networks and as pieces of networks, are `exactpwl.construct`.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

__all__ = ["Point", "changes", "slopes"]

Point = tuple[Fraction, Fraction]


def slopes(points: Sequence[Point]) -> list[Fraction]:
    """Return the slope between each two neighbouring points."""
    return [(b[1] - a[1]) / (b[0] - a[0]) for a, b in pairwise(points)]


def changes(points: Sequence[Point]) -> list[Fraction]:
    """Return the change of slope at each inner point."""
    return [after - before for before, after in pairwise(slopes(points))]
