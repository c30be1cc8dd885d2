"""The barcode of a network: at which value each component and each hole of {f <= t} lives.

A bar goes from the value at which a feature is born to the one at which it dies; at its birth it is
there (a dot), at its death it is not (a ring); an arrow stands where it has no end.  The bars are
exact (`exactpwl.questions.persistence`); only their places on the axis are floats.  Each dimension
has its colour and its own block, named for what it counts, with the longest-lived bars of equal
birth first.  Reading straight up at t gives the Betti numbers of {f <= t}; with a threshold that is
drawn, and its numbers stand at the blocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from matplotlib.axes import Axes

from exactpwl.errors import FigureError
from exactpwl.naming import printable
from exactpwl.plot.canvas import add_caption
from exactpwl.plot.caption import counted, height_name, place_name
from exactpwl.plot.panels import new_figure
from exactpwl.plot.patches import functional
from exactpwl.plot.style import FONT, GRID, INK, MUTED, STROKES
from exactpwl.questions.persistence import Bar
from exactpwl.questions.persistence import barcode as bars_of
from exactpwl.rationals import RationalLike, as_fraction, format_fraction

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["barcode"]

_NAMES = ("components", "holes", "cavities")
_WIDTH = 6.6  # inches
_LEAST, _MOST, _A_BAR = 1.0, 8.0, 0.13  # inches, of the axes and of one bar
_GAP = 1.5  # bars, between two blocks
_BESIDE = 0.12  # of the range of values, left free at either end


def barcode(
    complex_: PolyhedralComplex,
    ax: Axes | None = None,
    *,
    output: int | Sequence[RationalLike] = 0,
    value: RationalLike | None = None,
    window: tuple[RationalLike, RationalLike] | None = None,
    caption: bool = True,
) -> Axes:
    """Draw the barcode of the sets {f <= t} of an output, over the field of two elements.

    Parameters
    ----------
    complex_ : PolyhedralComplex
        Of a network with any number of inputs, over any domain.
    ax : matplotlib Axes, optional
        Where to draw; a new figure without one.
    output : int, or sequence of rationals
        Which output, or a weight for each.
    value : rational, optional
        A threshold to draw, with the Betti numbers there.
    window : (low, high), optional
        Which values are shown; by default all at which something is born or dies.
    caption : bool
        Whether to write the caption.

    Returns
    -------
    Axes
        A line for each bar, from the bottom upwards by dimension.

    Raises
    ------
    FigureError
        If there is no such output, or the window is empty.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> ax = barcode(regions(gallery.get("l1_annulus")), value=0)
    >>> [text.get_text() for text in ax.texts[:2]]
    ['b0 = 2', 'b1 = 1']
    """
    weights = functional(output, complex_.network.output_dimension)
    found = bars_of(complex_, weights)
    threshold = None if value is None else as_fraction(value)
    blocks = _blocks(found)
    low, high = _limits(found, threshold) if window is None else _seen(window)
    count = len(found) + _GAP * (len(blocks) + 1)
    tall = min(_MOST, max(_LEAST, _A_BAR * count))
    ax = new_figure(_WIDTH, tall + 1.2).add_subplot() if ax is None else ax
    ax.set_xlim(low, high)
    ax.set_ylim(0.0, count)
    thickness = min(4.0, 72 * tall / count * 0.45)
    place = _GAP
    ticks: list[tuple[float, str]] = []
    for dimension, bars in blocks:
        ticks.append((place + (len(bars) - 1) / 2, _block_name(dimension)))
        for bar in bars:
            _draw(ax, bar, place, thickness)
            place += 1.0
        place += _GAP
    _dress(ax, ticks, f"t, a value of {height_name(weights, complex_.dimension)}")
    if threshold is not None:
        _mark(ax, threshold, blocks, ticks)
    if caption:
        add_caption(ax, _phrases(complex_, found, threshold))
    return ax


def _blocks(found: Sequence[Bar]) -> list[tuple[int, list[Bar]]]:
    """Return the bars of each dimension, the earliest first, and of equal birth the longest."""
    dimensions = sorted({bar.dimension for bar in found})
    return [(k, sorted((b for b in found if b.dimension == k), key=_rank)) for k in dimensions]


def _rank(bar: Bar) -> tuple[bool, Fraction, bool, Fraction]:
    birth, death = bar.birth or Fraction(0), bar.death or Fraction(0)
    return bar.birth is not None, birth, bar.death is not None, -death


def _limits(found: Sequence[Bar], value: Fraction | None) -> tuple[float, float]:
    """Return the ends of the axis, with room beside all finite births and deaths."""
    ends = [end for bar in found for end in bar[1:] if end is not None]
    ends += [] if value is None else [value]
    low, high = min(ends, default=Fraction(0)), max(ends, default=Fraction(0))
    room = (high - low) * Fraction(_BESIDE) or Fraction(1)
    return float(low - room), float(high + room)


def _seen(window: tuple[RationalLike, RationalLike]) -> tuple[float, float]:
    low, high = map(as_fraction, window)
    if low >= high:
        raise FigureError(
            "a window with its lower end first is required, got "
            f"{format_fraction(low)} and {format_fraction(high)}"
        )
    return float(low), float(high)


def _draw(ax: Axes, bar: Bar, place: float, thickness: float) -> None:
    low, high = ax.get_xlim()
    left = low if bar.birth is None else float(bar.birth)
    right = high if bar.death is None else float(bar.death)
    colour = STROKES[bar.dimension % len(STROKES)]
    ax.plot([left, right], [place] * 2, color=colour, linewidth=thickness, solid_capstyle="butt")
    size = thickness + 1.5
    start = (left, "<" if bar.birth is None else "o", colour)
    end = (right, ">", colour) if bar.death is None else (right, "o", "white")
    for x, marker, face in (start, end):
        if not low <= x <= high:
            continue
        ax.plot(
            [x],
            [place],
            linestyle="",
            marker=marker,
            markersize=size,
            markerfacecolor=face,
            markeredgecolor=colour,
            markeredgewidth=0.9,
            clip_on=False,
            zorder=3,
        )


def _block_name(dimension: int) -> str:
    name = _NAMES[dimension] if dimension < len(_NAMES) else f"dimension {dimension}"
    return f"{name}\nb{dimension}"


def _dress(ax: Axes, ticks: Sequence[tuple[float, str]], label: str) -> None:
    ax.set_yticks([place for place, _ in ticks], [name for _, name in ticks])
    ax.set_xlabel(label, fontsize=FONT["label"], color=INK)
    ax.grid(visible=True, axis="x", color=GRID, linewidth=0.6)
    ax.set_axisbelow(True)
    ax.tick_params(labelsize=FONT["text"], color=MUTED, labelcolor=MUTED, length=3, width=0.6)
    ax.tick_params(axis="y", length=0, pad=11, labelcolor=INK)
    for name, spine in ax.spines.items():
        spine.set(linewidth=0.6, color=MUTED, visible=name == "bottom")


def _mark(
    ax: Axes,
    value: Fraction,
    blocks: Sequence[tuple[int, list[Bar]]],
    ticks: Sequence[tuple[float, str]],
) -> None:
    """Draw a threshold, and write the Betti numbers there to the right of their blocks."""
    ax.axvline(float(value), color=INK, linewidth=1.0, linestyle="--", zorder=4)
    for (dimension, bars), (place, _) in zip(blocks, ticks, strict=True):
        alive = sum(bar.is_alive_at(value) for bar in bars)
        ax.annotate(
            f"b{dimension} = {alive}",
            (1.0, place),
            xycoords=("axes fraction", "data"),
            xytext=(10.0, 0.0),
            textcoords="offset points",
            va="center",
            fontsize=FONT["text"],
            color=INK,
        )


def _phrases(
    complex_: PolyhedralComplex, found: Sequence[Bar], value: Fraction | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    network = complex_.network
    name = f"{printable(network.name)}: " if network.name else ""
    head = (
        f"{name}{counted(len(found), 'bar')} of the sublevel sets in {place_name(complex_.domain)}",
    )
    told = () if value is None else (f"the broken line is t = {format_fraction(value)};",)
    foot = (
        f"{network.architecture.replace('->', '→')},",
        f"sha256 {network.sha256[:12]};",
        f"{counted(len(complex_), 'activation region')};",
        *told,
        "homology over the field of two elements; a bar has its birth and not its death",
    )
    return head, foot
