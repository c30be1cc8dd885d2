"""One activation pattern: its closed cell as an exact polyhedron, or the proof that it is empty.

Once the pattern says on which piece every neuron is, every pre-activation is affine, and the cell
of the pattern is ``{x : c <= z(x) <= c'}`` for the breakpoints c, c' at the ends of each piece.
Its status is *full* (it has an interior), *thin* (points, but no interior) or *empty*.  Each
inequality remembers the breakpoint it comes from, so that facets, implicit equations and Farkas
certificates speak of neurons.

A full cell is *proper* unless the pattern calls a neuron active whose pre-activation vanishes
identically on it: literally such a pattern has no point (z > 0 fails everywhere), but its closed
cell is that of another pattern, counted there.  Proper full patterns and activation regions
(definition R2 of arXiv:2505.16716) are equally many.  `PatternPolyhedron.literal` is the other
reading, definition R1: strict above a breakpoint, weak below, in any dimension.

A domain is closed and read as open, as everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from exactpwl.affine import AffineMap
from exactpwl.domain import DomainLike
from exactpwl.farkas import FarkasCertificate
from exactpwl.feasibility import Feasibility, Point, Status, feasible
from exactpwl.formula import format_affine
from exactpwl.network import Kink, Network
from exactpwl.pattern import Pattern
from exactpwl.pattern_inequality import (
    PatternInequality,
    bend_of,
    domain_inequalities,
    kink_inequality,
)
from exactpwl.polyhedron import Polyhedron
from exactpwl.rationals import format_fraction, format_point

__all__ = ["PatternPolyhedron", "pattern_polyhedron"]

_MOST_INPUTS_LISTED = 4
_MOST_GENERATORS_LISTED = 12


@dataclass(frozen=True)
class PatternPolyhedron:
    """The closed cell of one activation pattern; made by `pattern_polyhedron`.

    Attributes
    ----------
    network : Network
    pattern : Pattern
    inequalities : tuple of PatternInequality
        All: the pattern's, layer by layer, then the domain's.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> cell = pattern_polyhedron(gallery.get("xor"), "10")
    >>> cell.status, cell.interior_point, cell.lines
    ('full', (Fraction(-1, 2), Fraction(0, 1)), ((1, -1),))
    """

    network: Network = field(repr=False)
    pattern: Pattern
    inequalities: tuple[PatternInequality, ...]

    @property
    def dimension(self) -> int:
        """The number of inputs."""
        return self.network.input_dimension

    @cached_property
    def polyhedron(self) -> Polyhedron:
        """The cell as a polyhedron; its rows are those of `inequalities`, in order."""
        return Polyhedron(self.dimension, tuple(i.row for i in self.inequalities))

    @property
    def feasibility(self) -> Feasibility:
        """Status, point and multipliers, checked in exact arithmetic."""
        return self.polyhedron.feasibility

    @property
    def status(self) -> Status:
        """``full``, ``thin`` or ``empty``."""
        return self.feasibility.status

    @property
    def improper_kinks(self) -> tuple[Kink, ...]:
        """The breakpoints that the pattern lies above although z = c everywhere."""
        return tuple(i.kink for i in self._improper() if i.kink is not None)

    @property
    def is_proper(self) -> bool:
        """Whether the cell is full and the pattern is the one that its points have."""
        return self.status == "full" and not self.improper_kinks

    @property
    def interior_point(self) -> Point | None:
        """A point of the interior; None unless the cell is full."""
        return self.feasibility.point if self.status == "full" else None

    @property
    def irredundant(self) -> tuple[PatternInequality, ...]:
        """The first inequality of each facet; none of an empty cell."""
        if self.status == "empty":
            return ()
        return tuple(self.inequalities[i] for i in self.polyhedron.canonical.irredundant)

    @property
    def facets(self) -> tuple[tuple[PatternInequality, ...], ...]:
        """For each facet all inequalities that define it: where kinks coincide, several."""
        return tuple(
            tuple(i for i in self.inequalities if i.row == facet.row) for facet in self.irredundant
        )

    @property
    def equations(self) -> tuple[PatternInequality, ...]:
        """The inequalities with variables that vanish on the whole cell; none of an empty cell."""
        if self.status == "empty":
            return ()
        return tuple(self.inequalities[i] for i in self.polyhedron.canonical.equations)

    @property
    def vertices(self) -> tuple[Point, ...]:
        """The vertices of the cell; where it contains lines, points that stand for them."""
        return self.polyhedron.generators.vertices

    @property
    def rays(self) -> tuple[tuple[int, ...], ...]:
        """The directions of the unbounded edges."""
        return self.polyhedron.generators.rays

    @property
    def lines(self) -> tuple[tuple[int, ...], ...]:
        """A basis of the lines that the cell contains."""
        return self.polyhedron.generators.lines

    @cached_property
    def certificate(self) -> FarkasCertificate | None:
        """Why there is no point (``empty``), or none in the interior (``thin``); None if full."""
        if self.feasibility.multipliers is None:
            return None
        relation = ">=" if self.status == "empty" else ">"
        return self._certificate(self.feasibility, [relation] * len(self.inequalities))

    @cached_property
    def literal(self) -> Feasibility:
        """The pattern read literally (R1): z > c above a breakpoint, z <= c below.

        Of the status only ``full`` (some point has exactly this pattern) and ``empty`` occur.
        """
        strict = [i.is_strict for i in self.inequalities]
        return feasible(self.polyhedron.rows, strict, self.dimension)

    @cached_property
    def literal_certificate(self) -> FarkasCertificate | None:
        """Why no point has exactly this pattern; None where one has."""
        if self.literal.multipliers is None:
            return None
        relations = [">" if i.is_strict else ">=" for i in self.inequalities]
        return self._certificate(self.literal, relations)

    @property
    def affine_map(self) -> AffineMap:
        """The network's affine map under this pattern, whether or not a point has it."""
        return self.network.affine_map(self.pattern)

    def as_dict(self) -> dict[str, Any]:
        """Return everything as plain JSON values, rationals as texts."""
        found: dict[str, Any] = {
            "pattern": str(self.pattern),
            "status": self.status,
            "proper": self.is_proper,
            "inequalities": [i.as_dict() for i in self.inequalities],
            "certificate": None,
        }
        if self.certificate is not None:
            found["certificate"] = {
                "multipliers": {
                    str(i): format_fraction(y) for i, y in self.feasibility.multipliers or ()
                },
                "sentence": str(self.certificate),
            }
        if self.status != "empty":
            form = self.polyhedron.canonical
            found["irredundant"] = list(form.irredundant)
            found["equations"] = list(form.equations)
            found["point"] = list(map(format_fraction, self.feasibility.point or ()))
            found["vertices"] = [list(map(format_fraction, v)) for v in self.vertices]
            found["rays"] = [list(r) for r in self.rays]
            found["lines"] = [list(u) for u in self.lines]
        return found

    def __str__(self) -> str:
        return "\n".join([self._headline(), *self._inequality_lines(), *self._description()])

    def _certificate(self, answer: Feasibility, relations: Sequence[str]) -> FarkasCertificate:
        rows = [i.row for i in self.inequalities]
        origins = [i.origin for i in self.inequalities]
        proof = FarkasCertificate.of(rows, answer.multipliers or (), relations, origins)
        proof.verify()
        return proof

    def _headline(self) -> str:
        status: str = self.status
        if status == "full":
            status += ", proper" if self.is_proper else ", not proper"
        return f"pattern {self.pattern or '(nothing to decide)'} of {self.network!r}: {status}"

    def _inequality_lines(self) -> list[str]:
        roles = {i: "same facet" for facet in self.facets for i in facet}
        roles |= dict.fromkeys(self.irredundant, "facet")
        roles |= dict.fromkeys(self.equations, "= 0 on the cell")
        written = [str(i) for i in self.inequalities]
        origins = [i.origin for i in self.inequalities]
        widths = [max(map(len, column), default=0) for column in (written, origins)]
        lines = []
        for i, text, origin in zip(self.inequalities, written, origins, strict=True):
            role = roles.get(i, "")
            lines.append(f"  {text:{widths[0]}}  {origin:{widths[1]}}  {role}".rstrip())
        return lines

    def _description(self) -> list[str]:
        lines = [
            f"{i.origin} is asked for, but "
            f"{'z = ' + format_fraction(i.value) if i.arguments is None else 'they are equal'} "
            "everywhere"
            for i in self._improper()
        ]
        if self.certificate is not None:
            nothing = "no point" if self.status == "empty" else "no interior"
            lines.append(f"{nothing}: {self.certificate}")
        if self.feasibility.point is not None:
            kind = "interior point" if self.status == "full" else "point"
            lines.append(f"{kind}: {format_point(self.feasibility.point)}")
            lines += self._generator_lines()
            outputs = zip(self.affine_map.weight, self.affine_map.bias, strict=True)
            lines.append("f = " + ", ".join(format_affine(w, b) for w, b in outputs))
        return lines

    def _improper(self) -> list[PatternInequality]:
        return [i for i in self.inequalities if i.vanishes and i.above and i.kink is not None]

    def _generator_lines(self) -> list[str]:
        if self.dimension > _MOST_INPUTS_LISTED:
            return []
        kinds: list[tuple[str, Sequence[Sequence[Fraction | int]]]] = [
            ("points, up to the lines" if self.lines else "vertices", self.vertices),
            ("rays", self.rays),
            ("lines", self.lines),
        ]
        return [f"{kind}: {_listed(vectors)}" for kind, vectors in kinds if vectors]


def pattern_polyhedron(
    network: Network, pattern: str | Iterable[Iterable[int]], domain: DomainLike = None
) -> PatternPolyhedron:
    """Return the cell of an activation pattern, exactly.

    Parameters
    ----------
    network : Network
    pattern : str, Pattern or nested sequences of int
        One piece per neuron, layer by layer, such as ``"10|01"``.
    domain : Domain, or pairs (low, high), optional
        The whole space by default.

    Returns
    -------
    PatternPolyhedron
        What it is asked is computed then, and verified on the spot.

    Raises
    ------
    PatternError
        If the pattern does not fit the network.
    DomainError
        If the domain is of another dimension, empty or flat.

    Examples
    --------
    >>> xor = Network([([[1, 1], [1, 1]], [1, 0], "relu"), ([[2, -4]], [-1], "linear")])
    >>> print(pattern_polyhedron(xor, "01"))
    pattern 01 of <Network 2 -> 2 relu -> 1 linear>: empty
      -x-y-1 >= 0  layer 0, neuron 0: z <= 0
      x+y >= 0     layer 0, neuron 1: z > 0
    no point: (x+y >= 0) + (-x-y-1 >= 0) gives -1 >= 0
    >>> pattern_polyhedron(xor, "10").is_proper
    True
    """
    fitting = network.pattern(pattern)
    pieces = _pieces_by_layer(network, fitting)
    found = []
    for function in network.kink_functions(fitting):
        kink = Kink(function.layer, function.neuron, function.breakpoint)
        row = (function.normal, function.offset)
        piece = pieces[kink.layer][kink.neuron]
        found.append(kink_inequality(kink, bend_of(network, kink), row, piece))
    inequalities = tuple(i for i in found if i is not None)
    return PatternPolyhedron(network, fitting, inequalities + domain_inequalities(network, domain))


def _pieces_by_layer(network: Network, pattern: Pattern) -> dict[int, tuple[int, ...]]:
    kinked = (i for i, layer in enumerate(network.layers) if not layer.is_linear)
    return dict(zip(kinked, pattern, strict=True))


def _listed(vectors: Sequence[Sequence[Fraction | int]]) -> str:
    shown = ", ".join(map(format_point, vectors[:_MOST_GENERATORS_LISTED]))
    more = len(vectors) - _MOST_GENERATORS_LISTED
    return f"{shown}, and {more} more" if more > 0 else shown
