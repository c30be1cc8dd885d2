"""What hangs in the gallery, and under which name.

A network is asked for by a short text, its name with a parameter where it takes one: ``xor``,
``lines:8``.  Every network comes with a *window*: the box in which a figure shows what matters.
The window is not a domain; the network itself lives on all of R^d.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction

from exactpwl.errors import GalleryError
from exactpwl.gallery import arrangements, elementary, trained
from exactpwl.network import Network
from exactpwl.rationals import as_fraction

__all__ = ["Exhibit", "Window", "describe", "exhibit", "get", "names"]

Window = tuple[tuple[Fraction, Fraction], ...]
"""A pair (low, high) for each input."""


@dataclass(frozen=True)
class Exhibit:
    """A network of the gallery and what to know about it.

    Parameters
    ----------
    spec : str
        Its full name, parameter included: ``get(spec)`` gives the network again.
    network : Network
    window : tuple of (Fraction, Fraction)
        The box to look at.
    description : str
        One line.

    Examples
    --------
    >>> shown = exhibit("xor")
    >>> shown.network, shown.description
    (<Network xor 2 -> 2 relu -> 1 linear>, 'XOR of inputs +-1 by two ReLUs')
    """

    spec: str
    network: Network
    window: Window
    description: str


@dataclass(frozen=True)
class _Parameter:
    """A whole number from `least` to `most`."""

    letter: str
    least: int
    most: int
    default: int


@dataclass(frozen=True)
class _Item:
    """`build` takes the parameter, if there is one; `view` is the window of each coordinate."""

    description: str
    build: Callable[..., Network]
    view: tuple[int | str, int | str]
    parameter: _Parameter | None = None


_ITEMS = {
    "abs": _Item("|x| by two ReLUs with one kink", elementary.absolute_value, (-2, 2)),
    "bent_lines": _Item(
        "lines:8 with a second layer of 3 neurons, whose lines bend at the first's, and one ends",
        arrangements.bent_lines,
        (-6, 6),
    ),
    "braid": _Item(
        "the braid arrangement x_i = x_j in R^n: n! regions",
        arrangements.braid,
        (-2, 2),
        _Parameter("n", 2, 50, 3),
    ),
    "digits": _Item(
        "trained: 10 ReLUs tell a 3 from an 8, in pictures of 8 x 8 points",
        trained.digits,
        (0, 1),
    ),
    "disc": _Item(
        "trained: 3 ReLUs separate a disc from the annulus around it",
        trained.disc,
        ("-5/4", "5/4"),
    ),
    "hat1d": _Item("a finite-element hat on the line", elementary.hat1d, (-2, 2)),
    "hat2d": _Item(
        "a finite-element hat in the plane, over a hexagon", elementary.hat2d, ("-3/2", "3/2")
    ),
    "l1_annulus": _Item(
        "positive exactly on the l1 annulus 1 < |x| + |y| < 3", elementary.l1_annulus, (-4, 4)
    ),
    "lines": _Item(
        "n generic lines; the window shows 32 of the 37 regions of lines:8",
        arrangements.lines,
        (-6, 6),
        _Parameter("n", 1, 1000, 8),
    ),
    "max": _Item(
        "the maximum of n numbers, by a tournament",
        elementary.maximum,
        (-1, 1),
        _Parameter("n", 2, 100, 3),
    ),
    "resonance": _Item(
        "the resonance arrangement of R^n: 2^n - 1 hyperplanes",
        arrangements.resonance,
        (-1, 1),
        _Parameter("n", 1, 12, 3),
    ),
    "rings": _Item(
        "trained: a leaky-ReLU network 2-8-8-8-8-1 fitted to concentric rings",
        trained.rings,
        (-1, 1),
    ),
    "sawtooth": _Item(
        "the tent map composed k times: 2^k pieces on [0, 1]",
        elementary.sawtooth,
        (0, 1),
        _Parameter("k", 1, 100, 3),
    ),
    "shi": _Item(
        "the Shi arrangement x_i - x_j = 0 and 1 in R^n: (n+1)^(n-1) regions",
        arrangements.shi,
        (-2, 2),
        _Parameter("n", 2, 50, 3),
    ),
    "tent": _Item("the tent map: up on [0, 1/2], down on [1/2, 1]", elementary.tent, (0, 1)),
    "threshold": _Item(
        "threshold functions of n Boolean variables: 2^n hyperplanes of R^(n+1)",
        arrangements.threshold,
        (-1, 1),
        _Parameter("n", 1, 12, 2),
    ),
    "xor": _Item("XOR of inputs +-1 by two ReLUs", elementary.xor, (-2, 2)),
}


def names() -> tuple[str, ...]:
    """Return the names of all networks, in alphabetical order.

    Examples
    --------
    >>> names()[:4]
    ('abs', 'bent_lines', 'braid', 'digits')
    """
    return tuple(_ITEMS)


def describe(name: str) -> str:
    """Return one line on a network: how to ask for it, what it is, which parameters it takes.

    Parameters
    ----------
    name : str
        One of `names`; a parameter is allowed and ignored.

    Raises
    ------
    GalleryError
        If there is no such name.

    Examples
    --------
    >>> describe("sawtooth")
    'sawtooth:k - the tent map composed k times: 2^k pieces on [0, 1] (k from 1 to 100, default 3)'
    """
    bare = name.partition(":")[0]
    item = _find(bare, name)
    if item.parameter is None:
        return f"{bare} - {item.description}"
    p = item.parameter
    limits = f"{p.letter} from {p.least} to {p.most}, default {p.default}"
    return f"{bare}:{p.letter} - {item.description} ({limits})"


def get(spec: str) -> Network:
    """Return a network of the gallery.

    Parameters
    ----------
    spec : str
        One of `names`, where it takes a parameter followed by ``:`` and a whole number.

    Returns
    -------
    Network

    Raises
    ------
    GalleryError
        If there is no such name, or the parameter is out of range or not wanted.

    Examples
    --------
    >>> get("resonance:3")
    <Network resonance:3 3 -> 7 relu -> 1 linear>
    >>> get("lines:0")
    Traceback (most recent call last):
    ...
    exactpwl.errors.GalleryError: lines:n needs a whole number n from 1 to 1000, got 'lines:0'
    """
    return exhibit(spec).network


def exhibit(spec: str) -> Exhibit:
    """Return a network of the gallery with its window and description; see `get`.

    Examples
    --------
    >>> exhibit("max").spec, exhibit("hat2d").window[0]
    ('max:3', (Fraction(-3, 2), Fraction(3, 2)))
    """
    name, colon, argument = spec.partition(":")
    item = _find(name, spec)
    if item.parameter is None:
        if colon:
            raise GalleryError(f"{name} takes no parameter, got {spec!r}", spec=spec)
        network = item.build()
    else:
        value = _value(name, item.parameter, argument, spec) if colon else item.parameter.default
        network = item.build(value)
        name = f"{name}:{value}"
    low, high = map(as_fraction, item.view)
    window = ((low, high),) * network.input_dimension
    return Exhibit(name, network, window, item.description)


def _find(name: str, spec: str) -> _Item:
    if name in _ITEMS:
        return _ITEMS[name]
    near = get_close_matches(name, _ITEMS, n=3)
    hint = f"did you mean {' or '.join(near)}? There are: " if near else "there are: "
    raise GalleryError(
        f"no network named {name!r} in the gallery; {hint}{', '.join(_ITEMS)}", spec=spec
    )


def _value(name: str, parameter: _Parameter, argument: str, spec: str) -> int:
    letter, least, most = parameter.letter, parameter.least, parameter.most
    if re.fullmatch(r"[0-9]{1,9}", argument) and least <= int(argument) <= most:
        return int(argument)
    raise GalleryError(
        f"{name}:{letter} needs a whole number {letter} from {least} to {most}, got {spec!r}",
        spec=spec,
    )
