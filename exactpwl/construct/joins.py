"""Networks made of networks: composed, side by side, added, and with a connection past them.

A network here is a list of layers, each of which hears the one before it and no other.  So what is
to reach a later layer unchanged is *passed* from layer to layer, by a neuron whose activation is
the identity; that is what a residual connection and a shorter network beside a longer one take.
Where only ReLUs are wanted, each such neuron is two of them, z = relu(z) - relu(-z)
(``passing="relu"``).  The function is the same; the two ReLUs have a kink where z = 0, so there are
more activation regions.  The linear neuron has none.

Two layers of which the first has no activation are one (W', b') = (V W, V b + c); a composition
and a sum are written so, without a layer of their own.

References
----------
R. Arora, A. Basu, P. Mianjy, A. Mukherjee, 2018, arXiv:1611.01491, appendix (composition, addition
and maximum of ReLU networks).
K. He, X. Zhang, S. Ren, J. Sun, 2015, arXiv:1512.03385 (residual connections).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import reduce
from typing import Any

from exactpwl.affine import AffineMap
from exactpwl.certificate.side_by_side import joined
from exactpwl.construct.built import Built, Cell, Target, network_cells, refined
from exactpwl.domain import Domain
from exactpwl.errors import NetworkError, OptionError
from exactpwl.layer import Layer
from exactpwl.maximum import Maximum
from exactpwl.network import Network
from exactpwl.rationals import RationalLike, as_fractions

__all__ = ["PASSING", "add", "compose", "padded", "parallel", "passed", "relu_only", "residual"]

PASSING = ("linear", "relu")
"""How a value is handed on by a hidden layer: by a neuron without a kink, or by two ReLUs."""


def compose(outer: Network, inner: Network) -> Built:
    """Return x -> outer(inner(x)), the affine maps in the middle multiplied.

    Raises
    ------
    NetworkError
        If the inner network has not as many outputs as the outer one has inputs.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> twice = compose(gallery.get("tent"), gallery.get("tent"))
    >>> twice.network == gallery.get("sawtooth:2"), bool(twice.check())
    (True, True)
    """

    def cells() -> Iterator[Cell]:
        for cell in network_cells(inner, Domain.whole(inner.input_dimension)):
            through = outer @ Network([(cell.map.weight, cell.map.bias, "linear")])
            yield from network_cells(through, cell.domain)

    domain = Domain.whole(inner.input_dimension)
    target = Target("the composition of the two networks", domain, cells, is_covered=True)
    return Built(fused(outer, inner), target)


def fused(outer: Network, inner: Network) -> Network:
    """Return the composition; where the inner network ends without an activation, in one layer."""
    whole = outer @ inner
    last, first = inner.layers[-1], outer.layers[0]
    if isinstance(first, Maximum) or not _ends_without_activation(inner):
        return whole
    product = first.affine @ last.affine
    middle = Layer.of(product.weight, product.bias, list(first.activations))
    return Network([*inner.layers[:-1], middle, *outer.layers[1:]])


def parallel(networks: Sequence[Network], *, passing: str = "linear") -> Built:
    """Return x -> (f_1(x), ..., f_n(x)), the outputs one after the other.

    What ends earlier is passed on, see `exactpwl.construct.joins`.

    Parameters
    ----------
    networks : one or more networks with the same number of inputs
    passing : {"linear", "relu"}

    Raises
    ------
    NetworkError
        If there is no network, or their numbers of inputs differ.
    OptionError
        If `passing` is neither.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> both = parallel([gallery.get("xor"), gallery.get("l1_annulus")])
    >>> both.network, bool(both.check())
    (<Network 2 -> 6 relu -> 3 linear/relu -> 2 linear>, True)
    """
    domain = _common_domain(networks)

    def cells() -> Iterator[Cell]:
        for inside, maps in refined(networks, domain):
            rows = tuple(row for m in maps for row in m.weight)
            yield Cell(inside, AffineMap(rows, tuple(b for m in maps for b in m.bias)))

    target = Target(f"the outputs of {_counted(networks)}", domain, cells, is_covered=True)
    return Built(passed(reduce(joined, networks), passing), target)


def add(
    networks: Sequence[Network],
    coefficients: Sequence[RationalLike] | None = None,
    *,
    passing: str = "linear",
) -> Built:
    """Return x -> c_1 f_1(x) + ... + c_n f_n(x).

    Parameters
    ----------
    networks : one or more networks with the same numbers of inputs and of outputs
    coefficients : n rationals, optional
        All 1 if left out.
    passing : {"linear", "relu"}
        As in `parallel`.

    Raises
    ------
    NetworkError
        If there is no network, or their sizes or the number of coefficients do not fit.
    OptionError
        If `passing` is neither.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> difference = add([gallery.get("tent"), gallery.get("hat1d")], [1, -1])
    >>> difference.network, bool(difference.check())
    (<Network 1 -> 5 relu -> 1 linear>, True)
    """
    domain = _common_domain(networks)
    factors = as_fractions([1] * len(networks) if coefficients is None else coefficients)
    if len(factors) != len(networks):
        raise NetworkError(
            f"one coefficient for each of {_counted(networks)} is required, got {len(factors)}"
        )

    def cells() -> Iterator[Cell]:
        for inside, maps in refined(networks, domain):
            yield Cell(inside, _combined(factors, maps))

    outputs = _common_outputs(networks)
    rows = [[c * (i == j) for c in factors for j in range(outputs)] for i in range(outputs)]
    total = Network([(rows, [0] * outputs, "linear")])
    made = fused(total, reduce(joined, networks))
    target = Target(f"the sum of {_counted(networks)}", domain, cells, is_covered=True)
    return Built(passed(made, passing), target)


def residual(network: Network, *, passing: str = "linear") -> Built:
    """Return x -> network(x) + x, the input passed through every layer.

    Parameters
    ----------
    network : Network
        With as many outputs as inputs.
    passing : {"linear", "relu"}
        How a hidden layer passes it on.

    Raises
    ------
    NetworkError
        If the network has not as many outputs as inputs.
    OptionError
        If `passing` is neither.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> made = residual(gallery.get("tent"), passing="relu")
    >>> made.network, made.network(["1/2"]), bool(made.check())
    (<Network 1 -> 4 relu -> 1 linear>, (Fraction(3, 2),), True)
    """
    size = network.input_dimension
    if network.output_dimension != size:
        raise NetworkError(
            f"to add the input, as many outputs as inputs are required, got {size} inputs and "
            f"{network.output_dimension} outputs"
        )
    unit = Network([(_unit(size), [0] * size, "linear")])
    added = add([network, unit], passing=passing)
    text = "the network plus its input"
    cells = added.target.cells
    return Built(added.network, Target(text, added.target.domain, cells, is_covered=True))


def padded(network: Network, layers: int, *, passing: str = "linear") -> Built:
    """Return the same function with more layers, which pass on what comes in.

    Parameters
    ----------
    network : Network
    layers : int
        How many layers to put after the last one.
    passing : {"linear", "relu"}

    Raises
    ------
    OptionError
        If `layers` is negative, or `passing` is neither.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> deeper = padded(gallery.get("xor"), 2, passing="relu")
    >>> deeper.network, bool(deeper.check())
    (<Network 2 -> 2 relu -> 2 relu -> 2 relu -> 1 linear>, True)
    """
    if layers < 0:
        raise OptionError(f"a number of layers from 0 on is required, got {layers}")
    size = network.output_dimension
    unit = Layer.of(_unit(size), [0] * size, "linear")
    made = Network([*network.layers, *[unit] * layers])
    return Built(passed(made, passing), network_target(network))


def relu_only(network: Network) -> Built:
    """Return the same function with two ReLUs in place of each hidden neuron that passes on.

    z = relu(z) - relu(-z), for the hidden neurons whose activation is the identity; the others, the
    last layer, and a layer before maxima over groups, which have no weights, stay.

    Examples
    --------
    >>> from exactpwl import construct, gallery
    >>> relu_only(construct.maximum(5)).network == gallery.get("max:5")
    True
    """
    made = network
    for index in range(len(network.layers) - 1):
        made = _without_passing(made, index)
    return Built(made, network_target(network))


def passed(network: Network, passing: str) -> Network:
    """Return a network with values passed on in the way that is wanted."""
    if passing not in PASSING:
        raise OptionError(f"passing is {' or '.join(map(repr, PASSING))}, got {passing!r}")
    return relu_only(network).network if passing == "relu" else network


def network_target(network: Network) -> Target:
    """Return the function of a network, by its regions."""
    domain = Domain.whole(network.input_dimension)
    return Target(
        "the given network", domain, lambda: network_cells(network, domain), is_covered=True
    )


def _without_passing(network: Network, index: int) -> Network:
    here, after = network.layers[index], network.layers[index + 1]
    if isinstance(here, Maximum) or isinstance(after, Maximum):
        return network
    if not any(a.is_identity for a in here.activations):
        return network
    rows: list[Sequence[Fraction]] = []
    biases: list[Fraction] = []
    kinds: list[Any] = []
    columns: list[tuple[int, int]] = []
    for j, activation in enumerate(here.activations):
        for sign in (1, -1) if activation.is_identity else (1,):
            rows.append([sign * w for w in here.weight[j]])
            biases.append(sign * here.bias[j])
            kinds.append("relu" if activation.is_identity else activation)
            columns.append((j, sign))
    heard = [[sign * row[j] for j, sign in columns] for row in after.weight]
    return Network(
        [
            *network.layers[:index],
            (rows, biases, kinds),
            (heard, after.bias, list(after.activations)),
            *network.layers[index + 2 :],
        ]
    )


def _ends_without_activation(network: Network) -> bool:
    last = network.layers[-1]
    return not isinstance(last, Maximum) and all(a.is_identity for a in last.activations)


def _unit(size: int) -> list[list[int]]:
    return [[int(i == j) for j in range(size)] for i in range(size)]


def _combined(factors: Sequence[Fraction], maps: Sequence[AffineMap]) -> AffineMap:
    total = AffineMap(
        tuple(tuple(Fraction(0) for _ in row) for row in maps[0].weight),
        tuple(Fraction(0) for _ in maps[0].bias),
    )
    for c, m in zip(factors, maps, strict=True):
        minus = AffineMap(
            tuple(tuple(-c * w for w in row) for row in m.weight), tuple(-c * b for b in m.bias)
        )
        total -= minus
    return total


def _common_domain(networks: Sequence[Network]) -> Domain:
    sizes = {network.input_dimension for network in networks}
    if len(sizes) != 1:
        listed = ", ".join(map(str, sorted(sizes))) or "no network"
        raise NetworkError(
            f"one or more networks with the same number of inputs are required, got {listed}"
        )
    return Domain.whole(sizes.pop())


def _common_outputs(networks: Sequence[Network]) -> int:
    sizes = sorted({network.output_dimension for network in networks})
    if len(sizes) != 1:
        raise NetworkError(
            "to add networks, the same number of outputs is required, got "
            + ", ".join(map(str, sizes))
        )
    return sizes[0]


def _counted(networks: Sequence[Network]) -> str:
    return "1 network" if len(networks) == 1 else f"{len(networks)} networks"
