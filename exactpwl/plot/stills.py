"""A training in stills: six panels for one checkpoint, and a sheet of checkpoints.

The panels show the decision with the data, the output, the dual points of all affine functions, the
accuracy so far, the boundaries of all neurons, and the decision boundary over all layers.  Window,
accuracy and, where they are given, the limits of the dual points are those of the whole run, so
that one still may be laid on the next, and a film does not shake.

Every number is exact: the complex of the checkpoint is computed over the whole plane, the accuracy
is a fraction of the points, and a region is counted as seen if its interior meets the open window.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes

from exactpwl.enumeration import regions
from exactpwl.errors import FigureError
from exactpwl.plot.canvas import add_colour_bar, add_domain, prepare
from exactpwl.plot.caption import counted, window_name
from exactpwl.plot.classes import decision_regions
from exactpwl.plot.data import accuracy_name
from exactpwl.plot.decision import draw_level
from exactpwl.plot.duals import (
    SIGNS,
    DualPoint,
    Limits,
    draw_duals,
    dual_limits,
    duals_of,
    met_by,
)
from exactpwl.plot.headings import add_heading, without_labels
from exactpwl.plot.neurons import Parts, all_boundaries, boundary_parts, seen_neurons
from exactpwl.plot.panels import new_panels, required_axes
from exactpwl.plot.scale import colour_scale
from exactpwl.plot.shading import shade
from exactpwl.plot.style import FONT, INK, MUTED, diverging, sequential
from exactpwl.plot.view import View, complex_view

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex
    from exactpwl.gallery import Run

__all__ = [
    "PANELS",
    "output_panel",
    "place_of",
    "training_limits",
    "training_panels",
    "training_sheet",
]

PANELS = ("decision", "output", "dual", "accuracy", "boundaries", "layers")
"""What the six panels show, in reading order."""

_TITLES = {
    "decision": "Decision and data",
    "output": "Output",
    "dual": "Dual points",
    "accuracy": "Accuracy so far",
    "boundaries": "Boundaries of the neurons",
    "layers": "Decision over all layers",
}
_SHORT_TITLES = {
    "decision": "Decision",
    "output": "Output",
    "dual": "Dual points",
    "accuracy": "Accuracy",
    "boundaries": "Boundaries",
    "layers": "All layers",
}
_GRID = 101
_CHANCE = "#b9bec8"
_LINE = "#2f6ca8"


class Still:
    """A checkpoint with all that its panels show, computed for the panels that are asked for.

    Parameters
    ----------
    run : Run
    index : int
    complex_ : PolyhedralComplex, optional
    """

    def __init__(self, run: Run, index: int, complex_: PolyhedralComplex | None = None) -> None:
        self.run = run
        self.place = _checked(run, index)
        self.complex_ = regions(run.networks[self.place]) if complex_ is None else complex_

    @cached_property
    def view(self) -> View:
        """The patches of the run's window."""
        return complex_view(self.complex_, self.run.window)

    @cached_property
    def duals(self) -> tuple[DualPoint, ...]:
        """The affine functions."""
        return duals_of(self.complex_)

    @cached_property
    def groups(self) -> dict[str, tuple[int, ...]]:
        """The dual points that data and grid meet."""
        return met_by(self.complex_, self.duals, self.run.points, _GRID, self.view.window)

    @cached_property
    def parts(self) -> Parts:
        """What the window shows of each neuron's boundary."""
        return boundary_parts(self.complex_, self.view)


def training_panels(
    run: Run,
    index: int,
    axes: Sequence[Axes] | None = None,
    *,
    panels: Sequence[str] = PANELS,
    complex_: PolyhedralComplex | None = None,
    limits: Limits | None = None,
    headings: bool = True,
) -> tuple[Axes, ...]:
    """Draw one checkpoint of a training in six panels, or in some of them.

    Parameters
    ----------
    run : Run
        Of networks with two inputs and one output.
    index : int
        The checkpoint, a place in ``run.networks``; -1 is the last.
    axes : sequence of Axes, optional
        In the order of `panels`; a new figure with three panels a row without them.
    panels : sequence of str
        Some of `PANELS`.
    complex_ : PolyhedralComplex, optional
        That of the checkpoint's network, where it is known already.
    limits : two pairs of floats, optional
        What to show of the dual points; see `training_limits`.  By default all of this checkpoint.
    headings : bool
        Whether to write title and numbers above each panel.

    Returns
    -------
    tuple of Axes

    Raises
    ------
    FigureError
        If there are not two inputs and one output, no such checkpoint or panel, or not one of the
        axes for each panel.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> axes = training_panels(gallery.run("disc-3"), -1)
    >>> [text.get_text() for text in axes[3].texts][0]
    '1024 of 1024 points right (100%)'
    """
    if not panels or not set(panels) <= set(PANELS):
        listed = ", ".join(PANELS)
        raise FigureError(f"panels are some of {listed}; got {', '.join(panels) or 'none'}")
    required_axes(axes, len(panels))
    still = Still(run, index, complex_)
    columns = min(len(panels), 3)
    axes = new_panels(-(-len(panels) // columns), columns) if axes is None else axes
    for ax, name in zip(axes, panels, strict=False):  # a new last row may have room for more
        _draw(ax, name, still, limits, bar=True)
        if headings:
            add_heading(ax, _TITLES[name], _notes(still, name))
    for ax in axes[len(panels) :]:
        ax.set_axis_off()
    return tuple(axes[: len(panels)])


def training_sheet(
    run: Run, epochs: Iterable[int] | None = None, axes: Sequence[Axes] | None = None
) -> tuple[Axes, ...]:
    """Draw the stills of several epochs below each other, six panels a row.

    Parameters
    ----------
    run : Run
    epochs : iterable of int, optional
        Those of checkpoints; by default every 40th epoch that has one.
    axes : sequence of Axes, optional
        Six for each epoch; a new figure without them.

    Returns
    -------
    tuple of Axes

    Raises
    ------
    FigureError
        As `training_panels`, or if an epoch has no checkpoint.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> len(training_sheet(gallery.run("disc-3"), [0, 400]))
    12
    """
    chosen = _every_fortieth(run) if epochs is None else tuple(epochs)
    places = [place_of(run, epoch) for epoch in chosen]
    required_axes(axes, len(PANELS) * len(places))
    if axes is None:
        axes = _new_sheet(len(places))
    stills = [Still(run, place) for place in places]
    limits = dual_limits(dual for still in stills for dual in still.duals)
    for row, still in enumerate(stills):
        for ax, name in zip(axes[row * len(PANELS) :], PANELS, strict=False):
            _draw(ax, name, still, limits, bar=False)
            without_labels(ax)
            add_heading(ax, "" if row else _SHORT_TITLES[name], [_short_note(still, name)])
    return tuple(axes)


def training_limits(complexes: Iterable[PolyhedralComplex]) -> Limits:
    """Return a square that holds the slopes (w1, w2) of all regions of some complexes.

    Examples
    --------
    >>> from exactpwl import Network
    >>> folds = [regions(Network([([[w, 0]], [1], "relu")])) for w in (1, 2)]
    >>> training_limits(folds)
    ((-0.1, 2.1), (-1.1, 1.1))
    """
    return dual_limits(dual for complex_ in complexes for dual in duals_of(complex_))


def _new_sheet(rows: int) -> tuple[Axes, ...]:
    axes = new_panels(rows, len(PANELS), size=(1.7, 1.82))
    layout: Any = axes[0].figure.get_layout_engine()
    layout.set(w_pad=0.03, h_pad=0.03, wspace=0.02, hspace=0.0)
    return axes


def output_panel(ax: Axes, complex_: PolyhedralComplex, view: View, *, bar: bool = True) -> None:
    """Draw the output in a window by its colours alone, with the decision boundary.

    The colours have their white at 0 even where the window has values on one side of it only, so
    that they mean the same in all stills of a training.
    """
    zero = Fraction(0)
    low, high = view.limits
    seen = replace(view, limits=(min(low, zero), max(high, zero)))
    prepare(ax, view.window)
    scale = colour_scale(seen, zero)
    colormap = diverging(*scale.reach) if low < high else sequential()
    shading = shade(ax, seen, colormap, scale)
    place = add_colour_bar(ax, shading, view.label, scale) if bar else None
    if view.splits(zero):
        draw_level(ax, view, zero, complex_.domain, place)
    add_domain(ax, complex_.domain, view.window)


def _checked(run: Run, index: int) -> int:
    network = run.networks[0]
    inputs, outputs = network.input_dimension, network.output_dimension
    if (inputs, outputs) != (2, 1):
        raise FigureError(
            "the panels of a training need networks with 2 inputs and 1 output, got "
            f"{counted(inputs, 'input')} and {counted(outputs, 'output')}"
        )
    if not -len(run) <= index < len(run):
        raise FigureError(
            f"the run {run.name} has checkpoints from 0 to {len(run) - 1}, got {index}"
        )
    return index % len(run)


def _draw(ax: Axes, name: str, still: Still, limits: Limits | None, *, bar: bool) -> None:
    """Draw one panel."""
    run, complex_, view = still.run, still.complex_, still.view
    match name:
        case "decision":
            data: dict[str, Any] = {"points": run.points, "labels": run.labels}
            decision_regions(complex_, ax, window=view.window, kinks=False, caption=False, **data)
        case "output":
            output_panel(ax, complex_, view, bar=bar)
        case "dual":
            draw_duals(ax, complex_, still.duals, still.groups, limits=limits)
        case "accuracy":
            _accuracy(ax, run, still.place)
        case "boundaries":
            all_boundaries(ax, complex_, view, still.parts)
        case "layers":
            decision_regions(complex_, ax, window=view.window, caption=False)


def _notes(still: Still, name: str) -> tuple[str, ...]:
    """Return the numbers of a panel in words."""
    run, complex_ = still.run, still.complex_
    match name:
        case "decision":
            return (f"epoch {run.epochs[still.place]},", f"window {window_name(run.window)}")
        case "dual":
            met = {group: len(found) for group, found in still.groups.items()}
            return (
                f"{counted(len(still.duals), 'affine map')}:",
                f"{SIGNS['data']} {met['data']} at data,",
                f"{SIGNS['grid']} {met['grid']} on a grid",
            )
        case "accuracy":
            right = int(run.accuracies[still.place] * len(run.points))
            return (accuracy_name(right, len(run.points)),)
        case "boundaries":
            bent, width = seen_neurons(still.parts), sum(complex_.network.widths)
            return (f"{bent} of {counted(width, 'neuron')} with a boundary here",)
        case "layers":
            seen = len(still.view.patches)
            return (f"{counted(len(complex_), 'activation region')},", f"{seen} in this window")
    return (_short_note(still, name),)


def _short_note(still: Still, name: str) -> str:
    """Return the numbers of a panel in a few letters."""
    run, complex_ = still.run, still.complex_
    match name:
        case "decision":
            return f"epoch {run.epochs[still.place]}"
        case "dual":
            met = {group: len(found) for group, found in still.groups.items()}
            signs = f"{SIGNS['data']} {met['data']}, {SIGNS['grid']} {met['grid']}"
            return f"{len(still.duals)} maps: {signs}"
        case "accuracy":
            share = 100 * run.accuracies[still.place]
            return f"{share}% right" if share.denominator == 1 else f"{float(share):.1f}% right"
        case "boundaries":
            bent, width = seen_neurons(still.parts), sum(complex_.network.widths)
            return f"{bent} of {counted(width, 'neuron')} seen"
        case "layers":
            return f"{counted(len(complex_), 'region')}, {len(still.view.patches)} seen"
    ends = (f"{float(end):.3g}".replace("-", "\N{MINUS SIGN}") for end in still.view.limits)
    return f"from {' to '.join(ends)}"


def _every_fortieth(run: Run) -> tuple[int, ...]:
    return tuple(epoch for epoch in run.epochs if epoch % 40 == 0)


def place_of(run: Run, epoch: int) -> int:
    """Return the place of an epoch's checkpoint; a `FigureError` if it has none."""
    if epoch not in run.epochs:
        listed = ", ".join(map(str, run.epochs))
        raise FigureError(f"the run {run.name} has checkpoints at epochs {listed}; got {epoch}")
    return run.epochs.index(epoch)


def _accuracy(ax: Axes, run: Run, index: int) -> None:
    """Draw the share of points that are right at each checkpoint so far."""
    epochs = run.epochs[: index + 1]
    shares = [100 * share for share in run.accuracies[: index + 1]]
    last = max(run.epochs[-1], 1)
    ax.axhline(50, color=_CHANCE, linewidth=0.8, linestyle=(0, (4, 2)), zorder=1)
    ax.plot(epochs, [float(share) for share in shares], color=_LINE, linewidth=1.4, zorder=3)
    ax.plot(epochs[-1:], [float(shares[-1])], "o", markersize=4.5, color=_LINE, zorder=4)
    ax.set_xlim(-last / 30, last * 31 / 30)
    ax.set_ylim(0, 105)
    ax.set_yticks([0, 50, 100])
    ax.set_box_aspect(1)
    ax.set_xlabel("epoch", fontsize=FONT["label"], labelpad=1, color=INK)
    ax.set_ylabel("points right, %", fontsize=FONT["label"], labelpad=2, color=INK)
    ax.tick_params(labelsize=FONT["text"], color=MUTED, labelcolor=MUTED, length=3, width=0.6)
    for spine in ax.spines.values():
        spine.set(linewidth=0.6, color=MUTED)
