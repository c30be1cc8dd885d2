"""What each layer of Keras does: an affine map, an activation, or nothing.

A layer takes its arrays from the list that ``model.get_weights()`` gives, in which they stand layer
by layer: kernel and bias of a Dense, slopes of a PReLU, gamma, beta, mean and variance of a
BatchNormalization.  Kernels are stored with inputs as rows.  Numbers of the configuration are the
doubles that they are, those of the arrays the floats that they are, except that a normalisation
divides by a square root, which is mostly irrational and then rounded, as for ONNX.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import prod
from typing import Any, NoReturn

import numpy as np

from exactpwl.activation import RELU, Activation
from exactpwl.io.affine_stack import AffineStack
from exactpwl.io.keras_config import BY_ONNX, KerasLayer
from exactpwl.io.onnx_reader.normalising import inverse_root
from exactpwl.rationals import as_fraction, shown
from exactpwl.structured import MOST_DENSE

__all__ = ["KerasStack"]

_NOTHING = """
Dropout GaussianNoise GaussianDropout AlphaDropout SpatialDropout1D SpatialDropout2D
ActivityRegularization Identity InputLayer Flatten Reshape
"""
_SMOOTH = """
softmax sigmoid tanh gelu elu selu celu glu silu swish mish softplus softsign exponential
log_softmax log_sigmoid hard_silu hard_swish squareplus tanh_shrink sparse_sigmoid Softmax ELU
GaussianRandom LayerNormalization GroupNormalization UnitNormalization SpectralNormalization
RMSNormalization LSTM GRU SimpleRNN MultiHeadAttention Attention Multiply Dot
"""
_JUMPS = "ThresholdedReLU Discretization hard_shrink threshold"
_LAST = ("softmax", "sigmoid", "Softmax", "log_softmax", "log_sigmoid")
_CUT = (
    "if it is the last step of a classifier, verify the scores that enter it: "
    "Network.from_keras(..., logits=True) leaves it out, and changes no decision by it"
)
_ONE, _HALF, _ZERO = Fraction(1), Fraction(1, 2), Fraction(0)
_NAMED = {
    "linear": Activation.parse("linear"),
    "relu": RELU,
    "relu6": Activation.parse("relu6"),
    "hard_tanh": Activation.parse("hard_tanh"),
    "leaky_relu": Activation.leaky_relu(0.2),
    "soft_shrink": Activation((-_HALF, _HALF), (_ONE, _ZERO, _ONE)),
}


class KerasStack:
    """The layers so far, the shape of their values, and the arrays that are left.

    Parameters
    ----------
    weights : sequence of arrays
    bits : int
        The relative error of rounded square roots is below 2^-bits.
    """

    def __init__(self, weights: Sequence[Any], bits: int) -> None:
        self.stack = AffineStack()
        self.weights = iter(weights)
        self.bits = bits
        self.shape: tuple[int, ...] | None = None
        self.roundings: list[str] = []

    def add(self, layer: KerasLayer, *, without_end: bool = False) -> None:
        """Take the next layer; `without_end` leaves a softmax or sigmoid out."""
        if self.shape is None:
            self.shape = _declared(layer)
        taken = _LAYERS.get(layer.kind)
        if taken is not None:
            taken(self, layer)
        elif layer.kind in _NOTHING.split():
            self._reshape(layer)
        elif not (without_end and layer.kind in _LAST):
            _refuse(layer, layer.kind)
        if layer.kind in ("Dense", "Activation"):
            self._activate(layer, without_end)

    def finished(self) -> list[Any]:
        """Return the layers; arrays that nobody took are an error."""
        return self.stack.finished()

    def width(self, layer: KerasLayer) -> int:
        """Return how many values enter, which must stand in one row."""
        if self.shape is None:
            layer.refuse("the number of values that enter is not told", "begin with an InputLayer")
        if len(self.shape) != 1:
            layer.refuse(f"values of shape {list(self.shape)} enter", "put a Flatten before it")
        return self.shape[0]

    def array(self, layer: KerasLayer, what: str, *shape: int | None) -> Any:
        """Return the next array as nested lists; its shape must be the one given."""
        found = next(self.weights, None)
        if found is None:
            layer.refuse(f"its {what} is missing: the arrays end", "pass model.get_weights()")
        values = found.tolist() if hasattr(found, "tolist") else found
        sizes = np.asarray(values, dtype=object).shape
        if len(sizes) != len(shape) or any(
            want not in (None, size) for want, size in zip(shape, sizes, strict=False)
        ):
            wanted = ", ".join("?" if size is None else str(size) for size in shape)
            layer.refuse(
                f"its {what} must have the shape ({wanted}), got {sizes}",
                "pass the arrays of this model, in the order of model.get_weights()",
            )
        return values

    def numbers(self, layer: KerasLayer, what: str, size: int) -> list[Fraction]:
        """Return the next array of one axis."""
        return [_number(layer, value, what) for value in self.array(layer, what, size)]

    def dense(self, layer: KerasLayer) -> None:
        """Take a Dense layer, without its activation."""
        inputs = None if self.shape is None else self.width(layer)
        kernel = self.array(layer, "kernel", inputs, layer.options.get("units"))
        if layer.options.get("lora_rank") or layer.options.get("quantization_config"):
            layer.refuse("its kernel is quantized, or adapted by LoRA", "merge it before")
        rows = [
            [_number(layer, w, "kernel") for w in column] for column in zip(*kernel, strict=True)
        ]
        bias = [Fraction(0)] * len(rows)
        if layer.options.get("use_bias", True):
            bias = self.numbers(layer, "bias", len(rows))
        self.stack.product(rows, bias)
        self.shape = (len(rows),)

    def batch_normalization(self, layer: KerasLayer) -> None:
        """Take a BatchNormalization: gamma (x - mean) / sqrt(variance + epsilon) + beta."""
        width = self.width(layer)
        axis = layer.options.get("axis", -1)
        if axis not in (-1, 1, [-1], [1]):
            layer.refuse(f"its axis is {axis}", "the axis of the values, -1, is required")
        gamma, beta = [Fraction(1)] * width, [Fraction(0)] * width
        if layer.options.get("scale", True):
            gamma = self.numbers(layer, "gamma", width)
        if layer.options.get("center", True):
            beta = self.numbers(layer, "beta", width)
        mean = self.numbers(layer, "moving mean", width)
        variance = self.numbers(layer, "moving variance", width)
        epsilon = _number(layer, layer.options.get("epsilon", 1e-3), "epsilon")
        self._normalize(layer, mean, [v + epsilon for v in variance], gamma, beta)

    def normalization(self, layer: KerasLayer) -> None:
        """Take a Normalization: (x - mean) / sqrt(variance)."""
        width = self.width(layer)
        if layer.options.get("invert"):
            layer.refuse("it is inverted", BY_ONNX)
        if layer.options.get("mean") is not None:
            mean, variance = (
                _flat(layer, key, layer.options.get(key), width) for key in ("mean", "variance")
            )
        else:
            mean = self.numbers(layer, "mean", width)
            variance = self.numbers(layer, "variance", width)
            self.array(layer, "count")
        self._normalize(layer, mean, variance, [Fraction(1)] * width, [Fraction(0)] * width)

    def _normalize(
        self,
        layer: KerasLayer,
        mean: list[Fraction],
        squares: list[Fraction],
        gamma: list[Fraction],
        beta: list[Fraction],
    ) -> None:
        if any(square <= 0 for square in squares):
            layer.refuse("a variance is not positive", "check the statistics")
        roots = [inverse_root(square, self.bits) for square in squares]
        rounded = sum(not exact for _, exact in roots)
        if rounded:
            self.roundings.append(
                f"layer {layer.name!r}: {layer.kind}: {rounded} of {len(roots)} square roots "
                f"rounded, with relative errors below 2^-{self.bits}"
            )
        self.stack.scaling([Fraction(1)] * len(mean), [-m for m in mean])
        self.stack.scaling([g * root for g, (root, _) in zip(gamma, roots, strict=True)], beta)

    def rescaling(self, layer: KerasLayer) -> None:
        """Take a Rescaling: x scale + offset."""
        width = prod(self.shape) if self.shape else self.width(layer)
        both = []
        for key, standard in (("scale", 1.0), ("offset", 0.0)):
            given = layer.options.get(key, standard)
            if isinstance(given, Sequence) and self.shape != (width,):
                layer.refuse(f"its {key} is a list", "put a Flatten before it")
            both.append(_flat(layer, key, given, width))
        self.stack.scaling(*both)

    def prelu(self, layer: KerasLayer) -> None:
        """Take a PReLU."""
        width = self.width(layer)
        count = 1 if layer.options.get("shared_axes") else width
        slopes = self.numbers(layer, "slopes", count) * (width // count)
        self.stack.bend([Activation.leaky_relu(slope) for slope in slopes])

    def bend(self, layer: KerasLayer) -> None:
        """Take a ReLU or a LeakyReLU."""
        width = prod(self.shape) if self.shape else self.width(layer)
        self.stack.bend([_rectifier(layer)] * width)

    def _activate(self, layer: KerasLayer, without_end: bool) -> None:
        given = layer.options.get("activation")
        kind = _activation(layer, given)
        if isinstance(kind, str):
            if without_end and kind in _LAST:
                return
            _refuse(layer, kind)
        if not kind.is_identity:
            width = prod(self.shape) if self.shape else self.width(layer)
            self.stack.bend([kind] * width)

    def _reshape(self, layer: KerasLayer) -> None:
        if layer.kind == "Reshape" and self.shape is not None:
            self.shape = _reshaped(layer, self.shape)
        if layer.kind == "Flatten" and self.shape is not None:
            channels_first = layer.options.get("data_format") == "channels_first"
            if channels_first and len(self.shape) > 1:
                layer.refuse("it puts channels last before it flattens", BY_ONNX)
            self.shape = (prod(self.shape),)


_LAYERS: dict[str, Callable[[KerasStack, KerasLayer], None]] = {
    "Dense": KerasStack.dense,
    "BatchNormalization": KerasStack.batch_normalization,
    "Normalization": KerasStack.normalization,
    "Rescaling": KerasStack.rescaling,
    "PReLU": KerasStack.prelu,
    "ReLU": KerasStack.bend,
    "LeakyReLU": KerasStack.bend,
    "Activation": lambda stack, layer: None,
}


def _declared(layer: KerasLayer) -> tuple[int, ...] | None:
    """Return the shape of what enters the model, if its first layer tells."""
    for key in ("batch_shape", "batch_input_shape"):
        shape = layer.options.get(key)
        if isinstance(shape, Sequence) and all(isinstance(size, int) for size in shape[1:]):
            if not 0 < prod(shape[1:]) <= MOST_DENSE:
                layer.refuse(
                    f"{list(shape[1:])} values enter", f"1 to {MOST_DENSE} values are required"
                )
            return tuple(shape[1:])
    return None


def _reshaped(layer: KerasLayer, shape: tuple[int, ...]) -> tuple[int, ...]:
    """Return the shape that a Reshape makes of one."""
    wanted = layer.options.get("target_shape")
    if not isinstance(wanted, Sequence) or not all(isinstance(size, int) for size in wanted):
        layer.refuse(f"its target_shape is {shown(wanted)}", "whole numbers are required")
    known = prod(size for size in wanted if size > 0)
    found = tuple(size if size > 0 else prod(shape) // known for size in wanted)
    if prod(found) != prod(shape):
        layer.refuse(f"it makes {list(wanted)} of {list(shape)}", "the sizes must fit")
    return found


def _activation(layer: KerasLayer, given: Any) -> Activation | str:
    """Return the activation that an option means, or its name if it is none."""
    if given is None:
        return _NAMED["linear"]
    if isinstance(given, dict):
        kind, options = given.get("class_name"), given.get("config")
        if kind in ("ReLU", "LeakyReLU") and isinstance(options, dict):
            return _rectifier(KerasLayer(layer.name, kind, options))
        given = options if isinstance(options, str) else kind
    return _NAMED.get(given, str(given)) if isinstance(given, str) else shown(given)


def _rectifier(layer: KerasLayer) -> Activation:
    """Return what a ReLU or LeakyReLU does; Keras 2 calls the slope of the second alpha."""
    options = layer.options
    if layer.kind == "LeakyReLU":
        slope = options.get("negative_slope", options.get("alpha", 0.3))
        return Activation.leaky_relu(_number(layer, slope, "slope"))
    slope = _number(layer, options.get("negative_slope") or 0, "slope")
    if options.get("threshold"):
        layer.refuse("it jumps at its threshold", "train with the threshold 0")
    if options.get("max_value") is None:
        return Activation.leaky_relu(slope)
    top = _number(layer, options["max_value"], "max_value")
    if top <= 0:
        layer.refuse(f"its max_value {top} is not positive", "it is a constant from there on")
    return Activation((Fraction(0), top), (slope, Fraction(1), Fraction(0)))


def _refuse(layer: KerasLayer, what: str) -> NoReturn:
    named = f"the activation {what!r}: " if what != layer.kind else ""
    if what in _SMOOTH.split():
        layer.refuse(f"{named}not piecewise linear", _CUT if what in _LAST else "train with relu")
    if what in _JUMPS.split():
        layer.refuse(f"{named}it jumps, and a network here is continuous", "train with relu")
    if what == "hard_sigmoid":
        layer.refuse(
            f"{named}Keras 2 and Keras 3 mean different functions by it", f"{_CUT}; or {BY_ONNX}"
        )
    layer.refuse(f"{named}it is not read, docs/formats.md lists what is", BY_ONNX)


def _number(layer: KerasLayer, value: Any, what: str) -> Fraction:
    try:
        return as_fraction(value)
    except (TypeError, ValueError) as error:
        layer.refuse(f"its {what}: {error}", "only finite numbers are read")


def _flat(layer: KerasLayer, what: str, values: Any, width: int) -> list[Fraction]:
    """Return a number, or nested lists of numbers, as a list of as many as there are values."""
    listed = np.asarray(values, dtype=object).ravel().tolist()
    if len(listed) not in (1, width):
        layer.refuse(f"its {what} is of {len(listed)} numbers", f"1 or {width} are required")
    return [_number(layer, value, what) for value in listed] * (width // len(listed))
