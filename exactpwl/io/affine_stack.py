"""Affine maps and activations that come one after the other, as layers.

A source has more steps than a network needs: a product, a normalisation and an activation are one
layer.  What is put on the stack is kept in two ways.  `steps` has a layer for each, as the source
computes them, which is what a bound on its rounding needs; `layers` has an affine map and an
activation in one, and maps that only scale and shift each value folded into the product before
them, or else into the one after.  Both are the same function, exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from exactpwl.activation import Activation
from exactpwl.sparse import SparseLayer
from exactpwl.structured import MOST_DENSE

__all__ = ["AffineStack"]

Numbers = Sequence[Fraction]
Rows = Sequence[Numbers]


class _Affine(NamedTuple):
    """h -> W h + b; of a scaling W is its diagonal."""

    rows: Rows | None
    diagonal: Numbers
    bias: Numbers

    def layer(self, kinds: Any) -> Any:
        """Return the layer with activations; a large diagonal is no table."""
        if self.rows is not None:
            return self.rows, self.bias, kinds
        size = len(self.diagonal)
        if size * size > MOST_DENSE:
            rows = [[(i, entry)] for i, entry in enumerate(self.diagonal)]
            return SparseLayer(rows, self.bias, kinds, inputs=size)
        table = [[Fraction(0)] * size for _ in range(size)]
        for i, entry in enumerate(self.diagonal):
            table[i][i] = entry
        return table, self.bias, kinds


class AffineStack:
    """The layers so far.

    Attributes
    ----------
    layers, steps : lists of (weight, bias, activation), or of layers

    Examples
    --------
    >>> stack = AffineStack()
    >>> stack.product([[Fraction(1), Fraction(2)]], [Fraction(3)])
    >>> stack.scaling([Fraction(1, 2)], [Fraction(0)])
    >>> stack.bend([Activation.parse("relu")])
    >>> len(stack.steps), stack.finished()[0][:2]
    (3, ([[Fraction(1, 2), Fraction(1, 1)]], [Fraction(3, 2)]))
    """

    def __init__(self) -> None:
        self.layers: list[Any] = []
        self.steps: list[Any] = []
        self._waiting: _Affine | None = None

    def product(self, rows: Rows, bias: Numbers) -> None:
        """Add h -> W h + b."""
        self.steps.append((rows, bias, "linear"))
        before = self._waiting
        if before is None or before.rows is not None:
            self.finished()
            self._waiting = _Affine(rows, (), bias)
            return
        scaled = [[w * g for w, g in zip(row, before.diagonal, strict=True)] for row in rows]
        shifted = [
            b + sum((w * s for w, s in zip(row, before.bias, strict=True)), Fraction(0))
            for row, b in zip(rows, bias, strict=True)
        ]
        self._waiting = _Affine(scaled, (), shifted)

    def scaling(self, factors: Numbers, shifts: Numbers) -> None:
        """Add h_i -> g_i h_i + s_i."""
        self.steps.append(_Affine(None, factors, shifts).layer("linear"))
        before = self._waiting
        if before is None:
            self._waiting = _Affine(None, factors, shifts)
            return
        bias = [g * b + s for g, b, s in zip(factors, before.bias, shifts, strict=True)]
        if before.rows is None:
            entries = [g * d for g, d in zip(factors, before.diagonal, strict=True)]
            self._waiting = _Affine(None, entries, bias)
        else:
            rows = [[g * w for w in row] for g, row in zip(factors, before.rows, strict=True)]
            self._waiting = _Affine(rows, (), bias)

    def bend(self, kinds: Sequence[Activation]) -> None:
        """Add activations, one a value."""
        ones, zeros = [Fraction(1)] * len(kinds), [Fraction(0)] * len(kinds)
        alone = _Affine(None, ones, zeros)
        self.steps.append(alone.layer(list(kinds)))
        self.layers.append((self._waiting or alone).layer(list(kinds)))
        self._waiting = None

    def finished(self) -> list[Any]:
        """Return the layers; an affine map that waits gets no activation."""
        if self._waiting is not None:
            self.layers.append(self._waiting.layer("linear"))
            self._waiting = None
        return self.layers
