"""A portrait of one network: data, output, dual points, its layers, and the decision over all.

The panels tell one story from left to right: what the network decides, the function behind it, the
affine maps of which that function is made, and layer by layer the boundaries between them.  A
neuron's boundary has its own colour, earlier layers are light grey behind it, and the last panel
puts the decision boundary over all layers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes

from exactpwl.plot.caption import counted, place_name, window_name
from exactpwl.plot.classes import correct, decision_regions
from exactpwl.plot.data import Point, accuracy_name, as_data
from exactpwl.plot.duals import draw_duals, dual_phrases, duals_of, met_by
from exactpwl.plot.headings import add_heading
from exactpwl.plot.neurons import kinks_by_layer, neuron_boundaries
from exactpwl.plot.panels import new_panels, required_axes
from exactpwl.plot.stills import output_panel
from exactpwl.plot.view import View, complex_view
from exactpwl.rationals import RationalLike

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["portrait"]

_FIRST, _COLUMNS = 3, 4
_GRID = 101
_WIDE = 67  # letters in a line above the dual points, which have room to the right


def portrait(
    complex_: PolyhedralComplex,
    axes: Sequence[Axes] | None = None,
    *,
    window: Any = None,
    output: int | Sequence[RationalLike] = 0,
    points: Iterable[Iterable[RationalLike]] | None = None,
    labels: Iterable[int] | None = None,
) -> tuple[Axes, ...]:
    """Draw all that makes up a network with two inputs, in panels.

    Data and decision, output, dual points, a panel for each layer with kinks, and the decision
    boundary over all layers.

    Parameters
    ----------
    complex_ : PolyhedralComplex
        Of a network with two inputs.
    axes : sequence of Axes, optional
        Four more than there are layers with kinks; a new figure without them.
    window : Domain that is a box, or two pairs (low, high) of rationals, optional
        What to look at; by default the domain if it is a box, else a box around all vertices.
    output : int, or sequence of rationals
        The output, or weighted sum of outputs, that is shown.
    points : pairs of rationals, optional
        Data points.
    labels : sequence of int, optional
        Their classes, 1 or -1.

    Returns
    -------
    tuple of Axes

    Raises
    ------
    FigureError
        As `exactpwl.plot.top_down`, or if there are not so many axes.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> disc = gallery.exhibit("disc")
    >>> [ax.texts[-1].get_text() for ax in portrait(regions(disc.network), window=disc.window)]
    ['Decision', 'Output', 'Dual points', '1st layer', 'Decision over all layers']
    """
    data, named = as_data(points, labels)
    view = complex_view(complex_, window, output)
    count = len(kinks_by_layer(complex_)) + 4
    required_axes(axes, count)
    axes = _new_axes(count) if axes is None else axes
    decision, shown, dual, *layers = axes
    look: dict[str, Any] = {"window": view.window, "output": output}
    decision_regions(
        complex_, decision, kinks=False, points=data, labels=named, caption=False, **look
    )
    add_heading(
        decision, "Data and decision" if data else "Decision", _facts(view, complex_, data, named)
    )
    output_panel(shown, complex_, view)
    low, high = (f"{float(end):.4g}".replace("-", "\N{MINUS SIGN}") for end in view.limits)
    add_heading(shown, "Output", [f"from {low} to {high}", f"in {window_name(view.window)}"])
    duals = duals_of(complex_, output)
    groups = met_by(complex_, duals, data, _GRID, view.window)
    draw_duals(dual, complex_, duals, groups)
    add_heading(dual, "Dual points", dual_phrases(groups, data, _GRID, view.window), _WIDE)
    neuron_boundaries(complex_, layers, **look)
    return tuple(axes)


def _new_axes(count: int) -> tuple[Axes, ...]:
    """Return the axes of a new figure: three panels above, those of the layers below them."""
    columns = max(_FIRST, min(count - _FIRST, _COLUMNS))
    rows = 1 + ceil((count - _FIRST) / columns)
    made = new_panels(rows, columns, size=(3.2, 2.7))
    used = (*range(_FIRST), *range(columns, columns + count - _FIRST))
    for number, ax in enumerate(made):
        if number not in used:
            ax.remove()
    return tuple(made[number] for number in used)


def _facts(
    view: View,
    complex_: PolyhedralComplex,
    data: Sequence[Point],
    labels: Sequence[int] | None,
) -> list[str]:
    counts = f"{counted(len(complex_), 'activation region')} in {place_name(complex_.domain)},"
    facts = [counts, f"{len(view.patches)} in this window"]
    if labels:
        right = sum(correct(complex_.network, data, labels, view.weights))
        facts[-1] += ";"
        facts.append(accuracy_name(right, len(data)))
    return facts
