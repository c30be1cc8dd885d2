"""The network as read, held against the file's own float evaluation, node by node and as a whole.

At random points the ONNX package's reference evaluator computes every tensor of the graph in the
file's floats.  Two things are compared with it, and `Gauge` bounds how far rounding may put them
apart.  *Node by node*: each node by itself, run exactly on the very floats that the evaluator fed
it, so that no error grows along the way.  *As a whole*: every tensor as a function of the input,
what follows a non-linearity from the layers of the network itself; this holds the assembled
network.  A difference beyond the bound is an error in the reader (or in the evaluator), never a
matter of taste.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from exactpwl.errors import FormatError
from exactpwl.forward import passes
from exactpwl.io.agreement import Difference
from exactpwl.io.onnx_reader.chain import Chain
from exactpwl.io.onnx_reader.evaluation import float_evaluation
from exactpwl.io.onnx_reader.forms import Form
from exactpwl.io.onnx_reader.gauge import Gauge, Measured
from exactpwl.io.onnx_reader.graph import run
from exactpwl.io.onnx_reader.machine import Sliding
from exactpwl.io.onnx_reader.model import Model, Tensor
from exactpwl.io.onnx_reader.tape import Tape
from exactpwl.network import Network

__all__ = ["Comparison", "compare"]

_GRID = 1 << 9
_REACH = 2
_ONE_IS_WRONG = (
    "one of the two is wrong, please report it; read_onnx(path, check=False) does not compare"
)


@dataclass(frozen=True)
class Comparison:
    """What the comparison found.

    Attributes
    ----------
    points : int
    tensors : int
        How many were compared at each point.
    by_node, whole : Difference
        The largest difference of a node by itself, and that of the network.
    """

    points: int
    tensors: int
    by_node: Difference
    whole: Difference

    def __str__(self) -> str:
        many = f"{self.points} random point" + "s" * (self.points != 1)
        return (
            f"with the file's own float evaluation, {self.tensors} tensors at {many}; node by "
            f"node: {self.by_node}; as a whole: {self.whole}"
        )


def compare(
    model: Model, values: Mapping[str, Any], chain: Chain, network: Network, points: int, seed: int
) -> Comparison:
    """Compare the network with the file at random points.

    Parameters
    ----------
    model : Model
    values : the tensors as read, forms of units
    chain : Chain
        Where the units stand in the network.
    network : Network
    points : int
    seed : int

    Raises
    ------
    FormatError
        If a tensor differs by more than rounding explains.
    EvaluatorError
        If there is nothing to compare with.
    """
    numbers = random.Random(seed)
    by_node, whole = [_NONE], [_NONE]
    tensors = 0
    for _ in range(points):
        feeds = {one.name: _random(one, numbers) for one in model.inputs}
        floats = float_evaluation(model, feeds)
        by_node += _each_node(model, feeds, floats)
        found = _all_through(model, values, _units(chain, network, feeds), feeds, floats)
        tensors = len(found)
        whole += found
    return Comparison(points, tensors, max(by_node), max(whole))


_NONE = Difference(0.0, 0.0, "")


def _random(tensor: Tensor, numbers: random.Random) -> Any:
    """Return values that every float type can hold."""
    count = int(np.prod(tensor.shape, dtype=int))
    drawn = [numbers.randint(-_REACH * _GRID, _REACH * _GRID) / _GRID for _ in range(count)]
    return np.array(drawn, dtype=tensor.dtype).reshape(tensor.shape)


def _each_node(
    model: Model, feeds: Mapping[str, Any], floats: Mapping[str, Any]
) -> list[Difference]:
    """Compare each node by itself, on the floats that the evaluator fed it."""

    def floats_of(kept: dict[str, Any]) -> Callable[[str, Any], Any]:
        def after(name: str, value: Any) -> Any:
            kept[name] = value
            if value.dtype != object or name not in floats:
                return value
            if floats[name].size != value.size:
                raise FormatError(_misshapen(model, name, value, floats[name]), path=model.path)
            finite = np.isfinite(floats[name]).all()
            return floats[name].reshape(value.shape) if finite else value

        return after

    exact: dict[str, Any] = {}
    measured: dict[str, Any] = {}
    run(model, Tape(), feeds, after=floats_of(exact))
    run(model, Gauge(model.inputs[0].dtype), feeds, after=floats_of(measured))
    return [
        _held(model, name, [Fraction(v) for v in exact[name].flat], floats, measured[name])
        for name in exact
        if exact[name].dtype == object and name in floats
    ]


def _all_through(
    model: Model,
    values: Mapping[str, Any],
    units: Mapping[int, Fraction],
    feeds: Mapping[str, Any],
    floats: Mapping[str, Any],
) -> list[Difference]:
    """Compare each tensor as a function of the input, given the units' values in the network."""
    gauge = Gauge(model.inputs[0].dtype)
    measured = run(model, gauge, {name: gauge.enter(value) for name, value in feeds.items()})
    return [
        _held(model, name, _exact(values[name], units), floats, measured[name])
        for name in measured
        if name in floats and name in values and _compared(values[name], units)
    ]


def _units(chain: Chain, network: Network, feeds: Mapping[str, Any]) -> dict[int, Fraction]:
    """Return the exact value of each unit, from the network's own layers."""
    point = tuple(Fraction(v) for value in feeds.values() for v in value.ravel().tolist())
    steps = list(passes(network.layers, point))
    return {
        unit: point[place]
        if layer < 0
        else Fraction(steps[layer].values[place], steps[layer].scale)
        for unit, (layer, place) in chain.places.items()
    }


def _compared(value: Any, units: Mapping[int, Fraction]) -> bool:
    """Return whether a tensor holds numbers of the network, all of them known."""
    if isinstance(value, Sliding):
        value = value.entries
    elif value.dtype != object:
        return False
    return all(
        unit in units for entry in value.flat if isinstance(entry, Form) for unit in entry.terms
    )


def _exact(value: Any, units: Mapping[int, Fraction]) -> list[Fraction]:
    if isinstance(value, Sliding):
        point = [_at(entry, units) for entry in value.entries.flat]
        (step,) = passes([value.layer()], point)
        return [Fraction(number, step.scale) for number in step.values]
    return [_at(entry, units) for entry in value.flat]


def _at(entry: Any, units: Mapping[int, Fraction]) -> Fraction:
    if not isinstance(entry, Form):
        return Fraction(entry)
    return sum((c * units[unit] for unit, c in entry.terms.items()), entry.constant)


def _held(
    model: Model, name: str, exact: Sequence[Fraction], floats: Mapping[str, Any], measured: Any
) -> Difference:
    """Return the largest difference in a tensor; refuse one that rounding does not explain."""
    worst = Difference(0.0, 0.0, name)
    if not np.isfinite(floats[name]).all():
        return worst
    got = floats[name].ravel().tolist()
    for value, number, bound in zip(exact, got, measured.flat, strict=True):
        difference = abs(Fraction(number) - value)
        error = bound.error if isinstance(bound, Measured) else 0.0
        if difference > Fraction(error):
            raise FormatError(_mismatch(model, name, value, number, error), path=model.path)
        worst = max(worst, Difference(float(difference), error, name))
    return worst


def _misshapen(model: Model, name: str, read: Any, got: Any) -> str:
    return (
        f"{_maker(model, name)}: as read, {name!r} has the shape {list(read.shape)}, in the file's "
        f"own float evaluation {list(got.shape)}; {_ONE_IS_WRONG}"
    )


def _mismatch(model: Model, name: str, exact: Fraction, got: float, error: float) -> str:
    return (
        f"{_maker(model, name)}: the network as read gives {float(exact)!r} in {name!r}, the "
        f"file's own float evaluation {got!r}, and rounding explains a difference of {error:.3g} "
        f"at most; {_ONE_IS_WRONG}"
    )


def _maker(model: Model, name: str) -> str:
    """Name the node that makes a tensor."""
    found = next((node for node in model.nodes if name in node.outputs), None)
    return f"{found.label}: {found.op_type}" if found else f"the input {name!r}"
