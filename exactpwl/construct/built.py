"""A network that was built, together with what it was built from, and the proof that both are one.

What a network is built from is a function that somebody can write down without it: the segments
between points, the largest of some smallest affine functions, values at the vertices of triangles,
other networks added or composed.  Such a function is a list of *cells*, polyhedra with an affine
map each, that leave nothing of its domain out.

The proof is by exhaustion.  On each cell every activation region of the network is enumerated,
exactly: that is the common refinement of the two subdivisions.  Two affine maps that agree on a set
with an interior are the same map, so on each region the two maps are compared, number by number.
They are continuous on closed cells, so nothing is left to ask on the walls.  One altered weight
alters some map on some region, or nothing at all; the comparison names a point where the two
differ, with both values.

That the cells leave nothing out is proved, too.  What a list of polyhedra leaves of a domain is
found by cutting off one after the other (`leftover`): it must be empty, or it is where the function
is said to have one more affine map, as the zero outside of a triangulation.  Cells that are
the regions of another network come from the engine, whose checks are `exactpwl.checks`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from exactpwl.affine import AffineMap
from exactpwl.domain import Domain
from exactpwl.enumeration import regions
from exactpwl.errors import DimensionError
from exactpwl.inequality import Row, opposite
from exactpwl.network import Network
from exactpwl.polyhedron import Polyhedron
from exactpwl.rationals import format_point
from exactpwl.region import Region

__all__ = ["Built", "Cell", "Comparison", "Target", "compare", "domain_of", "leftover", "refined"]

Point = tuple[Fraction, ...]


class Cell(NamedTuple):
    """A closed polyhedron with an interior, and the affine map of a function there.

    Examples
    --------
    >>> from exactpwl import construct
    >>> left, right = construct.from_slopes([0], [-1, 1], through=(0, 0)).target.cells()
    >>> left.domain.contains([-5]), left.map([-5])
    (True, (Fraction(5, 1),))
    """

    domain: Domain
    map: AffineMap


@dataclass(frozen=True)
class Target:
    """What a network was built from: a function by its cells.

    Attributes
    ----------
    text : str
        Its name in a sentence, such as "the function through 4 points".
    domain : Domain
        Where the network is said to be equal to it.
    cells : callable
        Lists the cells.
    elsewhere : AffineMap or None
        The map on all that the cells leave of the domain; without one they must leave nothing.
    is_covered : bool
        Whether the cells are known to leave nothing, as the regions of a network do.

    Examples
    --------
    >>> from exactpwl import construct
    >>> made = construct.from_points([(0, 0), (1, 2)])
    >>> print(made.target.text, "on", made.target.domain)
    the function through 2 points on R^1
    """

    text: str
    domain: Domain
    cells: Callable[[], Iterable[Cell]]
    elsewhere: AffineMap | None = None
    is_covered: bool = False


@dataclass(frozen=True)
class Comparison:
    """Whether a network is what it was built from, and the evidence; true iff it is.

    Attributes
    ----------
    text : str
        What was compared with.
    domain : Domain
    cells, regions : int
        How many cells there are, and regions of the common refinement on which the maps were
        compared; up to the first difference, if there is one.
    point : tuple of Fraction or None
        Where the two differ, or where the function has no value.
    values : (network's value, function's value) or None
        At that point; the second one is None where the function has none.

    Examples
    --------
    >>> from exactpwl import Network, construct
    >>> made = construct.from_points([(0, 0), (1, 2)])
    >>> print(made.check())
    equal to the function through 2 points on R^1: the affine maps agree on all 2 regions of
    the common refinement with its 2 cells
    >>> altered = Network([([[1]], [0], "relu"), ([[3]], [0], "linear")])
    >>> print(construct.compare(altered, made.target))
    not equal to the function through 2 points: at 1 the network is 3, the function 2
    """

    text: str
    domain: Domain
    cells: int
    regions: int
    point: Point | None = None
    values: tuple[Point, Point | None] | None = None

    def __bool__(self) -> bool:
        return self.point is None

    def __str__(self) -> str:
        if self.point is None or self.values is None:
            return (
                f"equal to {self.text} on {self.domain}: the affine maps agree on all "
                f"{self.regions} regions of the common refinement with its {self.cells} cells"
            )
        at, (found, wanted) = format_point(self.point), self.values
        if wanted is None:
            return f"not equal to {self.text}: it has no value at {at}"
        return (
            f"not equal to {self.text}: at {at} the network is {format_point(found)}, "
            f"the function {format_point(wanted)}"
        )


@dataclass(frozen=True)
class Built:
    """A network and what it was built from.

    Attributes
    ----------
    network : Network
    target : Target
    notes : tuple of str
        What was done to the input on the way: sorted, merged, left out.

    Examples
    --------
    >>> from exactpwl import construct
    >>> made = construct.from_points([(1, 2), (0, 0)])
    >>> made.network, made.notes, bool(made.check())
    (<Network 1 -> 1 relu -> 1 linear>, ('the points were sorted by x',), True)
    """

    network: Network
    target: Target
    notes: tuple[str, ...] = ()

    def check(self) -> Comparison:
        """Compare the network with what it was built from, on all regions, exactly."""
        return compare(self.network, self.target)


def compare(network: Network, target: Target) -> Comparison:
    """Decide whether a network is a function given by cells, exactly.

    Parameters
    ----------
    network : Network
    target : Target

    Returns
    -------
    Comparison

    Raises
    ------
    DimensionError
        If they have different numbers of inputs or of outputs.

    Examples
    --------
    >>> from exactpwl import construct, gallery
    >>> tent = construct.from_slopes([0, "1/2"], [0, 2, -2], through=(0, 0))
    >>> bool(construct.compare(gallery.get("tent"), tent.target))
    True
    """
    cells = list(target.cells())
    rest: list[Polyhedron] = []
    if not target.is_covered:
        rest = leftover(target.domain, [cell.domain.rows for cell in cells])
    if rest and target.elsewhere is None:
        point = rest[0].feasibility.point or ()
        return Comparison(target.text, target.domain, len(cells), 0, point, (network(point), None))
    if target.elsewhere is not None:
        cells += [Cell(domain_of(part.rows, part.dimension), target.elsewhere) for part in rest]
    count = 0
    for cell in cells:
        _check_shapes(network, cell.map)
        complex_ = regions(network, cell.domain)
        for i, found in enumerate(complex_.affine_maps):
            count += 1
            if found != cell.map:
                point = _differing(complex_.regions[i], found - cell.map)
                values = network(point), cell.map(point)
                return Comparison(target.text, target.domain, len(cells), count, point, values)
    return Comparison(target.text, target.domain, len(cells), count)


def _check_shapes(network: Network, found: AffineMap) -> None:
    here = network.input_dimension, network.output_dimension
    there = found.input_dimension, found.output_dimension
    if here != there:
        raise DimensionError(
            f"a network with {there[0]} inputs and {there[1]} outputs is required, as the function "
            f"has, got one with {here[0]} and {here[1]}"
        )


def _differing(region: Region, difference: AffineMap) -> Point:
    """Return a point of a region at which an affine map that is not 0 is not 0: small numbers."""
    for vertex in region.vertices:
        if any(difference(vertex)):
            return vertex
    start = region.interior_point
    if any(difference(start)):
        return start
    row = next(row for row in difference.weight if any(row))
    step = Fraction(1)
    while True:
        point = tuple(c + step * w for c, w in zip(start, row, strict=True))
        if region.contains(point):
            return point
        step /= 2


def leftover(domain: Domain, parts: Iterable[Sequence[Row]]) -> list[Polyhedron]:
    """Return what polyhedra leave of a domain, as polyhedra with an interior.

    From each piece that is left the next polyhedron is cut off along one inequality after the
    other: what is on the wrong side of the first, what is on the right side of the first and the
    wrong side of the second, and so on.  These have no common interior points.

    Parameters
    ----------
    domain : Domain
    parts : iterable of rows (normal, offset)

    Examples
    --------
    >>> from exactpwl import Domain
    >>> halves = [[((1,), 0)], [((-1,), 0)]]
    >>> leftover(Domain.whole(1), halves), len(leftover(Domain.box([(-1, 1)]), halves[:1]))
    ([], 1)
    """
    left = [Polyhedron(domain.dimension, domain.rows)]
    for rows in parts:
        left = [piece for old in left for piece in _without(old, rows)]
    return left


def _without(old: Polyhedron, rows: Sequence[Row]) -> Iterator[Polyhedron]:
    if old.intersect(rows).status != "full":
        yield old
        return
    for row in rows:
        outer = old.intersect([opposite(row)])
        if outer.status == "full":
            kept = outer.canonical.irredundant
            yield Polyhedron(old.dimension, tuple(outer.rows[i] for i in kept))
        old = old.intersect([row])


def domain_of(rows: Iterable[Row], dimension: int) -> Domain:
    """Return {x : normal . x + offset >= 0 for every row} as a domain."""
    listed = list(rows)
    normals = [[-a for a in normal] for normal, _ in listed]
    return Domain.polyhedron(normals, [offset for _, offset in listed], dimension=dimension)


def refined(
    networks: Sequence[Network], domain: Domain
) -> Iterator[tuple[Domain, tuple[AffineMap, ...]]]:
    """Yield the cells of the common refinement of some networks, with the map of each network.

    The regions of the first network are the domains on which those of the next are enumerated, so
    that no network that joins them is needed.
    """
    if not networks:
        yield domain, ()
        return
    first, *rest = networks
    for cell in network_cells(first, domain):
        for inner, maps in refined(rest, cell.domain):
            yield inner, (cell.map, *maps)


def network_cells(network: Network, domain: Domain) -> Iterator[Cell]:
    """Yield the activation regions of a network over a domain with their affine maps."""
    for region in regions(network, domain).regions:
        rows = [(f.inequality.normal, f.inequality.offset) for f in region.facets]
        yield Cell(domain_of(rows, domain.dimension), region.affine_map)
