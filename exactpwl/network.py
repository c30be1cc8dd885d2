"""Networks of affine maps and piecewise-linear activations, with rational weights.

A network is an immutable value: it compares, hashes, pickles, and its SHA-256 names its exact
numbers.  What it computes it computes through its integer form (`exactpwl.stages`).

"Exact" means exact for the real-valued function that the stored numbers define.  It is not a claim
about what a float runtime would return for the same weights.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from exactpwl.affine import AffineMap, embedding
from exactpwl.errors import NetworkError, PatternError
from exactpwl.forward import evaluate
from exactpwl.inequality import as_point
from exactpwl.layer import Layer, as_layer
from exactpwl.local_maps import LocalInequality, affine_map_at, inequalities_at
from exactpwl.pattern import Pattern
from exactpwl.rationals import RationalLike
from exactpwl.stages import Evaluation, Stages
from exactpwl.structured import StructuredLayer

if TYPE_CHECKING:
    from exactpwl.stages import KinkFunction

__all__ = ["Kink", "Network"]


class Kink(NamedTuple):
    """One breakpoint of one neuron; all three are counted from 0, `layer` over all layers.

    Of a maximum, `breakpoint` counts the pairs of its arguments; see `exactpwl.maximum.pairs`.

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


class Network:
    """A piecewise-linear network with rational weights; an immutable value.

    Parameters
    ----------
    layers : iterable of Layer or of (weight, bias, activation)
        Applied in order; a `Convolution`, an `AveragePool`, a `MaxPool` and a `Maximum` are layers,
        too.  `weight` has a row a neuron.  `activation` as in `Activation.parse`, or a
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
        made = tuple(as_layer(layer, i) for i, layer in enumerate(layers))
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
            for j, count in enumerate(layer.kink_counts)
            for k in range(count)
        )

    @property
    def pieces(self) -> tuple[tuple[int, ...], ...]:
        """The number of pieces of each neuron, in the shape of a pattern."""
        return tuple(layer.pieces for layer in self.layers if not layer.is_linear)

    def __call__(self, x: Iterable[RationalLike]) -> tuple[Fraction, ...]:
        """Return the exact outputs at the rational point `x`.

        Raises
        ------
        DimensionError
            If `x` has not d coordinates.
        """
        return self._evaluate(x).output

    def pattern_at(self, x: Iterable[RationalLike]) -> Pattern:
        """Return the literal pattern at `x`: for ReLU 1 iff the pre-activation is positive."""
        return self._evaluate(x).pattern

    def signs_at(self, x: Iterable[RationalLike]) -> tuple[tuple[int, ...], ...]:
        """Return -1, 0 or +1 for each kink, stage by stage: on which side of it `x` lies."""
        return self._evaluate(x).signs

    def _evaluate(self, x: Iterable[RationalLike]) -> Evaluation:
        if any(isinstance(layer, StructuredLayer) for layer in self.layers):
            return evaluate(self.layers, self._point(x))
        return self.stages.evaluate(self._point(x))

    def affine_map_at(self, x: Iterable[RationalLike]) -> AffineMap:
        """Return the exact affine map of the pattern at `x`, along the weights that are not zero.

        For networks of any size: nothing dense is made but the map itself.

        Examples
        --------
        >>> xor = Network([([[1, 1], [1, 1]], [1, 0], "relu"), ([[2, -4]], [-1], "linear")])
        >>> xor.affine_map_at((1, 1)) == xor.affine_map(xor.pattern_at((1, 1)))
        True
        """
        return affine_map_at(self.layers, self._point(x))

    def inequalities_at(self, x: Iterable[RationalLike]) -> Iterator[LocalInequality]:
        """Yield every inequality with variables of the region of `x`, exactly, with its origin.

        The region is the closed cell of the pattern at `x`; see `exactpwl.local_maps`.  For
        networks of any size: each names only the inputs that it depends on.

        Examples
        --------
        >>> xor = Network([([[1, 1], [1, 1]], [1, 0], "relu"), ([[2, -4]], [-1], "linear")])
        >>> [f"{one} from {one.origin}" for one in xor.inequalities_at((0, "-1/2"))]
        ['x+y+1 >= 0 from layer 0, neuron 0: z > 0', '-x-y >= 0 from layer 0, neuron 1: z <= 0']
        """
        return inequalities_at(self.layers, self._point(x))

    def _point(self, x: Iterable[RationalLike]) -> tuple[Fraction, ...]:
        return as_point(x, self.input_dimension)

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

    def section(
        self, point: Sequence[RationalLike], directions: Sequence[Sequence[RationalLike]]
    ) -> Network:
        """Return the network s -> self(point + sum s_i directions_i).

        Parameters
        ----------
        point : d rationals
        directions : k independent vectors of d rationals

        Raises
        ------
        DimensionError
            If point or directions do not fit the inputs, or the directions are dependent.

        Examples
        --------
        >>> xor = Network([([[1, 1], [1, 1]], [1, 0], "relu"), ([[2, -4]], [-1], "linear")])
        >>> diagonal = xor.section((0, 0), [(1, 1)])
        >>> diagonal, diagonal((-1,)) == xor((-1, -1))
        (<Network 1 -> 2 linear -> 2 relu -> 1 linear>, True)
        """
        embedded = embedding(as_point(point, self.input_dimension), directions)
        return self @ Network([(embedded.weight, embedded.bias, "linear")])

    def as_dict(self) -> dict[str, Any]:
        """Return the network in the native JSON form, weights as texts."""
        head: dict[str, Any] = {"format": "exactpwl-network/1"}
        if self.name is not None:
            head["name"] = self.name
        return {**head, "layers": [layer.as_dict() for layer in self.layers]}

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the canonical form: the layers in native JSON, without name and space."""
        layers = [layer.as_dict() for layer in self.layers]
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
        return " -> ".join([*parts, *(layer.text for layer in self.layers)])

    @classmethod
    def load(cls, path: str | Path, *, normalization: str | None = None) -> Network:
        """Read a ``.json``, ``.npz``, ``.onnx``, ``.onnx.gz``, ``.nnet`` or ``.keras`` file.

        Of an ``.nnet`` file the `normalization` is required: ``"fold"`` for the function of
        physical inputs, ``"ignore"`` for that of normalised ones; see `exactpwl.io`.
        """
        from exactpwl.io import load_network

        return load_network(path, normalization=normalization)

    def save(self, path: str | Path) -> None:
        """Write the network exactly: native ``.json``, or ``.onnx`` and ``.onnx.gz`` of floats."""
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
    def from_torch(cls, module: Any, input_shape: Any = None) -> Network:
        """Take over a plain stack of layers from torch, float by float, exactly.

        Where pictures enter, `input_shape` is their (channels, height, width).
        """
        from exactpwl.io import network_from_torch

        return network_from_torch(module, input_shape)

    @classmethod
    def from_keras(cls, config: Any, weights: Any = None, *, logits: bool = False) -> Network:
        """Take over a dense model from Keras, float by float, exactly.

        `config` and `weights` are what ``get_config()`` and ``get_weights()`` of the model give, or
        `config` is the model itself, or its ``.keras`` file.  `logits` leaves out a softmax or
        sigmoid at the end.
        """
        from exactpwl.io import network_from_keras

        return network_from_keras(config, weights, logits=logits)

    @classmethod
    def from_sklearn(cls, estimator: Any) -> Network:
        """Take over a fitted scikit-learn MLP, float by float, exactly."""
        from exactpwl.io import network_from_sklearn

        return network_from_sklearn(estimator)


def _rebuild(layers: tuple[Layer, ...], name: str | None) -> Network:
    return Network(layers, name=name)
