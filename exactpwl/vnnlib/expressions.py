"""Assertions, read in one pass with a stack of open parentheses.

Each open parenthesis is a `_Frame`.  Linear functions are collected in the frame of their operator;
a comparison becomes a constraint as soon as it is closed; constraints and the joins of ``and`` and
``or`` are put out in the order in which they close, which is the postfix form that a
`exactpwl.vnnlib.formulas.Formula` has.  Because the notation is prefix, a frame knows when it is
opened whether it stands under an odd number of ``not``; an ``and`` there is an ``or`` of opposites.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce

from exactpwl.errors import TooLargeError
from exactpwl.vnnlib.constraints import Constraint, LinearForm, Variable, total
from exactpwl.vnnlib.decimals import read_decimal
from exactpwl.vnnlib.formulas import Join
from exactpwl.vnnlib.tokens import Cursor, Token

__all__ = ["read_assertion"]

Lookup = Callable[[Cursor, Token], Variable]
"""Reads the rest of a variable whose name was taken, and returns which one it is."""

_COMPARISONS = ("<=", "<", ">=", ">", "=", "==", "!=")
_ARITHMETIC = ("+", "-", "*")
_CONNECTIVES = ("and", "or", "not")
_MENDS = {
    "=>": "write (or (not a) b)",
    "distinct": "write (or (< a b) (> a b))",
    "/": "multiply the comparison by the divisor",
    "let": "write the expression out where it is used",
    "ite": "write (or (and c a) (and (not c) b))",
}


@dataclass
class _Frame:
    """An open parenthesis: its operator, and what has come since."""

    operator: Token
    negated: bool
    operands: int = 0
    values: list[LinearForm] = field(default_factory=list)

    @property
    def wants_condition(self) -> bool:
        return self.operator.text in ("assert", *_CONNECTIVES)


class _Assertion:
    """The reading of one assertion."""

    def __init__(self, cursor: Cursor, version: int, lookup: Lookup) -> None:
        self.cursor = cursor
        self.version = version
        self.lookup = lookup
        self.steps: list[Constraint | Join] = []

    def read(self, head: Token) -> None:
        """Read up to the parenthesis that closes the assertion."""
        frames = [_Frame(head, negated=False)]
        while True:
            token = self.cursor.take()
            if token.kind == "mark" and token.text == "(":
                frames.append(self._opened(frames[-1]))
            elif token.kind == "mark" and token.text == ")":
                frame = frames.pop()
                self._check_operands(frame, token)
                if not frames:
                    return
                self._close(frame, frames[-1])
            else:
                self._operand(token, frames[-1])

    def _opened(self, parent: _Frame) -> _Frame:
        operator = self.cursor.take()
        condition = operator.text in _CONNECTIVES or operator.text in _COMPARISONS
        if not condition and operator.text not in _ARITHMETIC:
            required = " ".join((*_CONNECTIVES, *_COMPARISONS, *_ARITHMETIC))
            mend = _MENDS.get(operator.text, "")
            raise self.cursor.refuse(operator, f"an operator ({required})", mend)
        if condition != parent.wants_condition:
            raise self._misplaced(operator, parent)
        if operator.text == "not" and self.version > 1:
            raise self.cursor.error(
                operator, "version 2 of the format has no 'not': write the opposite comparison"
            )
        parent.operands += 1
        return _Frame(operator, parent.negated != (operator.text == "not"))

    def _misplaced(self, token: Token, parent: _Frame) -> Exception:
        wanted = "a condition" if parent.wants_condition else "a number or variable"
        return self.cursor.refuse(token, f"{wanted} as an operand of {parent.operator}")

    def _operand(self, token: Token, frame: _Frame) -> None:
        if token.kind == "end":
            raise self.cursor.error(
                frame.operator, f"a closing parenthesis is required for {frame.operator}"
            )
        if token.kind not in ("number", "word") or (
            frame.wants_condition and token.text not in ("true", "false")
        ):
            raise self._misplaced(token, frame)
        frame.operands += 1
        if frame.wants_condition:
            self._truth(token, frame)
        elif token.kind == "number":
            frame.values.append(LinearForm(constant=self._number(token)))
        elif token.text[0] in ".0123456789":
            raise self.cursor.refuse(
                token, "a decimal number such as -0.25 or 1e-06", _MENDS["/"] * ("/" in token.text)
            )
        else:
            frame.values.append(LinearForm.variable(self.lookup(self.cursor, token)))

    def _number(self, token: Token) -> Fraction:
        try:
            return read_decimal(token.text)
        except ValueError as error:
            raise self.cursor.error(token, str(error)) from None

    def _truth(self, token: Token, frame: _Frame) -> None:
        if self.version > 1:
            raise self.cursor.error(token, f"version 2 of the format has no {token}")
        holds = (token.text == "true") != frame.negated
        self.steps.append(Constraint((), (), 0 if holds else -1))

    def _check_operands(self, frame: _Frame, closing: Token) -> None:
        text, count = frame.operator.text, frame.operands
        if text in ("assert", "not"):
            required, right = "one operand", count == 1
        elif text in _COMPARISONS:
            exactly = self.version > 1 or text == "!="
            required = "two operands" if exactly else "two or more operands"
            right = count == 2 if exactly else count >= 2
        else:
            required, right = "at least one operand", count >= 1
        if not right:
            raise self.cursor.error(closing, f"'{text}' requires {required}, got {count}")

    def _close(self, frame: _Frame, parent: _Frame) -> None:
        try:
            if frame.operator.text in _ARITHMETIC:
                parent.values.append(self._arithmetic(frame))
            elif frame.operator.text in _COMPARISONS:
                self._comparison(frame)
            elif frame.operator.text in ("and", "or"):
                self._join(frame.operator.text == "and", frame.operands, frame)
        except TooLargeError as error:
            raise self.cursor.error(frame.operator, str(error)) from None

    def _arithmetic(self, frame: _Frame) -> LinearForm:
        values = frame.values
        if frame.operator.text == "*":
            return reduce(lambda a, b: self._product(a, b, frame.operator), values)
        if frame.operator.text == "+":
            return total(values)
        if len(values) == 1:
            return values[0].scaled(Fraction(-1))
        return total([values[0], *(value.scaled(Fraction(-1)) for value in values[1:])])

    def _product(self, left: LinearForm, right: LinearForm, operator: Token) -> LinearForm:
        if right.is_constant:
            return left.scaled(right.constant)
        if left.is_constant:
            return right.scaled(left.constant)
        raise self.cursor.error(
            operator,
            "a linear function is required: in a product all factors but one must be numbers; "
            "products of variables are not piecewise linear",
        )

    def _comparison(self, frame: _Frame) -> None:
        made: list[Constraint] = []
        for left, right in zip(frame.values, frame.values[1:], strict=False):
            made += _compared(left, frame.operator.text, right)
        self.steps += [c.negation for c in made] if frame.negated else made
        self._join(frame.operator.text != "!=", len(made), frame)

    def _join(self, conjunction: bool, count: int, frame: _Frame) -> None:
        self.steps.append(Join("and" if conjunction != frame.negated else "or", count))


def _compared(left: LinearForm, relation: str, right: LinearForm) -> list[Constraint]:
    if relation in (">=", ">"):
        left, right = right, left
    up = total([right, left.scaled(Fraction(-1))])
    if relation in ("<=", "<", ">=", ">"):
        return [Constraint.of(up, strict=relation in ("<", ">"))]
    strict = relation == "!="
    down = up.scaled(Fraction(-1))
    return [Constraint.of(down, strict=strict), Constraint.of(up, strict=strict)]


def read_assertion(
    cursor: Cursor, head: Token, version: int, lookup: Lookup
) -> list[Constraint | Join]:
    """Read an assertion whose ``(assert`` is taken, up to and with its closing parenthesis.

    Parameters
    ----------
    cursor : Cursor
    head : Token
        The word ``assert``.
    version : int
        1 or 2.
    lookup : callable
        Returns the variable that begins with a name.

    Returns
    -------
    list of Constraint and Join
        The condition, in postfix order.

    Raises
    ------
    VNNLIBError
    """
    reading = _Assertion(cursor, version, lookup)
    reading.read(head)
    return reading.steps
