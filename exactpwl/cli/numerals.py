"""Numbers in a sentence: whole where they are short, else a decimal that shows that it is rounded.

Integrals and volumes of trained networks are fractions of thousands of digits, and their inputs may
be pictures.  On a terminal these are no answer to a person; ``--json`` has all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

import click

from exactpwl.affine import AffineMap
from exactpwl.cli.messages import width, wrapped
from exactpwl.formula import format_affine, variable_names
from exactpwl.rationals import format_fraction
from exactpwl.tables.numbers import Numbers

__all__ = [
    "map_words",
    "note_words",
    "number_words",
    "point_words",
    "share_words",
    "tell",
    "volume_words",
]

_LONGEST = 30
"""Characters up to which a rational is written whole."""
_LONGEST_BITS = 4 * _LONGEST
_DIGITS = 10
_DOTS = "..."
_MOST_COORDINATES, _FIRST_COORDINATES = 12, 4
"""So many coordinates are written; of more, the first few that are not 0."""
_MOST_TERMS = 16


def number_words(value: Fraction) -> str:
    """Return a rational as ``p/q``, or where that is long as a rounded decimal with dots.

    Examples
    --------
    >>> number_words(Fraction(-2, 3)), number_words(Fraction(2 * 10**60 + 1, 3 * 10**60))
    ('-2/3', '0.6666666667...')
    """
    if value.numerator.bit_length() + value.denominator.bit_length() <= _LONGEST_BITS:
        text = format_fraction(value)
        if len(text) <= _LONGEST:
            return text
    spelling = Numbers(digits=_DIGITS).spell(abs(value))
    power = f" x 10^{spelling.exponent}" if spelling.exponent else ""
    sign = "-" if value < 0 else ""
    return f"{sign}{spelling.numerator}{_DOTS}{power}"


def point_words(point: Iterable[Fraction | int]) -> str:
    """Return a point or a vector in words; of a long one the first coordinates that are not 0.

    Examples
    --------
    >>> point_words((Fraction(1, 2), 3)), point_words([Fraction(3)])
    ('(1/2, 3)', '3')
    >>> point_words([0] * 20 + [1, 2, 3, 4, 5, 6, 7]), point_words([0] * 20)
    ('(x21 = 1, x22 = 2, x23 = 3, x24 = 4, and 3 more; 0 elsewhere)', '(0 in 20 coordinates)')
    """
    numbers = [Fraction(entry) for entry in point]
    if len(numbers) <= _MOST_COORDINATES:
        entries = [number_words(entry) for entry in numbers]
        return entries[0] if len(entries) == 1 else f"({', '.join(entries)})"
    named = [f"x{k} = {number_words(entry)}" for k, entry in enumerate(numbers, 1) if entry]
    if not named:
        return f"(0 in {len(numbers)} coordinates)"
    left = len(named) - _FIRST_COORDINATES
    parts = named[:_FIRST_COORDINATES] + ([f"and {left} more"] if left > 0 else [])
    return f"({', '.join(parts)}{'' if len(named) == len(numbers) else '; 0 elsewhere'})"


def map_words(found: AffineMap) -> str:
    """Return an affine map in words: ``x+2y``, or ``(x, y-1)`` for several outputs.

    Examples
    --------
    >>> map_words(AffineMap.of([[1, 2], [0, "1/3"]], [0, -1]))
    '(x+2y, (1/3)y-1)'
    >>> map_words(AffineMap.of([range(20)], [5]))[-28:]
    '15x16+16x17+[3 more terms]+5'
    """
    outputs = [_function_words(w, b) for w, b in zip(found.weight, found.bias, strict=True)]
    return outputs[0] if len(outputs) == 1 else f"({', '.join(outputs)})"


def _function_words(weight: Sequence[Fraction], bias: Fraction) -> str:
    names = variable_names(len(weight))
    used = [(w, name) for w, name in zip(weight, names, strict=True) if w]
    kept, left = used[:_MOST_TERMS], len(used[_MOST_TERMS:])
    if left:
        kept.append((Fraction(1), f"[{left} more terms]"))
    coefficients, terms = [w for w, _ in kept], [name for _, name in kept]
    return format_affine(coefficients, bias, terms, number=_coefficient_words)


def _coefficient_words(size: Fraction) -> str:
    text = number_words(size)
    return f"({text})" if " " in text else text


def volume_words(volume: Fraction | None) -> str:
    """Return a volume in words; None is infinite."""
    return "infinite" if volume is None else number_words(volume)


def share_words(part: Fraction | None, whole: Fraction | None) -> str:
    """Return which share of a domain a part is, or nothing where the domain is unbounded.

    Examples
    --------
    >>> share_words(Fraction(1), Fraction(3)), share_words(Fraction(1), None)
    (', 1/3 of the domain', '')
    """
    if part is None or whole is None:
        return ""
    share = part / whole
    names = {Fraction(0): "nothing", Fraction(1): "all"}
    return f", {names.get(share) or number_words(share)} of the domain"


def note_words(lines: Iterable[str]) -> list[str]:
    """Return a line on rounded numbers, if there are any in some lines.

    Examples
    --------
    >>> note_words(["the mean is 2/3"]), note_words(["the mean is 0.6666666667..."])
    ([], ['numbers with ... are rounded to 10 digits; --json has them whole'])
    """
    rounded = any(_DOTS in line for line in lines)
    return [
        f"numbers with {_DOTS} are rounded to {_DIGITS} digits; --json has them whole"
    ] * rounded


def tell(lines: Sequence[str], *, rest: str = "  ") -> None:
    """Print the lines of an answer, wrapped, the note on rounded numbers, and an empty line."""
    for line in [*lines, *note_words(lines)]:
        click.echo(wrapped(line, rest=rest, columns=width()))
    click.echo()
