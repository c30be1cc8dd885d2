"""Operators of arithmetic: sums, products with constants, matrices, means.

A product of two values that both depend on the input is no affine form, and the entries themselves
refuse it (`exactpwl.io.onnx_reader.forms`).  Matrices take their arguments *settled*: what is mixed
of several units becomes a unit first, so that no two matrices are multiplied.
"""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from operator import add
from typing import Any

import numpy as np

from exactpwl.io.onnx_reader.calls import Call, operator
from exactpwl.io.onnx_reader.machine import Sliding, array_of

__all__: list[str] = []


def _both(call: Call) -> tuple[Any, Any, bool]:
    """Return both inputs, and whether they are integers: shapes, not numbers of the network."""
    left, right = call.value(0), call.value(1)
    whole = left.dtype.kind in "iu" and right.dtype.kind in "iu"
    return (left, right, True) if whole else (left.astype(object), right.astype(object), False)


def _folded(call: Call, sign: int, factor: bool) -> Any:
    """Fold one constant a channel into a convolution; None where that is not what stands there."""
    first, second = call.raw(0), call.raw(1)
    value, place = (first, 1) if isinstance(first, Sliding) else (second, 0)
    if not isinstance(value, Sliding) or isinstance(call.raw(place), Sliding):
        return None
    each = _by_channel(call, value, call.value(place))
    if each is None:
        return None
    ones, zeros = [Fraction(1)] * len(each), [Fraction(0)] * len(each)
    return value.scaled(each, zeros) if factor else value.scaled(ones, [sign * n for n in each])


def _by_channel(call: Call, value: Sliding, constant: Any) -> list[Any] | None:
    """Return a constant that is the same all over each channel, one number a channel."""
    shape = (1,) * (len(value.shape) - constant.ndim) + constant.shape
    if len(shape) > len(value.shape) or shape[1] not in (1, value.channels):
        return None
    if any(size != 1 for axis, size in enumerate(shape) if axis != 1):
        return None
    each = [call.machine.exact(entry) for entry in constant.flat]
    return None if None in each else each * (value.channels // len(each))


@operator("Add")
def _add(call: Call) -> Any:
    folded = _folded(call, 1, factor=False)
    if folded is not None:
        return folded
    left, right, _ = _both(call)
    return left + right


@operator("Sub")
def _sub(call: Call) -> Any:
    folded = _folded(call, -1, factor=False) if isinstance(call.raw(0), Sliding) else None
    if folded is not None:
        return folded
    left, right, _ = _both(call)
    return left - right


@operator("Mul")
def _mul(call: Call) -> Any:
    folded = _folded(call, 1, factor=True)
    if folded is not None:
        return folded
    left, right, _ = _both(call)
    return left * right


@operator("Div")
def _div(call: Call) -> Any:
    left, right, whole = _both(call)
    try:
        if whole:
            return np.trunc(left / right).astype(left.dtype)
        return left / right
    except ZeroDivisionError:
        call.refuse("it divides by zero", "check the constant")


@operator("Neg")
def _neg(call: Call) -> Any:
    return -call.value(0)


@operator("Sum")
def _sum(call: Call) -> Any:
    return reduce(add, (call.value(i).astype(object) for i in range(len(call.values))))


@operator("Mean")
def _mean(call: Call) -> Any:
    return _sum(call) * Fraction(1, len(call.values))


@operator("MatMul")
def _matmul(call: Call) -> Any:
    return _product(call, call.settled(0), call.settled(1))


@operator("Gemm")
def _gemm(call: Call) -> Any:
    left = call.settled(0).T if call.attribute("transA", 0) else call.settled(0)
    right = call.settled(1).T if call.attribute("transB", 0) else call.settled(1)
    made = _product(call, left, right)
    alpha, beta = call.fraction("alpha", 1.0), call.fraction("beta", 1.0)
    if alpha != 1:
        made = made * alpha
    if call.has(2):
        made = made + (call.value(2) if beta == 1 else call.value(2) * beta)
    return made


def _product(call: Call, left: Any, right: Any) -> Any:
    """Return the matrix product, with numpy's rules for vectors and stacks of matrices."""
    rows = left[None, :] if left.ndim == 1 else left
    columns = right[:, None] if right.ndim == 1 else right
    if not left.ndim or not right.ndim or rows.shape[-1] != columns.shape[-2]:
        call.refuse(
            f"matrices of shapes {list(left.shape)} and {list(right.shape)} do not fit",
            "check the shape of the input",
        )
    stack = np.broadcast_shapes(rows.shape[:-2], columns.shape[:-2])
    rows = np.broadcast_to(rows, stack + rows.shape[-2:])
    columns = np.swapaxes(np.broadcast_to(columns, stack + columns.shape[-2:]), -1, -2)
    made = [
        call.machine.combine(row, column, Fraction(0))
        for place in np.ndindex(stack)
        for row in rows[place].astype(object)
        for column in columns[place].astype(object)
    ]
    shape = [*stack, *rows.shape[-2:-1], *columns.shape[-2:-1]]
    if right.ndim == 1:
        del shape[-1]
    if left.ndim == 1:
        del shape[len(stack)]
    return array_of(made, shape)


@operator("ReduceSum", "ReduceMean")
def _reduce(call: Call) -> Any:
    value = call.value(0)
    places = call.reduced_axes(value.ndim)
    if not places:
        return value
    front = np.moveaxis(value, places, range(len(places)))
    count = int(np.prod(front.shape[: len(places)], dtype=int))
    rest = front.reshape(count, -1).T
    weight = Fraction(1, count) if call.node.op_type == "ReduceMean" else Fraction(1)
    made = [call.machine.combine([weight] * count, column, Fraction(0)) for column in rest]
    kept = [1 if i in places else n for i, n in enumerate(value.shape)]
    if not call.attribute("keepdims", 1):
        kept = [n for i, n in enumerate(value.shape) if i not in places]
    return array_of(made, kept)
