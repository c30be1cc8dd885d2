"""The film of a passage: networks one after the other, such as those that `interpolate` gives.

A passage has no data, so it shows the output, the decision with the boundaries of all layers, and
the count of regions.  The colours of each frame are those of its own values with white at 0: an
untrained network has values of another size than a trained one, and on one scale for both the one
would be all white.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from exactpwl.animate.film import Film, Heard
from exactpwl.animate.frames import (
    checked_panels,
    complexes_of,
    draw_counts,
    new_frame,
    shots_of,
    tidy,
)
from exactpwl.errors import FigureError
from exactpwl.plot.classes import decision_regions
from exactpwl.plot.headings import add_heading
from exactpwl.plot.neurons import all_boundaries, boundary_parts
from exactpwl.plot.stills import output_panel
from exactpwl.plot.view import complex_view, require_two_inputs
from exactpwl.plot.window import as_window, default_window

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex
    from exactpwl.network import Network
    from exactpwl.plot.window import Bounds

__all__ = ["PASSAGE_PANELS", "passage"]

PASSAGE_PANELS = ("output", "layers", "boundaries", "regions")
"""What a film of networks can show."""

_DEFAULT = ("output", "layers", "regions")
_TITLES = {
    "output": "Output",
    "layers": "Decision over all layers",
    "boundaries": "Boundaries of the neurons",
}


def passage(
    networks: Sequence[Network],
    *,
    title: str = "passage",
    labels: Sequence[str] | None = None,
    panels: Sequence[str] = _DEFAULT,
    window: Any = None,
    heard: Heard | None = None,
) -> Film:
    """Return the film of some networks, one frame each.

    Parameters
    ----------
    networks : sequence of Network
        With two inputs; see `interpolate`.
    title : str
        Of the film.
    labels : sequence of str, optional
        What each frame is; by default the networks' names, or numbers.
    panels : sequence of str
        Some of ``output``, ``layers``, ``boundaries`` and ``regions``.
    window : Domain that is a box, or two pairs (low, high) of rationals, optional
        What to look at; by default the window of the last network, as in `top_down`.
    heard : callable, optional
        Is told ``("counting regions", done, all)``.

    Returns
    -------
    Film

    Raises
    ------
    FigureError
        If there is no network, one has not two inputs, a panel is unknown, or there is not a label
        for each network.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> from exactpwl.animate import interpolate
    >>> run = gallery.run("disc-3")
    >>> way = interpolate([run.networks[0], run.networks[-1]], 4)
    >>> film = passage(way, window=run.window)
    >>> [shot.seen for shot in film.shots]
    [7, 6, 7, 7, 7]
    """
    names = checked_panels(panels, PASSAGE_PANELS)
    if not networks:
        raise FigureError("a film needs one network or more, got none")
    for network in networks:
        require_two_inputs(network.input_dimension)
    if labels is None:
        labels = [network.name or f"network {i}" for i, network in enumerate(networks)]
    if len(labels) != len(networks):
        raise FigureError(f"one label a network is required, {len(networks)}, got {len(labels)}")
    complexes = complexes_of(networks, heard)
    bounds = as_window(default_window(complexes[-1]) if window is None else window)
    shots = shots_of(labels, complexes, bounds)

    def draw(number: int) -> Figure:
        figure, axes = new_frame(len(names), shots[number].label, bounds)
        for name, ax in zip(names, axes, strict=True):
            if name == "regions":
                draw_counts(ax, range(len(shots)), shots, number, "frame")
            else:
                _draw_panel(ax, name, complexes[number], bounds)
        return figure

    return Film(title, shots, draw)


def _draw_panel(ax: Axes, name: str, complex_: PolyhedralComplex, window: Bounds) -> None:
    view = complex_view(complex_, window)
    notes: tuple[str, ...] = ()
    if name == "output":
        output_panel(ax, complex_, view)
        low, high = (f"{float(end):.3g}".replace("-", "\N{MINUS SIGN}") for end in view.limits)
        notes = (f"from {low} to {high}",)
    elif name == "layers":
        decision_regions(complex_, ax, window=window, caption=False)
        notes = (complex_.network.architecture.replace("->", "→"),)
    else:
        all_boundaries(ax, complex_, view, boundary_parts(complex_, view))
    tidy([ax])
    add_heading(ax, _TITLES[name], notes)
