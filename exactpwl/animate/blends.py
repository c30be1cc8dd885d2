"""Networks between networks: exact rational interpolation of the weights.

Two networks of one architecture are two points of a space of weights, and every point of the
segment between them is a network: (1 - t) A + t B, weight by weight, exactly for rational t.  Its
function is not the mean of the two functions, for it is piecewise polynomial in t: boundaries move,
regions are born at vertices and vanish there, and the count at each t is a fact of its own.

Between two trained networks the way leads through worse ones, as a rule; Entezari et al. (2022,
arXiv:2110.06296) conjecture that a permutation of the neurons would avoid them.  Here nothing is
permuted: the way is the straight one, and a film shows what happens on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from exactpwl.errors import NetworkError
from exactpwl.layer import Layer
from exactpwl.network import Network
from exactpwl.rationals import RationalLike, as_fraction, format_fraction

__all__ = ["blend", "interpolate"]


def interpolate(networks: Sequence[Network], steps: int = 12) -> tuple[Network, ...]:
    """Return the networks on the way from each of some networks to the next, exactly.

    Parameters
    ----------
    networks : sequence of Network
        Two or more, of equal widths and activations: untrained, trained, trained for another shape.
    steps : int
        How many there are from one to the next.

    Returns
    -------
    tuple of Network
        The given ones, and ``steps - 1`` between each two.

    Raises
    ------
    NetworkError
        If there are fewer than two, they differ in architecture, or `steps` is not positive.

    Examples
    --------
    >>> first, last = (Network([([[w]], [0], "relu")]) for w in (1, 2))
    >>> [network.layers[0].weight[0][0] for network in interpolate([first, last], 3)]
    [Fraction(1, 1), Fraction(4, 3), Fraction(5, 3), Fraction(2, 1)]
    """
    if len(networks) < 2:
        raise NetworkError(f"two or more networks are required, got {len(networks)}")
    if steps < 1:
        raise NetworkError(f"one step or more is required, got {steps}")
    for first, last in pairwise(networks):
        _check_equal_shape(first, last)
    way = [
        blend(first, last, Fraction(k, steps)) if k else first
        for first, last in pairwise(networks)
        for k in range(steps)
    ]
    return (*way, networks[-1])


def blend(first: Network, last: Network, share: RationalLike) -> Network:
    """Return the network (1 - t) `first` + t `last`, weight by weight.

    Parameters
    ----------
    first, last : Network
        Of equal widths and activations.
    share : rational
        The number t: 0 is `first`, 1 is `last`; others are extrapolated.

    Raises
    ------
    NetworkError
        If the networks differ in architecture.

    Examples
    --------
    >>> first, last = (Network([([[1, -1]], [b], "relu")], name=f"b={b}") for b in (0, 1))
    >>> middle = blend(first, last, "1/2")
    >>> middle.layers[0].bias, middle.name
    ((Fraction(1, 2),), '1/2 of the way from b=0 to b=1')
    """
    _check_equal_shape(first, last)
    t = as_fraction(share)
    layers = (_blend(a, b, t) for a, b in zip(first.layers, last.layers, strict=True))
    named = first.name and last.name
    way = f"{format_fraction(t)} of the way from {first.name} to {last.name}"
    return Network(layers, name=way if named else None)


def _blend(first: Layer, last: Layer, t: Fraction) -> Layer:
    rows = zip(first.weight, last.weight, strict=True)
    weight = [[a + t * (b - a) for a, b in zip(*pair, strict=True)] for pair in rows]
    bias = [a + t * (b - a) for a, b in zip(first.bias, last.bias, strict=True)]
    return Layer.of(weight, bias, list(first.activations))


def _check_equal_shape(first: Network, last: Network) -> None:
    if _shape(first) != _shape(last):
        raise NetworkError(
            "to interpolate, networks need equal widths and activations; got "
            f"{first.architecture} and {last.architecture}"
        )


def _shape(network: Network) -> tuple[tuple[int, tuple[object, ...]], ...]:
    return tuple((layer.input_dimension, layer.activations) for layer in network.layers)
