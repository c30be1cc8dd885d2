"""One disjunct of a query: a conjunction of inequalities over the inputs and outputs of a network.

A counterexample is an input x with y = f(x) that satisfies one case.  A case falls into what it
says of x alone, which is a polyhedron to look into; what it says of y alone; and what mixes both.
Everything keeps its strictness.  A set to subdivide is closed, so `input_polyhedron` and `domain`
leave strictness out: if nothing is found in the closure there is nothing, and what is found must
still be held against the strict inequalities (`Case.holds`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from exactpwl.domain import Domain
from exactpwl.errors import DomainError
from exactpwl.inequality import as_point
from exactpwl.polyhedron import Polyhedron
from exactpwl.rationals import RationalLike, format_fraction
from exactpwl.vnnlib.charts import Chart, chart_of
from exactpwl.vnnlib.constraints import Constraint

__all__ = ["Bounds", "Case", "InputSet"]

Bounds = tuple[tuple[Fraction | None, Fraction | None], ...]
"""The low and high end of each input; None where there is none."""


@dataclass(frozen=True)
class InputSet:
    """What is required of the inputs alone: a polyhedron, some of whose sides may be open.

    Attributes
    ----------
    dimension : int
    constraints : tuple of Constraint
        They have no outputs.

    Examples
    --------
    >>> inputs = InputSet(1, (Constraint(((0, 1),), (), 0), Constraint(((0, -2),), (), 1, True)))
    >>> print(inputs.domain(), inputs.contains([0]), inputs.contains(["1/2"]))
    the box [0, 1/2] True False
    """

    dimension: int
    constraints: tuple[Constraint, ...]

    def contains(self, x: Iterable[RationalLike]) -> bool:
        """Whether an input satisfies every constraint, the strict ones strictly.

        Raises
        ------
        DimensionError
            If `x` has not as many entries as there are inputs.
        """
        point = as_point(x, self.dimension)
        return all(constraint.holds(point, ()) for constraint in self.constraints)

    @property
    def is_box(self) -> bool:
        """Whether each constraint bounds a single input."""
        return all(len(constraint.inputs) == 1 for constraint in self.constraints)

    @cached_property
    def bounds(self) -> Bounds:
        """The ends that are given for each input by constraints on it alone.

        For a set that is no box they are not the least and greatest values.
        """
        low: list[Fraction | None] = [None] * self.dimension
        high: list[Fraction | None] = [None] * self.dimension
        for constraint in self.constraints:
            if len(constraint.inputs) != 1:
                continue
            ((index, coefficient),) = constraint.inputs
            end = Fraction(-constraint.offset, coefficient)
            low_end, high_end = low[index], high[index]
            if coefficient > 0:
                low[index] = end if low_end is None else max(low_end, end)
            else:
                high[index] = end if high_end is None else min(high_end, end)
        return tuple(zip(low, high, strict=True))

    @property
    def fixed(self) -> dict[int, Fraction]:
        """The inputs whose low end is their high end, with that value."""
        return {
            index: low
            for index, (low, high) in enumerate(self.bounds)
            if low is not None and low == high
        }

    @cached_property
    def polyhedron(self) -> Polyhedron:
        """The closure."""
        return Polyhedron(
            self.dimension, tuple(c.input_row(self.dimension) for c in self.constraints)
        )

    def chart(self) -> Chart:
        """Return coordinates in which a set with fixed inputs or equations has an interior.

        ``network.section(chart.point, chart.directions)`` is the network in these coordinates.

        Raises
        ------
        DomainError
            If the set is seen to be empty.
        """
        return chart_of(self.constraints, self.dimension)

    def domain(self) -> Domain:
        """Return the closure as a domain.

        Raises
        ------
        DomainError
            If inputs are fixed: such a set is flat and has no regions.  Other flat or empty sets
            are found when the domain is cut out.
        """
        if self.fixed:
            index, value = next(iter(self.fixed.items()))
            raise DomainError(
                f"an input set with an interior is required, but {len(self.fixed)} of "
                f"{self.dimension} inputs are fixed, the first is input {index} at "
                f"{format_fraction(value)}; take its chart, and the network's section there"
            )
        return Domain(
            self.dimension,
            tuple(c.input_row(self.dimension) for c in self.constraints),
        )


@dataclass(frozen=True)
class Case:
    """A conjunction of constraints over inputs and outputs.

    Attributes
    ----------
    input_dimension, output_dimension : int
    constraints : tuple of Constraint

    Examples
    --------
    >>> from exactpwl.vnnlib import parse_query
    >>> text = '''(declare-const X_0 Real) (declare-const Y_0 Real)
    ...           (assert (and (<= 0 X_0) (<= X_0 1) (> Y_0 2) (<= Y_0 X_0)))'''
    >>> (case,) = parse_query(text).cases()
    >>> len(case.on_outputs), len(case.mixed), case.holds([1], [1])
    (1, 1, False)
    >>> print(case.input_set.domain())
    the box [0, 1]
    """

    input_dimension: int
    output_dimension: int
    constraints: tuple[Constraint, ...]

    @property
    def on_outputs(self) -> tuple[Constraint, ...]:
        """The constraints on outputs alone."""
        return tuple(c for c in self.constraints if not c.inputs)

    @property
    def mixed(self) -> tuple[Constraint, ...]:
        """The constraints on both inputs and outputs."""
        return tuple(c for c in self.constraints if c.inputs and c.outputs)

    @cached_property
    def input_set(self) -> InputSet:
        """The constraints on inputs alone."""
        return InputSet(self.input_dimension, tuple(c for c in self.constraints if not c.outputs))

    def holds(self, x: Iterable[RationalLike], y: Iterable[RationalLike]) -> bool:
        """Whether inputs and outputs satisfy every constraint, the strict ones strictly.

        Raises
        ------
        DimensionError
            If there are not as many numbers as inputs and outputs.
        """
        inputs = as_point(x, self.input_dimension)
        outputs = as_point(y, self.output_dimension)
        return all(constraint.holds(inputs, outputs) for constraint in self.constraints)
