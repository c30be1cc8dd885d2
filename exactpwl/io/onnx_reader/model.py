"""The file: unpacked, parsed, and laid out as plain nodes, tensors and names.

Only this module and the comparison with the ONNX package's own evaluation touch the package.
Functions that a model brings along (newer exporters write them) are inlined, tensors beside the
file are found by its folder, and a name that ends in ``.gz`` is unpacked first.  A dimension
without a number is a batch and becomes 1 where it comes first; elsewhere the reader has to be told.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from exactpwl.errors import FormatError, MissingDependencyError

__all__ = ["Model", "Node", "Tensor", "is_onnx_name", "open_model"]

MOST_BYTES = 1 << 30
"""The most that a packed model may take, unpacked."""

_OLDEST_OPSET = 7  # numpy's broadcasting begins here
_ENDINGS = (".onnx", ".onnx.gz")


@dataclass(frozen=True)
class Node:
    """One node of a graph."""

    name: str
    op_type: str
    domain: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    attributes: Mapping[str, Any]

    @property
    def label(self) -> str:
        """How messages call it."""
        return f"node {self.name!r}" if self.name else f"the node that makes {self.outputs[0]!r}"


@dataclass(frozen=True)
class Tensor:
    """A value that enters the graph, with its shape and the type of its numbers."""

    name: str
    shape: tuple[int, ...]
    dtype: Any


@dataclass(frozen=True)
class Model:
    """A model as plain data; `proto` is the ONNX package's own."""

    path: str
    proto: Any
    opset: int
    producer: str
    nodes: tuple[Node, ...]
    inputs: tuple[Tensor, ...]
    outputs: tuple[str, ...]
    constants: Mapping[str, Any] = field(repr=False)


def is_onnx_name(path: str | Path) -> bool:
    """Return whether a file of that name is read as ONNX.

    Examples
    --------
    >>> is_onnx_name("net.onnx.gz"), is_onnx_name("net.json")
    (True, False)
    """
    return Path(path).name.lower().endswith(_ENDINGS)


def open_model(
    path: str | Path,
    input_shape: Sequence[int] | None = None,
    outputs: Sequence[str] | None = None,
) -> Model:
    """Read an ONNX file into plain data.

    Raises
    ------
    FormatError
        If the file cannot be read, is no model, is of an older opset than 7, or has inputs of
        unknown size.
    MissingDependencyError
        If the package onnx is not installed.
    """
    onnx = _package()
    file = Path(path)
    proto = _parsed(onnx, file)
    if proto.functions:
        proto = onnx.inliner.inline_local_functions(proto)
    graph = proto.graph
    constants = {tensor.name: _array(onnx, tensor, file) for tensor in graph.initializer}
    if graph.sparse_initializer:
        raise FormatError("sparse initializers are not read; write them dense", path=str(file))
    entering = [value for value in graph.input if value.name not in constants]
    if not entering:
        raise FormatError("a graph with an input is required, this one has none", path=str(file))
    return Model(
        str(file),
        proto,
        _opset(proto, str(file)),
        f"{proto.producer_name} {proto.producer_version}".strip(),
        tuple(_node(onnx, node, file) for node in graph.node),
        tuple(_tensor(onnx, value, input_shape, len(entering), str(file)) for value in entering),
        _outputs(proto, outputs, str(file)),
        constants,
    )


def _package() -> Any:
    try:
        import onnx
        import onnx.inliner
    except ImportError as error:
        raise MissingDependencyError(
            "to read ONNX the package onnx is required: pip install 'exactpwl[onnx]'"
        ) from error
    return onnx


def _parsed(onnx: Any, file: Path) -> Any:
    from google.protobuf.message import DecodeError

    try:
        data = file.read_bytes()
        proto = onnx.load_model_from_string(_unpacked(data) if file.suffix == ".gz" else data)
        if not proto.graph.node or not proto.graph.output:
            raise FormatError("a graph with nodes and outputs is required", path=str(file))
        onnx.load_external_data_for_model(proto, str(file.parent))
    except (OSError, EOFError, zlib.error) as error:
        why = getattr(error, "strerror", None) or error
        raise FormatError(f"cannot be read: {why}", path=str(file)) from None
    except (DecodeError, onnx.checker.ValidationError, ValueError) as error:
        if isinstance(error, FormatError):
            raise
        raise FormatError(f"an ONNX model is required, {error}", path=str(file)) from None
    return proto


def _unpacked(data: bytes) -> bytes:
    import io

    with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
        model = stream.read(MOST_BYTES + 1)
    if len(model) > MOST_BYTES:
        raise OSError("it would unpack into more than a gigabyte")
    return model


def _opset(proto: Any, path: str) -> int:
    versions = [entry.version for entry in proto.opset_import if entry.domain in ("", "ai.onnx")]
    if not versions or versions[0] < _OLDEST_OPSET:
        raise FormatError(
            f"opset {_OLDEST_OPSET} or later is required, got {versions[0] if versions else 'none'}"
            "; onnx.version_converter converts",
            path=path,
        )
    return int(versions[0])


def _array(onnx: Any, tensor: Any, file: Path) -> Any:
    try:
        made = onnx.numpy_helper.to_array(tensor)
    except (ValueError, TypeError) as error:
        raise FormatError(f"the tensor {tensor.name!r}: {error}", path=str(file)) from None
    if made.dtype.kind in "iufb":
        return made
    if "float" in made.dtype.name:  # numpy counts those of 8 and 16 bits among the others
        return made.astype(np.float64)
    return made


def _node(onnx: Any, node: Any, file: Path) -> Node:
    attributes = {}
    for attribute in node.attribute:
        value = onnx.helper.get_attribute_value(attribute)
        if isinstance(value, bytes):
            value = value.decode("utf-8", "replace")
        elif isinstance(value, onnx.TensorProto):
            value = _array(onnx, value, file)
        attributes[attribute.name] = value
    return Node(
        node.name, node.op_type, node.domain, tuple(node.input), tuple(node.output), attributes
    )


def _tensor(
    onnx: Any, value: Any, input_shape: Sequence[int] | None, count: int, path: str
) -> Tensor:
    kind = value.type.tensor_type
    dtype = onnx.helper.tensor_dtype_to_np_dtype(kind.elem_type) if kind.elem_type else None
    if dtype is None or dtype.kind != "f":
        raise FormatError(
            f"the input {value.name!r} must hold floats, got {dtype or value.type}", path=path
        )
    if input_shape is not None:
        if count != 1:
            raise FormatError(f"input_shape is for one input, this graph has {count}", path=path)
        return Tensor(value.name, tuple(input_shape), dtype)
    sizes = [d.dim_value if d.HasField("dim_value") else 0 for d in kind.shape.dim]
    if sizes and sizes[0] < 1:
        sizes[0] = 1
    if not kind.HasField("shape") or min(sizes, default=1) < 1:
        shown = [d.dim_value or d.dim_param or "?" for d in kind.shape.dim]
        raise FormatError(
            f"the input {value.name!r} has the shape {shown}, and only the first size, the batch, "
            "may be open; give the sizes: read_onnx(path, input_shape=(1, ...))",
            path=path,
        )
    return Tensor(value.name, tuple(sizes), dtype)


def _outputs(proto: Any, wanted: Sequence[str] | None, path: str) -> tuple[str, ...]:
    if wanted is None:
        return tuple(value.name for value in proto.graph.output)
    made = {name for node in proto.graph.node for name in node.output}
    for name in wanted:
        if name not in made:
            raise FormatError(f"no node of the graph makes {name!r}", path=path)
    return tuple(wanted)
