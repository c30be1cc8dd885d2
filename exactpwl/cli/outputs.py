"""Which outputs a question is about: those that ``--output`` names, or each one.

A combination is written as `certify` takes it, such as y2 or 'y1 - y2'.  With it come the words in
which answers speak of it, of a region, and of the value at a point.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import click

from exactpwl.certificate.question import parse_combination
from exactpwl.cli.numerals import number_words, point_words
from exactpwl.pattern import Pattern
from exactpwl.region import Region

__all__ = [
    "NOTHING_WRITTEN",
    "Combination",
    "combinations",
    "outputs_option",
    "pattern_words",
    "region_words",
    "value_words",
]

Combination = tuple[str, tuple[Fraction, ...]]
"""A name in words, and one coefficient for each output."""

NOTHING_WRITTEN = (
    "no certificate is written: the points above are the proof, by evaluating the network there"
)

_LONGEST_PATTERN = 60


def outputs_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--output TEXT``, which may be given several times."""
    return click.option(
        "--output",
        "outputs",
        multiple=True,
        metavar="TEXT",
        help="Ask about this output or combination, such as y2 or 'y1 - y2'; given several times, "
        "about each. Without it each output is asked about.",
    )(command)


def combinations(texts: Sequence[str], outputs: int) -> list[Combination]:
    """Return the combinations that texts name; without one, each output.

    Raises
    ------
    OptionError
        If a text names no combination of the outputs.

    Examples
    --------
    >>> combinations([], 1)
    [('y', (Fraction(1, 1),))]
    >>> [name for name, _ in combinations([], 2)], combinations(["y2-y1"], 2)
    (['y1', 'y2'], [('y2-y1', (Fraction(-1, 1), Fraction(1, 1)))])
    """
    names = ["y"] if outputs == 1 else [f"y{k + 1}" for k in range(outputs)]
    return [(text, parse_combination(text, outputs)) for text in texts or names]


def region_words(region: Region) -> str:
    """Return the number of a region, and its pattern or the beginning of it."""
    if not str(region.pattern):
        return f"region {region.index}"
    return f"region {region.index}, pattern {pattern_words(region.pattern)}"


def pattern_words(pattern: Pattern) -> str:
    """Return a pattern, or the beginning of a long one.

    Examples
    --------
    >>> pattern_words(Pattern.parse("10|1"))
    '10|1'
    >>> pattern_words(Pattern.parse("1" * 70))[-16:]
    '1111 and 10 more'
    """
    text = str(pattern) or "(no kinks)"
    left = len(text) - _LONGEST_PATTERN
    return f"{text[:_LONGEST_PATTERN]} and {left} more" if left > 0 else text


def value_words(name: str, point: Sequence[Fraction], value: Fraction) -> str:
    """Return what a combination is at a point, in words.

    Examples
    --------
    >>> value_words("y1 - y2", (Fraction(1, 2), Fraction(0)), Fraction(3))
    'y1 - y2 = 3 at (1/2, 0)'
    """
    return f"{name} = {number_words(value)} at {point_words(point)}"
