"""How figures look: colours, line widths, fonts.

The colours are chosen to be told apart by colour-blind readers and in grey print: the sequential
map grows darker evenly, the diverging one runs from blue over white to orange (not red and green),
and the flat colours are tints of the palette of Okabe & Ito (2008).  All fills are light, so that
dark lines are seen everywhere.
"""

from __future__ import annotations

import numpy as np
from matplotlib.colors import Colormap, LinearSegmentedColormap, to_hex, to_rgb

__all__ = [
    "AREA",
    "CONTOUR",
    "DECISION",
    "FONT",
    "GRID",
    "INK",
    "JUMP",
    "MUTED",
    "OUTSIDE",
    "STROKES",
    "TINTS",
    "diverging",
    "layer_styles",
    "sequential",
]

INK = "#1c2230"
"""Lines and text."""
MUTED = "#5a6272"
"""Text that is read second."""
AREA = "#fdeeb0"
"""A region on which the output has the level everywhere."""
GRID = "#d9dce2"
"""Lines behind a figure in space."""
CONTOUR = "#7a2e58"
"""Lines of one height: told from kinks by their hue, and by their width in grey print."""
OUTSIDE = "#e4e6ea"
"""What is outside the domain."""
DECISION = "#ffd21f"
"""The core of the decision boundary, between two dark lines."""
JUMP = "#d81b60"
"""A facet across which a function jumps."""
TINTS = ("#9fc5e0", "#f3cf8f", "#9ad3bd", "#e5b3cd", "#f4efa6", "#e7a789", "#c3c8cf")

STROKES = ("#0072b2", "#d55e00", "#009e73", "#b0508a", "#a6761d", "#3a3f4a")
"""Lines that are told apart by colour, in deep tones of the hues of Okabe & Ito."""

FONT = {"title": 10.0, "label": 9.5, "text": 8.5, "small": 7.0}
"""Sizes in points."""

_DIVERGING = ("#2f6ca8", "#8db9dc", "#f7f6f2", "#f2b37c", "#c4611a")
_SEQUENTIAL = ("#fbf8e4", "#c9e3c0", "#7cc0bd", "#4090b4", "#31609b")
_SHADES = 4096  # so many that rounding to one of them is not seen
_DEEP = "#525a69"
_THICKEST, _RATIO, _THINNEST = 2.0, 0.55, 0.22


def sequential() -> Colormap:
    """Return the map for values without a level of special meaning."""
    return LinearSegmentedColormap.from_list("exactpwl sequential", _SEQUENTIAL, N=_SHADES)


def diverging(below: float, above: float) -> Colormap:
    """Return a map whose white lies at the level, and whose ends are lowest and highest value.

    The side that reaches farther has its full colours.  With equal steps on both sides the other
    one would often be all but white, with full colours it would look as high; its steps are
    enlarged by the square root of the ratio.

    Parameters
    ----------
    below, above : float, positive
        How far the values reach below and above the level.
    """
    full = LinearSegmentedColormap.from_list("", _DIVERGING, N=_SHADES)
    reach = max(below, above)
    start, stop = (1 - (below / reach) ** 0.5) / 2, (1 + (above / reach) ** 0.5) / 2
    level = below / (below + above)
    steps = [i / 64 for i in range(65)]
    left = [(level * s, full(start + (0.5 - start) * s)) for s in steps]
    right = [(level + (1 - level) * s, full(0.5 + (stop - 0.5) * s)) for s in steps[1:]]
    right[-1] = (1.0, full(stop))
    return LinearSegmentedColormap.from_list("exactpwl diverging", [*left, *right], N=_SHADES)


def layer_styles(layers: int, regions: int) -> list[tuple[float, str]]:
    """Return line width, in points, and colour of each layer: the first is thickest and darkest.

    Parameters
    ----------
    layers : int
    regions : int
        How many regions are shown: where there are many, all lines are thinner.

    Examples
    --------
    >>> [round(width, 2) for width, _ in layer_styles(3, 20)]
    [2.0, 1.2, 0.76]
    """
    crowd = min(1.0, (60 / max(regions, 1)) ** 0.22)
    ink, deep = np.array(to_rgb(INK)), np.array(to_rgb(_DEEP))
    return [
        (
            crowd * (_THINNEST + (_THICKEST - _THINNEST) * _RATIO**i),
            to_hex(deep + (ink - deep) * _RATIO**i),
        )
        for i in range(layers)
    ]
