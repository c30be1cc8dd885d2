"""Level sets and decision boundaries as polyhedral complexes: faces of all dimensions, and how they
meet.

A level set {c . f = t} meets each region in a polyhedron.  Cut the regions by c . f = t: then every
cell lies on one side, the level set meets it in a face, and the cut cells with their faces are a
complex again (that of the network with one more neuron, whose pre-activation is c . f - t).  So the
level set is a *subcomplex*: the faces on which the new neuron vanishes, that is, at all of their
generators.  Pieces of two regions meet in a common face without anything being glued or compared.

The decision boundary of a network with m outputs is where the two largest are equal, the union over
pairs of {y_i = y_j >= y_k for all k}.  Cut the regions into those where one output is largest
(a layer that takes the maximum of all does it): the boundary is the subcomplex of the faces on
which a second output is as large.

For a value that the complex has at no vertex, the level set in the interior of the domain is a
manifold: the generic case of Grigsby & Lindsey 2022 (arXiv:2008.09052), where every face of
dimension d - 2 is in two of dimension d - 1.  At other values it may pinch, end in a point, or fill
a whole region where f is flat: faces of every dimension belong to it, and all are listed.

The domain is closed here, so that a curve ends where it leaves a box: faces on the domain's own
boundary are in the complex, and are marked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import reduce
from operator import and_
from typing import NamedTuple

from exactpwl.activation import RELU
from exactpwl.complex import PolyhedralComplex
from exactpwl.enumeration import regions
from exactpwl.errors import DimensionError
from exactpwl.geometry import chosen, facet_masks, facets_of_face, is_simple, members
from exactpwl.layer import Layer
from exactpwl.levelsets import height_above
from exactpwl.linear import rank
from exactpwl.maximum import Maximum, pairs
from exactpwl.network import Network
from exactpwl.questions.level_faces import Key, LevelComplex, LevelFace
from exactpwl.rationals import RationalLike, ordinary

__all__ = ["decision_boundary", "level_complex"]


def level_complex(
    complex_: PolyhedralComplex,
    value: RationalLike = 0,
    functional: Sequence[RationalLike] | None = None,
) -> LevelComplex:
    """Return {x : functional . f(x) = value} in the closed domain, as a polyhedral complex.

    Parameters
    ----------
    complex_ : PolyhedralComplex
    value : rational
    functional : sequence of rationals, optional
        One coefficient an output; may be left out where there is one output.

    Raises
    ------
    DimensionError
        If the functional does not fit the outputs.

    Examples
    --------
    The function is largest, 1, on the square |x| + |y| = 2:

    >>> from exactpwl import gallery, regions
    >>> annulus = regions(gallery.get("l1_annulus"))
    >>> found = level_complex(annulus, 1)
    >>> found.f_vector, found.euler_characteristic
    ((4, 4, 0), 0)
    """
    network = complex_.network
    height = height_above(network, value, functional)
    neuron = Layer.of(height.weight, height.bias, [RELU])
    cut = regions(Network([*network.layers, neuron]), complex_.domain)
    bit = 1 << (len(cut.network.kinks) - 1)
    on = [int(not (place.above | place.below) & bit) for place in cut.positions]
    return _gathered(complex_, cut, on, 1)


def decision_boundary(complex_: PolyhedralComplex) -> LevelComplex:
    """Return where the two largest outputs are equal in the closed domain, as a complex.

    Raises
    ------
    DimensionError
        If there is one output only.

    Examples
    --------
    Three classes of the plane, (x, y, 0), meet in three rays at the origin:

    >>> from exactpwl import Network, regions
    >>> found = decision_boundary(regions(Network([([[1, 0], [0, 1], [0, 0]], [0] * 3, "linear")])))
    >>> found.f_vector, [face.outputs for face in found.faces[1]]
    ((1, 3, 0), [(1, 2), (0, 2), (0, 1)])
    """
    network = complex_.network
    count = network.output_dimension
    if count == 1:
        raise DimensionError(
            "a decision between outputs needs two or more, and the network has one: take "
            "level_complex(complex, 0), where its sign changes"
        )
    cut = regions(Network([*network.layers, Maximum([range(count)])]), complex_.domain)
    first = len(cut.network.kinks) - count * (count - 1) // 2
    largest = [_largest(p.above >> first, p.below >> first, count) for p in cut.positions]
    return _gathered(complex_, cut, largest, 2)


def _largest(above: int, below: int, count: int) -> int:
    """Return which outputs are largest, as a mask, given the signs of all pairs (i, j): j - i."""
    beaten = 0
    for place, (i, j) in enumerate(pairs(count)):
        beaten |= (above >> place & 1) << i | (below >> place & 1) << j
    return ((1 << count) - 1) & ~beaten


def _gathered(
    complex_: PolyhedralComplex, cut: PolyhedralComplex, marks: Sequence[int], least: int
) -> LevelComplex:
    """Return the faces of a complex on which at least so many marks are on all generators.

    Parameters
    ----------
    complex_, cut : PolyhedralComplex
        The regions, and those that one more layer cuts them into.
    marks : sequence of int
        For each generator of `cut` a mask; bits that are on at all generators hold on the face.
    least : int
        So many bits are required.
    """
    found: dict[Key, _Found] = {}
    for index, cell in enumerate(cut.cells):
        corners = sorted(zip(cut.generator_ids[index], cell.tight, strict=True))
        own = [marks[i] for i, _ in corners]
        tops = _tops(own, least)
        if tops:
            region = complex_.index[cell.pattern[:-1]]  # type: ignore[index]
            for face, facets in _walk(cut, corners, tops):
                found.setdefault(face, _Found(set(), facets)).regions.add(region)
    return _assembled(cut, found, marks, least)


class _Found(NamedTuple):
    regions: set[int]
    facets: tuple[Key, ...]


def _tops(marks: Sequence[int], least: int) -> list[int]:
    """Return the largest faces of a cell with enough marks, as masks over its generators."""
    everywhere = reduce(and_, marks)
    if everywhere.bit_count() >= least:
        return [(1 << len(marks)) - 1]
    extra = reduce(lambda a, b: a | b, marks) & ~everywhere
    return [
        mask
        for bit in members(extra)
        if (mask := sum(1 << k for k, mark in enumerate(marks) if mark >> bit & 1))
        and reduce(and_, chosen(marks, mask)).bit_count() >= least
    ]


def _walk(
    cut: PolyhedralComplex, corners: Sequence[tuple[int, int]], tops: Sequence[int]
) -> Iterator[tuple[Key, tuple[Key, ...]]]:
    """Yield the finite faces of a cell in and below some of its faces, with their facets."""
    ids = [number for number, _ in corners]
    finite = sum(1 << k for k, number in enumerate(ids) if cut.generators[number][-1])
    facets = facet_masks([tight for _, tight in corners])
    simple = is_simple(facets, len(ids), cut.dimension - cut.lineality)
    stack = [mask for mask in tops if mask & finite]
    seen = set(stack)
    while stack:
        face = stack.pop()
        below = [mask for mask in facets_of_face(face, facets, simple=simple) if mask & finite]
        yield chosen(ids, face), tuple(chosen(ids, mask) for mask in below)
        stack += [mask for mask in below if mask not in seen]
        seen.update(below)


def _assembled(
    cut: PolyhedralComplex, found: dict[Key, _Found], marks: Sequence[int], least: int
) -> LevelComplex:
    used = sorted({i for key in found for i in key}, key=lambda i: _order(cut.generators[i]))
    number = {i: n for n, i in enumerate(used)}
    outer = _outer(cut)
    by_dimension: list[list[Key]] = [[] for _ in range(cut.dimension + 1)]
    for key in sorted(found, key=lambda key: sorted(number[i] for i in key)):
        size = rank([cut.generators[i] for i in key]) - 1 + cut.lineality
        by_dimension[size].append(key)
    places = {key: n for keys in by_dimension for n, key in enumerate(keys)}
    return LevelComplex(
        cut.dimension,
        tuple(cut.generators[i] for i in used),
        cut.lines,
        tuple(
            tuple(
                LevelFace(
                    dimension,
                    tuple(sorted(number[i] for i in key)),
                    tuple(sorted(places[facet] for facet in found[key].facets)),
                    tuple(sorted(found[key].regions)),
                    tuple(members(reduce(and_, (marks[i] for i in key)))) if least > 1 else (),
                    not cut.lines and all(cut.generators[i][-1] for i in key),
                    bool(reduce(and_, (outer[i] for i in key))),
                )
                for key in keys
            )
            for dimension, keys in enumerate(by_dimension)
        ),
    )


def _order(vector: tuple[int, ...]) -> tuple[bool, tuple[Fraction | int, ...]]:
    """Points by their coordinates, then directions."""
    return not vector[-1], ordinary(vector) if vector[-1] else vector


def _outer(cut: PolyhedralComplex) -> list[int]:
    """Return for each generator the rows of the domain that are tight there, as a mask."""
    found = [0] * len(cut.generators)
    for ids, cell in zip(cut.generator_ids, cut.cells, strict=True):
        for i, tight in zip(ids, cell.tight, strict=True):
            found[i] |= tight & cut.domain_mask
    return found
