"""Inscriptions: each region's pattern or exact affine map, written into it where it fits.

A text is a box whose shape is known and whose size is free.  The largest one inside a convex
polygon is found by a linear program: a box of size r around (x, y) lies in the half-plane
a x + b y + c >= 0 iff a x + b y + c >= r (|a| w + |b| h) / 2, which is linear in x, y and r.  A
text that could not be read is left out, and the figure says how many are.

Where several places do, the one nearest to the centre of mass is taken.  Because the size that fits
is a concave function of the place, it is found by halving the way from the centre to the best one.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING, Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.text import Annotation
from matplotlib.textpath import TextToPath

from exactpwl.cddlib import maximize
from exactpwl.formula import format_affine
from exactpwl.plot.canvas import add_note
from exactpwl.plot.caption import counted
from exactpwl.plot.clip import Polygon, Vector, as_points, centroid, left_of
from exactpwl.plot.data import Point
from exactpwl.plot.decision import level_set_of
from exactpwl.plot.style import FONT, INK
from exactpwl.plot.view import View

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["Place", "add_inscriptions", "affine_lines", "best_place"]

_LEAST = 4.2  # points: smaller letters are not read
_LINE = 1.25  # height of a line, in sizes of its letters
_ROOM = 1.12  # how much larger than the text its box is
_MOST_LINES = 3
_FAMILY = {"pattern": "DejaVu Sans Mono", "map": "DejaVu Sans"}
_GROUND = {"facecolor": "white", "alpha": 0.6, "edgecolor": "none", "boxstyle": "round,pad=0.08"}
_NARROWEST = 0.3  # width of a letter at least, in sizes
_STEPS = 12
_STEPS_ASIDE = tuple(
    sorted(
        product([Fraction(i, 2) for i in range(-4, 5)], repeat=2),
        key=lambda s: s[0] ** 2 + s[1] ** 2,
    )
)
"""Ways aside, in sizes of the text, the shortest first; the first one is none."""


class Place(NamedTuple):
    """The centre of a text, and the size of its letters in points."""

    x: float
    y: float
    size: float


_NOWHERE = Place(0.0, 0.0, 0.0)


def add_inscriptions(
    ax: Axes,
    complex_: PolyhedralComplex,
    view: View,
    caption: Annotation | None,
    *,
    patterns: bool,
    maps: bool,
    level: Fraction | None = None,
    points: Sequence[Point] = (),
    avoid: Sequence[tuple[Point, Point]] = (),
) -> None:
    """Write into each region what it has room for, and under a caption how much is left out.

    The figure is laid out before, because that decides how large a region is; so all else that
    needs room should be drawn.

    Parameters
    ----------
    ax : Axes
    complex_ : PolyhedralComplex
    view : of this complex
    caption : its last line
    patterns, maps : bool
        What is written: the activation pattern, the affine map of the output that is shown.
    level : Fraction or None
        Of a decision boundary, beside which there may be a better place.
    points : data points, likewise
    avoid : other segments, likewise
    """
    if not (patterns or maps):
        return
    figure = ax.get_figure(root=True)
    assert figure is not None
    figure.draw_without_rendering()
    marks = [*avoid, *((point, point) for point in points)]
    if level is not None:
        marks += [_ends(s) for s in level_set_of(view, level, complex_.domain).segments]
    left_out = _write_all(ax, complex_, view, marks, patterns=patterns, maps=maps)
    if caption is not None and left_out:
        what = counted(left_out, "label")
        add_note(ax, f"{what} left out, because the letters would be too small", caption)


def _ends(segment: Sequence[Vector]) -> tuple[Point, Point]:
    start, end = as_points(segment)
    return start, end


def _write_all(
    ax: Axes,
    complex_: PolyhedralComplex,
    view: View,
    marks: Sequence[tuple[Point, Point]],
    *,
    patterns: bool,
    maps: bool,
) -> int:
    """Write what there is room for, and return how many texts are left out."""
    scale = _points_per_unit(ax)
    left_out = 0
    for patch in view.patches:
        pattern = str(complex_.cells[patch.cell].pattern)
        names = _unique([pattern], pattern.split("|")) if patterns else [[]]
        height = view.heights[patch.cell]
        *slopes, constant = (Fraction(entry, height.scale) for entry in height.row)
        ways = affine_lines(slopes, constant) if maps else [[]]
        family = _FAMILY["map" if maps else "pattern"]
        texts = [name + way for name in names for way in ways]
        texts = [text for text in texts if _may_fit(patch.polygon, scale, text)]
        fitted = [
            (best_place(patch.polygon, scale, _box(text, family), marks), text) for text in texts
        ]
        place, lines = max(fitted, key=lambda found: found[0].size, default=(_NOWHERE, []))
        if place.size < _LEAST:
            left_out += 1
        else:
            _write(ax, place, "\n".join(lines), family)
    return left_out


def _unique(whole: list[str], by_layer: list[str]) -> list[list[str]]:
    return [whole] if whole == by_layer else [whole, by_layer]


def _may_fit(polygon: Polygon, scale: tuple[float, float], lines: Sequence[str]) -> bool:
    """Return whether the box around a polygon has room; most that have none are seen so."""
    wide, tall = (
        float(max(side) - min(side)) * unit
        for side, unit in zip(zip(*as_points(polygon), strict=True), scale, strict=True)
    )
    longest = max(map(len, lines))
    return wide > _LEAST * _NARROWEST * longest and tall > _LEAST * _LINE * len(lines)


def affine_lines(slopes: Sequence[Fraction], constant: Fraction) -> list[list[str]]:
    """Return the ways to write an affine function in one to three lines, broken before a sign.

    Examples
    --------
    >>> affine_lines([Fraction(1), Fraction(-2)], Fraction(1, 2))[1:]
    [['x', '\u22122y+1/2'], ['x\u22122y', '+1/2'], ['x', '\u22122y', '+1/2']]
    """
    text = format_affine(slopes, constant)
    breaks = [i for i, sign in enumerate(text) if sign in "+-" and i and text[i - 1] != "("]
    text = text.replace("-", "\N{MINUS SIGN}")
    return [
        [text[i:j] for i, j in pairwise([0, *chosen, len(text)])]
        for count in range(min(len(breaks), _MOST_LINES - 1) + 1)
        for chosen in combinations(breaks, count)
    ]


def best_place(
    polygon: Polygon,
    scale: tuple[float, float],
    box: tuple[float, float],
    marks: Sequence[tuple[Point, Point]] = (),
) -> Place:
    """Return where in a polygon a text is as large as it can be, and near the middle.

    Parameters
    ----------
    polygon : vertices, counter-clockwise
    scale : points of an inch in a unit of x and of y
    box : width and height of the text at size 1, in points
    marks : segments that the text does not cover, if it has room beside them

    Examples
    --------
    >>> square = ((0, 0, 1), (1, 0, 1), (1, 1, 1), (0, 1, 1))
    >>> place = best_place(square, (100.0, 100.0), (20.0, 10.0))
    >>> tuple(round(number, 3) for number in place)
    (0.5, 0.5, 5.0)
    """
    wide, tall = (Fraction(side / unit) for side, unit in zip(box, scale, strict=True))
    rows = [
        (a, b, c, (abs(a) * wide + abs(b) * tall) / 2)
        for a, b, c in map(left_of, polygon, (*polygon[1:], polygon[0]))
    ]
    best = maximize([[c, a, b, -reach] for a, b, c, reach in rows], [0, 0, 0, 1])
    middle = centroid(polygon)
    wanted = min(best.value * Fraction(31, 32), Fraction(FONT["text"]))
    far, near = Fraction(1), Fraction(0)
    place = _between(middle, best.point, near)
    if _fitting(rows, place) < wanted:
        for _ in range(_STEPS):
            half = (near + far) / 2
            enough = _fitting(rows, _between(middle, best.point, half)) >= wanted
            near, far = (near, half) if enough else (half, far)
        place = _between(middle, best.point, far)
    size = min(_fitting(rows, place), Fraction(FONT["text"]))
    reach = (wide * size / 2, tall * size / 2)
    for step in _STEPS_ASIDE:
        moved = (place[0] + 2 * step[0] * reach[0], place[1] + 2 * step[1] * reach[1])
        if _fitting(rows, moved) >= size and not any(_covers(moved, reach, m) for m in marks):
            place = moved
            break
    return Place(float(place[0]), float(place[1]), float(size))


def _between(
    start: Sequence[Fraction], end: Sequence[Fraction], share: Fraction
) -> tuple[Fraction, Fraction]:
    x, y = (s + share * (e - s) for s, e in zip(start, end[:2], strict=True))
    return x, y


def _covers(
    centre: Sequence[Fraction], half: Sequence[Fraction], mark: tuple[Point, Point]
) -> bool:
    """Return whether a box meets a segment."""
    low, high = Fraction(0), Fraction(1)
    for middle, reach, start, end in zip(centre, half, *mark, strict=True):
        for sign in (1, -1):
            # how far start and end are inside this side of the box
            first, last = (reach + sign * (c - middle) for c in (start, end))
            if first < 0 and last < 0:
                return False
            if first < 0 or last < 0:
                place = first / (first - last)
                low, high = (max(low, place), high) if first < 0 else (low, min(high, place))
    return low <= high


def _fitting(rows: Sequence[tuple[int, int, int, Fraction]], place: Sequence[Fraction]) -> Fraction:
    """Return how large a text fits around a place."""
    x, y = place
    return min((a * x + b * y + c) / reach for a, b, c, reach in rows)


def _points_per_unit(ax: Axes) -> tuple[float, float]:
    (x0, y0), (x1, y1) = ax.transData.transform([(0.0, 0.0), (1.0, 1.0)])
    inch = ax.figure.get_figure(root=True).dpi
    return (abs(float(x1 - x0)) * 72 / inch, abs(float(y1 - y0)) * 72 / inch)


def _box(lines: Sequence[str], family: str) -> tuple[float, float]:
    return (_ROOM * max(_width(line, family) for line in lines), _LINE * len(lines))


@cache
def _width(line: str, family: str) -> float:
    """Return the width of a line at size 1."""
    properties = FontProperties(family=family, size=100)
    width, _, _ = TextToPath().get_text_width_height_descent(line, properties, ismath=False)
    return float(width) / 100


def _write(ax: Axes, place: Place, text: str, family: str) -> None:
    written: Any = ax.text(place.x, place.y, text, fontsize=place.size, zorder=7)
    written.set(ha="center", va="center", color=INK, family=family, linespacing=1.1)
    written.set_bbox(_GROUND)
