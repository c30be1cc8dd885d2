"""A counterexample in the form of the competition, rounded *inside*: what is written is one, too.

An exact counterexample is a rational point, often with hundreds of digits, or one such as 1/3 that
no decimal spells.  What is written must have decimals that end, and they must be a counterexample
themselves, to the last digit: not "within a tolerance".  So every candidate is run through the
network in rational arithmetic.

First each coordinate is rounded by itself, with few decimals.  That leads out of the set where the
set is flat (a fixed input, an equation), or where the point is on its border.  Then the cell is
computed in which the point is one: the region's inequalities with those of the property.  In its
affine hull the points whose decimals end are known (`exactpwl.verification.decimal_points`), and
from the given point a step is made into the relative interior, the shorter the more decimals there
are.  With enough decimals this must succeed, unless no point of the hull has decimals that end;
then the point is written in the quotients of SMT-LIB, ``(/ 1.0 3.0)``, and said to be.

Outputs stand beside the inputs.  They are rounded as well, so that inputs and outputs *as printed*
satisfy the property.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Literal

from exactpwl.errors import DomainError
from exactpwl.inequality import Row, as_point
from exactpwl.network import Network
from exactpwl.rationals import RationalLike, format_point
from exactpwl.verification.around import region_rows
from exactpwl.verification.binary import FORMATS, FloatFormat
from exactpwl.verification.decimal_points import decimal_space
from exactpwl.verification.hull import Hull, affine_hull
from exactpwl.verification.nearest_inside import distance
from exactpwl.vnnlib.decimals import (
    decimal_places,
    is_finite_decimal,
    nearest_decimal,
    rounded_point,
)
from exactpwl.vnnlib.queries import Query
from exactpwl.vnnlib.witnesses import dumps_witness

__all__ = ["Floats", "WrittenWitness", "written_witness"]

Point = tuple[Fraction, ...]
Floats = Literal["binary32", "binary64"]

_FEW, _MANY = 20, 4000
_OUTPUT_PLACES = 20
_FEW_INPUTS = 6


@dataclass(frozen=True)
class WrittenWitness:
    """A counterexample as it is written.

    Attributes
    ----------
    inputs : tuple of Fraction
        Exactly what stands in `text`, and a counterexample, exactly.
    outputs : tuple of Fraction
        What stands in `text`; the exact outputs, or these rounded so that the property holds for
        what is printed.
    text : str
        In the form of the query's version, with the line ``sat``.
    moved : Fraction
        The distance in the l-infinity norm from the point that was given.
    is_decimal : bool
        False if quotients such as ``(/ 1.0 3.0)`` had to be written, because the cell of the point
        has no counterexample in decimals.

    Examples
    --------
    >>> from exactpwl.vnnlib import parse_query
    >>> query = parse_query('''(declare-const X_0 Real) (declare-const Y_0 Real)
    ...                        (assert (and (= (* 3 X_0) 1) (>= Y_0 0)))''')
    >>> written = written_witness(Network([([[1]], [0], "relu")]), query, ["1/3"])
    >>> written.is_decimal, written.text.split("\\n")[1]
    (False, '((X_0 (/ 1.0 3.0))')
    """

    inputs: Point
    outputs: Point
    text: str
    moved: Fraction
    is_decimal: bool


def written_witness(
    network: Network,
    query: Query,
    point: Iterable[RationalLike],
    *,
    floats: Floats | None = None,
    within: Fraction | None = None,
) -> WrittenWitness:
    """Return a counterexample as a text whose numbers are one themselves, exactly.

    Parameters
    ----------
    network : Network
    query : Query
    point : d rationals
        An exact counterexample.
    floats : {"binary32", "binary64"}, optional
        Write inputs that this format of IEEE 754 holds, so that a tool that reads them into floats
        has the same point.
    within : Fraction, optional
        How far, in the l-infinity norm, the point may be moved; without it, decimals are as short
        as possible.

    Returns
    -------
    WrittenWitness

    Raises
    ------
    DomainError
        If the point is no counterexample, or no number of the format was found that is one.
    DimensionError
        If the query is about other numbers of inputs and outputs than the network's.

    Examples
    --------
    The output is |x|, to be at least 1/3: 0.3 is not enough.

    >>> from exactpwl.vnnlib import parse_query
    >>> network = Network([([[1], [-1]], [0, 0], "relu"), ([[1, 1]], [0], "linear")])
    >>> query = parse_query('''(declare-const X_0 Real) (declare-const Y_0 Real)
    ...     (assert (and (<= 0 X_0 0.34) (>= (* 3 Y_0) 1)))''')
    >>> print(written_witness(network, query, ["1/3"]).text)
    sat
    ((X_0 0.334)
    (Y_0 0.334))
    <BLANKLINE>
    """
    given = as_point(point, network.input_dimension)
    outputs = network(given)
    if not query.holds(given, outputs):
        raise DomainError(
            f"a counterexample is required, and {format_point(given)} is none; "
            "exactpwl.verification.replay says why"
        )

    def accepts(x: Point) -> bool:
        near = within is None or distance(given, x) <= within
        return near and query.holds(x, network(x))

    candidates = (
        _decimals(network, query, given)
        if floats is None
        else _floats(network, query, given, FORMATS[floats])
    )
    found = next(filter(accepts, candidates), None)
    if found is None and floats is not None:
        raise DomainError(
            f"no numbers of {floats} near {format_point(given)} were found that are a "
            "counterexample; write decimals, which are exact and longer"
        )
    return _in_text(network, query, given, given if found is None else found)


def _decimals(network: Network, query: Query, point: Point) -> Iterator[Point]:
    """Yield points whose decimals end, the shortest first."""
    for places in range(1, _FEW + 1):
        yield tuple(nearest_decimal(c, places) for c in point)
    hull = affine_hull(_cell(network, query, point), len(point))
    space = decimal_space(hull.equations, len(point))
    if space is None:
        return
    for places in decimal_places(0, _MANY):
        yield space.rounded(_towards(point, hull, Fraction(1, 10 ** (places // 2))), places)
    if all(map(is_finite_decimal, point)):
        yield point


def _floats(network: Network, query: Query, point: Point, held: FloatFormat) -> Iterator[Point]:
    """Yield points of floats: around the given one, then further and further inside its cell."""
    yield from _float_points(held, point)
    hull = affine_hull(_cell(network, query, point), len(point))
    for halvings in (50, 40, 30, 24, 18, 12, 6, 3, 2, 1, 0):
        yield from _float_points(held, _towards(point, hull, Fraction(1, 2**halvings)))


def _float_points(held: FloatFormat, point: Point) -> Iterator[Point]:
    """Yield the nearest floats, then all corners of the box of floats around the point, if few."""
    yield tuple(map(held.nearest, point))
    if len(point) <= _FEW_INPUTS:
        yield from product(*({held.below(c), held.above(c)} for c in point))


def _cell(network: Network, query: Query, point: Point) -> list[Row]:
    """Return the closure of the counterexamples of one region and one case at the point."""
    pattern = network.pattern_at(point)
    y, piece = network(point), network.affine_map(pattern)
    case = next(case for case in query.cases() if case.holds(point, y))
    rows = [*region_rows(network, pattern), *(c.on_piece(piece) for c in case.constraints)]
    return [row for row in rows if any(row[0])]


def _towards(point: Point, hull: Hull, step: Fraction) -> Point:
    return tuple(c + step * (z - c) for c, z in zip(point, hull.inside, strict=True))


def _in_text(network: Network, query: Query, given: Point, inputs: Point) -> WrittenWitness:
    exact = network(inputs)
    outputs = rounded_point(
        exact, lambda y: query.holds(inputs, y), least_places=_OUTPUT_PLACES, most_places=_MANY
    )
    text = dumps_witness(query, inputs, exact if outputs is None else outputs, quotients=True)
    return WrittenWitness(
        inputs,
        exact if outputs is None else outputs,
        text,
        distance(given, inputs),
        all(map(is_finite_decimal, inputs)) and outputs is not None,
    )
