"""Functions given by their pieces: any finite list of polyhedra, each with its affine map.

Not every such list is a function of a network; it may not even be a function.  The pieces are
closed, so where two of them meet both have a say.  If they agree on every intersection, the list
is one function, and it is continuous, because finitely many closed pieces are glued (the pasting
lemma, Munkres, Topology, theorem 18.3).  If they disagree anywhere, it is none.  Continuity is
therefore a finite question: for every two pieces, does the difference of the two maps vanish on
the affine hull of their intersection?  No face structure is needed: the pieces need not meet face
to face, and those that touch in a single point are asked too.

The hull is known from the implicit equations of the two systems together.  At a relative interior
point x of the intersection the difference is evaluated; if it is 0 there and yet does not vanish on
the hull, it grows along some direction of the hull, and a step from x, short enough to stay inside,
shows the jump.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any

from exactpwl.affine import AffineMap
from exactpwl.domain import Domain
from exactpwl.errors import DiscontinuityError, DomainError
from exactpwl.feasibility import feasibility
from exactpwl.formula import format_inequality
from exactpwl.inequality import Row, dot, opposite, primitive_row, value
from exactpwl.polyhedron import Polyhedron
from exactpwl.rationals import RationalLike, as_fractions, format_point

__all__ = ["CommonFace", "Continuity", "Discontinuity", "PiecewiseFunction"]

Point = tuple[Fraction, ...]


@dataclass(frozen=True)
class CommonFace:
    """The intersection of two pieces, which is not empty and has no interior.

    Attributes
    ----------
    pieces : tuple of int
    dimension : int
    equations, inequalities : tuple of (normal, offset)
        Primitive integers; ``normal . x + offset`` is ``= 0`` or ``>= 0``, none of them redundant.
    point : tuple of Fraction
        A relative interior point.
    """

    pieces: tuple[int, int]
    dimension: int
    equations: tuple[Row, ...]
    inequalities: tuple[Row, ...]
    point: Point

    @property
    def polyhedron(self) -> Polyhedron:
        """The face as a polyhedron, an equation as two inequalities."""
        rows = (*self.equations, *map(opposite, self.equations), *self.inequalities)
        return Polyhedron(len(self.point), rows)

    @property
    def is_facet(self) -> bool:
        """Whether its dimension is one less than the space's."""
        return self.dimension == len(self.point) - 1

    def __str__(self) -> str:
        if not self.dimension and not self.is_facet:
            return f"common point {format_point(self.point)}"
        kind = "facet" if self.is_facet else f"face of dimension {self.dimension}"
        relations = [format_inequality(*row, relation="=") for row in self.equations]
        relations += [format_inequality(*row) for row in self.inequalities]
        return f"common {kind} {{{', '.join(relations)}}}"


@dataclass(frozen=True)
class Discontinuity:
    """Two pieces that do not agree where they meet.

    Attributes
    ----------
    face : CommonFace
    point : tuple of Fraction
        A relative interior point of the face, at which the values differ.
    values : two tuples of Fraction
        The values of the first and of the second piece there.
    """

    face: CommonFace
    point: Point
    values: tuple[Point, Point]

    @property
    def jump(self) -> Point:
        """The second value minus the first."""
        return tuple(b - a for a, b in zip(*self.values, strict=True))

    def error(self) -> DiscontinuityError:
        """Return the error that says this."""
        return DiscontinuityError(
            str(self), pieces=self.face.pieces, facet=self.face, point=self.point, jump=self.jump
        )

    def __str__(self) -> str:
        (i, j), (first, second) = self.face.pieces, self.values
        return (
            f"pieces {i} and {j} do not agree on their {self.face}: at {format_point(self.point)} "
            f"piece {i} is {format_point(first)} and piece {j} is {format_point(second)}, "
            f"a jump of {format_point(self.jump)}"
        )


@dataclass(frozen=True)
class Continuity:
    """Whether a function is continuous, and the evidence; true iff it is.

    Attributes
    ----------
    faces : tuple of CommonFace
        All non-empty intersections of two pieces: on each, the two maps were compared.
    failures : tuple of Discontinuity
        Where they differ, facets first.
    """

    faces: tuple[CommonFace, ...]
    failures: tuple[Discontinuity, ...]

    def __bool__(self) -> bool:
        return not self.failures

    def __str__(self) -> str:
        facets = sum(face.is_facet for face in self.faces)
        pairs = "1 pair" if len(self.faces) == 1 else f"{len(self.faces)} pairs"
        compared = f"{pairs} of pieces with common points, {facets} of them with a common facet"
        if not self.failures:
            return f"continuous: {compared}, and their maps agree there"
        return f"not continuous: {compared}, and {len(self.failures)} differ; {self.failures[0]}"


@dataclass(frozen=True, repr=False)
class PiecewiseFunction:
    """A function that is affine on each of finitely many polyhedra; it may have jumps.

    Parameters
    ----------
    polyhedra : sequence of Polyhedron, Domain or list of (normal, offset)
        Closed and full-dimensional; a row means ``normal . x + offset >= 0``.  They need neither
        meet face to face nor cover the space.
    maps : sequence of AffineMap or (W, b)
        One for each polyhedron.

    Raises
    ------
    DomainError
        If there is no piece, the numbers or dimensions do not fit, a polyhedron is empty or flat,
        or the interiors of two of them overlap; the message names a point inside both.

    Examples
    --------
    >>> left, right = [((-1,), 0)], [((1,), 0)]
    >>> absolute = PiecewiseFunction([left, right], [([[-1]], [0]), ([[1]], [0])])
    >>> absolute, absolute((-2,))
    (<PiecewiseFunction R^1 -> R^1, 2 pieces>, (Fraction(2, 1),))
    >>> print(absolute.check_continuity())
    continuous: 1 pair of pieces with common points, 1 of them with a common facet, and
    their maps agree there
    >>> step = PiecewiseFunction([left, right], [([[0]], [0]), ([[0]], [1])])
    >>> print(step.check_continuity().failures[0])
    pieces 0 and 1 do not agree on their common facet {x = 0}: at 0 piece 0 is 0 and
    piece 1 is 1, a jump of 1
    """

    polyhedra: tuple[Polyhedron, ...]
    maps: tuple[AffineMap, ...]
    faces: tuple[CommonFace, ...] = field(init=False, compare=False)
    """All non-empty intersections of two pieces, facets first."""

    def __init__(self, polyhedra: Iterable[Any], maps: Iterable[Any]) -> None:
        affine = tuple(m if isinstance(m, AffineMap) else AffineMap.of(*m) for m in maps)
        given = tuple(polyhedra)
        _check_maps(affine, len(given))
        dimension = affine[0].input_dimension
        made = tuple(_polyhedron(piece, i, dimension) for i, piece in enumerate(given))
        met = [_common_face(made, i, j) for i, j in combinations(range(len(made)), 2)]
        faces = sorted((f for f in met if f), key=lambda face: -face.dimension)
        object.__setattr__(self, "polyhedra", made)
        object.__setattr__(self, "maps", affine)
        object.__setattr__(self, "faces", tuple(faces))

    @property
    def input_dimension(self) -> int:
        """The dimension d of the points."""
        return self.maps[0].input_dimension

    @property
    def output_dimension(self) -> int:
        """The dimension of the values."""
        return self.maps[0].output_dimension

    def pieces_at(self, x: Sequence[RationalLike]) -> tuple[int, ...]:
        """Return the indices of the pieces that contain a point."""
        point = as_fractions(x)
        return tuple(i for i, piece in enumerate(self.polyhedra) if piece.contains(point))

    def __call__(self, x: Sequence[RationalLike]) -> Point:
        """Return the value at a rational point.

        Raises
        ------
        DomainError
            If no piece contains the point.
        DiscontinuityError
            If two pieces that contain it have different values there.
        """
        point = as_fractions(x)
        pieces = self.pieces_at(point)
        if not pieces:
            raise DomainError(f"no piece contains the point {format_point(point)}")
        values = [self.maps[i](point) for i in pieces]
        for i, other in zip(pieces, values, strict=True):
            if other != values[0]:
                face = next(f for f in self.faces if f.pieces == (pieces[0], i))
                raise Discontinuity(face, point, (values[0], other)).error()
        return values[0]

    def check_continuity(self) -> Continuity:
        """Compare the maps of every two pieces on the affine hull of their intersection."""
        found = (self._discontinuity(face) for face in self.faces)
        return Continuity(self.faces, tuple(failure for failure in found if failure))

    def require_continuous(self) -> None:
        """Do nothing if the function is continuous.

        Raises
        ------
        DiscontinuityError
            Otherwise; it names two pieces, where they meet, a point there and the jump.
        """
        for face in self.faces:
            failure = self._discontinuity(face)
            if failure:
                raise failure.error()

    def _discontinuity(self, face: CommonFace) -> Discontinuity | None:
        first, second = (self.maps[i] for i in face.pieces)
        point = _nonzero_point(second - first, face)
        return None if point is None else Discontinuity(face, point, (first(point), second(point)))

    @classmethod
    def load(cls, path: str | Path) -> PiecewiseFunction:
        """Read a function from a ``.json`` file; see docs/piecewise-format.md.

        Raises
        ------
        FormatError
            If the file cannot be read or is not of its format.
        DomainError
            As the constructor.
        """
        from exactpwl.io import load_pieces

        return load_pieces(path)

    def save(self, path: str | Path) -> None:
        """Write the function as JSON."""
        from exactpwl.io import save_pieces

        save_pieces(self, path)

    def __repr__(self) -> str:
        spaces = f"R^{self.input_dimension} -> R^{self.output_dimension}"
        return f"<PiecewiseFunction {spaces}, {len(self.maps)} pieces>"


def _check_maps(maps: Sequence[AffineMap], polyhedra: int) -> None:
    if not maps:
        raise DomainError("at least one piece is required, got none")
    if len(maps) != polyhedra:
        raise DomainError(
            f"one map for each polyhedron is required, got {len(maps)} maps "
            f"and {polyhedra} polyhedra"
        )
    shape = len(maps[0].bias), maps[0].input_dimension
    for i, affine in enumerate(maps):
        sizes = {len(row) for row in affine.weight}
        if not shape[1] or len(affine.weight) != len(affine.bias) or len(sizes) != 1:
            raise DomainError(f"map {i}: W needs rows of one positive length, and b an entry a row")
        if (len(affine.bias), affine.input_dimension) != shape:
            raise DomainError(
                f"map {i}: a map from R^{shape[1]} to R^{shape[0]} is required, as map 0 is, "
                f"got one from R^{affine.input_dimension} to R^{len(affine.bias)}"
            )


def _polyhedron(piece: Any, index: int, dimension: int) -> Polyhedron:
    made = _from_rows(piece, index, dimension)
    if made.dimension != dimension:
        raise DomainError(
            f"piece {index}: a polyhedron in R^{dimension} is required, as the maps have "
            f"{dimension} inputs, got one in R^{made.dimension}"
        )
    if made.status != "full":
        kind = "empty" if made.status == "empty" else "flat"
        raise DomainError(f"piece {index}: a polyhedron with an interior is required, it is {kind}")
    return made


def _from_rows(piece: Any, index: int, dimension: int) -> Polyhedron:
    if isinstance(piece, Polyhedron):
        return piece
    if isinstance(piece, Domain):
        return Polyhedron(piece.dimension, piece.rows)
    try:
        return Polyhedron(dimension, tuple(piece))
    except (TypeError, ValueError) as error:
        raise DomainError(
            f"piece {index}: a Polyhedron, a Domain or rows (normal, offset) are required: {error}"
        ) from None


def _common_face(polyhedra: Sequence[Polyhedron], i: int, j: int) -> CommonFace | None:
    both = polyhedra[i].intersect(polyhedra[j].rows)
    if both.status == "empty":
        return None
    if both.status == "full":
        raise DomainError(
            f"pieces {i} and {j} overlap: {format_point(both.feasibility.point or ())} is inside "
            "both; pieces may share boundary points only"
        )
    canonical = both.canonical
    equations = tuple(_oriented(primitive_row(both.rows[k])) for k in canonical.basis)
    inequalities = tuple(primitive_row(both.rows[k]) for k in canonical.irredundant)
    inside = feasibility(inequalities, both.dimension, equations)
    dimension = both.dimension - len(equations)
    return CommonFace((i, j), dimension, equations, inequalities, inside.point or ())


def _oriented(row: Row) -> Row:
    """Return the equation with its first coefficient positive."""
    return row if next(a for a in row[0] if a) > 0 else opposite(row)


def _nonzero_point(difference: AffineMap, face: CommonFace) -> Point | None:
    """Return a relative interior point of the face at which `difference` is not 0, if any."""
    if any(difference(face.point)):
        return face.point
    normals = [normal for normal, _ in face.equations]
    for row in difference.weight:
        direction = _orthogonal_part(row, normals)
        if any(direction):
            step = _half_way(face, direction)
            return tuple(c + step * u for c, u in zip(face.point, direction, strict=True))
    return None


def _half_way(face: CommonFace, direction: Point) -> Fraction:
    """Return half of the way along `direction` to where the face ends, at most 1."""
    slopes = ((row, dot(row[0], direction)) for row in face.inequalities)
    ends = [value(row, face.point) / -slope for row, slope in slopes if slope < 0]
    return min([Fraction(1), *(end / 2 for end in ends)])


def _orthogonal_part(vector: Point, normals: Iterable[Sequence[int | Fraction]]) -> Point:
    """Return the part of `vector` that is orthogonal to independent normals (Gram and Schmidt)."""
    basis: list[Point] = []
    for entry in (*normals, vector):
        rest = as_fractions(entry)
        for b in basis:
            share = dot(rest, b) / dot(b, b)
            rest = tuple(r - share * c for r, c in zip(rest, b, strict=True))
        basis.append(rest)
    return basis[-1]
