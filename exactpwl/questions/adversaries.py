"""The nearest point at which one combination of outputs is positive, best first and exactly.

A combination g of the outputs is negative at a point x.  Wanted is the nearest point of {g > 0}, or
rather of its closure, because the set is open.  Nodes are sets of decided neurons, with the rows
that the decisions mean: a polyhedron each.  On a node g is at most an affine function
(`exactpwl.questions.bands`), so that no point of {g >= 0} in it is nearer than the nearest
one that satisfies the rows and that function (`exactpwl.nearest_rows`).  The node with the least
such bound is opened first (Hart, Nilsson and Raphael's A*): where g *is* the affine function, the
bound is a point, and since no other node can have a nearer one, it is the nearest of all.  Regions
farther away are never looked at, and neither are those on which g is negative.

Each node has its own box, which holds all of its points at which g >= 0: the rows tighten it, and
in a smaller box fewer neurons bend.  What is known of neurons holds in the box only, so its walls
are rows of the node like the others.

A nearest point of {g >= 0} need not be one of the closure of {g > 0}: g may touch 0 and return.  A
node's polyhedron P is convex and g affine on it, so either g <= 0 on P, or {g > 0} is dense in
{g >= 0} within P.  Which of them, a direction tells that keeps the rows which are tight at the
point and along which g rises; the rows that are not tight do not matter.  Where there is none the
node only touches, its point is remembered as a tie, and the search goes on.

References
----------
P. E. Hart, N. J. Nilsson, B. Raphael, A formal basis for the heuristic determination of minimum
cost paths, IEEE Trans. Systems Science and Cybernetics 4 (1968).
A. H. Land, A. G. Doig, An automatic method of solving discrete programming problems, Econometrica
28 (1960).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from heapq import heappop, heappush
from itertools import count
from typing import Any, NamedTuple

from exactpwl.inequality import IntegerRow, Row, dot, primitive_row, value
from exactpwl.nearest import size
from exactpwl.nearest_rows import distance_bound, nearest_satisfying
from exactpwl.questions.bands import Around, Enclosure, Look, Stand
from exactpwl.questions.rivals import Rival

__all__ = ["Crossing", "Search"]

Point = tuple[Fraction, ...]


class Crossing(NamedTuple):
    """A nearest point where a rival is no longer negative.

    Attributes
    ----------
    distance : Fraction
    point : tuple of Fraction
    beyond : tuple of Fraction or None
        The rival is positive at this point and on the whole segment to it, `point` left out; None
        where it is positive at no point near.
    label : int
        The rival's.
    """

    distance: Fraction
    point: Point
    beyond: Point | None
    label: int


class _Node(NamedTuple):
    """A stand with its rows; once it was looked at, with what was seen, and its nearest point."""

    stand: Stand
    rows: tuple[IntegerRow, ...]
    around: Around
    look: Look | None = None
    step: Point = ()


class Search:
    """The search around one point; all points in it are displacements.

    Parameters
    ----------
    enclosure : Enclosure
    domain_rows : rows of displacements that every point must satisfy
    around : Around
    """

    def __init__(
        self, enclosure: Enclosure, domain_rows: Sequence[IntegerRow], around: Around
    ) -> None:
        self.enclosure = enclosure
        self.domain_rows = tuple(domain_rows)
        self.around = around
        self.origin = (Fraction(0),) * len(around.lows)
        self.nodes = 0

    def crossings(
        self, rival: Rival, below: Fraction | None = None
    ) -> tuple[Crossing | None, Crossing | None]:
        """Return the nearest tie, and the nearest point from which the rival is positive.

        Parameters
        ----------
        rival : Rival
        below : Fraction, optional
            Only what is nearer than this counts.

        Returns
        -------
        (tie, crossing)
            Displacements for points; None where there is none around.  A crossing is a tie.
        """
        limit = self._limit(below)
        order = count()
        heap: list[tuple[Fraction, int, _Node]] = []
        start = _Node(self.enclosure.start(), (), self._nearer(limit))
        heappush(heap, (Fraction(0), next(order), start))
        tie: Crossing | None = None
        while heap:
            distance, _, node = heappop(heap)
            if node.look is None:
                seen = self._seen(distance, node, rival, limit)
                if seen is not None:
                    heappush(heap, (seen[0], next(order), seen[1]))
            elif node.look.exact:
                found = self._crossing(distance, node, rival, limit)
                tie = tie or found
                if found.beyond is not None:
                    return tie, found
            else:
                assert node.look.branch is not None
                for stand, row in self.enclosure.decided(node.look.stand, node.look.branch):
                    rows = (_integers(row), *node.rows)
                    around = node.around.tightened((*rows, _integers(node.look.above)))
                    if around is not None:
                        heappush(heap, (distance, next(order), _Node(stand, rows, around)))
        return tie, None

    def _limit(self, below: Fraction | None) -> Fraction | None:
        """Return below which distance points count: decisions hold only around the point."""
        ends = [] if self.around.covers else [self.around.radius]
        return min(ends if below is None else [*ends, below], default=None)

    def _nearer(self, limit: Fraction | None) -> Around:
        """Return the box around what is nearer than the limit."""
        if limit is None:
            return self.around
        lows = tuple(max(low, -limit) for low in self.around.lows)
        highs = tuple(min(high, limit) for high in self.around.highs)
        return self.around._replace(lows=lows, highs=highs)

    def _seen(
        self, distance: Fraction, node: _Node, rival: Rival, limit: Fraction | None
    ) -> tuple[Fraction, _Node] | None:
        """Look at a node: None if the rival is negative on it, or farther away than the limit."""
        self.nodes += 1
        look = self.enclosure.look(node.stand, node.around, rival.coefficients, rival.constant)
        if look is None or look.most < 0:
            return None
        rows, norm = (*self._rows(node), _integers(look.above)), self.around.norm
        if look.exact:
            step = nearest_satisfying(self.origin, rows, norm, limit)
            if step is None:
                return None
            return size(step, norm), node._replace(look=look, step=step)
        bound = distance_bound(self.origin, rows, norm, limit)
        return None if bound is None else (max(bound, distance), node._replace(look=look))

    def _rows(self, node: _Node) -> tuple[IntegerRow, ...]:
        """Return all rows of a node: its decisions', its box's, and the domain's."""
        return (*node.rows, *node.around.walls(self.around), *self.domain_rows)

    def _crossing(
        self, distance: Fraction, node: _Node, rival: Rival, limit: Fraction | None
    ) -> Crossing:
        """Return a node's nearest point, with one beyond it if the rival rises there."""
        assert node.look is not None
        rows = self._rows(node)
        room = None if limit is None else (limit - distance) / 2
        beyond = self._beyond(node.step, rows, node.look.above, room)
        return Crossing(distance, node.step, beyond, rival.label)

    def _beyond(
        self,
        step: Point,
        rows: Sequence[IntegerRow],
        above: Sequence[Any],
        room: Fraction | None,
    ) -> Point | None:
        """Return a point along which the rows hold and the function rises from here, or None."""
        slope, _ = _row(above)
        tight = [(row[0], 0) for row in rows if not value(row, step)]
        way = nearest_satisfying(self.origin, [*tight, (slope, -1)], self.around.norm)
        if way is None:
            return None
        lengths = [Fraction(1)]
        if room is not None:
            lengths.append(room / size(way, self.around.norm))
        for row in rows:
            fall = -dot(row[0], way)
            if fall > 0:
                lengths.append(value(row, step) / fall)
        length = _short(min(lengths))
        return tuple(s + length * w for s, w in zip(step, way, strict=True))


def _short(length: Fraction) -> Fraction:
    """Return a power of 1/2 that is not greater."""
    power = 1 << max(0, (length.denominator // length.numerator).bit_length())
    return Fraction(1, power) if power * length.numerator >= length.denominator else length


def _integers(row: Sequence[Any]) -> IntegerRow:
    return primitive_row(_row(row))


def _row(row: Sequence[Any]) -> Row:
    """Return flint's numbers as a row of fractions."""
    numbers = [Fraction(int(c.p), int(c.q)) for c in row]
    return tuple(numbers[:-1]), numbers[-1]
