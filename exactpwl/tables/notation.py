r"""Mathematics in a cell: the same few things, in plain text and in LaTeX.

A cell holds affine functions, inequalities, points, directions, numbers or a proof.  Affine
functions come from `exactpwl.formula`, so a table says what a certificate and a caption say.  An
inequality is *solved* for reading: variables left, the constant right, the first coefficient
positive, ``x+y >= 1`` for the facet ``-1+x+y >= 0``; with one variable it becomes a bound,
``x <= 1/2``.  The numbers are spelled by `exactpwl.tables.numbers`; an item that holds a rounded
one is preceded by an approximation sign.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from exactpwl.farkas import FarkasCertificate
from exactpwl.formula import format_affine, latex_affine, latex_name
from exactpwl.rationals import ordinary
from exactpwl.tables.numbers import Numbers

__all__ = ["LatexNotation", "Notation", "PlainNotation"]


class Notation(ABC):
    """Writes the items of math cells.

    Parameters
    ----------
    numbers : Numbers
    """

    relations: Mapping[str, str]
    comma: str
    infinity: str
    approximately: str

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers
        self._written: dict[object, str] = {}

    def number(self, value: Fraction) -> str:
        """Write a number."""
        return self._item(self._signed(value))

    def affine(self, weight: Sequence[Fraction], bias: Fraction, name: str = "") -> str:
        """Write an affine function, as ``name = ...`` where it has a name."""
        text = self._function(weight, bias)
        if not name:
            return self._item(text)
        equals = self.approximately if self._take_rounded() else "= "
        return f"{self._name(name)} {equals}{text}"

    def inequality(self, normal: Sequence[int], offset: int) -> str:
        """Write ``normal . x + offset >= 0``, solved for reading.

        Both sides of a hyperplane have the same text but for the relation: the second is for free.
        """
        leading = next(n for n in normal if n)
        key = (tuple(normal), offset) if leading > 0 else (tuple([-n for n in normal]), -offset)
        known = self._written.get(key)
        if known is None:
            known = self._written[key] = self._solved(*key)
        return known.replace("\n", self.relations[">=" if leading > 0 else "<="])

    def _solved(self, normal: Sequence[int], offset: int) -> str:
        """Write a hyperplane whose first coefficient is positive, with a gap for the relation."""
        leading = next(n for n in normal if n)
        alone = sum(map(bool, normal)) == 1
        scale = leading if alone or self.numbers.digits is not None else 1
        left = self._function([Fraction(n, scale) for n in normal], Fraction(0))
        right = Fraction(-offset, scale) if scale != 1 else -offset
        return self._item(f"{left} \n {self._signed(right)}")

    def point(self, point: Sequence[Fraction | int]) -> str:
        """Write a point, or a direction; in one dimension just the number."""
        entries = [self._signed(c) for c in point]
        return self._item(entries[0] if len(entries) == 1 else f"({self.comma.join(entries)})")

    def vertex(self, generator: tuple[int, ...]) -> str:
        """Write the point x/t of a homogeneous vector (x, t); one text for all regions there."""
        known = self._written.get(generator)
        if known is None:
            known = self._written[generator] = self.point(ordinary(generator))
        return known

    @abstractmethod
    def proof(self, certificate: FarkasCertificate) -> list[str]:
        """Write a certificate's sentence, in fragments between which a line may be broken."""

    @abstractmethod
    def spelled(self, size: Fraction | int) -> str:
        """Write a non-negative number."""

    @abstractmethod
    def _function(self, weight: Sequence[Fraction], bias: Fraction) -> str: ...

    @abstractmethod
    def _name(self, name: str) -> str: ...

    def _signed(self, value: Fraction | int) -> str:
        return f"-{self.spelled(-value)}" if value.numerator < 0 else self.spelled(value)

    def _item(self, text: str) -> str:
        return f"{self.approximately}{text}" if self._take_rounded() else text

    def _take_rounded(self) -> bool:
        rounded = self.numbers.rounded_here
        self.numbers.rounded_here = False
        return rounded


class PlainNotation(Notation):
    """Plain text, for Markdown, CSV and HTML.

    Examples
    --------
    >>> plain = PlainNotation(Numbers())
    >>> plain.inequality((-1, 1), -2), plain.inequality((0, -4), 2)
    ('x-y <= -2', 'y <= 1/2')
    >>> PlainNotation(Numbers(digits=3)).point((Fraction(1, 3), Fraction(1)))
    '≈ (0.333, 1)'
    """

    relations = MappingProxyType({">=": ">=", "<=": "<="})
    comma = ", "
    infinity = "∞"
    approximately = "≈ "

    def proof(self, certificate: FarkasCertificate) -> list[str]:
        """Write the sentence, breakable before each sum sign and before the conclusion."""
        return re.split(r" (?=[-+] |gives )", certificate.sentence(number=self.spelled))

    def spelled(self, size: Fraction | int) -> str:
        """Write a non-negative number: ``1/2``, ``0.5``, ``1.5e-7``, ``1234567...890``."""
        numerator, denominator, exponent = self.numbers.spell(size)
        if exponent:
            return f"{numerator}e{exponent}"
        return f"{numerator}/{denominator}" if denominator else numerator

    def _function(self, weight: Sequence[Fraction], bias: Fraction) -> str:
        return format_affine(weight, bias, number=self.spelled)

    def _name(self, name: str) -> str:
        return name


class LatexNotation(Notation):
    r"""LaTeX for math mode.

    Examples
    --------
    >>> latex = LatexNotation(Numbers())
    >>> print(latex.affine([Fraction(1, 2), Fraction(-1)], Fraction(3), "f1"))
    f_{1} = \tfrac{1}{2}x-y+3
    >>> print(latex.number(Fraction(10**30 + 1)))
    1000000\ldots001
    """

    relations = MappingProxyType({">=": r"\ge", "<=": r"\le"})
    comma = ",\\,"
    infinity = r"\infty"
    approximately = r"\approx "

    def proof(self, certificate: FarkasCertificate) -> list[str]:
        """Write the sentence, breakable before each sum sign and before the conclusion."""
        return re.split(r" (?=[-+] |\\;\\Longrightarrow)", certificate.latex(number=self.spelled))

    def spelled(self, size: Fraction | int) -> str:
        r"""Write a non-negative number, a fraction with ``\tfrac``."""
        numerator, denominator, exponent = self.numbers.spell(size)
        if exponent:
            return rf"{numerator}\cdot 10^{{{exponent}}}"
        text = rf"\tfrac{{{numerator}}}{{{denominator}}}" if denominator else numerator
        return text.replace("...", r"\ldots")

    def _function(self, weight: Sequence[Fraction], bias: Fraction) -> str:
        return latex_affine(weight, bias, number=self.spelled)

    def _name(self, name: str) -> str:
        return latex_name(name)
