"""Layers as nodes: what each kind of layer becomes.

A dense layer is a Gemm, a convolution a Conv, a pooling the pool of its kind.  A layer of maxima
gathers its groups into a table and takes the largest of each row; a row repeats an argument where
its group is shorter, and has three columns at least, because `exactpwl.io.read_onnx`, as other
tools do, takes the maximum of two for a ReLU of their difference.  A sparse layer whose table of
weights would be large gathers the values that its rows hear, and sums them with their weights.
"""

from __future__ import annotations

from fractions import Fraction

from exactpwl.convolution import Convolution
from exactpwl.io.onnx_writer.bending import bent
from exactpwl.io.onnx_writer.drawing import Drawing, Value
from exactpwl.layer import Layer
from exactpwl.maximum import Maximum
from exactpwl.pooling import AveragePool, MaxPool
from exactpwl.structured import MOST_DENSE
from exactpwl.windows import Windows

__all__ = ["draw_layer"]

_FEWEST = 3


def draw_layer(drawing: Drawing, value: Value, layer: Layer) -> Value:
    """Add the nodes of a layer; return the value that leaves it."""
    if isinstance(layer, Convolution):
        return bent(drawing, _convolution(drawing, value, layer), layer.filter_activations)
    if isinstance(layer, AveragePool):
        channels = layer.windows.channels
        return bent(drawing, _mean(drawing, value, layer), [layer.activation] * channels)
    if isinstance(layer, MaxPool):
        name = drawing.picture(value, layer.windows.input_shape)
        return _picture(drawing.node("MaxPool", name, **_pool(layer.windows)), layer)
    name = drawing.flat(value)
    if isinstance(layer, Maximum):
        return Value(_largest(drawing, name, layer), layer.width)
    if layer.width * layer.input_dimension > MOST_DENSE:
        name = _gathered(drawing, name, layer)
    else:
        name = _dense(drawing, name, layer)
    return bent(drawing, Value(name, layer.width), layer.activations)


def _picture(name: str, layer: Convolution | AveragePool | MaxPool) -> Value:
    return Value(name, layer.width, layer.output_shape)


def _dense(drawing: Drawing, name: str, layer: Layer) -> str:
    q = layer.denominator
    weights = (Fraction(n, q) for row in layer.numerators for n in row)
    weight = drawing.floats("weight", weights, (layer.width, layer.input_dimension))
    bias = drawing.floats("bias", layer.bias, (layer.width,))
    return drawing.node("Gemm", name, weight, bias, transB=1)


def _gathered(drawing: Drawing, name: str, layer: Layer) -> str:
    most = max(1, *(len(places) for places, _ in layer.sparse_rows))
    shape = (layer.width, most)
    empty = [(0,) * (most - len(places)) for places, _ in layer.sparse_rows]
    rows = list(zip(layer.sparse_rows, empty, strict=True))
    heard = drawing.whole("heard", [places + rest for (places, _), rest in rows])
    numbers = (Fraction(n, layer.denominator) for (_, ns), rest in rows for n in ns + rest)
    copies = drawing.node("Gather", name, heard, axis=1)
    products = drawing.node("Mul", copies, drawing.floats("weight", numbers, shape))
    total = drawing.node("ReduceSum", products, drawing.whole("axes", [2]), keepdims=0)
    return drawing.node("Add", total, drawing.floats("bias", layer.bias, (layer.width,)))


def _largest(drawing: Drawing, name: str, layer: Maximum) -> str:
    if layer.is_linear:
        chosen = drawing.whole("chosen", [group[0] for group in layer.members])
        return drawing.node("Gather", name, chosen, axis=1)
    most = max(_FEWEST, *map(len, layer.members))
    table = [[*group, *(group[:1] * (most - len(group)))] for group in layer.members]
    groups = drawing.node("Gather", name, drawing.whole("groups", table), axis=1)
    return drawing.node("ReduceMax", groups, axes=[2], keepdims=0)


def _convolution(drawing: Drawing, value: Value, layer: Convolution) -> Value:
    q, grid = layer.denominator, layer.windows
    name = drawing.picture(value, grid.input_shape)
    shape = (len(layer.filters), len(layer.filters[0]), *grid.size)
    kernel = (Fraction(n, q) for one in layer.filters for channel in one for n in channel)
    weight = drawing.floats("kernel", kernel, shape)
    biases = (Fraction(b, q) for b in layer.filter_biases)
    bias = drawing.floats("bias", biases, shape[:1])
    made = drawing.node("Conv", name, weight, bias, **_sliding(grid), group=layer.groups)
    return _picture(made, layer)


def _sliding(grid: Windows) -> dict[str, tuple[int, ...]]:
    return {
        "kernel_shape": grid.size,
        "strides": grid.stride,
        "pads": grid.padding,
        "dilations": grid.dilation,
    }


def _pool(grid: Windows) -> dict[str, tuple[int, ...]]:
    """Return the attributes of a pool, dilations only if there are: not all runtimes know them."""
    found = _sliding(grid)
    if grid.dilation == (1, 1):
        del found["dilations"]
    return found


def _mean(drawing: Drawing, value: Value, layer: AveragePool) -> Value:
    """Add a mean; with dilations, which the operator has from opset 19 on, a sum and a quotient."""
    grid = layer.windows
    name = drawing.picture(value, grid.input_shape)
    if grid.dilation == (1, 1):
        counted = int(layer.count_padding)
        made = drawing.node("AveragePool", name, **_pool(grid), count_include_pad=counted)
        return _picture(made, layer)
    size = grid.size[0] * grid.size[1]
    shape = (grid.channels, 1, *grid.size)
    ones = drawing.floats("ones", [Fraction(1)] * (grid.channels * size), shape)
    total = drawing.node("Conv", name, ones, **_sliding(grid), group=grid.channels)
    counts = [Fraction(size if layer.count_padding else len(p)) for p in grid.places]
    divisor = drawing.floats("counts", counts, (1, *layer.output_shape[1:]))
    return _picture(drawing.node("Div", total, divisor), layer)
