"""Counterexamples in the form of the competition, and back.

A verifier that answers ``sat`` prints where: ``((X_0 0.5) (Y_0 1.25))`` for version 1.0, one line
``X[0,0]=0.5`` for each number for version 2.0.  The reader takes both, with or without the line
``sat``, the outer parentheses, and the outputs; it takes ``(define-fun X_0 () Real (/ 1.0 3.0))``,
as solvers print a model, too.  The inputs decide: outputs are what a tool computed, mostly in
floating point, and the exact ones come from the network.

What is written is exact or refused: a point such as 1/3 must be rounded first, to a decimal that
still is a counterexample (`exactpwl.verification.written_witness`).  Where no decimal is one, the
quotient of SMT-LIB, ``(/ 1.0 3.0)``, can be asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from exactpwl.errors import FormatError
from exactpwl.inequality import as_point
from exactpwl.rationals import RationalLike, format_fraction
from exactpwl.vnnlib.decimals import decimal_text, is_finite_decimal, read_decimal
from exactpwl.vnnlib.queries import Query
from exactpwl.vnnlib.tokens import Cursor, Source, Token, read_source

__all__ = ["Witness", "dumps_witness", "load_witness", "parse_witness"]

_SAT = ("sat", "violated")
_OTHER_VERDICTS = ("unsat", "unknown", "timeout", "timed-out", "error", "holds")


@dataclass(frozen=True)
class Witness:
    """A point that is said to be a counterexample.

    Attributes
    ----------
    inputs : tuple of Fraction
    outputs : tuple of Fraction, or None
        What was printed beside it; None if nothing was.

    Examples
    --------
    >>> Witness((Fraction(1, 10),)).outputs is None
    True
    """

    inputs: tuple[Fraction, ...]
    outputs: tuple[Fraction, ...] | None = None


def load_witness(path: str | Path, query: Query) -> Witness:
    """Read a counterexample to a query from a file; gzip-compressed if its name ends in ``.gz``.

    Raises
    ------
    FormatError
        If the file cannot be read; a `VNNLIBError`, with line and column, if it is no
        counterexample to the query's inputs and outputs.

    Examples
    --------
    >>> import tempfile
    >>> from exactpwl.vnnlib import parse_query
    >>> query = parse_query("(declare-const X_0 Real) (declare-const Y_0 Real) (assert (> Y_0 0))")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "found.txt"
    ...     _ = path.write_text("sat ((X_0 -0.5) (Y_0 1))", encoding="utf-8")
    ...     print(load_witness(path, query).inputs)
    (Fraction(-1, 2),)
    """
    return _read(read_source(path), query)


def parse_witness(text: str, query: Query) -> Witness:
    """Read a counterexample to a query.

    Raises
    ------
    VNNLIBError
        With line and column.

    Examples
    --------
    >>> from exactpwl.vnnlib import parse_query
    >>> query = parse_query('''(declare-const X_0 Real) (declare-const Y_0 Real)
    ...                        (assert (and (>= X_0 0) (>= Y_0 1)))''')
    >>> parse_witness("sat ((X_0 0.1) (Y_0 1e0))", query)
    Witness(inputs=(Fraction(1, 10),), outputs=(Fraction(1, 1),))
    """
    return _read(Source(text), query)


def dumps_witness(
    query: Query,
    inputs: Iterable[RationalLike],
    outputs: Iterable[RationalLike],
    *,
    quotients: bool = False,
) -> str:
    """Return a counterexample in the form of the query's version, with the line ``sat``.

    Parameters
    ----------
    query : Query
    inputs, outputs : rationals whose decimals end
    quotients : bool
        Write a number whose decimal does not end as ``(/ 1.0 3.0)``, instead of refusing it.
        Solvers print that; the rules of the competition know decimals only.

    Raises
    ------
    DimensionError
        If there are not as many numbers as inputs and outputs.
    FormatError
        If a number's decimal does not end.

    Examples
    --------
    >>> from exactpwl.vnnlib import parse_query
    >>> query = parse_query('''(declare-const X_0 Real) (declare-const Y_0 Real)
    ...                        (assert (and (>= X_0 0) (>= Y_0 1)))''')
    >>> print(dumps_witness(query, ["1/8"], [1]))
    sat
    ((X_0 0.125)
    (Y_0 1.0))
    <BLANKLINE>
    """
    names = (*query.input_names, *query.output_names)
    x = as_point(inputs, query.input_dimension)
    y = as_point(outputs, query.output_dimension)
    pairs = [
        (name, _text(name, value, quotients)) for name, value in zip(names, (*x, *y), strict=True)
    ]
    if query.version[0] == 1:
        listed = "\n".join(f"({name} {value})" for name, value in pairs)
        return f"sat\n({listed})\n"
    order = _declared_order(query)
    return "\n".join(["sat", *(f"{pairs[k][0]}={pairs[k][1]}" for k in order), ""])


def _text(name: str, value: Fraction, quotients: bool) -> str:
    if not is_finite_decimal(value):
        if quotients:
            top = decimal_text(Fraction(abs(value.numerator)))
            quotient = f"(/ {top} {decimal_text(Fraction(value.denominator))})"
            return quotient if value > 0 else f"(- {quotient})"
        raise FormatError(
            f"{name}: a number whose decimal ends is required, got {format_fraction(value)}; "
            "round the point inside the set first"
        )
    return decimal_text(value)


def _declared_order(query: Query) -> list[int]:
    """Return the places of inputs and outputs in the order in which the file declares them."""
    order: list[int] = []
    first_input, first_output = 0, query.input_dimension
    for network in query.networks:
        inputs = sum(tensor.size for tensor in network.inputs)
        outputs = sum(tensor.size for tensor in network.outputs)
        order += range(first_input, first_input + inputs)
        order += range(first_output, first_output + outputs)
        first_input, first_output = first_input + inputs, first_output + outputs
    return order


def _read(source: Source, query: Query) -> Witness:
    cursor = Cursor(source)
    names = {name: k for k, name in enumerate((*query.input_names, *query.output_names))}
    values: dict[int, Fraction] = {}
    _go_past_verdict(cursor)
    nested = cursor.at("(") and cursor.peek(1).text == "("
    if nested:
        cursor.take()
    while cursor.peek().kind != "end" and not (nested and cursor.at(")")):
        token, name, value = _assignment(cursor)
        if name not in names:
            raise cursor.error(
                token,
                f"a value of {_range(query.input_names)} or {_range(query.output_names)} is "
                f"required, got one of {name}",
            )
        if names[name] in values:
            raise cursor.error(token, f"{name} has two values; remove one")
        values[names[name]] = value
    if nested:
        cursor.mark(")", "at the end")
    if cursor.peek().kind != "end":
        raise cursor.refuse(cursor.peek(), "the end of the text")
    return _witness(cursor, query, values)


def _go_past_verdict(cursor: Cursor) -> None:
    first = cursor.peek()
    if first.text.lower() in _OTHER_VERDICTS:
        raise cursor.refuse(first, "a counterexample, which begins with the line sat,")
    if first.text.lower() in _SAT:
        cursor.take()


def _assignment(cursor: Cursor) -> tuple[Token, str, Fraction]:
    """Read ``(X_0 0.5)``, ``X[0,1]=0.5`` or ``(define-fun X_0 () Real 0.5)``."""
    in_parentheses = cursor.at("(")
    if in_parentheses:
        cursor.take()
    token = cursor.word("the name of an input or output")
    if in_parentheses and token.text == "define-fun":
        token = cursor.word("the name of an input or output")
        cursor.mark("(", f"after {token}")
        cursor.mark(")", f"after {token} (")
        cursor.word(f"Real as the sort of {token}")
    name = token.text + _indices(cursor, token)
    if not in_parentheses and cursor.peek().text == "=":
        cursor.take()
    elif not in_parentheses:
        raise cursor.refuse(cursor.peek(), f"'=' after {name}, or '(' before it,")
    value = _value(cursor, name)
    if in_parentheses:
        cursor.mark(")", f"after the value of {name}")
    return token, name, value


def _indices(cursor: Cursor, token: Token) -> str:
    """Read ``[0, 1]`` after a name, if it is there, and return it without blanks."""
    if not cursor.at("["):
        return ""
    text = ""
    while not cursor.at("]"):
        part = cursor.take()
        if part.text not in ("[", ",") and part.kind != "number":
            raise cursor.refuse(part, f"']' after the indices of {token}")
        text += part.text
    return text + cursor.take().text


def _value(cursor: Cursor, name: str) -> Fraction:
    """Read a decimal, ``(- v)``, ``(/ 1.0 3.0)`` or ``(- (/ 1.0 3.0))``."""
    if _opens(cursor, "-"):
        value = -_quotient(cursor, name)
        cursor.mark(")", f"after the value of {name}")
        return value
    return _quotient(cursor, name)


def _quotient(cursor: Cursor, name: str) -> Fraction:
    if not _opens(cursor, "/"):
        return _signed(cursor, name)
    top, token = _signed(cursor, name), cursor.peek()
    bottom = _signed(cursor, name)
    if not bottom:
        raise cursor.error(token, f"the value of {name} is divided by zero")
    cursor.mark(")", f"after the value of {name}")
    return top / bottom


def _signed(cursor: Cursor, name: str) -> Fraction:
    negative = _opens(cursor, "-")
    token = cursor.kind("number", f"a decimal number as the value of {name}")
    try:
        value = read_decimal(token.text)
    except ValueError as error:
        raise cursor.error(token, str(error)) from None
    if negative:
        cursor.mark(")", f"after the value of {name}")
    return -value if negative else value


def _opens(cursor: Cursor, operator: str) -> bool:
    """Whether ``(operator`` comes next; if so, go past it."""
    if not cursor.at("(") or cursor.peek(1).text != operator:
        return False
    cursor.take()
    cursor.take()
    return True


def _range(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]}, ..., {names[-1]}"


def _witness(cursor: Cursor, query: Query, values: dict[int, Fraction]) -> Witness:
    d, n = query.input_dimension, query.input_dimension + query.output_dimension
    names = (*query.input_names, *query.output_names)
    outputs_given = any(place >= d for place in values)
    missing = [names[k] for k in range(n if outputs_given else d) if k not in values]
    if missing:
        rest = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        raise cursor.error(cursor.peek(), f"values are required for {missing[0]}{rest}")
    point = tuple(values[k] for k in sorted(values))
    return Witness(point[:d], point[d:] if outputs_given else None)
