"""Accuracy against the number of affine maps: how far classifiers are from being linear.

A network is a line: the share of test samples that are classified right when each output has k
affine maps, the centres of clusters of its local linear maps.  The network's own accuracy is a
broken line of the same colour, which the line reaches early where the network is nearly linear.
Each network has a mark of its own, so that the figure can be read in grey print; the number of
clusters that is a sixth of the training samples, the largest of the study, is ringed.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter

from exactpwl.errors import FigureError
from exactpwl.linearmaps.clusters import ClusteredAccuracy
from exactpwl.naming import printable
from exactpwl.plot.canvas import add_caption
from exactpwl.plot.caption import counted
from exactpwl.plot.panels import new_figure
from exactpwl.plot.style import FONT, GRID, INK, MUTED, STROKES

if TYPE_CHECKING:
    from exactpwl.linearmaps.clusters import Clustering

__all__ = ["cluster_accuracies"]

_SIZE = (6.6, 4.4)  # inches
_MARKS = "os^Dvp"
_RING = 10.0  # points


def cluster_accuracies(
    results: Sequence[ClusteredAccuracy], ax: Axes | None = None, *, caption: bool = True
) -> Axes:
    """Draw how often classifiers are right with k affine maps for each output.

    Parameters
    ----------
    results : sequence of ClusteredAccuracy
        Up to six; of `exactpwl.linearmaps.clustered_accuracy`.
    ax : matplotlib Axes, optional
        Where to draw; a new figure without one.
    caption : bool
        Whether to write the caption.

    Returns
    -------
    Axes
        For each network a line against log k, and a broken one at its own accuracy.

    Raises
    ------
    FigureError
        If there is no result, or there are more than six.

    Examples
    --------
    >>> from exactpwl.linearmaps import Clustering
    >>> tried = (Clustering(1, 6, 5, 0.0), Clustering(10, 7, 8, 0.9))
    >>> ax = cluster_accuracies([ClusteredAccuracy("few", 60, 8, 7, tried)])
    >>> [line.get_ydata().tolist() for line in ax.lines]
    [[87.5, 87.5], [75.0, 87.5], [87.5]]
    """
    if not 1 <= len(results) <= len(_MARKS):
        raise FigureError(
            f"from 1 to {len(_MARKS)} results of linearmaps.clustered_accuracy are required, "
            f"got {len(results)}"
        )
    ax = new_figure(*_SIZE).add_subplot() if ax is None else ax
    ax.set_xscale("log")
    last = max(clustering.k for found in results for clustering in found.clusterings)
    lines = [
        _draw(ax, found, last, *look)
        for found, *look in zip(results, STROKES, _MARKS, strict=False)
    ]
    _name_axes(ax)
    _add_legend(ax, lines)
    if caption:
        add_caption(ax, _phrases(results))
    return ax


def _percent(share: Fraction) -> float:
    return float(100 * share)


def _draw(ax: Axes, found: ClusteredAccuracy, last: int, colour: str, mark: str) -> Line2D:
    own = [_percent(found.own_accuracy)] * 2
    ax.plot([1, last], own, color=colour, linewidth=1.0, linestyle=(0, (4, 3)), zorder=2)
    name = printable(found.name)
    (line,) = _points(ax, found, found.clusterings, color=colour, marker=mark, label=name)
    ringed = [clustering for clustering in found.clusterings if clustering.k == found.sixth]
    if ringed:
        _points(ax, found, ringed, color=colour, marker="o", **_HOLLOW)
    return line


_HOLLOW: dict[str, Any] = {"markerfacecolor": "none", "markersize": _RING, "markeredgewidth": 0.9}


def _points(
    ax: Axes, found: ClusteredAccuracy, clusterings: Sequence[Clustering], **style: Any
) -> list[Line2D]:
    shares = [_percent(Fraction(clustering.right, found.test)) for clustering in clusterings]
    usual: dict[str, Any] = {"linewidth": 1.6, "markersize": 5.0, "zorder": 4}
    return ax.plot([clustering.k for clustering in clusterings], shares, **usual | style)


def _name_axes(ax: Axes) -> None:
    ax.xaxis.set_major_formatter(FuncFormatter(lambda k, _: f"{k:g}"))
    ax.set_xlabel("affine maps for each output, k", fontsize=FONT["label"], color=INK)
    ax.set_ylabel("test samples classified right, %", fontsize=FONT["label"], color=INK)
    ax.grid(visible=True, which="major", color=GRID, linewidth=0.6)
    ax.set_axisbelow(True)
    ax.tick_params(labelsize=FONT["text"], color=MUTED, labelcolor=MUTED, length=3, width=0.6)
    ax.tick_params(which="minor", length=0)
    for spine in ax.spines.values():
        spine.set(linewidth=0.6, color=MUTED)


def _add_legend(ax: Axes, lines: Sequence[Line2D]) -> None:
    own = Line2D([], [], color=MUTED, linewidth=1.0, linestyle=(0, (4, 3)))
    own.set_label("the network itself")
    ring = Line2D([], [], color=MUTED, marker="o", linestyle="", **_HOLLOW)
    ring.set_label("k = a sixth of the training samples")
    ax.legend(
        handles=[*lines, own, ring],
        loc="lower right",
        fontsize=FONT["text"],
        labelcolor=INK,
        framealpha=0.9,
        edgecolor=GRID,
        handlelength=2.6,
    )


def _phrases(results: Sequence[ClusteredAccuracy]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    head = (f"{counted(len(results), 'classifier')} with k affine maps for each output",)
    sizes = dict.fromkeys((found.training, found.test) for found in results)
    listed = "; ".join(f"{training} training and {test} test samples" for training, test in sizes)
    foot = (f"{listed};", "centres of clusters of the local linear maps, by k-means from one start")
    return head, foot
