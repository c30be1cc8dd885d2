"""Operators that move entries about: shapes, slices, copies, and what exporters fold into them.

None of them looks at a number, so they are numpy's functions on arrays of any entries.  What
exporters print around a reshape (the shape of a tensor, a few of its entries, joined with others)
is computed on the way, in integers.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from exactpwl.io.onnx_reader.calls import Call, operator
from exactpwl.io.onnx_reader.machine import Sliding

__all__: list[str] = []


def _moved(call: Call) -> Any:
    """Return the first input to be moved about: a structured value becomes units first."""
    found = call.raw(0)
    return call.machine.settle(found) if isinstance(found, Sliding) else found


@operator("Identity")
def _identity(call: Call) -> Any:
    return call.raw(0)


@operator("Dropout")
def _dropout(call: Call) -> Any:
    if call.has(2) and np.any(call.constant(2, "training_mode")):
        call.refuse("it is in training mode", "export the model in evaluation mode")
    value = call.raw(0)
    return [value, np.ones(value.shape, dtype=bool)]


@operator("Constant")
def _constant(call: Call) -> Any:
    for name, dtype in (("value_float", np.float32), ("value_floats", np.float32)):
        if name in call.node.attributes:
            return np.array(call.attribute(name), dtype=dtype)
    for name in ("value_int", "value_ints"):
        if name in call.node.attributes:
            return np.array(call.attribute(name), dtype=np.int64)
    value = call.attribute("value", None)
    if not isinstance(value, np.ndarray) or value.dtype.kind not in "iufb":
        call.refuse("only constants of numbers are read", "texts and sparse tensors are not")
    return value


@operator("Flatten")
def _flatten(call: Call) -> Any:
    value = _moved(call)
    axis = call.attribute("axis", 1)
    split = axis + value.ndim if axis < 0 else axis
    rows = int(np.prod(value.shape[:split], dtype=int))
    return value.reshape(rows, -1)


@operator("Reshape")
def _reshape(call: Call) -> Any:
    value = _moved(call)
    wanted = call.integers(1, "shape")
    if not call.attribute("allowzero", 0):
        wanted = [value.shape[i] if size == 0 else size for i, size in enumerate(wanted)]
    try:
        return value.reshape(wanted)
    except ValueError:
        call.refuse(
            f"{value.size} entries of shape {list(value.shape)} do not fit into {wanted}",
            "a model exported for another batch size must be exported for one input",
        )


@operator("Transpose")
def _transpose(call: Call) -> Any:
    return np.transpose(_moved(call), call.attribute("perm", None))


@operator("Squeeze")
def _squeeze(call: Call) -> Any:
    value, axes = _moved(call), call.axes()
    try:
        return np.squeeze(value, None if axes is None else tuple(axes))
    except ValueError as error:
        call.refuse(str(error), "only axes of size 1 can be squeezed")


@operator("Unsqueeze")
def _unsqueeze(call: Call) -> Any:
    return np.expand_dims(_moved(call), tuple(call.axes() or ()))


@operator("Concat")
def _concat(call: Call) -> Any:
    parts = [call.value(i) for i in range(len(call.values))]
    if any(part.dtype == object for part in parts):
        parts = [part.astype(object) for part in parts]
    return np.concatenate(parts, axis=call.attribute("axis"))


@operator("Split")
def _split(call: Call) -> Any:
    value, axis = _moved(call), call.attribute("axis", 0)
    if call.has(1):
        sizes = call.integers(1, "split")
    elif "split" in call.node.attributes:
        sizes = list(call.attribute("split"))
    else:
        count = call.attribute("num_outputs", len(call.node.outputs))
        size = -(-value.shape[axis] // count)
        sizes = [size] * (count - 1) + [value.shape[axis] - size * (count - 1)]
    return list(np.split(value, np.cumsum(sizes)[:-1], axis=axis))


@operator("Slice")
def _slice(call: Call) -> Any:
    value = _moved(call)
    if call.opset < 10:
        starts, ends = call.attribute("starts"), call.attribute("ends")
        axes = call.attribute("axes", list(range(len(starts))))
        steps = [1] * len(starts)
    else:
        starts, ends = call.integers(1, "starts"), call.integers(2, "ends")
        axes = call.integers(3, "axes") if call.has(3) else list(range(len(starts)))
        steps = call.integers(4, "steps") if call.has(4) else [1] * len(starts)
    slices = [slice(None)] * value.ndim
    for axis, start, end, step in zip(axes, starts, ends, steps, strict=True):
        # backwards, an end before the first entry means: down to it, it included
        stop = None if step < 0 and end < -value.shape[axis] else end
        slices[axis] = slice(start, stop, step)
    return value[tuple(slices)]


@operator("Pad")
def _pad(call: Call) -> Any:
    value = call.value(0)
    mode = call.attribute("mode", "constant")
    pads = call.integers(1, "pads") if call.has(1) else list(call.attribute("pads"))
    axes = call.integers(3, "axes") if call.has(3) else list(range(value.ndim))
    if mode not in ("constant", "edge", "reflect"):
        call.refuse(f"mode = {mode!r} is not read", "constant, edge and reflect are")
    around = [(0, 0)] * value.ndim
    for axis, before, after in zip(axes, pads[: len(axes)], pads[len(axes) :], strict=True):
        around[axis] = (before, after)
    wide = [(max(0, a), max(0, b)) for a, b in around]
    if mode == "constant":
        fill = call.value(2).ravel()[0] if call.has(2) else call.fraction("value", 0.0)
        made = np.full(
            [n + a + b for n, (a, b) in zip(value.shape, wide, strict=True)], fill, object
        )
        inner = tuple(slice(a, a + n) for n, (a, _) in zip(value.shape, wide, strict=True))
        made[inner] = value
    else:
        made = np.pad(value, wide, mode=mode)
    cut = tuple(slice(max(0, -a), min(0, b) or None) for a, b in around)
    return made[cut]


@operator("Gather")
def _gather(call: Call) -> Any:
    axis = call.attribute("axis", 0)
    value, places = _moved(call), call.constant(1, "indices")
    return np.take(value, places.astype(np.int64), axis=axis)


@operator("Expand")
def _expand(call: Call) -> Any:
    value = _moved(call)
    shape = np.broadcast_shapes(value.shape, tuple(call.integers(1, "shape")))
    return np.broadcast_to(value, shape)


@operator("Shape")
def _shape(call: Call) -> Any:
    sizes = list(call.raw(0).shape)
    return np.array(sizes[call.attribute("start", 0) : call.attribute("end", None)], np.int64)


@operator("ConstantOfShape")
def _constant_of_shape(call: Call) -> Any:
    value = call.attribute("value", np.zeros(1, np.float32))
    return np.full(call.integers(0, "shape"), value.ravel()[0])


@operator("Cast")
def _cast(call: Call) -> Any:
    value = call.raw(0)
    dtype = _DTYPES.get(call.attribute("to"))
    if dtype is None:
        call.refuse("only casts to floats, integers and truth values are read", "remove the cast")
    if isinstance(value, Sliding) or value.dtype == object:
        if np.dtype(dtype).kind != "f":
            call.refuse("a float becomes an integer: a step", "steps are not continuous")
        return value
    return value.astype(dtype)


@operator("CastLike")
def _cast_like(call: Call) -> Any:
    value, like = call.raw(0), call.raw(1)
    if isinstance(like, Sliding) or like.dtype.kind in "fO":
        return value.astype(np.float64) if _is_whole(value) else value
    if not _is_whole(value):
        call.refuse("a float becomes an integer: a step", "steps are not continuous")
    return value.astype(like.dtype)


def _is_whole(value: Any) -> bool:
    return not isinstance(value, Sliding) and value.dtype.kind in "iub"


# ONNX numbers its types; halves are kept in doubles, which hold them exactly
_DTYPES = {1: np.float32, 11: np.float64, 6: np.int32, 7: np.int64, 9: np.bool_}


@operator("Equal")
def _equal(call: Call) -> Any:
    return call.constant(0, "left side") == call.constant(1, "right side")


@operator("Where")
def _where(call: Call) -> Any:
    condition = call.constant(0, "condition")
    return np.where(condition, call.value(1), call.value(2))
