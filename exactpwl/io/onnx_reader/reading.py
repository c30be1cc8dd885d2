"""Reading a network from an ONNX file: the whole of it, and what is said about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from exactpwl.errors import FormatError, OptionError
from exactpwl.io.agreement import weight_count
from exactpwl.io.onnx_reader.chain import Chain, chain_of
from exactpwl.io.onnx_reader.comparison import Comparison, compare
from exactpwl.io.onnx_reader.evaluation import EvaluatorError
from exactpwl.io.onnx_reader.forms import Form
from exactpwl.io.onnx_reader.graph import BITS, needed_nodes, run
from exactpwl.io.onnx_reader.machine import Sliding
from exactpwl.io.onnx_reader.model import Model, Node, open_model
from exactpwl.io.onnx_reader.tape import Tape
from exactpwl.network import Network

__all__ = ["OnnxReading", "read_onnx"]

_MOST_CHECKED = 1 << 19
_FEW = 1 << 16


@dataclass(frozen=True)
class OnnxReading:
    """A network read from an ONNX file, and what there is to say about it.

    Attributes
    ----------
    network : Network
        From all inputs, flat and one after the other, to all outputs, likewise.
    inputs, outputs : tuples of (name, shape)
    opset : int
    producer : str
        What wrote the file.
    operators : dict
        How many nodes of which operator were read.
    roundings : tuple of str
        What was rounded, and how far: square roots of batch normalisations, nothing else.
    layers : tuple of tuples of str
        For each layer the nodes whose non-linearities it holds; a last affine layer has none.
    comparison : Comparison or None
        With the file's own float evaluation; None if it was skipped.
    skipped : str
        Why it was skipped; empty if it was not.
    """

    network: Network
    inputs: tuple[tuple[str, tuple[int, ...]], ...]
    outputs: tuple[tuple[str, tuple[int, ...]], ...]
    opset: int
    producer: str
    operators: dict[str, int]
    roundings: tuple[str, ...]
    layers: tuple[tuple[str, ...], ...]
    comparison: Comparison | None
    skipped: str

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What was read, as pairs of a word and a sentence."""
        written = f", written by {self.producer}" if self.producer else ""
        nodes = ", ".join(f"{count} {name}" for name, count in sorted(self.operators.items()))
        checked = str(self.comparison) if self.comparison else f"not at all: {self.skipped}"
        return (
            ("format", f"ONNX, opset {self.opset}{written}"),
            ("inputs", _named(self.inputs)),
            ("outputs", _named(self.outputs)),
            ("nodes", nodes),
            *(("rounded", text) for text in self.roundings),
            ("compared", checked),
        )


def _named(tensors: Sequence[tuple[str, tuple[int, ...]]]) -> str:
    return ", ".join(f"{name} {list(shape)}" for name, shape in tensors)


def read_onnx(
    path: str | Path,
    *,
    check: bool | None = None,
    input_shape: Sequence[int] | None = None,
    outputs: Sequence[str] | None = None,
    bits: int = BITS,
) -> OnnxReading:
    """Read a network from an ONNX file, exactly, and compare it with the file's float evaluation.

    Parameters
    ----------
    path : str or Path
        ``.onnx``, or gzip-compressed ``.onnx.gz``; tensors beside it are found in its folder.
    check : bool, optional
        Whether to compare.  By default networks of up to 2^19 weights that are not zero are.
    input_shape : sequence of int, optional
        Of the input, where the file leaves it open; an open first size, the batch, is 1.
    outputs : sequence of str, optional
        Tensors to take as outputs instead of the graph's: what stands before a softmax, say.
    bits : int, default 64
        The relative error of rounded square roots (BatchNormalization) is below 2^-bits.

    Returns
    -------
    OnnxReading

    Raises
    ------
    FormatError
        If the file cannot be read, or its own evaluation disagrees.
    OperatorError
        If a node cannot be read; it has the node's name and operator.
    MissingDependencyError
        If the package onnx is not installed.
    """
    if bits < 1:
        raise OptionError(f"bits: at least 1 is required, got {bits}")
    model = open_model(path, input_shape, outputs)
    tape = Tape()
    entering = {one.name: tape.enter(one.shape) for one in model.inputs}
    size = tape.units

    def before(node: Node) -> None:
        tape.node = node.name or node.outputs[0]

    roundings: list[str] = []
    values = run(model, tape, entering, before=before, note=roundings.append, bits=bits)
    results = [_settled(tape, model, name, values[name]) for name in model.outputs]
    forms = [entry for result in results for entry in _as_forms(result)]
    chain = chain_of(size, tape.blocks, forms)
    network = Network(chain.layers, name=model.proto.graph.name or None)
    return OnnxReading(
        network,
        tuple((one.name, one.shape) for one in model.inputs),
        tuple((n, tuple(r.shape)) for n, r in zip(model.outputs, results, strict=True)),
        model.opset,
        model.producer,
        dict(Counter(node.op_type for node in needed_nodes(model))),
        tuple(roundings),
        chain.nodes,
        *_compared(model, values, chain, network, check),
    )


def _settled(tape: Tape, model: Model, name: str, value: Any) -> Any:
    """Return an output's entries; a convolution at the end becomes a layer."""
    if isinstance(value, Sliding):
        tape.node = name
        return tape.settle(value)
    if value.dtype != object:
        raise FormatError(
            f"the output {name!r} does not depend on the input as a number", path=model.path
        )
    return value


def _as_forms(values: Any) -> list[Form]:
    return [e if isinstance(e, Form) else Form({}, Fraction(e)) for e in values.ravel()]


def _compared(
    model: Model, values: dict[str, Any], chain: Chain, network: Network, check: bool | None
) -> tuple[Comparison | None, str]:
    """Return the comparison, or why there is none."""
    size = weight_count(network)
    if check is False:
        return None, "as asked for"
    if check is None and size > _MOST_CHECKED:
        return None, f"{size} weights are many; read_onnx(path, check=True) compares"
    try:
        return compare(model, values, chain, network, 3 if size <= _FEW else 1, seed=0), ""
    except EvaluatorError as error:
        if check:
            raise FormatError(
                f"the package onnx cannot evaluate it, {error}; check=False reads it without "
                "the comparison",
                path=model.path,
            ) from None
        return None, f"the package onnx cannot evaluate it, {error}"
