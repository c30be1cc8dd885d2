"""The largest balls around a point in which the class does not change, on the decision regions.

A ball is a square or a diamond, drawn with the exact corners in the last step only.  Its border
meets the decision boundary, or a place where another class begins, at the adversary; a thin line
leads there from the point.  A nearer tie, which is no change, is a ring.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon as DrawnPolygon
from matplotlib.patheffects import Normal, withStroke

from exactpwl.plot.canvas import add_caption, add_legend, new_axes, prepare
from exactpwl.plot.caption import caption_phrases
from exactpwl.plot.classes import draw_classes
from exactpwl.plot.style import INK, STROKES
from exactpwl.plot.view import complex_view, require_two_inputs
from exactpwl.plot.window import Bounds, window_around
from exactpwl.questions.balls import BALL_NORMS, Robustness, robustness
from exactpwl.rationals import RationalLike, as_fraction, format_fraction

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["robust_ball"]

_NAMES = {"inf": "l∞", "1": "l1"}
_LOOKS: dict[str, tuple[str, Any, str]] = {
    "inf": (STROKES[3], "-", "s"),
    "1": (STROKES[2], (0, (5, 2)), "D"),
}
_MARGIN = Fraction(1, 2)
_LONGEST = 12


def robust_ball(
    complex_: PolyhedralComplex,
    point: Iterable[RationalLike],
    ax: Axes | None = None,
    *,
    norms: Sequence[str] = tuple(BALL_NORMS),
    window: Any = None,
    level: RationalLike = 0,
    radius: RationalLike | None = None,
    kinks: bool = True,
    caption: bool = True,
) -> Axes:
    """Draw the balls around a point in which the class does not change, with the adversaries.

    Parameters
    ----------
    complex_ : PolyhedralComplex
        Of a network with two inputs.
    point : pair of rationals
        In the domain.
    ax : matplotlib Axes, optional
        Where to draw; a new figure without one.
    norms : sequence of {"inf", "1"}
        Whose balls are drawn.
    window : Domain that is a box, or two pairs (low, high) of rationals, optional
        What to look at; by default the balls with a margin, or if a radius is infinite what
        `exactpwl.plot.top_down` looks at.
    level : rational
        With one output, what lies between the classes.
    radius : rational, optional
        Look no farther than this, as in `exactpwl.questions.robustness`.
    kinks : bool
        Whether to draw the boundaries of the layers.
    caption : bool
        Whether to write the exact radii and the counts.

    Returns
    -------
    Axes

    Raises
    ------
    FigureError
        As `exactpwl.plot.top_down`.
    DomainError
        If the point is not in the domain.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> ax = robust_ball(regions(gallery.get("xor")), (1, 1))
    >>> print(ax.texts[0].get_text())
    l∞ radius = 3/4; l1 radius = 3/2
    """
    network, cut_at = complex_.network, as_fraction(level)
    require_two_inputs(network.input_dimension)
    found = [
        robustness(network, point, norm, complex_.domain, radius, threshold=cut_at)
        for norm in norms
    ]
    view = complex_view(complex_, _window(found) if window is None else window)
    ax = new_axes(view.window) if ax is None else ax
    prepare(ax, view.window)
    by_level = cut_at if network.output_dimension == 1 else None
    handles = draw_classes(ax, complex_, view, by_level, kinks=kinks)
    for one in found:
        handles += _draw_ball(ax, one)
    handles += _draw_point(ax, found[0].point)
    if caption:
        add_legend(ax, handles)
        _, details = caption_phrases(complex_, len(view.patches), view.window)
        add_caption(ax, (_told(found), details))
    return ax


def _window(found: Sequence[Robustness]) -> Bounds | None:
    """Return a window around all balls, or None where one is infinite or all are points."""
    radii = [one.radius for one in found]
    finite = [radius for radius in radii if radius]
    if len(finite) < len(radii):
        return None
    largest = max(finite)
    return window_around(tuple((c - largest, c + largest) for c in found[0].point), _MARGIN)


def _draw_ball(ax: Axes, found: Robustness) -> list[Artist]:
    colour, dashes, mark = _LOOKS[found.norm]
    handles: list[Artist] = []
    if found.radius:
        x, y, r = *map(float, found.point), float(found.radius)
        signs = [(1, 0), (0, 1), (-1, 0), (0, -1)]
        if found.norm == "inf":
            signs = [(1, 1), (-1, 1), (-1, -1), (1, -1)]
        corners = [(x + r * i, y + r * j) for i, j in signs]
        bound = ", or more" if found.is_bound else ""
        name = f"{_NAMES[found.norm]} ball, r {_equals(found.radius, _LONGEST)}{bound}"
        ax.add_patch(
            DrawnPolygon(
                corners,
                facecolor="none",
                edgecolor=colour,
                linewidth=1.9,
                linestyle=dashes,
                zorder=7,
                label=name,
                path_effects=[withStroke(linewidth=3.4, foreground="white"), Normal()],
            )
        )
        handles.append(Line2D([], [], color=colour, linestyle=dashes, linewidth=1.9, label=name))
    if found.adversary is not None and found.radius:
        handles += _draw_mark(ax, found, found.adversary.point, mark, colour, "adversary")
    if found.tie is not None:
        handles += _draw_mark(ax, found, found.tie.point, "o", "white", "tie only")
    return handles


def _draw_mark(
    ax: Axes, found: Robustness, place: Sequence[Fraction], mark: str, colour: str, kind: str
) -> list[Artist]:
    (x, y), (u, v) = map(float, found.point), map(float, place)
    ax.plot([x, u], [y, v], color=INK, linewidth=0.8, linestyle=":", zorder=8)
    name = f"{_NAMES[found.norm]} {kind}"
    style: dict[str, Any] = {
        "marker": mark,
        "markersize": 6.5,
        "markerfacecolor": colour,
        "markeredgecolor": INK,
        "markeredgewidth": 1.0,
        "linestyle": "none",
        "label": name,
    }
    ax.plot([u], [v], zorder=9, **style)
    return [Line2D([], [], **style)]


def _draw_point(ax: Axes, point: Sequence[Fraction]) -> list[Artist]:
    style: dict[str, Any] = {
        "marker": "o",
        "markersize": 6.0,
        "markerfacecolor": INK,
        "markeredgecolor": "white",
        "linestyle": "none",
        "label": "point",
    }
    x, y = map(float, point)
    ax.plot([x], [y], zorder=9, **style)
    return [Line2D([], [], **style)]


def _told(found: Sequence[Robustness]) -> tuple[str, ...]:
    told = []
    for one in found:
        if one.radius is None:
            value = "infinite"
        else:
            value = _equals(one.radius, 3 * _LONGEST)
            value = value.replace("=", "\N{GREATER-THAN OR EQUAL TO}") if one.is_bound else value
        told.append(f"{_NAMES[one.norm]} radius {value}")
    return (*(f"{text};" for text in told[:-1]), told[-1])


def _equals(number: Fraction, longest: int) -> str:
    """Return what a number is equal to, or about equal if that is too long."""
    text = format_fraction(number)
    return f"= {text}" if len(text) <= longest else f"\N{ALMOST EQUAL TO} {float(number):.6g}"
