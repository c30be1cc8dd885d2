"""Running a graph on a machine, node by node.

Only the nodes on which the outputs depend are run, in the order of the file, which ONNX requires to
be one in which every tensor is made before it is used.  Whatever goes wrong in an operator is told
with the node's name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from exactpwl.errors import FormatError, NetworkError, OperatorError
from exactpwl.io.onnx_reader import arithmetic, bending, normalising, shaping, sliding
from exactpwl.io.onnx_reader.calls import OPERATORS, Call
from exactpwl.io.onnx_reader.forms import NotAffineError
from exactpwl.io.onnx_reader.machine import Machine
from exactpwl.io.onnx_reader.model import Model, Node
from exactpwl.io.onnx_reader.refusals import reason

__all__ = ["BITS", "needed_nodes", "run"]

BITS = 64
"""To how many significant bits square roots are rounded, where nothing else is asked for."""

_FAMILIES = (arithmetic, bending, normalising, shaping, sliding)  # they enter their operators


def needed_nodes(model: Model) -> tuple[Node, ...]:
    """Return the nodes on which the outputs depend, in order."""
    wanted = set(model.outputs)
    kept = []
    for node in reversed(model.nodes):
        if wanted.intersection(node.outputs):
            kept.append(node)
            wanted.update(node.inputs)
    return tuple(reversed(kept))


def run(
    model: Model,
    machine: Machine,
    entering: Mapping[str, Any],
    *,
    before: Callable[[Node], None] = lambda node: None,
    after: Callable[[str, Any], Any] = lambda name, value: value,
    note: Callable[[str], None] = lambda text: None,
    bits: int = BITS,
) -> dict[str, Any]:
    """Return every tensor that the outputs need.

    Parameters
    ----------
    model : Model
    machine : Machine
    entering : the value of each input
    before : callable
        Told each node before it runs.
    after : callable
        Told each tensor by name; what it returns is what the next nodes get.
    note : callable
        Told what the report should say.
    bits : int

    Raises
    ------
    OperatorError
        If a node cannot be read.
    """
    values: dict[str, Any] = {**model.constants, **entering}
    for node in needed_nodes(model):
        before(node)
        call = Call(
            node, _arguments(model, node, values), machine, model.opset, model.path, note, bits
        )
        if node.op_type not in OPERATORS or node.domain not in ("", "ai.onnx"):
            call.refuse(*reason(node.op_type, node.domain))
        for name, value in zip(node.outputs, _outputs(call), strict=False):
            if name:
                values[name] = after(name, value)
    return values


def _arguments(model: Model, node: Node, values: Mapping[str, Any]) -> list[Any]:
    for name in node.inputs:
        if name and name not in values:
            raise FormatError(
                f"{node.label}: {node.op_type}: nothing makes its input {name!r} before it; the "
                "file is not valid ONNX",
                path=model.path,
            )
    return [values[name] if name else None for name in node.inputs]


def _outputs(call: Call) -> Any:
    try:
        return OPERATORS[call.node.op_type](call)
    except OperatorError:
        raise
    except NotAffineError as error:
        call.refuse(
            f"not piecewise linear: {error}",
            "one side of a product, and a divisor, has to be constant",
        )
    except (NetworkError, ValueError, IndexError) as error:
        call.refuse(str(error), "its shapes or attributes do not fit")
