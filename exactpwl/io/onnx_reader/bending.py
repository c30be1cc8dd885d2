"""Operators that bend: the pointwise non-linearities, and maxima and minima of several values.

The maximum of a value and a constant is an activation with one breakpoint.  The maximum of two
values a and b is b + relu(a - b): one neuron, whose kink is where they are equal, as of the maximum
itself.  Of three and more it is a layer of maxima, because a tree of ReLUs would bend where the
maximum does not.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from exactpwl.activation import Activation
from exactpwl.io.onnx_reader.calls import Call, operator
from exactpwl.io.onnx_reader.machine import Sliding, array_of

__all__ = ["maxima"]

_RELU = Activation.parse("relu")


def _one(activation: Activation) -> Any:
    return array_of([activation], ())


def _bent(call: Call, activations: Any) -> Any:
    value = call.raw(0)
    return call.machine.bend(value if isinstance(value, Sliding) else call.value(0), activations)


@operator("Relu")
def _relu(call: Call) -> Any:
    return _bent(call, _one(_RELU))


@operator("LeakyRelu")
def _leaky_relu(call: Call) -> Any:
    return _bent(call, _one(Activation.leaky_relu(call.fraction("alpha", 0.01))))


@operator("PRelu")
def _prelu(call: Call) -> Any:
    slopes = call.fractions(1, "slope")
    kinds = array_of([Activation.leaky_relu(s) for s in slopes], call.raw(1).shape)
    shape = call.raw(0).shape
    if np.broadcast_shapes(kinds.shape, shape) != shape:
        call.refuse(
            f"slopes of shape {list(kinds.shape)} do not fit values of shape {list(shape)}",
            "one slope, or one a channel, is required",
        )
    return _bent(call, kinds)


@operator("Abs")
def _abs(call: Call) -> Any:
    return _bent(call, _one(Activation.parse("abs")))


@operator("Clip")
def _clip(call: Call) -> Any:
    low, high = (_bound(call, i, name) for i, name in ((1, "min"), (2, "max")))
    if low is not None and high is not None and low > high:
        call.refuse(f"its bounds {low} and {high} are the wrong way round", "exchange them")
    bends = [bound for bound in dict.fromkeys((low, high)) if bound is not None]
    slopes = [Fraction(0)] * (low is not None) + [Fraction(1)] + [Fraction(0)] * (high is not None)
    if low is not None and low == high:
        return _bent(call, _one(Activation((), (Fraction(0),), low)))
    at_zero = max(Fraction(0), low) if low is not None else Fraction(0)
    at_zero = min(at_zero, high) if high is not None else at_zero
    return _bent(call, _one(Activation(tuple(bends), tuple(slopes), at_zero)))


def _bound(call: Call, index: int, name: str) -> Fraction | None:
    """Return a bound; what is infinite, or the last float there is, bounds nothing."""
    if call.opset < 11:
        stored = np.float32(call.attribute(name, np.inf))
    elif call.has(index):
        stored = call.constant(index, name).ravel()[0]
        if not isinstance(stored, np.floating):
            return call.fractions(index, name)[0]
    else:
        return None
    if not np.isfinite(stored) or abs(stored) >= np.finfo(stored.dtype).max:
        return None
    return Fraction(*stored.as_integer_ratio())


@operator("Max")
def _max(call: Call) -> Any:
    return maxima(call, [call.value(i).astype(object) for i in range(len(call.values))])


@operator("Min")
def _min(call: Call) -> Any:
    return -maxima(call, [-call.value(i).astype(object) for i in range(len(call.values))])


def maxima(call: Call, values: list[Any]) -> Any:
    """Return the largest of several arrays, entry by entry."""
    values = [np.asarray(value, dtype=object) for value in values]
    shape = np.broadcast_shapes(*(value.shape for value in values))
    columns = [np.broadcast_to(value, shape).ravel() for value in values]
    groups = [_pruned(call, list(group)) for group in zip(*columns, strict=True)]
    made: list[Any] = [None] * len(groups)
    _bend_pairs(call, groups, made)
    many = [i for i, group in enumerate(groups) if len(group) > 2]
    for i, entry in zip(many, call.machine.largest([groups[i] for i in many]), strict=True):
        made[i] = entry
    return array_of(made, shape)


def _pruned(call: Call, group: list[Any]) -> list[Any]:
    """Keep of several constants the largest."""
    numbers = [call.machine.exact(entry) for entry in group]
    fixed = [(number, i) for i, number in enumerate(numbers) if number is not None]
    if len(fixed) < 2:
        return group
    _, kept = max(fixed)
    return [e for i, e in enumerate(group) if numbers[i] is None or i == kept]


def _bend_pairs(call: Call, groups: list[list[Any]], made: list[Any]) -> None:
    """Set the maxima of one and of two entries: b + relu(a - b), and with a constant b the same."""
    pairs = [i for i, group in enumerate(groups) if len(group) == 2]
    differences = [groups[i][0] - groups[i][1] for i in pairs]
    bent = call.machine.bend(array_of(differences, (len(pairs),)), _one(_RELU))
    for i, entry in zip(pairs, bent, strict=True):
        made[i] = groups[i][1] + entry
    for i, group in enumerate(groups):
        if len(group) == 1:
            made[i] = group[0]


@operator("ReduceMax", "ReduceMin")
def _reduce(call: Call) -> Any:
    value = call.value(0)
    is_least = call.node.op_type == "ReduceMin"
    places = call.reduced_axes(value.ndim)
    if not places:
        return value
    front = np.moveaxis(value, places, range(len(places)))
    rest = front.reshape(-1, *front.shape[len(places) :])
    largest = maxima(call, list(-rest if is_least else rest))
    made = np.asarray(-largest if is_least else largest, dtype=object)
    kept = [1 if i in places else n for i, n in enumerate(value.shape)]
    return made.reshape(kept) if call.attribute("keepdims", 1) else made
