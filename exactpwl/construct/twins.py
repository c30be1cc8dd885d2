"""Twins: networks with other weights that are the same function.

Two changes of a hidden layer never change what a network computes.  Its neurons may stand in
another order, if the next layer hears them in that order.  And a neuron with s(c z) = c s(z) for
c > 0, a ReLU, a leaky ReLU, an absolute value, may be multiplied by c > 0, if the next layer
divides its weight by c.  So equal functions need not have equal weights, which is why the library
proves equality on regions and never compares weights.  There are other twins: a ReLU may be turned
round, relu(z) = z + relu(-z), where the linear terms of several that are turned cancel.

`certificate.certify_equality(network, twin)` says the same in a file that anyone can check.

References
----------
M. Phuong, C. H. Lampert, Functional vs. parametric equivalence of ReLU networks, ICLR 2020.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from exactpwl.activation import Activation
from exactpwl.construct.built import Built
from exactpwl.construct.joins import network_target
from exactpwl.errors import OptionError
from exactpwl.layer import Layer
from exactpwl.network import Network
from exactpwl.rationals import RationalLike, as_fraction, format_fraction

__all__ = ["permuted", "rescaled"]


def permuted(network: Network, layer: int, order: Sequence[int]) -> Built:
    """Return the twin whose hidden layer has its neurons in another order.

    Parameters
    ----------
    network : Network
    layer : int
        A hidden one, counted from 0 over all layers.
    order : sequence of int
        Which neuron stands at each place.

    Raises
    ------
    OptionError
        If there is no such hidden layer, or `order` is no order of its neurons.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> twin = permuted(gallery.get("xor"), 0, [1, 0])
    >>> [str(b) for b in twin.network.layers[0].bias], bool(twin.check())
    (['0', '1'], True)
    """
    here = _hidden(network, layer)
    if sorted(order) != list(range(here.width)):
        raise OptionError(
            f"an order of the neurons 0 to {here.width - 1} is required, each once, "
            f"got {list(order)}"
        )
    moved = Layer.of(
        [here.weight[j] for j in order],
        [here.bias[j] for j in order],
        [here.activations[j] for j in order],
    )
    after = network.layers[layer + 1]
    hearing = [[row[j] for j in order] for row in after.weight]
    return _twin(network, layer, moved, hearing)


def rescaled(network: Network, layer: int, factors: Mapping[int, RationalLike]) -> Built:
    """Return the twin in which some hidden neurons are multiplied, and their output divided.

    Parameters
    ----------
    network : Network
    layer : int
        A hidden one, counted from 0 over all layers.
    factors : mapping from a neuron, counted from 0, to a positive rational

    Raises
    ------
    OptionError
        If there is no such hidden layer or neuron, a factor is not positive, or a neuron's
        activation does not commute with it.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> twin = rescaled(gallery.get("xor"), 0, {1: 4})
    >>> [str(a) for a in twin.network.layers[1].weight[0]], bool(twin.check())
    (['2', '-1'], True)
    """
    here = _hidden(network, layer)
    scale = [as_fraction(1)] * here.width
    for neuron, given in factors.items():
        if not 0 <= neuron < here.width:
            raise OptionError(f"layer {layer} has the neurons 0 to {here.width - 1}, got {neuron}")
        scale[neuron] = as_fraction(given)
        if scale[neuron] <= 0:
            raise OptionError(
                f"neuron {neuron}: a factor greater than 0 is required, got "
                f"{format_fraction(scale[neuron])}: a negative one turns the ReLU round"
            )
        if not _is_homogeneous(here.activations[neuron]):
            raise OptionError(
                f"neuron {neuron}: its activation {here.activations[neuron]} bends elsewhere than "
                "at 0, or is not 0 there, so a factor cannot be taken out of it"
            )
    moved = Layer.of(
        [[c * w for w in row] for c, row in zip(scale, here.weight, strict=True)],
        [c * b for c, b in zip(scale, here.bias, strict=True)],
        list(here.activations),
    )
    after = network.layers[layer + 1]
    hearing = [[w / c for w, c in zip(row, scale, strict=True)] for row in after.weight]
    return _twin(network, layer, moved, hearing)


def _is_homogeneous(activation: Activation) -> bool:
    return set(activation.breakpoints) <= {0} and not activation.value_at_zero


def _twin(network: Network, layer: int, moved: Layer, hearing: Sequence[Sequence[object]]) -> Built:
    after = network.layers[layer + 1]
    made = Network(
        [
            *network.layers[:layer],
            moved,
            (hearing, after.bias, list(after.activations)),
            *network.layers[layer + 2 :],
        ]
    )
    return Built(made, network_target(network))


def _hidden(network: Network, layer: int) -> Layer:
    if not 0 <= layer < len(network.layers) - 1:
        hidden = len(network.layers) - 1
        known = f"the hidden layers are 0 to {hidden - 1}" if hidden else "there is no hidden layer"
        raise OptionError(f"{known}, got layer {layer}")
    return network.layers[layer]
