"""The inequalities of activation patterns, each with the breakpoint or domain row it comes from.

Piece i of an activation lies between its breakpoints c and c', so a neuron on it says z >= c and
z <= c'; its other breakpoints follow.  Literally the lower one is strict: a breakpoint belongs to
the piece on its left, as for ReLU, where z = 0 is inactive.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from exactpwl.domain import DomainLike, as_domain
from exactpwl.errors import DomainError
from exactpwl.feasibility import feasibility
from exactpwl.inequality import Inequality, Row, opposite, primitive_row
from exactpwl.local_maps import maximum_origin
from exactpwl.maximum import Maximum, pairs
from exactpwl.network import Kink, Network
from exactpwl.rationals import format_fraction

__all__ = ["Bend", "PatternInequality", "bend_of", "domain_inequalities", "kink_inequality"]

Bend = Fraction | tuple[int, int]
"""A breakpoint, or the two arguments of a maximum that are equal there."""


@dataclass(frozen=True)
class PatternInequality(Inequality):
    """An inequality of a pattern's cell, and where it comes from.

    Attributes
    ----------
    normal : d ints
    offset : int
        ``normal . x + offset >= 0``; positive inside.
    kink : Kink or None
        The breakpoint of the neuron; None for a row of the domain.
    value : Fraction
        The breakpoint itself.
    above : bool
        Whether the pattern has the pre-activation above it.
    domain_row : int or None
        The row of the domain, if it is one.
    arguments : (i, j) or None
        Of a maximum the two arguments that are compared: j is above i, or not.
    """

    kink: Kink | None = None
    value: Fraction = Fraction(0)
    above: bool = True
    domain_row: int | None = None
    arguments: tuple[int, int] | None = None

    @property
    def is_strict(self) -> bool:
        """Whether the literal pattern excludes the boundary: z > c, or an open domain's row."""
        return self.kink is None or self.above

    @property
    def vanishes(self) -> bool:
        """Whether this reads ``0 >= 0``."""
        return not self.offset and not any(self.normal)

    @property
    def origin(self) -> str:
        """Where it comes from, such as ``layer 0, neuron 1: z > 0``."""
        if self.kink is None:
            return f"domain, row {self.domain_row}"
        if self.arguments is not None:
            return maximum_origin(self.kink, self.arguments, self.above)
        return f"{self.kink}: z {'>' if self.above else '<='} {format_fraction(self.value)}"

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain JSON values."""
        found: dict[str, Any] = {
            "normal": list(self.normal),
            "offset": self.offset,
            "text": str(self),
        }
        if self.kink is None:
            return {**found, "domain_row": self.domain_row}
        layer, neuron, number = self.kink
        found |= {"layer": layer, "neuron": neuron, "breakpoint": number}
        if self.arguments is not None:
            found["arguments"] = list(self.arguments)
        return {**found, "side": "above" if self.above else "below"}


def kink_inequality(kink: Kink, value: Bend, row: Row, piece: int) -> PatternInequality | None:
    """Return what a neuron's piece says about one of its breakpoints; None if nothing.

    Parameters
    ----------
    kink : Kink
    value : Fraction or (i, j)
        The breakpoint; of a maximum the two arguments.
    row : (normal, offset)
        Positive where the pre-activation is above the breakpoint.
    piece : int
        The neuron's piece, between breakpoints ``piece - 1`` and ``piece``.
    """
    arguments = value if isinstance(value, tuple) else None
    said = (piece - 1, piece) if arguments is None else arguments
    if (kink.breakpoint if arguments is None else piece) not in said:
        return None
    above = kink.breakpoint < piece if arguments is None else piece == arguments[1]
    normal, offset = primitive_row(row if above else opposite(row))
    number = Fraction(0) if isinstance(value, tuple) else value
    return PatternInequality(normal, offset, kink, number, above, arguments=arguments)


def bend_of(network: Network, kink: Kink) -> Bend:
    """Return a kink's breakpoint, or the pair of arguments of a maximum.

    Examples
    --------
    >>> from exactpwl.maximum import Maximum
    >>> bend_of(Network([Maximum([[0, 1, 2]])]), Kink(0, 0, 2))
    (1, 2)
    """
    layer = network.layers[kink.layer]
    if isinstance(layer, Maximum):
        return pairs(len(layer.members[kink.neuron]))[kink.breakpoint]
    return layer.activations[kink.neuron].breakpoints[kink.breakpoint]


def domain_inequalities(network: Network, domain: DomainLike) -> tuple[PatternInequality, ...]:
    """Return the domain's rows, after checking that it fits the network and has an interior.

    Raises
    ------
    DomainError
        If it is of another dimension, empty or flat.
    """
    chosen = as_domain(domain, network.input_dimension)
    status = feasibility(chosen.rows, chosen.dimension).status
    if status != "full":
        raise DomainError(
            f"a full-dimensional domain is required, but {chosen} is {status}; "
            "for a flat domain use a section instead"
        )
    return tuple(
        PatternInequality(normal, offset, domain_row=i)
        for i, (normal, offset) in enumerate(chosen.rows)
    )
