"""Batch normalisation: a factor and a summand a channel, with one square root each.

x -> scale (x - mean) / sqrt(variance + epsilon) + shift is affine in x.  The square root is mostly
irrational, and a network's weights are rational, so 1 / sqrt(variance + epsilon) is rounded once,
down to a dyadic rational whose relative error is below 2^-bits, and the report says so.  Where the
root is rational it is taken exactly.  Everything after that is exact.
"""

from __future__ import annotations

from fractions import Fraction
from math import isqrt
from typing import Any

from exactpwl.io.onnx_reader.calls import Call, operator
from exactpwl.io.onnx_reader.machine import Sliding, array_of

__all__ = ["inverse_root"]


def inverse_root(value: Fraction, bits: int) -> tuple[Fraction, bool]:
    """Return 1 / sqrt(value) and whether it is exact; else it is less by up to 2^-bits of it.

    Examples
    --------
    >>> inverse_root(Fraction(4, 9), 10)
    (Fraction(3, 2), True)
    >>> root, exact = inverse_root(Fraction(2), 10)
    >>> exact, root, 0 < 1 - 2 * root**2 < 2 * Fraction(1, 2**10)
    (False, Fraction(181, 256), True)
    """
    p, q = value.numerator, value.denominator
    top, bottom = isqrt(q), isqrt(p)
    if top * top == q and bottom * bottom == p:
        return Fraction(top, bottom), True
    # a power of two that leaves more than `bits` bits before the point of 2^k / sqrt(p / q)
    k = max(0, bits + 2 + (p.bit_length() - q.bit_length()) // 2)
    return Fraction(isqrt((q << (2 * k)) // p), 1 << k), False


@operator("BatchNormalization")
def _batch_normalization(call: Call) -> Any:
    if call.attribute("training_mode", 0):
        call.refuse("it is in training mode", "export the model in evaluation mode")
    scale, shift, mean, variance = (
        call.fractions(i, name) for i, name in ((1, "scale"), (2, "B"), (3, "mean"), (4, "var"))
    )
    epsilon = call.fraction("epsilon", 1e-5)
    if any(v + epsilon <= 0 for v in variance):
        call.refuse("variance + epsilon is not positive", "check the statistics")
    roots = [inverse_root(v + epsilon, call.bits) for v in variance]
    _report(call, [exact for _, exact in roots])
    factors = call.machine.folded([s * r for s, (r, _) in zip(scale, roots, strict=True)])
    shifts = [b - m * f for b, m, f in zip(shift, mean, factors, strict=True)]
    value = call.raw(0)
    if isinstance(value, Sliding):
        scaled = value.scaled(factors, shifts)
        if scaled is not None:
            return scaled
    entries = call.value(0)
    column = (len(factors), *([1] * (entries.ndim - 2)))
    return entries * array_of(factors, column) + array_of(shifts, column)


def _report(call: Call, exact: list[bool]) -> None:
    rounded = exact.count(False)
    many = f"{len(exact)} square root" + "s" * (len(exact) != 1)
    if rounded:
        call.note(
            f"{call.node.label}: BatchNormalization: {rounded} of {many} rounded, "
            f"with relative errors below 2^-{call.bits}"
        )
    else:
        call.note(f"{call.node.label}: BatchNormalization: {many}, exact")
