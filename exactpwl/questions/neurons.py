"""Dead neurons, neurons that are always active, and those that switch: by the exact range.

The pre-activation z of a neuron is a continuous function on the domain, which is connected, so its
values are an interval; and which pieces of the activation occur follows from the interval's ends
alone.  A ReLU is *dead* on the domain iff z <= 0 everywhere, that is, iff the upper end is at most
0; it is *always active* iff z >= 0 everywhere; both iff z vanishes identically.  The same words
serve every activation: a neuron that stays on one piece is dead if that piece is flat, so that it
only ever says one number, and always active if not, so that it is an affine function of its inputs.

The ends are exact: z is affine on each cell that the earlier layers cut, so its least value is one
at a vertex, or there is none, because z falls along a direction (`exactpwl.questions.hidden`).  The
answers are about the domain that is asked for: a neuron that is dead on a box may live outside.

Each claim z <= c or z >= c is a property of the network *cut off before the activation*: its last
layer is the neuron's layer, with the identity for the activations.  So the certificate of a
property proves it, and whoever checks it needs nothing new.

References
----------
Lu, Shin, Su, Karniadakis, Dying ReLU and initialization, 2020, arXiv:1903.06733 (dead neurons);
Serra, Kumar, Ramalingam, Lossless compression of deep neural networks, 2020, arXiv:2001.00218
(stably inactive and stably active neurons, which can be removed and merged).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from exactpwl.activation import Activation
from exactpwl.certificate import Certificate, End, certify_property
from exactpwl.domain import DomainLike
from exactpwl.enumeration import regions
from exactpwl.network import Network
from exactpwl.questions.hidden import (
    LayerValues,
    Vector,
    corners,
    cut_before,
    hidden_values,
    without_maxima,
)
from exactpwl.rationals import ordinary

__all__ = ["STATES", "NeuronState", "certify_stable", "stable_neurons", "states"]

STATES = ("zero", "constant", "dead", "always active", "switching")
"""What a neuron can be on a domain; the first that fits is said."""


@dataclass(frozen=True)
class NeuronState:
    """One neuron with kinks on a domain.

    Attributes
    ----------
    layer, neuron : int
        Counted from 0, the layer over all layers.
    activation : Activation
    lower, upper : End
        The exact range of the pre-activation on the closed domain: a value and a point where it is
        attained, or a point and a direction along which there is no bound.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> outer = stable_neurons(gallery.get("l1_annulus"))[4]
    >>> outer.state, outer.pieces, outer.lower.value, outer.upper.direction
    ('always active', (1,), Fraction(0, 1), (-1, 0))
    """

    layer: int
    neuron: int
    activation: Activation
    lower: End
    upper: End

    @property
    def pieces(self) -> tuple[int, ...]:
        """The pieces of the activation that occur, from left to right."""
        low, high = self.lower.value, self.upper.value
        if low is not None and low == high:
            return (self.activation.piece_of(low),)
        bends = self.activation.breakpoints
        first = 0 if low is None else sum(c <= low for c in bends)
        last = len(bends) if high is None else sum(c < high for c in bends)
        return tuple(range(first, last + 1))

    @property
    def state(self) -> str:
        """One of `STATES`.

        ``zero``: the pre-activation vanishes identically.  ``constant``: it has one value.
        ``dead``: on one flat piece, so that one value leaves the neuron.  ``always active``: on one
        piece that is not flat.  ``switching``: on several pieces.
        """
        low, high = self.lower.value, self.upper.value
        if low is not None and low == high:
            return "constant" if low else "zero"
        if len(self.pieces) > 1:
            return "switching"
        return "always active" if self.slope else "dead"

    @property
    def slope(self) -> Fraction | None:
        """The slope of the one piece that occurs, or None where several do."""
        return self.activation.slopes[self.pieces[0]] if len(self.pieces) == 1 else None

    @property
    def bounds(self) -> tuple[Fraction | None, Fraction | None]:
        """The claim c <= z <= c' that tells the piece: its ends, or the value of a constant.

        (None, None) where several pieces occur: nothing is claimed.
        """
        if self.state in ("zero", "constant"):
            return self.lower.value, self.upper.value
        if self.state == "switching":
            return None, None
        (piece,) = self.pieces
        ends = (None, *self.activation.breakpoints, None)
        return ends[piece], ends[piece + 1]

    def as_json(self) -> dict[str, Any]:
        """Return the state with exact numbers as texts."""
        return {
            "layer": self.layer,
            "neuron": self.neuron,
            "activation": str(self.activation),
            "state": self.state,
            "pieces": list(self.pieces),
            "lower": self.lower.as_json(),
            "upper": self.upper.as_json(),
        }


def stable_neurons(network: Network, domain: DomainLike = None) -> tuple[NeuronState, ...]:
    """Return what each neuron with kinks is on a domain, with the range of its pre-activation.

    Parameters
    ----------
    network : Network
        Without maxima over groups.
    domain : Domain, or pairs (low, high), optional
        Closed; the whole space if left out.

    Returns
    -------
    tuple of NeuronState
        Layer by layer.  Exact.

    Raises
    ------
    NetworkError
        If the network takes maxima; see `exactpwl.construct.relus_for_maxima`.

    Examples
    --------
    >>> from exactpwl import Network
    >>> network = Network([([[1], [1], [-1]], [0, 2, -2], "relu"), ([[1, 1, 1]], [0], "linear")])
    >>> [found.state for found in stable_neurons(network, [(-1, 1)])]
    ['switching', 'always active', 'dead']
    >>> [found.state for found in stable_neurons(network)]
    ['switching', 'switching', 'switching']
    """
    without_maxima(network, "state")
    stages = network.stages.stages
    if not stages:
        return ()
    vectors = corners(regions(cut_before(network, stages[-1].layer), domain))
    return states(network, hidden_values(network.stages, vectors), vectors)


def states(
    network: Network, found: Iterable[LayerValues], vectors: Sequence[Vector]
) -> tuple[NeuronState, ...]:
    """Return the states of all neurons with kinks, given their values at all corners."""
    return tuple(
        NeuronState(values.layer, neuron, activation, *_ends(values, neuron, vectors))
        for values in found
        for neuron, activation in enumerate(network.layers[values.layer].activations)
        if not activation.is_linear
    )


def _ends(values: LayerValues, neuron: int, vectors: Sequence[Vector]) -> tuple[End, End]:
    """Return where the pre-activation of a neuron is least and greatest."""
    row = list(map(int, values.before[neuron]))
    scale = list(map(int, values.before_scale))
    points = [(k, z, t) for k, (z, t) in enumerate(zip(row, scale, strict=True)) if t]
    ends = []
    for sign in (1, -1):
        near = _nearly_least([(k, sign * z, t) for k, z, t in points])
        value, point = min((value, ordinary(vectors[k])) for value, k in near)
        endless = [
            vector[:-1]
            for vector, z, t in zip(vectors, row, scale, strict=True)
            if not t and sign * z < 0
        ]
        way = min(endless, key=lambda u: (sum(map(abs, u)), u), default=None)
        ends.append(End(point, sign * value) if way is None else End(point, direction=way))
    return ends[0], ends[1]


def _nearly_least(points: Sequence[tuple[int, int, int]]) -> list[tuple[Fraction, int]]:
    """Return (z/t, k) for those of (k, z, t) whose 64 binary digits after the point are least.

    Rounding down keeps the order, so the least quotient is among them; integers are compared ten
    times faster than fractions.
    """
    floors = [(z << 64) // t for _, z, t in points]
    least = min(floors)
    return [
        (Fraction(z, t), k) for (k, z, t), low in zip(points, floors, strict=True) if low == least
    ]


def certify_stable(
    network: Network, found: Iterable[NeuronState], domain: DomainLike = None
) -> dict[int, Certificate]:
    """Return for each layer the certificate that its neurons stay where they are said to.

    Parameters
    ----------
    network : Network
    found : iterable of NeuronState
        As `stable_neurons` returns them; of a switching one nothing is claimed.
    domain : Domain, or pairs (low, high), optional
        The one that they were asked for on.

    Returns
    -------
    dict
        From a layer to the certificate of a property of ``cut_before(network, layer)``: a lower or
        an upper bound, or both, for each of its neurons that stays on one piece.  A layer without
        one is left out.

    Examples
    --------
    >>> from exactpwl import Network
    >>> network = Network([([[1], [-1]], [2, -2], "relu"), ([[1, 1]], [0], "linear")])
    >>> found = certify_stable(network, stable_neurons(network, [(-1, 1)]), [(-1, 1)])
    >>> [len(certificate.claim.as_json()["property"]) for certificate in found.values()]
    [2]
    """
    claims: dict[int, list[tuple[list[Fraction], Fraction]]] = {}
    for one in found:
        width = network.layers[one.layer].width
        for bound, sign in zip(one.bounds, (-1, 1), strict=True):
            if bound is not None:
                row = [Fraction(sign * (k == one.neuron)) for k in range(width)]
                claims.setdefault(one.layer, []).append((row, sign * bound))
    return {
        layer: certify_property(cut_before(network, layer), asked, domain)
        for layer, asked in claims.items()
    }
