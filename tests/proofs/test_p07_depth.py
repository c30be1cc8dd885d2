"""The proof on depth refuses other numbers."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from exactpwl.errors import ProofError
from exactpwl.proving import Document
from proofs import p07_depth as theorem
from proofs.one_variable import Point

Step = Callable[[Document], object]


def refused(step: Step, match: str) -> None:
    with pytest.raises(ProofError, match=match):
        step(Document("altered"))


@pytest.mark.parametrize(
    ("step", "match"),
    [
        (lambda d: theorem.the_sawtooth(d, 2, base=3), "pieces, knots"),
        (lambda d: theorem.one_hidden_layer_needs(d, 3, 7), "fewer are not"),
        (lambda d: theorem.one_hidden_layer_needs(d, 3, 9), "fewer are not"),
        (lambda d: theorem.the_folding(d, 2, 2, [(1, 0, -1), (0, 1, -1)]), "hyperplanes alone"),
        (lambda d: theorem.the_folding(d, 2, 2, [(2, 0, -1), (0, 2, -1), (1, 1, -1)]), "alone"),
    ],
)
def test_altered_steps_on_depth(step: Step, match: str) -> None:
    refused(step, match)


@pytest.mark.parametrize("count", [lambda k: 2**k, lambda k: 2**k + 1, lambda k: 2**k + 2])
def test_another_number_of_regions_on_the_line_is_refused(
    count: Callable[[int], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theorem, "regions_on_the_line", count)
    refused(lambda d: theorem.the_whole_line(d, 3), "activation regions")


def test_a_zigzag_with_a_wrong_weight_does_not_fold(monkeypatch: pytest.MonkeyPatch) -> None:
    assert theorem.folds_onto(2, 3)
    monkeypatch.setattr(
        theorem, "zigzag", lambda p: ([p, -p, p], [Fraction(j, p) for j in range(p)])
    )
    assert not theorem.folds_onto(2, 3)


def test_least_width_counts_knots_and_the_first_slope() -> None:
    def points(*heights: int) -> list[Point]:
        return [(Fraction(x), Fraction(y)) for x, y in enumerate(heights)]

    assert theorem.least_width(points(0, 3, 4)) == 2, "3 is not 0 and not minus the jump"
    assert theorem.least_width(points(0, -1, -1)) == 1, "one ReLU that looks to the left"
    assert theorem.least_width(points(0, -1, 0)) == 2, "the jump is 2, and 1 is no sum of it"
    assert theorem.least_width(points(0, 2, 2, -1)) == 2
