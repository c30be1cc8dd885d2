"""The proof on boundaries refuses those that bend, or end, elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from exactpwl import Kink
from exactpwl.errors import ProofError
from exactpwl.proving import Document
from proofs import p08_bent_boundaries as theorem

Step = Callable[[Document], object]


def refused(step: Step, match: str) -> None:
    with pytest.raises(ProofError, match=match):
        step(Document("altered"))


@pytest.mark.slow
def test_boundaries_of_many_random_networks() -> None:
    theorem.random_boundaries(Document("more"), range(1000, 1300))


@pytest.mark.parametrize(
    ("step", "match"),
    [
        # it bends nowhere; it bends at the boundaries of the first layer alone
        (
            lambda d: theorem.bends_only_at_earlier_boundaries(d, theorem.CORNER, Kink(1, 0, 0), 0),
            "all ends of its straight pieces",
        ),
        (
            lambda d: theorem.bends_only_at_earlier_boundaries(
                d, theorem.THREE_LAYERS, Kink(2, 0, 0), 1
            ),
            "all ends of its straight pieces",
        ),
        # it never ends
        (lambda d: theorem.never_ends(d, theorem.PLATEAU), "another piece begins"),
        (lambda d: theorem.never_ends(d, theorem.HIDDEN), "another piece begins"),
        (lambda d: theorem.fate(d, theorem.CORNER, "z", {"goes straight on": 4}), "at their ends"),
        # the second layer is all off for another bias, too
        (lambda d: theorem.all_off(d, Fraction(1), [[1, 1]]), "Only the pattern"),
        (lambda d: theorem.all_off(d, Fraction(0), [[1, -1]]), "touches this region"),
    ],
)
def test_altered_steps_on_boundaries(step: Step, match: str) -> None:
    refused(step, match)


def test_a_boundary_that_bends_never_ends() -> None:
    theorem.never_ends(Document("as it stands"), theorem.CORNER)


def test_two_pieces_in_one_region_are_seen() -> None:
    found = theorem.boundary(theorem.CORNER, 1, 0)
    assert theorem.is_straight_inside(found)
    twice = found._replace(cuts=(*found.cuts, found.cuts[0]))
    assert not theorem.is_straight_inside(twice)
    assert "just ends" in {how for _, how in theorem.ends(found._replace(cuts=found.cuts[:1]))}


def test_a_jump_of_the_gradient_along_the_wall_is_seen() -> None:
    found = theorem.boundary(theorem.CORNER, 1, 0)
    assert theorem.gradient_jumps_are_normal(found)
    maps = list(found.before.affine_maps)
    found.before.affine_maps = (maps[1], maps[0], *maps[2:])
    assert not theorem.gradient_jumps_are_normal(found)
