"""A network as read, held against its source's own float evaluation at random points.

The two may differ by rounding, and by how much is bounded by a running error analysis along the
source's own steps, each an affine map or an activation (N. J. Higham, *Accuracy and Stability of
Numerical Algorithms*, 2nd ed., sections 3.1 and 3.3): with u the unit roundoff, a sum of n products
in any order is off by at most (n + c) 2u times the sum of their sizes beyond what came in with its
arguments, where c counts the roundings of a weight and a bias that had to be computed; an
activation multiplies what came in by its largest slope.  The factor of two covers terms of second
order.

The steps as they stand in the source are one chain; the network may be another one, with
normalisations folded into its layers.  At the same points the two must agree exactly.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from exactpwl.errors import FormatError
from exactpwl.forward import passes
from exactpwl.io.rounding import PRECISIONS
from exactpwl.layer import Layer
from exactpwl.maximum import Maximum
from exactpwl.network import Network

__all__ = ["Agreement", "Difference", "compare_floats", "rounding_bounds", "weight_count"]

Evaluation = Callable[[list[float]], Sequence[Sequence[float] | None]]
"""From a point to what leaves each step of the chain, None where the source does not tell."""

_FEW = 1 << 16
_GRID = 1 << 9
_REACH = 2
_COMPUTED = 8  # roundings of a weight, a bias, and of an activation
_ONE_IS_WRONG = "one of the two is wrong, please report it"


class Difference(NamedTuple):
    """A difference between a float and the exact number, and what rounding explains.

    Attributes
    ----------
    size, bound : float
    tensor : str
        Where that was.
    """

    size: float
    bound: float
    tensor: str

    def __str__(self) -> str:
        if not self.size:
            return "no difference"
        return (
            f"at most {self.size:.2g} (in {self.tensor!r}, where rounding explains up to "
            f"{self.bound:.2g})"
        )


@dataclass(frozen=True)
class Agreement:
    """What a comparison found.

    Attributes
    ----------
    points : int
    layers : int
        After how many steps the values were compared.
    largest : Difference
    """

    points: int
    layers: int
    largest: Difference

    def __str__(self) -> str:
        where = "layer by layer" if self.layers > 1 else "at the output"
        many = f"{self.points} random point" + "s" * (self.points != 1)
        return f"with the source's own float evaluation, {where}, at {many}: {self.largest}"


def rounding_bounds(
    layers: Sequence[Layer], point: Sequence[Fraction], precision: str
) -> Iterator[tuple[list[Fraction], list[float]]]:
    """Yield for each layer the exact values that leave it, and how far floats may be from them.

    Examples
    --------
    >>> tenth = Network([([["1/10"]], [0], "relu")])
    >>> ((exact, bound),) = rounding_bounds(tenth.layers, [Fraction(1)], "float64")
    >>> abs(exact[0] - Fraction(0.1)) <= bound[0] < 1e-14
    True
    """
    bits, least, _ = PRECISIONS[precision]
    eps, tiny = 2.0 ** (1 - bits), 2.0**least
    sizes, errors = [_size(x) for x in point], [0.0] * len(point)
    for layer, step in zip(layers, passes(layers, tuple(point)), strict=True):
        exact = [Fraction(value, step.scale) for value in step.values]
        if isinstance(layer, Maximum):
            errors = [max(errors[i] for i in group) for group in layer.members]
        else:
            errors = [
                _error(layer, j, _size(value), sizes, errors, eps) + tiny
                for j, value in enumerate(exact)
            ]
        sizes = [_size(value) for value in exact]
        yield exact, errors


def _error(
    layer: Layer, neuron: int, size: float, sizes: list[float], errors: list[float], eps: float
) -> float:
    """Return how far a neuron's float value may be from the exact one."""
    places, numbers = layer.sparse_rows[neuron]
    weights = [_size(Fraction(n, layer.denominator)) for n in numbers]
    came_in = sum(w * errors[i] for w, i in zip(weights, places, strict=True))
    terms = sum(w * (sizes[i] + errors[i]) for w, i in zip(weights, places, strict=True))
    terms += _size(Fraction(layer.bias_numerators[neuron], layer.denominator))
    steepest = max(_size(slope) for slope in layer.activations[neuron].slopes)
    before = steepest * (came_in + (len(places) + _COMPUTED) * eps * terms)
    return before + _COMPUTED * eps * (size + before)


def _size(number: Fraction) -> float:
    """Return the absolute value as a float, which may be infinite."""
    try:
        return abs(float(number))
    except OverflowError:
        return math.inf


def weight_count(network: Network) -> int:
    """Return how many weights of a network are not zero; a maximum has as many as arguments.

    Examples
    --------
    >>> weight_count(Network([([[1, 0], [2, 3]], [0, 1], "relu")]))
    3
    """
    return sum(
        sum(map(len, layer.members))
        if isinstance(layer, Maximum)
        else sum(len(places) for places, _ in layer.sparse_rows)
        for layer in network.layers
    )


def compare_floats(
    network: Network,
    chain: Network,
    evaluate: Evaluation,
    *,
    source: str,
    precision: str,
    intervals: Sequence[tuple[Fraction, Fraction]] | None = None,
    points: int | None = None,
) -> Agreement:
    """Compare a network with its source at random points.

    Parameters
    ----------
    network : Network
        As read.
    chain : Network
        The source's steps one by one; it may be the network itself.
    evaluate : callable
        The source's own evaluation, in floats.
    source : str
        Its name, for messages.
    precision : ``"float32"`` or ``"float64"``
        In which it computes.
    intervals : pairs (low, high), optional
        Where the points are; from -2 to 2 if left out.
    points : int, optional
        Three if left out, one for networks of more than 2^16 weights.

    Returns
    -------
    Agreement

    Raises
    ------
    FormatError
        If they differ by more than rounding explains, or the network is not the chain.
    """
    numbers = random.Random(0)
    largest = Difference(0.0, 0.0, "")
    compared = 0
    if points is None:
        points = 3 if weight_count(chain) <= _FEW else 1
    for _ in range(points):
        place = [_between(*ends, numbers) for ends in intervals or _everywhere(network)]
        point = [Fraction(x) for x in place]
        floats = evaluate(place)
        compared = sum(one is not None for one in floats)
        bounds = rounding_bounds(chain.layers, point, precision)
        for index, ((exact, errors), got) in enumerate(zip(bounds, floats, strict=True)):
            if got is not None:
                largest = max(largest, _held(source, index, exact, got, errors))
        if network(point) != chain(point):
            raise FormatError(
                f"folded, the network is another function at {place}; {_ONE_IS_WRONG}", path=source
            )
    return Agreement(points, compared, largest)


def _everywhere(network: Network) -> list[tuple[Fraction, Fraction]]:
    return [(Fraction(-_REACH), Fraction(_REACH))] * network.input_dimension


def _between(low: Fraction, high: Fraction, numbers: random.Random) -> float:
    """Return a float of 32 bits in an interval, or next to it if the interval holds none."""
    from exactpwl.io.rounding import nearest_float

    drawn = low + (high - low) * Fraction(numbers.randint(0, _GRID), _GRID)
    return float(nearest_float(drawn, "float32") or 0)


def _held(
    source: str, index: int, exact: Sequence[Fraction], got: Sequence[float], errors: Sequence[Any]
) -> Difference:
    worst = Difference(0.0, 0.0, "")
    for j, (value, number, error) in enumerate(zip(exact, got, errors, strict=True)):
        if not (math.isfinite(number) and math.isfinite(error)):
            continue  # beyond the floats there is nothing to compare
        difference = abs(Fraction(number) - value)
        if difference > Fraction(error):
            raise FormatError(
                f"step {index}, neuron {j}: the network as read gives {float(value)!r}, the "
                f"source's own float evaluation {number!r}, and rounding explains a difference of "
                f"{error:.3g} at most; {_ONE_IS_WRONG}",
                path=source,
            )
        worst = max(worst, Difference(float(difference), error, f"step {index}"))
    return worst
