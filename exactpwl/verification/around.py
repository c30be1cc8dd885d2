"""All regions around a point, without the regions of the whole network.

At a point every kink has a sign.  Where none is zero, the point is inside one region.  Where some
are, the regions around it are those of the tangent cones: each such kink is a hyperplane through
the point (pre-activations are continuous, so the point has the same signs in every region around
it), and a choice of sides is a region iff the half-spaces through the point have an interior in
common.  The neurons are decided one after the other, layer by layer, and a side without an interior
is left at once; so k hyperplanes that meet cost at most k linear programs for each region, where
the 2^k choices would cost one each.

A kink that vanishes identically under the pieces before it is no wall; its neuron has the piece
that constants have (for ReLU inactive).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice
from typing import NamedTuple

from exactpwl.feasibility import feasibility
from exactpwl.inequality import IntegerRow
from exactpwl.network import Network
from exactpwl.pattern import Pattern
from exactpwl.stage import Stage
from exactpwl.stages import SharedKinkFunctions

__all__ = ["patterns_around", "region_rows"]

Pieces = tuple[int, ...]


class _Choice(NamedTuple):
    """The pieces of some neurons, and the normals of the half-spaces that they are."""

    pieces: Pieces
    normals: tuple[Pieces, ...]


def patterns_around(network: Network, point: Sequence[Fraction]) -> Iterator[Pattern]:
    """Yield the pattern of each activation region of R^d whose closure holds a point.

    Examples
    --------
    Three lines through one point make six regions; two choices of sides make none:

    >>> network = Network([([[1, 0], [0, 1], [1, 1]], [0, 0, 0], "relu")])
    >>> [str(pattern) for pattern in patterns_around(network, (Fraction(0), Fraction(0)))]
    ['000', '010', '011', '100', '101', '111']
    """
    stages = network.stages.stages
    functions = SharedKinkFunctions(network.stages)
    signs = network.signs_at(point)
    waiting: list[tuple[tuple[Pieces, ...], tuple[Pieces, ...]]] = [((), ())]
    while waiting:
        prefix, normals = waiting.pop()
        depth = len(prefix)
        if depth == len(stages):
            yield Pattern(prefix)
            continue
        own = [f.normal for f in next(islice(functions.by_stage(prefix), depth, None))]
        made = _choices(stages[depth], signs[depth], own, normals)
        waiting += [((*prefix, choice.pieces), choice.normals) for choice in reversed(made)]


def _choices(
    stage: Stage, signs: Sequence[int], own: Sequence[Pieces], normals: tuple[Pieces, ...]
) -> list[_Choice]:
    """Return the pieces of a stage's neurons that some region around the point has."""
    tied: dict[int, list[int]] = {}
    for kink, (neuron, _, _) in enumerate(stage.kinks):
        if not signs[kink]:
            tied.setdefault(neuron, []).append(kink)
    found = [_Choice((), normals)]
    for neuron, options in enumerate(stage.pieces_that_agree(signs)):
        if len(options) == 1:
            found = [_Choice((*c.pieces, *options), c.normals) for c in found]
            continue
        longer = ((c, (*c.pieces, option)) for c in found for option in options)
        made = (_extended(stage, c, pieces, own, tied[neuron]) for c, pieces in longer)
        found = [choice for choice in made if choice is not None]
    return found


def _extended(
    stage: Stage, choice: _Choice, pieces: Pieces, own: Sequence[Pieces], tied: Sequence[int]
) -> _Choice | None:
    """Return a choice with one more neuron; None if it has no interior."""
    normals = list(choice.normals)
    for kink in tied:
        side = stage.side(kink, pieces)
        if side and any(own[kink]):
            normals.append(tuple(side * entry for entry in own[kink]))
        elif side > 0:
            return None
    if len(normals) > len(choice.normals):
        cone = feasibility([(normal, 0) for normal in normals], len(normals[0]))
        if cone.status != "full":
            return None
    return _Choice(pieces, tuple(normals))


def region_rows(network: Network, pattern: Pattern) -> list[IntegerRow]:
    """Return the inequalities with variables of a pattern's closed cell, in integers.

    Examples
    --------
    >>> network = Network([([[1, 0], [0, 2]], [-1, 0], "relu")])
    >>> region_rows(network, network.pattern("10"))
    [((1, 0), -1), ((0, -2), 0)]
    """
    sides = [
        side
        for stage, pieces in zip(network.stages.stages, pattern, strict=True)
        for side in stage.sides(pieces)
    ]
    return [
        (tuple(side * entry for entry in function.normal), side * function.offset)
        for side, function in zip(sides, network.stages.kink_functions(pattern), strict=True)
        if side and any(function.normal)
    ]
