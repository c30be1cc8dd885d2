"""What there is to draw: the patches of a window, the function on each, and its range of values.

A complex and a function given by pieces become the same kind of view, so that one code draws both.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from exactpwl.affine import AffineMap
from exactpwl.errors import FigureError
from exactpwl.plot.caption import counted, height_name, window_name
from exactpwl.plot.clip import HalfPlane, half_planes
from exactpwl.plot.patches import Height, Patch, functional, patches, value_range
from exactpwl.plot.window import Bounds, as_window, default_window
from exactpwl.rationals import RationalLike, as_fraction

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["View", "complex_view", "regions_in_window", "require_two_inputs", "view"]


@dataclass(frozen=True)
class View:
    """A window with all that it shows.

    Attributes
    ----------
    window : ((x_low, x_high), (y_low, y_high))
    patches : list of Patch
        The cells that meet the open window.
    weights : the weighted sum of outputs that is shown
    heights : that sum as a function, for each cell
    limits : its least and greatest value in the window
    """

    window: Bounds
    patches: list[Patch]
    weights: tuple[Fraction, ...]
    heights: list[Height]
    limits: tuple[Fraction, Fraction]

    @property
    def label(self) -> str:
        """The name of the function that is shown."""
        return height_name(self.weights)

    def splits(self, level: Fraction) -> bool:
        """Return whether the window has values on both sides of a level."""
        return self.limits[0] < level < self.limits[1]

    def level(self, level: RationalLike | None) -> Fraction | None:
        """Return a level as a fraction, if there are values on both sides of it, else None."""
        exact = None if level is None else as_fraction(level)
        return exact if exact is not None and self.splits(exact) else None


def view(
    cells: Iterable[Iterable[HalfPlane]],
    affine_maps: Sequence[AffineMap],
    window: Bounds,
    output: int | Sequence[RationalLike],
) -> View:
    """Return the view of cells of the plane, each given by its half-planes and its affine map.

    Raises
    ------
    FigureError
        If the window shows no cell, there is no such output, or its values are beyond floats.
    """
    weights = functional(output, affine_maps[0].output_dimension)
    shown = patches(cells, window)
    if not shown:
        raise FigureError(
            f"a window that meets the domain's interior is required, got {window_name(window)}"
        )
    heights = [Height.of(affine_map, weights) for affine_map in affine_maps]
    limits = value_range(shown, heights)
    _check_floats(limits)
    return View(window, shown, weights, heights, limits)


def _check_floats(limits: tuple[Fraction, Fraction]) -> None:
    if max(map(abs, limits)) > Fraction(sys.float_info.max):
        raise FigureError(
            "values that fit into floats are required for colours; in this window some are beyond "
            "1e308: choose a smaller window, or a smaller multiple of the output"
        )


def complex_view(
    complex_: PolyhedralComplex, window: Any = None, output: int | Sequence[RationalLike] = 0
) -> View:
    """Return the view of a complex with two inputs; see `exactpwl.plot.top_down`."""
    bounds = _window_of(complex_, window)
    return view(_cells(complex_), complex_.affine_maps, bounds, output)


def regions_in_window(complex_: PolyhedralComplex, window: Any = None) -> tuple[int, ...]:
    """Return the indices of the regions whose interior meets the open window.

    Parameters
    ----------
    complex_ : PolyhedralComplex
        Of a network with two inputs.
    window : Domain that is a box, or two pairs (low, high) of rationals, optional
        By default the window of `top_down`.

    Raises
    ------
    FigureError
        If there are not two inputs, or the window is no box.

    Examples
    --------
    >>> from exactpwl import Network, regions
    >>> cross = regions(Network([([[1, 0], [0, 1]], [0, 0], "relu")]))
    >>> regions_in_window(cross, [(0, 1), (-1, 1)])
    (2, 3)
    """
    bounds = _window_of(complex_, window)
    return tuple(patch.cell for patch in patches(_cells(complex_), bounds))


def require_two_inputs(inputs: int) -> None:
    """Raise a `FigureError` where a figure cannot be seen from above; it says what serves."""
    if inputs != 2:
        through = "; draw a plane through it: complex.section(point, [u, v])"
        mend = through if inputs > 2 else "; plot.function_graph(complex) draws it"
        raise FigureError(
            f"a top-down figure needs a function of 2 inputs, got {counted(inputs, 'input')}{mend}"
        )


def _window_of(complex_: PolyhedralComplex, window: Any) -> Bounds:
    require_two_inputs(complex_.dimension)
    return as_window(default_window(complex_) if window is None else window)


def _cells(complex_: PolyhedralComplex) -> Iterable[list[HalfPlane]]:
    lines = complex_.lines
    return (half_planes(cell.generators, cell.tight, lines) for cell in complex_.cells)
