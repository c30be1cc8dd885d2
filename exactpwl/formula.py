"""Affine functions and inequalities as people write them, in plain text and in LaTeX.

Tables, certificates and captions all speak of the same few things: ``x+2y-1/2`` and ``x+y >= 1``.
They are written in one place, so that a reader meets one spelling.  The rules: two variables are
called x and y, three x, y, z, more x1, x2, ...; a term with coefficient 0 is left out, and a
coefficient 1 not written; a fraction before a variable stands in parentheses, ``(1/2)x``; the zero
function is ``0``.  How a number is spelled is a parameter, because a table may want decimals.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction

from exactpwl.rationals import format_fraction

__all__ = [
    "NumberFormat",
    "format_affine",
    "format_inequality",
    "latex_affine",
    "latex_fraction",
    "latex_inequality",
    "latex_name",
    "variable_names",
]

NumberFormat = Callable[[Fraction], str]
"""Spells one rational number."""

_LATEX_RELATIONS = {">=": r"\ge", "<=": r"\le", "=": "=", ">": ">", "<": "<"}


def variable_names(dimension: int) -> tuple[str, ...]:
    """Return the names of the inputs.

    Parameters
    ----------
    dimension : int
        The number of inputs.

    Returns
    -------
    tuple of str
        ``x``; ``x, y``; ``x, y, z``; and from four on ``x1, x2, ...``.

    Examples
    --------
    >>> variable_names(2), variable_names(4)
    (('x', 'y'), ('x1', 'x2', 'x3', 'x4'))
    """
    if dimension <= 3:
        return ("x", "y", "z")[:dimension]
    return tuple(f"x{i}" for i in range(1, dimension + 1))


def latex_name(name: str) -> str:
    """Return a variable's name in LaTeX: a number at its end becomes an index.

    Examples
    --------
    >>> latex_name("x12"), latex_name("y")
    ('x_{12}', 'y')
    """
    return re.sub(r"(\d+)$", r"_{\1}", name)


def latex_fraction(value: Fraction) -> str:
    r"""Write a rational in LaTeX, a proper fraction with ``\tfrac``.

    Examples
    --------
    >>> print(latex_fraction(Fraction(-1, 2)), latex_fraction(Fraction(3)))
    -\tfrac{1}{2} 3
    """
    numerator, _, denominator = format_fraction(abs(value)).partition("/")
    sign = "-" if value < 0 else ""
    return rf"{sign}\tfrac{{{numerator}}}{{{denominator}}}" if denominator else sign + numerator


def format_affine(
    coefficients: Sequence[Fraction | int],
    constant: Fraction | int = 0,
    names: Sequence[str] | None = None,
    *,
    number: NumberFormat = format_fraction,
) -> str:
    """Write the function x -> coefficients . x + constant in plain text.

    Parameters
    ----------
    coefficients : sequence of d rationals
    constant : rational
    names : sequence of d str, optional
        The variables; `variable_names` by default.
    number : callable, optional
        Spells a non-negative rational; a fraction, or a power of ten such as ``1e-7``, is put in
        parentheses before a variable.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If there are not as many names as coefficients.

    Examples
    --------
    >>> format_affine((1, 2), Fraction(-1, 2))
    'x+2y-1/2'
    >>> format_affine((Fraction(-1, 2), 0), 1)
    '-(1/2)x+1'
    >>> format_affine((0, 0))
    '0'
    """
    return _signed_sum(coefficients, constant, names, number, _text_term)


def latex_affine(
    coefficients: Sequence[Fraction | int],
    constant: Fraction | int = 0,
    names: Sequence[str] | None = None,
    *,
    number: NumberFormat = latex_fraction,
) -> str:
    r"""Write the function x -> coefficients . x + constant in LaTeX.

    The parameters are those of `format_affine`.

    Examples
    --------
    >>> print(latex_affine((1, Fraction(-3, 2), 0, 1), -1))
    x_{1}-\tfrac{3}{2}x_{2}+x_{4}-1
    """
    return _signed_sum(coefficients, constant, names, number, _latex_term)


def format_inequality(
    normal: Sequence[Fraction | int],
    offset: Fraction | int,
    names: Sequence[str] | None = None,
    *,
    relation: str = ">=",
    number: NumberFormat = format_fraction,
) -> str:
    """Write ``normal . x + offset >= 0`` with everything on the left.

    Parameters
    ----------
    normal, offset, names, number
        As in `format_affine`.
    relation : {">=", "<=", "=", ">", "<"}

    Examples
    --------
    >>> format_inequality((-1, -1), -1)
    '-x-y-1 >= 0'
    """
    return f"{format_affine(normal, offset, names, number=number)} {relation} 0"


def latex_inequality(
    normal: Sequence[Fraction | int],
    offset: Fraction | int,
    names: Sequence[str] | None = None,
    *,
    relation: str = ">=",
    number: NumberFormat = latex_fraction,
) -> str:
    r"""Write ``normal . x + offset >= 0`` in LaTeX; the parameters of `format_inequality`.

    Examples
    --------
    >>> print(latex_inequality((1, 1), Fraction(1, 2), relation=">"))
    x+y+\tfrac{1}{2} > 0
    """
    left = latex_affine(normal, offset, names, number=number)
    return f"{left} {_LATEX_RELATIONS[relation]} 0"


def _signed_sum(
    coefficients: Sequence[Fraction | int],
    constant: Fraction | int,
    names: Sequence[str] | None,
    number: NumberFormat,
    term: Callable[[Fraction, str, NumberFormat], str],
) -> str:
    chosen = variable_names(len(coefficients)) if names is None else names
    if len(chosen) != len(coefficients):
        raise ValueError(
            f"one name for each of the {len(coefficients)} variables is required, "
            f"got {len(chosen)}: {', '.join(chosen)}"
        )
    pairs = [(_fraction(c), name) for c, name in zip(coefficients, chosen, strict=True) if c]
    if constant or not pairs:
        pairs.append((_fraction(constant), ""))
    text = "".join(
        [
            f"-{term(-c, name, number)}" if c.numerator < 0 else f"+{term(c, name, number)}"
            for c, name in pairs
        ]
    )
    return text.removeprefix("+")


def _fraction(value: Fraction | int) -> Fraction:
    return value if isinstance(value, Fraction) else Fraction(value)


def _text_term(size: Fraction, name: str, number: NumberFormat) -> str:
    if not name:
        return number(size)
    if size == 1:
        return name
    spelled = number(size)
    return f"({spelled}){name}" if "/" in spelled or "e" in spelled else f"{spelled}{name}"


def _latex_term(size: Fraction, name: str, number: NumberFormat) -> str:
    if not name:
        return number(size)
    return latex_name(name) if size == 1 else f"{number(size)}{latex_name(name)}"
