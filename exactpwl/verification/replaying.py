"""A counterexample that another tool printed: is it one, exactly; and if not, is one beside it?

The printed input is the rational that its decimals spell.  It is held against the input set, the
network is run in rational arithmetic, and the exact outputs against the property: no tolerance
anywhere.  What the tool printed as outputs decides nothing, and is told with its error.

Tools compute in floats, so what they print misses by a rounding, often: 0.1 became
0.100000001490116 and is outside of the box, or an output lacks 1e-9.  Then a true counterexample is
looked for beside it.  First the point of the input set that is nearest to the printed one is tried.
If it fails, each region around it is searched (`exactpwl.verification.around`): there the network
is an affine map, so the counterexamples of a region are a polyhedron, and one exact linear program
tells the nearest of them or proves that there is none.  Of all counterexamples in these regions it
is the nearest; about regions farther away nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from exactpwl.errors import DimensionError
from exactpwl.network import Network
from exactpwl.rationals import shown
from exactpwl.verification.around import patterns_around, region_rows
from exactpwl.verification.nearest_inside import Nearest, distance, nearest_inside
from exactpwl.verification.wording import Miss, missed
from exactpwl.vnnlib.cases import Case, InputSet
from exactpwl.vnnlib.queries import Query
from exactpwl.vnnlib.witnesses import Witness

__all__ = ["MOST_REGIONS", "Repair", "Replay", "check_dimensions", "replay"]

Point = tuple[Fraction, ...]

MOST_REGIONS = 1000
"""How many regions around a point are searched."""


@dataclass(frozen=True)
class Repair:
    """The search for a true counterexample beside one that fails.

    Attributes
    ----------
    point, outputs : tuple of Fraction, or None
        A counterexample with its exact outputs; None if there is none in the regions searched.
    distance : Fraction or None
        How far it is from the printed point, in the l-infinity norm.
    infimum : Fraction or None
        The distance of the printed point to the counterexamples in the regions searched.  It is
        less than `distance` where an open side (a strict inequality) has no nearest point.
    regions : int
        How many regions were searched; 0 if the nearest point of the input set already served.
    is_complete : bool
        Whether all regions around were searched; there may be more than `most_regions`.

    Examples
    --------
    >>> from exactpwl.vnnlib import parse_query
    >>> query = parse_query('''(declare-const X_0 Real) (declare-const Y_0 Real)
    ...                        (assert (and (<= -1 X_0 1) (> Y_0 1)))''')
    >>> network = Network([([[1]], [0], "relu")])
    >>> replay(network, query, Witness((Fraction(1),))).repair
    Repair(point=None, outputs=None, distance=None, infimum=None, regions=1, is_complete=True)
    """

    point: Point | None
    outputs: Point | None
    distance: Fraction | None
    infimum: Fraction | None
    regions: int
    is_complete: bool


@dataclass(frozen=True)
class Replay:
    """A printed counterexample, judged exactly.

    Attributes
    ----------
    witness : Witness
        What was printed.
    holds : bool
        Whether it is a counterexample, exactly.
    outputs : tuple of Fraction
        The exact outputs at the printed inputs.
    output_errors : tuple of Fraction, or None
        The printed outputs minus the exact ones; None if none were printed.
    misses : tuple of Miss
        The conditions that fail, with their excess; none if it holds.  Of a disjunction those of
        the case that is missed by the fewest conditions, and of these by the least.
    repair : Repair or None
        None if it holds, or if no repair was asked for.

    Examples
    --------
    >>> from exactpwl.vnnlib import parse_query, parse_witness
    >>> network = Network([([[1], [-1]], [0, 0], "relu"), ([[1, 1]], [0], "linear")])
    >>> query = parse_query('''(declare-const X_0 Real) (declare-const Y_0 Real)
    ...     (assert (and (<= -1 X_0 0.1) (>= Y_0 0.1)))''')
    >>> found = replay(network, query, parse_witness("((X_0 0.1000001) (Y_0 0.1))", query))
    >>> found.holds, *map(str, found.misses), found.repair.point
    (False, 'X_0 <= 1/10 fails by 1/10000000', (Fraction(1, 10),))
    """

    witness: Witness
    holds: bool
    outputs: Point
    output_errors: Point | None
    misses: tuple[Miss, ...]
    repair: Repair | None

    @property
    def counterexample(self) -> Point | None:
        """The inputs as printed if they hold, else the repaired ones; None if there are none."""
        if self.holds:
            return self.witness.inputs
        return None if self.repair is None else self.repair.point


def replay(
    network: Network,
    query: Query,
    witness: Witness,
    *,
    repair: bool = True,
    most_regions: int = MOST_REGIONS,
) -> Replay:
    """Check a counterexample exactly; where it fails, look for a true one beside it.

    Parameters
    ----------
    network : Network
    query : Query
        As `exactpwl.vnnlib.load_query` reads it.
    witness : Witness
        As `exactpwl.vnnlib.load_witness` reads it.
    repair : bool
        Whether to look for a true one.
    most_regions : int
        How many regions around the point may be searched.

    Raises
    ------
    DimensionError
        If network, query and witness do not have the same numbers of inputs and outputs.
    TooLargeError
        If the property has too many cases to say which conditions fail.

    Examples
    --------
    >>> from exactpwl.vnnlib import parse_query
    >>> query = parse_query('''(declare-const X_0 Real) (declare-const Y_0 Real)
    ...                        (assert (and (<= -1 X_0 1) (>= Y_0 0.3)))''')
    >>> network = Network([([[1]], [0], "relu")])
    >>> found = replay(network, query, Witness((Fraction("0.29999"),)))
    >>> found.repair.point, str(found.repair.distance)
    ((Fraction(3, 10),), '1/100000')
    """
    check_dimensions(network, query)
    x = witness.inputs
    if len(x) != network.input_dimension:
        raise DimensionError(
            f"a counterexample with {network.input_dimension} inputs is required, got {len(x)}"
        )
    y = network(x)
    errors = None
    if witness.outputs is not None:
        errors = tuple(said - true for said, true in zip(witness.outputs, y, strict=True))
    if query.holds(x, y):
        return Replay(witness, True, y, errors, (), None)
    found = _repair(network, query, x, most_regions) if repair else None
    return Replay(witness, False, y, errors, _misses(query, x, y), found)


def check_dimensions(network: Network, query: Query) -> None:
    """Refuse a network that has not the inputs and outputs that a query speaks of.

    Raises
    ------
    DimensionError
    """
    for kind, has, names in (
        ("inputs", network.input_dimension, query.input_names),
        ("outputs", network.output_dimension, query.output_names),
    ):
        if has != len(names):
            raise DimensionError(
                f"a property of {has} {kind} is required, because the network has so many; this "
                f"one declares {len(names)}, the last is {shown(names[-1]) if names else 'none'}"
            )


def _misses(query: Query, x: Point, y: Point) -> tuple[Miss, ...]:
    """Return what fails in the case that is missed least; none if no case is possible at all."""
    told = [missed(case.constraints, query, x, y) for case in query.cases()]
    return min(told, key=lambda misses: (len(misses), max(m.excess for m in misses)), default=())


def _repair(network: Network, query: Query, x: Point, most_regions: int) -> Repair:
    best: Nearest | None = None
    regions, complete = 0, True
    for input_set, cases in query.by_input_set():
        start = _nearest_input(input_set, x)
        if start is None or (best is not None and start.infimum >= best.distance):
            continue
        found, searched, ended = _beside(network, cases, start, x, most_regions - regions)
        regions, complete = regions + searched, complete and ended
        if found is not None and (best is None or found.distance < best.distance):
            best = found
    if best is None:
        return Repair(None, None, None, None, regions, complete)
    return Repair(best.point, network(best.point), best.distance, best.infimum, regions, complete)


def _nearest_input(inputs: InputSet, x: Point) -> Nearest | None:
    """Return the point of an input set that is nearest to x; for a closed box by clipping."""
    if inputs.is_box and not any(c.strict for c in inputs.constraints):
        ends = list(zip(x, inputs.bounds, strict=True))
        point = tuple(_clipped(c, low, high) for c, (low, high) in ends)
        length = distance(point, x)
        return Nearest(point, length, length)
    rows = [c.input_row(inputs.dimension) for c in inputs.constraints]
    return nearest_inside(rows, [c.strict for c in inputs.constraints], x)


def _clipped(number: Fraction, low: Fraction | None, high: Fraction | None) -> Fraction:
    if low is not None and number < low:
        return low
    return high if high is not None and number > high else number


def _beside(
    network: Network, cases: tuple[Case, ...], start: Nearest, x: Point, most_regions: int
) -> tuple[Nearest | None, int, bool]:
    """Return the nearest counterexample in the regions around a point of their input set.

    With it come the number of regions that were searched, and whether they were all.
    """
    y = network(start.point)
    if any(case.holds(start.point, y) for case in cases):
        return start, 0, True
    best: Nearest | None = None
    for number, found in enumerate(_by_regions(network, cases, start.point, x)):
        if number == most_regions:
            return best, number, False
        for nearest in found:
            if best is None or nearest.distance < best.distance:
                best = nearest
    return best, number + 1, True


def _by_regions(
    network: Network, cases: tuple[Case, ...], around: Point, x: Point
) -> Iterator[list[Nearest]]:
    """Yield for each region around a point what each case has there that is nearest to x."""
    for pattern in patterns_around(network, around):
        rows = region_rows(network, pattern)
        piece = network.affine_map(pattern)
        found = []
        for case in cases:
            asked = [constraint.on_piece(piece) for constraint in case.constraints]
            strict = [False] * len(rows) + [constraint.strict for constraint in case.constraints]
            nearest = nearest_inside([*rows, *asked], strict, x)
            if nearest is not None:
                found.append(nearest)
        yield found
