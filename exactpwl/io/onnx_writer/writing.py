"""Writing a network as an ONNX file, and what is said about it.

The file's floats are of 32 bits where each number of the network is one, else of 64, which hold
those too; so nothing is lost, and no file is larger than it must be.  Where a number is neither, as
1/3 is, the network is refused: what would be written is another network.  Who wants that one asks
for it by `rounding`, and is told what was changed.

The graph is of opset 13, which all readers know that are of use today, with an open batch.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exactpwl.errors import FormatError, MissingDependencyError, NetworkError
from exactpwl.io.onnx_reader import is_onnx_name
from exactpwl.io.onnx_writer.drawing import Drawing, Value
from exactpwl.io.onnx_writer.layers import draw_layer
from exactpwl.io.rounding import PRECISIONS, Rounding, rounded_network
from exactpwl.network import Network
from exactpwl.rationals import format_count

__all__ = ["OnnxWriting", "write_onnx"]

OPSET = 13
_IR_VERSION = 7  # that of opset 13


@dataclass(frozen=True)
class OnnxWriting:
    """What was written into an ONNX file.

    Attributes
    ----------
    path : str
    precision : str
        Of its floats: ``"float32"`` or ``"float64"``.
    network : Network
        The network that stands in the file: the one that was given, unless it was rounded.
    rounding : Rounding
        What was rounded; nothing, unless it was asked for.
    """

    path: str
    precision: str
    network: Network
    rounding: Rounding

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What was written, as pairs of a word and a sentence."""
        return (
            (
                "format",
                f"ONNX, opset {OPSET}, floats of {self.precision.removeprefix('float')} bits",
            ),
            ("rounded", str(self.rounding)),
        )


def write_onnx(network: Network, path: str | Path, *, rounding: str | None = None) -> OnnxWriting:
    """Write a network as an ONNX file, exactly, or rounded if that is asked for.

    Parameters
    ----------
    network : Network
        Of any layers and activations.
    path : str or Path
        Must end in ``.onnx`` or ``.onnx.gz``, which is compressed by gzip.
    rounding : ``"float32"`` or ``"float64"``, optional
        Round each number to the nearest float; without it a network that needs it is refused.

    Returns
    -------
    OnnxWriting
        With the precision, and what was rounded.

    Raises
    ------
    NetworkError
        If a number is no float and rounding was not asked for, or is beyond the largest float.
    FormatError
        If the name has another ending or the file cannot be written.
    MissingDependencyError
        If the package onnx is not installed.

    Notes
    -----
    `exactpwl.io.read_onnx` reads the same function back, with the same layers but for those of
    activations that ONNX has no name for, which become sums of ReLUs; and of linear layers that
    only move or scale values, which go into the next.
    """
    file = Path(path)
    if not is_onnx_name(file):
        raise FormatError(
            f"a name that ends in .onnx or .onnx.gz is required, got {file.suffix or 'no ending'}",
            path=str(file),
        )
    onnx = _package()
    written, report = _settled(network, rounding, str(file))
    data = _model(onnx, written, report.precision).SerializeToString()
    try:
        file.write_bytes(gzip.compress(data, mtime=0) if file.suffix == ".gz" else data)
    except OSError as error:
        raise FormatError(f"cannot be written: {error.strerror}", path=str(file)) from None
    return OnnxWriting(str(file), report.precision, written, report)


def _package() -> Any:
    try:
        import onnx
    except ImportError as error:
        raise MissingDependencyError(
            "to write ONNX the package onnx is required: pip install 'exactpwl[onnx]'"
        ) from error
    return onnx


def _settled(network: Network, rounding: str | None, path: str) -> tuple[Network, Rounding]:
    """Return the network whose numbers are floats, and what was rounded for it."""
    if rounding is not None:
        return rounded_network(network, rounding)
    for precision in PRECISIONS:
        try:
            made, report = rounded_network(network, precision)
        except NetworkError:
            if precision == "float64":
                raise
            continue
        if not report.rounded:
            return made, report
    first = report.first
    assert first is not None
    layer, row = (int(part.split()[1]) for part in first.place.split(", ")[:2])
    raise NetworkError(
        f"{path}: ONNX holds floats, and {first} is none; the nearest of 64 bits is "
        f"{float(first.nearest)!r}, {float(first.change):.2g} away. {format_count(report.rounded)} "
        f"of {format_count(report.numbers)} numbers are none. To write the nearest floats ask for "
        "rounding: write_onnx(network, path, rounding='float64') or 'float32', or exactpwl convert "
        "--round; .json holds every network exactly",
        layer=layer,
        row=row,
    )


def _model(onnx: Any, network: Network, precision: str) -> Any:
    """Return the model of a network whose numbers are floats of that precision."""
    drawing = Drawing(onnx, precision)
    windows = getattr(network.layers[0], "windows", None)
    grid = windows.input_shape if windows is not None else None
    value = Value("x", network.input_dimension, grid)
    for index, layer in enumerate(network.layers):
        drawing.prefix = f"layer_{index}_"
        value = draw_layer(drawing, value, layer)
    drawing.finish(value, "y")
    kind = onnx.helper.np_dtype_to_tensor_dtype(drawing.dtype)
    entering = ["batch", *(grid or (network.input_dimension,))]
    graph = onnx.helper.make_graph(
        drawing.nodes,
        network.name or "network",
        [onnx.helper.make_tensor_value_info("x", kind, entering)],
        [onnx.helper.make_tensor_value_info("y", kind, ["batch", network.output_dimension])],
        drawing.tensors,
    )
    return onnx.helper.make_model(
        graph,
        opset_imports=[onnx.helper.make_opsetid("", OPSET)],
        ir_version=_IR_VERSION,
        producer_name="exactpwl",
    )
