r"""Functions of one variable as one hidden layer: a ReLU for each segment.

A function through points, with segments between them, is its first value plus one ReLU for each
segment: the first climbs with the first slope, and each further one starts at a point and adds the
change of slope.  With knots t_0 < ... < t_N and slopes m_1, ..., m_N it is

    f(t_0) + m_1 relu(x - t_0) + sum over k from 2 to N of (m_k - m_(k-1)) relu(x - t_(k-1)).

On segment k the first k ReLUs are active, and their slopes sum up to m_k.  So N segments take N
ReLUs.  To the left of all points every ReLU is 0, so the function stays at its first value; to the
right it goes on with the last slope.  A segment that continues the one before it, and a first one
that is flat, take no ReLU.  (Theorem 5 in `proofs/` says when fewer are enough.)

A function on the whole line, given by breakpoints and slopes, has a slope left of all breakpoints
as well.  Where it is not 0, a second ReLU at the first breakpoint looks to the left: then N pieces
take N ReLUs, too.

References
----------
R. Arora, A. Basu, P. Mianjy, A. Mukherjee, 2018, arXiv:1611.01491, theorem 2.2.
J. He, L. Li, J. Xu, C. Zheng, 2020, arXiv:1807.03973, section 3 (finite elements on the line).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from exactpwl.affine import AffineMap
from exactpwl.construct.built import Built, Cell, Target, domain_of
from exactpwl.domain import Domain, DomainLike
from exactpwl.enumeration import regions
from exactpwl.errors import DimensionError, NetworkError
from exactpwl.network import Network
from exactpwl.rationals import (
    RationalLike,
    as_fraction,
    as_fractions,
    format_fraction,
    format_point,
)

__all__ = ["LinePiece", "from_points", "from_slopes", "line_pieces", "one_layer"]

Point = tuple[Fraction, Fraction]


class LinePiece(NamedTuple):
    """A longest interval on which a function is affine; an end is None where there is none.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> line_pieces(gallery.get("abs"))[0]
    LinePiece(left=None, right=Fraction(0, 1), slope=Fraction(-1, 1), constant=Fraction(0, 1))
    """

    left: Fraction | None
    right: Fraction | None
    slope: Fraction
    constant: Fraction


def one_layer(
    constant: RationalLike, neurons: Sequence[tuple[RationalLike, RationalLike, RationalLike]]
) -> Network:
    """Return the network x -> constant + sum of a relu(w x + b) over neurons (a, w, b).

    Examples
    --------
    >>> one_layer(-1, [(4, 1, 1), (-8, 1, "1/2"), (5, 1, 0)])([1])
    (Fraction(0, 1),)
    """
    start = as_fraction(constant)
    if not neurons:
        return Network([([[0]], [start], "linear")])
    weights, rows, biases = zip(*map(as_fractions, neurons), strict=True)
    return Network([([[w] for w in rows], biases, "relu"), ([weights], [start], "linear")])


def from_points(points: Iterable[Sequence[RationalLike]]) -> Built:
    """Return the function through points, with segments between them, as one hidden layer.

    Left of the first point it is constant, right of the last one it goes on with the last slope.
    N segments take N ReLUs.

    Parameters
    ----------
    points : iterable of pairs (x, y)
        In any order; a point may be repeated.

    Returns
    -------
    Built
        Its notes say what was sorted, merged and left out.

    Raises
    ------
    DimensionError
        If there is no point, or one has not two coordinates.
    NetworkError
        If there are two values at one place.

    Examples
    --------
    >>> made = from_points([(-1, -1), ("-1/2", 1), (0, -1), (1, 0)])
    >>> hidden, output = made.network.layers
    >>> [str(b) for b in hidden.bias], [str(a) for a in output.weight[0]], str(output.bias[0])
    (['1', '1/2', '0'], ['4', '-8', '5'], '-1')
    >>> bool(made.check())
    True
    """
    listed, notes = _sorted_points(points)
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in pairwise(listed)]
    neurons = []
    before = Fraction(0)
    for (x, y), slope in zip(listed, slopes, strict=False):
        if slope != before:
            neurons.append((slope - before, 1, -x))
        elif (x, y) == listed[0]:
            notes.append("the first segment is flat: it takes no ReLU")
        else:
            notes.append(
                f"{_pair(x, y)} is on the line through its neighbours: segments merged there"
            )
        before = slope
    knots = [x for x, _ in listed[:-1]] or [listed[0][0]]
    text = f"the function through {len(listed)} {'point' if len(listed) == 1 else 'points'}"
    target = _line_target(text, knots, [Fraction(0), *(slopes or [Fraction(0)])], listed[0])
    return Built(one_layer(listed[0][1], neurons), target, tuple(notes))


def _sorted_points(points: Iterable[Sequence[RationalLike]]) -> tuple[list[Point], list[str]]:
    given = [as_fractions(point) for point in points]
    for i, point in enumerate(given):
        if len(point) != 2:
            raise DimensionError(
                f"point {i}: two coordinates x and y are required, got {len(point)}"
            )
    if not given:
        raise DimensionError("at least one point (x, y) is required, got none")
    notes = []
    listed = sorted(given)
    if listed != given:
        notes.append("the points were sorted by x")
    for (x, y), (other_x, other) in pairwise(listed):
        if x == other_x and y != other:
            raise NetworkError(
                f"one value at each place is required, got {format_fraction(y)} and "
                f"{format_fraction(other)} at x = {format_fraction(x)}; move one of the points"
            )
    repeated = [point for point, count in Counter(listed).items() if count > 1]
    notes += [f"{format_point(point)} came more than once: merged" for point in repeated]
    return [(x, y) for x, y in dict.fromkeys(listed)], notes


def _pair(x: Fraction, y: Fraction) -> str:
    return format_point((x, y))


def from_slopes(
    breakpoints: Sequence[RationalLike],
    slopes: Sequence[RationalLike],
    through: tuple[RationalLike, RationalLike],
) -> Built:
    """Return the function on the line with given breakpoints and slopes, as one hidden layer.

    Parameters
    ----------
    breakpoints : n rationals
        In increasing order.
    slopes : n + 1 rationals
        Left of the first breakpoint, between two, and right of the last.
    through : (x, y)
        A point of the graph.

    Returns
    -------
    Built
        N >= 2 pieces take at most N ReLUs.  One piece is an affine function, and takes none.

    Raises
    ------
    DimensionError
        If there is not one slope more than there are breakpoints, or `through` is no pair.
    NetworkError
        If the breakpoints do not increase.

    Examples
    --------
    >>> made = from_slopes([0, 1], [-1, 0, 2], through=(0, 0))
    >>> made.network, [int(made.network([x])[0]) for x in (-3, 0, 1, 2)], bool(made.check())
    (<Network 1 -> 2 relu -> 1 linear>, [3, 0, 0, 2], True)
    """
    knots, steps, place = map(as_fractions, (breakpoints, slopes, through))
    _check_slopes(knots, steps, place)
    x, y = place
    bends = [i for i, _ in enumerate(knots) if steps[i] != steps[i + 1]]
    notes = [
        f"the slope does not change at {format_fraction(t)}: it is no breakpoint"
        for i, t in enumerate(knots)
        if i not in bends
    ]
    count = f"{len(knots)} {'breakpoint' if len(knots) == 1 else 'breakpoints'}"
    text = f"the function with {count} and slopes {', '.join(map(format_fraction, steps))}"
    target = _line_target(text, knots, steps, (x, y))
    if not bends:
        straight = Network([([[steps[0]]], [y - steps[0] * x], "linear")])
        return Built(straight, target, tuple(notes))
    first = bends[0]
    neurons = [(steps[i + 1] - steps[i], Fraction(1), -knots[i]) for i in bends[1:]]
    at_first = [(steps[first + 1], 1, -knots[first]), (-steps[0], -1, knots[first])]
    layer = [*(n for n in at_first if n[0]), *neurons]
    start = y - one_layer(0, layer)([x])[0]
    return Built(one_layer(start, layer), target, tuple(notes))


def _check_slopes(
    knots: Sequence[Fraction], slopes: Sequence[Fraction], place: Sequence[Fraction]
) -> None:
    if len(slopes) != len(knots) + 1:
        raise DimensionError(
            f"{len(knots)} breakpoints need {len(knots) + 1} slopes, one for each piece from left "
            f"to right, got {len(slopes)}"
        )
    if len(place) != 2:
        raise DimensionError(f"a point (x, y) of the graph is required, got {len(place)} numbers")
    for a, b in pairwise(knots):
        if a >= b:
            raise NetworkError(
                "breakpoints in increasing order are required, because each slope belongs between "
                f"two of them; got {format_fraction(a)} before {format_fraction(b)}"
            )


def _line_target(
    text: str, knots: Sequence[Fraction], slopes: Sequence[Fraction], place: Point
) -> Target:
    """Return the function with these slopes left, between and right of the knots."""

    def cells() -> list[Cell]:
        ends = [None, *knots, None]
        found = []
        at = sum(t < place[0] for t in knots)
        constants = {at: place[1] - slopes[at] * place[0]}
        for i in range(at, len(knots)):
            constants[i + 1] = constants[i] + (slopes[i] - slopes[i + 1]) * knots[i]
        for i in range(at, 0, -1):
            constants[i - 1] = constants[i] + (slopes[i] - slopes[i - 1]) * knots[i - 1]
        for i, (low, high) in enumerate(pairwise(ends)):
            rows = [] if low is None else [((Fraction(1),), -low)]
            rows += [] if high is None else [((Fraction(-1),), high)]
            found.append(Cell(domain_of(rows, 1), AffineMap(((slopes[i],),), (constants[i],))))
        return found

    return Target(text, Domain.whole(1), cells)


def line_pieces(network: Network, domain: DomainLike = None) -> list[LinePiece]:
    """Return the pieces of a network of one variable, from left to right.

    Neighbouring regions with the same affine function are one piece.

    Parameters
    ----------
    network : Network
        With one input and one output.
    domain : Domain, or a pair (low, high) in a list, optional
        The whole line if left out.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> [(str(piece.left), str(piece.slope)) for piece in line_pieces(gallery.get("tent"))]
    [('None', '0'), ('0', '2'), ('1/2', '-2')]
    """
    if (network.input_dimension, network.output_dimension) != (1, 1):
        raise DimensionError(
            "a network with one input and one output is required, got "
            f"{network.input_dimension} and {network.output_dimension}"
        )
    found: list[LinePiece] = []
    for region in sorted(regions(network, domain).regions, key=lambda r: r.interior_point):
        left, right = _ends(region.vertices, region.rays, region.lines)
        (slope,), constant = region.affine_map.weight[0], region.affine_map.bias[0]
        if found and found[-1][2:] == (slope, constant):
            found[-1] = found[-1]._replace(right=right)
        else:
            found.append(LinePiece(left, right, slope, constant))
    return found


def _ends(
    vertices: Sequence[Sequence[Fraction]],
    rays: Sequence[Sequence[int]],
    lines: Sequence[Sequence[int]],
) -> tuple[Fraction | None, Fraction | None]:
    directions = {u for (u,) in rays} | {s * u for (u,) in lines for s in (1, -1)}
    places = sorted(x for (x,) in vertices)
    left = None if min(directions, default=0) < 0 else places[0]
    right = None if max(directions, default=0) > 0 else places[-1]
    return left, right
