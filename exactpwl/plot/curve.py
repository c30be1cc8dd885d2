"""A function of one variable as a list of pieces, each with its interval, slope and intercept.

A complex with one input, a function given by pieces, and an activation are drawn by the same code,
so they become the same thing first: a curve.  Its pieces are closed intervals in increasing order.
Where two of them meet is a meeting point, and it remembers what changes there: the neurons that go
to another piece, the slope, the value.  A neuron may switch without a bend (its output weight is
0), and where pieces are only given one by one, there may be a jump; none of this is read off
drawn points, all of it is decided by fractions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from exactpwl.activation import Activation
from exactpwl.affine import AffineMap
from exactpwl.complex import PolyhedralComplex
from exactpwl.errors import FigureError
from exactpwl.formula import format_affine
from exactpwl.naming import neuron_names
from exactpwl.piecewise import PiecewiseFunction
from exactpwl.plot.caption import counted
from exactpwl.plot.patches import functional
from exactpwl.plot.window import as_window, window_of_points
from exactpwl.rationals import RationalLike

if TYPE_CHECKING:
    from exactpwl.network import Network

__all__ = [
    "Curve",
    "Function",
    "Interval",
    "Meeting",
    "Piece",
    "as_interval",
    "curve_of",
    "name_of",
    "switching_neurons",
]

Function = PolyhedralComplex | PiecewiseFunction | Activation
"""What has a graph, if it has one input."""

Interval = tuple[Fraction, Fraction]


class Piece(NamedTuple):
    """The function slope * x + intercept on a closed interval; None is an infinite end."""

    low: Fraction | None
    high: Fraction | None
    slope: Fraction
    intercept: Fraction
    name: str

    def at(self, x: Fraction) -> Fraction:
        """Return the value of the affine function, inside the interval or not."""
        return self.slope * x + self.intercept

    def within(self, window: Interval) -> Interval | None:
        """Return the part of the interval in a window; None if it has no interior."""
        low = window[0] if self.low is None else max(self.low, window[0])
        high = window[1] if self.high is None else min(self.high, window[1])
        return (low, high) if low < high else None

    def formula(self, variable: str = "x") -> str:
        """Return the affine function in words.

        Examples
        --------
        >>> Piece(None, None, Fraction(2), Fraction(-1), "").formula()
        '2x-1'
        """
        return format_affine((self.slope,), self.intercept, [variable])


class Meeting(NamedTuple):
    """A point where one piece ends and the next one begins.

    Attributes
    ----------
    x : Fraction
    left, right : Piece
    neurons : tuple of str
        The neurons that are on different pieces on the two sides.
    """

    x: Fraction
    left: Piece
    right: Piece
    neurons: tuple[str, ...]

    @property
    def values(self) -> tuple[Fraction, Fraction]:
        """The values that the left and the right piece have here."""
        return self.left.at(self.x), self.right.at(self.x)

    @property
    def jumps(self) -> bool:
        """Whether the two values differ."""
        return self.values[0] != self.values[1]

    @property
    def bends(self) -> bool:
        """Whether the two slopes differ."""
        return self.left.slope != self.right.slope


@dataclass(frozen=True)
class Curve:
    """A function of one variable.

    Attributes
    ----------
    pieces : tuple of Piece
        In increasing order; between two of them there may be a gap.
    meetings : tuple of Meeting
        In increasing order.
    label : str
        The function's name, such as ``f(x)``.

    Examples
    --------
    >>> curve = curve_of(Activation.parse("hard_tanh"))
    >>> [piece.formula() for piece in curve.pieces], [str(m.x) for m in curve.meetings]
    (['-1', 'x', '1'], ['-1', '1'])
    """

    pieces: tuple[Piece, ...]
    meetings: tuple[Meeting, ...]
    label: str

    def shown(self, window: Interval) -> list[tuple[Piece, Interval]]:
        """Return the pieces that meet the open window, each with its part of it."""
        parts = ((piece, piece.within(window)) for piece in self.pieces)
        return [(piece, part) for piece, part in parts if part]

    def seen_meetings(self, window: Interval) -> list[Meeting]:
        """Return the meeting points inside the open window."""
        return [m for m in self.meetings if window[0] < m.x < window[1]]

    def heights(self, window: Interval) -> Interval:
        """Return the least and the greatest value in a window that shows something."""
        shown = self.shown(window)
        values = [piece.at(end) for piece, part in shown for end in part]
        return min(values), max(values)

    @property
    def default_window(self) -> Interval:
        """An interval around all ends of pieces; exactly the domain, if that is bounded."""
        ends = [end for p in self.pieces for end in (p.low, p.high) if end is not None]
        low, high = self.pieces[0].low, self.pieces[-1].high
        if low is not None and high is not None:
            return low, high
        points = [(end,) for end in ends] or [(Fraction(0),)]
        ((left, right),) = window_of_points(points, bounded=False, lines=not ends)
        return (left if low is None else low), (right if high is None else high)


def as_interval(window: Any, curves: Iterable[Curve]) -> Interval:
    """Return the bounds of a window of one variable, or the default one where it is None.

    Raises
    ------
    FigureError
        If it is no interval, or no curve has a piece there.

    Examples
    --------
    >>> curve = curve_of(Activation.parse("relu"))
    >>> as_interval([("-1/2", 1)], [curve])
    (Fraction(-1, 2), Fraction(1, 1))
    """
    given = list(curves)
    if window is None:
        ends = [curve.default_window for curve in given]
        return min(low for low, _ in ends), max(high for _, high in ends)
    ((low, high),) = as_window(window, 1)
    if not any(curve.shown((low, high)) for curve in given):
        raise FigureError(
            f"a window that meets the domain's interior is required, got [{low}, {high}]"
        )
    return low, high


def curve_of(
    function: Function,
    output: int | Sequence[RationalLike] = 0,
    *,
    whole: Network | None = None,
) -> Curve:
    """Return a function of one input as a curve.

    Parameters
    ----------
    function : PolyhedralComplex, PiecewiseFunction or Activation
    output : int, or sequence of rationals
        The output that is meant, counted from 0, or a weighted sum of all outputs.
    whole : Network, optional
        Of which the function is a section, so that its neurons are named and not the section's.

    Raises
    ------
    FigureError
        If there is not one input, or no such output.
    """
    if isinstance(function, Activation):
        return _curve_of_activation(function)
    if isinstance(function, PiecewiseFunction):
        above = "plot.top_down_pieces(function) draws it from above"
        _require_one_input(function.input_dimension, {2: above})
        return _curve_of_pieces(function, output)
    along = "plot.cross_section(complex, [(point, direction)]) draws it along a line"
    above = f"plot.top_down(complex) draws it from above, {along}"
    _require_one_input(function.dimension, {2: above}, along)
    return _curve_of_complex(function, output, whole or function.network)


def _require_one_input(inputs: int, mends: Mapping[int, str], mend: str = "") -> None:
    if inputs != 1:
        hint = mends.get(inputs, mend)
        raise FigureError(
            f"a graph over a line needs a function of 1 input, got {counted(inputs, 'input')}"
            + (f"; {hint}" if hint else "")
        )


def _curve_of_activation(activation: Activation) -> Curve:
    ends = (None, *activation.breakpoints, None)
    pieces = [
        Piece(low, high, *formula, str(i))
        for i, ((low, high), formula) in enumerate(
            zip(pairwise(ends), activation.pieces, strict=True)
        )
    ]
    meetings = [_meeting(left, right) for left, right in pairwise(pieces)]
    return Curve(tuple(pieces), tuple(meetings), "s(z)")


def _curve_of_complex(
    complex_: PolyhedralComplex, output: int | Sequence[RationalLike], named: Network
) -> Curve:
    weights = functional(output, complex_.network.output_dimension)
    found = []
    for index, cell in enumerate(complex_.cells):
        low, high = _ends(cell.generators, complex_.lines)
        name = str(cell.pattern)
        found.append((index, _piece(low, high, complex_.affine_maps[index], weights, name)))
    found.sort(key=lambda pair: (pair[1].low is not None, pair[1].low or 0))
    before = len(complex_.network.layers) - len(named.layers)
    meetings = [
        _meeting(left, right, switching_neurons(named, complex_.flips(i, j), before))
        for (i, left), (j, right) in pairwise(found)
    ]
    return Curve(tuple(piece for _, piece in found), tuple(meetings), name_of(weights))


def switching_neurons(
    network: Network, flips: Iterable[tuple[int, int]], layers_before: int = 0
) -> tuple[str, ...]:
    """Return the names of neurons; so many layers stand before the network's own.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> switching_neurons(gallery.get("hat1d"), [(0, 0), (0, 2)])
    ('a0', 'a2')
    """
    return tuple(neuron_names(network, layer - layers_before)[j] for layer, j in flips)


def _curve_of_pieces(function: PiecewiseFunction, output: int | Sequence[RationalLike]) -> Curve:
    weights = functional(output, function.output_dimension)
    pieces = []
    for i, (polyhedron, affine_map) in enumerate(
        zip(function.polyhedra, function.maps, strict=True)
    ):
        made = polyhedron.generators
        ends = [(v.numerator, v.denominator) for (v,) in made.vertices]
        vectors = [*ends, *((*ray, 0) for ray in made.rays)]
        pieces.append(_piece(*_ends(vectors, made.lines), affine_map, weights, str(i)))
    pieces.sort(key=lambda piece: (piece.low is not None, piece.low or 0))
    pairs = [(left, right) for left, right in pairwise(pieces) if left.high == right.low]
    return Curve(tuple(pieces), tuple(_meeting(*pair) for pair in pairs), name_of(weights))


def _meeting(left: Piece, right: Piece, neurons: tuple[str, ...] = ()) -> Meeting:
    assert right.low is not None
    return Meeting(right.low, left, right, neurons)


def _ends(
    vectors: Iterable[Sequence[int]], lines: Sequence[Sequence[int]]
) -> tuple[Fraction | None, Fraction | None]:
    """Return the ends of the interval with these points and directions (x, t)."""
    points, directions = [], set()
    for x, t in vectors:
        if t:
            points.append(Fraction(x, t))
        else:
            directions.add(x > 0)
    if lines:
        return None, None
    return (None if False in directions else min(points)), (
        None if True in directions else max(points)
    )


def _piece(
    low: Fraction | None,
    high: Fraction | None,
    affine_map: AffineMap,
    weights: tuple[Fraction, ...],
    name: str,
) -> Piece:
    height = AffineMap((weights,), (Fraction(0),)) @ affine_map
    return Piece(low, high, height.weight[0][0], height.bias[0], name)


def name_of(weights: Sequence[Fraction], variable: str = "x") -> str:
    """Return the name of a weighted sum of outputs.

    Examples
    --------
    >>> name_of([Fraction(1)]), name_of([Fraction(1), Fraction(-1)])
    ('f(x)', 'f1(x)-f2(x)')
    """
    several = len(weights) > 1
    names = [f"f{i + 1 if several else ''}({variable})" for i in range(len(weights))]
    return format_affine(weights, 0, names)
