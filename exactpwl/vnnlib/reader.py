"""VNN-LIB files of versions 1.0 and 2.0 as exact queries.

The version is that of the file's ``(vnnlib-version <2.0>)``.  Where there is none, a file that
begins with ``(declare-network`` is of version 2, any other of version 1.

Version 1.0 is the part of SMT-LIB that the competition uses: ``declare-const`` and ``assert`` in
any order, with ``not``, ``true`` and ``false``, and chains such as ``(<= 0 X_0 1)``; commands
without a meaning here (``set-logic``, ``check-sat``) are passed over.  Version 2.0 has networks,
then assertions.  Both have decimals with exponents here, and ``=`` and ``==`` are the same.

References
----------
Demarchi, Guidotti, Pulina and Tacchella, "Supporting Standardization of Neural Networks
Verification with VNN-LIB and CoCoNet" (FoMLAS 2023); Roy, Antony, Gimelli and Daggitt, "VNN-LIB
2.0: Rigorous Foundations for Neural Network Verification" (2026), arXiv:2605.07451.
"""

from __future__ import annotations

from pathlib import Path

from exactpwl.vnnlib.constraints import Constraint
from exactpwl.vnnlib.declarations import NumberScope, TensorScope
from exactpwl.vnnlib.expressions import Lookup, read_assertion
from exactpwl.vnnlib.formulas import Formula, Join, flattened
from exactpwl.vnnlib.queries import Query
from exactpwl.vnnlib.tokens import Cursor, Source, Token, read_source

__all__ = ["load_query", "parse_query"]

_PASSED_OVER = ("set-logic", "set-info", "check-sat", "get-model")


def load_query(path: str | Path) -> Query:
    """Read a VNN-LIB file; gzip-compressed if its name ends in ``.gz``.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    Query
        Its numbers are exactly the decimals of the file.

    Raises
    ------
    FormatError
        If the file cannot be read; a `VNNLIBError`, with line and column, if it is not VNN-LIB.

    Examples
    --------
    >>> import tempfile
    >>> text = "(declare-const X_0 Real) (declare-const Y_0 Real) (assert (!= X_0 Y_0))"
    >>> query = parse_query(text)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     query.save(f"{folder}/differ.vnnlib.gz")
    ...     load_query(f"{folder}/differ.vnnlib.gz") == query
    True
    """
    return _read(read_source(path))


def parse_query(text: str) -> Query:
    """Read a VNN-LIB text.

    Raises
    ------
    VNNLIBError
        With line and column, if it is not VNN-LIB.

    Examples
    --------
    >>> query = parse_query('''
    ...     (vnnlib-version <2.0>)
    ...     (declare-network f (declare-input X real [2]) (declare-output Y real [1]))
    ...     (assert (<= Y[0] (+ X[1] (* 0.1 X[0]))))
    ... ''')
    >>> query.version, query.input_names, query.formula[0].offset, query.holds((1, 2), ("2.1",))
    ((2, 0), ('X[0]', 'X[1]'), 0, True)
    >>> parse_query("(declare-const X_0 Int)")
    Traceback (most recent call last):
    ...
    exactpwl.errors.VNNLIBError: line 1, column 20: the type Real is required, got 'Int'; inputs
    and outputs are real numbers
    """
    return _read(Source(text))


def _read(source: Source) -> Query:
    cursor = Cursor(source)
    version = _version(cursor)
    if version[0] == 1:
        return _first_version(cursor, version)
    return _second_version(cursor, version)


def _version(cursor: Cursor) -> tuple[int, int]:
    first = cursor.peek(1)
    if first.text != "vnnlib-version":
        return (2, 0) if first.text == "declare-network" else (1, 0)
    cursor.mark("(", "before the version")
    cursor.take()
    token = cursor.kind("version", "a version such as <2.0>")
    cursor.mark(")", "after the version")
    known = {"<1.0>": (1, 0), "<2.0>": (2, 0)}
    if token.text not in known:
        raise cursor.refuse(token, "version <1.0> or <2.0>")
    return known[token.text]


def _first_version(cursor: Cursor, version: tuple[int, int]) -> Query:
    scope = NumberScope()
    asserted = _Asserted(1, scope.lookup)
    while cursor.peek().kind != "end":
        cursor.mark("(", "of a command")
        head = cursor.word("declare-const or assert")
        if head.text in ("declare-const", "declare-fun"):
            scope.declare(cursor, head)
        elif head.text == "assert":
            asserted.read(cursor, head)
        elif head.text in _PASSED_OVER:
            _pass_over(cursor, head)
        else:
            raise cursor.refuse(head, "declare-const or assert", _other_command(head))
    return Query(version, (scope.network(cursor),), asserted.formula(cursor))


def _other_command(head: Token) -> str:
    if head.text in ("declare-network", "vnnlib-version"):
        return "a file of version 2 begins with (vnnlib-version <2.0>)"
    return ""


def _second_version(cursor: Cursor, version: tuple[int, int]) -> Query:
    scope = TensorScope()
    asserted = _Asserted(2, scope.lookup)
    while cursor.peek().kind != "end":
        cursor.mark("(", "of a network or an assertion")
        head = cursor.word("declare-network or assert")
        if head.text == "declare-network" and not asserted.count:
            scope.declare(cursor)
        elif head.text == "assert" and scope.networks:
            asserted.read(cursor, head)
        elif head.text in ("declare-network", "assert"):
            raise cursor.error(head, "networks are declared first, assertions come after them")
        else:
            raise cursor.refuse(head, "declare-network or assert")
    if not scope.networks:
        raise cursor.refuse(cursor.peek(), "a network (declare-network ...)")
    return Query(version, tuple(scope.networks), asserted.formula(cursor))


def _pass_over(cursor: Cursor, head: Token) -> None:
    """Go past a command that says nothing about inputs and outputs."""
    while not cursor.at(")"):
        token = cursor.take()
        if token.kind == "end" or token.text == "(":
            raise cursor.refuse(token, f"a closing parenthesis for {head}")
    cursor.take()


class _Asserted:
    """The conditions of all assertions, of which the query is the conjunction."""

    def __init__(self, version: int, lookup: Lookup) -> None:
        self.version = version
        self.lookup = lookup
        self.steps: list[Constraint | Join] = []
        self.count = 0

    def read(self, cursor: Cursor, head: Token) -> None:
        self.steps += read_assertion(cursor, head, self.version, self.lookup)
        self.count += 1

    def formula(self, cursor: Cursor) -> Formula:
        if not self.count:
            raise cursor.refuse(
                cursor.peek(),
                "at least one assertion",
                "(assert (>= Y_0 0.0)) is one; a file without any would be satisfied everywhere",
            )
        return flattened((*self.steps, Join("and", self.count)))
