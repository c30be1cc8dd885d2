"""Robustness at a point: the largest ball around it in which the class does not change.

With several outputs the class at x is the largest one, c; with one output it is the side of a
threshold, f > t or f < t.  *The class changes* at a point where another output is strictly larger
than y_c, or f strictly on the other side.  The radius is the supremum of all r such that the class
changes nowhere in the open ball of radius r; only points of the domain count, which is closed.

The set where the class changes is open in the domain.  So the radius is not attained in it: the
*adversary* is a point of its closure at exactly the radius, where the other class ties, together
with a point beyond, such that on the segment between them the class is another one, the adversary
itself left out.  A tie may be nearer, if there the other class only touches: it is told, too.
At a point where the classes are tied already there is no class, and the radius is 0.

The function is affine on each of finitely many polyhedra, so the radius is rational in l-infinity
and l1.  It is found by a best-first search (`exactpwl.questions.adversaries`) in balls that double
until an adversary is in one.  Where there is none in any of them, and the domain is not covered,
the certificate engine is asked about the whole domain: either the property "the class does not
change" is proved there, and the radius is infinite, or it gives a point where it fails, and the
search ends in the ball to that point.

That no smaller ball will do is seen from the adversary; that a larger one is not needed is the
property y_k <= y_c for all k on the closed ball, and has a certificate.

References
----------
C. Szegedy et al., Intriguing properties of neural networks, ICLR 2014, arXiv:1312.6199.
G. Katz, C. Barrett, D. Dill, K. Julian, M. Kochenderfer, Reluplex, CAV 2017, arXiv:1702.01135.
V. Tjeng, K. Xiao, R. Tedrake, Evaluating robustness of neural networks with mixed integer
programming, ICLR 2019, arXiv:1711.07356: minimum adversarial distortion, in floats.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

from exactpwl.certificate import Certificate, Counterexample, Inequality, certify_property
from exactpwl.domain import Domain, DomainLike, as_domain
from exactpwl.errors import CertificateError, DomainError, OptionError, TooLargeError
from exactpwl.inequality import as_point, dot
from exactpwl.nearest import size
from exactpwl.nearest_rows import BallNorm
from exactpwl.network import Network
from exactpwl.questions.adversaries import Crossing
from exactpwl.questions.growing import Progress, Quest
from exactpwl.questions.provable import provable
from exactpwl.questions.rivals import Rival, class_at, rivals_at
from exactpwl.rationals import RationalLike, as_fraction, format_fraction, format_point

__all__ = ["BALL_NORMS", "Robustness", "robustness"]

BALL_NORMS: dict[str, BallNorm] = {"inf": "linf", "1": "l1"}
"""The norms of balls by their names."""

MOST_CROSSED = 12
"""With more inputs an l1 ball has too many facets."""

Point = tuple[Fraction, ...]


@dataclass(frozen=True)
class Robustness:
    """How far the class at a point reaches.

    Attributes
    ----------
    network : Network
    domain : Domain
    point : tuple of Fraction
    norm : {"inf", "1"}
    threshold : Fraction
        For one output.
    label : int
        The class at the point: the place of the largest output, counted from 0; for one output 1
        above the threshold, -1 below it, 0 at it.
    tied : tuple of int
        Other outputs that are as large at the point.
    radius : Fraction or None
        None if the class changes nowhere in the domain.
    is_bound : bool
        Whether the radius is only known to be at least that: the cap that was asked for.
    adversary : Crossing or None
        A point at exactly the radius, in the closure of where the class changes.
    tie : Crossing or None
        The nearest tie, if it is nearer than the adversary.
    nodes : int
        How many nodes the search looked at.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> found = robustness(gallery.get("xor"), (1, 1), "1")
    >>> print(found.radius, found.tie, found.as_dict()["adversary"]["label"])
    3/2 None 1
    """

    network: Network
    domain: Domain
    point: Point
    norm: str
    threshold: Fraction
    label: int
    tied: tuple[int, ...]
    radius: Fraction | None
    is_bound: bool = False
    adversary: Crossing | None = None
    tie: Crossing | None = None
    nodes: int = 0

    @property
    def inequalities(self) -> tuple[Inequality, ...]:
        """That the class does not change, as inequalities between the outputs."""
        rivals = rivals_at(self.network(self.point), self.threshold)
        return tuple(Inequality(r.coefficients, -r.constant) for r in rivals)

    @property
    def ball(self) -> Domain:
        """The closed ball of the radius, as far as it is in the domain; the domain if infinite.

        Raises
        ------
        DomainError
            If the radius is 0: a point is no full-dimensional domain.
        TooLargeError
            If it is an l1 ball in more than 12 dimensions.
        """
        if self.radius is None:
            return self.domain
        if not self.radius:
            raise DomainError("a ball of radius 0 is a point: there is nothing to prove on it")
        around = ball(self.point, self.radius, self.norm)
        outer, inner = self.domain.as_box(), around.as_box()
        if outer is None or inner is None:
            return self.domain.intersect(around)
        pairs = zip(outer, inner, strict=True)
        return Domain.box([(max(a, c), min(b, d)) for (a, b), (c, d) in pairs])

    def certificate(self) -> Certificate:
        """Return the certificate that the class does not change on the closed ball.

        Of a network that takes maxima it speaks as the same function by ReLUs.

        Raises
        ------
        DomainError, TooLargeError
            As for `ball`, and if the ball has too many vertices to be subdivided.

        Examples
        --------
        >>> from exactpwl import gallery
        >>> robustness(gallery.get("xor"), (1, 1)).certificate().claim.as_json()["holds"]
        True
        """
        made = certify_property(provable(self.network), self.inequalities, self.ball)
        if isinstance(made.claim, Counterexample):
            raise CertificateError(
                f"the class changes at {format_point(made.claim.point)}, inside the ball"
            )
        return made

    def as_dict(self) -> dict[str, Any]:
        """Return the answer as plain JSON values."""
        return {
            "point": [format_fraction(c) for c in self.point],
            "norm": self.norm,
            "threshold": format_fraction(self.threshold),
            "class": self.label,
            "tied": list(self.tied),
            "radius": None if self.radius is None else format_fraction(self.radius),
            "at_least": self.is_bound,
            "infinite": self.radius is None,
            "adversary": _crossing_as_dict(self.adversary),
            "tie": _crossing_as_dict(self.tie),
            "nodes": self.nodes,
        }


def _crossing_as_dict(found: Crossing | None) -> dict[str, Any] | None:
    if found is None:
        return None
    beyond = None if found.beyond is None else [format_fraction(c) for c in found.beyond]
    return {
        "distance": format_fraction(found.distance),
        "point": [format_fraction(c) for c in found.point],
        "beyond": beyond,
        "label": found.label,
    }


def ball(point: Point, radius: Fraction, norm: str) -> Domain:
    """Return the closed l-infinity or l1 ball as a domain.

    Raises
    ------
    TooLargeError
        If it is an l1 ball in more than 12 dimensions, which has 2^d facets.

    Examples
    --------
    >>> print(ball((Fraction(1), Fraction(0)), Fraction(1, 2), "inf"))
    the box [1/2, 3/2] x [-1/2, 1/2]
    >>> print(ball((Fraction(1), Fraction(0)), Fraction(1, 2), "1"))
    a polyhedron of R^2 with 4 inequalities
    """
    if norm == "inf":
        return Domain.box([(c - radius, c + radius) for c in point])
    if len(point) > MOST_CROSSED:
        raise TooLargeError(
            f"at most {MOST_CROSSED} inputs are required for a certificate on an l1 ball, which "
            f"has 2^{len(point)} facets with {len(point)}; in l-infinity any number is possible"
        )
    normals = list(product((1, -1), repeat=len(point)))
    return Domain.polyhedron(normals, [dot(n, point) + radius for n in normals])


def robustness(
    network: Network,
    point: Iterable[RationalLike],
    norm: str = "inf",
    domain: DomainLike = None,
    radius: RationalLike | None = None,
    *,
    threshold: RationalLike = 0,
    progress: Progress | None = None,
) -> Robustness:
    """Return the largest ball around a point in which the class does not change, exactly.

    Parameters
    ----------
    network : Network
        Any; of maxima it is asked as the same function by ReLUs.
    point : d rationals
        In the domain.
    norm : {"inf", "1"}
    domain : Domain, or pairs (low, high), optional
        Only its points count; the whole space if left out.
    radius : rational, optional
        Look no farther than this: the answer is then exact, or that the radius is at least this.
    threshold : rational
        With one output the class is its side of this.
    progress : callable, optional
        Is told in words what is looked at.

    Returns
    -------
    Robustness
        Its adversary has been evaluated exactly.

    Raises
    ------
    OptionError
        If the norm is unknown, the radius is not positive, or a threshold is given for several
        outputs.
    DimensionError
        If the point has not d coordinates.
    DomainError
        If the point is not in the domain.
    TooLargeError
        If no adversary was found near, and the whole domain is too large to be subdivided.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> found = robustness(gallery.get("xor"), (1, 1))
    >>> print(found.radius, *found.adversary.point)
    3/4 1/4 1/4
    >>> robustness(gallery.get("xor"), (1, 1), domain=[("1/2", 2), ("1/2", 2)]).radius is None
    True
    """
    x = as_point(point, network.input_dimension)
    chosen = as_domain(domain, network.input_dimension)
    cap, level = None if radius is None else as_fraction(radius), as_fraction(threshold)
    _check(network, x, norm, chosen, cap, level)
    label, tied = class_at(network(x), level)
    rivals = rivals_at(network(x), level)
    if tied or not rivals:
        here = Crossing(Fraction(0), x, None, tied[0] if tied else 0)
        found = Robustness(
            network, chosen, x, norm, level, label, tied, Fraction(0), adversary=here
        )
    else:
        quest = Quest(network, x, BALL_NORMS[norm], chosen, rivals, progress)
        found = Robustness(network, chosen, x, norm, level, label, (), *quest.answer(cap))
    _verify(found, rivals)
    return found


def _check(
    network: Network, x: Point, norm: str, domain: Domain, cap: Fraction | None, level: Fraction
) -> None:
    if norm not in BALL_NORMS:
        raise OptionError(f"the norms of balls are {', '.join(BALL_NORMS)}; got {norm!r}")
    if cap is not None and cap <= 0:
        raise OptionError(f"a positive radius is required, got {format_fraction(cap)}")
    if level and network.output_dimension > 1:
        raise OptionError(
            f"a threshold is for one output, and the network has {network.output_dimension}: there "
            "the class is the largest output"
        )
    if not domain.contains(x):
        raise DomainError(f"a point of the domain is required, got {format_point(x)}; see --box")


def _verify(found: Robustness, rivals: Sequence[Rival]) -> None:
    """Evaluate what was found, with nothing but the network, the domain and the norm.

    Raises
    ------
    CertificateError
        If something is not as it was claimed: that would be a bug.
    """
    by_label = {rival.label: rival for rival in rivals}
    for crossing in (found.adversary, found.tie):
        if crossing is None or not crossing.distance:
            continue
        rival = by_label[crossing.label]
        gap = [a - b for a, b in zip(crossing.point, found.point, strict=True)]
        points = [p for p in (crossing.point, crossing.beyond) if p is not None]
        if (
            size(gap, BALL_NORMS[found.norm]) != crossing.distance
            or rival.at(found.network(crossing.point))
            or not all(map(found.domain.contains, points))
            or not all(rival.at(found.network(p)) > 0 for p in points[1:])
        ):
            raise CertificateError(f"{format_point(crossing.point)} is no adversary as claimed")
