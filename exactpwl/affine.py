"""Affine maps with rational coefficients: x -> W x + b.

The affine map of a region is the answer that most users want, so it is a plain immutable value:
it compares, hashes, evaluates and prints.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from exactpwl.errors import DimensionError
from exactpwl.inequality import as_point, dot
from exactpwl.linear import rank
from exactpwl.rationals import RationalLike, as_fractions, clear_denominators

__all__ = ["AffineMap", "embedding"]


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

    def norm(self, kind: str) -> Fraction:
        """Return the operator norm of W for one norm of inputs and outputs.

        Parameters
        ----------
        kind : {"1", "inf", "2 squared"}
            The sum of absolute values, the largest one, or the Euclidean norm, of which the square
            is returned, for one row.

        Examples
        --------
        >>> f = AffineMap.of([[3, -4]], [0])
        >>> [int(f.norm(kind)) for kind in ("1", "inf", "2 squared")]
        [4, 7, 25]
        """
        if kind == "2 squared":
            (row,) = self.weight
            return sum((w * w for w in row), Fraction(0))
        lines = self.weight if kind == "inf" else tuple(zip(*self.weight, strict=True))
        return max(sum(map(abs, line), Fraction(0)) for line in lines)

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


def embedding(
    point: Sequence[RationalLike], directions: Sequence[Sequence[RationalLike]]
) -> AffineMap:
    """Return the affine map s -> point + sum s_i directions_i.

    Raises
    ------
    DimensionError
        If there is no direction, one has another length than the point, or they are linearly
        dependent.

    Examples
    --------
    >>> embedding((1, 0, 0), [(0, 1, 2)])((3,))
    (Fraction(1, 1), Fraction(3, 1), Fraction(6, 1))
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
