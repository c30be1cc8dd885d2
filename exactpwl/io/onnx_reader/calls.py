"""One node at work: its inputs as it needs them, its attributes, and its refusals.

An operator is a function of a `Call` that returns its outputs; `operator` enters it under the names
that ONNX gives it.  Constants stay in the numbers of the file until an operator asks for them as
entries: shapes are integers, and a bound may be infinite, where a weight may not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, NoReturn

import numpy as np

from exactpwl.errors import OperatorError
from exactpwl.io.onnx_reader.machine import Machine, Sliding
from exactpwl.io.onnx_reader.model import Node

__all__ = ["OPERATORS", "Call", "operator"]

Outputs = Sequence[Any]
OPERATORS: dict[str, Callable[[Call], Outputs]] = {}
"""What is read, by the names of ONNX."""

_MISSING = object()


def operator(*names: str) -> Callable[[Callable[[Call], Any]], Callable[[Call], Any]]:
    """Enter a function as the reader of some operators; it returns one output, or a list."""

    def enter(function: Callable[[Call], Any]) -> Callable[[Call], Any]:
        def run(call: Call) -> Outputs:
            made = function(call)
            return [_array(value) for value in (made if isinstance(made, list) else [made])]

        OPERATORS.update(dict.fromkeys(names, run))
        return function

    return enter


def _array(value: Any) -> Any:
    """Return a result as an array: numpy makes single entries of arrays without axes."""
    if isinstance(value, (Sliding, np.ndarray)):
        return value
    return np.asarray(value, dtype=None if isinstance(value, np.generic) else object)


class Call:
    """A node with the values of its inputs.

    Parameters
    ----------
    node : Node
    values : the value of each input; None for one that is left out
    machine : Machine
    opset : int
    path : str
        The file, for messages.
    note : callable
        Takes a sentence for the report.
    bits : int
        To how many significant bits a square root is rounded.
    """

    def __init__(
        self,
        node: Node,
        values: Sequence[Any],
        machine: Machine,
        opset: int,
        path: str,
        note: Callable[[str], None],
        bits: int,
    ) -> None:
        self.node = node
        self.values = values
        self.machine = machine
        self.opset = opset
        self.path = path
        self.note = note
        self.bits = bits

    def refuse(self, why: str, mend: str) -> NoReturn:
        """Raise the refusal of this node."""
        raise OperatorError(
            f"{self.node.label}: {self.node.op_type}: {why}; {mend}",
            path=self.path,
            node=self.node.name or self.node.outputs[0],
            op_type=self.node.op_type,
        )

    def has(self, index: int) -> bool:
        """Return whether the input is there."""
        return index < len(self.values) and self.values[index] is not None

    def raw(self, index: int) -> Any:
        """Return an input as it stands: an array, or a structured value."""
        if not self.has(index):
            self.refuse(f"input {index} is required", "the file is not valid ONNX")
        return self.values[index]

    def value(self, index: int) -> Any:
        """Return an input as an array of entries; integers and truth values stay what they are."""
        found = self.raw(index)
        if isinstance(found, Sliding):
            return self.machine.written_out(found)
        if found.dtype.kind != "f":
            return found
        if not np.isfinite(found).all():
            self.refuse("a constant is infinite or not a number", "only finite weights are read")
        return self.machine.numbers(found)

    def settled(self, index: int) -> Any:
        """Return an input as entries none of which mixes units."""
        found = self.raw(index)
        if isinstance(found, Sliding):
            return self.machine.settle(found)
        return self.machine.settle(self.value(index))

    def constant(self, index: int, what: str) -> Any:
        """Return an input that must not depend on the network's input, in the file's numbers."""
        found = self.raw(index)
        if isinstance(found, Sliding) or (found.dtype == object and not self._fixed(found)):
            self.refuse(f"its {what} depends on the input", f"only a constant {what} is read")
        return found

    def _fixed(self, values: Any) -> bool:
        return all(self.machine.exact(entry) is not None for entry in values.flat)

    def fractions(self, index: int, what: str) -> list[Fraction]:
        """Return a constant input as fractions, flat."""
        found = self.constant(index, what)
        if found.dtype.kind == "f":
            found = self.value(index)
        numbers = [self.machine.exact(entry) for entry in found.ravel().tolist()]
        return [number for number in numbers if number is not None]

    def integers(self, index: int, what: str) -> list[int]:
        """Return a constant input as integers, flat."""
        found = self.constant(index, what)
        if found.dtype.kind not in "iu":
            self.refuse(f"its {what} must be integers, got {found.dtype}", "check the exporter")
        return [int(n) for n in found.ravel()]

    def attribute(self, name: str, default: Any = _MISSING) -> Any:
        """Return an attribute."""
        found = self.node.attributes.get(name, default)
        if found is _MISSING:
            self.refuse(f"the attribute {name} is required", "the file is not valid ONNX")
        return found

    def fraction(self, name: str, default: float) -> Fraction:
        """Return an attribute as the fraction that its float is, one of 32 bits."""
        return Fraction(*np.float32(self.attribute(name, default)).as_integer_ratio())

    def axes(self, index: int = 1) -> list[int] | None:
        """Return the axes, which are an attribute or, in later opsets, an input."""
        if self.has(index):
            return self.integers(index, "axes")
        found = self.attribute("axes", None)
        return None if found is None else [int(axis) for axis in found]

    def reduced_axes(self, dimensions: int) -> list[int]:
        """Return the axes of a reduction, from 0: all where none are named, mostly."""
        axes = self.axes()
        if axes:
            return sorted(axis % dimensions for axis in axes)
        return [] if self.attribute("noop_with_empty_axes", 0) else list(range(dimensions))
