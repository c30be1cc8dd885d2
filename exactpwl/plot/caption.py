"""What a figure says in words: how many regions there are, how many it shows, and of which network.

The numbers are exact: a region is shown iff its interior meets the open window.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from exactpwl.domain import Domain
from exactpwl.formula import format_affine, variable_names
from exactpwl.naming import printable
from exactpwl.plot.window import Bounds
from exactpwl.rationals import format_fraction

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = [
    "caption_phrases",
    "counted",
    "first_layers",
    "height_name",
    "ordinal",
    "place_name",
    "title",
    "window_name",
    "wrapped",
]

_LONG = 24


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the singular where it is one.

    Examples
    --------
    >>> counted(1, "region"), counted(3, "region")
    ('1 region', '3 regions')
    """
    return f"{number} {noun}" + ("" if number == 1 else "s")


def caption_phrases(
    complex_: PolyhedralComplex, shown: int, window: Bounds, *notes: str
) -> tuple[tuple[str, ...], ...]:
    """Return the caption's two lines, as phrases between which a line may be broken.

    Parameters
    ----------
    complex_ : PolyhedralComplex
    shown : int
        How many regions the window shows.
    window : ((x_low, x_high), (y_low, y_high))
    *notes : str
        More phrases for the second line.

    Examples
    --------
    >>> from exactpwl import Network, regions
    >>> from exactpwl.plot.window import as_window
    >>> cross = regions(Network([([[1, 0], [0, 1]], [0, 0], "relu")], name="cross"))
    >>> counts, details = caption_phrases(cross, 1, as_window([(1, 2), (1, 2)]))
    >>> counts
    ('cross: 4 activation regions in the plane,', '1 in this window')
    >>> details
    ('2 → 2 relu,', 'sha256 8c4503bf46d7;', 'window [1, 2] × [1, 2]')
    """
    network = complex_.network
    architecture = network.architecture.replace("->", "→")
    details = (
        f"{architecture},",
        f"sha256 {network.sha256[:12]};",
        f"window {window_name(window)}",
        *notes,
    )
    ended = [f"{d};" if i >= 2 and d is not details[-1] else d for i, d in enumerate(details)]
    return ((f"{title(complex_)},", f"{shown} in this window"), tuple(ended))


def first_layers(complex_: PolyhedralComplex, shown: Iterable[int], layers: int) -> tuple[int, int]:
    """Return how many regions the first layers alone have, in the domain and among cells.

    A region of the first layers is the union of all regions whose patterns begin with its own.

    Parameters
    ----------
    complex_ : PolyhedralComplex
    shown : indices of cells
    layers : int
        So many layers with kinks.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> hat = regions(gallery.get("hat2d"))
    >>> len(hat), first_layers(hat, range(len(hat)), 1)
    (12, (6, 6))
    """
    starts = [tuple(cell.pattern)[:layers] for cell in complex_.cells]
    return len(set(starts)), len({starts[i] for i in shown})


def wrapped(phrases: Iterable[str], width: int) -> str:
    r"""Set phrases into lines; one is broken only where it is longer than a line.

    Examples
    --------
    >>> wrapped(["one two three,", "four five"], 20)
    'one two three,\nfour five'
    """
    kept = (p if len(p) > width else p.replace(" ", "\xa0") for p in phrases)
    lines = textwrap.fill(" ".join(kept), width, break_long_words=False, break_on_hyphens=False)
    return lines.replace("\xa0", " ")


def title(complex_: PolyhedralComplex) -> str:
    """Return the network's name and its number of activation regions in the domain."""
    name = f"{printable(complex_.network.name)}: " if complex_.network.name else ""
    where = place_name(complex_.domain)
    return f"{name}{counted(len(complex_), 'activation region')} in {where}"


def place_name(domain: Domain) -> str:
    """Return a domain in words.

    Examples
    --------
    >>> place_name(Domain.whole(2)), place_name(Domain.box([(0, 1), (0, "1/2")]))
    ('the plane', 'the box [0, 1] × [0, 1/2]')
    """
    if domain.is_whole_space:
        names = {1: "the line", 2: "the plane", 3: "space"}
        return names.get(domain.dimension, f"R^{domain.dimension}")
    box = domain.as_box()
    if box is not None:
        return f"the box {window_name(box)}"
    return f"a polyhedron with {counted(len(domain.rows), 'inequality').replace('ys', 'ies')}"


def window_name(window: Bounds) -> str:
    """Return a box in words; a long number is shortened to a visible decimal.

    Examples
    --------
    >>> window_name(((Fraction(-1), Fraction(1)), (Fraction(0), Fraction(1, 3))))
    '[-1, 1] × [0, 1/3]'
    """
    return " × ".join(f"[{_short(low)}, {_short(high)}]" for low, high in window)


def _short(number: Fraction) -> str:
    text = format_fraction(number)
    return text if len(text) <= _LONG else f"{float(number):.6g}..."


def ordinal(number: int) -> str:
    """Return a positive number as an ordinal.

    Examples
    --------
    >>> [ordinal(number) for number in (1, 2, 3, 4, 11, 22)]
    ['1st', '2nd', '3rd', '4th', '11th', '22nd']
    """
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10)
    return f"{number}{ending or 'th'}"


def height_name(weights: Sequence[Fraction], inputs: int = 2) -> str:
    """Return the name of the function that the colours show.

    Examples
    --------
    >>> height_name([Fraction(1)]), height_name([Fraction(1), Fraction(-1)])
    ('f(x, y)', 'f1(x, y)-f2(x, y)')
    """
    arguments = f"({', '.join(variable_names(inputs))})"
    if len(weights) == 1 and weights[0] == 1:
        return "f" + arguments
    names = [f"f{i}{arguments}" for i in range(1, len(weights) + 1)]
    return format_affine(weights, 0, names if len(weights) > 1 else ["f" + arguments])
