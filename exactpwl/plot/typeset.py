r"""Formulas and matrices on a figure: boxes that know their size before they are drawn.

matplotlib's mathtext sets a formula, but no matrix, and nothing that depends on how wide a formula
came out.  So this is a small part of what TeX does (Knuth, The TeXbook, 1986, chapter 11): a box
has a width, a height above and a depth below its baseline, in points; boxes side by side make a
row, one under the other a column, in a grid between brackets a matrix, and each of these is a box.
The sizes are mathtext's own.  What is drawn is text, in PDF to be searched and copied.

A *sheet* is an axes whose unit is one point.  On a given axes of another size everything, text as
well, is made larger or smaller alike.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.mathtext import MathTextParser

from exactpwl.formula import latex_affine, variable_names
from exactpwl.naming import printable
from exactpwl.plot.panels import new_figure
from exactpwl.plot.style import FONT, INK, MUTED
from exactpwl.rationals import format_fraction

__all__ = [
    "Box",
    "Pen",
    "affine_tex",
    "STRUCK",
    "column",
    "fitted",
    "inline_tex",
    "kept",
    "matrix",
    "muted",
    "new_sheet",
    "number_tex",
    "placed",
    "plain",
    "row",
    "row_sizes",
    "table",
    "text",
    "write",
]

STRUCK = "#b0144f"
"""The line through what is off."""

_LONGEST_NUMBER = 13  # of a numerator with its denominator, in characters
_LONGEST_COEFFICIENT = 25  # the same in a formula, which has more room than a matrix
_MOST_VARIABLES = 8
_PAD = 3.0
_BRACKET = 3.0
_APART, _LEAD = 9.0, 5.0  # between the columns and the rows of a matrix
_STRUT = "0"


@dataclass(frozen=True)
class Pen:
    """An axes, and how large a point of the sheet is on it."""

    ax: Axes
    scale: float

    def write(self, x: float, y: float, words: str, size: float, **style: Any) -> None:
        """Write a text at a place of the sheet."""
        style = {"ha": "left", "va": "baseline", "color": INK} | style
        self.ax.text(x, y, words, fontsize=size * self.scale, **style)

    def line(self, xs: Sequence[float], ys: Sequence[float], width: float, **style: Any) -> None:
        """Draw a path."""
        usual: dict[str, Any] = {"color": INK, "solid_capstyle": "round", "clip_on": False}
        self.ax.add_line(Line2D(xs, ys, linewidth=width * self.scale, **usual | style))


@dataclass(frozen=True)
class Box:
    """Something of known size, in points.

    Attributes
    ----------
    width, height, depth : float
        Height is above the baseline, depth below it.
    draw : callable
        Draws it with a pen, given the left end of the baseline.
    """

    width: float
    height: float
    depth: float
    draw: Callable[[Pen, float, float], None]

    @property
    def tall(self) -> float:
        """The whole height."""
        return self.height + self.depth


@lru_cache(maxsize=4096)
def _extent(words: str, size: float) -> tuple[float, float, float]:
    parser: Any = MathTextParser("path")
    width, height, depth, *_ = parser.parse(words, 72, FontProperties(size=size))
    return float(width), float(height - depth), float(depth)


def text(words: str, size: float = FONT["label"], color: str = INK, **style: Any) -> Box:
    """Return a line of text, with mathtext between dollar signs; as high as a digit at least.

    Examples
    --------
    >>> text("$x+y$").width > text("$x$").width
    True
    """
    width, height, depth = _extent(words, size) if words else (0.0, 0.0, 0.0)
    strut = _extent(_STRUT, size)[1]
    return Box(
        width,
        max(height, strut),
        depth,
        lambda pen, x, y: pen.write(x, y, words, size, color=color, **style),
    )


def row(*boxes: Box, gap: float = 5.0) -> Box:
    """Return boxes side by side on one baseline."""
    shown = [box for box in boxes if box.width]

    def draw(pen: Pen, x: float, y: float) -> None:
        for box in shown:
            box.draw(pen, x, y)
            x += box.width + gap

    width = sum(box.width for box in shown) + gap * max(len(shown) - 1, 0)
    height = max((box.height for box in shown), default=0.0)
    return Box(width, height, max((box.depth for box in shown), default=0.0), draw)


def column(*boxes: Box, gap: float = 7.0) -> Box:
    """Return boxes one under the other, flush left, on the baseline of the first."""

    def draw(pen: Pen, x: float, y: float) -> None:
        for i, box in enumerate(boxes):
            y -= (box.height + gap) if i else 0.0
            box.draw(pen, x, y)
            y -= box.depth

    height = boxes[0].height if boxes else 0.0
    tall = sum(box.tall for box in boxes) + gap * max(len(boxes) - 1, 0)
    return Box(max((box.width for box in boxes), default=0.0), height, tall - height, draw)


def table(rows: Sequence[Sequence[Box]], *, gap: float = 12.0, lead: float = 5.0) -> Box:
    """Return boxes in aligned columns, flush left, on the baseline of the first row."""
    if not rows:
        return column()
    widths = [max(box.width for box in cells) for cells in zip(*rows, strict=True)]

    widths = [width + gap for width in widths[:-1]] + widths[-1:]
    lines = [[_padded(box, wide) for box, wide in zip(r, widths, strict=True)] for r in rows]
    return column(*(row(*line, gap=0.0) for line in lines), gap=lead)


def _padded(box: Box, width: float) -> Box:
    return Box(max(width, 1e-9), box.height, box.depth, box.draw)


Entries = Sequence[Sequence[Box]]
RowSizes = Sequence[tuple[float, float]]


def row_sizes(*matrices: Entries) -> list[tuple[float, float]]:
    """Return the height and depth of each row that several matrices have in common."""
    lines = [[box for cells in level for box in cells] for level in zip(*matrices, strict=True)]
    return [(max(b.height for b in line), max(b.depth for b in line)) for line in lines]


def matrix(
    entries: Entries,
    struck: Collection[int] = (),
    *,
    sizes: RowSizes | None = None,
    brackets: bool = True,
) -> Box:
    """Return a matrix, centred on the axis of a formula, some rows struck out.

    Parameters
    ----------
    entries : rows of boxes
    struck : the indices of the rows through which a line goes
    sizes : `row_sizes`, optional
        Of the matrices whose rows are to be level with these.
    brackets : bool
    """
    widths = [max(box.width for box in cells) for cells in zip(*entries, strict=True)]
    levels = row_sizes(entries) if sizes is None else sizes
    inner = _BRACKET + 2.0 if brackets else 0.0
    width = sum(widths) + _APART * (len(widths) - 1) + 2 * inner
    tall = sum(h + d for h, d in levels) + _LEAD * (len(levels) - 1) + 2 * _PAD
    axis = _extent(_STRUT, FONT["label"])[1] / 2

    def draw(pen: Pen, x: float, y: float) -> None:
        top = y + axis + tall / 2
        if brackets:
            _draw_brackets(pen, (x, x + width), (top, top - tall))
        base = top - _PAD
        for i, (cells, (high, deep)) in enumerate(zip(entries, levels, strict=True)):
            at = x + inner
            for box, wide in zip(cells, widths, strict=True):
                box.draw(pen, at + (wide - box.width) / 2, base - high)
                at += wide + _APART
            if i in struck:
                middle = base - high + axis
                ends = (x + _BRACKET, x + width - _BRACKET)
                pen.line(ends, (middle, middle), 1.5, color=STRUCK, gid="struck", zorder=4)
            base -= high + deep + _LEAD

    return Box(width, tall / 2 + axis, tall / 2 - axis, draw)


def _draw_brackets(pen: Pen, sides: tuple[float, float], ends: tuple[float, float]) -> None:
    (left, right), (top, bottom) = sides, ends
    for side, inward in ((left, _BRACKET), (right, -_BRACKET)):
        xs = (side + inward, side, side, side + inward)
        pen.line(xs, (top, top, bottom, bottom), 0.9, solid_joinstyle="miter")


def new_sheet(box: Box) -> Axes:
    """Return the axes of a new figure on which a box has its own size."""
    return placed(box.width, box.tall, [((0.0, 0.0), box)])[0]


def placed(
    width: float, tall: float, boxes: Sequence[tuple[tuple[float, float], Box]]
) -> tuple[Axes, ...]:
    """Return the axes of a new figure of so many points, one for each box.

    Parameters
    ----------
    width, tall : float
    boxes : pairs of a place and a box
        The place of the upper left corner, to the right and downwards.
    """
    figure = new_figure(width / 72, tall / 72)
    figure.set_layout_engine("none")
    return tuple(
        figure.add_axes((x / width, 1 - (y + b.tall) / tall, b.width / width, b.tall / tall))
        for (x, y), b in boxes
    )


def fitted(ax: Axes, box: Box) -> Pen:
    """Make an axes the sheet of a box, as large as it fits, at the upper left; return its pen."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    place = ax.get_position()
    wide, tall = (72 * a * b for a, b in zip(figure.get_size_inches(), place.size, strict=True))
    ax.set_axis_off()
    ax.set_aspect("equal")
    ax.set_anchor("NW")
    ax.set_xlim(0.0, box.width)
    ax.set_ylim(-box.tall, 0.0)
    return Pen(ax, min(wide / box.width, tall / box.tall))


def write(ax: Axes, box: Box) -> Axes:
    """Draw a box on an axes."""
    box.draw(fitted(ax, box), 0.0, -box.height)
    return ax


def kept(count: int, most: int) -> list[int | None]:
    """Return which of `count` things are written: all, or the first, None for a gap, and the last.

    Examples
    --------
    >>> kept(3, 5), kept(100, 5)
    ([0, 1, 2], [0, 1, 2, None, 99])
    """
    if count <= most:
        return list(range(count))
    return [*range(most - 2), None, count - 1]


def number_tex(value: Fraction, longest: int = _LONGEST_NUMBER) -> str:
    r"""Return a rational in mathtext: exact, or where it is longer some digits and three dots.

    Examples
    --------
    >>> print(number_tex(Fraction(-1, 2)), number_tex(Fraction(10**20, 3)))
    -\frac{1}{2} 3.3333\times 10^{19}{\ldots}
    """
    exact = format_fraction(abs(value))
    sign = "-" if value < 0 else ""
    if len(exact) <= longest:
        numerator, slash, denominator = exact.partition("/")
        return sign + (rf"\frac{{{numerator}}}{{{denominator}}}" if slash else numerator)
    digits = format(Decimal(abs(value.numerator)) / value.denominator, ".5g")
    mantissa, _, power = digits.partition("e")
    tail = rf"\times 10^{{{int(power)}}}" if power else ""
    return rf"{sign}{mantissa}{tail}{{\ldots}}"


def inline_tex(value: Fraction) -> str:
    """Return a rational in mathtext for a line of text: a fraction with a slash.

    Examples
    --------
    >>> inline_tex(Fraction(-1, 2))
    '-1/2'
    """
    text = number_tex(value)
    return f"{value.numerator}/{value.denominator}" if r"\frac" in text else text


def affine_tex(coefficients: Sequence[Fraction | int], constant: Fraction | int) -> str:
    r"""Return an affine function in mathtext; of many variables the first three alone.

    Examples
    --------
    >>> print(affine_tex([1, Fraction(-1, 2)], 3))
    x-\frac{1}{2}y+3
    """
    count = len(coefficients)
    if count <= _MOST_VARIABLES:
        return latex_affine(coefficients, constant, number=_coefficient_tex)
    names = variable_names(count)
    places = [i for i, c in enumerate(coefficients) if c]
    if len(places) <= _MOST_VARIABLES:
        chosen = [coefficients[i] for i in places]
        return latex_affine(chosen, constant, [names[i] for i in places], number=_coefficient_tex)
    first = [coefficients[i] for i in places[:3]]
    end = latex_affine((), constant, number=_coefficient_tex) if constant else ""
    start = latex_affine(first, 0, [names[i] for i in places[:3]], number=_coefficient_tex)
    return rf"{start}+\cdots" + ("" if not end or end.startswith("-") else "+") + end


def _coefficient_tex(value: Fraction) -> str:
    return number_tex(value, _LONGEST_COEFFICIENT)


def plain(words: str) -> str:
    r"""Return a text from a file as one that is set letter by letter, without mathtext.

    Examples
    --------
    >>> print(plain("a $5 network"))
    a \$5 network
    """
    return printable(words).replace("$", r"\$")


def muted(words: str, size: float = FONT["text"]) -> Box:
    """Return a line of text that is read second."""
    return text(words, size, MUTED)
