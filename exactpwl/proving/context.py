"""What all sections of a network's document share: the complex, the page, how to write on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import chain
from math import inf, prod
from typing import TYPE_CHECKING

from exactpwl.affine import AffineMap
from exactpwl.checks.effort import Effort
from exactpwl.formula import variable_names
from exactpwl.naming import latex_neuron
from exactpwl.proving.document import Document
from exactpwl.proving.markup import quoted
from exactpwl.tables.notation import LatexNotation
from exactpwl.tables.numbers import Numbers
from exactpwl.tables.region_columns import by_layer

if TYPE_CHECKING:
    from exactpwl.checks.result import CheckResult
    from exactpwl.complex import PolyhedralComplex

__all__ = ["Context", "pattern_code", "plural"]

_LONG = 20
"""Signs of a pattern that must not be broken."""


@dataclass
class Context:
    """A document in the making.

    Attributes
    ----------
    complex : PolyhedralComplex
        What it is about.
    document : Document
    most : int
        Rows of a table.
    notation : LatexNotation
        Writes numbers, points and inequalities.
    effort : Effort
        For the checks: everything, no sample.
    """

    complex: PolyhedralComplex
    document: Document
    most: int
    notation: LatexNotation = field(default_factory=lambda: LatexNotation(Numbers()))
    effort: Effort = field(default_factory=lambda: Effort(inf))

    def run(
        self, check: Callable[[PolyhedralComplex, Effort], CheckResult], statement: str = ""
    ) -> None:
        """Run a check of the complex and write down what it says."""
        result = check(self.complex, self.effort)
        if result.status == "not applicable":
            self.document.say(
                f"(The check called {result.name} does not apply: {quoted(result.evidence)}.)"
            )
            return
        self.document.check(
            statement or quoted(result.statement),
            result.passed,
            quoted(result.failure or result.evidence),
        )

    def shown(self, things: Sequence[object], noun: str) -> None:
        """Say that a table shows the first of many, where it does."""
        if len(things) > self.most:
            self.document.say(
                f"The table shows the first {self.most} of {len(things)} {noun}: more would fill "
                f"the page and teach nothing new. What is checked is checked for all."
            )

    def inequality(self, normal: Sequence[int], offset: int) -> str:
        """Write an inequality, solved for reading, as mathematics of a sentence."""
        return f"${self.notation.inequality(normal, offset)}$"

    def point(self, point: Sequence[Fraction | int]) -> str:
        """Write a point as mathematics of a sentence."""
        return f"${self.notation.point(point)}$"

    def map_(self, affine_map: AffineMap) -> str:
        """Write the values of an affine map as mathematics of a sentence."""
        rows = zip(affine_map.weight, affine_map.bias, strict=True)
        entries = [self.notation.affine(weight, bias) for weight, bias in rows]
        values = r",\; ".join(entries)
        return f"${values}$" if len(entries) == 1 else f"$({values})$"

    @property
    def function(self) -> str:
        """The network's function with its variables, in LaTeX."""
        names = variable_names(self.complex.dimension)
        shown = names if len(names) <= 4 else (names[0], r"\ldots", names[-1])
        return f"f({','.join(map(latex_neuron, shown))})"

    @property
    def architecture(self) -> str:
        """The network's sizes and activations."""
        return self.complex.network.architecture.replace("->", r"$\to$")

    @property
    def pattern_count(self) -> int:
        """The number of all patterns, whether a point has them or not."""
        return prod(chain.from_iterable(self.complex.network.pieces))

    @property
    def where(self) -> str:
        """The domain in words."""
        domain = self.complex.domain
        if domain.is_whole_space:
            return rf"$\mathbf{{R}}^{{{domain.dimension}}}$"
        return str(domain)


def plural(count: int, noun: str) -> str:
    """Return a number of things.

    Examples
    --------
    >>> plural(1, "region"), plural(3, "region")
    ('1 region', '3 regions')
    """
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def pattern_code(pattern: str) -> str:
    """Return a pattern for a sentence; a long one can be broken after each layer."""
    if not pattern:
        return "(no digit)"
    parts = [pattern] if len(pattern) <= _LONG else by_layer(pattern)
    return " ".join(f"`{part}`" for part in parts)
