"""The bounds of theory for an architecture or a network, each with what it holds for.

`exactpwl.theory` has the formulas, which take plain numbers.  Here they are a list, from all
patterns down to the strongest upper bound, and the lower bounds after them, each with its source
and its conditions; where one does not apply, the entry says why.

An upper bound speaks about the activation regions (R2 of arXiv:2505.16716) of every network of the
architecture over R^d.  So it holds over every convex domain, whose regions are cut out of these one
by one, and for the linear regions, closed or not, and the affine pieces (R4, R5, R6), of which
there are no more.  It does not speak about R1, which counts thin patterns as well.  A lower bound
says that *some* network of the architecture has so many activation regions over R^d.

The layers behind the last one with kinks are left out: they cut nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

from exactpwl.errors import NetworkError, TooLargeError
from exactpwl.layer import Layer
from exactpwl.linear import rank
from exactpwl.maximum import only_relus
from exactpwl.network import Network
from exactpwl.theory import (
    hinz_bound,
    montufar_bound,
    montufar_lower_bound,
    raghu_bound,
    serra_bound,
    serra_lower_bound,
)

__all__ = [
    "HINZ",
    "MONTUFAR",
    "MONTUFAR_LOWER",
    "PATTERNS",
    "RAGHU",
    "RANKS",
    "SERRA",
    "SERRA_LOWER",
    "Bound",
    "architecture_bounds",
    "network_bounds",
    "parse_architecture",
    "used_layers",
]

PATTERNS, RAGHU, MONTUFAR = "all patterns", "Raghu et al. 2017", "Montúfar 2017"
SERRA, HINZ = "Serra et al. 2018", "Hinz & van de Geer 2019"
RANKS = "Serra et al. 2018, with ranks"
MONTUFAR_LOWER, SERRA_LOWER = "Montúfar et al. 2014, lower", "Serra et al. 2018, lower"

ANY = "any activation, and maxima"
RELU = "ReLU only"
THESE = "ReLU only, these weights"


@dataclass(frozen=True)
class Bound:
    """One bound for the number of activation regions.

    Attributes
    ----------
    name : str
        Who found it.
    side : {"upper", "lower"}
        Whether every network has at most so many, or some network has at least so many.
    value : int or None
        Exact; None where the theorem does not apply.
    holds_for : str
        The activations.
    source : str
    why_not : str
        Why there is no value; empty where there is one.
    """

    name: str
    side: str
    value: int | None
    holds_for: str
    source: str
    why_not: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the bound as plain JSON values; whole numbers of any length stay numbers."""
        return {
            "name": self.name,
            "side": self.side,
            "value": self.value,
            "definition": "R2",
            "holds_for": self.holds_for,
            "source": self.source,
            "why_not": self.why_not or None,
        }


def parse_architecture(text: str) -> tuple[int, tuple[int, ...]] | None:
    """Return inputs and widths of a text such as ``2;8,8,8``, or None where it is none.

    Parameters
    ----------
    text : str
        The number of inputs, a semicolon, and the widths of the hidden layers with commas.

    Raises
    ------
    NetworkError
        If there is a semicolon, but not such a text around it, or a number is 0.

    Examples
    --------
    >>> parse_architecture("2;8,8,8"), parse_architecture("xor")
    ((2, (8, 8, 8)), None)
    """
    if ";" not in text:
        return None
    found = re.fullmatch(r"([0-9]{1,6});([0-9]{1,6}(?:,[0-9]{1,6})*)", re.sub(r"\s", "", text))
    numbers = [] if found is None else [int(n) for n in re.split("[;,]", found.string)]
    if not numbers or min(numbers) < 1:
        raise NetworkError(
            "an architecture is required as inputs;width,width,... with whole numbers from 1 on, "
            f"such as '2;8,8,8' for 2 inputs and three layers of 8 ReLUs; got {text!r}"
        )
    return numbers[0], tuple(numbers[1:])


def architecture_bounds(inputs: int, widths: Sequence[int]) -> tuple[Bound, ...]:
    """Return all bounds for networks with layers of ReLUs, upper ones first.

    Parameters
    ----------
    inputs : int
        Dimension of the input.
    widths : sequence of int
        Number of ReLUs of each hidden layer.

    Returns
    -------
    tuple of Bound

    Raises
    ------
    NetworkError
        If a number is out of range.

    Examples
    --------
    >>> for bound in architecture_bounds(2, [8, 8, 8]):
    ...     print(bound.side, bound.value, bound.name)
    upper 16777216 all patterns
    upper 50653 Raghu et al. 2017
    upper 50653 Montúfar 2017
    upper 50653 Serra et al. 2018
    upper 50653 Hinz & van de Geer 2019
    lower 9472 Montúfar et al. 2014, lower
    lower 23125 Serra et al. 2018, lower
    """
    pieces = [[2] * width for width in widths]
    return (*_upper(inputs, widths, pieces, relu=True), *_lower(inputs, widths, pieces, relu=True))


def network_bounds(network: Network, layers: int | None = None) -> tuple[Bound, ...]:
    """Return all bounds for a network's architecture, and one for its ranks; see the module.

    Parameters
    ----------
    network : Network
    layers : int, optional
        So many layers with kinks; all by default.

    Returns
    -------
    tuple of Bound
        Those of `architecture_bounds`, and after the upper ones Serra's with the ranks of the
        weight matrices.  For other activations than ReLU the entries of ReLU have no value.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> bounds = {b.name: b.value for b in network_bounds(gallery.get("hat2d"))}
    >>> bounds["Montúfar 2017"], bounds["Serra et al. 2018"]
    (44, 44)
    >>> bounds = network_bounds(gallery.get("rings"))
    >>> [b.why_not for b in bounds if b.name == "Serra et al. 2018"]
    ['other kinks than those of ReLU']
    """
    used = used_layers(network, layers)
    sizes, pieces = [layer.width for layer in used], [layer.pieces for layer in used]
    relu, inputs = only_relus(used), network.input_dimension
    return (
        *_upper(inputs, sizes, pieces, relu=relu),
        _with_ranks(inputs, used, relu=relu),
        *_lower(inputs, sizes, pieces, relu=relu),
    )


def used_layers(network: Network, layers: int | None = None) -> tuple[Layer, ...]:
    """Return the layers up to the last with kinks, or to the one of that number."""
    ends = [i + 1 for i, layer in enumerate(network.layers) if not layer.is_linear]
    return tuple(network.layers[: [0, *ends][-1 if layers is None else layers]])


def _upper(
    inputs: int, sizes: Sequence[int], pieces: Sequence[Sequence[int]], *, relu: bool
) -> list[Bound]:
    def bound(name: str, formula: Callable[..., int], holds_for: str, source: str) -> Bound:
        if holds_for == RELU and not relu:
            return Bound(name, "upper", None, holds_for, source, _OTHER)
        return Bound(name, "upper", formula(inputs, sizes, pieces), holds_for, source)

    return [
        bound(PATTERNS, _patterns, ANY, "a region has one pattern"),
        bound(RAGHU, raghu_bound, ANY, "arXiv:1606.05336"),
        bound(MONTUFAR, montufar_bound, ANY, "SampTA 2017"),
        bound(SERRA, serra_bound, RELU, "arXiv:1711.02114"),
        bound(HINZ, hinz_bound, RELU, "arXiv:1806.01918"),
    ]


_OTHER = "other kinks than those of ReLU"


def _patterns(inputs: int, sizes: Sequence[int], pieces: Sequence[Sequence[int]]) -> int:
    return prod(number for layer in pieces for number in layer)


def _with_ranks(inputs: int, used: Sequence[Layer], *, relu: bool) -> Bound:
    source = "arXiv:1711.02114, dimensions by ranks"
    if not relu:
        return Bound(RANKS, "upper", None, THESE, source, _OTHER)
    sizes, pieces = [layer.width for layer in used], [layer.pieces for layer in used]
    try:
        ranks = [rank(layer.numerators) for layer in used]
    except TooLargeError:
        why = "a layer's weights are too many to be written out"
        return Bound(RANKS, "upper", None, THESE, source, why)
    return Bound(RANKS, "upper", serra_bound(inputs, sizes, pieces, ranks), THESE, source)


def _lower(
    inputs: int, sizes: Sequence[int], pieces: Sequence[Sequence[int]], *, relu: bool
) -> list[Bound]:
    why = ("" if sizes else "no layer has a kink") if relu else _OTHER
    if not why and any(number != 2 for layer in pieces for number in layer):
        why = "some neurons before the last kink are linear"

    def bound(name: str, formula: Callable[..., int | None], times: int, source: str) -> Bound:
        value = None if why else formula(inputs, sizes)
        needed = f"every layer must have at least {times * inputs} neurons"
        return Bound(name, "lower", value, RELU, source, "" if value is not None else why or needed)

    return [
        bound(MONTUFAR_LOWER, montufar_lower_bound, 1, "arXiv:1402.1869"),
        bound(SERRA_LOWER, serra_lower_bound, 3, "arXiv:1711.02114"),
    ]
