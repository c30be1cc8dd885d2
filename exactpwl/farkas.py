"""Farkas certificates: why a system of linear inequalities has no solution, in one line.

Take each inequality ``a.x + b >= 0`` a non-negative number of times, so that the variables cancel.
What is left is a statement about a number: ``-1 >= 0``, or ``0 > 0`` where a strict inequality
took part.  It is false, so no x satisfies all of them.  Farkas' lemma (1902), and for systems with
strict rows Motzkin's transposition theorem (1936), say that this never misses: every system
without a solution has such multipliers, rational ones where the system is rational.  An equation
may be taken any number of times, also a negative one.

Finding multipliers takes a linear program (`exactpwl.polyhedron`); believing them takes the few
additions below, which share nothing with it.

References
----------
J. Farkas, Theorie der einfachen Ungleichungen, J. reine angew. Math. 124 (1902), 1-27,
doi:10.1515/crll.1902.124.1.  A. Schrijver, Theory of Linear and Integer Programming (1986), 7.8.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from exactpwl.errors import CertificateError
from exactpwl.formula import NumberFormat, format_inequality, latex_fraction, latex_inequality
from exactpwl.inequality import Row, dot
from exactpwl.rationals import format_fraction

__all__ = ["FarkasCertificate", "Multipliers", "combine"]

Multipliers = tuple[tuple[int, Fraction], ...]
"""Pairs of a row's index and its multiplier; rows that are not named have multiplier 0."""

_RELATIONS = (">=", ">", "=")


def combine(
    rows: Sequence[Row], multipliers: Sequence[Fraction]
) -> tuple[tuple[Fraction, ...], Fraction]:
    """Return the sum of the rows, each taken as often as its multiplier says.

    Examples
    --------
    >>> combine([((1, 1), 0), ((-1, -1), -1)], [Fraction(1), Fraction(1)])
    ((Fraction(0, 1), Fraction(0, 1)), Fraction(-1, 1))
    """
    columns = zip(*(normal for normal, _ in rows), strict=True)
    normal = tuple(dot(multipliers, column) for column in columns)
    return normal, dot(multipliers, [offset for _, offset in rows])


@dataclass(frozen=True)
class FarkasCertificate:
    """A proof that some inequalities have no common solution.

    Parameters
    ----------
    rows : tuple of (normal, offset)
        Exact: ints or Fractions; ``normal . x + offset`` is compared with 0.
    multipliers : tuple of Fraction
        One for each row.
    relations : tuple of {">=", ">", "="}, optional
        How each row compares with 0; ``>=`` by default.
    origins : tuple of str, optional
        Where each row comes from, in words; empty by default.

    Raises
    ------
    ValueError
        If the tuples differ in length or a relation is unknown.  That the multipliers prove
        something is *not* checked on construction: that is what `verify` is for.

    Examples
    --------
    >>> rows = (((-1, -1), -1), ((1, 1), 0))
    >>> certificate = FarkasCertificate(rows, (Fraction(1, 2), Fraction(1, 2)))
    >>> certificate.is_valid
    True
    >>> print(certificate)
    (x+y >= 0) + (-x-y-1 >= 0) gives -1 >= 0
    """

    rows: tuple[Row, ...]
    multipliers: tuple[Fraction, ...]
    relations: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        count = len(self.rows)
        object.__setattr__(self, "relations", tuple(self.relations) or (">=",) * count)
        object.__setattr__(self, "origins", tuple(self.origins) or ("",) * count)
        for name in ("multipliers", "relations", "origins"):
            if len(getattr(self, name)) != count:
                raise ValueError(
                    f"{count} rows need {count} {name}, got {len(getattr(self, name))}"
                )
        for relation in self.relations:
            if relation not in _RELATIONS:
                raise ValueError(f"a relation is one of >=, >, =; got {relation!r}")

    @classmethod
    def of(
        cls,
        rows: Sequence[Row],
        multipliers: Iterable[tuple[int, Fraction]],
        relations: Sequence[str] = (),
        origins: Sequence[str] = (),
    ) -> FarkasCertificate:
        """Keep of a system the rows that a certificate uses.

        Parameters
        ----------
        rows : sequence of (normal, offset)
            The whole system.
        multipliers : iterable of (index, Fraction)
            As `exactpwl.polyhedron` returns them.
        relations, origins : sequence of str, optional
            One for each row of the whole system.
        """
        used = [(i, y) for i, y in multipliers if y]
        return cls(
            tuple(rows[i] for i, _ in used),
            tuple(y for _, y in used),
            tuple(relations[i] for i, _ in used) if relations else (),
            tuple(origins[i] for i, _ in used) if origins else (),
        )

    @property
    def conclusion(self) -> tuple[Fraction, str]:
        """The number that is left and how the sum says that it compares with 0."""
        strict = any(y and r == ">" for y, r in zip(self.multipliers, self.relations, strict=True))
        weak = any(y and r != "=" for y, r in zip(self.multipliers, self.relations, strict=True))
        relation = ">" if strict else ">=" if weak else "="
        return combine(self.rows, self.multipliers)[1], relation

    def verify(self) -> None:
        """Check the proof with additions alone.

        Raises
        ------
        CertificateError
            If an inequality has a negative multiplier, the variables do not cancel, or what is
            left is a true statement.
        """
        for i, (y, relation) in enumerate(zip(self.multipliers, self.relations, strict=True)):
            if y < 0 and relation != "=":
                raise CertificateError(
                    f"row {i} is an inequality and needs a multiplier >= 0, "
                    f"got {format_fraction(y)}"
                )
        normal, _ = combine(self.rows, self.multipliers)
        if any(normal):
            left = ", ".join(map(format_fraction, normal))
            raise CertificateError(f"the variables must cancel, but their sum is ({left})")
        number, relation = self.conclusion
        if _holds(number, relation):
            raise CertificateError(
                f"the sum must be false, but {format_fraction(number)} {relation} 0 is true and "
                "refutes nothing"
            )

    @property
    def is_valid(self) -> bool:
        """Whether `verify` passes."""
        try:
            self.verify()
        except CertificateError:
            return False
        return True

    def normalized(self) -> FarkasCertificate:
        """Return the same proof for printing.

        The multipliers become the least integers, unused rows go, and rows whose first variable
        has a positive coefficient come first.
        """
        used = [i for i, y in enumerate(self.multipliers) if y]
        used.sort(key=lambda i: next((c for c in self.rows[i][0] if c), 0) <= 0)
        common = math.lcm(*(self.multipliers[i].denominator for i in used))
        divisor = math.gcd(*(int(self.multipliers[i] * common) for i in used)) or 1
        return FarkasCertificate(
            tuple(self.rows[i] for i in used),
            tuple(self.multipliers[i] * common / divisor for i in used),
            tuple(self.relations[i] for i in used),
            tuple(self.origins[i] for i in used),
        )

    def sentence(
        self, names: Sequence[str] | None = None, *, number: NumberFormat = format_fraction
    ) -> str:
        """Return the proof in words, such as ``(x+y >= 0) + (-x-y-1 >= 0) gives -1 >= 0``.

        Parameters
        ----------
        names : sequence of str, optional
            The variables' names; x, y by default.
        number : callable, optional
            Spells a non-negative rational.
        """
        proof = self.normalized()
        left, relation = proof.conclusion
        conclusion = format_inequality((), left, relation=relation, number=number)
        if len(proof.rows) == 1 and not any(proof.rows[0][0]):
            return f"{conclusion} is false"
        terms = proof._terms(
            lambda row, r: format_inequality(row[0], row[1], names, relation=r, number=number),
            number,
            "*",
        )
        return f"{_join(terms)} gives {conclusion}"

    def latex(
        self, names: Sequence[str] | None = None, *, number: NumberFormat = latex_fraction
    ) -> str:
        r"""Return the proof as LaTeX for math mode.

        Examples
        --------
        >>> rows = (((1,), 0), ((-2,), -1))
        >>> print(FarkasCertificate(rows, (Fraction(2), Fraction(1))).latex())
        2\,(x \ge 0) + (-2x-1 \ge 0) \;\Longrightarrow\; -1 \ge 0
        """
        proof = self.normalized()
        left, relation = proof.conclusion
        conclusion = latex_inequality((), left, relation=relation, number=number)
        if len(proof.rows) == 1 and not any(proof.rows[0][0]):
            return rf"{conclusion} \text{{ is false}}"
        terms = proof._terms(
            lambda row, r: latex_inequality(row[0], row[1], names, relation=r, number=number),
            number,
            r"\,",
        )
        return rf"{_join(terms)} \;\Longrightarrow\; {conclusion}"

    def __str__(self) -> str:
        return self.sentence()

    def _terms(
        self, inequality: Callable[[Row, str], str], number: Callable[[Fraction], str], times: str
    ) -> list[tuple[bool, str]]:
        terms = []
        for row, y, relation in zip(self.rows, self.multipliers, self.relations, strict=True):
            factor = "" if abs(y) == 1 else f"{number(abs(y))}{times}"
            terms.append((y < 0, f"{factor}({inequality(row, relation)})"))
        return terms


def _holds(number: Fraction, relation: str) -> bool:
    return {">=": number >= 0, ">": number > 0, "=": number == 0}[relation]


def _join(terms: Sequence[tuple[bool, str]]) -> str:
    if not terms:
        return "nothing"
    (negative, first), *rest = terms
    return (
        ("-" if negative else "")
        + first
        + "".join(f" {'-' if minus else '+'} {term}" for minus, term in rest)
    )
