"""Networks from torch and scikit-learn objects, without importing either.

A plain stack of layers is a few arrays in a known order, so it is enough to know the classes by
name and to read their attributes (those on grids in `exactpwl.io.duck_grids`); neither library has
to be installed where the other is used, and nothing here can break when they are upgraded but an
attribute's name.  A class with a known name and a ``forward`` of its own is not the known class and
is refused, as is everything that is not piecewise linear: a network taken over silently wrong would
be worse than none.

Each float is taken as the dyadic rational that it stores: a float32 weight is that float32, and
torch's ``negative_slope=0.01`` is the double 0.01, not 1/100.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from math import prod
from typing import Any, NamedTuple

from exactpwl.activation import IDENTITY, RELU, Activation
from exactpwl.convolution import Convolution
from exactpwl.errors import NetworkError
from exactpwl.io.duck_checks import check_sklearn, check_torch
from exactpwl.io.duck_grids import (
    Shape,
    average_pool,
    convolution,
    elementwise,
    max_pool,
    unflattened,
)
from exactpwl.network import Network
from exactpwl.pooling import AveragePool, MaxPool
from exactpwl.rationals import as_fraction
from exactpwl.windows import whole_numbers

__all__ = ["network_from_sklearn", "network_from_torch"]

_ACTIVATIONS = ("ReLU", "ReLU6", "LeakyReLU", "PReLU", "Hardtanh")
_IDENTITIES = ("Identity", "Dropout")
_GRIDS = ("Conv2d", "AvgPool2d", "MaxPool2d")
_SHAPES = ("Flatten", "Unflatten")
_KNOWN = ("Sequential", "Linear", *_GRIDS, *_SHAPES, *_ACTIVATIONS, *_IDENTITIES)

_SMOOTH = """
Sigmoid Tanh Softmax LogSoftmax LogSigmoid Softmin GELU ELU SELU CELU SiLU Mish Softplus Softsign
Tanhshrink Hardswish GLU LayerNorm GroupNorm InstanceNorm1d InstanceNorm2d RMSNorm
"""

_BY_ONNX = (
    "pass the Sequential inside it, or go by ONNX: torch.onnx.export(module.eval(), "
    "(torch.zeros(1, INPUTS),), 'net.onnx'), then Network.load('net.onnx')"
)

_Dense = tuple[Sequence[Any], Sequence[Any]]


class _Part(NamedTuple):
    """A module of the stack, its known class and its place in words."""

    place: str
    kind: str
    module: Any


def network_from_torch(module: Any, input_shape: Any = None) -> Network:
    """Take over a plain stack of layers from torch, float by float, exactly.

    Parameters
    ----------
    module : torch.nn.Module
        A ``Linear``, or a ``Sequential``, also nested, of ``Linear``, ``Conv2d``, ``AvgPool2d``,
        ``MaxPool2d``, ``Flatten``, ``Unflatten``, ``ReLU``, ``ReLU6``, ``LeakyReLU``, ``PReLU``,
        ``Hardtanh``, ``Identity`` and, in evaluation mode, ``Dropout``.  A subclass of these is
        taken where it keeps their ``forward``.
    input_shape : (channels, height, width), optional
        Of what enters; required where a convolution or a pool comes before any ``Unflatten``.

    Returns
    -------
    Network
        A function of the vector that enters; a picture channel by channel and row by row.

    Raises
    ------
    NetworkError
        If the module holds anything else, hooks, no layer with weights, shapes that do not fit,
        or numbers that are not finite.  A module with a ``forward`` of its own comes by ONNX:
        ``torch.onnx.export``, then `Network.load`.
    FormatError
        If a real module computes other values, beyond rounding, after one of its layers.
    """
    parts = [part for part in _walk(module, "module") if part.kind not in _IDENTITIES]
    dense = [_dense(part) for part in parts if part.kind == "Linear"]
    if not dense and not any(part.kind in _GRIDS for part in parts):
        raise NetworkError("module: at least one Linear or Conv2d is required, got none")
    stack = _Stack(dense, input_shape)
    entering = stack.shape or (stack.width,)
    marks = []
    for part in parts:
        try:
            stack.add(part)
        except NetworkError as error:
            if str(error).startswith(part.place):
                raise
            raise NetworkError(f"{part.place}, {part.kind}: {error}") from None
        marks.append(0 if stack.waiting else len(stack.layers))
    network = Network(stack.finished())
    marks[-1] = len(network.layers)
    check_torch(network, [part.module for part in parts], marks, entering)
    return network


def _walk(module: Any, place: str) -> Iterator[_Part]:
    kind = _kind(module)
    if kind is None and type(module).__name__ in _SMOOTH.split():
        raise NetworkError(
            f"{place}: {type(module).__name__} is not piecewise linear; if it is the last step of "
            "a classifier, take the scores that enter it: Network.from_torch(module[:-1])"
        )
    if kind is None:
        raise NetworkError(
            f"{place}: one of {', '.join(_KNOWN)} is required, got {type(module).__name__}; "
            f"of a module with a forward of its own, a residual one for instance, {_BY_ONNX}"
        )
    if any(getattr(module, hooks, None) for hooks in ("_forward_hooks", "_forward_pre_hooks")):
        raise NetworkError(
            f"{place}: a {kind} without forward hooks is required, since they may change its "
            "values; remove them from the module first"
        )
    if kind == "Dropout" and getattr(module, "training", False):
        raise NetworkError(
            f"{place}: a Dropout in training mode is random; call eval() on the module first"
        )
    if kind != "Sequential":
        yield _Part(place, kind, module)
        return
    for index, part in enumerate(module):
        yield from _walk(part, f"{place}[{index}]")


def _kind(module: Any) -> str | None:
    """Return the known class that `module` behaves as: a base whose ``forward`` it keeps."""
    if "forward" in getattr(module, "__dict__", {}):
        return None
    forward = getattr(type(module), "forward", None)
    for base in type(module).__mro__:
        if base.__name__ in _KNOWN and getattr(base, "forward", None) is forward:
            return base.__name__
    return None


class _Stack:
    """The layers so far, the one that waits for its activation, and the shape of its values.

    Parameters
    ----------
    dense : the arrays of each ``Linear``, in order
    input_shape : (channels, height, width), or None for a vector
    """

    def __init__(self, dense: Sequence[_Dense], input_shape: Any) -> None:
        self.layers: list[Any] = []
        self.waiting: Callable[[Any], Any] | None = None
        self.dense = iter(dense)
        self.shape: Shape | None = None
        self.width = len(dense[0][0][0]) if dense else 0
        if input_shape is not None:
            channels, height, width = whole_numbers(input_shape, "input_shape", 3, least=1)
            self.shape = channels, height, width

    def add(self, part: _Part) -> None:
        """Take the next module."""
        if part.kind in _ACTIVATIONS:
            self._activate(_activation(part, self.shape[0] if self.shape else self.width))
            return
        self.finished()
        if part.kind == "Linear":
            self._add_dense()
        elif part.kind in _GRIDS:
            self._add_grid(part)
        elif part.kind == "Unflatten":
            self.shape = unflattened(part.module)
        elif (part.module.start_dim, part.module.end_dim) != (1, -1):
            raise NetworkError("a Flatten of everything but the batch is required: Flatten(1, -1)")
        elif self.shape is not None:
            self.width, self.shape = prod(self.shape), None

    def finished(self) -> list[Any]:
        """Return the layers; one that waits gets the identity."""
        if self.waiting:
            self._activate(IDENTITY)
        return self.layers

    def _activate(self, activation: Any) -> None:
        if self.waiting:
            self.layers.append(self.waiting(activation))
            self.waiting = None
        elif self.shape is not None:
            self.layers.append(elementwise(activation, self.shape))
        else:
            self.layers.append((*_identity(self.width), activation))

    def _add_dense(self) -> None:
        if self.shape is not None:
            raise NetworkError("a Flatten is required between a picture and a Linear")
        weight, bias = next(self.dense)
        self.waiting = lambda activation: (weight, bias, activation)
        self.width = len(weight)

    def _add_grid(self, part: _Part) -> None:
        shape = self.shape
        if shape is None:
            raise NetworkError(
                "a picture is required: pass input_shape=(channels, height, width), or begin with "
                "an Unflatten"
            )
        layer: Convolution | AveragePool | MaxPool
        if part.kind == "Conv2d":
            kernel, bias = (_values(part.module, name, part.place) for name in ("weight", "bias"))
            layer = convolution(part.module, kernel, bias, IDENTITY, shape)
            self.waiting = lambda activation: convolution(
                part.module, kernel, bias, activation, shape
            )
        elif part.kind == "AvgPool2d":
            layer = average_pool(part.module, shape)
            self.layers.append(layer)
        else:
            layer = max_pool(part.module, shape)
            self.layers.append(layer)
        self.shape = layer.output_shape


def _identity(width: int) -> _Dense:
    return [[int(i == j) for j in range(width)] for i in range(width)], [0] * width


def _dense(part: _Part) -> _Dense:
    weight = _values(part.module, "weight", part.place)
    bias = _values(part.module, "bias", part.place)
    if not (isinstance(weight, list) and weight and isinstance(weight[0], list) and weight[0]):
        raise NetworkError(f"{part.place}: a weight of shape (outputs, inputs) is required")
    return weight, [0] * len(weight) if bias is None else bias


def _values(owner: Any, name: str, place: str) -> Any:
    """Return an array attribute as nested lists of Python floats, which is exact."""
    array = getattr(owner, name)
    if callable(array):
        raise NetworkError(f"{place}: {name} must be an array, not a method (a quantized layer?)")
    return _listed(array)


def _listed(array: Any) -> Any:
    for step in ("detach", "cpu", "tolist"):
        array = getattr(array, step)() if hasattr(array, step) else array
    return array


def _activation(part: _Part, width: int) -> Any:
    try:
        if part.kind == "ReLU":
            return RELU
        if part.kind == "LeakyReLU":
            return Activation.leaky_relu(part.module.negative_slope)
        if part.kind == "PReLU":
            return _prelu(part, width)
        return _clamp(as_fraction(part.module.min_val), as_fraction(part.module.max_val))
    except (TypeError, ValueError) as error:
        raise NetworkError(f"{part.place}, {part.kind}: {error}") from None


def _prelu(part: _Part, width: int) -> list[Activation]:
    slopes = _values(part.module, "weight", part.place)
    if len(slopes) not in (1, width):
        raise ValueError(f"1 or {width} slopes are required, got {len(slopes)}")
    return [Activation.leaky_relu(slope) for slope in slopes] * (width // len(slopes))


def _clamp(low: Fraction, high: Fraction) -> Activation:
    """Return z -> min(max(z, low), high): hard tanh, and from 0 to 6 ReLU6."""
    slopes = (Fraction(0), Fraction(1), Fraction(0))
    return Activation((low, high), slopes, min(max(Fraction(0), low), high))


def network_from_sklearn(estimator: Any) -> Network:
    """Take over a fitted scikit-learn MLP, float by float, exactly.

    Parameters
    ----------
    estimator : sklearn.neural_network.MLPClassifier or MLPRegressor
        Fitted, with ``activation`` ``"relu"`` or ``"identity"``.

    Returns
    -------
    Network
        Of a classifier, the *scores* that enter its logistic or softmax output, which are
        piecewise linear: the sign of the one score tells two classes apart, the largest of many
        scores tells the class.

    Raises
    ------
    NetworkError
        If it is no such estimator, not fitted, or not piecewise linear.
    FormatError
        If a real estimator predicts something else, beyond rounding.
    """
    kind = type(estimator).__name__
    if not hasattr(estimator, "activation"):
        raise NetworkError(f"an MLPClassifier or MLPRegressor is required, got {kind}")
    if not (hasattr(estimator, "coefs_") and hasattr(estimator, "intercepts_")):
        raise NetworkError(f"{kind}: coefs_ and intercepts_ are required; call fit first")
    if estimator.activation not in ("relu", "identity"):
        raise NetworkError(
            f"{kind}: the activation 'relu' or 'identity' is required, got "
            f"{estimator.activation!r}, which is not piecewise linear"
        )
    last = getattr(estimator, "out_activation_", "identity")
    if last not in ("identity", "logistic", "softmax"):
        raise NetworkError(
            f"{kind}: the output identity, logistic or softmax is required, got {last!r}"
        )
    weights = [list(zip(*_listed(coefs), strict=True)) for coefs in estimator.coefs_]
    biases = [_listed(intercepts) for intercepts in estimator.intercepts_]
    network = Network.from_arrays(weights, biases, activation=estimator.activation)
    check_sklearn(network, estimator)
    return network
