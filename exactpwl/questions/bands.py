"""What a combination of outputs can be around a point: an affine function and an error, exactly.

Around the point every neuron is enclosed in a band: a . y + b + e, where y is the displacement from
the point and e an error of which only the size is known.  An affine map takes bands to bands.  An
activation that bends where its argument may be is put between two parallel lines: with m near the
chord's slope, s(z) - m z is piecewise linear, so its least and its greatest value are taken at the
ends or at breakpoints.  That costs one new error, whose coefficient is carried on, so that errors
of one neuron that reach an output on two ways may cancel.  These are zonotopes (affine arithmetic);
here they are rational, the slopes rounded to short dyadic numbers, which is sound for any slope.

Where a neuron's piece is the same everywhere around, or was decided, it adds no error.  If none is
left in what is asked for, the function *is* a . y + b there.  Otherwise the neuron to decide next
is the one of the first layer with undecided neurons whose error weighs most.

References
----------
G. Singh, T. Gehr, M. Mirman, M. Pueschel, M. Vechev, Fast and effective robustness certification,
NeurIPS 2018.  L. H. de Figueiredo, J. Stolfi, Affine arithmetic, Numerical Algorithms 37 (2004).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from flint import fmpq, fmpq_mat

from exactpwl.activation import Activation
from exactpwl.inequality import IntegerRow, Row, primitive_row
from exactpwl.nearest_rows import BallNorm
from exactpwl.network import Network

__all__ = ["Around", "Enclosure", "Look", "Stand"]

Form = list[Any]
"""Coefficients of the displacement and a constant, as fmpq."""

Allowed = tuple[int, int]
"""The first and the last piece that a neuron may be on."""

SLOPE_BITS = 8
"""Slopes of bands are multiples of 2^-8."""

END_BITS = 12
"""Ends of ranges are rounded outward to this share of their width."""


BOX_BITS = 20
"""Ends of boxes are rounded outward to this share of the radius."""


class Around(NamedTuple):
    """Where is looked: displacements in a box, and for l1 in the cross-polytope as well.

    Attributes
    ----------
    norm : {"linf", "l1"}
    radius : Fraction
    lows, highs : per coordinate, Fraction
        The ends of the box around what of the domain is in the ball.
    covers : bool
        Whether the whole domain is inside.
    """

    norm: BallNorm
    radius: Fraction
    lows: tuple[Fraction, ...]
    highs: tuple[Fraction, ...]
    covers: bool

    def tightened(self, rows: Iterable[IntegerRow]) -> Around | None:
        """Return the same with a box around those of its points that satisfy the rows, or None.

        One pass: a row bounds each coordinate by the most that the others can add.  The new ends
        are rounded outward, so that they stay short.

        Examples
        --------
        >>> ends = (Fraction(-1),) * 2, (Fraction(1),) * 2
        >>> square = Around("linf", Fraction(1), *ends, False)
        >>> print(*square.tightened([((1, 2), -2)]).lows, square.tightened([((1, 2), -4)]))
        0 1/2 None
        """
        lows, highs = list(self.lows), list(self.highs)
        unit = self.radius / (1 << BOX_BITS)
        for normal, offset in rows:
            ends = [c * (b if c > 0 else a) for c, a, b in zip(normal, lows, highs, strict=True)]
            most = sum(ends, Fraction(offset))
            if most < 0:
                return None
            for i, (c, end) in enumerate(zip(normal, ends, strict=True)):
                if c > 0 and (other := (end - most) / c) > lows[i]:
                    lows[i] = max(lows[i], other // unit * unit)
                elif c < 0 and (other := (end - most) / c) < highs[i]:
                    highs[i] = min(highs[i], -(-other // unit) * unit)
        return self._replace(lows=tuple(lows), highs=tuple(highs))

    def walls(self, whole: Around) -> list[IntegerRow]:
        """Return the rows of those sides of the box that are nearer than in the whole.

        Examples
        --------
        >>> ends = (Fraction(-1),) * 2, (Fraction(1),) * 2
        >>> square = Around("linf", Fraction(1), *ends, False)
        >>> square.tightened([((0, 2), -1)]).walls(square)
        [((0, 2), -1)]
        """
        size = range(len(self.lows))
        found: list[Row] = []
        for i in size:
            unit = tuple(int(i == j) for j in size)
            if self.lows[i] > whole.lows[i]:
                found.append((unit, -self.lows[i]))
            if self.highs[i] < whole.highs[i]:
                found.append((tuple(-u for u in unit), self.highs[i]))
        return list(map(primitive_row, found))


class Stand(NamedTuple):
    """How far decisions have come: the arguments of a layer, affine, and each neuron's pieces."""

    layer: int
    arguments: tuple[tuple[Any, ...], ...]
    allowed: tuple[Allowed, ...]


class Look(NamedTuple):
    """What is known of the combination of outputs from a stand.

    Attributes
    ----------
    stand : Stand
        With layers on which nothing is left to decide passed.
    above : list of fmpq
        Coefficients and constant of an affine function that the combination does not exceed.
    exact : bool
        Whether it is equal.
    most : fmpq
        It is nowhere greater.
    branch : (neuron, breakpoint) or None
        What to decide next.
    """

    stand: Stand
    above: Form
    exact: bool
    most: Any
    branch: tuple[int, int] | None


class _Pieces(NamedTuple):
    breakpoints: tuple[Any, ...]
    lines: tuple[tuple[Any, Any], ...]

    @classmethod
    def of(cls, activation: Activation) -> _Pieces:
        lines = tuple((_fmpq(m), _fmpq(b)) for m, b in activation.pieces)
        return cls(tuple(map(_fmpq, activation.breakpoints)), lines)

    def __call__(self, z: Any) -> Any:
        slope, shift = self.lines[bisect_left(self.breakpoints, z)]
        return slope * z + shift

    def reached(self, low: Any, high: Any) -> Allowed:
        """Return the first and the last piece that arguments from low to high are on."""
        last = bisect_left(self.breakpoints, high)
        return min(bisect_right(self.breakpoints, low), last), last


class _Layer(NamedTuple):
    weight: fmpq_mat
    bias: tuple[Any, ...]
    pieces: tuple[_Pieces, ...]


class Enclosure:
    """Bands around a point, for a network without maxima.

    Parameters
    ----------
    network : Network
    point : d fractions

    Examples
    --------
    >>> from exactpwl import gallery
    >>> one = Enclosure(gallery.get("xor"), (Fraction(0), Fraction(0)))
    >>> ends = (Fraction(-1),) * 2, (Fraction(1),) * 2
    >>> look = one.look(one.start(), Around("linf", Fraction(1), *ends, False), [1], Fraction(0))
    >>> print(look.exact, look.most, look.branch)
    False 3 (1, 0)
    """

    def __init__(self, network: Network, point: Sequence[Fraction]) -> None:
        self.layers = [
            _Layer(
                fmpq_mat([[_fmpq(w) for w in row] for row in layer.weight]),
                tuple(map(_fmpq, layer.bias)),
                tuple(map(_Pieces.of, layer.activations)),
            )
            for layer in network.layers
        ]
        self.point = fmpq_mat([[_fmpq(c)] for c in point])

    def start(self) -> Stand:
        """Return the arguments of the first layer, with nothing decided."""
        first = self.layers[0]
        at = first.weight * self.point
        rows = first.weight.tolist()
        arguments = [
            (*row, at[i, 0] + bias)
            for i, (row, bias) in enumerate(zip(rows, first.bias, strict=True))
        ]
        return self._stand(0, arguments)

    def _stand(self, layer: int, arguments: Sequence[Sequence[Any]]) -> Stand:
        every = tuple((0, len(p.lines) - 1) for p in self.layers[layer].pieces)
        return Stand(layer, tuple(map(tuple, arguments)), every)

    def look(
        self, stand: Stand, around: Around, coefficients: Sequence[Any], constant: Fraction
    ) -> Look | None:
        """Enclose coefficients . outputs + constant; None if the decisions contradict."""
        box = _Box(around)
        while True:
            layer = self.layers[stand.layer]
            ranges = [box.range(row) for row in stand.arguments]
            allowed = tuple(map(_common, layer.pieces, ranges, stand.allowed))
            if any(first > last for first, last in allowed):
                return None
            stand = stand._replace(allowed=allowed)
            if any(first < last for first, last in allowed):
                break
            bands = _Bands([list(row) for row in stand.arguments], [[] for _ in allowed])
            bands = bands.bent(layer.pieces, ranges, allowed)
            if stand.layer + 1 == len(self.layers):
                return self._told(stand, bands, box, coefficients, constant)
            following = bands.mapped(self.layers[stand.layer + 1])
            stand = self._stand(stand.layer + 1, following.forms)
        bands = _Bands([list(row) for row in stand.arguments], [[] for _ in allowed])
        bands = bands.bent(layer.pieces, ranges, allowed)
        for later in self.layers[stand.layer + 1 :]:
            bands = bands.mapped(later)
            ranges = [box.range(*pair) for pair in zip(bands.forms, bands.errors, strict=True)]
            bands = bands.bent(
                later.pieces,
                ranges,
                tuple(map(_Pieces.reached, later.pieces, *zip(*ranges, strict=True))),
            )
        return self._told(stand, bands, box, coefficients, constant)

    def _told(
        self,
        stand: Stand,
        bands: _Bands,
        box: _Box,
        coefficients: Sequence[Any],
        constant: Fraction,
    ) -> Look:
        weights = [_fmpq(Fraction(c)) for c in coefficients]
        above = _combined(weights, bands.forms)
        above[-1] += _fmpq(constant)
        errors = [abs(e) for e in _combined(weights, bands.errors)]
        total = sum(errors, fmpq(0))
        above[-1] += total
        _, most = box.range(above)
        return Look(stand, above, not total, most, self._branch(stand, errors) if total else None)

    def _branch(self, stand: Stand, errors: Sequence[Any]) -> tuple[int, int]:
        """Return the undecided neuron with the greatest error, and its middle breakpoint."""
        open_ones = [i for i, (first, last) in enumerate(stand.allowed) if first < last]
        weights = errors[: len(open_ones)]
        neuron = open_ones[max(range(len(open_ones)), key=weights.__getitem__)]
        first, last = stand.allowed[neuron]
        return neuron, (first + last - 1) // 2

    def decided(self, stand: Stand, branch: tuple[int, int]) -> list[tuple[Stand, Form]]:
        """Return the two sides of a breakpoint, each with the row that is >= 0 there."""
        neuron, place = branch
        row, bend = stand.arguments[neuron], self.layers[stand.layer].pieces[neuron]
        over = [*row[:-1], row[-1] - bend.breakpoints[place]]
        first, last = stand.allowed[neuron]
        sides = ((first, place), [-c for c in over]), ((place + 1, last), over)
        before, after = stand.allowed[:neuron], stand.allowed[neuron + 1 :]
        return [
            (stand._replace(allowed=(*before, allowed, *after)), side) for allowed, side in sides
        ]


class _Bands(NamedTuple):
    """For each neuron an affine form, and the coefficients of the errors, each from -1 to 1."""

    forms: list[Form]
    errors: list[Form]

    def mapped(self, layer: _Layer) -> _Bands:
        forms = (layer.weight * fmpq_mat(self.forms)).tolist()
        for row, bias in zip(forms, layer.bias, strict=True):
            row[-1] += bias
        if not self.errors[0]:
            return _Bands(forms, [[] for _ in forms])
        return _Bands(forms, (layer.weight * fmpq_mat(self.errors)).tolist())

    def bent(
        self,
        pieces: Sequence[_Pieces],
        ranges: Sequence[tuple[Any, Any]],
        allowed: Sequence[Allowed],
    ) -> _Bands:
        """Apply activations: a line where the piece is known, else a band with a new error."""
        forms, errors, fresh = [], [], []
        for i, (bend, (first, last)) in enumerate(zip(pieces, allowed, strict=True)):
            if first == last:
                slope, shift = bend.lines[first]
            else:
                slope, shift, size = _band(bend, *ranges[i], first, last)
                fresh.append((i, size))
            row = [slope * c for c in self.forms[i]]
            row[-1] += shift
            forms.append(row)
            errors.append([slope * e for e in self.errors[i]])
        for i, size in fresh:
            for k, row in enumerate(errors):
                row.append(size if k == i else fmpq(0))
        return _Bands(forms, errors)


class _Box:
    """Ranges of affine forms over the displacements around a point."""

    def __init__(self, around: Around) -> None:
        self.lows = list(map(_fmpq, around.lows))
        self.highs = list(map(_fmpq, around.highs))
        self.radius = _fmpq(around.radius)
        self.crossed = around.norm == "l1"

    def range(self, row: Sequence[Any], errors: Sequence[Any] = ()) -> tuple[Any, Any]:
        """Return the ends of an affine form with errors over the box, and over the l1 ball."""
        low = high = fmpq(0)
        largest = fmpq(0)
        for c, a, b in zip(row, self.lows, self.highs, strict=False):
            if c > 0:
                low, high = low + c * a, high + c * b
                largest = max(largest, c)
            elif c < 0:
                low, high = low + c * b, high + c * a
                largest = max(largest, -c)
        if self.crossed:
            reach = largest * self.radius
            low, high = max(low, -reach), min(high, reach)
        spread = sum(map(abs, errors), fmpq(0))
        return row[-1] + low - spread, row[-1] + high + spread


def _band(bend: _Pieces, low: Any, high: Any, first: int, last: int) -> tuple[Any, Any, Any]:
    """Return slope, shift and size of a band around an activation on some of its pieces."""
    if first > 0:
        low = max(low, bend.breakpoints[first - 1])
    if last < len(bend.breakpoints):
        high = min(high, bend.breakpoints[last])
    low, high = _outward(low, high)
    ends = [low, *(c for c in bend.breakpoints if low < c < high), high]
    chord = (bend(high) - bend(low)) / (high - low)
    slope = _floor(chord * (1 << SLOPE_BITS) + fmpq(1, 2)) / (1 << SLOPE_BITS)
    over = [bend(z) - slope * z for z in ends]
    least, greatest = min(over), max(over)
    return slope, (least + greatest) / 2, (greatest - least) / 2


def _outward(low: Any, high: Any) -> tuple[Any, Any]:
    """Return short numbers around a range."""
    width = high - low
    power = int(width.p).bit_length() - int(width.q).bit_length() - END_BITS
    unit = fmpq(2) ** power if power >= 0 else 1 / fmpq(2) ** -power
    return _floor(low / unit) * unit, -_floor(-high / unit) * unit


def _floor(number: Any) -> Any:
    return fmpq(int(number.p) // int(number.q))


def _common(bend: _Pieces, ends: tuple[Any, Any], allowed: Allowed) -> Allowed:
    first, last = bend.reached(*ends)
    return max(first, allowed[0]), min(last, allowed[1])


def _combined(weights: Sequence[Any], rows: Sequence[Form]) -> Form:
    total = [fmpq(0)] * len(rows[0])
    for weight, row in zip(weights, rows, strict=True):
        if weight:
            total = [t + weight * c for t, c in zip(total, row, strict=True)]
    return total


def _fmpq(number: Fraction) -> Any:
    return fmpq(number.numerator, number.denominator)
