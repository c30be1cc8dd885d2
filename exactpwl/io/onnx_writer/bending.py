"""Activations as nodes: by name where ONNX has one, else as a sum of Relus.

What a layer of mixed ReLUs, leaky ReLUs, absolute values and identities does is one PRelu, whose
slope for the identity is 1.  A clamp is a Clip.  Any other activation f, with the breakpoints
c_1 < ... < c_k and the slopes m_0, ..., m_k, is written with its own numbers only, so that the file
is exact where the network's numbers are floats.  Let s_0(z) = z, s_i(z) = relu(z - c_i) -
relu(-c_i), and s_{k+1} = 0.  The function s_i - s_{i+1} is 0 at 0 and has slope 1 on piece i, slope
0 elsewhere; so f(z) = f(0) + sum of m_i (s_i(z) - s_{i+1}(z)).  The usual sum of m_{i+1} - m_i
times relu(z - c_i) has fewer nodes, but a difference of two floats need not be a float.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from exactpwl.activation import Activation
from exactpwl.io.onnx_writer.drawing import Drawing, Value
from exactpwl.io.rounding import PRECISIONS, nearest_float

__all__ = ["bent"]

_RELU = Activation.parse("relu")
_ABS = Activation.parse("abs")
_LARGEST = Fraction(2) ** (PRECISIONS["float32"][2] - 1)


def bent(drawing: Drawing, value: Value, kinds: Sequence[Activation]) -> Value:
    """Add the nodes of the activations: one a neuron, or of a picture one a channel."""
    distinct = set(kinds)
    if all(kind.is_identity for kind in distinct):
        return value
    simple = _simple(drawing, value, kinds)
    if simple is not None:
        return Value(simple, value.width, value.grid)
    if value.grid is not None:
        area = value.grid[1] * value.grid[2]
        kinds = [kind for kind in kinds for _ in range(area)]
    summed = _sum_of_relus(drawing, drawing.flat(value), kinds)
    return Value(summed, value.width)


def _simple(drawing: Drawing, value: Value, kinds: Sequence[Activation]) -> str | None:
    """Return the one node that does it, if there is one."""
    first = kinds[0]
    if len(set(kinds)) == 1:
        if first in (_RELU, _ABS):
            return drawing.node("Relu" if first == _RELU else "Abs", value.name)
        if _is_clamp(first):
            bounds = _bounds(first)
            names = [
                "" if c is None else drawing.floats(word, [c], ())
                for word, c in zip(("low", "high"), bounds, strict=True)
            ]
            return drawing.node("Clip", value.name, *names)
    if any(kind != Activation.leaky_relu(kind.slopes[0]) for kind in kinds):
        return None
    slope = first.slopes[0]
    if len(set(kinds)) == 1 and nearest_float(slope, "float32") == slope:
        return drawing.node("LeakyRelu", value.name, alpha=float(slope))
    shape = (len(kinds),) if value.grid is None else (len(kinds), 1, 1)
    slopes = drawing.floats("slopes", [kind.slopes[0] for kind in kinds], shape)
    return drawing.node("PRelu", value.name, slopes)


def _bounds(kind: Activation) -> tuple[Fraction | None, Fraction | None]:
    """Return where a clamp begins and where it ends."""
    low = kind.breakpoints[0] if kind.slopes[0] == 0 else None
    high = kind.breakpoints[-1] if kind.slopes[-1] == 0 else None
    return low, high


def _is_clamp(kind: Activation) -> bool:
    """Return whether this is z -> min(max(z, low), high), with bounds that readers take as such."""
    if list(kind.slopes) not in ([0, 1], [1, 0], [0, 1, 0]):
        return False
    low, high = _bounds(kind)
    at_zero = Fraction(0) if low is None else max(low, Fraction(0))
    at_zero = at_zero if high is None else min(high, at_zero)
    return kind.value_at_zero == at_zero and all(abs(c) < _LARGEST for c in kind.breakpoints)


def _sum_of_relus(drawing: Drawing, name: str, kinds: Sequence[Activation]) -> str:
    """Return f(0) + sum of m_i (s_i(z) - s_{i+1}(z)) for each entry of a vector."""
    terms, starts = _kinks(drawing, name, kinds)
    pieces = [_pieces(kind, j, starts[j]) for j, kind in enumerate(kinds)]
    most = max(1, *map(len, pieces))
    table = [row + [(Fraction(0), j, j)] * (most - len(row)) for j, row in enumerate(pieces)]
    shape = (len(kinds), most)
    first = drawing.whole("first", [[one for _, one, _ in row] for row in table])
    second = drawing.whole("second", [[two or 0 for _, _, two in row] for row in table])
    ends = [Fraction(two is not None) for row in table for _, _, two in row]
    slopes = [slope for row in table for slope, _, _ in row]
    end = drawing.node("Gather", terms, second, axis=1)
    if not all(ends):
        end = drawing.node("Mul", end, drawing.floats("ends", ends, shape))
    part = drawing.node("Sub", drawing.node("Gather", terms, first, axis=1), end)
    part = drawing.node("Mul", part, drawing.floats("slopes", slopes, shape))
    total = drawing.node("ReduceSum", part, drawing.whole("axes", [2]), keepdims=0)
    at_zero = [kind.value_at_zero for kind in kinds]
    if not any(at_zero):
        return total
    return drawing.node("Add", total, drawing.floats("at_zero", at_zero, (len(kinds),)))


def _kinks(drawing: Drawing, name: str, kinds: Sequence[Activation]) -> tuple[str, list[int]]:
    """Return the tensor of all z and s_i, and for each neuron where its s_1 stands in it."""
    owners = [j for j, kind in enumerate(kinds) for _ in kind.breakpoints]
    breakpoints = [c for kind in kinds for c in kind.breakpoints]
    starts = [len(kinds) + sum(owner < j for owner in owners) for j in range(len(kinds))]
    if not owners:
        return name, starts
    size = (len(owners),)
    copies = drawing.node("Gather", name, drawing.whole("owners", owners), axis=1)
    shifted = drawing.node("Sub", copies, drawing.floats("breakpoints", breakpoints, size))
    terms = drawing.node("Relu", shifted)
    at_zero = [max(-c, Fraction(0)) for c in breakpoints]
    if any(at_zero):
        terms = drawing.node("Sub", terms, drawing.floats("relu_at_zero", at_zero, size))
    return drawing.node("Concat", name, terms, axis=1), starts


def _pieces(kind: Activation, neuron: int, start: int) -> list[tuple[Fraction, int, int | None]]:
    """Return the slope of each piece that is not flat, with the places of s_i and of s_{i+1}."""
    places = [neuron, *(start + i for i in range(len(kind.breakpoints)))]
    ends = [*places[1:], None]
    return [
        (slope, one, two)
        for slope, one, two in zip(kind.slopes, places, ends, strict=True)
        if slope
    ]
