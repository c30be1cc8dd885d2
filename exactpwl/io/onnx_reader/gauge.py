"""The machine that measures: floats, each with a bound on its rounding error.

A file's own evaluation in floats differs from the exact values by rounding, and the comparison of
the two needs a bound that is proven, not felt.  This is a running error analysis: each number
carries how far a runtime's result may be from the exact one, whatever the order of its sums.  With
eps = twice the unit roundoff of the file's floats, a product or sum of two adds eps times its size,
a sum of n products (n + 2) eps times the sum of their sizes, and a Lipschitz constant L multiplies
what came in by L; N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., sections
3.1 and 3.3.  The factor of two over the unit roundoff covers terms of second order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from exactpwl.activation import Activation
from exactpwl.io.onnx_reader.machine import Machine, array_of

__all__ = ["Gauge", "Measured"]

_ROUNDINGS = 8.0  # of a number that takes several operations to compute
_EVERY_ORDER = 2  # roundings of a sum of products beyond one a term


class Measured:
    """A float and a bound on the error of a runtime that computes it; immutable.

    Parameters
    ----------
    value, error : float
    fixed : bool
        Whether it does not depend on the input.
    eps, tiny : float
        Of the file's floats: twice the unit roundoff, and the least positive one.

    Examples
    --------
    >>> eps = 2.0**-23
    >>> third = Measured(1 / 3, 0.0, True, eps, 0.0)
    >>> (third + third).error == eps * (2 / 3)
    True
    """

    __slots__ = ("eps", "error", "fixed", "tiny", "value")

    def __init__(self, value: float, error: float, fixed: bool, eps: float, tiny: float) -> None:
        self.value = value
        self.error = error
        self.fixed = fixed
        self.eps = eps
        self.tiny = tiny

    def _made(self, value: float, error: float, fixed: bool) -> Measured:
        whole = error + self.eps * (abs(value) + error) + self.tiny
        return Measured(value, whole, fixed, self.eps, self.tiny)

    def _other(self, other: Any) -> Measured:
        if isinstance(other, Measured):
            return other
        return Measured(float(other), 0.0, True, self.eps, self.tiny)

    def __add__(self, other: Any) -> Measured:
        o = self._other(other)
        return self._made(self.value + o.value, self.error + o.error, self.fixed and o.fixed)

    __radd__ = __add__

    def __neg__(self) -> Measured:
        return Measured(-self.value, self.error, self.fixed, self.eps, self.tiny)

    def __sub__(self, other: Any) -> Measured:
        return self.__add__(-other)

    def __rsub__(self, other: Any) -> Measured:
        return (-self).__add__(other)

    def __mul__(self, other: Any) -> Measured:
        o = self._other(other)
        error = abs(self.value) * o.error + abs(o.value) * self.error + self.error * o.error
        return self._made(self.value * o.value, error, self.fixed and o.fixed)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Measured:
        o = self._other(other)
        least = abs(o.value) - o.error
        if least <= 0:
            raise ZeroDivisionError
        quotient = self.value / o.value
        return self._made(
            quotient, (self.error + abs(quotient) * o.error) / least, self.fixed and o.fixed
        )

    def __rtruediv__(self, other: Any) -> Measured:
        return self._other(other) / self


class Gauge(Machine):
    """Runs a graph on floats with error bounds.

    Parameters
    ----------
    dtype : numpy dtype
        The floats of the file.
    """

    def __init__(self, dtype: Any) -> None:
        self.eps = float(np.finfo(dtype).eps)
        self.tiny = float(np.finfo(dtype).smallest_subnormal)

    def _measured(self, value: float, error: float = 0.0, fixed: bool = True) -> Measured:
        return Measured(value, error, fixed, self.eps, self.tiny)

    def enter(self, values: Any) -> Any:
        """Return an input's floats as entries."""
        return array_of(
            [self._measured(v, 0.0, False) for v in values.ravel().tolist()], values.shape
        )

    def numbers(self, raw: Any) -> Any:
        """Return stored floats as entries without error."""
        return array_of([self._measured(v) for v in raw.ravel().tolist()], raw.shape)

    def folded(self, numbers: Sequence[Fraction]) -> list[Any]:
        """Return numbers that take a runtime a few roundings."""
        made = [float(number) for number in numbers]
        return [self._measured(v, _ROUNDINGS * self.eps * abs(v) + self.tiny) for v in made]

    def exact(self, entry: Any) -> Fraction | None:
        """Return the number of a constant entry."""
        if not isinstance(entry, Measured):
            return Fraction(entry)
        return Fraction(entry.value) if entry.fixed else None

    def combine(self, weights: Iterable[Any], entries: Iterable[Any], start: Any) -> Any:
        """Return start + sum of weight times entry, summed in any order."""
        first = start if isinstance(start, Measured) else self._measured(float(start))
        total, error, size, count, fixed = (
            first.value,
            first.error,
            abs(first.value),
            0,
            first.fixed,
        )
        for weight, entry in zip(weights, entries, strict=True):
            w = weight if isinstance(weight, Measured) else self._measured(float(weight))
            x = entry if isinstance(entry, Measured) else self._measured(float(entry))
            total += w.value * x.value
            error += abs(w.value) * x.error + abs(x.value) * w.error + w.error * x.error
            size += (abs(w.value) + w.error) * (abs(x.value) + x.error)
            fixed = fixed and w.fixed and x.fixed
            count += 1
        terms = count + _EVERY_ORDER
        return self._measured(total, error + terms * (self.eps * size + self.tiny), fixed)

    def bend(self, values: Any, activations: Any) -> Any:
        """Apply activations: errors grow by the largest slope."""
        kinds = np.broadcast_to(activations, values.shape).ravel()
        made = [self._bent(entry, kind) for entry, kind in zip(values.flat, kinds, strict=True)]
        return array_of(made, values.shape)

    def _bent(self, entry: Any, activation: Activation) -> Any:
        x = entry if isinstance(entry, Measured) else self._measured(float(entry))
        value = float(activation(x.value))
        steepest = float(max(abs(slope) for slope in activation.slopes))
        rounding = self.eps * (abs(value) + steepest * x.error) + self.tiny
        return self._measured(value, steepest * x.error + rounding, x.fixed)

    def largest(self, groups: Sequence[Sequence[Any]]) -> list[Any]:
        """Return the largest of each group, with the largest error."""
        made = []
        for group in groups:
            entries = [e if isinstance(e, Measured) else self._measured(float(e)) for e in group]
            value, error = max(e.value for e in entries), max(e.error for e in entries)
            made.append(self._measured(value, error, all(e.fixed for e in entries)))
        return made
