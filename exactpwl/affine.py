"""Affine maps with rational coefficients: x -> W x + b.

The affine map of a region is the answer that most users want, so it is a plain immutable value:
it compares, hashes, evaluates and prints.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from exactpwl.inequality import as_point, dot
from exactpwl.rationals import RationalLike, as_fractions

__all__ = ["AffineMap"]


@dataclass(frozen=True)
class AffineMap:
    """The map x -> W x + b from R^d to R^m, exactly.

    Parameters
    ----------
    weight : m rows of d rationals
    bias : m rationals

    Examples
    --------
    >>> f = AffineMap(((Fraction(1), Fraction(-2)),), (Fraction(1, 2),))
    >>> f((1, 1))
    (Fraction(-1, 2),)
    """

    weight: tuple[tuple[Fraction, ...], ...]
    bias: tuple[Fraction, ...]

    @classmethod
    def of(
        cls, weight: Iterable[Iterable[RationalLike]], bias: Iterable[RationalLike]
    ) -> AffineMap:
        """Make a map from anything that spells rationals."""
        return cls(tuple(as_fractions(row) for row in weight), as_fractions(bias))

    @property
    def input_dimension(self) -> int:
        """The number d of inputs; 0 for a map without rows."""
        return len(self.weight[0]) if self.weight else 0

    @property
    def output_dimension(self) -> int:
        """The number m of outputs."""
        return len(self.bias)

    def __call__(self, x: Iterable[RationalLike]) -> tuple[Fraction, ...]:
        """Return W x + b.

        Raises
        ------
        DimensionError
            If `x` has not d coordinates.
        """
        if not self.weight:
            return ()
        point = as_point(x, self.input_dimension)
        rows = zip(self.weight, self.bias, strict=True)
        return tuple(dot(row, point) + offset for row, offset in rows)

    def linear_part(self, direction: Sequence[Fraction | int]) -> tuple[Fraction, ...]:
        """Return W u for a direction u."""
        return tuple(dot(row, direction) for row in self.weight)

    def __matmul__(self, other: AffineMap) -> AffineMap:
        """Return the composition: first `other`, then this map."""
        columns = tuple(zip(*other.weight, strict=True))
        weight = tuple(tuple(dot(row, column) for column in columns) for row in self.weight)
        return AffineMap(weight, self(other.bias))

    def __sub__(self, other: AffineMap) -> AffineMap:
        """Return the difference of two maps of the same shape."""
        return AffineMap(
            tuple(
                tuple(a - b for a, b in zip(row, column, strict=True))
                for row, column in zip(self.weight, other.weight, strict=True)
            ),
            tuple(a - b for a, b in zip(self.bias, other.bias, strict=True)),
        )
