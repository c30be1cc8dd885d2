"""Combinatorics of one cell from its incidences: facets, faces, triangulation.

A cell is given by a bit mask of tight inequalities for each generator.  The generators on which an
inequality is tight span a face; every facet is among these faces, so the facets are the maximal
ones: no rank is computed.  The facets of a face are the maximal intersections with the facets of
the cell, one dimension lower each time, because a face lattice is graded (Ziegler 1995, section
2.2).  Faces are bit masks over the cell's generators.

Most cells are *simple*: each generator lies on as many facets as the cell has dimensions.  Then
every facet that meets a face without containing it meets it in a facet of the face (section 2.5),
and nothing needs to be compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import compress
from math import factorial, prod
from operator import lshift
from typing import Any, TypeVar

from flint import fmpz, fmpz_mat

from exactpwl.rationals import primitive

__all__ = [
    "chosen",
    "facet_masks",
    "facets_of_face",
    "hyperplane",
    "inner_vector",
    "is_simple",
    "members",
    "outer_masks",
    "vertex_weights",
    "volume",
]

T = TypeVar("T")
Vector = tuple[int, ...]

_AS_BITS = bytes.maketrans(b"01", b"\0\1")

_OF_BYTE = [tuple([i for i in range(8) if byte >> i & 1]) for byte in range(256)]


def facet_masks(tight: Sequence[int]) -> list[int]:
    """Return the facets of the cone over a cell, as masks over its generators.

    A facet may lie at infinity or on the domain's boundary; the caller decides what counts.

    Examples
    --------
    >>> square = [0b0011, 0b0110, 0b1100, 0b1001]
    >>> [bin(mask) for mask in facet_masks(square)]
    ['0b1001', '0b11', '0b110', '0b1100']
    """
    on: dict[int, int] = {}
    place = 1
    for mask in tight:
        while mask:
            flag = mask & -mask
            mask ^= flag
            on[flag] = on.get(flag, 0) | place
        place <<= 1
    whole = (1 << len(tight)) - 1
    return maximal(on[flag] for flag in sorted(on) if on[flag] != whole)


def outer_masks(tight: Sequence[int], outer: int) -> set[int]:
    """Return, for each inequality of `outer` tight somewhere, the generators where it is tight."""
    present = 0
    for mask in tight:
        present |= mask & outer
    return {
        sum(1 << k for k, mask in enumerate(tight) if mask >> bit & 1) for bit in members(present)
    }


def maximal(masks: Iterable[int]) -> list[int]:
    """Return those masks that no other one contains, without repetition, in order."""
    distinct = list(dict.fromkeys(masks))
    return [m for m in distinct if sum([m & o == m for o in distinct]) == 1]


def facets_of_face(face: int, facets: Sequence[int], *, simple: bool = False) -> list[int]:
    """Return the facets of a face, given those of the cell, and whether the cell is simple."""
    met = [m for m in [face & facet for facet in facets] if m and m != face]
    return met if simple else maximal(met)


def is_simple(facets: Sequence[int], generators: int, rank: int) -> bool:
    """Return whether each generator of a cell lies on exactly `rank` of its facets.

    Examples
    --------
    >>> is_simple([0b1001, 0b0011, 0b0110, 0b1100], 4, 2)
    True
    """
    if sum(map(int.bit_count, facets)) != generators * rank:
        return False
    most = [(1 << generators) - 1] + [0] * (rank + 1)  # at each number, what lies on so many
    for facet in facets:
        for number in range(rank, -1, -1):
            most[number + 1] |= most[number] & facet
    return not most[-1]  # where none lies on more facets than the mean, none lies on fewer


def members(mask: int) -> Sequence[int]:
    """Return the positions of the bits of a mask, in order.

    Examples
    --------
    >>> members(0b100101), members(1 << 70)
    ((0, 2, 5), [70])
    """
    if mask < 256:
        return _OF_BYTE[mask]
    found = []
    while mask:
        flag = mask & -mask
        mask ^= flag
        found.append(flag.bit_length() - 1)
    return found


def chosen(items: Sequence[T], mask: int) -> tuple[T, ...]:
    """Return the items at the positions of the bits of a mask, in order.

    Examples
    --------
    >>> chosen("abcdefghi", 0b100000101)
    ('a', 'c', 'i')
    """
    if mask < 256:
        return tuple([items[i] for i in _OF_BYTE[mask]])
    return tuple(compress(items, bin(mask)[:1:-1].encode().translate(_AS_BITS)))


def inner_vector(generators: Sequence[Vector]) -> Vector:
    """Return a point of the interior of a cell, as a primitive homogeneous vector of few digits.

    It is a positive combination of all generators, each times a power of two that makes them about
    equally long.  So its digits are those of one vertex; the mean would have as its denominator
    the product of all.

    Examples
    --------
    >>> inner_vector([(0, 0, 1), (1, 0, 0), (0, 1, 0)])
    (1, 1, 1)
    """
    sizes = [(g[-1] or max(map(abs, g))).bit_length() for g in generators]
    longest = max(sizes)
    shifts = [longest - size for size in sizes]
    return primitive([sum(map(lshift, c, shifts)) for c in zip(*generators, strict=True)])


def hyperplane(points: Sequence[Sequence[Any]]) -> tuple[Any, ...] | None:
    """Return the hyperplane through homogeneous vectors, as a row without a side.

    In the plane and in space it is the vector of cofactors, which is shorter to write down than to
    eliminate.

    Parameters
    ----------
    points : sequence of vectors (x, t)
        Of ints, or of integers of flint; the row has entries of the same type, or of flint's.

    Returns
    -------
    tuple or None
        Its entries may have a common factor.  None where the vectors do not span a hyperplane.

    Examples
    --------
    >>> hyperplane([(0, 1, 1), (1, 1, 1)]), hyperplane([(0, 1, 1), (0, 2, 2)])
    ((0, 1, -1), None)
    """
    shape = len(points), len(points[0])
    if shape == (2, 3):
        row = _cross(*points)
    elif shape == (3, 4):
        row = _cofactors(*points)
    else:
        kernel, nullity = fmpz_mat([list(point) for point in points]).nullspace()
        return tuple([kernel[i, 0] for i in range(shape[1])]) if nullity == 1 else None
    return row if any(row) else None


def _cross(u: Sequence[Any], v: Sequence[Any]) -> tuple[Any, ...]:
    (a, b, c), (e, f, g) = u, v
    return b * g - c * f, c * e - a * g, a * f - b * e


def _cofactors(u: Sequence[Any], v: Sequence[Any], w: Sequence[Any]) -> tuple[Any, ...]:
    (a, b, c, d), (e, f, g, h), (i, j, k, m) = u, v, w
    ab, ac, ad = a * f - b * e, a * g - c * e, a * h - d * e
    bc, bd, cd = b * g - c * f, b * h - d * f, c * h - d * g
    return (
        j * cd - k * bd + m * bc,
        k * ad - i * cd - m * ac,
        i * bd - j * ad + m * ab,
        j * ac - i * bc - k * ab,
    )


def volume(generators: Sequence[Vector], tight: Sequence[int]) -> Fraction:
    """Return the exact volume of a bounded full-dimensional cell.

    The cell is triangulated by pulling the first generator of each face (Cohen & Hickey 1979);
    a simplex has volume |det| / d!.

    Parameters
    ----------
    generators : n homogeneous vectors of d + 1 ints, the last one positive
    tight : n ints

    Examples
    --------
    >>> volume([(0, 0, 1), (1, 0, 1), (1, 1, 2), (0, 1, 1)], [0b0011, 0b0110, 0b1100, 0b1001])
    Fraction(1, 2)
    """
    weights, scale = _weighed(generators, tight)
    return Fraction(int(sum(weights, fmpz(0))), int(scale))


def vertex_weights(
    generators: Sequence[Vector], tight: Sequence[int]
) -> tuple[tuple[int, ...], int]:
    """Return by which weights the values at the vertices add up to the integral over a cell.

    The integral of an affine function over a simplex is the volume times the mean of its values at
    the corners.  So a vertex has as its weight the volume of all simplices around it, by d + 1,
    and the integral of an affine function h over the cell is the sum of the weights times the h(v).

    Parameters
    ----------
    generators : n homogeneous vectors of d + 1 ints, the last one positive
        Of a bounded full-dimensional cell.
    tight : n ints

    Returns
    -------
    weights : n ints
    scale : int
        The weights are to be divided by it; then their sum is the volume.

    Examples
    --------
    >>> weights, scale = vertex_weights([(0, 1), (3, 1)], [0b01, 0b10])
    >>> [Fraction(weight, scale) for weight in weights]
    [Fraction(3, 2), Fraction(3, 2)]
    """
    weights, scale = _weighed(generators, tight)
    return tuple(map(int, weights)), int(scale)


def _weighed(generators: Sequence[Vector], tight: Sequence[int]) -> tuple[list[Any], Any]:
    """Return `vertex_weights` in integers of flint."""
    dimension = len(generators[0]) - 1
    facets = facet_masks(tight)
    whole = (1 << len(generators)) - 1
    rows = [[fmpz(c) for c in g] for g in generators]  # crossing into flint once
    common = prod(row[-1] for row in rows)
    weights = [fmpz(0)] * len(rows)
    simple = is_simple(facets, len(generators), dimension)
    for simplex in _pulled(whole, facets, simple, {}):
        corners = [rows[i] for i in simplex]
        size = abs(fmpz_mat(corners).det()) * (common // prod([row[-1] for row in corners]))
        for i in simplex:
            weights[i] += size
    return weights, common * factorial(dimension + 1)


def _pulled(
    face: int, facets: Sequence[int], simple: bool, known: dict[int, list[tuple[int, ...]]]
) -> list[tuple[int, ...]]:
    """Return the simplices of a face; those of the faces below it are kept in `known`."""
    if face & (face - 1) == 0:
        return [(face.bit_length() - 1,)]
    if face not in known:
        apex = face & -face
        place = apex.bit_length() - 1
        known[face] = [
            (place, *simplex)
            for part in facets_of_face(face, facets, simple=simple)
            if not part & apex
            for simplex in _pulled(part, facets, simple, known)
        ]
    return known[face]
