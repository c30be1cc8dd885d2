"""Functions given by pieces that do not meet: what no network computes.

Each of them is cut along one facet.  A network is continuous, so no network equals any of them,
and `PiecewiseFunction.require_continuous` says why: it names the two pieces, their common facet, a
point there, and the jump.  ``scissors`` is the one to look at longest: its two planes do agree in a
single point of the facet, and that does not help.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from exactpwl.errors import GalleryError
from exactpwl.piecewise import PiecewiseFunction

__all__ = ["piecewise", "piecewise_names"]

_LEFT, _RIGHT = [((-1,), 0)], [((1,), 0)]
_WEST, _EAST = [((-1, 0), 0)], [((1, 0), 0)]

_PIECES: dict[str, tuple[list[Any], list[Any]]] = {
    "scissors": ([_WEST, _EAST], [([["1/2", "-1/4"]], [0]), ([[-1, "1/2"]], ["1/2"])]),
    "step": ([_LEFT, _RIGHT], [([[0]], [0]), ([[0]], [1])]),
    "torn": ([_LEFT, _RIGHT], [([["1/2"]], ["1/2"]), ([[-1]], [2])]),
}


def piecewise_names() -> tuple[str, ...]:
    """Return the names of all functions given by pieces, in alphabetical order.

    Examples
    --------
    >>> piecewise_names()
    ('scissors', 'step', 'torn')
    """
    return tuple(_PIECES)


def piecewise(name: str) -> PiecewiseFunction:
    """Return a function given by pieces that do not meet.

    Raises
    ------
    GalleryError
        If there is none of that name.

    Examples
    --------
    >>> print(piecewise("torn").check_continuity().failures[0])
    pieces 0 and 1 do not agree on their common facet {x = 0}: at 0 piece 0 is 1/2 and piece 1 is 2,
    a jump of 3/2
    """
    if name not in _PIECES:
        near = get_close_matches(name, _PIECES, n=1)
        hint = f"did you mean {near[0]}? " if near else ""
        raise GalleryError(
            f"no function given by pieces named {name!r} in the gallery; {hint}"
            f"there are: {', '.join(_PIECES)}",
            spec=name,
        )
    return PiecewiseFunction(*_PIECES[name])
