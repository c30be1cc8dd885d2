"""Declarations of both versions: which inputs and outputs there are, and what they are called.

Version 1.0 declares numbers one by one, ``(declare-const X_0 Real)``; X are inputs, Y are outputs,
each counted from 0 without a gap.  Version 2.0 declares a network with tensors, whose elements are
called ``X[0,2]``, or ``X`` where the shape is empty.
"""

from __future__ import annotations

import math
import re
from itertools import count
from typing import Literal

from exactpwl.vnnlib.constraints import Variable
from exactpwl.vnnlib.queries import NetworkDeclaration, Tensor
from exactpwl.vnnlib.tokens import Cursor, Token

__all__ = ["MOST_ELEMENTS", "NumberScope", "TensorScope"]

MOST_ELEMENTS = 1_000_000
"""How many inputs, or outputs, may be declared."""

_NUMBERED = re.compile(r"([XY])_(0|[1-9][0-9]{0,6})")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_TYPES = ("real", "float16", "bfloat16", "float32", "float64", "float", "double")


class NumberScope:
    """The numbers X_i and Y_j of version 1.0."""

    def __init__(self) -> None:
        self._declared: dict[str, tuple[Variable, Token]] = {}

    def declare(self, cursor: Cursor, head: Token) -> None:
        """Read a declaration whose keyword is taken."""
        name = cursor.word("a variable X_i or Y_j")
        found = _NUMBERED.fullmatch(name.text)
        if found is None:
            raise cursor.refuse(
                name,
                "a variable X_i (input) or Y_j (output), counted from 0,",
                "version 1 of the format knows no other names",
            )
        if name.text in self._declared:
            raise cursor.error(name, f"{name} is declared twice; remove one")
        if head.text == "declare-fun":
            cursor.mark("(", "of ()", "a variable is a function without arguments")
            cursor.mark(")", "of ()", "a variable is a function without arguments")
        kind = cursor.word("the type Real")
        if kind.text != "Real":
            raise cursor.refuse(kind, "the type Real", "inputs and outputs are real numbers")
        cursor.mark(")", "after the type")
        self._declared[name.text] = Variable(found[1] == "Y", int(found[2])), name

    def lookup(self, cursor: Cursor, token: Token) -> Variable:
        """Return the variable of a name that was taken."""
        found = self._declared.get(token.text)
        if found is None:
            raise cursor.refuse(
                token,
                "a declared variable or a number",
                "a variable X_i or Y_j is declared above its use: (declare-const X_0 Real)",
            )
        return found[0]

    def network(self, cursor: Cursor) -> NetworkDeclaration:
        """Return the interface that was declared, when the text has ended."""
        inputs, outputs = self._tensor(cursor, "X"), self._tensor(cursor, "Y")
        return NetworkDeclaration("", (inputs,), (outputs,))

    def _tensor(self, cursor: Cursor, letter: Literal["X", "Y"]) -> Tensor:
        mine = [(v.index, t) for v, t in self._declared.values() if v.is_output == (letter == "Y")]
        if not mine:
            what = "input" if letter == "X" else "output"
            raise cursor.error(
                cursor.peek(), f"at least one {what} is required: (declare-const {letter}_0 Real)"
            )
        last, token = max(mine)
        if last != len(mine) - 1:
            there = {index for index, _ in mine}
            gap = next(index for index in count() if index not in there)
            raise cursor.error(token, f"{token} requires {letter}_{gap}, which is not declared")
        return Tensor(letter, (len(mine),), "Real")


class TensorScope:
    """The networks and tensors of version 2.0."""

    def __init__(self) -> None:
        self.networks: list[NetworkDeclaration] = []
        self._names: set[str] = set()
        self._tensors: dict[str, tuple[Tensor, bool, int]] = {}
        self._sizes = {False: 0, True: 0}

    def declare(self, cursor: Cursor) -> None:
        """Read a network whose keyword is taken."""
        name = self._new_name(cursor, "a name for the network")
        relation, other = self._relation(cursor)
        tensors: dict[str, list[Tensor]] = {"declare-input": [], "declare-output": []}
        while not cursor.at(")"):
            cursor.mark("(", "of an input or output")
            keyword = cursor.word("declare-input or declare-output")
            self._check_keyword(cursor, keyword, after=bool(tensors["declare-output"]))
            tensors[keyword.text].append(self._tensor(cursor, keyword.text == "declare-output"))
        closing = cursor.take()
        inputs, outputs = map(tuple, tensors.values())
        for what, found in (("input", inputs), ("output", outputs)):
            if not found:
                raise cursor.error(
                    closing,
                    f"network {name} requires at least one {what}: "
                    f"(declare-{what} {what[0].upper()} real [1])",
                )
        if len({tensor.onnx_name is None for tensor in (*inputs, *outputs)}) > 1:
            raise cursor.error(
                name, f"either all tensors of network {name} have the name of a node, or none"
            )
        self.networks.append(NetworkDeclaration(name.text, inputs, outputs, relation, other))

    def _check_keyword(self, cursor: Cursor, keyword: Token, *, after: bool) -> None:
        if keyword.text == "declare-hidden":
            raise cursor.error(
                keyword,
                "queries about inputs and outputs are answered, not about hidden values; "
                "make the value an output of the network",
            )
        if keyword.text not in ("declare-input", "declare-output"):
            raise cursor.refuse(keyword, "declare-input or declare-output")
        if after and keyword.text == "declare-input":
            raise cursor.error(keyword, "inputs are declared before outputs")

    def _new_name(self, cursor: Cursor, what: str) -> Token:
        token = cursor.word(what)
        if not _NAME.fullmatch(token.text):
            raise cursor.refuse(token, "a name of letters, digits and _ that begins with a letter")
        if token.text in self._names:
            raise cursor.error(token, f"the name {token} is declared twice; choose another")
        self._names.add(token.text)
        return token

    def _relation(
        self, cursor: Cursor
    ) -> tuple[Literal["equal-to", "isomorphic-to"] | None, str | None]:
        keyword = cursor.peek(1)
        if not cursor.at("(") or keyword.text not in ("equal-to", "isomorphic-to"):
            return None, None
        cursor.take()
        cursor.take()
        other = cursor.word("the name of a network")
        if other.text not in {network.name for network in self.networks}:
            raise cursor.refuse(other, "a network that is declared above")
        cursor.mark(")", "after the network's name")
        return "equal-to" if keyword.text == "equal-to" else "isomorphic-to", other.text

    def _tensor(self, cursor: Cursor, is_output: bool) -> Tensor:
        name = self._new_name(cursor, "a name for the tensor")
        kind = cursor.word("an element type such as real or float32")
        if kind.text.lower() not in _TYPES:
            raise cursor.refuse(
                kind,
                f"an element type of real numbers ({', '.join(_TYPES)})",
                "integers, truth values and complex numbers are no inputs of such a network",
            )
        opening = cursor.peek()
        shape = self._integers(cursor, "a shape such as [1,2]", may_be_empty=True)
        onnx_name = cursor.take().text[1:-1] if cursor.peek().kind == "string" else None
        cursor.mark(")", "after the shape, or a quoted name,")
        tensor = Tensor(name.text, shape, kind.text, onnx_name)
        start = self._sizes[is_output]
        if 0 in shape or start + math.prod(shape) > MOST_ELEMENTS:
            raise cursor.error(
                opening,
                f"from 1 to {MOST_ELEMENTS} numbers in all are required of inputs and of outputs, "
                "and every extent from 1",
            )
        self._tensors[name.text] = tensor, is_output, start
        self._sizes[is_output] += tensor.size
        return tensor

    def _integers(self, cursor: Cursor, what: str, *, may_be_empty: bool) -> tuple[int, ...]:
        cursor.mark("[", f"of {what}")
        if may_be_empty and cursor.at("]"):
            cursor.take()
            return ()
        made = [self._integer(cursor)]
        while not cursor.at("]"):
            cursor.mark(",", "or ']'")
            made.append(self._integer(cursor))
        cursor.take()
        return tuple(made)

    def _integer(self, cursor: Cursor) -> int:
        token = cursor.kind("number", "an integer from 0")
        if not re.fullmatch("[0-9]{1,9}", token.text):
            raise cursor.refuse(token, "an integer from 0 with at most nine digits")
        return int(token.text)

    def lookup(self, cursor: Cursor, token: Token) -> Variable:
        """Return the variable that begins with a name that was taken, and take its indices."""
        if token.text not in self._tensors:
            raise cursor.refuse(
                token, "a declared tensor or a number", f"there are {', '.join(self._tensors)}"
            )
        tensor, is_output, start = self._tensors[token.text]
        indices: tuple[int, ...] = ()
        if tensor.shape or cursor.at("["):
            indices = self._integers(cursor, f"the indices of {token}", may_be_empty=False)
        if len(indices) != len(tensor.shape) or any(
            index >= extent for index, extent in zip(indices, tensor.shape, strict=True)
        ):
            raise cursor.error(
                token,
                f"an element of {token} requires one index below each of its extents "
                f"{list(tensor.shape)}, counted from 0; got {list(indices)}",
            )
        place = 0
        for index, extent in zip(indices, tensor.shape, strict=True):
            place = place * extent + index
        return Variable(is_output, start + place)
