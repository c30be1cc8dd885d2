"""Where two networks decide differently, exactly.

A network with one output is often read by its sign: f > 0 is one class, everything else the other.
Two networks that are different functions may decide alike everywhere.  To prove it, both are made
into one network whose last layer is (f, g, relu(f), relu(g)): its regions are the common refinement
of the two complexes and of the two decision boundaries, so that on each region either decision is
constant, and is read off the pattern.  The networks decide alike iff the last two pieces are equal
on every region; and where they are not, the region's interior point is a witness, and its volume
says how much of the domain it is.

Regions have an interior, so a set without one is not seen: two networks also count as deciding
alike where one is zero and the other positive on a part of a decision boundary.

Neurons that the two networks have in common are taken once (equal weights on equal inputs, equal
bias, equal activation), so a network and its copy with one neuron less are little more than one.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

from exactpwl.activation import Activation
from exactpwl.complex import PolyhedralComplex
from exactpwl.domain import DomainLike
from exactpwl.enumeration import regions
from exactpwl.errors import NetworkError
from exactpwl.layer import Layer
from exactpwl.levelsets import height_above
from exactpwl.network import Network
from exactpwl.rationals import RationalLike

__all__ = ["DecisionComparison", "compare_decisions"]

Places = tuple[list[int], list[int]]
"""For each of two networks, where its neurons are among those of both."""


class DecisionComparison:
    """Two networks side by side on all regions of their common refinement.

    Attributes
    ----------
    complex : PolyhedralComplex
        Of the network x -> (f(x), g(x), relu(height of f), relu(height of g)).

    Examples
    --------
    >>> from exactpwl import Network, gallery
    >>> xor = gallery.get("xor")
    >>> double = Network([([[2]], [0], "linear")]) @ xor
    >>> compared = compare_decisions(xor, double, [(-2, 2), (-2, 2)])
    >>> compared.is_same, compared.is_same_function, len(compared.complex)
    (True, False, 5)
    """

    def __init__(self, complex_: PolyhedralComplex) -> None:
        self.complex = complex_

    def __repr__(self) -> str:
        return f"<DecisionComparison: {len(self.differing)} of {len(self.complex)} regions differ>"

    @cached_property
    def differing(self) -> tuple[int, ...]:
        """The regions on which one network decides f > value and the other does not."""
        cells = enumerate(self.complex.cells)
        return tuple(i for i, cell in cells if cell.pattern[-1][-2] != cell.pattern[-1][-1])

    @property
    def is_same(self) -> bool:
        """Whether the two decide alike, but for a set without interior."""
        return not self.differing

    @cached_property
    def is_same_function(self) -> bool:
        """Whether the two are equal on the whole domain."""
        return all(
            rows[:half] == rows[half:-2] and bias[:half] == bias[half:-2]
            for rows, bias in ((m.weight, m.bias) for m in self.complex.affine_maps)
            for half in [len(bias) // 2 - 1]
        )

    @property
    def witness(self) -> tuple[Fraction, ...] | None:
        """A point around which the two decide differently, or None if there is none."""
        if not self.differing:
            return None
        return self.complex.regions[self.differing[0]].interior_point

    @cached_property
    def volume(self) -> Fraction | None:
        """The exact volume on which they decide differently, or None where it is infinite."""
        parts = [self.complex.regions[i].volume for i in self.differing]
        bounded = [part for part in parts if part is not None]
        return sum(bounded, Fraction(0)) if len(bounded) == len(parts) else None


def compare_decisions(
    first: Network,
    second: Network,
    domain: DomainLike = None,
    *,
    value: RationalLike = 0,
    functional: Sequence[RationalLike] | None = None,
) -> DecisionComparison:
    """Return where the decisions functional . f > value of two networks differ.

    Parameters
    ----------
    first, second : Network
        With the same numbers of inputs and of outputs.
    domain : Domain, or pairs (low, high), optional
        The whole space if left out.
    value : rational
    functional : sequence of rationals, optional
        One coefficient an output; may be left out where there is one output.

    Returns
    -------
    DecisionComparison

    Raises
    ------
    NetworkError
        If the networks have different numbers of inputs or of outputs.
    DimensionError
        If the functional does not fit the outputs.

    Examples
    --------
    Without its second neuron XOR is 2 relu(x + y + 1) - 1, which is positive on a half-plane:

    >>> from exactpwl import gallery
    >>> from exactpwl.redundancy import without_neuron
    >>> xor = gallery.get("xor")
    >>> compared = compare_decisions(xor, without_neuron(xor, 0, 1), [(-2, 2), (-2, 2)])
    >>> compared, compared.volume
    (<DecisionComparison: 1 of 5 regions differ>, Fraction(49, 8))
    """
    sizes = [(n.input_dimension, n.output_dimension) for n in (first, second)]
    if sizes[0] != sizes[1]:
        raise NetworkError(
            "two networks with the same numbers of inputs and outputs are required, got "
            f"{sizes[0][0]} -> {sizes[0][1]} and {sizes[1][0]} -> {sizes[1][1]}"
        )
    height = height_above(first, value, functional)
    layers, places = _joined(first, second)
    width = layers[-1].width
    rows = [_spread([1], [place], width) for side in places for place in side]
    rows += [_spread(height.weight[0], side, width) for side in places]
    outputs = len(rows) - 2
    last = Layer.of(
        rows,
        [Fraction(0)] * outputs + [height.bias[0]] * 2,
        ["linear"] * outputs + ["relu"] * 2,
        index=len(layers),
    )
    return DecisionComparison(regions(Network([*layers, last]), domain))


class _Neuron(NamedTuple):
    row: tuple[Fraction, ...]
    bias: Fraction
    activation: Activation


def _joined(first: Network, second: Network) -> tuple[list[Layer], Places]:
    """Return the layers of both networks, common neurons once, and where each one's outputs are."""
    width = first.input_dimension
    places: Places = (list(range(width)), list(range(width)))
    layers: list[Layer] = []
    for pair in zip(*_equally_deep(first, second), strict=True):
        neurons: dict[_Neuron, int] = {}
        found: Places = ([], [])
        for layer, before, after in zip(pair, places, found, strict=True):
            for row, bias, kind in zip(layer.weight, layer.bias, layer.activations, strict=True):
                neuron = _Neuron(_spread(row, before, width), bias, kind)
                after.append(neurons.setdefault(neuron, len(neurons)))
        columns: tuple[Any, ...] = tuple(zip(*neurons, strict=True))
        layers.append(Layer.of(columns[0], columns[1], list(columns[2]), index=len(layers)))
        places, width = found, len(neurons)
    return layers, places


def _spread(row: Sequence[Any], places: Sequence[int], width: int) -> tuple[Fraction, ...]:
    """Return a row of weights over all neurons, of which it knows those at some places."""
    found = [Fraction(0)] * width
    for weight, place in zip(row, places, strict=True):
        found[place] += weight
    return tuple(found)


def _equally_deep(first: Network, second: Network) -> tuple[list[Layer], list[Layer]]:
    """Return the layers of both, the shorter one continued by identities."""
    depth = max(len(first.layers), len(second.layers))
    size = first.output_dimension
    unit = Layer.of([[int(i == j) for j in range(size)] for i in range(size)], [0] * size, "linear")
    left, right = ([*n.layers, *[unit] * (depth - len(n.layers))] for n in (first, second))
    return left, right
