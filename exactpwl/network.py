"""Networks of affine maps and piecewise-linear activations, with rational weights.

A layer keeps its weights as integers over one positive common denominator, the form in which
everything exact is cheap (DESIGN: positive scaling keeps signs).  A network is an immutable value:
it compares, hashes, pickles, and its SHA-256 names the function's exact numbers.

"Exact" means exact for the real-valued function that the stored numbers define.  It is not a claim
about what a float runtime would return for the same weights.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from exactpwl.activation import Activation
from exactpwl.affine import AffineMap
from exactpwl.errors import NetworkError, PatternError
from exactpwl.pattern import Pattern
from exactpwl.rationals import (
    RationalLike,
    as_fraction,
    clear_denominators,
    format_fraction,
    shown,
)
from exactpwl.stages import Stages

if TYPE_CHECKING:
    from exactpwl.stages import KinkFunction

__all__ = ["Kink", "Layer", "Network"]


class Kink(NamedTuple):
    """One breakpoint of one neuron; all three are counted from 0, `layer` over all layers.

    Examples
    --------
    >>> print(Kink(0, 2, 0), Kink(0, 2, 1), sep="; ")
    layer 0, neuron 2; layer 0, neuron 2, breakpoint 1
    """

    layer: int
    neuron: int
    breakpoint: int

    def __str__(self) -> str:
        extra = f", breakpoint {self.breakpoint}" if self.breakpoint else ""
        return f"layer {self.layer}, neuron {self.neuron}{extra}"


@dataclass(frozen=True)
class Layer:
    """h -> s(W h + b): integer matrices over one positive denominator, one activation a neuron.

    Parameters
    ----------
    numerators : n rows of m ints
        `denominator` times the weights.
    bias_numerators : n ints
    denominator : int, positive
    activations : n activations

    Examples
    --------
    >>> layer = Layer.of([["1/2", "1/3"]], [1], "relu")
    >>> layer.numerators, layer.bias_numerators, layer.denominator
    (((3, 2),), (6,), 6)
    """

    numerators: tuple[tuple[int, ...], ...]
    bias_numerators: tuple[int, ...]
    denominator: int
    activations: tuple[Activation, ...]

    @classmethod
    def of(
        cls,
        weight: Iterable[Iterable[RationalLike]],
        bias: Iterable[RationalLike],
        activation: Any = "relu",
        *,
        index: int = 0,
    ) -> Layer:
        """Make a layer of anything that spells rationals.

        Parameters
        ----------
        weight : n rows of m rationals
        bias : n rationals
        activation : str, mapping, Activation, or a list of n of them
            One for all neurons, or one a neuron.
        index : int
            The layer's place, for messages.

        Raises
        ------
        NetworkError
            If rows are ragged, a number is not a finite rational, or sizes do not fit.
        """
        rows = [_rationals(row, index, j, "row") for j, row in enumerate(_rows(weight, index))]
        offsets = _rationals(bias, index, None, "bias")
        if not rows:
            raise NetworkError(f"layer {index}: at least one neuron is required", layer=index)
        for j, row in enumerate(rows):
            if len(row) != len(rows[0]) or not row:
                raise NetworkError(
                    f"layer {index}, row {j}: every row needs the same positive number of weights "
                    f"({len(rows[0])} in row 0), got {len(row)}",
                    layer=index,
                    row=j,
                )
        if len(offsets) != len(rows):
            raise NetworkError(
                f"layer {index}: one bias a row is required ({len(rows)}), got {len(offsets)}",
                layer=index,
            )
        flat, denominator = clear_denominators([*(w for row in rows for w in row), *offsets])
        width = len(rows[0])
        return cls(
            tuple(tuple(flat[j * width : (j + 1) * width]) for j in range(len(rows))),
            tuple(flat[len(rows) * width :]),
            denominator,
            _activations(activation, len(rows), index),
        )

    @property
    def input_dimension(self) -> int:
        """The number of inputs of the layer."""
        return len(self.numerators[0])

    @property
    def width(self) -> int:
        """The number of neurons."""
        return len(self.numerators)

    @cached_property
    def affine(self) -> AffineMap:
        """The map before the activation, with rational weights."""
        q = self.denominator
        return AffineMap(
            tuple(tuple(Fraction(w, q) for w in row) for row in self.numerators),
            tuple(Fraction(b, q) for b in self.bias_numerators),
        )

    @property
    def weight(self) -> tuple[tuple[Fraction, ...], ...]:
        """The weights, rows = neurons."""
        return self.affine.weight

    @property
    def bias(self) -> tuple[Fraction, ...]:
        """The biases."""
        return self.affine.bias

    @property
    def is_linear(self) -> bool:
        """Whether no neuron of the layer has a breakpoint."""
        return all(a.is_linear for a in self.activations)

    @property
    def pieces(self) -> tuple[int, ...]:
        """The number of pieces of each neuron."""
        return tuple(len(a.slopes) for a in self.activations)

    @property
    def activation_spec(self) -> Any:
        """The written form of the activations: one where all are equal, else a list."""
        if len(set(self.activations)) == 1:
            return self.activations[0].spec
        return [a.spec for a in self.activations]


def _as_layer(layer: Any, index: int) -> Layer:
    if isinstance(layer, Layer):
        return layer
    if not isinstance(layer, (tuple, list)) or len(layer) not in (2, 3):
        raise NetworkError(
            f"layer {index}: a Layer or (weight, bias, activation) is required, got {shown(layer)}",
            layer=index,
        )
    return Layer.of(*layer, index=index)


def _rows(weight: Any, index: int) -> list[Any]:
    if not _is_listed(weight):
        raise NetworkError(
            f"layer {index}: W must be a list of rows of numbers, got {shown(weight)}", layer=index
        )
    return list(weight)


def _is_listed(values: Any) -> bool:
    if isinstance(values, (str, bytes, Mapping)) or not isinstance(values, Iterable):
        return False
    return getattr(values, "ndim", 1) > 0


def _rationals(values: Any, index: int, row: int | None, what: str) -> tuple[Fraction, ...]:
    where = f"layer {index}, " + (f"{what} {row}" if row is not None else what)
    if not _is_listed(values):
        raise NetworkError(
            f"{where}: a list of numbers is required, got {shown(values)}", layer=index, row=row
        )
    numbers = []
    for k, value in enumerate(values):
        try:
            numbers.append(as_fraction(value))
        except (TypeError, ValueError) as error:
            raise NetworkError(f"{where}, entry {k}: {error}", layer=index, row=row) from None
    return tuple(numbers)


def _activations(spec: Any, width: int, index: int) -> tuple[Activation, ...]:
    listed = isinstance(spec, Sequence) and not isinstance(spec, str)
    specs = list(spec) if listed else [spec] * width
    if len(specs) != width:
        raise NetworkError(
            f"layer {index}: one activation for all or one a neuron ({width}) is required, "
            f"got {len(specs)}",
            layer=index,
        )
    made = []
    for neuron, one in enumerate(specs if listed else specs[:1]):
        try:
            made.append(Activation.parse(one))
        except (TypeError, ValueError) as error:
            where = f"layer {index}, activation" + (f" {neuron}" if listed else "")
            raise NetworkError(f"{where}: {error}", layer=index) from None
    return tuple(made if listed else made * width)


class Network:
    """A piecewise-linear network with rational weights; an immutable value.

    Parameters
    ----------
    layers : iterable of Layer or of (weight, bias, activation)
        Applied in order; `weight` has a row a neuron.  `activation` as in `Activation.parse`, or a
        list with one a neuron.
    name : str, optional
        Not a part of the network's identity.

    Raises
    ------
    NetworkError
        If the numbers do not make a network; the message names layer and row.

    Examples
    --------
    >>> xor = Network([([[1, 1], [1, 1]], [1, 0], "relu"), ([[2, -4]], [-1], "linear")])
    >>> xor
    <Network 2 -> 2 relu -> 1 linear>
    >>> [int(xor((a, b))[0]) for a in (-1, 1) for b in (-1, 1)]
    [-1, 1, 1, -3]
    >>> xor.affine_map("10").weight
    ((Fraction(2, 1), Fraction(2, 1)),)
    """

    layers: tuple[Layer, ...]
    name: str | None

    def __init__(self, layers: Iterable[Any], *, name: str | None = None) -> None:
        made = tuple(_as_layer(layer, i) for i, layer in enumerate(layers))
        if not made:
            raise NetworkError("a network needs at least one layer, got none")
        for i in range(1, len(made)):
            if made[i].input_dimension != made[i - 1].width:
                raise NetworkError(
                    f"layer {i}: rows of {made[i - 1].width} weights are required, one for each "
                    f"neuron of layer {i - 1}, got {made[i].input_dimension}",
                    layer=i,
                )
        object.__setattr__(self, "layers", made)
        object.__setattr__(self, "name", name)

    def __setattr__(self, key: str, value: object) -> None:
        raise AttributeError(f"a Network is immutable; {key} cannot be set")

    def __delattr__(self, key: str) -> None:
        raise AttributeError(f"a Network is immutable; {key} cannot be deleted")

    @property
    def input_dimension(self) -> int:
        """The number d of inputs."""
        return self.layers[0].input_dimension

    @property
    def output_dimension(self) -> int:
        """The number of outputs."""
        return self.layers[-1].width

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths of the layers with kinks."""
        return tuple(layer.width for layer in self.layers if not layer.is_linear)

    @cached_property
    def stages(self) -> Stages:
        """The integer form that the engine reads: the layers with kinks, linear ones composed."""
        return Stages.of(self.layers)

    @cached_property
    def kinks(self) -> tuple[Kink, ...]:
        """All breakpoints of all neurons, in the order of their numbers in the engine."""
        return tuple(
            Kink(i, j, k)
            for i, layer in enumerate(self.layers)
            for j, activation in enumerate(layer.activations)
            for k in range(len(activation.breakpoints))
        )

    @property
    def pieces(self) -> tuple[tuple[int, ...], ...]:
        """The number of pieces of each neuron, in the shape of a pattern."""
        return tuple(layer.pieces for layer in self.layers if not layer.is_linear)

    def __call__(self, x: Iterable[RationalLike]) -> tuple[Fraction, ...]:
        """Return the exact outputs at the rational point `x`."""
        return self.stages.evaluate(self._point(x)).output

    def pattern_at(self, x: Iterable[RationalLike]) -> Pattern:
        """Return the literal pattern at `x`: for ReLU 1 iff the pre-activation is positive."""
        return self.stages.evaluate(self._point(x)).pattern

    def signs_at(self, x: Iterable[RationalLike]) -> tuple[tuple[int, ...], ...]:
        """Return -1, 0 or +1 for each kink, stage by stage: on which side of it `x` lies."""
        return self.stages.evaluate(self._point(x)).signs

    def _point(self, x: Iterable[RationalLike]) -> tuple[Fraction, ...]:
        point = tuple(as_fraction(c) for c in x)
        if len(point) != self.input_dimension:
            raise ValueError(
                f"a point with {self.input_dimension} coordinates is required, got {len(point)}"
            )
        return point

    def pattern(self, pattern: str | Iterable[Iterable[int]]) -> Pattern:
        """Return `pattern` as a `Pattern` that fits this network.

        Raises
        ------
        PatternError
            If its shape or a piece does not fit.
        """
        made = Pattern.parse(pattern) if isinstance(pattern, str) else Pattern(pattern)
        if tuple(map(len, made)) != self.widths:
            raise PatternError(
                f"a pattern with {' + '.join(map(str, self.widths)) or 'no'} pieces is required, "
                f"layer by layer, got {str(made)!r}"
            )
        for layer, limits in zip(made, self.pieces, strict=True):
            for piece, limit in zip(layer, limits, strict=True):
                if not 0 <= piece < limit:
                    raise PatternError(
                        f"pieces from 0 to {limit - 1} are required there, got {piece} "
                        f"in {str(made)!r}"
                    )
        return made

    def affine_map(self, pattern: str | Iterable[Iterable[int]]) -> AffineMap:
        """Return the affine map of a pattern, whether or not a point of R^d has it.

        Examples
        --------
        >>> Network([([[1], [-1]], [0, 0], "relu"), ([[1, 1]], [0], "linear")]).affine_map("01")
        AffineMap(weight=((Fraction(-1, 1),),), bias=(Fraction(0, 1),))
        """
        return self.stages.affine_map(self.pattern(pattern))

    def kink_functions(self, pattern: str | Iterable[Iterable[int]]) -> list[KinkFunction]:
        """Return, for each kink, its affine function under the pattern, in the order of `kinks`.

        The function is positive where the pre-activation is above the breakpoint; it is scaled to
        integers by a positive number.
        """
        return self.stages.kink_functions(self.pattern(pattern))

    def __matmul__(self, other: Network) -> Network:
        """Return the composition x -> self(other(x)), as the layers one after the other."""
        if not isinstance(other, Network):
            return NotImplemented
        if other.output_dimension != self.input_dimension:
            raise NetworkError(
                f"to compose, the inner network needs {self.input_dimension} outputs, "
                f"it has {other.output_dimension}"
            )
        return Network(other.layers + self.layers)

    def as_dict(self) -> dict[str, Any]:
        """Return the network in the native JSON form, weights as texts."""
        head: dict[str, Any] = {"format": "exactpwl-network/1"}
        if self.name is not None:
            head["name"] = self.name
        return {**head, "layers": [_layer_dict(layer) for layer in self.layers]}

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the canonical form: the layers in native JSON, without name and space."""
        layers = [_layer_dict(layer) for layer in self.layers]
        text = json.dumps(layers, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode("ascii")).hexdigest()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Network):
            return NotImplemented
        return self.layers == other.layers

    def __hash__(self) -> int:
        return hash(self.layers)

    def __reduce__(self) -> tuple[Any, ...]:
        return (_rebuild, (self.layers, self.name))

    def __repr__(self) -> str:
        name = f" {self.name}" if self.name else ""
        return f"<Network{name} {self.architecture}>"

    @property
    def architecture(self) -> str:
        """The sizes and activations in one line, such as ``2 -> 8 relu -> 1 linear``."""
        parts = [str(self.input_dimension)]
        for layer in self.layers:
            kinds = dict.fromkeys(map(str, layer.activations))
            shown = list(kinds)[:3] + (["..."] if len(kinds) > 3 else [])
            parts.append(f"{layer.width} {'/'.join(shown)}")
        return " -> ".join(parts)

    @classmethod
    def load(cls, path: str | Path) -> Network:
        """Read a network from a ``.json`` or ``.npz`` file; see `exactpwl.io`."""
        from exactpwl.io import load_network

        return load_network(path)

    def save(self, path: str | Path) -> None:
        """Write the network as native JSON."""
        from exactpwl.io import save_network

        save_network(self, path)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Network:
        """Make a network of the native JSON form, already parsed."""
        from exactpwl.io import network_from_dict

        return network_from_dict(data)

    @classmethod
    def from_arrays(
        cls,
        weights: Sequence[Any],
        biases: Sequence[Any],
        activation: Any = "relu",
        output: Any = "linear",
    ) -> Network:
        """Make a network of arrays, `activation` between layers and `output` after the last."""
        if len(weights) != len(biases):
            raise NetworkError(
                f"as many biases as weights are required, got {len(weights)} and {len(biases)}"
            )
        last = len(weights) - 1
        return cls(
            (w, b, output if i == last else activation)
            for i, (w, b) in enumerate(zip(weights, biases, strict=True))
        )

    @classmethod
    def from_torch(cls, module: Any) -> Network:
        """Take over a plain stack of dense layers from torch, float by float, exactly."""
        from exactpwl.io import network_from_torch

        return network_from_torch(module)

    @classmethod
    def from_sklearn(cls, estimator: Any) -> Network:
        """Take over a fitted scikit-learn MLP, float by float, exactly."""
        from exactpwl.io import network_from_sklearn

        return network_from_sklearn(estimator)


def _layer_dict(layer: Layer) -> dict[str, Any]:
    return {
        "W": [[format_fraction(w) for w in row] for row in layer.weight],
        "b": [format_fraction(b) for b in layer.bias],
        "activation": layer.activation_spec,
    }


def _rebuild(layers: tuple[Layer, ...], name: str | None) -> Network:
    return Network(layers, name=name)
