"""Questions about outputs as people write them: ``y <= 1``, ``y1 - 2 y2 < 3/4``, ``y1 >= y2``.

A network with one output calls it y, one with m outputs y1 .. ym.  Numbers are exact texts.
"""

from __future__ import annotations

import re
from fractions import Fraction

from exactpwl.certificate.claims import Inequality
from exactpwl.errors import OptionError
from exactpwl.rationals import as_fraction

__all__ = ["parse_combination", "parse_inequality"]

_RELATION = re.compile(r"<=|>=|<|>|=")
_TERM = re.compile(
    r"(?P<sign>[+-]?)(?:(?P<number>\d[\d./]*(?:e[+-]?\d+)?)\*?)?(?P<name>y\d*)?", re.ASCII
)


def parse_inequality(text: str, outputs: int) -> Inequality:
    """Read an inequality between outputs.

    Parameters
    ----------
    text : str
        Two linear expressions in the outputs with ``<=``, ``<``, ``>=`` or ``>`` between them.
    outputs : int

    Raises
    ------
    OptionError
        If it cannot be read, or names an output that there is not.

    Examples
    --------
    >>> found = parse_inequality("y1 >= 2 y2 - 1/2", 2)
    >>> found.coefficients, found.bound, found.strict
    ((Fraction(-1, 1), Fraction(2, 1)), Fraction(1, 2), False)
    """
    found = _RELATION.findall(text)
    if len(found) != 1 or found[0] == "=":
        raise OptionError(
            f"one of <=, <, >=, > between two expressions is required, got {text!r}: write an "
            "equation as two inequalities"
        )
    left, right = (_combination(side, outputs, text) for side in _RELATION.split(text))
    difference = [a - b for a, b in zip(left, right, strict=True)]
    sign = -1 if found[0].startswith(">") else 1
    *coefficients, constant = (sign * value for value in difference)
    return Inequality(tuple(coefficients), -constant, strict="=" not in found[0])


def parse_combination(text: str, outputs: int) -> tuple[Fraction, ...]:
    """Read a linear combination of outputs, and return the coefficients.

    Examples
    --------
    >>> parse_combination("y1 - 1/2 y2", 2)
    (Fraction(1, 1), Fraction(-1, 2))
    """
    *coefficients, constant = _combination(text, outputs, text, "y1 - 2 y2")
    if constant:
        raise OptionError(f"a combination of outputs without a constant is required, got {text!r}")
    return tuple(coefficients)


def _combination(
    side: str, outputs: int, text: str, example: str = "y1 - 2 y2 <= 3/4"
) -> list[Fraction]:
    """Return the coefficients of the outputs, and the constant."""
    found = [Fraction(0)] * (outputs + 1)
    rest = re.sub(r"\s+", "", side)
    if not rest:
        raise OptionError(f"an expression is missing in {text!r}")
    if re.search(r"[\d.]\s+[\d.]", side):
        raise OptionError(f"two numbers side by side in {text!r}")
    first = True
    while rest:
        term = _TERM.match(rest)
        assert term is not None
        if (not term["number"] and not term["name"]) or not (first or term["sign"]):
            raise OptionError(f"cannot read {rest!r} in {text!r}: write such as {example!r}")
        try:
            value = as_fraction(term["number"] or "1")
        except ValueError as error:
            raise OptionError(f"{error}, in {text!r}") from None
        place = _place(term["name"], outputs, text) if term["name"] else outputs
        found[place] += -value if term["sign"] == "-" else value
        rest, first = rest[term.end() :], False
    return found


def _place(name: str, outputs: int, text: str) -> int:
    names = ["y"] if outputs == 1 else [f"y{k + 1}" for k in range(outputs)]
    if outputs == 1 and name == "y1":
        return 0
    if name not in names:
        told = names[0] if outputs == 1 else f"{names[0]} .. {names[-1]}"
        raise OptionError(f"the outputs are called {told}; got {name} in {text!r}")
    return names.index(name)
