"""Queries as VNN-LIB texts: what the reader reads back as an equal query.

The simplest form of each constraint is written, because most tools know no other: a bound
``(<= X_0 0.5)``, a comparison of two variables ``(<= Y_0 Y_1)``, and a weighted sum for the rest.
Numbers are decimals with a point and without an exponent, as the grammar of version 2.0 has it.
A bound that is no finite decimal, 1/3 say, stays exact as ``(<= (* 3.0 X_0) 1.0)``.
"""

from __future__ import annotations

import gzip
from fractions import Fraction
from pathlib import Path

from exactpwl.errors import FormatError
from exactpwl.vnnlib.constraints import Constraint
from exactpwl.vnnlib.decimals import decimal_text, is_finite_decimal
from exactpwl.vnnlib.formulas import Formula, conjuncts
from exactpwl.vnnlib.queries import NetworkDeclaration, Query, Tensor

__all__ = ["dumps_query", "write_text"]

_OPPOSITE = {">=": "<=", ">": "<"}


def dumps_query(query: Query) -> str:
    """Return a query as a VNN-LIB text of its version.

    Examples
    --------
    >>> from exactpwl.vnnlib import parse_query
    >>> text = "(declare-const X_0 Real) (declare-const Y_0 Real) (assert (< (* 8 X_0) (+ 1 0)))"
    >>> print(dumps_query(parse_query(text)))
    (declare-const X_0 Real)
    (declare-const Y_0 Real)
    <BLANKLINE>
    (assert (< X_0 0.125))
    <BLANKLINE>
    """
    if query.version[0] == 1:
        names = (*query.input_names, *query.output_names)
        head = [f"(declare-const {name} Real)" for name in names]
    else:
        head = ["(vnnlib-version <2.0>)", "", *map(_network, query.networks)]
    asserted = [f"(assert {_condition(part, query)})" for part in conjuncts(query.formula)]
    return "\n".join([*head, "", *asserted, ""])


def write_text(path: str | Path, text: str) -> None:
    """Write a text in UTF-8; gzip-compressed, always in the same way, if the name ends in ``.gz``.

    Raises
    ------
    FormatError
        If it cannot be written.
    """
    data = text.encode("utf-8")
    if Path(path).suffix == ".gz":
        data = gzip.compress(data, mtime=0)
    try:
        Path(path).write_bytes(data)
    except OSError as error:
        raise FormatError(f"cannot be written: {error.strerror}", path=str(path)) from None


def _network(network: NetworkDeclaration) -> str:
    lines = [f"(declare-network {network.name}"]
    if network.relation:
        lines.append(f"  ({network.relation} {network.other})")
    lines += [f"  (declare-input {_tensor(tensor)})" for tensor in network.inputs]
    lines += [f"  (declare-output {_tensor(tensor)})" for tensor in network.outputs]
    return "\n".join(lines) + ")"


def _tensor(tensor: Tensor) -> str:
    shape = ",".join(map(str, tensor.shape))
    node = "" if tensor.onnx_name is None else f' "{tensor.onnx_name}"'
    return f"{tensor.name} {tensor.element_type} [{shape}]{node}"


def _condition(formula: Formula, query: Query) -> str:
    """Return a condition in prefix notation, made from its end because the joins stand there."""
    pieces: list[str] = []
    open_joins: list[tuple[str, int]] = []
    for step in reversed(formula):
        if not isinstance(step, Constraint):
            pieces.append(")")
            open_joins.append((step.kind, step.count))
            continue
        pieces.append(_comparison(step, query))
        while open_joins:
            kind, left = open_joins.pop()
            pieces.append(" ")
            if left > 1:
                open_joins.append((kind, left - 1))
                break
            pieces.append(f"({kind}")
    return "".join(reversed(pieces))


def _comparison(constraint: Constraint, query: Query) -> str:
    relation = ">" if constraint.strict else ">="
    terms = [(query.input_names[i], Fraction(c)) for i, c in constraint.inputs]
    terms += [(query.output_names[i], Fraction(c)) for i, c in constraint.outputs]
    offset = Fraction(constraint.offset)
    if len(terms) == 1:
        ((name, coefficient),) = terms
        if is_finite_decimal(offset / coefficient):
            side = relation if coefficient > 0 else _OPPOSITE[relation]
            return f"({side} {name} {decimal_text(-offset / coefficient)})"
    if len(terms) == 2 and not offset and terms[0][1] == -terms[1][1]:
        (first, coefficient), (second, _) = terms
        side = relation if coefficient > 0 else _OPPOSITE[relation]
        return f"({side} {first} {second})"
    return f"({relation} {_sum(terms)} {decimal_text(-offset)})"


def _sum(terms: list[tuple[str, Fraction]]) -> str:
    products = [name if c == 1 else f"(* {decimal_text(c)} {name})" for name, c in terms]
    if not products:
        return "0.0"
    return products[0] if len(products) == 1 else f"(+ {' '.join(products)})"
