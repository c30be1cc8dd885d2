"""The sheet that figures are drawn on: axes, colour bar, legend, caption, and the file.

Only matplotlib's objects are used, nothing of ``pyplot``: no window opens, no global state changes,
and a caller's own axes serve as well as new ones.  A file depends on its content alone: no date, no
random identifier, so the same figure is the same file, byte by byte, with one matplotlib version.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon as Outline
from matplotlib.text import Annotation
from matplotlib.transforms import Bbox

from exactpwl.domain import Domain
from exactpwl.errors import FigureError
from exactpwl.formula import variable_names
from exactpwl.plot.caption import wrapped
from exactpwl.plot.clip import HalfPlane, as_points, cut_polygon, height
from exactpwl.plot.edges import Segment, chains, draw_segments
from exactpwl.plot.panels import DPI, new_figure
from exactpwl.plot.scale import Scale
from exactpwl.plot.space import drawn_box
from exactpwl.plot.style import FONT, INK, MUTED, OUTSIDE
from exactpwl.plot.window import Bounds, corners, frame

__all__ = [
    "add_caption",
    "add_colour_bar",
    "add_legend",
    "add_domain",
    "add_note",
    "add_sheet_caption",
    "checked_path",
    "new_axes",
    "prepare",
    "save_figure",
]

_LONG_SIDE = 5.2  # inches
_NARROW = 20  # a window so many times as long as it is wide is not drawn to scale
_LETTERS = 150  # of one point in an inch
_PAD = 0.08  # inches around a figure
_FILL_DPI = 240  # of what is rasterised inside a PDF or SVG
_METADATA: dict[str, dict[str, str | None]] = {
    "pdf": {"Creator": "exactpwl", "CreationDate": None},
    "svg": {"Creator": "exactpwl", "Date": None},
    "png": {"Software": "exactpwl"},
}


def new_axes(window: Bounds) -> Axes:
    """Return the axes of a new figure, in the shape of the window."""
    (left, right), (low, high) = window
    width, tall = float(right - left), float(high - low)
    scale = _LONG_SIDE / max(width, tall)
    size = (max(width * scale, 2.6) + 1.6, max(tall * scale, 1.8) + 1.4)
    return new_figure(*size).add_subplot()


def prepare(ax: Axes, window: Bounds) -> None:
    """Set limits, labels, frame, and one scale for both axes unless the window is very narrow."""
    (left, right), (low, high) = window
    ax.set_xlim(float(left), float(right))
    ax.set_ylim(float(low), float(high))
    longer, shorter = sorted((right - left, high - low), reverse=True)
    ax.set_aspect("equal" if longer < _NARROW * shorter else "auto")
    x, y = variable_names(2)
    ax.set_xlabel(x, fontsize=FONT["label"], style="italic", labelpad=1, color=INK)
    ax.set_ylabel(y, fontsize=FONT["label"], style="italic", labelpad=7, rotation=0, color=INK)
    ax.tick_params(labelsize=FONT["text"], color=MUTED, labelcolor=MUTED, length=3, width=0.6)
    for spine in ax.spines.values():
        spine.set(linewidth=0.6, color=MUTED, zorder=6)


def add_domain(ax: Axes, domain: Domain, window: Bounds) -> None:
    """Grey what is outside the domain, keep all lines and fills inside, and draw its boundary."""
    part = corners(window)
    for normal, offset in domain.rows:
        part = cut_polygon(part, (*normal, offset))
    if part == corners(window):
        return
    inside = Outline([(float(x), float(y)) for x, y in as_points(part)], visible=False)
    ax.add_patch(inside)
    for drawn in ax.collections:
        drawn.set_clip_path(inside)
    sides = frame(window)
    border = [e for e in pairwise([*part, part[0]]) if not any(_lies_on(e, s) for s in sides)]
    draw_segments(ax, chains(border), colors=INK, linewidths=1.2, zorder=5)
    ax.set_facecolor(OUTSIDE)


def _lies_on(edge: Segment, side: HalfPlane) -> bool:
    return not any(height(side, end) for end in edge)


def add_colour_bar(ax: Axes, shading: Any, label: str, scale: Scale) -> Axes:
    """Draw the colour bar beside the axes, as high as they are, and return its axes."""
    wide, tall = (float(abs(b - a)) for a, b in (ax.get_xlim(), ax.get_ylim()))
    unit = max(1.0, tall / wide) if ax.get_aspect() != "auto" else 1.0
    place = ax.inset_axes((1 + 0.03 * unit, 0.0, 0.035 * unit, 1.0))
    bar = ax.figure.colorbar(shading, cax=place)
    if not scale.is_even:
        label += ", asinh scale"
        ticks = scale.ticks()
        bar.set_ticks(ticks, labels=[f"{tick:g}".replace("-", "\N{MINUS SIGN}") for tick in ticks])
    bar.set_label(label, fontsize=FONT["label"], style="italic", color=INK)
    bar.ax.tick_params(labelsize=FONT["text"], color=MUTED, labelcolor=MUTED, length=3, width=0.6)
    bar.ax.minorticks_off()
    bar.outline.set(linewidth=0.6, edgecolor=MUTED)
    return place


def add_legend(ax: Axes, handles: Sequence[Artist]) -> None:
    """Draw the legend in rows above the axes; in space above what is seen of them."""
    if handles:
        left, _, _, top = _seen(ax)
        ax.legend(
            handles=handles,
            loc="lower left",
            bbox_to_anchor=(left, top + 0.005),
            ncols=5,
            frameon=False,
            fontsize=FONT["text"],
            labelcolor=INK,
            borderaxespad=0.0,
            borderpad=0.3,
            handlelength=1.9,
            handletextpad=0.6,
            columnspacing=1.3,
        )


def add_caption(ax: Axes, lines: Sequence[Sequence[str]]) -> Annotation:
    """Write the caption under the label of the x-axis, the first line in larger type.

    In space it stands under what is seen of the axes and their labels.  The last line is returned.
    """
    width = ax.figure.get_figure(root=True).get_figwidth() * ax.get_position().width
    left, bottom, _, _ = _seen(ax)
    below: Any = "axes fraction" if ax.name == "3d" else ax.xaxis.label
    styles = ((FONT["title"], INK, 4.0), (FONT["small"], MUTED, 3.0))
    for phrases, (size, colour, gap) in zip(lines, styles, strict=True):
        text = wrapped(phrases, max(46, round(_LETTERS * width / size)))
        below = _write_below(ax, text, below, (left, bottom), gap, size, colour)
        bottom = 0.0
    written: Annotation = below
    return written


def add_sheet_caption(figure: Figure, lines: Sequence[Sequence[str]]) -> None:
    """Write the caption under all panels of a sheet, in small type."""
    size = FONT["small"]
    width = round(_LETTERS * figure.get_figwidth() / size)
    text = "\n".join(wrapped(phrases, width) for phrases in lines)
    figure.supxlabel(text, x=0.02, ha="left", fontsize=size, color=MUTED)


def add_note(ax: Axes, text: str, above: Annotation) -> Annotation:
    """Write one more line under the caption."""
    return _write_below(ax, text, above, (above.xy[0], 0.0), 3.0, FONT["small"], MUTED)


def _write_below(
    ax: Axes,
    text: str,
    above: Any,
    place: tuple[float, float],
    gap: float,
    size: float,
    colour: str,
) -> Annotation:
    return ax.annotate(
        text,
        xy=place,
        xycoords=("axes fraction", above),
        xytext=(0.0, -gap),
        textcoords="offset points",
        ha="left",
        va="top",
        fontsize=size,
        color=colour,
        annotation_clip=False,
        parse_math=False,  # a network's name may have dollars
    )


def _seen(ax: Axes) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of what is seen of axes, in parts of their size."""
    if ax.name != "3d":
        return (0.0, 0.0, 1.0, 1.0)
    box = drawn_box(ax)
    left, bottom, right, top = box.transformed(ax.transAxes.inverted()).extents
    return (float(left), float(bottom), float(right), float(top))


def save_figure(ax: Axes, path: str | Path, title: str) -> Path:
    """Write the whole figure around some axes as PDF, SVG or PNG; equal figures give equal bytes.

    Parameters
    ----------
    ax : matplotlib Axes
    path : str or Path
        Ends in ``.pdf``, ``.svg`` or ``.png``.
    title : str
        Goes into the file's own description.

    Raises
    ------
    FigureError
        If the suffix is none of theirs.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> ax = new_figure(2, 2).add_subplot()
    >>> with TemporaryDirectory() as folder:
    ...     save_figure(ax, f"{folder}/empty.pdf", "an empty figure").read_bytes()[:4]
    b'%PDF'
    """
    path = checked_path(path)
    kind = path.suffix.lower()[1:]
    figure = ax.get_figure(root=True)
    assert figure is not None
    with mpl.rc_context({"svg.hashsalt": "exactpwl", "pdf.fonttype": 42}):
        figure.savefig(
            path,
            format=kind,
            dpi=DPI if kind == "png" else _FILL_DPI,
            bbox_inches=_trimmed(figure),
            pad_inches=_PAD,
            metadata={"Title": title, **_METADATA[kind]},
        )
    return path


def _trimmed(figure: Figure) -> Any:
    """Return what of a figure is drawn on, in inches; matplotlib counts empty squares in space."""
    if all(ax.name != "3d" for ax in figure.axes):
        return "tight"
    figure.draw_without_rendering()
    boxes = []
    for ax in figure.axes:
        if ax.name == "3d":
            beside = [*ax.texts, *filter(None, [ax.get_legend()])]
            boxes += [drawn_box(ax), *(artist.get_window_extent() for artist in beside)]
        else:
            boxes += filter(None, [ax.get_tightbbox()])
    boxes += [text.get_window_extent() for text in figure.texts]
    inches = Bbox.union(boxes).transformed(figure.dpi_scale_trans.inverted())
    return inches.padded(_PAD)


def checked_path(path: str | Path) -> Path:
    """Return the path of a figure; the errors are those of `save_figure`."""
    path = Path(path)
    if path.suffix.lower()[1:] not in _METADATA:
        raise FigureError(
            "a figure is written as .pdf, .svg or .png: give the file one of these suffixes, "
            f"got {path.name!r}"
        )
    return path
