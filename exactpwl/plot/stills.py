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
from typing import TYPE_CHECKING, Any, NamedTuple

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

_TITLES = (
    "Decision and data",
    "Output",
    "Dual points",
    "Accuracy so far",
    "Boundaries of the neurons",
    "Decision over all layers",
)
_SHORT_TITLES = ("Decision", "Output", "Dual points", "Accuracy", "Boundaries", "All layers")
_GRID = 101
_CHANCE = "#b9bec8"
_LINE = "#2f6ca8"


class Still(NamedTuple):
    """A checkpoint with all that its panels show."""

    run: Run
    place: int
    complex_: PolyhedralComplex
    view: View
    duals: tuple[DualPoint, ...]
    groups: dict[str, tuple[int, ...]]
    parts: Parts

    @classmethod
    def of(cls, run: Run, index: int, complex_: PolyhedralComplex | None = None) -> Still:
        """Return the still of a checkpoint."""
        index = _checked(run, index)
        complex_ = regions(run.networks[index]) if complex_ is None else complex_
        view = complex_view(complex_, run.window)
        duals = duals_of(complex_)
        groups = met_by(complex_, duals, run.points, _GRID, view.window)
        return cls(run, index, complex_, view, duals, groups, boundary_parts(complex_, view))


def training_panels(
    run: Run,
    index: int,
    axes: Sequence[Axes] | None = None,
    *,
    complex_: PolyhedralComplex | None = None,
    limits: Limits | None = None,
    headings: bool = True,
) -> tuple[Axes, ...]:
    """Draw one checkpoint of a training in six panels.

    Parameters
    ----------
    run : Run
        Of networks with two inputs and one output.
    index : int
        The checkpoint, a place in ``run.networks``; -1 is the last.
    axes : sequence of six Axes, optional
        In the order of `PANELS`; a new figure with two rows without them.
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
        If there are not two inputs and one output, no such checkpoint, or not six axes.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> axes = training_panels(gallery.run("disc-3"), -1)
    >>> [text.get_text() for text in axes[3].texts][0]
    '1024 of 1024 points right (100%)'
    """
    required_axes(axes, len(PANELS))
    still = Still.of(run, index, complex_)
    axes = new_panels(2, 3) if axes is None else axes
    _draw(axes, still, limits, bar=True)
    if headings:
        for ax, title, notes in zip(axes, _TITLES, _notes(still), strict=True):
            add_heading(ax, title, notes)
    return tuple(axes)


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
    stills = [Still.of(run, place) for place in places]
    limits = dual_limits(dual for still in stills for dual in still.duals)
    for row, still in enumerate(stills):
        panels = axes[row * len(PANELS) : (row + 1) * len(PANELS)]
        _draw(panels, still, limits, bar=False)
        titles = _SHORT_TITLES if row == 0 else ("",) * len(PANELS)
        for ax, title, note in zip(panels, titles, _short_notes(still), strict=True):
            without_labels(ax)
            add_heading(ax, title, [note])
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


def _draw(axes: Sequence[Axes], still: Still, limits: Limits | None, *, bar: bool) -> None:
    run, complex_, view = still.run, still.complex_, still.view
    decision, output, dual, accuracy, boundaries, layers = axes
    decision_regions(
        complex_,
        decision,
        window=view.window,
        kinks=False,
        points=run.points,
        labels=run.labels,
        caption=False,
    )
    output_panel(output, complex_, view, bar=bar)
    draw_duals(dual, complex_, still.duals, still.groups, limits=limits)
    _accuracy(accuracy, run, still.place)
    all_boundaries(boundaries, complex_, view, still.parts)
    decision_regions(complex_, layers, window=view.window, caption=False)


def _notes(still: Still) -> tuple[tuple[str, ...], ...]:
    """Return the numbers of each panel in words."""
    run, complex_, view = still.run, still.complex_, still.view
    low, high = (f"{float(end):.3g}".replace("-", "\N{MINUS SIGN}") for end in view.limits)
    met = {name: len(found) for name, found in still.groups.items()}
    right = int(run.accuracy(still.place) * len(run.points))
    bent, width = seen_neurons(still.parts), sum(complex_.network.widths)
    return (
        (f"epoch {run.epochs[still.place]},", f"window {window_name(view.window)}"),
        (f"from {low} to {high}",),
        (
            f"{counted(len(still.duals), 'affine map')}:",
            f"{SIGNS['data']} {met['data']} at data,",
            f"{SIGNS['grid']} {met['grid']} on a grid",
        ),
        (accuracy_name(right, len(run.points)),),
        (f"{bent} of {counted(width, 'neuron')} with a boundary here",),
        (f"{counted(len(complex_), 'activation region')},", f"{len(view.patches)} in this window"),
    )


def _short_notes(still: Still) -> tuple[str, ...]:
    """Return the numbers of each panel in a few letters."""
    run, complex_, view = still.run, still.complex_, still.view
    low, high = (f"{float(end):.3g}".replace("-", "\N{MINUS SIGN}") for end in view.limits)
    met = {name: len(found) for name, found in still.groups.items()}
    share = 100 * run.accuracy(still.place)
    bent, width = seen_neurons(still.parts), sum(complex_.network.widths)
    return (
        f"epoch {run.epochs[still.place]}",
        f"from {low} to {high}",
        f"{len(still.duals)} maps: {SIGNS['data']} {met['data']}, {SIGNS['grid']} {met['grid']}",
        f"{share}% right" if share.denominator == 1 else f"{float(share):.1f}% right",
        f"{bent} of {counted(width, 'neuron')} seen",
        f"{counted(len(complex_), 'region')}, {len(view.patches)} seen",
    )


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
    shares = [100 * run.accuracy(i) for i in range(index + 1)]
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
