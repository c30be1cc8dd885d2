"""A query: what is asked of a network, with its inputs and outputs and a condition on both.

The condition describes the *violation*: a query is satisfiable (``sat``) if there is an input x for
which x and f(x) fulfil it, and such an x is a counterexample to what the author hopes for.  It is
``unsat`` if there is none, and then the hope is proved.

The numbers are those of the file, and the network's arithmetic is that of the rational numbers,
whatever element type a file declares.

A query of version 2.0 may name several tensors and several networks.  All inputs are put in one
row, in the order of their declaration and each tensor with its last index running fastest; so are
all outputs.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from exactpwl.inequality import as_point
from exactpwl.rationals import RationalLike
from exactpwl.vnnlib.cases import Case, InputSet
from exactpwl.vnnlib.formulas import MOST_INEQUALITIES, Formula, disjuncts, formula_holds

__all__ = ["NetworkDeclaration", "Query", "Tensor"]


@dataclass(frozen=True)
class Tensor:
    """Inputs or outputs that are declared together.

    Attributes
    ----------
    name : str
    shape : tuple of int
        Empty for a single number.
    element_type : str
        As the file has it; the numbers are rationals whatever it says.
    onnx_name : str or None
        The node that it stands for, if the file names one.

    Examples
    --------
    >>> list(Tensor("X", (1, 2)).element_names())
    ['X[0,0]', 'X[0,1]']
    """

    name: str
    shape: tuple[int, ...] = ()
    element_type: str = "real"
    onnx_name: str | None = None

    @property
    def size(self) -> int:
        """How many numbers it holds."""
        return math.prod(self.shape)

    def element_names(self) -> Iterator[str]:
        """Yield the name of each element, the last index running fastest."""
        for place in range(self.size):
            yield (
                f"{self.name}[{','.join(map(str, self._indices(place)))}]"
                if self.shape
                else (self.name)
            )

    def _indices(self, place: int) -> tuple[int, ...]:
        indices = []
        for extent in reversed(self.shape):
            place, index = divmod(place, extent)
            indices.append(index)
        return tuple(reversed(indices))


@dataclass(frozen=True)
class NetworkDeclaration:
    """The interface of a network: its inputs and outputs.

    Attributes
    ----------
    name : str
    inputs, outputs : tuple of Tensor
    relation : {"equal-to", "isomorphic-to"} or None
        That it has the weights, or only the structure, of the network `other`.
    other : str or None

    Examples
    --------
    >>> from exactpwl.vnnlib import parse_query
    >>> text = '''(declare-network f (declare-input X real [2]) (declare-output Y real [1]))
    ...           (assert (> Y[0] X[1]))'''
    >>> (network,) = parse_query(text).networks
    >>> network.name, network.inputs[0].size
    ('f', 2)
    """

    name: str
    inputs: tuple[Tensor, ...]
    outputs: tuple[Tensor, ...]
    relation: Literal["equal-to", "isomorphic-to"] | None = None
    other: str | None = None


@dataclass(frozen=True)
class Query:
    """Is there an input that, with the network's output, satisfies a condition?

    Use `load_query` or `parse_query` to make one.

    Attributes
    ----------
    version : (int, int)
        The version of the format: (1, 0) or (2, 0).
    networks : tuple of NetworkDeclaration
        One, or several in version 2.0.
    formula : tuple of Constraint and Join
        The condition, in postfix order.

    Examples
    --------
    >>> from exactpwl.vnnlib import parse_query
    >>> query = parse_query('''
    ...     (declare-const X_0 Real)
    ...     (declare-const Y_0 Real)
    ...     (assert (>= X_0 0.1)) (assert (<= X_0 1))
    ...     (assert (or (< Y_0 X_0) (> Y_0 2)))  ; violated if the output is outside [x, 2]
    ... ''')
    >>> query.holds(["1/2"], ["1/2"]), query.holds(["1/2"], [3])
    (False, True)
    >>> [len(case.constraints) for case in query.cases()]
    [3, 3]
    """

    version: tuple[int, int]
    networks: tuple[NetworkDeclaration, ...]
    formula: Formula

    @property
    def inputs(self) -> tuple[Tensor, ...]:
        """The input tensors of all networks."""
        return tuple(tensor for network in self.networks for tensor in network.inputs)

    @property
    def outputs(self) -> tuple[Tensor, ...]:
        """The output tensors of all networks."""
        return tuple(tensor for network in self.networks for tensor in network.outputs)

    @property
    def input_dimension(self) -> int:
        """How many inputs there are."""
        return sum(tensor.size for tensor in self.inputs)

    @property
    def output_dimension(self) -> int:
        """How many outputs there are."""
        return sum(tensor.size for tensor in self.outputs)

    @cached_property
    def input_names(self) -> tuple[str, ...]:
        """The name of each input, as the file writes it."""
        return self._names(self.inputs)

    @cached_property
    def output_names(self) -> tuple[str, ...]:
        """The name of each output, as the file writes it."""
        return self._names(self.outputs)

    def _names(self, tensors: tuple[Tensor, ...]) -> tuple[str, ...]:
        if self.version[0] == 1:
            return tuple(f"{tensor.name}_{i}" for tensor in tensors for i in range(tensor.size))
        return tuple(name for tensor in tensors for name in tensor.element_names())

    def holds(self, x: Iterable[RationalLike], y: Iterable[RationalLike]) -> bool:
        """Whether inputs and outputs satisfy the condition: with y = f(x), a counterexample.

        Raises
        ------
        DimensionError
            If there are not as many numbers as inputs and outputs.
        """
        inputs = as_point(x, self.input_dimension)
        outputs = as_point(y, self.output_dimension)
        return formula_holds(self.formula, inputs, outputs)

    def cases(self, *, limit: int = MOST_INEQUALITIES) -> tuple[Case, ...]:
        """Return conjunctions of which one holds iff the condition does.

        Parameters
        ----------
        limit : int
            How many inequalities they may have together.

        Raises
        ------
        TooLargeError
            If they would have more.
        """
        d, m = self.input_dimension, self.output_dimension
        return tuple(Case(d, m, case) for case in disjuncts(self.formula, limit=limit))

    def by_input_set(
        self, *, limit: int = MOST_INEQUALITIES
    ) -> tuple[tuple[InputSet, tuple[Case, ...]], ...]:
        """Return the cases, those with the same conditions on the inputs together.

        So each input set is looked into once, whatever is asked of the outputs there.
        """
        groups: dict[frozenset[object], list[Case]] = {}
        for case in self.cases(limit=limit):
            groups.setdefault(frozenset(case.input_set.constraints), []).append(case)
        return tuple((cases[0].input_set, tuple(cases)) for cases in groups.values())

    def save(self, path: str | Path) -> None:
        """Write a VNN-LIB file; gzip-compressed if its name ends in ``.gz``.

        Raises
        ------
        FormatError
            If it cannot be written.
        """
        from exactpwl.vnnlib.writer import dumps_query, write_text

        write_text(path, dumps_query(self))
