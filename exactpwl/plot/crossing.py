"""Cross-sections: what a network does along straight lines, and where the lines lie.

Restricted to the line s -> p + s v a network is a network of one input, so its section is exact:
every place where a neuron bends is known, with the neuron.  Several lines share one figure, each in
its own colour; a dot is a bend, a ring a place where a neuron switches and the output goes straight
on.  With two inputs a plan stands beside it, with the lines on it.  Without a plan no complex of
the whole is needed: the figure is as quick for a hundred inputs as for two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke

from exactpwl.complex import PolyhedralComplex
from exactpwl.domain import Domain, DomainLike, as_domain
from exactpwl.enumeration import regions
from exactpwl.errors import FigureError
from exactpwl.inequality import as_point
from exactpwl.naming import printable
from exactpwl.network import Network
from exactpwl.plot.canvas import add_caption
from exactpwl.plot.caption import counted, window_name
from exactpwl.plot.curve import Curve, Interval, as_interval, curve_of, name_of
from exactpwl.plot.line_axes import draw_curve, draw_meetings, prepare_line
from exactpwl.plot.panels import new_figure, required_axes
from exactpwl.plot.patches import functional
from exactpwl.plot.style import FONT, INK, STROKES
from exactpwl.plot.topdown import top_down
from exactpwl.plot.window import Bounds, as_window, default_window
from exactpwl.rationals import RationalLike, as_fractions, format_point

__all__ = ["Line", "cross_section", "line_within"]

_SIZE = (10.4, 4.6)  # inches, with a plan
_MOST_NAMED = 30
_LONGEST = 60
_NARROW = 26
_CROWD = 60


class Line(NamedTuple):
    """s -> point + s * direction, with its section of the network."""

    number: int
    point: tuple[Fraction, ...]
    direction: tuple[Fraction, ...]
    curve: Curve
    span: Interval

    @property
    def name(self) -> str:
        """The line in words; of a long one only its number, from 1, and that of the inputs."""
        name = f"{format_point(self.point)} + s {format_point(self.direction)}"
        return name if len(name) <= _LONGEST else f"line {self.number} in R^{len(self.point)}"

    @property
    def colour(self) -> str:
        """Its colour in the graph and on the plan."""
        return STROKES[(self.number - 1) % len(STROKES)]

    def at(self, s: Fraction) -> tuple[Fraction, ...]:
        """Return a point of the line."""
        return tuple(p + s * v for p, v in zip(self.point, self.direction, strict=True))


def cross_section(
    subject: PolyhedralComplex | Network,
    lines: Iterable[tuple[Sequence[RationalLike], Sequence[RationalLike]]],
    axes: Sequence[Axes] | None = None,
    *,
    domain: DomainLike = None,
    span: Any = None,
    window: Any = None,
    output: int | Sequence[RationalLike] = 0,
    plan: bool | None = None,
    caption: bool = True,
) -> tuple[Axes, ...]:
    """Draw a network along lines through its inputs, and the lines on a plan.

    Parameters
    ----------
    subject : PolyhedralComplex or Network
        Of any number of inputs.
    lines : pairs (point, direction) of d rationals each
    axes : sequence of matplotlib Axes, optional
        One; with a plan two, the plan first.  A new figure without them.
    domain : Domain, or pairs (low, high), optional
        Of a network, the whole space by default; a complex has its own.
    span : [(low, high)] of rationals, or Domain, optional
        The range of s.  By default what lies in the window of the plan, or else an interval around
        all places where something bends.
    window : two pairs (low, high), or Domain that is a box, optional
        The window of the plan, as in `exactpwl.plot.top_down`.
    output : int, or sequence of rationals
        The output that is shown, counted from 0, or a weighted sum of all outputs.
    plan : bool, optional
        Whether to draw the plan; by default where there are two inputs.
    caption : bool
        Whether to write how many regions the lines cross.

    Returns
    -------
    tuple of Axes

    Raises
    ------
    DimensionError
        If a point or a direction does not fit the inputs, or a direction is 0.
    DomainError
        If a line misses the interior of the domain.
    FigureError
        If there is no line, a line misses the window, a plan is asked for and there are not two
        inputs, the number of axes is wrong, or there is no such output.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> (ax,) = cross_section(gallery.get("max:5"), [((0,) * 5, (1, 2, 3, 4, 5))])
    >>> print(ax.texts[-2].get_text())
    max:5 along 1 line: 2 activation regions
    """
    network = subject if isinstance(subject, Network) else subject.network
    with_plan = network.input_dimension == 2 if plan is None else plan
    if with_plan and network.input_dimension != 2:
        raise FigureError(
            f"a plan needs 2 inputs, got {counted(network.input_dimension, 'input')}: draw the "
            "lines without it, plan=False"
        )
    required_axes(axes, 1 + with_plan)
    whole = subject
    if isinstance(subject, PolyhedralComplex):
        where = subject.domain
    else:
        where = as_domain(domain, network.input_dimension)
        whole = regions(network, where) if with_plan else subject
    bounds = _plan_window(whole, window) if with_plan else None
    drawn = _sections(network, where, lines, span, bounds, output)
    panels = tuple(axes) if axes is not None else _new_panels(with_plan)
    if with_plan:
        assert isinstance(whole, PolyhedralComplex)
        top_down(whole, panels[0], window=bounds, output=output, level=None, caption=False)
        _draw_lines(panels[0], drawn)
    weights = functional(output, network.output_dimension)
    _draw_curves(panels[-1], drawn, name_of(weights, "p + s v"))
    if caption:
        add_caption(panels[-1], _caption(network, drawn))
    return panels


def _plan_window(subject: PolyhedralComplex | Network, window: Any) -> Bounds:
    assert isinstance(subject, PolyhedralComplex)
    return as_window(default_window(subject) if window is None else window)


def _sections(
    network: Network,
    domain: Domain,
    lines: Iterable[tuple[Sequence[RationalLike], Sequence[RationalLike]]],
    span: Any,
    window: Bounds | None,
    output: int | Sequence[RationalLike],
) -> list[Line]:
    """Return the lines with their curves; each over its own range of s."""
    dimension = network.input_dimension
    given = [(as_point(p, dimension), as_fractions(v)) for p, v in lines]
    if not given:
        raise FigureError("one line or more is required, a pair (point, direction) each, got none")
    curves = []
    for point, direction in given:
        section = network.section(point, [direction])
        complex_ = regions(section, domain.section(point, [direction]))
        curves.append(curve_of(complex_, output, whole=network))
    if span is None and window is not None:
        spans = [line_within(point, direction, window) for point, direction in given]
    else:
        spans = [as_interval(span, curves)] * len(given)
    made = [
        Line(number, point, direction, curve, part)
        for number, ((point, direction), curve, part) in enumerate(
            zip(given, curves, spans, strict=True), start=1
        )
    ]
    for line in made:
        if not line.curve.shown(line.span):
            raise FigureError(
                f"a line with a part inside the domain is required, {line.name} has none for s in "
                f"{window_name((line.span,))}: choose another window, or a span"
            )
    return made


def line_within(
    point: Sequence[Fraction], direction: Sequence[Fraction], window: Bounds
) -> Interval:
    """Return the range of s for which point + s * direction lies in a window.

    Raises
    ------
    FigureError
        If the line misses the open window.

    Examples
    --------
    >>> half, one = Fraction(1, 2), Fraction(1)
    >>> line_within((0 * one, half), (one, one), ((-one, one), (-one, one)))
    (Fraction(-1, 1), Fraction(1, 2))
    """
    ranges = []
    for p, v, (low, high) in zip(point, direction, window, strict=True):
        if v:
            ranges.append(sorted(((low - p) / v, (high - p) / v)))
        elif not low < p < high:
            ranges.append([Fraction(0), Fraction(0)])
    start, end = max(low for low, _ in ranges), min(high for _, high in ranges)
    if start >= end:
        raise FigureError(
            f"a line that meets the window {window_name(window)} is required, got "
            f"{format_point(point)} + s {format_point(direction)}: choose another window, or a span"
        )
    return start, end


def _new_panels(with_plan: bool) -> tuple[Axes, ...]:
    if not with_plan:
        return (new_figure(6.6, 4.4).add_subplot(),)
    figure = new_figure(*_SIZE)
    plan, graph = figure.subplots(1, 2, width_ratios=(1.0, 1.15))
    return plan, graph


def _draw_lines(ax: Axes, lines: Sequence[Line]) -> None:
    """Draw the lines on the plan, with an arrow in the direction of s and their bends."""
    for line in lines:
        colour = line.colour
        (x0, y0), (x1, y1) = (map(float, line.at(s)) for s in line.span)
        arrow = {"arrowstyle": "-|>", "color": colour, "linewidth": 2.0, "shrinkA": 0, "shrinkB": 0}
        drawn = ax.annotate("", (x1, y1), (x0, y0), arrowprops=arrow, zorder=6.5)
        assert drawn.arrow_patch is not None
        drawn.arrow_patch.set_path_effects([withStroke(linewidth=3.6, foreground="white")])
        bends = [line.at(m.x) for m in line.curve.seen_meetings(line.span) if m.bends]
        ax.plot(
            [float(x) for x, _ in bends],
            [float(y) for _, y in bends],
            linestyle="none",
            marker="o",
            markersize=4.0 if len(bends) < _CROWD else 2.0,
            color=colour,
            markeredgecolor="white",
            markeredgewidth=0.6,
            zorder=7,
        )


def _draw_curves(ax: Axes, lines: Sequence[Line], label: str) -> None:
    window = min(line.span[0] for line in lines), max(line.span[1] for line in lines)
    ends = [line.curve.heights(line.span) for line in lines]
    heights = min(low for low, _ in ends), max(high for _, high in ends)
    prepare_line(ax, window, heights, ("s", label))
    bends = [line.curve.seen_meetings(line.span) for line in lines]
    total = sum(map(len, bends))
    for line in lines:
        colour = line.colour
        draw_curve(ax, line.curve, line.span, color=colour, label=line.name)
        size = 4.5 if total < _CROWD else 2.5
        draw_meetings(ax, line.curve, line.span, colour=colour, size=size)
        if total <= _MOST_NAMED:
            _name_neurons(ax, line, colour)
    ax.legend(
        loc="lower left",
        bbox_to_anchor=(0.0, 1.0),
        ncols=2 if max(len(line.name) for line in lines) < _NARROW else 1,
        frameon=False,
        fontsize=FONT["text"],
        labelcolor=INK,
        borderpad=0.2,
    )


def _name_neurons(ax: Axes, line: Line, colour: str) -> None:
    """Write beside each dot the neurons that switch there, on the outer side of the bend."""
    for meeting in line.curve.seen_meetings(line.span):
        above = meeting.right.slope <= meeting.left.slope
        names = ", ".join(meeting.neurons[:2]) + (", ..." if len(meeting.neurons) > 2 else "")
        text = ax.annotate(
            names,
            (float(meeting.x), float(meeting.values[0])),
            xytext=(0, 5 if above else -5),
            textcoords="offset points",
            ha="center",
            va="bottom" if above else "top",
            fontsize=FONT["small"],
            color=colour,
            zorder=7,
        )
        text.set_path_effects([withStroke(linewidth=2.0, foreground="white")])


def _caption(network: Network, lines: Sequence[Line]) -> list[tuple[str, ...]]:
    """Return how many regions each line crosses, and of which network."""
    name = f"{printable(network.name)} " if network.name else ""
    shown = [len(line.curve.shown(line.span)) for line in lines]
    counts = f"{', '.join(map(str, shown))} activation regions"
    if shown == [1]:
        counts = "1 activation region"
    architecture = network.architecture.replace("->", "→")
    legend = "dots: bends; rings: a neuron switches without one"
    return [
        (f"{name}along {counted(len(lines), 'line')}:", counts),
        (f"{architecture},", f"sha256 {network.sha256[:12]};", legend),
    ]
