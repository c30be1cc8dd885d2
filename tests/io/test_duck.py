"""Stacks from torch and scikit-learn: stand-ins everywhere, and the real ones where installed."""

import re
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from exactpwl import Convolution, MaxPool, Network
from exactpwl.errors import FormatError, NetworkError
from exactpwl.io import (
    network_from_sklearn,
    network_from_torch,
)

F = Fraction


class Tensor:
    """What a torch tensor shows: it is detached, brought to the processor and listed."""

    def __init__(self, values: Any) -> None:
        self.values = np.asarray(values, dtype=np.float32)

    def detach(self) -> "Tensor":
        return self

    def cpu(self) -> "Tensor":
        return self

    def tolist(self) -> Any:
        return self.values.tolist()


def fake(name: str, **attributes: Any) -> Any:
    """An object whose class has this name and a ``forward`` of its own, as torch's classes have."""
    made = type(name, (), {"forward": lambda self, x: x})()
    made.training = False
    for key, value in attributes.items():
        setattr(made, key, value)
    return made


class Sequential:
    training = False

    def __init__(self, *parts: Any) -> None:
        self.parts = parts

    def __iter__(self) -> Any:
        return iter(self.parts)

    def forward(self, x: Any) -> Any:
        return x


def linear(weight: Any, bias: Any = None) -> Any:
    return fake("Linear", weight=Tensor(weight), bias=None if bias is None else Tensor(bias))


def test_a_stack() -> None:
    module = Sequential(
        linear([[1, 2], [3, 4]], [0.5, -1]),
        fake("ReLU"),
        Sequential(fake("Dropout", p=0.5), linear([[1, -1]]), fake("Identity")),
    )
    net = network_from_torch(module)
    assert net == Network([([[1, 2], [3, 4]], [0.5, -1], "relu"), ([[1, -1]], [0], "linear")])
    assert Network.from_torch(module) == net


def test_a_float_is_the_dyadic_rational_that_it_stores() -> None:
    net = network_from_torch(linear([[0.1]]))
    assert net.layers[0].weight == ((F(13421773, 134217728),),)
    assert repr(net) == "<Network 1 -> 1 linear>"


@pytest.mark.parametrize(
    ("module", "activation"),
    [
        (fake("ReLU"), "relu"),
        (fake("LeakyReLU", negative_slope=0.25), "leaky_relu:1/4"),
        (fake("LeakyReLU", negative_slope=0.01), f"leaky_relu:{F(0.01)}"),
        (fake("PReLU", weight=Tensor([0.5])), "leaky_relu:1/2"),
        (fake("PReLU", weight=Tensor([0.5, -1])), ["leaky_relu:1/2", "abs"]),
        (fake("Hardtanh", min_val=-1.0, max_val=1.0), "hard_tanh"),
        (fake("ReLU6", min_val=0.0, max_val=6.0), "relu6"),
        (
            fake("Hardtanh", min_val=1, max_val=3),
            {"breakpoints": ["1", "3"], "slopes": ["0", "1", "0"], "value_at_zero": "1"},
        ),
    ],
)
def test_activations(module: Any, activation: Any) -> None:
    net = network_from_torch(Sequential(linear([[1], [2]]), module, linear([[1, 1]])))
    assert net.layers[0].activation_spec == activation


def test_a_clamp_away_from_zero() -> None:
    net = network_from_torch(Sequential(linear([[1]]), fake("Hardtanh", min_val=1, max_val=3)))
    assert [net((z,)) for z in (-5, 0, 1, 2, 3, 4)] == [(1,), (1,), (1,), (2,), (3,), (3,)]


def test_an_activation_without_a_dense_layer_before_it_gets_the_identity() -> None:
    relu = fake("ReLU")
    lower = fake("Hardtanh", min_val=-1, max_val=1)
    net = network_from_torch(Sequential(relu, linear([[1, -1]]), lower, relu))
    assert repr(net) == "<Network 2 -> 2 relu -> 1 hard_tanh -> 1 relu>"
    assert [net(x) for x in [(5, -5), (F(1, 2), 0), (0, 1)]] == [(1,), (F(1, 2),), (0,)]


def test_linear_layers_in_a_row() -> None:
    net = network_from_torch(Sequential(linear([[1], [2]]), linear([[1, 1]], [1])))
    assert repr(net) == "<Network 1 -> 2 linear -> 1 linear>"


def test_a_subclass_that_keeps_the_forward() -> None:
    class Model(Sequential):
        pass

    assert network_from_torch(Model(linear([[2]]))) == Network([([[2]], [0], "linear")])


def test_a_subclass_with_a_forward_of_its_own_is_refused() -> None:
    class Model(Sequential):
        def forward(self, x: Any) -> Any:
            return -x

    with pytest.raises(NetworkError, match="got Model; of a module with a forward of its own"):
        network_from_torch(Model(linear([[2]])))


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ([], "module: at least one Linear or Conv2d is required, got none"),
        ([fake("ReLU")], "module: at least one Linear or Conv2d is required, got none"),
        (
            [linear([[1]]), fake("Tanh")],
            "module[1]: Tanh is not piecewise linear; if it is the last step of a classifier, "
            "take the scores that enter it: Network.from_torch(module[:-1])",
        ),
        (
            [linear([[1]]), fake("BatchNorm1d")],
            "module[1]: one of Sequential, Linear, Conv2d, AvgPool2d, MaxPool2d, Flatten, "
            "Unflatten, ReLU, ReLU6, LeakyReLU, PReLU, Hardtanh, Identity, Dropout is required, "
            "got BatchNorm1d",
        ),
        ([Sequential(linear([[1]]), fake("Conv1d"))], "module[0][1]: one of Sequential, Linear"),
        (
            [linear([[1]]), fake("Dropout", training=True)],
            "module[1]: a Dropout in training mode is random; call eval() on the module first",
        ),
        (
            [fake("ReLU", _forward_hooks={0: print}), linear([[1]])],
            "module[0]: a ReLU without forward hooks is required",
        ),
        (
            [fake("ReLU", _forward_pre_hooks={0: print}), linear([[1]])],
            "module[0]: a ReLU without forward hooks is required",
        ),
        (
            [fake("ReLU", forward=abs), linear([[1]])],
            "is required, got ReLU; of a module with a forward of its own, a residual one for "
            "instance, pass the Sequential inside it, or go by ONNX: torch.onnx.export(",
        ),
        (
            [linear([[1], [2], [3]]), fake("PReLU", weight=Tensor([1, 2]))],
            "module[1], PReLU: 1 or 3 slopes are required, got 2",
        ),
        (
            [linear([[1]]), fake("LeakyReLU", negative_slope=float("nan"))],
            "module[1], LeakyReLU: a finite rational number is required, got nan",
        ),
        (
            [linear([[1]]), fake("Hardtanh", min_val=1, max_val=1)],
            "module[1], Hardtanh: breakpoints must increase strictly, got 1, 1",
        ),
        (
            [fake("Linear", weight=lambda: None, bias=None)],
            "module[0]: weight must be an array, not a method (a quantized layer?)",
        ),
        (
            [fake("Linear", weight=Tensor(3), bias=None)],
            "module[0]: a weight of shape (outputs, inputs) is required",
        ),
        (
            [linear([[1]]), fake("ReLU"), linear([[np.inf]])],
            "layer 1, row 0, entry 0: a finite rational number is required, got inf",
        ),
        ([linear([[1]]), linear([[1, 2]])], "layer 1: rows of 1 weights are required"),
    ],
)
def test_messages_about_modules(parts: list[Any], message: str) -> None:
    with pytest.raises(NetworkError, match=re.escape(message)):
        network_from_torch(Sequential(*parts))


def conv(kernel: Any, bias: Any = None, **attributes: Any) -> Any:
    usual = {"stride": (1, 1), "padding": (0, 0), "dilation": (1, 1), "groups": 1}
    arrays = {"weight": Tensor(kernel), "bias": None if bias is None else Tensor(bias)}
    return fake("Conv2d", **{**usual, **arrays, **attributes})


def pool(name: str, size: Any, **attributes: Any) -> Any:
    usual = {"kernel_size": size, "stride": size, "padding": 0, "ceil_mode": False}
    own = {"dilation": 1} if name == "MaxPool2d" else {"count_include_pad": True}
    return fake(name, **{**usual, **own, **attributes})


FLATTEN = fake("Flatten", start_dim=1, end_dim=-1)


def test_a_stack_of_pictures() -> None:
    kernel = [[[[1, -1], [0.5, 2]]], [[[0, 1], [1, 0]]]]
    module = Sequential(
        conv(kernel, [1, 0]),
        fake("ReLU"),
        pool("MaxPool2d", 2),
        FLATTEN,
        linear([[1, -1]]),
    )
    net = Network.from_torch(module, (1, 3, 3))
    filtered = Convolution(kernel, [1, 0], input_shape=(1, 3, 3))
    assert net == Network([filtered, MaxPool((2, 2, 2), 2), ([[1, -1]], [0], "linear")])
    before = fake("Unflatten", dim=1, unflattened_size=(1, 3, 3))
    assert net == Network.from_torch(Sequential(before, module))


def test_an_activation_after_a_pool_is_a_convolution_by_one() -> None:
    prelu = fake("PReLU", weight=Tensor([0.5, -1]))
    net = network_from_torch(Sequential(pool("AvgPool2d", (1, 2)), prelu), (2, 1, 2))
    assert [str(a) for a in net.layers[1].activations] == ["leaky_relu:1/2", "abs"]
    assert net((-1, -3, -1, -3)) == (-1, 2)


def test_paddings_of_torch() -> None:
    ones = [[[[1, 1], [1, 1]]]]
    assert network_from_torch(conv(ones, padding="same"), (1, 2, 2))((1, 2, 3, 4)) == (10, 6, 7, 4)
    assert network_from_torch(conv(ones, padding="valid"), (1, 2, 2))((1, 2, 3, 4)) == (10,)
    padded = network_from_torch(pool("AvgPool2d", 2, padding=1), (1, 2, 2))
    assert padded((4, 8, 12, 16)) == (1, 2, 3, 4)
    alone = pool("AvgPool2d", 2, padding=1, count_include_pad=False)
    assert network_from_torch(alone, (1, 2, 2))((4, 8, 12, 16)) == (4, 8, 12, 16)


@pytest.mark.parametrize(
    ("module", "message"),
    [
        (conv([[[[1]]]], padding_mode="reflect"), "module, Conv2d: the padding mode zeros"),
        (conv([[[[1, 1, 1, 1]]]]), "module, Conv2d: a window of 1 x 4 with dilation 1, 1 does not"),
        (conv([[[[1]], [[1]]]]), "module, Conv2d: a kernel of 1 filters for 2 channels each"),
        (pool("MaxPool2d", 2, return_indices=True), "a pool without return_indices is required"),
        (pool("MaxPool2d", 2, ceil_mode=True), "module, MaxPool2d: ceil_mode makes a window"),
        (pool("AvgPool2d", 2, divisor_override=3), "a mean without divisor_override is required"),
        (Sequential(linear([[1] * 9])), "module[0], Linear: a Flatten is required between"),
        (
            Sequential(pool("MaxPool2d", 3), fake("Flatten", start_dim=2, end_dim=-1)),
            "module[1], Flatten: a Flatten of everything but the batch is required",
        ),
    ],
)
def test_messages_about_pictures(module: Any, message: str) -> None:
    with pytest.raises(NetworkError, match=re.escape(message)):
        network_from_torch(module, (1, 3, 3))


def test_a_convolution_needs_the_shape_of_the_picture() -> None:
    with pytest.raises(NetworkError, match=r"module, Conv2d: a picture is required: pass input_sh"):
        network_from_torch(conv([[[[1]]]]))


def test_what_is_no_module_is_refused() -> None:
    with pytest.raises(NetworkError, match=r"module: one of Sequential, Linear, .* got int;"):
        network_from_torch(3)


def test_torch_itself() -> None:
    torch = pytest.importorskip("torch", reason="torch is not installed")
    nn = torch.nn
    torch.manual_seed(1)
    module = nn.Sequential(
        nn.Linear(2, 3),
        nn.PReLU(3),
        nn.Sequential(nn.Linear(3, 3), nn.ReLU6(), nn.Dropout(0.5), nn.Linear(3, 2)),
        nn.LeakyReLU(0.25),
        nn.Linear(2, 1, bias=False),
        nn.Hardtanh(-2, 3),
    ).eval()
    net = Network.from_torch(module)
    assert net.architecture.startswith("2 -> 3 leaky_relu:1/4 -> 3 relu6 -> 2 leaky_relu:1/4")
    points = torch.randn(20, 2)
    for x, y in zip(points.tolist(), module(points).tolist(), strict=True):
        assert float(net(x)[0]) == pytest.approx(y[0], abs=1e-5)


def test_torch_itself_is_compared_with_the_network(monkeypatch) -> None:
    torch = pytest.importorskip("torch", reason="torch is not installed")
    nn = torch.nn
    module = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 3), nn.Linear(3, 1)).eval()
    monkeypatch.setattr(nn.ReLU, "__call__", lambda self, x: x.abs())
    with pytest.raises(FormatError, match=r"module: step 0, neuron \d: the network as read gives"):
        Network.from_torch(module)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("exporter", ["new", "old"])
def test_torch_itself_by_way_of_onnx(exporter, tmp_path) -> None:
    torch = pytest.importorskip("torch", reason="torch is not installed")
    pytest.importorskip("onnx", reason="the package onnx is not installed")
    pytest.importorskip("onnxscript", reason="torch's newer exporter needs onnxscript")

    class Residual(torch.nn.Module):  # type: ignore[name-defined, misc]
        def __init__(self) -> None:
            super().__init__()
            self.first, self.second = torch.nn.Linear(4, 4), torch.nn.Linear(4, 4)

        def forward(self, x: Any) -> Any:
            return x + self.second(torch.relu(self.first(x)))

    module = Residual().eval()
    with pytest.raises(NetworkError, match=r"got Residual; .* torch\.onnx\.export\(module\.eval"):
        Network.from_torch(module)
    path = str(tmp_path / "net.onnx")
    torch.onnx.export(module, (torch.zeros(1, 4),), path, dynamo=exporter == "new")
    network = Network.load(path)
    for point in torch.randn(5, 4):
        values = module(point[None])[0].tolist()
        assert [float(y) for y in network(point.tolist())] == pytest.approx(values, abs=1e-5)


def estimator(**changes: Any) -> Any:
    attributes = {
        "activation": "relu",
        "coefs_": [np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.array([[1.0], [0.5], [-1.0]])],
        "intercepts_": [np.array([0.0, 1.0, 2.0]), np.array([-1.0])],
        "out_activation_": "logistic",
        **changes,
    }
    kept = {key: value for key, value in attributes.items() if value is not None}
    return type("MLPClassifier", (SimpleNamespace,), {})(**kept)


@pytest.mark.parametrize("activation", ["relu", "identity"])
@pytest.mark.parametrize("last", ["identity", "logistic", "softmax"])
def test_the_scores_of_a_stack(activation: str, last: str) -> None:
    net = network_from_sklearn(estimator(activation=activation, out_activation_=last))
    assert net == Network(
        [
            ([[1, 4], [2, 5], [3, 6]], [0, 1, 2], activation),
            ([[1, "1/2", -1]], [-1], "linear"),
        ]
    )
    assert Network.from_sklearn(estimator(activation=activation)) == net


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (object(), "an MLPClassifier or MLPRegressor is required, got object"),
        (
            estimator(coefs_=None),
            "MLPClassifier: coefs_ and intercepts_ are required; call fit first",
        ),
        (
            estimator(activation="tanh"),
            "MLPClassifier: the activation 'relu' or 'identity' is required, got 'tanh', which "
            "is not piecewise linear",
        ),
        (estimator(activation="logistic"), "got 'logistic', which is not piecewise linear"),
        (
            estimator(out_activation_="cosine"),
            "the output identity, logistic or softmax is required, got 'cosine'",
        ),
        (
            estimator(intercepts_=[np.array([0, np.nan, 0]), np.array([0])]),
            "layer 0, bias, entry 1: a finite rational number is required, got nan",
        ),
    ],
)
def test_messages_about_estimators(made: Any, message: str) -> None:
    with pytest.raises(NetworkError, match=re.escape(message)):
        network_from_sklearn(made)


def test_sklearn_itself() -> None:
    neural = pytest.importorskip("sklearn.neural_network", reason="scikit-learn is not installed")
    x = np.random.default_rng(1).normal(size=(60, 2))
    classes = (x[:, 0] > 0) + 2 * (x[:, 1] > 0)
    settings = {"hidden_layer_sizes": (4, 3), "tol": 1e3, "random_state": 1}
    regressor = neural.MLPRegressor(**settings).fit(x, x[:, 0] * x[:, 1])
    net = Network.from_sklearn(regressor)
    assert net.architecture == "2 -> 4 relu -> 3 relu -> 1 linear"
    for point, value in zip(x, regressor.predict(x), strict=True):
        assert float(net(point)[0]) == pytest.approx(value)
    classifier = neural.MLPClassifier(**settings).fit(x, classes)
    scores = [Network.from_sklearn(classifier)(point) for point in x]
    assert [s.index(max(s)) for s in scores] == classifier.predict(x).tolist()


class Fitted:
    """A fitted estimator that predicts, as scikit-learn's do."""

    activation = "relu"
    out_activation_ = "identity"
    coefs_ = (np.array([[1.0, -1.0]]), np.array([[2.0], [1.0]]))
    intercepts_ = (np.array([0.0, 0.0]), np.array([0.5]))

    def predict(self, x: Any) -> Any:
        hidden = np.maximum(x @ self.coefs_[0], 0)
        return (hidden @ self.coefs_[1] + self.intercepts_[1]).ravel()


class Classifying(Fitted):
    out_activation_ = "logistic"
    classes_ = np.array(["low", "high"])

    def predict(self, x: Any) -> Any:
        return self.classes_[(super().predict(x) > 0).astype(int)]


def test_estimators_are_compared_with_their_predictions() -> None:
    network = Network.from_sklearn(Fitted())
    assert network((3,)) == (F(13, 2),)
    assert Network.from_sklearn(Classifying()) == network


class Drifted(Fitted):
    def predict(self, x: Any) -> Any:
        return super().predict(x) + 1e-9


class Swapped(Classifying):
    def predict(self, x: Any) -> Any:
        return np.array(["low"])


@pytest.mark.parametrize("kind", [Drifted, Swapped])
def test_estimators_that_predict_something_else_are_refused(kind: Any) -> None:
    with pytest.raises(FormatError, match=kind.__name__):
        Network.from_sklearn(kind())


def test_torch_itself_on_pictures() -> None:
    torch = pytest.importorskip("torch", reason="torch is not installed")
    nn = torch.nn
    torch.manual_seed(1)
    module = nn.Sequential(
        nn.Conv2d(2, 4, (3, 2), stride=(1, 2), padding=(1, 0), groups=2),
        nn.ReLU(),
        nn.Conv2d(4, 3, 2, padding="same", dilation=2),
        nn.MaxPool2d(2, stride=1, padding=1),
        nn.AvgPool2d(2, padding=1, count_include_pad=False),
        nn.Flatten(),
        nn.LazyLinear(2),
    ).eval()
    pictures = torch.randn(5, 2, 6, 7)
    expected = module(pictures).tolist()
    net = Network.from_torch(module, (2, 6, 7))
    for picture, values in zip(pictures, expected, strict=True):
        found = net(picture.flatten().tolist())
        assert [float(v) for v in found] == pytest.approx(values, abs=1e-5)
