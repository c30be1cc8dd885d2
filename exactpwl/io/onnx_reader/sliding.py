"""Operators with windows: convolution, poolings.

The geometry is that of the library's own layers (`exactpwl.windows`), whose four pairs are ONNX's
attributes.  One dimension is a grid of one row.  ``auto_pad`` and ``ceil_mode`` become paddings.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

from exactpwl.io.onnx_reader.calls import Call, operator
from exactpwl.io.onnx_reader.machine import Sliding, array_of
from exactpwl.pooling import MaxPool

__all__: list[str] = []


class _Grid(NamedTuple):
    """A grid of values and the windows on it, in two dimensions."""

    shape: tuple[int, int, int]
    size: list[int]
    stride: list[int]
    padding: list[int]
    dilation: list[int]
    results: list[int]
    ceiled: bool

    def result_shape(self, channels: int, dimensions: int) -> tuple[int, ...]:
        """Return the shape of the result, as the graph has it."""
        return (1, channels, *self.results[2 - dimensions :])


def _grid(call: Call, value: Any, size: list[int]) -> _Grid:
    dimensions = value.ndim - 2
    if dimensions not in (1, 2) or value.shape[0] != 1:
        call.refuse(
            f"values of shape {list(value.shape)} are not read",
            "one picture (1, channels, height, width) or one row (1, channels, length) is",
        )
    lead = [1] * (2 - dimensions)
    sizes = lead + list(value.shape[2:])
    window = lead + size
    stride = lead + list(call.attribute("strides", [1] * dimensions))
    dilation = lead + list(call.attribute("dilations", [1] * dimensions))
    before, after = _padding(call, sizes, window, stride, dilation)
    results, ceiled = [], False
    for i in range(2):
        room = sizes[i] + before[i] + after[i] - dilation[i] * (window[i] - 1) - 1
        count, rest = divmod(room, stride[i])
        if (
            rest
            and call.attribute("ceil_mode", 0)
            and (count + 1) * stride[i] < sizes[i] + before[i]
        ):
            after[i] += stride[i] - rest
            count, ceiled = count + 1, True
        results.append(count + 1)
    shape = (value.shape[1], sizes[0], sizes[1])
    return _Grid(shape, window, stride, [*before, *after], dilation, results, ceiled)


def _padding(
    call: Call, sizes: list[int], window: list[int], stride: list[int], dilation: list[int]
) -> tuple[list[int], list[int]]:
    """Return the padding before and after, down and right."""
    auto = call.attribute("auto_pad", "NOTSET")
    if auto in ("SAME_UPPER", "SAME_LOWER"):
        whole = []
        for n, k, s, d in zip(sizes, window, stride, dilation, strict=True):
            whole.append(max(0, (-(-n // s) - 1) * s + d * (k - 1) + 1 - n))
        small, large = [n // 2 for n in whole], [n - n // 2 for n in whole]
        return (small, large) if auto == "SAME_UPPER" else (large, small)
    pads = list(call.attribute("pads", [])) if auto == "NOTSET" else []
    if not pads:
        return [0, 0], [0, 0]
    half = len(pads) // 2
    lead = [0] * (2 - half)
    return lead + pads[:half], lead + pads[half:]


@operator("Conv")
def _conv(call: Call) -> Any:
    value = call.settled(0)
    kernel_shape = call.raw(1).shape
    grid = _grid(call, value, list(kernel_shape[2:]))
    kernel = array_of(call.fractions(1, "kernel"), (*kernel_shape[:2], *grid.size))
    count = kernel_shape[0]
    bias = call.fractions(2, "bias") if call.has(2) else [Fraction(0)] * count
    options = {
        "input_shape": grid.shape,
        "stride": grid.stride,
        "padding": grid.padding,
        "dilation": grid.dilation,
        "groups": call.attribute("group", 1),
    }
    shape = grid.result_shape(count, value.ndim - 2)
    return call.machine.slide(Sliding(0, value, shape, kernel, tuple(bias), options))


@operator("AveragePool")
def _average_pool(call: Call) -> Any:
    value = call.settled(0)
    grid = _grid(call, value, list(call.attribute("kernel_shape")))
    counted = bool(call.attribute("count_include_pad", 0))
    if grid.ceiled and counted:
        call.refuse("ceil_mode with count_include_pad is not read", "export it without ceil_mode")
    return _mean(call, value, grid, counted)


@operator("GlobalAveragePool")
def _global_average_pool(call: Call) -> Any:
    value = call.settled(0)
    return _mean(call, value, _grid(call, value, list(value.shape[2:])), False)


def _mean(call: Call, value: Any, grid: _Grid, counted: bool) -> Any:
    options = {
        "input_shape": grid.shape,
        "window": grid.size,
        "stride": grid.stride,
        "padding": grid.padding,
        "dilation": grid.dilation,
        "count_padding": counted,
    }
    shape = grid.result_shape(grid.shape[0], value.ndim - 2)
    return call.machine.slide(Sliding(0, value, shape, None, None, options))


@operator("MaxPool")
def _max_pool(call: Call) -> Any:
    if len(call.node.outputs) > 1 and call.node.outputs[1]:
        call.refuse("the places of its maxima are asked for", "places jump; only values are read")
    value = call.settled(0)
    return _largest(call, value, _grid(call, value, list(call.attribute("kernel_shape"))))


@operator("GlobalMaxPool")
def _global_max_pool(call: Call) -> Any:
    value = call.settled(0)
    return _largest(call, value, _grid(call, value, list(value.shape[2:])))


def _largest(call: Call, value: Any, grid: _Grid) -> Any:
    layer = MaxPool(
        grid.shape, grid.size, stride=grid.stride, padding=grid.padding, dilation=grid.dilation
    )
    shape = grid.result_shape(grid.shape[0], value.ndim - 2)
    return array_of(call.machine.pool(value, layer), shape)
