"""A region's affine map as an image: what a network with image-like inputs looks at, exactly.

On a region the network is x -> W x + b, so a row of W is the gradient of one output at every point
of the region.  Where the inputs are the points of a picture, the row is a picture of the same
shape: how much each of them counts, and in which direction.  It takes one forward pass in
integers; no region has to be enumerated, so the number of inputs does not matter.

How far does the picture hold?  A pre-activation z with gradient w keeps its sign on all points of
which no coordinate differs by more than abs(z)/norm_1(w), and where some point of that distance
makes it 0.  The least of these numbers is the largest max-norm ball around the point that lies in
the cell of its pattern: rational, exact, and again of no cost.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, to_rgb

from exactpwl.errors import FigureError
from exactpwl.inequality import as_point, value
from exactpwl.naming import printable
from exactpwl.network import Network
from exactpwl.pattern import Pattern
from exactpwl.plot.canvas import add_caption, add_colour_bar
from exactpwl.plot.caption import counted
from exactpwl.plot.panels import new_figure
from exactpwl.plot.patches import functional
from exactpwl.plot.scale import Scale
from exactpwl.plot.style import INK, MUTED, diverging, sequential
from exactpwl.rationals import RationalLike, as_fractions, format_fraction

__all__ = ["gradient_image", "image", "pattern_radius"]

_LONGEST_SIDE = 4.6  # inches
_SHORTEST_SIDE = 0.5
_LONGEST_NUMBER = 40  # characters of a number in the caption
_LONGEST_ENTRY = 10  # of one in a cell; a longer one is rounded, and says so
_ENTRY_SIZE = 6.4  # points
_MOST_LISTED = 3


def image(
    values: Iterable[RationalLike],
    shape: tuple[int, int],
    ax: Axes | None = None,
    *,
    numbers: bool = False,
    bar: bool = True,
) -> Axes:
    """Draw numbers as an image, row by row from the top.

    Parameters
    ----------
    values : h w rationals
    shape : (h, w)
        Rows and columns.
    ax : matplotlib Axes, optional
        Where to draw; a new figure without one.
    numbers : bool
        Whether to write each number into its cell, exactly where it is short.
    bar : bool
        Whether to draw the colour bar.

    Returns
    -------
    Axes
        White is 0 where there are numbers of both signs.

    Raises
    ------
    FigureError
        If there are not as many numbers as cells, or one is beyond floats.

    Examples
    --------
    >>> ax = image([0, 1, "-1/2", 2], (2, 2), numbers=True)
    >>> [text.get_text() for text in ax.texts]
    ['0', '1', '-1/2', '2']
    """
    exact = as_fractions(values)
    height, width = _checked(shape, len(exact))
    scale, colormap = _colours(exact)
    ax = _new_axes(height, width) if ax is None else ax
    cells = np.array([float(v) for v in exact]).reshape(height, width)
    mesh = ax.pcolormesh(
        cells, cmap=colormap, norm=scale.norm(), edgecolors="none", antialiased=False, zorder=1
    )
    ax.set(xlim=(0, width), ylim=(height, 0), xticks=[], yticks=[], aspect="equal")
    for spine in ax.spines.values():
        spine.set(linewidth=0.6, color=MUTED, zorder=6)
    if numbers:
        _write_numbers(ax, exact, width, mesh.to_rgba(cells.ravel()))
    if bar:
        add_colour_bar(ax, mesh, "", scale)
    return ax


def gradient_image(
    network: Network,
    ax: Axes | None = None,
    *,
    shape: tuple[int, int] | None = None,
    point: Iterable[RationalLike] | None = None,
    pattern: str | Iterable[Iterable[int]] | None = None,
    output: int | Sequence[RationalLike] = 0,
    numbers: bool = False,
    caption: bool = True,
) -> Axes:
    """Draw the gradient of one output at a point, or under a pattern, as an image.

    No region is enumerated, so a network may have any number of inputs.

    Parameters
    ----------
    network : Network
    ax : matplotlib Axes, optional
        Where to draw; a new figure without one.
    shape : (h, w), optional
        Rows and columns, h w = d; by default a square if d is one, else a single row.
    point : d rationals, optional
        Either this or `pattern`.
    pattern : str, Pattern or nested sequences of int, optional
        Its affine map is drawn, whether or not a point has it.
    output : int, or sequence of rationals
        The output, counted from 0, or a weight for each output: (1, -1) for the difference.
    numbers : bool
        Whether to write each number into its cell.
    caption : bool
        Whether to write the caption: the exact extremes and where they are, and for a point how far
        its pattern holds.

    Returns
    -------
    Axes

    Raises
    ------
    FigureError
        If the shape does not fit the inputs, or not exactly one of point and pattern is given.
    DimensionError, PatternError
        If the point or the pattern does not fit the network.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> ax = gradient_image(gallery.get("xor"), point=(0, "-1/2"), numbers=True)
    >>> [text.get_text() for text in ax.texts[:2]]
    ['2', '2']
    """
    if (point is None) == (pattern is None):
        raise FigureError("a gradient is that at a point or that of a pattern: give one of the two")
    inputs = network.input_dimension
    chosen = _default_shape(inputs) if shape is None else shape
    _checked(chosen, inputs)
    exact = None if point is None else as_point(point, inputs)
    here = network.pattern(pattern or ()) if exact is None else network.pattern_at(exact)
    gradient = _gradient(network, here, output)
    ax = image(gradient, chosen, ax, numbers=numbers)
    if caption:
        lines = (_extremes(gradient, chosen[1]), _details(network, here, exact, output))
        add_caption(ax, lines)
    return ax


def pattern_radius(network: Network, point: Iterable[RationalLike]) -> Fraction | None:
    """Return how far every coordinate may change, all at once, before the pattern can change.

    Parameters
    ----------
    network : Network
    point : d rationals

    Returns
    -------
    Fraction or None
        The radius of the largest max-norm ball around the point inside the closed cell of its
        pattern; 0 where the point lies on a kink, None where nothing bounds the ball.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> pattern_radius(gallery.get("xor"), (0, "-1/4"))
    Fraction(1, 8)
    """
    exact = as_point(point, network.input_dimension)
    distances = [
        abs(value((k.normal, k.offset), exact)) / sum(map(abs, k.normal))
        for k in network.kink_functions(network.pattern_at(exact))
        if any(k.normal)
    ]
    return min(distances, default=None)


def _checked(shape: tuple[int, int], count: int) -> tuple[int, int]:
    height, width = shape
    if height < 1 or width < 1 or height * width != count:
        raise FigureError(
            f"an image of {counted(count, 'number')} has as many cells: rows times columns must be "
            f"{count}, got {height} x {width}"
        )
    return height, width


def _default_shape(count: int) -> tuple[int, int]:
    side = round(count**0.5)
    return (side, side) if side * side == count else (1, count)


def _new_axes(height: int, width: int) -> Axes:
    unit = _LONGEST_SIDE / max(height, width)
    size = (max(width * unit, 3.0) + 1.2, max(height * unit, _SHORTEST_SIDE) + 1.2)
    return new_figure(*size).add_subplot()


def _colours(values: Sequence[Fraction]) -> tuple[Scale, Colormap]:
    """Return the scale, white at 0 where there are both signs, else from 0 or its least value."""
    low, high = min(values), max(values)
    try:
        float(high - low)
    except OverflowError:
        raise FigureError(
            "numbers that fit into floats are required for colours; some are beyond 1e308"
        ) from None
    if low < 0 < high or low == high == 0:
        reach = max(-low, high) or Fraction(1)
        scale = Scale(-reach, reach, Fraction(0), None)
        return scale, diverging(*scale.reach)
    if low < 0:
        return Scale(low, Fraction(0), low, None), sequential().reversed()
    return Scale(Fraction(0), high, Fraction(0), None), sequential()


def _write_numbers(ax: Axes, values: Sequence[Fraction], width: int, colours: Any) -> None:
    for i, number in enumerate(values):
        row, column = divmod(i, width)
        words = format_fraction(number)
        if len(words) > _LONGEST_ENTRY:
            words = f"\N{ALMOST EQUAL TO}{float(number):.3g}"
        dark = float(np.dot(colours[i][:3], (0.299, 0.587, 0.114))) < 0.5
        ax.text(
            column + 0.5,
            row + 0.5,
            words,
            ha="center",
            va="center",
            fontsize=_ENTRY_SIZE,
            color=to_rgb("white") if dark else INK,
        )


def _gradient(
    network: Network, pattern: Pattern, output: int | Sequence[RationalLike]
) -> tuple[Fraction, ...]:
    weights = functional(output, network.output_dimension)
    columns = zip(*network.affine_map(pattern).weight, strict=True)
    return tuple(
        sum((w * c for w, c in zip(weights, column, strict=True)), Fraction(0))
        for column in columns
    )


def _extremes(gradient: Sequence[Fraction], width: int) -> tuple[str, ...]:
    """Return the greatest and the least number with their places, and how many are 0."""
    greatest, least = max(gradient), min(gradient)
    if greatest == least:
        return (f"every number is {_spelled(greatest)}",)
    zeros = sum(not number for number in gradient)
    return (
        f"greatest {_spelled(greatest)} {_places(gradient, greatest, width)},",
        f"least {_spelled(least)} {_places(gradient, least, width)};",
        f"{zeros} of {len(gradient)} are 0",
    )


def _places(gradient: Sequence[Fraction], number: Fraction, width: int) -> str:
    """Return where a number stands, rows and columns counted from 0."""
    found = [divmod(i, width) for i, other in enumerate(gradient) if other == number]
    listed = " and ".join(f"({row}, {column})" for row, column in found[:_MOST_LISTED])
    more = len(found) - _MOST_LISTED
    return f"at {listed}" + (f" and {more} more" if more > 0 else "")


def _spelled(number: Fraction) -> str:
    text = format_fraction(number)
    return text if len(text) <= _LONGEST_NUMBER else f"{float(number):.9g}..."


def _details(
    network: Network,
    pattern: Pattern,
    point: tuple[Fraction, ...] | None,
    output: int | Sequence[RationalLike],
) -> tuple[str, ...]:
    name = f"{printable(network.name)}: " if network.name else ""
    shown = f"output {output}" if isinstance(output, int) else "the weighted outputs"
    phrases = [
        f"{name}{network.architecture.replace('->', '→')},",
        f"sha256 {network.sha256[:12]};",
    ]
    if point is None:
        return (*phrases, f"gradient of {shown} under the pattern {pattern}")
    weights = functional(output, network.output_dimension)
    height = sum((w * v for w, v in zip(weights, network(point), strict=True)), Fraction(0))
    phrases.append(f"gradient of {shown} where it is {_spelled(height)};")
    radius = pattern_radius(network, point)
    if radius is None:
        return (*phrases, "the same everywhere")
    if not radius:
        return (*phrases, "the point lies on a kink: the gradient is that of its literal pattern")
    return (*phrases, f"the same if no input changes by more than {_spelled(radius)}")
