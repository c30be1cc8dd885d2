"""The file's own evaluation in floats, by the ONNX package's reference evaluator.

The evaluator is taken as it is, but for two things.  Its poolings misplace windows where the
paddings of the four sides are not all the same, or where ``auto_pad`` or ``ceil_mode`` ask for
them.  Its batch normalisation before opset 14 takes the statistics of the batch that enters, as in
training, where ONNX means the stored ones.  Both are evaluated here by ONNX's definition, with no
help from the library's layers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from exactpwl.io.onnx_reader.model import Model

__all__ = ["EvaluatorError", "float_evaluation"]


class EvaluatorError(Exception):
    """The ONNX package cannot evaluate the file."""


def float_evaluation(model: Model, feeds: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return every tensor of the graph, in the file's floats.

    Raises
    ------
    EvaluatorError
        If the package cannot.
    """
    from onnx.reference import ReferenceEvaluator

    try:
        with np.errstate(all="ignore"):
            evaluator = ReferenceEvaluator(model.proto, new_ops=_by_definition())
            found: Any = evaluator.run(None, dict(feeds), intermediate=True)
    except Exception as error:  # whatever another package raises at an operator that it lacks
        raise EvaluatorError(f"{type(error).__name__}: {error}") from error
    return {name: np.asarray(value) for name, value in found.items() if value is not None}


def _by_definition() -> list[Any]:
    """Return what the evaluator has wrong as operators of the evaluator."""
    from onnx.reference.op_run import OpRun

    def largest(self: Any, x: Any, **attributes: Any) -> tuple[Any]:
        seen, inside = _windows(x, attributes)
        return (np.where(inside, seen, -np.inf).max(axis=-1).astype(x.dtype),)

    def mean(self: Any, x: Any, **attributes: Any) -> tuple[Any]:
        seen, inside = _windows(x, attributes)
        counted = inside | bool(attributes.get("count_include_pad"))
        total = np.where(inside, seen, 0).sum(axis=-1)
        return ((total / counted.sum(axis=-1)).astype(x.dtype),)

    def normalized(self: Any, x: Any, *stored: Any, **attributes: Any) -> tuple[Any]:
        column = (-1, *([1] * (x.ndim - 2)))
        scale, shift, average, variance = (one.reshape(column) for one in stored)
        epsilon = attributes.get("epsilon")
        root = np.sqrt(variance + x.dtype.type(1e-5 if epsilon is None else epsilon))
        return (((x - average) / root * scale + shift).astype(x.dtype),)

    made = {"MaxPool": largest, "AveragePool": mean, "BatchNormalization": normalized}
    return [type(name, (OpRun,), {"op_domain": "", "_run": run}) for name, run in made.items()]


def _windows(x: Any, attributes: Mapping[str, Any]) -> tuple[Any, Any]:
    """Return what each window sees, along a last axis, and whether that is inside the grid."""
    rank = x.ndim - 2
    index, inside = [], np.ones((1,) * (2 * rank), dtype=bool)
    for axis in range(rank):
        places = _places(x.shape[2 + axis], axis, rank, attributes)
        shape = [1] * (2 * rank)
        shape[axis], shape[rank + axis] = places.shape
        inside = inside & ((places >= 0) & (places < x.shape[2 + axis])).reshape(shape)
        index.append(np.clip(places, 0, x.shape[2 + axis] - 1).reshape(shape))
    seen = x[(slice(None), slice(None), *index)]
    return (
        seen.reshape(*seen.shape[: 2 + rank], -1),
        inside.reshape(*inside.shape[:rank], -1),
    )


def _places(length: int, axis: int, rank: int, attributes: Mapping[str, Any]) -> Any:
    """Return for each window along an axis the places of its cells, some of them outside."""
    size, stride, dilation = (
        (attributes.get(name) or [1] * rank)[axis]
        for name in ("kernel_shape", "strides", "dilations")
    )
    reach = dilation * (size - 1) + 1
    auto = attributes.get("auto_pad") or "NOTSET"
    if auto.startswith("SAME"):
        count = -(-length // stride)
        whole = max(0, (count - 1) * stride + reach - length)
        before = whole // 2 if auto == "SAME_UPPER" else whole - whole // 2
    else:
        pads = (attributes.get("pads") if auto == "NOTSET" else None) or [0] * (2 * rank)
        before = pads[axis]
        count, rest = divmod(length + before + pads[rank + axis] - reach, stride)
        count += 1
        if rest and attributes.get("ceil_mode") and count * stride < length + before:
            count += 1
    return np.arange(count)[:, None] * stride - before + np.arange(size) * dilation
