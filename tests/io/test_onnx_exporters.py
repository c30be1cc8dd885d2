"""What both of torch's exporters write of one residual module, in their names and forms.

The newer exporter names nodes by what torch calls them and keeps large tensors in a file beside the
model; the older one names them by the modules' path and numbers its inputs.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from exactpwl import Network
from exactpwl.io import read_onnx

onnx = pytest.importorskip("onnx", reason="the package onnx is not installed")

Nodes = list[tuple[str, str, str, str, dict[str, Any]]]

A = np.array([[1.0, -2.0], [0.5, 1.0], [-1.0, 1.5]], np.float32)
B = np.array([[1.0, 0.0, -0.5], [2.0, 1.0, 0.0], [0.0, -1.0, 1.0]], np.float32)
OUT = np.array([[1.0, -1.0, 2.0]], np.float32)
TENSORS = {
    "a.weight": A,
    "a.bias": np.array([0.5, 0.0, -1.0], np.float32),
    "b.weight": B,
    "b.bias": np.array([0.0, 1.0, 0.25], np.float32),
    "o.weight": OUT,
    "o.bias": np.array([0.125], np.float32),
}
GEMM = {"transB": 1, "alpha": 1.0, "beta": 1.0}

NEWER: Nodes = [
    ("node_linear", "Gemm", "x a.weight a.bias", "linear", GEMM),
    ("node_relu", "Relu", "linear", "relu", {}),
    ("node_linear_1", "Gemm", "relu b.weight b.bias", "linear_1", GEMM),
    ("node_leaky_relu", "LeakyRelu", "linear_1", "leaky_relu", {"alpha": 0.25}),
    ("node_add", "Add", "relu leaky_relu", "add", {}),
    ("node_clamp", "Clip", "add scalar_tensor_default scalar_tensor_default_1", "clamp", {}),
    ("node_linear_2", "Gemm", "clamp o.weight o.bias", "linear_2", GEMM),
]
BOUNDS = {
    "scalar_tensor_default": np.array(-1.0, np.float32),
    "scalar_tensor_default_1": np.array(2.0, np.float32),
}

OLDER: Nodes = [
    ("/a/Gemm", "Gemm", "onnx::Gemm_0 a.weight a.bias", "/a/Gemm_output_0", GEMM),
    ("/Relu", "Relu", "/a/Gemm_output_0", "/Relu_output_0", {}),
    ("/b/Gemm", "Gemm", "/Relu_output_0 b.weight b.bias", "/b/Gemm_output_0", GEMM),
    ("/LeakyRelu", "LeakyRelu", "/b/Gemm_output_0", "/LeakyRelu_output_0", {"alpha": 0.25}),
    ("/Add", "Add", "/Relu_output_0 /LeakyRelu_output_0", "/Add_output_0", {}),
    ("/Constant", "Constant", "", "/Constant_output_0", {"value": -1.0}),
    ("/Constant_1", "Constant", "", "/Constant_1_output_0", {"value": 2.0}),
    (
        "/Clip",
        "Clip",
        "/Add_output_0 /Constant_output_0 /Constant_1_output_0",
        "/Clip_output_0",
        {},
    ),
    ("/o/Gemm", "Gemm", "/Clip_output_0 o.weight o.bias", "25", GEMM),
]


def exported(nodes: Nodes, batch: Any, tensors: dict[str, Any], opset: int) -> Any:
    from onnx import TensorProto, helper, numpy_helper

    made = []
    for name, kind, heard, result, attributes in nodes:
        if kind == "Constant":
            value = np.array(attributes["value"], np.float32)
            attributes = {"value": numpy_helper.from_array(value)}
        made.append(helper.make_node(kind, heard.split(), [result], name, **attributes))
    graph = helper.make_graph(
        made,
        "main_graph",
        [helper.make_tensor_value_info(nodes[0][2].split()[0], TensorProto.FLOAT, [batch, 2])],
        [helper.make_tensor_value_info(nodes[-1][3], TensorProto.FLOAT, [batch, 1])],
        [numpy_helper.from_array(value, name) for name, value in tensors.items()],
    )
    imports = [helper.make_opsetid("", opset)]
    model = helper.make_model(graph, opset_imports=imports, producer_name="pytorch", ir_version=8)
    onnx.checker.check_model(model)
    return model


@pytest.mark.parametrize("batch", [1, "s0"])
@pytest.mark.parametrize(("exporter", "opset"), [("newer", 18), ("newer", 20), ("older", 17)])
def test_a_residual_module_comes_by_onnx(
    exporter: str, opset: int, batch: Any, tmp_path: Path
) -> None:
    path = tmp_path / "net.onnx"
    if exporter == "newer":
        model = exported(NEWER, batch, {**TENSORS, **BOUNDS}, opset)
        beside = {"location": "net.onnx.data", "size_threshold": 0}
        onnx.save(model, path, save_as_external_data=True, **beside)
        assert (tmp_path / "net.onnx.data").exists()
    else:
        onnx.save(exported(OLDER, batch, TENSORS, opset), path)
    reading = read_onnx(path, check=True)
    first, second, third, last = reading.network.layers
    assert reading.network.architecture == (
        "2 -> 3 relu -> 6 leaky_relu:1/4/linear -> 3 pwl(slopes 0, 1, 0; bends -1, 2) -> 1 linear"
    )
    assert (first.width, second.width, third.width, last.width) == (3, 6, 3, 1)
    # by hand at (1, 0): 1.5, 0.5, 0; then 1.5, 4.5, -1/16; their sums clamped: 2, 2, -1/16
    assert reading.network((1, 0)) == (0 - 2 / 16 + 1 / 8,)
    assert Network.load(path) == reading.network
