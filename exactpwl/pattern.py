"""Activation patterns: one piece per neuron, layer by layer, written ``10110|0011``.

Only layers with kinks have a place in a pattern; a linear layer has nothing to decide.  Inside a
layer with kinks every neuron is listed, one without a breakpoint always with piece 0.  A pattern
is a tuple of tuples of ints, so it sorts, hashes and serves as the node of a graph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from exactpwl.errors import PatternError
from exactpwl.rationals import shown

__all__ = ["Pattern"]

_PIECE = re.compile(r"[0-9]|\(([0-9]{1,9})\)")


class Pattern(tuple[tuple[int, ...], ...]):
    """An activation pattern (Raghu et al. 2017, arXiv:1606.05336).

    Examples
    --------
    >>> Pattern.parse("10|2")
    Pattern('10|2')
    >>> Pattern.parse("10|2") == ((1, 0), (2,))
    True
    """

    __slots__ = ()

    def __new__(cls, layers: Iterable[Iterable[int]] = ()) -> Pattern:
        """Make a pattern of pieces."""
        return super().__new__(cls, (tuple(layer) for layer in layers))

    @classmethod
    def parse(cls, text: str) -> Pattern:
        """Read a pattern from its text; a piece of 10 or more stands in parentheses.

        Raises
        ------
        PatternError
            If the text has anything but digits, parentheses and bars, or a piece of more than nine
            digits.
        """
        if not text:
            return cls()
        layers = []
        for part in text.split("|"):
            if _PIECE.sub("", part):
                raise PatternError(
                    "a pattern is one digit per neuron with | between layers, such as "
                    f"'101|01' (a piece of 10 or more as '(10)'); got {shown(text)}"
                )
            layers.append(tuple(int(m.group(1) or m.group()) for m in _PIECE.finditer(part)))
        return cls(layers)

    def __str__(self) -> str:
        return "|".join("".join(str(p) if p < 10 else f"({p})" for p in layer) for layer in self)

    def __repr__(self) -> str:
        return f"Pattern({str(self)!r})"

    def __reduce__(self) -> tuple[type[Pattern], tuple[tuple[tuple[int, ...], ...]]]:
        return (Pattern, (tuple(self),))
