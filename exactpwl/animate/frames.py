"""The sheet of a frame: panels at fixed places, and the curve of the region count.

Everything that a frame has in common with the next is computed once for the film: size, places,
the limits of all axes.  The curve shows the counts of the frames up to now on the scale of all, so
a reader sees where the film is and how far it goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.gridspec import GridSpec

from exactpwl.animate.film import Heard, Shot
from exactpwl.enumeration import regions
from exactpwl.errors import FigureError
from exactpwl.plot.caption import window_name
from exactpwl.plot.headings import add_heading, without_labels
from exactpwl.plot.panels import new_figure
from exactpwl.plot.style import FONT, INK, MUTED
from exactpwl.plot.view import regions_in_window
from exactpwl.plot.window import Bounds

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex
    from exactpwl.network import Network

__all__ = ["checked_panels", "complexes_of", "draw_counts", "new_frame", "shots_of", "tidy"]

_IN_A_ROW = 4
_PANEL, _BETWEEN, _ROW = 2.2, 0.7, 0.75  # inches
_LEFT, _RIGHT, _TOP, _BOTTOM = 0.4, 0.2, 0.85, 0.55
_CURVE = "#2f6ca8"


def checked_panels(panels: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """Return the panels of a film.

    Raises
    ------
    FigureError
        If there is none, or one is unknown or named twice.
    """
    listed = ", ".join(known)
    if not panels or len(set(panels)) < len(panels) or not set(panels) <= set(known):
        raise FigureError(
            f"panels are some of {listed}, each once; got {', '.join(panels) or 'none'}"
        )
    return tuple(panels)


def complexes_of(
    networks: Sequence[Network], heard: Heard | None = None
) -> list[PolyhedralComplex]:
    """Return the complex of each network, over the whole plane."""
    found = []
    for number, network in enumerate(networks):
        if heard is not None:
            heard("counting regions", number, len(networks))
        found.append(regions(network))
    return found


def shots_of(
    labels: Sequence[str], complexes: Sequence[PolyhedralComplex], window: Bounds
) -> tuple[Shot, ...]:
    """Return what each frame shows in numbers, exactly."""
    return tuple(
        Shot(label, len(complex_), len(regions_in_window(complex_, window)))
        for label, complex_ in zip(labels, complexes, strict=True)
    )


def new_frame(count: int, title: str, window: Bounds) -> tuple[Figure, list[Axes]]:
    """Return a figure with so many square panels, the last one as wide as its row has room.

    The places depend on the count alone.

    Examples
    --------
    >>> from exactpwl.plot.window import as_window
    >>> figure, axes = new_frame(7, "epoch 40", as_window([(-1, 1), (-1, 1)]))
    >>> len(axes), figure.get_size_inches().round(2).tolist()
    (7, [11.5, 6.55])
    """
    columns = min(count, _IN_A_ROW)
    rows = -(-count // columns)
    width = _LEFT + columns * (_PANEL + _BETWEEN) - _BETWEEN + _RIGHT
    height = _TOP + rows * _PANEL + (rows - 1) * _ROW + _BOTTOM
    figure = new_figure(width, height)
    figure.set_layout_engine(None)
    grid = GridSpec(
        rows,
        columns,
        figure,
        left=_LEFT / width,
        right=1 - _RIGHT / width,
        top=1 - _TOP / height,
        bottom=_BOTTOM / height,
        wspace=_BETWEEN / _PANEL,
        hspace=_ROW / _PANEL,
    )
    cells = [divmod(place, columns) for place in range(count)]
    axes = [figure.add_subplot(grid[row, column]) for row, column in cells[:-1]]
    row, column = cells[-1]
    axes.append(figure.add_subplot(grid[row, column:]))
    left = _LEFT / width
    figure.text(left, 1 - 0.16 / height, title, va="top", fontsize=12, color=INK)
    where = f"window {window_name(window)}"
    figure.text(left, 0.06 / height, where, va="bottom", fontsize=FONT["small"], color=MUTED)
    return figure, axes


def tidy(axes: Iterable[Axes]) -> None:
    """Take off panels what all of them share, or what would shake: names and numbers of the axes.

    The numbers along a colour bar stay, small; the window is named once above the panels.
    """
    for ax in axes:
        without_labels(ax)
        for bar in ax.child_axes:
            bar.set_ylabel("")
            bar.tick_params(labelsize=FONT["small"], pad=1)


def draw_counts(
    ax: Axes, places: Sequence[int], shots: Sequence[Shot], now: int, name: str
) -> None:
    """Draw the number of regions over time, up to now.

    Parameters
    ----------
    ax : Axes
    places : the frames' places on the axis
    shots : of all frames
    now : the frame
    name : of the axis
    """
    curves = (
        ([shot.regions for shot in shots], MUTED, (0, (4, 2))),
        ([shot.seen for shot in shots], _CURVE, "solid"),
    )
    for counts, colour, dashes in curves:
        style: dict[str, Any] = {"color": colour, "linestyle": dashes}
        ax.plot(places, counts, linewidth=0.6, alpha=0.35, **style)
        ax.plot(places[: now + 1], counts[: now + 1], linewidth=1.5, **style)
        ax.plot(places[now], counts[now], "o", markersize=4.5, color=colour)
    margin = max(places[-1] - places[0], 1) / 30
    ax.set_xlim(places[0] - margin, places[-1] + margin)
    ax.set_ylim(0, 1.08 * max(shot.regions for shot in shots))
    ax.set_xlabel(name, fontsize=FONT["label"], labelpad=1, color=INK)
    ax.tick_params(labelsize=FONT["text"], color=MUTED, labelcolor=MUTED, length=3, width=0.6)
    for spine in ax.spines.values():
        spine.set(linewidth=0.6, color=MUTED)
    shot = shots[now]
    notes = (f"{shot.seen} seen here,", f"{shot.regions} in the plane (dashed)")
    add_heading(ax, "Activation regions", notes)
