"""The smaller network: the same function on the domain, without the neurons that it can do without.

What a neuron computes on the domain is known exactly at all corners of the regions, so which of
them are constant, affine, or combinations of others is linear algebra
(`exactpwl.questions.drafts`).  These steps are taken until none changes anything.  What is left is
then tried without each of its neurons, from the last layer to the first: a point at which the
function changes is nearly always found at once, among the regions' interior points; where none is,
equality is decided on all regions of both networks.  As long as something goes, all of it is done
again.

At the end the smaller network is proved equal to the one that was given, on the whole domain, by a
certificate that believes nothing of all this.  A neuron that goes can go *on this domain*: on a
larger one the smaller network may be another function.

No claim is made that the result is a smallest network: to take out neurons one after the other in
another order may leave another network, and one with other weights may be smaller still.

References
----------
Serra, Kumar, Ramalingam, Lossless compression of deep neural networks, CPAIOR 2020,
arXiv:2001.00218; Phuong, Lampert, Functional vs. parametric equivalence of ReLU networks, ICLR 2020
(what permuting and rescaling leave of a network).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from exactpwl.certificate import Certificate, Counterexample, Equal, certify_equality
from exactpwl.complex import PolyhedralComplex
from exactpwl.domain import Domain, DomainLike, as_domain
from exactpwl.enumeration import regions
from exactpwl.errors import CertificateError
from exactpwl.network import Network
from exactpwl.questions.drafts import Draft, Fate, Place
from exactpwl.questions.hidden import corners, hidden_values
from exactpwl.questions.neurons import states
from exactpwl.questions.provable import provable
from exactpwl.rationals import format_fraction

__all__ = ["Reduction", "smaller_network"]

PROBES = 200
"""So many regions' interior points are tried before equality is decided on all regions."""


@dataclass(frozen=True)
class Reduction:
    """A network and a smaller one that is the same function on a domain.

    Attributes
    ----------
    given, smaller : Network
        Where the given one took maxima, it is the same function with ReLUs in their place.
    domain : Domain
    fates : mapping
        From each hidden neuron (layer, neuron) of the given network to its `Fate`.
    certificate : Certificate
        That both are the same function on the domain; its claim is `Equal`.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> found = smaller_network(gallery.get("l1_annulus"))
    >>> found.removed, found.fates[1, 0].what, found.smaller
    (0, 'linear', <Network l1_annulus 2 -> 4 relu -> 2 linear/relu -> 1 linear>)
    """

    given: Network
    smaller: Network
    domain: Domain
    fates: Mapping[Place, Fate]
    certificate: Certificate

    @property
    def removed(self) -> int:
        """How many hidden neurons fewer the smaller network has."""
        return _hidden(self.given) - _hidden(self.smaller)

    def as_json(self) -> dict[str, Any]:
        """Return both architectures, what became of each neuron, and the smaller network."""
        return {
            "before": _told(self.given),
            "after": _told(self.smaller),
            "removed": self.removed,
            "neurons": [
                {
                    "layer": layer,
                    "neuron": neuron,
                    "what": fate.what,
                    "terms": [
                        {"factor": format_fraction(c), "layer": i, "neuron": j}
                        for c, (i, j) in fate.terms
                    ],
                    "constant": format_fraction(fate.constant),
                }
                for (layer, neuron), fate in sorted(self.fates.items())
            ],
            "equal": True,
            "smaller": self.smaller.as_dict(),
        }


def smaller_network(network: Network, domain: DomainLike = None) -> Reduction:
    """Return a network without needless neurons, proved to be the same function on a domain.

    Parameters
    ----------
    network : Network
        A convolution is read as the table of its weights, maxima over groups as ReLUs.
    domain : Domain, or pairs (low, high), optional
        Closed; the whole space if left out.

    Returns
    -------
    Reduction

    Raises
    ------
    TooLargeError
        If the table of a layer's weights would be too large.

    Examples
    --------
    On [-1, 1] the second neuron is always active, the third is dead, the last a copy of the first:

    >>> from exactpwl import Network
    >>> layer = ([[1], [1], [-1], [2]], [0, 2, -2, 0], "relu")
    >>> found = smaller_network(Network([layer, ([[1, 1, 1, 1]], [0], "linear")]), [(-1, 1)])
    >>> found.smaller, found.removed
    (<Network 1 -> 2 relu/linear -> 1 linear>, 2)
    """
    given = provable(network)
    chosen = as_domain(domain, given.input_dimension)
    draft = Draft.of(given)
    draft.fold()
    while True:
        complex_ = _without_effort(draft, chosen)
        if not _without_one(draft, complex_):
            break
    smaller = draft.network(network.name)
    certificate = certify_equality(given, smaller, chosen)
    if not isinstance(certificate.claim, Equal):
        raise CertificateError(
            "the smaller network is another function: this is a bug of exactpwl, please report it "
            "with the network"
        )
    return Reduction(given, smaller, chosen, _fates(given, draft), certificate)


def _without_effort(draft: Draft, domain: Domain) -> PolyhedralComplex:
    """Do all that the values at the corners tell, and return the complex that is left."""
    while True:
        network = draft.network()
        complex_ = regions(network, domain)
        vectors = corners(complex_)
        values = list(hidden_values(network.stages, vectors))
        found = states(network, values, vectors)
        changed = draft.straighten(found)
        if draft.pair(values):
            draft.unhear()
            continue
        changed |= draft.express(values, found)
        for step in (draft.unhear, draft.collapse, draft.merge, draft.fold):
            changed |= step()
        if not changed:
            return complex_


def _without_one(draft: Draft, complex_: PolyhedralComplex) -> bool:
    """Leave out a neuron without which the function is the same; False if there is none."""
    network = complex_.network
    step = -(-len(complex_) // PROBES)
    points = [complex_.regions[i].interior_point for i in range(0, len(complex_), step)]
    wanted = [network(point) for point in points]
    for layer in reversed(range(len(network.layers) - 1)):
        for neuron in reversed(range(network.layers[layer].width)):
            trial = draft.copy()
            trial.deafen(layer, neuron)
            without = trial.network()
            if any(without(x) != y for x, y in zip(points, wanted, strict=True)):
                continue
            claim = certify_equality(network, without, complex_.domain).claim
            if isinstance(claim, Equal):
                draft.not_needed(layer, neuron)
                draft.collapse()
                return True
            assert isinstance(claim, Counterexample)
            points.insert(0, claim.point)
            wanted.insert(0, network(claim.point))
    return False


def _fates(network: Network, draft: Draft) -> dict[Place, Fate]:
    return {
        (i, j): draft.fates.get((i, j), Fate("kept"))
        for i, layer in enumerate(network.layers[:-1])
        for j in range(layer.width)
    }


def _hidden(network: Network) -> int:
    return sum(layer.width for layer in network.layers[:-1])


def _told(network: Network) -> dict[str, Any]:
    return {
        "architecture": network.architecture,
        "sha256": network.sha256,
        "hidden_neurons": _hidden(network),
        "weights": sum(layer.width * (layer.input_dimension + 1) for layer in network.layers),
    }
