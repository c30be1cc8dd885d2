"""Reading checks itself: the comparison holds what is right and finds what is wrong."""

import tempfile
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl.errors import FormatError, OperatorError
from exactpwl.io import read_onnx
from exactpwl.io.onnx_reader import chain
from exactpwl.io.onnx_reader.calls import OPERATORS
from exactpwl.io.onnx_reader.evaluation import float_evaluation
from exactpwl.io.onnx_reader.gauge import Gauge
from exactpwl.io.onnx_reader.model import open_model
from onnx_models import model_of, read_model, saved

onnx = pytest.importorskip("onnx", reason="the package onnx is not installed")
from onnx.reference import ReferenceEvaluator  # noqa: E402

W = np.array([[1.0, 2.0], [3.0, -4.0]])
PAIR = {"x": (1, 2)}
DENSE = [("Gemm", "x W", "h", {}), ("Relu", "h", "r", {}), ("Gemm", "r W", "y", {})]


def test_a_wrong_operator_is_found_by_the_comparison(tmp_path, monkeypatch):
    monkeypatch.setitem(OPERATORS, "Relu", OPERATORS["Abs"])
    path = saved(model_of(DENSE, PAIR, {"W": W}), tmp_path)
    with pytest.raises(FormatError, match=r"'Relu_1': Relu: the network as read .* in 'r'"):
        read_onnx(path)
    assert read_onnx(path, check=False).comparison is None


def test_a_wrongly_assembled_chain_is_found_by_the_comparison(tmp_path, monkeypatch):
    def shuffled(forms, activations, columns):
        return dense(
            forms, activations, dict(zip(columns, reversed(columns.values()), strict=True))
        )

    dense = chain._dense
    monkeypatch.setattr(chain, "_dense", shuffled)
    path = saved(model_of(DENSE, PAIR, {"W": W}), tmp_path)
    with pytest.raises(FormatError, match="the network as read gives"):
        read_onnx(path)


@given(st.lists(st.tuples(st.floats(-9, 9, width=32), st.floats(-9, 9, width=32)), min_size=1))
def test_the_error_bound_of_a_sum_holds_in_every_order(pairs):
    gauge = Gauge(np.float32)
    weights, values = (np.array(column, np.float32) for column in zip(*pairs, strict=True))
    bound = gauge.combine(gauge.numbers(weights), gauge.numbers(values), Fraction(0)).error
    exact = sum(Fraction(w) * Fraction(x) for w, x in pairs)
    products = weights * values
    for order in (products, products[::-1], np.sort(products)):
        total = np.float32(0)
        for product in order:
            total = np.float32(total + product)
        assert abs(Fraction(float(total)) - exact) <= Fraction(bound)
    sizes = sum(abs(Fraction(w) * Fraction(x)) for w, x in pairs)
    assert Fraction(bound) <= (len(pairs) + 3) * (sizes * Fraction(1, 2**22) + Fraction(1, 2**140))


def test_what_the_package_cannot_evaluate_is_read_but_not_compared(tmp_path, monkeypatch):
    def fails(*args, **options):
        raise RuntimeError("no such operator")

    path = saved(model_of(DENSE, PAIR, {"W": W}), tmp_path)
    monkeypatch.setattr("onnx.reference.ReferenceEvaluator.run", fails)
    reading = read_onnx(path)
    assert reading.comparison is None
    words = "the package onnx cannot evaluate it, RuntimeError: no such operator"
    assert dict(reading.facts)["compared"] == f"not at all: {words}"
    with pytest.raises(FormatError, match=f"{words}; check=False reads it"):
        read_onnx(path, check=True)


def test_large_networks_are_compared_when_asked_for(tmp_path, monkeypatch):
    path = saved(model_of(DENSE, PAIR, {"W": W}), tmp_path)
    monkeypatch.setattr("exactpwl.io.onnx_reader.reading._MOST_CHECKED", 7)
    facts = dict(read_onnx(path).facts)
    assert facts["compared"].startswith("not at all: 8 weights are many; read_onnx(path, check=")
    assert read_onnx(path, check=True).comparison.points == 3
    assert dict(read_onnx(path, check=False).facts)["compared"] == "not at all: as asked for"


def test_a_shape_that_differs_is_found_by_the_comparison(tmp_path, monkeypatch):
    def cut(call):
        return [OPERATORS["Relu"](call)[0][:, :1]]

    path = saved(model_of([("Neg", "x", "n", {}), ("Abs", "n", "y", {})], PAIR), tmp_path)
    monkeypatch.setitem(OPERATORS, "Abs", cut)
    words = r"'Abs_1': Abs: as read, 'y' has the shape \[1, 1\], .* evaluation \[1, 2\]; one of"
    with pytest.raises(FormatError, match=words):
        read_onnx(path)


@st.composite
def windows(draw):
    """Draw an operator with windows and a grid of values on which they stand."""
    op_type = draw(st.sampled_from(["Conv", "AveragePool", "MaxPool"]))
    size = draw(st.tuples(st.integers(1, 2), st.integers(1, 3)))
    pads = [draw(st.integers(0, limit - 1)) for limit in (*size, *size)]
    attributes = {
        "kernel_shape": list(size),
        "strides": list(draw(st.tuples(st.integers(1, 2), st.integers(1, 3)))),
        **draw(
            st.sampled_from(
                [{"pads": pads}, {"auto_pad": "SAME_LOWER"}, {"auto_pad": "SAME_UPPER"}]
            )
        ),
    }
    if op_type == "Conv":
        attributes |= {
            "dilations": [draw(st.integers(1, 2)), 1],
            "group": draw(st.sampled_from([1, 2])),
        }
        kernel = np.arange(4 * 2 // attributes["group"] * size[0] * size[1]) - 3.0
        constants = {"K": kernel.reshape(4, 2 // attributes["group"], *size)}
        return [(op_type, "x K", "y", attributes)], constants
    attributes["ceil_mode"] = draw(st.integers(0, 1))
    if op_type == "AveragePool" and not attributes["ceil_mode"]:
        attributes["count_include_pad"] = draw(st.integers(0, 1))
    return [(op_type, "x", "y", attributes)], {}


@given(windows())
def test_windows_stand_where_those_of_onnx_stand(drawn):
    with tempfile.TemporaryDirectory() as folder:
        reading = read_model(Path(folder), drawn[0], {"x": (1, 2, 4, 5)}, drawn[1])
    assert reading.comparison.tensors == 2


@pytest.mark.parametrize("op_type", ["MaxPool", "AveragePool"])
@pytest.mark.parametrize("counted", [0, 1])
def test_poolings_are_evaluated_as_by_the_package_where_it_places_windows_right(
    op_type, counted, tmp_path
):
    attributes = {"kernel_shape": [3, 3], "strides": [2, 2], "pads": [1, 1, 1, 1]}
    if op_type == "AveragePool":
        attributes["count_include_pad"] = counted
    path = saved(model_of([(op_type, "x", "y", attributes)], {"x": (1, 1, 5, 5)}), tmp_path)
    feeds = {"x": np.arange(25, dtype=np.float32).reshape(1, 1, 5, 5) ** 2}
    found = float_evaluation(open_model(path), feeds)["y"]
    (theirs,) = ReferenceEvaluator(onnx.load(path)).run(None, feeds)
    assert np.allclose(found, theirs, rtol=1e-6, atol=0)


@st.composite
def graphs(draw):
    """Draw graphs of tensors (1, 2) in which any tensor may be used again."""
    names, nodes, constants = ["x"], [], {}
    for number in range(draw(st.integers(1, 8))):
        op_type = draw(st.sampled_from(["Gemm", "Add", "Sub", "Relu", "Abs", "Max", "Min", "Mul"]))
        count = {"Max": draw(st.integers(2, 4)), "Min": 2, "Add": 2, "Sub": 2}.get(op_type, 1)
        inputs = [draw(st.sampled_from(names)) for _ in range(count)]
        if op_type in ("Gemm", "Mul"):
            size = 4 if op_type == "Gemm" else 2
            numbers = draw(st.lists(st.integers(-3, 3), min_size=size, max_size=size))
            constants[f"c{number}"] = np.array(numbers, float).reshape(-1, 2) / 2
            inputs.append(f"c{number}")
        names.append(f"t{number}")
        nodes.append((op_type, " ".join(inputs), names[-1], {}))
    return [*nodes, ("Concat", f"{names[-1]} {names[-2]}", "y", {"axis": 1})], constants


@given(graphs())
def test_random_graphs_agree_with_their_float_evaluation(drawn):
    nodes, constants = drawn
    with tempfile.TemporaryDirectory() as folder:
        reading = read_model(Path(folder), nodes, PAIR, constants)
    assert reading.network.output_dimension == 4


FILES = sorted((Path(__file__).parents[3] / "shared" / "vnn").rglob("*.onnx*"))


@pytest.mark.skipif(not FILES, reason="the folder of verification instances is not there")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_verification_instances_agree_with_their_float_evaluation(path):
    if "quadrotor2d" in path.name:
        with pytest.raises(OperatorError, match="'/Sin': Sin: not piecewise linear"):
            read_onnx(path)
        return
    found = read_onnx(path, check=True).comparison
    assert found.points == 3
    assert found.whole.size <= found.whole.bound
