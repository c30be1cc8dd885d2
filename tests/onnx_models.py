"""Small ONNX models, written as lists of nodes, and what reading them gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

__all__ = ["Nodes", "model_of", "read_model", "saved"]

Nodes = Sequence[tuple[str, str, str, dict[str, Any]]]
"""Operator, inputs and outputs with blanks between, attributes."""


def model_of(
    nodes: Nodes,
    shapes: Mapping[str, Sequence[int | str | None]],
    constants: Mapping[str, Any] | None = None,
    *,
    outputs: str = "y",
    opset: int = 17,
    dtype: Any = np.float32,
) -> Any:
    """Return a model; floats among the constants are of `dtype`, a dash is an input left out."""
    from onnx import helper, numpy_helper

    made = []
    for number, (op_type, inputs, results, attributes) in enumerate(nodes):
        names = ["" if name == "-" else name for name in inputs.split()]
        made.append(
            helper.make_node(
                op_type, names, results.split(), name=f"{op_type}_{number}", **_written(attributes)
            )
        )
    kind = helper.np_dtype_to_tensor_dtype(np.dtype(dtype))
    arrays = {name: np.asarray(value) for name, value in (constants or {}).items()}
    graph = helper.make_graph(
        made,
        "small",
        [helper.make_tensor_value_info(name, kind, shape) for name, shape in shapes.items()],
        [helper.make_tensor_value_info(name, kind, None) for name in outputs.split()],
        [
            numpy_helper.from_array(a.astype(dtype) if a.dtype.kind == "f" else a, name)
            for name, a in arrays.items()
        ],
    )
    return helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8, producer_name="tests"
    )


def _written(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Return attributes with arrays as tensors."""
    from onnx import numpy_helper

    return {
        name: numpy_helper.from_array(value) if isinstance(value, np.ndarray) else value
        for name, value in attributes.items()
    }


def saved(model: Any, folder: Path, name: str = "net.onnx") -> Path:
    """Write a model into a folder."""
    import onnx

    path = folder / name
    onnx.save(model, path)
    return path


def read_model(folder: Path, *args: Any, **options: Any) -> Any:
    """Return the reading of a model, compared with its float evaluation."""
    from exactpwl.io import read_onnx

    return read_onnx(saved(model_of(*args, **options), folder), check=True)
