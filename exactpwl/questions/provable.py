"""The form of a network that certificates speak of.

A certificate knows affine maps and activations of one variable.  A maximum over a group is neither,
but it is a tournament of ReLUs (`exactpwl.construct.relus_for_maxima`), which is the same function;
so what is asked of the function is proved of that network.  Its regions are more, its affine maps
are the same.
"""

from __future__ import annotations

from exactpwl.construct.maxima import relus_for_maxima
from exactpwl.maximum import Maximum
from exactpwl.network import Network

__all__ = ["provable"]


def provable(network: Network) -> Network:
    """Return the network itself, or where it takes maxima the same function by ReLUs.

    Examples
    --------
    >>> from exactpwl import Maximum, gallery
    >>> xor = gallery.get("xor")
    >>> provable(xor) is xor
    True
    >>> provable(Network([([[1], [-1]], [0, 0], "linear"), Maximum([[0, 1]])]))
    <Network 1 -> 2 linear -> 2 relu/linear -> 1 linear>
    """
    if any(isinstance(layer, Maximum) for layer in network.layers):
        return relus_for_maxima(network).network
    return network
