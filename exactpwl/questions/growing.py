"""From a search in one ball to the radius: balls that double, and at last the whole domain.

How far away an adversary is, is not known before; but a search in a ball that is too large is
dear, because more neurons bend in it.  The first ball is a guess, from the affine map at the point
alone.  While it holds no adversary it is doubled, so that the last one is at most twice as large as
needed, unless the guess was.  The search in a ball takes points in its interior only.

The domain may be a box that a ball covers: then the answer is known, also that there is none.
Otherwise, after some doublings, the property that the class never changes is put to the whole
domain.  It holds, and the radius is infinite, or it fails at a point, and the ball that has this
point inside has the answer.  The nearest tie is found in the same way, by the property with strict
inequalities.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from exactpwl.certificate import Counterexample, Inequality, certify_property
from exactpwl.domain import Domain
from exactpwl.errors import TooLargeError
from exactpwl.inequality import IntegerRow, primitive_row, value
from exactpwl.nearest import size
from exactpwl.nearest_rows import BallNorm
from exactpwl.network import Network
from exactpwl.questions.adversaries import Crossing, Search
from exactpwl.questions.bands import Around, Enclosure
from exactpwl.questions.provable import provable
from exactpwl.questions.rivals import Rival
from exactpwl.rationals import format_fraction

__all__ = ["Outcome", "Progress", "Quest"]

Point = tuple[Fraction, ...]
Progress = Callable[[str], None]
Bounds = tuple[Fraction | None, Fraction | None]

DOUBLINGS = 6
"""So often a ball is doubled before the whole domain is asked about."""


class Outcome(NamedTuple):
    """The radius, or None; whether it is only a lower bound; adversary, nearer tie, nodes."""

    radius: Fraction | None
    is_bound: bool
    adversary: Crossing | None
    tie: Crossing | None
    nodes: int


class Quest:
    """The way to one answer.

    Parameters
    ----------
    network : Network
    point : d fractions, in the domain
    norm : {"linf", "l1"}
    domain : Domain
    rivals : one or more, all negative at the point
    progress : callable, optional
    """

    def __init__(
        self,
        network: Network,
        point: Point,
        norm: BallNorm,
        domain: Domain,
        rivals: Sequence[Rival],
        progress: Progress | None = None,
    ) -> None:
        self.network = provable(network)
        self.point = point
        self.norm = norm
        self.domain = domain
        self.rivals = sorted(rivals, key=self._guess)
        self.progress = progress
        self.enclosure = Enclosure(self.network, point)
        self.rows = [_moved(row, point) for row in domain.rows]
        self.bounds = _bounds(self.rows, len(point))
        self.nodes = 0
        self.tie: Crossing | None = None

    def answer(self, cap: Fraction | None) -> Outcome:
        """Return the outcome; nothing at the cap's distance or farther is looked for."""
        for radius in self._radii(cap):
            around = self._around(radius)
            found = self._within(around)
            if found is not None:
                return self._outcome(found.distance, found)
            if around.covers:
                return self._outcome(None, None)
            if radius == cap:
                return self._outcome(cap, None, is_bound=True)
        changing = self._somewhere(strict=False)
        if changing is not None:
            found = self._within(self._around(2 * changing))
            assert found is not None
            return self._outcome(found.distance, found)
        tied = None if self.tie else self._somewhere(strict=True)
        if tied is not None:
            self._within(self._around(2 * tied))
        return self._outcome(None, None)

    def _outcome(
        self, radius: Fraction | None, found: Crossing | None, is_bound: bool = False
    ) -> Outcome:
        tie = self.tie
        if tie is not None and radius is not None and tie.distance >= radius:
            tie = None
        return Outcome(radius, is_bound, found, tie, self.nodes)

    def _radii(self, cap: Fraction | None) -> Iterator[Fraction]:
        """Yield the radii of balls, with the cap as the last one."""
        guesses = [guess for guess in map(self._guess, self.rivals) if guess < _FAR]
        radius = _rounded_up(min(guesses, default=Fraction(1)))
        for _ in range(DOUBLINGS):
            if cap is not None and radius >= cap:
                break
            yield radius
            radius *= 2
        if cap is not None:
            yield cap

    def _guess(self, rival: Rival) -> Fraction:
        """Return how far away the rival would be positive if the network were affine."""
        local = self.network.affine_map_at(self.point)
        slope = [
            sum((c * w for c, w in zip(rival.coefficients, column, strict=True)), Fraction(0))
            for column in zip(*local.weight, strict=True)
        ]
        steepest = size(slope, "l1" if self.norm == "linf" else "linf")
        return -rival.at(self.network(self.point)) / steepest if steepest else _FAR

    def _around(self, radius: Fraction) -> Around:
        """Return the box around what of the domain is in a ball."""
        lows = tuple(-radius if a is None else max(a, -radius) for a, _ in self.bounds)
        highs = tuple(radius if b is None else min(b, radius) for _, b in self.bounds)
        farthest = [None if a is None or b is None else max(-a, b) for a, b in self.bounds]
        known = [one for one in farthest if one is not None]
        covers = len(known) == len(farthest) and size(known, self.norm) < radius
        return Around(self.norm, radius, lows, highs, covers)

    def _within(self, around: Around) -> Crossing | None:
        """Return the nearest adversary in a ball, and remember the nearest tie."""
        best: Crossing | None = None
        search = Search(self.enclosure, self.rows, around)
        for rival in self.rivals:
            if self.progress is not None:
                radius = format_fraction(around.radius)
                self.progress(f"class {rival.label} within {radius}: {self.nodes} nodes so far")
            tie, found = search.crossings(rival, None if best is None else best.distance)
            best = best if found is None else self._placed(found)
            if tie is not None and (self.tie is None or tie.distance < self.tie.distance):
                self.tie = self._placed(tie)
        self.nodes += search.nodes
        return best

    def _placed(self, found: Crossing) -> Crossing:
        """Return a crossing at points of the input space."""
        point = tuple(p + s for p, s in zip(self.point, found.point, strict=True))
        if found.beyond is None:
            return found._replace(point=point)
        beyond = tuple(p + s for p, s in zip(self.point, found.beyond, strict=True))
        return found._replace(point=point, beyond=beyond)

    def _somewhere(self, *, strict: bool) -> Fraction | None:
        """Return how far a point is at which a rival is positive, or with `strict` not negative."""
        if self.progress is not None:
            self.progress("the whole domain")
        asked = [Inequality(r.coefficients, -r.constant, strict) for r in self.rivals]
        try:
            claim = certify_property(self.network, asked, self.domain).claim
        except TooLargeError as error:
            raise TooLargeError(
                f"no adversary was found nearby, and the whole domain is too large to be "
                f"subdivided ({error}): give a radius, so that the answer is the exact radius or "
                "that it is at least that"
            ) from None
        if not isinstance(claim, Counterexample):
            return None
        gap = [a - b for a, b in zip(claim.point, self.point, strict=True)]
        return size(gap, self.norm)


_FAR = Fraction(1 << 62)


def _rounded_up(number: Fraction) -> Fraction:
    """Return the least power of two that is greater."""
    power = number.numerator.bit_length() - number.denominator.bit_length()
    found = Fraction(2) ** (power - 1)
    while found <= number:
        found *= 2
    return found


def _moved(row: IntegerRow, point: Point) -> IntegerRow:
    """Return a row as one of displacements from a point."""
    return primitive_row((row[0], value(row, point)))


def _bounds(rows: Sequence[IntegerRow], dimension: int) -> list[Bounds]:
    """Return the ends of each coordinate that a single row tells."""
    lows: list[Fraction | None] = [None] * dimension
    highs: list[Fraction | None] = [None] * dimension
    for normal, offset in rows:
        used = [i for i, c in enumerate(normal) if c]
        if len(used) == 1:
            (i,) = used
            end, low, high = Fraction(-offset, normal[i]), lows[i], highs[i]
            if normal[i] > 0:
                lows[i] = end if low is None else max(low, end)
            else:
                highs[i] = end if high is None else min(high, end)
    return list(zip(lows, highs, strict=True))
