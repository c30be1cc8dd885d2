"""What a network can do without: neurons and layers whose loss does not change the decision.

A neuron is *taken out* when its output is replaced by nothing: the next layer no longer hears it.
A layer is *linearised* when its activations are replaced by the identity, and *skipped*, which only
a layer with as many inputs as neurons can be, when what enters it is handed on.  `removals` does
all three one at a time, to the network as it is; two neurons that can go may not be able to go
together, so `without_redundant_neurons` takes one after the other, and compares with the whole.

Three questions are asked of what is left, each implied by the one before.  Is it the same function
on the whole domain?  Does it decide alike, f > 0 or not, on the whole domain?  Does it decide alike
at each of given points?  The first two are answered on all regions of the common refinement
(`exactpwl.decisions`), not by sampling, so that "can go" is proved, and "cannot" has a witness.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from exactpwl.decisions import compare_decisions
from exactpwl.domain import DomainLike
from exactpwl.errors import OptionError
from exactpwl.layer import Layer
from exactpwl.network import Network
from exactpwl.rationals import RationalLike

__all__ = [
    "Removal",
    "linearised",
    "removals",
    "skipped",
    "without_neuron",
    "without_redundant_neurons",
]


@dataclass(frozen=True)
class Removal:
    """What became of a network without one of its parts.

    Parameters
    ----------
    way : {"neuron", "linearised", "skipped"}
        What was done.
    layer : int
        Counted from 0 over all layers.
    neuron : int or None
        Counted from 0; None where it was a whole layer.
    keeps_function, keeps_decision, keeps_points : bool
        Whether the function, the decision on the domain, and the decision at the points are the
        same as before.
    volume : Fraction or None
        On which the decision changed; None where it is infinite.
    witness : tuple of Fraction, or None
        A point around which the decision changed.
    """

    way: str
    layer: int
    neuron: int | None
    keeps_function: bool
    keeps_decision: bool
    keeps_points: bool
    volume: Fraction | None
    witness: tuple[Fraction, ...] | None


def without_neuron(network: Network, layer: int, neuron: int) -> Network:
    """Return the network without one hidden neuron.

    Parameters
    ----------
    network : Network
    layer, neuron : int
        Counted from 0, the layer over all layers.

    Raises
    ------
    OptionError
        If there is no such hidden neuron.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> without_neuron(gallery.get("xor"), 0, 1)
    <Network 2 -> 1 relu -> 1 linear>
    """
    here = _hidden(network, layer)
    if not 0 <= neuron < here.width:
        raise OptionError(
            f"layer {layer} has the neurons 0 to {here.width - 1}, got neuron {neuron}"
        )
    after = network.layers[layer + 1]
    kept = [j for j in range(here.width) if j != neuron]
    if not kept:  # a layer needs a neuron: let it say nothing
        silent = Layer.of([[0] * here.input_dimension], [0], "linear")
        return Network([*network.layers[:layer], silent, *network.layers[layer + 1 :]])
    smaller = Layer.of(
        [here.weight[j] for j in kept],
        [here.bias[j] for j in kept],
        [here.activations[j] for j in kept],
    )
    deaf = Layer.of(
        [[row[j] for j in kept] for row in after.weight], after.bias, list(after.activations)
    )
    return Network([*network.layers[:layer], smaller, deaf, *network.layers[layer + 2 :]])


def linearised(network: Network, layer: int) -> Network:
    """Return the network with the identity for the activations of one hidden layer.

    Raises
    ------
    OptionError
        If there is no such hidden layer.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> linearised(gallery.get("xor"), 0)
    <Network 2 -> 2 linear -> 1 linear>
    """
    here = _hidden(network, layer)
    straight = Layer.of(here.weight, here.bias, "linear")
    return Network([*network.layers[:layer], straight, *network.layers[layer + 1 :]])


def skipped(network: Network, layer: int) -> Network:
    """Return the network without one hidden layer, whose inputs are handed on.

    Raises
    ------
    OptionError
        If there is no such hidden layer, or it has not as many inputs as neurons.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> skipped(gallery.get("xor"), 0)
    <Network 2 -> 1 linear>
    """
    here = _hidden(network, layer)
    if here.width != here.input_dimension:
        raise OptionError(
            f"layer {layer} can be skipped only with as many inputs as neurons, it has "
            f"{here.input_dimension} and {here.width}; linearised() needs no such thing"
        )
    return Network([*network.layers[:layer], *network.layers[layer + 1 :]])


def removals(
    network: Network,
    domain: DomainLike = None,
    points: Iterable[Sequence[RationalLike]] = (),
) -> tuple[Removal, ...]:
    """Take out every hidden neuron, linearise and skip every hidden layer, one at a time.

    Parameters
    ----------
    network : Network
        With one output, whose sign is the decision.
    domain : Domain, or pairs (low, high), optional
        On which decisions are compared; the whole space if left out.
    points : sequence of points
        At which they are compared too, as data.

    Returns
    -------
    tuple of Removal
        Neurons in order, then layers.  Exact.

    Raises
    ------
    DimensionError
        If the network has several outputs.

    Examples
    --------
    On the four points XOR needs both of its neurons, and both needs its layer bent:

    >>> from exactpwl import gallery
    >>> corners = [(x, y) for x in (-1, 1) for y in (-1, 1)]
    >>> for found in removals(gallery.get("xor"), [(-2, 2), (-2, 2)], corners):
    ...     print(found.way, found.neuron, found.keeps_decision, found.keeps_points)
    neuron 0 False False
    neuron 1 False False
    linearised None False False
    skipped None False False
    """
    places = [tuple(point) for point in points]
    before = [network(point)[0] > 0 for point in places]
    found = []
    for way, layer, neuron, left in _ways(network):
        compared = compare_decisions(network, left, domain)
        after = [left(point)[0] > 0 for point in places]
        found.append(
            Removal(
                way,
                layer,
                neuron,
                compared.is_same_function,
                compared.is_same,
                before == after,
                compared.volume,
                compared.witness,
            )
        )
    return tuple(found)


def without_redundant_neurons(network: Network, domain: DomainLike = None) -> Network:
    """Return a smaller network that decides alike: no neuron of it can go any more.

    Neurons are tried from the last layer to the first, and in a layer from the last one on; another
    order may leave another network.

    Parameters
    ----------
    network : Network
        With one output, whose sign is the decision.
    domain : Domain, or pairs (low, high), optional
        On which it decides alike, proved as in `removals`; the whole space if left out.

    Raises
    ------
    DimensionError
        If the network has several outputs.

    Examples
    --------
    >>> from exactpwl import Network
    >>> loose = Network([([[1], [1], [-1]], [0, -1, -7], "relu"), ([[1, 1, 1]], [0], "linear")])
    >>> left = without_redundant_neurons(loose, [(-1, 3)])
    >>> left, left.layers[0].bias
    (<Network 1 -> 1 relu -> 1 linear>, (Fraction(0, 1),))
    """
    left, again = network, True
    while again:
        again = False
        hidden = [i for i, layer in enumerate(network.layers[:-1]) if not layer.is_linear]
        for i in reversed(hidden):
            for j in reversed(range(left.layers[i].width)):
                smaller = without_neuron(left, i, j)
                if smaller != left and compare_decisions(network, smaller, domain).is_same:
                    left, again = smaller, True
    return left


def _ways(network: Network) -> Iterator[tuple[str, int, int | None, Network]]:
    hidden = [i for i, layer in enumerate(network.layers[:-1]) if not layer.is_linear]
    for i in hidden:
        for j in range(network.layers[i].width):
            yield "neuron", i, j, without_neuron(network, i, j)
    for i in hidden:
        yield "linearised", i, None, linearised(network, i)
        if network.layers[i].width == network.layers[i].input_dimension:
            yield "skipped", i, None, skipped(network, i)


def _hidden(network: Network, layer: int) -> Layer:
    if not 0 <= layer < len(network.layers) - 1:
        raise OptionError(
            f"the hidden layers are 0 to {len(network.layers) - 2}, got layer {layer}"
        )
    return network.layers[layer]
