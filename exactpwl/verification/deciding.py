"""A query decided: a counterexample, a certificate that there is none, or how far it came.

A query asks for an input that violates something (``sat``).  It falls into input sets with a few
cases each, and each case is a conjunction; so "there is none" means that on each set one inequality
of every case fails at every point: a property in clauses, which the pruned subdivision proves
(`exactpwl.certificate.pruned`), and a certificate for each input set says so.

A set with fixed inputs or equations is flat.  It is looked at in coordinates of its own, and the
certificate's network begins with the affine map from these coordinates to the inputs.  Strict
inequalities between inputs are not part of the domain, which is closed, but of the cases.

What a few branches do not decide is climbed first (`exactpwl.verification.climbing`): where there
is a counterexample, that finds it sooner than the subdivision, most of the time.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, NamedTuple

from exactpwl.certificate import Certificate, Counterexample, Property
from exactpwl.certificate.claims import Claim, Clause, Inequality
from exactpwl.certificate.pruned import Search, search
from exactpwl.construct import relus_for_maxima
from exactpwl.domain import Domain
from exactpwl.engine.events import Listener
from exactpwl.errors import DomainError, OptionError
from exactpwl.inequality import primitive_row
from exactpwl.network import Network
from exactpwl.verification.climbing import climbed
from exactpwl.verification.hull import affine_hull
from exactpwl.verification.replaying import check_dimensions
from exactpwl.vnnlib.cases import Case, InputSet
from exactpwl.vnnlib.charts import Chart
from exactpwl.vnnlib.constraints import Constraint
from exactpwl.vnnlib.queries import Query

__all__ = ["Verdict", "verify"]

FEW_LEAVES = 4
"""Branches that are looked at before climbing."""

Point = tuple[Fraction, ...]
Answer = Literal["sat", "unsat", "unknown"]


@dataclass(frozen=True)
class Verdict:
    """The answer to a query.

    Attributes
    ----------
    answer : {"sat", "unsat", "unknown"}
    witness : tuple of Fraction or None
        For ``sat`` an input that fulfils the query with the exact outputs, which are `outputs`.
    outputs : tuple of Fraction or None
    certificates : tuple of Certificate
        For ``unsat`` one for each input set that has points: no case holds on it.  For ``sat`` one
        that says where a case holds.
    leaves : int
        Branches of the subdivision that have ended.
    share : Fraction
        How much of the subdivision is done, 1 at the end: a split halves what it splits.
    notes : tuple of str
        What there is to know of the certificates: coordinates, empty sets, maxima.

    Examples
    --------
    >>> from exactpwl import gallery, vnnlib
    >>> query = vnnlib.parse_query('''(declare-const X_0 Real) (declare-const X_1 Real)
    ...     (declare-const Y_0 Real) (assert (and (<= 0 X_0 1) (<= 0 X_1 1) (> Y_0 1)))''')
    >>> verify(gallery.get("xor"), query).answer
    'unsat'
    """

    answer: Answer
    witness: Point | None = None
    outputs: Point | None = None
    certificates: tuple[Certificate, ...] = ()
    leaves: int = 0
    share: Fraction = Fraction(0)
    notes: tuple[str, ...] = field(default=())


class _Part(NamedTuple):
    """One input set as a property: the network in the set's coordinates, domain and clauses."""

    chart: Chart
    network: Network
    domain: Domain
    clauses: tuple[Clause, ...]


def verify(
    network: Network,
    query: Query,
    *,
    timeout: float | None = None,
    max_regions: int | None = None,
    listener: Listener | None = None,
) -> Verdict:
    """Decide a query, exactly.

    Parameters
    ----------
    network : Network
    query : Query
    timeout : float, optional
        Seconds after which the answer may be ``unknown``.
    max_regions : int, optional
        Branches of the subdivision after which the answer may be ``unknown``.
    listener : Listener, optional

    Raises
    ------
    DimensionError
        If the query is about another number of inputs or outputs.
    OptionError
        If it is about several networks.

    Examples
    --------
    >>> from exactpwl import gallery, vnnlib
    >>> query = vnnlib.parse_query('''(declare-const X_0 Real) (declare-const X_1 Real)
    ...     (declare-const Y_0 Real) (assert (and (<= 0 X_0 1) (= X_1 0) (>= Y_0 1)))''')
    >>> verdict = verify(gallery.get("xor"), query)
    >>> verdict.answer, verdict.witness
    ('sat', (Fraction(0, 1), Fraction(0, 1)))
    """
    check_dimensions(network, query)
    if len(query.networks) > 1:
        raise OptionError(
            f"a property of one network is required, and this one is of {len(query.networks)}; "
            "exactpwl.questions.difference compares two networks"
        )
    deadline = None if timeout is None else time.monotonic() + timeout
    tally = _Tally()
    if any(stage.takes_maxima for stage in network.stages.stages):
        network = relus_for_maxima(network).network
        tally.notes.append("maxima over groups are written with ReLUs, the same function")
    sets = query.by_input_set()
    for number, (inputs, cases) in enumerate(sets, 1):
        part = _part(network, inputs, cases)
        which = f"input set {number} of {len(sets)}"
        if part is None:
            tally.notes.append(f"{which} is empty")
            tally.share += Fraction(1, len(sets))
            continue
        if part.network is not network:
            tally.notes.append(_flat(which, part.domain.dimension))
        most = None if max_regions is None else max(1, max_regions - tally.leaves)
        found = _search(part, deadline, most, listener)
        tally.leaves += found.leaves
        tally.share += Fraction(found.share) / len(sets)
        if found.failure is not None:
            claim: Claim = Counterexample(found.failure, part.clauses)
            tally.certificates = [Certificate((part.network,), part.domain, claim)]
            point = _in_inputs(part.chart, found.failure)
            return tally.verdict("sat", point, network(point))
        if not found.is_complete:
            tally.certificates = []
            return tally.verdict("unknown")
        claim = Property(part.clauses, found.leaves)
        tally.certificates.append(Certificate((part.network,), part.domain, claim))
    if not sets:
        tally.notes.append("the conditions contradict each other, and the input set is empty")
    tally.share = Fraction(1)
    return tally.verdict("unsat")


@dataclass
class _Tally:
    """What is known so far."""

    certificates: list[Certificate] = field(default_factory=list)
    leaves: int = 0
    share: Fraction = Fraction(0)
    notes: list[str] = field(default_factory=list)

    def verdict(
        self, answer: Answer, witness: Point | None = None, outputs: Point | None = None
    ) -> Verdict:
        """Return it with an answer."""
        found = tuple(self.certificates)
        return Verdict(answer, witness, outputs, found, self.leaves, self.share, tuple(self.notes))


def _flat(which: str, dimension: int) -> str:
    return (
        f"{which} is flat: its certificate is in coordinates of its own, {dimension} of them, "
        "which the first layer turns into inputs"
    )


def _search(
    part: _Part, deadline: float | None, most: int | None, listener: Listener | None
) -> Search:
    """Look at a few branches; if they do not decide, climb; if that finds nothing, look at all."""

    def searched(limit: int | None, told: Listener | None) -> Search:
        left = None if deadline is None else max(0.0, deadline - time.monotonic())
        return search(
            part.network, part.domain, part.clauses, timeout=left, max_leaves=limit, listener=told
        )

    few = searched(FEW_LEAVES if most is None else min(most, FEW_LEAVES), None)
    if few.is_complete:
        return few
    found = climbed(part.network, part.domain, part.clauses, deadline)
    if found is not None:
        return Search(found, few.leaves, few.share, True)
    return searched(most, listener)


def _part(network: Network, inputs: InputSet, cases: Sequence[Case]) -> _Part | None:
    """Return an input set as a property, or None if it has no point."""
    try:
        chart = _with_equations(inputs).chart()
    except DomainError:
        return None
    domain = chart.domain
    if len(chart.directions) == network.input_dimension:
        restricted = network
    elif chart.directions:
        restricted = network.section(chart.point, chart.directions)
    else:
        domain = Domain.box([(0, 1)])
        still = [[Fraction(0)] for _ in chart.point]
        restricted = network @ Network([(still, chart.point, "linear")])
    assert domain is not None
    never = Inequality(
        (Fraction(0),) * network.output_dimension,
        Fraction(-1),
        inputs=(Fraction(0),) * domain.dimension,
    )
    clauses = tuple(tuple(_negations(case, network, chart, domain)) or (never,) for case in cases)
    return _Part(chart, restricted, domain, clauses)


def _with_equations(inputs: InputSet) -> InputSet:
    """Return the input set with all equations that hold on it.

    Raises
    ------
    DomainError
        If it has no point.
    """
    if inputs.is_box:
        return InputSet(inputs.dimension, (*inputs.constraints, *_fixed(inputs)))
    hull = affine_hull(inputs.polyhedron.rows, inputs.dimension)
    more = [c for row in hull.equations for c in _both_ways(*row)]
    return InputSet(inputs.dimension, (*inputs.constraints, *more))


def _fixed(inputs: InputSet) -> Iterator[Constraint]:
    """Yield the equations of a box."""
    for i, (low, high) in enumerate(inputs.bounds):
        if low is not None and high is not None and low >= high:
            if low > high:
                raise DomainError("an input set with points is required, and this one has none")
            normal = tuple(int(i == j) for j in range(inputs.dimension))
            yield from _both_ways(*primitive_row((normal, -low)))


def _both_ways(normal: Sequence[int | Fraction], offset: int | Fraction) -> Iterator[Constraint]:
    for sign in (1, -1):
        terms = tuple((i, int(sign * c)) for i, c in enumerate(normal) if c)
        yield Constraint(terms, (), int(sign * offset))


def _negations(case: Case, network: Network, chart: Chart, domain: Domain) -> Iterator[Inequality]:
    """Yield the negations of a case's constraints, but of those that are the domain's."""
    for constraint in case.constraints:
        if constraint.outputs or constraint.strict:
            a, b = dict(constraint.inputs), dict(constraint.outputs)
            at = sum((c * chart.point[i] for i, c in a.items()), Fraction(constraint.offset))
            slopes = [sum((c * u[i] for i, c in a.items()), Fraction(0)) for u in chart.directions]
            yield Inequality(
                tuple(Fraction(b.get(i, 0)) for i in range(network.output_dimension)),
                -at,
                not constraint.strict,
                tuple(slopes) or (Fraction(0),) * domain.dimension,
            )


def _in_inputs(chart: Chart, found: Sequence[Fraction]) -> Point:
    """Return a point that is given in the coordinates of an input set."""
    pairs = list(zip(found, chart.directions, strict=False))
    return tuple(sum((s * u[i] for s, u in pairs), start) for i, start in enumerate(chart.point))
