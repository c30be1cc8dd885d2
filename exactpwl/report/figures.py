"""Which figures a report has, by the number of inputs, and their files.

A browser gets SVG, or PNG where the SVG would be large; the article gets PDF.  A network with more
inputs than a figure can show is drawn as a section by a plane and by lines.  A figure that cannot
be drawn of a network is left out with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from warnings import catch_warnings, filterwarnings

from exactpwl.errors import ExactPWLError
from exactpwl.report.blocks import Picture
from exactpwl.report.parts import Omission
from exactpwl.report.planes import MOST_INPUTS, axes_through, plane_name, plane_section

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from exactpwl.complex import PolyhedralComplex
    from exactpwl.network import Network

__all__ = ["FIGURES", "Figure", "draw_figures"]

MOST_SVG_BYTES = 3_000_000
"""A larger drawing is a picture of pixels for browsers."""

ANY = 10**9
"""As many as you like."""

FEW_PATTERNS = 24
"""So many regions have room for their patterns."""

MOST_LINES = 4
"""Lines along which a function is drawn in one figure."""

Draw = Callable[["PolyhedralComplex", Any], "Axes | tuple[Axes, ...]"]


@dataclass(frozen=True)
class Figure:
    """A figure that a report may have.

    Attributes
    ----------
    stem : str
        Its files are called so.
    title : str
    least, most : int
        The numbers of inputs that it serves.
    draw : callable
        Takes the complex and a window or None, and returns the axes of the figure.
    most_regions : int
        Beyond so many nothing would be seen.
    wide : bool
        Whether it takes the whole width of a page.
    fits : callable
        Takes the network; where it is false nobody expects the figure, and nobody is told.
    """

    stem: str
    title: str
    least: int
    most: int
    draw: Draw
    most_regions: int = 20_000
    wide: bool = False
    fits: Callable[[Network], bool] = lambda network: True

    def serves(self, complex_: PolyhedralComplex) -> bool:
        """Return whether it is a figure of such networks."""
        return self.least <= complex_.dimension <= self.most and self.fits(complex_.network)

    def obstacle(self, complex_: PolyhedralComplex) -> str | None:
        """Return why the figure is not drawn of a complex that it serves."""
        if len(complex_) > self.most_regions:
            return f"drawn for at most {self.most_regions} regions, there are {len(complex_)}"
        return None


def _network(complex_: PolyhedralComplex, _: Any) -> Axes:
    from exactpwl.plot import diagram

    return diagram(complex_.network)


def _function(complex_: PolyhedralComplex, window: Any) -> Axes:
    from exactpwl.plot import function_graph

    return function_graph(complex_, window=window)


def _derivatives(complex_: PolyhedralComplex, window: Any) -> tuple[Axes, ...]:
    from exactpwl.plot import derivatives

    return derivatives(complex_, window=window)


def _rays(complex_: PolyhedralComplex, window: Any) -> tuple[Axes, ...]:
    from exactpwl.plot import rays

    return rays(complex_.network, window=window)


def _top_down(complex_: PolyhedralComplex, window: Any) -> Axes:
    from exactpwl.plot import top_down

    return top_down(complex_, window=window)


def _surface(complex_: PolyhedralComplex, window: Any) -> Axes:
    from exactpwl.plot import surface

    return surface(complex_, window=window)


def _regions(complex_: PolyhedralComplex, window: Any) -> Axes:
    from exactpwl.plot import top_down

    few = len(complex_) <= FEW_PATTERNS
    return top_down(complex_, window=window, colour_by="region", level=None, patterns=few)


def _layers(complex_: PolyhedralComplex, window: Any) -> tuple[Axes, ...]:
    from exactpwl.plot import neuron_boundaries

    return neuron_boundaries(complex_, window=window)


def _dual(complex_: PolyhedralComplex, _: Any) -> Axes:
    from exactpwl.plot import dual_points

    return dual_points(complex_)


def _solid(complex_: PolyhedralComplex, window: Any) -> Axes:
    from exactpwl.plot import solid

    axes: Axes = solid(complex_, window=window)
    return axes


def _section(complex_: PolyhedralComplex, _: Any) -> Axes:
    from exactpwl.plot import top_down

    return top_down(plane_section(complex_))


def _lines(complex_: PolyhedralComplex, _: Any) -> tuple[Axes, ...]:
    from exactpwl.plot import cross_section

    return cross_section(complex_, axes_through(complex_, MOST_LINES))


def _graph(complex_: PolyhedralComplex, window: Any) -> Axes:
    from exactpwl.plot import region_graph

    return region_graph(complex_, window=window if complex_.dimension == MOST_INPUTS else None)


def _by_layer(complex_: PolyhedralComplex, _: Any) -> Axes:
    from exactpwl.plot import regions_by_layer

    return regions_by_layer(complex_)


def _is_shallow(network: Network) -> bool:
    return len(network.widths) == 1


def _is_deep(network: Network) -> bool:
    return len(network.widths) > 1


FIGURES = (
    Figure("network", "The network", 1, ANY, _network, ANY),
    Figure("function", "The function and its breakpoints", 1, 1, _function),
    Figure("derivatives", "Its pieces and its derivatives", 1, 1, _derivatives, wide=True),
    Figure("rays", "Each neuron's ray, and their sum", 1, 1, _rays, wide=True, fits=_is_shallow),
    Figure("top-down", "The output, from above", 2, 2, _top_down),
    Figure("surface", "The output as a surface", 2, 2, _surface, 5_000),
    Figure("regions", "The activation regions, neighbours in different colours", 2, 2, _regions),
    Figure("layers", "What bends at each layer's neurons", 2, 2, _layers, 5_000, wide=True),
    Figure("dual", "The affine functions, as points", 2, 2, _dual, 5_000),
    Figure("solid", "The regions in space, cut open", 3, 3, _solid, 2_000),
    Figure("section", "The section by a plane", MOST_INPUTS + 1, ANY, _section, ANY),
    Figure("lines", "The function along the axes", MOST_INPUTS + 1, ANY, _lines, ANY),
    Figure("graph", "Which regions share a facet", 2, ANY, _graph, 2_500),
    Figure("by-layer", "Regions by layer, and the bounds", 1, ANY, _by_layer, ANY, fits=_is_deep),
)
"""All figures, in their order."""


def draw_figures(
    complex_: PolyhedralComplex,
    folder: Path,
    window: Any,
    doing: Callable[[str], None],
) -> Iterator[Picture | Omission]:
    """Draw all figures that there are for a complex; yield each, or why there is none."""
    for figure in FIGURES:
        if not figure.serves(complex_):
            continue
        why = figure.obstacle(complex_)
        if why is None:
            doing(f"drawing: {figure.title}")
            try:
                yield _drawn(figure, complex_, folder, window)
                continue
            except ExactPWLError as error:
                why = " ".join(str(error).split())
        yield Omission(f"figure: {figure.title}", why)


def _drawn(figure: Figure, complex_: PolyhedralComplex, folder: Path, window: Any) -> Picture:
    """Draw a figure and write its files."""
    from exactpwl.plot import save_figure

    stem = f"figure-{figure.stem}"
    with catch_warnings():  # a name may have signs that the font has not: they become boxes
        filterwarnings("ignore", "Glyph .* missing from font", UserWarning)
        drawn = figure.draw(complex_, window)
        axes = drawn[0] if isinstance(drawn, tuple) else drawn
        save_figure(axes, folder / f"{stem}.pdf", figure.title)
        shown = save_figure(axes, folder / f"{stem}.svg", figure.title)
        if shown.stat().st_size > MOST_SVG_BYTES:
            shown.unlink()
            shown = save_figure(axes, folder / f"{stem}.png", figure.title)
    where = f": {plane_name(complex_)}" if figure.stem == "section" else ""
    return Picture(figure.title + where, shown.name, f"{stem}.pdf", figure.wide)
