"""Time against regions, both logarithmic: who is faster, and whether it lasts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from peers.results import Measured, projected, verdict
from peers.tools import CITED, Tool

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Points = list[tuple[int, float]]
"""Regions and seconds."""

__all__ = ["STYLES", "draw", "save_both"]

STYLES = {
    "exactpwl": ("#d55e00", "o"),
    "regioncam": ("#0072b2", "s"),
    "relucent": ("#009e73", "^"),
    "parx": ("#cc79a7", "v"),
    "edge subdivision": ("#1c2230", "D"),
    "SplineCAM": ("#5a6272", "P"),
    "canonicalpoly": ("#8a7b3c", "X"),
}
_SPEEDS = {10**k: f"{10**k:,} regions/s" for k in (2, 3, 4, 5)}


def draw(results: Sequence[Measured], tools: Sequence[Tool], stem: Path) -> list[Path]:
    """Write the figure as PNG and SVG, and return both files."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8.2, 5.6), layout="constrained")
    axes = figure.add_subplot(xscale="log", yscale="log")
    for tool in tools:
        _scatter(axes, tool.name, *_points(results, tool.name))
    for cited in CITED:
        known = [
            (m.truth, cited.seconds[m.case.network])
            for m in results
            if m.truth and m.case.domain == cited.domain and m.case.network in cited.seconds
        ]
        _scatter(axes, cited.name, [], known, label=f"{cited.name} (cited)")
    _speeds(axes)
    axes.set_xlabel("regions")
    axes.set_ylabel("CPU seconds, one core")
    title = "hollow: cited, or projected from a run that was stopped"
    axes.legend(fontsize=8, title=title, title_fontsize=8)
    return save_both(figure, stem)


def _points(results: Sequence[Measured], tool: str) -> tuple[Points, Points]:
    """Return the finished runs, and the stopped ones at their rate."""
    solid: Points = []
    hollow: Points = []
    for m in results:
        record = m.records.get(tool)
        if record is None or not m.truth or m.is_ternary:
            continue
        whole = projected(record, m.truth)
        if whole is not None and verdict(record, m.truth) != "wrong":
            (solid if record.status == "done" else hollow).append((m.truth, whole))
    return solid, hollow


def _scatter(
    axes: Axes, name: str, solid: Points, hollow: Points, label: str | None = None
) -> None:
    colour, marker = STYLES.get(name, ("#808080", "."))
    labels = [label or name]
    for points, face in ((solid, colour), (hollow, "none")):
        if points:
            x, y = zip(*points, strict=True)
            label = labels.pop() if labels else None
            axes.scatter(x, y, marker=marker, facecolors=face, edgecolors=colour, label=label, s=34)


def _speeds(axes: Axes) -> None:
    """Draw the lines of equal time per region."""
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    for speed, text in _SPEEDS.items():
        axes.plot((left, right), (left / speed, right / speed), lw=0.6, color="#c3c8cf", zorder=0)
        x = min(right, high * speed) * 0.8
        if low < x / speed < high:
            axes.text(x, x / speed, text, fontsize=6.5, color="#5a6272", ha="right", va="bottom")
    axes.set_xlim(left, right)
    axes.set_ylim(low, high)


def save_both(figure: Figure, stem: Path) -> list[Path]:
    """Write a figure as PNG and SVG, the same bytes for the same numbers."""
    import matplotlib as mpl

    files = [stem.with_suffix(".png"), stem.with_suffix(".svg")]
    with mpl.rc_context({"svg.hashsalt": "exactpwl", "svg.fonttype": "none"}):
        figure.savefig(files[0], dpi=130, metadata={"Software": None})
        figure.savefig(files[1], metadata={"Date": None})
    return files
