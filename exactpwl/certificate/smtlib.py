"""A partition as questions for solvers of linear real arithmetic, in SMT-LIB 2.

The split tree is written as nested scopes (``push``, ``pop``): a scope asserts on which side of a
kink its cell is.  Where one side of a kink is empty, the file asserts that side and expects
``unsat``; at a leaf it asserts the witness and expects ``sat``.  All rows are strict, so a witness
is in the interior.  Before each ``check-sat`` stands the expected answer, as in the benchmarks of
the SMT-LIB: ``(set-info :status unsat)``.

What a solver confirms is each refutation and each witness, found anew and without the multipliers.
That the questions cover the domain is the tree's form, and that their rows are those of the network
is exact computation here; `exactpwl-check` and `exactpwl.certificate.coq` recompute both.

References
----------
C. Barrett, P. Fontaine, C. Tinelli, The SMT-LIB Standard: Version 2.6 (2017), logic QF_LRA.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from exactpwl.certificate.certificate import Certificate
from exactpwl.certificate.claims import Partition
from exactpwl.certificate.files import write_lines
from exactpwl.certificate.numerals import numeral
from exactpwl.certificate.steps import Decided, Leaf, Split, Step, steps
from exactpwl.engine.events import Listener
from exactpwl.errors import OptionError
from exactpwl.network import Kink
from exactpwl.rationals import ordinary, primitive
from exactpwl.stages import Stages

__all__ = ["save_smtlib", "smtlib_lines"]

Row = tuple[int, ...]


def save_smtlib(
    certificate: Certificate, path: str | Path, listener: Listener | None = None
) -> None:
    """Write every refutation and every witness of a partition as an SMT-LIB 2 problem.

    Parameters
    ----------
    certificate : Certificate
        Of the claim `Partition`.
    path : str or Path
        The file, whose name should end in ``.smt2``.
    listener : Listener, optional
        Hears of the regions as they are written.

    Raises
    ------
    OptionError
        If the claim is another one.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> from exactpwl.certificate import certify_partition
    >>> save_smtlib(certify_partition(gallery.get("xor")), "xor.smt2")  # doctest: +SKIP
    """
    write_lines(path, smtlib_lines(certificate, listener))


def smtlib_lines(certificate: Certificate, listener: Listener | None = None) -> Iterator[str]:
    """Yield the lines of the file.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> from exactpwl.certificate import certify_partition
    >>> lines = list(smtlib_lines(certify_partition(gallery.get("xor"))))
    >>> sum("unsat" in line for line in lines), lines.count("(set-info :status sat)")
    (1, 3)
    """
    if not isinstance(certificate.claim, Partition):
        raise OptionError(
            "SMT-LIB problems can be written of the claim that these are all regions, not of "
            f"{type(certificate.claim).__name__.lower()}"
        )
    (network,) = certificate.networks
    yield "(set-info :smt-lib-version 2.6)"
    yield "(set-logic QF_LRA)"
    for variable in range(network.input_dimension):
        yield f"(declare-fun x{variable} () Real)"
    for normal, offset in certificate.domain.rows:
        yield _positive((*normal, offset))
    walk = _Walk(network.stages)
    for step in steps(network.stages, certificate.domain):
        yield from walk.told(step)
        if listener is not None and isinstance(step, Leaf):
            listener.regions(1, step.share)
    if listener is not None:
        listener.finished(certificate.claim.regions)
    yield f"; {certificate.claim.regions} regions"


@dataclass(frozen=True)
class _Node:
    """A cell: its stage, the stage's functions there, and its kinks that are open and above."""

    stage: int
    rows: Any
    left: int
    above: int
    scopes: int


class _Walk:
    """The walk over the tree: the node at hand, and the upper sides of splits that wait."""

    def __init__(self, stages: Stages) -> None:
        self.stages = stages.stages
        self.waiting: list[tuple[_Node, int]] = []
        self.node = self._entered(0, stages.identity(), 0)

    def told(self, step: Step) -> Iterator[str]:
        """Yield the lines of a step, and go on to the next node."""
        if isinstance(step, Leaf):
            yield from self._leaf(step)
            return
        kink = self._index(step.kink)
        row = self._row(self.node, kink)
        if isinstance(step, Decided):
            missing, kept = (_opposite(row), row) if step.above else (row, _opposite(row))
            yield from _question([_positive(missing)], "unsat", f"kink {_name(step.kink)}")
            yield _positive(kept)
            self.node = self._decided(self.node, kink, above=step.above)
        else:
            yield from self._split(step, kink, row)

    def _split(self, step: Split, kink: int, row: Row) -> Iterator[str]:
        self.waiting.append((self.node, kink))
        yield f"(push 1) ; below kink {_name(step.kink)}"
        yield _positive(_opposite(row))
        self.node = self._decided(self.node, kink, above=False, scopes=1)

    def _leaf(self, leaf: Leaf) -> Iterator[str]:
        pattern = "|".join(" ".join(map(str, pieces)) for pieces in leaf.pattern)
        point = ordinary(leaf.witness)
        equations = [f"(assert (= x{i} {_quotient(c)}))" for i, c in enumerate(point)]
        yield from _question(equations, "sat", f"pattern {pattern}")
        if not self.waiting:
            if self.node.scopes:
                yield f"(pop {self.node.scopes})"
            return
        node, kink = self.waiting.pop()
        yield f"(pop {self.node.scopes - node.scopes})"
        yield "(push 1) ; above it"
        yield _positive(self._row(node, kink))
        self.node = self._decided(node, kink, above=True, scopes=1)

    def _entered(self, stage: int, hidden: Any, scopes: int) -> _Node:
        """Return the node where a stage begins; kinks that are constant there are decided."""
        if stage == len(self.stages):
            return _Node(stage, None, 0, 0, scopes)
        rows = self.stages[stage].lift(hidden).tolist()
        left = above = 0
        for kink in range(len(self.stages[stage].kinks)):
            *normal, offset = self.stages[stage].kink_row(rows, kink)
            left |= any(normal) << kink
            above |= (not any(normal) and offset > 0) << kink
        node = _Node(stage, rows, left, above, scopes)
        return node if left else self._next(node)

    def _decided(self, node: _Node, kink: int, *, above: bool, scopes: int = 0) -> _Node:
        left = node.left & ~(1 << kink)
        mask = node.above | above << kink
        made = _Node(node.stage, node.rows, left, mask, node.scopes + scopes)
        return made if left else self._next(made)

    def _next(self, node: _Node) -> _Node:
        stage = self.stages[node.stage]
        hidden = stage.act(node.rows, stage.pieces_of(node.above))
        return self._entered(node.stage + 1, hidden, node.scopes)

    def _row(self, node: _Node, kink: int) -> Row:
        return primitive(self.stages[node.stage].kink_row(node.rows, kink))

    def _index(self, kink: Kink) -> int:
        """Return the place of a kink in its stage."""
        neurons = [neuron for neuron, _, _ in self.stages[self.node.stage].kinks]
        return neurons.index(kink.neuron) + kink.breakpoint


def _question(assertions: Sequence[str], answer: str, comment: str) -> Iterator[str]:
    yield f"(push 1) ; {comment}"
    yield from assertions
    yield f"(set-info :status {answer})"
    yield "(check-sat)"
    yield "(pop 1)"


def _positive(row: Row) -> str:
    """Return the assertion row . (x, 1) > 0."""
    *normal, offset = row
    terms = [f"(* {_real(c)} x{i})" for i, c in enumerate(normal) if c]
    terms += [_real(offset)] * bool(offset or not terms)
    total = f"(+ {' '.join(terms)})" if len(terms) > 1 else terms[0]
    return f"(assert (> {total} 0.0))"


def _opposite(row: Row) -> Row:
    return tuple(-c for c in row)


def _real(number: int) -> str:
    return f"{numeral(number)}.0" if number >= 0 else f"(- {numeral(-number)}.0)"


def _quotient(number: Fraction) -> str:
    if number.denominator == 1:
        return _real(number.numerator)
    return f"(/ {_real(number.numerator)} {_real(number.denominator)})"


def _name(kink: Kink) -> str:
    return ".".join(map(str, kink))
