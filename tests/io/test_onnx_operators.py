"""Every operator that is read: against exact values by hand, and against onnx's own evaluation.

`read_model` compares each node with the reference evaluator at random points; the values here are
computed by hand.
"""

from fractions import Fraction

import numpy as np
import pytest

from exactpwl.io.onnx_reader.calls import OPERATORS
from onnx_models import read_model

pytest.importorskip("onnx", reason="the package onnx is not installed")

W = [[1.0, 2.0], [3.0, -4.0]]
B = [0.5, -1.0]
ints = lambda *numbers: np.array(numbers, np.int64)  # noqa: E731
PAIR = {"x": (1, 2)}
GRID = {"x": (1, 1, 2, 3)}
SIX = [1, -2, 3, -4, 5, -6]

# name: nodes, shapes, constants, options, point, value
CASES = {
    "gemm": ([("Gemm", "x W b", "y", {})], PAIR, {"W": W, "b": B}, {}, [1, 2], [7.5, -7]),
    "gemm, all attributes": (
        [("Gemm", "x W b", "y", {"alpha": 0.5, "beta": 2.0, "transA": 1, "transB": 1})],
        {"x": (2, 1)},
        {"W": W, "b": B},
        {},
        [1, 2],
        [3.5, -4.5],
    ),
    "gemm without bias": ([("Gemm", "x W", "y", {})], PAIR, {"W": W}, {}, [1, 2], [7, -6]),
    "matmul": ([("MatMul", "x W", "y", {})], PAIR, {"W": W}, {}, [1, 2], [7, -6]),
    "matmul from the left": (
        [("MatMul", "W x", "y", {})],
        {"x": (2,)},
        {"W": W},
        {},
        [1, 2],
        [5, -5],
    ),
    "matmul of stacks": (
        [("MatMul", "x W", "y", {})],
        {"x": (2, 1, 2)},
        {"W": W},
        {},
        [1, 2, 0, 1],
        [7, -6, 3, -4],
    ),
    "matmul of vectors": ([("MatMul", "x b", "y", {})], {"x": (2,)}, {"b": B}, {}, [1, 2], [-1.5]),
    "add": ([("Add", "b x", "y", {})], PAIR, {"b": B}, {}, [1, 2], [1.5, 1]),
    "add to itself": ([("Add", "x x", "y", {})], PAIR, {}, {}, [1, 2], [2, 4]),
    "sub": ([("Sub", "x b", "y", {})], PAIR, {"b": B}, {}, [1, 2], [0.5, 3]),
    "sub from a constant": ([("Sub", "b x", "y", {})], PAIR, {"b": B}, {}, [1, 2], [-0.5, -3]),
    "mul": ([("Mul", "x b", "y", {})], PAIR, {"b": B}, {}, [1, 2], [0.5, -2]),
    "mul by zero": ([("Mul", "x b", "y", {})], PAIR, {"b": [0.0, 1.0]}, {}, [1, 2], [0, 2]),
    "div": ([("Div", "x b", "y", {})], PAIR, {"b": [3.0, -0.5]}, {}, [1, 2], [Fraction(1, 3), -4]),
    "neg": ([("Neg", "x", "y", {})], PAIR, {}, {}, [1, 2], [-1, -2]),
    "sum": ([("Sum", "x b x", "y", {})], PAIR, {"b": B}, {}, [1, 2], [2.5, 3]),
    "mean": ([("Mean", "x b x", "y", {})], PAIR, {"b": B}, {}, [1, 2], [Fraction(5, 6), 1]),
    "relu": ([("Relu", "x", "y", {})], PAIR, {}, {}, [1, -2], [1, 0]),
    "leaky relu": ([("LeakyRelu", "x", "y", {"alpha": 0.25})], PAIR, {}, {}, [1, -2], [1, -0.5]),
    "leaky relu, the float 0.01": (
        [("LeakyRelu", "x", "y", {})],
        PAIR,
        {},
        {},
        [1, -1],
        [1, -Fraction(float(np.float32(0.01)))],
    ),
    "prelu": ([("PRelu", "x s", "y", {})], PAIR, {"s": [0.5, -2.0]}, {}, [-1, -2], [-0.5, 4]),
    "abs": ([("Abs", "x", "y", {})], PAIR, {}, {}, [1, -2], [1, 2]),
    "clip": ([("Clip", "x lo hi", "y", {})], PAIR, {"lo": 0.5, "hi": 1.5}, {}, [0, 2], [0.5, 1.5]),
    "clip from below": ([("Clip", "x lo", "y", {})], PAIR, {"lo": -0.5}, {}, [-2, 9], [-0.5, 9]),
    "clip from above": ([("Clip", "x - hi", "y", {})], PAIR, {"hi": -0.5}, {}, [-2, 9], [-2, -0.5]),
    "clip to infinity": (
        [("Clip", "x lo hi", "y", {})],
        PAIR,
        {"lo": 0.0, "hi": np.inf},
        {},
        [-2, 9],
        [0, 9],
    ),
    "clip to one number": (
        [("Clip", "x lo lo", "y", {})],
        PAIR,
        {"lo": 2.0},
        {},
        [-2, 9],
        [2, 2],
    ),
    "clip of opset 9": (
        [("Clip", "x", "y", {"min": -1.0, "max": 6.0})],
        PAIR,
        {},
        {"opset": 9},
        [-2, 9],
        [-1, 6],
    ),
    "max with a constant": ([("Max", "x b", "y", {})], PAIR, {"b": B}, {}, [0, 2], [0.5, 2]),
    "max of one": ([("Max", "x", "y", {})], PAIR, {}, {}, [0, 2], [0, 2]),
    "max of two": (
        [("Neg", "x", "n", {}), ("Max", "x n", "y", {})],
        PAIR,
        {},
        {},
        [-3, 2],
        [3, 2],
    ),
    "max of three and two constants": (
        [("Neg", "x", "n", {}), ("Add", "x b", "p", {}), ("Max", "x n p b c", "y", {})],
        PAIR,
        {"b": B, "c": [0.0, 4.0]},
        {},
        [-3, 3],
        [3, 4],
    ),
    "min of two": (
        [("Neg", "x", "n", {}), ("Min", "x n", "y", {})],
        PAIR,
        {},
        {},
        [-3, 2],
        [-3, -2],
    ),
    "min of three": (
        [("Neg", "x", "n", {}), ("Add", "x b", "p", {}), ("Min", "x n p", "y", {})],
        PAIR,
        {"b": B},
        {},
        [-3, 2],
        [-3, -2],
    ),
    "reduce max": (
        [("ReduceMax", "x", "y", {"axes": [1], "keepdims": 0})],
        {"x": (2, 3)},
        {},
        {"opset": 13},
        SIX,
        [3, 5],
    ),
    "reduce min": ([("ReduceMin", "x", "y", {})], {"x": (2, 3)}, {}, {"opset": 13}, SIX, [-6]),
    "reduce sum": (
        [("ReduceSum", "x a", "y", {})],
        {"x": (2, 3)},
        {"a": ints(1)},
        {},
        SIX,
        [2, -5],
    ),
    "reduce sum of opset 11": (
        [("ReduceSum", "x", "y", {"axes": [-2], "keepdims": 0})],
        {"x": (2, 3)},
        {},
        {"opset": 11},
        SIX,
        [-3, 3, -3],
    ),
    "reduce mean": (
        [("ReduceMean", "x", "y", {"axes": [0, 1], "keepdims": 0})],
        {"x": (2, 3)},
        {},
        {"opset": 13},
        SIX,
        [Fraction(-1, 2)],
    ),
    "reduce mean of opset 18": (
        [("ReduceMean", "x a", "y", {})],
        {"x": (2, 3)},
        {"a": ints(1)},
        {"opset": 18},
        SIX,
        [Fraction(2, 3), Fraction(-5, 3)],
    ),
    "flatten": (
        [("Flatten", "x", "f", {"axis": 2}), ("MatMul", "f W", "y", {})],
        {"x": (1, 2, 2)},
        {"W": W},
        {},
        [1, 2, 0, 1],
        [7, -6, 3, -4],
    ),
    "reshape": (
        [("Reshape", "x s", "r", {}), ("MatMul", "r W", "y", {})],
        {"x": (1, 4)},
        {"W": W, "s": ints(-1, 2)},
        {},
        [1, 2, 0, 1],
        [7, -6, 3, -4],
    ),
    "reshape that keeps a size": (
        [("Reshape", "x s", "r", {}), ("MatMul", "r W", "y", {})],
        {"x": (2, 1, 2)},
        {"W": W, "s": ints(0, -1)},
        {},
        [1, 2, 0, 1],
        [7, -6, 3, -4],
    ),
    "reshape as torch prints it": (
        [
            ("Shape", "x", "s", {}),
            ("Gather", "s zero", "n", {"axis": 0}),
            ("Unsqueeze", "n zeros", "u", {}),
            ("Concat", "u minus", "shape", {"axis": 0}),
            ("Reshape", "x shape", "y", {}),
        ],
        {"x": ("batch", 2, 2)},
        {"zero": np.array(0, np.int64), "zeros": ints(0), "minus": ints(-1)},
        {},
        [1, 2, 3, 4],
        [1, 2, 3, 4],
    ),
    "transpose": ([("Transpose", "x", "y", {})], {"x": (2, 3)}, {}, {}, SIX, [1, -4, -2, 5, 3, -6]),
    "transpose by a permutation": (
        [("Transpose", "x", "y", {"perm": [0, 2, 1]})],
        {"x": (1, 2, 3)},
        {},
        {},
        SIX,
        [1, -4, -2, 5, 3, -6],
    ),
    "squeeze": (
        [("Squeeze", "x a", "s", {}), ("MatMul", "s b", "y", {})],
        {"x": (1, 2, 1)},
        {"a": ints(0, 2), "b": B},
        {},
        [1, 2],
        [-1.5],
    ),
    "squeeze of opset 11": (
        [("Squeeze", "x", "s", {"axes": [0]}), ("MatMul", "s b", "y", {})],
        PAIR,
        {"b": B},
        {"opset": 11},
        [1, 2],
        [-1.5],
    ),
    "unsqueeze": (
        [("Unsqueeze", "x a", "u", {}), ("MatMul", "W u", "y", {})],
        {"x": (2,)},
        {"W": W, "a": ints(1)},
        {},
        [1, 2],
        [5, -5],
    ),
    "identity": ([("Identity", "x", "y", {})], PAIR, {}, {}, [1, 2], [1, 2]),
    "dropout": (
        [("Dropout", "x", "d mask", {}), ("Neg", "d", "y", {})],
        PAIR,
        {},
        {},
        [1, 2],
        [-1, -2],
    ),
    "constant": (
        [("Constant", "", "c", {"value_floats": [0.5, 2.0]}), ("Add", "x c", "y", {})],
        PAIR,
        {},
        {},
        [1, 2],
        [1.5, 4],
    ),
    "concat": (
        [("Relu", "x", "r", {}), ("Concat", "x r b", "y", {"axis": 1})],
        PAIR,
        {"b": [B]},
        {},
        [1, -2],
        [1, -2, 1, 0, 0.5, -1],
    ),
    "split": (
        [
            ("Split", "x s", "p q", {"axis": 1}),
            ("Neg", "p", "n", {}),
            ("Concat", "q n", "y", {"axis": 1}),
        ],
        {"x": (1, 3)},
        {"s": ints(1, 2)},
        {},
        [1, 2, 3],
        [2, 3, -1],
    ),
    "split of opset 11": (
        [("Split", "x", "p q", {"axis": 1, "split": [2, 1]}), ("Concat", "q p", "y", {"axis": 1})],
        {"x": (1, 3)},
        {},
        {"opset": 11},
        [1, 2, 3],
        [3, 1, 2],
    ),
    "split of opset 18": (
        [("Split", "x", "p q", {"axis": 1, "num_outputs": 2}), ("Concat", "q p", "y", {"axis": 1})],
        {"x": (1, 3)},
        {},
        {"opset": 18},
        [1, 2, 3],
        [3, 1, 2],
    ),
    "slice": (
        [("Slice", "x from to axes steps", "y", {})],
        {"x": (2, 3)},
        {"from": ints(-1), "to": ints(-(2**62)), "axes": ints(1), "steps": ints(-2)},
        {},
        SIX,
        [3, 1, -6, -4],
    ),
    "slice of opset 9": (
        [("Slice", "x", "y", {"starts": [0, 1], "ends": [1, 9]})],
        {"x": (2, 3)},
        {},
        {"opset": 9},
        SIX,
        [-2, 3],
    ),
    "pad": (
        [("Pad", "x p v", "y", {})],
        PAIR,
        {"p": ints(0, 1, 0, 0), "v": 7.0},
        {},
        [1, 2],
        [7, 1, 2],
    ),
    "pad of opset 9": (
        [("Pad", "x", "y", {"pads": [0, 0, 0, 2], "value": 0.5})],
        PAIR,
        {},
        {"opset": 9},
        [1, 2],
        [1, 2, 0.5, 0.5],
    ),
    "pad by reflection": (
        [("Pad", "x p", "y", {"mode": "reflect"})],
        {"x": (1, 3)},
        {"p": ints(0, 2, 0, 1)},
        {},
        [1, 2, 3],
        [3, 2, 1, 2, 3, 2],
    ),
    "gather": (
        [("Gather", "x i", "y", {"axis": 1})],
        PAIR,
        {"i": ints(1, -2, 1)},
        {},
        [1, 2],
        [2, 1, 2],
    ),
    "expand": ([("Expand", "x s", "y", {})], PAIR, {"s": ints(2, 2)}, {}, [1, 2], [1, 2, 1, 2]),
    "cast": ([("Cast", "x", "y", {"to": 11})], PAIR, {}, {}, [1, 2], [1, 2]),
    "constant of shape": (
        [("Shape", "x", "s", {}), ("ConstantOfShape", "s", "c", {}), ("Max", "x c", "y", {})],
        PAIR,
        {},
        {},
        [-1, 2],
        [0, 2],
    ),
    "where, equal": (
        [("Equal", "i j", "c", {}), ("Where", "c x b", "y", {})],
        PAIR,
        {"i": ints(0, 1), "j": ints(1, 1), "b": B},
        {},
        [3, 2],
        [0.5, 2],
    ),
    "arithmetic of sizes": (
        [
            ("Shape", "x", "s", {}),
            ("Div", "s two", "h", {}),
            ("Mul", "h two", "m", {}),
            ("Reshape", "x m", "y", {}),
        ],
        {"x": (2, 2)},
        {"two": ints(2)},
        {},
        [1, 2, 3, 4],
        [1, 2, 3, 4],
    ),
    "convolution": (
        [("Conv", "x K b", "y", {})],
        GRID,
        {"K": [[[[1.0, 2.0]]]], "b": [0.5]},
        {},
        SIX,
        [-2.5, 4.5, 6.5, -6.5],
    ),
    "convolution, all attributes": (
        [("Conv", "x K", "y", {"strides": [1, 2], "pads": [1, 0, 0, 1], "dilations": [2, 1]})],
        GRID,
        {"K": [[[[1.0], [10.0]]]]},
        {},
        SIX,
        [-40, -60],
    ),
    "convolution in groups": (
        [("Conv", "x K", "y", {"group": 2})],
        {"x": (1, 2, 1, 2)},
        {"K": [[[[1.0, 1.0]]], [[[1.0, -1.0]]]]},
        {},
        [1, 2, 3, 4],
        [3, -1],
    ),
    "convolution of the same size": (
        [("Conv", "x K", "y", {"auto_pad": "SAME_UPPER"})],
        GRID,
        {"K": [[[[1.0, 2.0]]]]},
        {},
        SIX,
        [-3, 4, 3, 6, -7, -6],
    ),
    "convolution in one dimension": (
        [("Conv", "x K", "y", {"strides": [2]})],
        {"x": (1, 1, 4)},
        {"K": [[[1.0, -1.0]]]},
        {},
        [1, 2, 5, 3],
        [-1, 2],
    ),
    "average pool": (
        [("AveragePool", "x", "y", {"kernel_shape": [2, 2]})],
        GRID,
        {},
        {},
        SIX,
        [0, 0],
    ),
    "average pool with padding": (
        [("AveragePool", "x", "y", {"kernel_shape": [1, 2], "pads": [0, 1, 0, 0]})],
        {"x": (1, 1, 1, 2)},
        {},
        {},
        [1, 4],
        [1, 2.5],
    ),
    "average pool that counts padding": (
        [
            (
                "AveragePool",
                "x",
                "y",
                {"kernel_shape": [1, 2], "pads": [0, 1, 0, 0], "count_include_pad": 1},
            )
        ],
        {"x": (1, 1, 1, 2)},
        {},
        {},
        [1, 4],
        [0.5, 2.5],
    ),
    "global average pool": (
        [("GlobalAveragePool", "x", "y", {})],
        GRID,
        {},
        {},
        SIX,
        [Fraction(-1, 2)],
    ),
    "max pool": (
        [("MaxPool", "x", "y", {"kernel_shape": [2, 2]})],
        GRID,
        {},
        {},
        SIX,
        [5, 5],
    ),
    "max pool that rounds up": (
        [("MaxPool", "x", "y", {"kernel_shape": [1, 2], "strides": [1, 2], "ceil_mode": 1})],
        GRID,
        {},
        {},
        SIX,
        [1, 3, 5, -6],
    ),
    "global max pool": ([("GlobalMaxPool", "x", "y", {})], GRID, {}, {}, SIX, [5]),
    "batch normalisation": (
        [("BatchNormalization", "x s b m v", "y", {"epsilon": 0.25})],
        PAIR,
        {"s": [2.0, 1.0], "b": [1.0, 0.0], "m": [0.0, 5.0], "v": [0.0, 3.75]},
        {},
        [1, 2],
        [5, Fraction(-3, 2)],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_an_operator_has_the_exact_value(name, tmp_path):
    nodes, shapes, constants, options, point, value = CASES[name]
    reading = read_model(tmp_path, nodes, shapes, constants, **options)
    assert list(reading.network(point)) == [Fraction(v) for v in value]


def test_every_operator_that_is_read_is_tested():
    tested = {node[0] for nodes, *_ in CASES.values() for node in nodes}
    assert tested == set(OPERATORS)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_each_stored_float_is_the_dyadic_rational_that_it_is(dtype, tmp_path):
    nodes = [("Mul", "x w", "y", {})]
    reading = read_model(tmp_path, nodes, {"x": (1, 1)}, {"w": [0.1]}, dtype=dtype)
    assert reading.network((1,)) == (Fraction(float(dtype(0.1))),)
