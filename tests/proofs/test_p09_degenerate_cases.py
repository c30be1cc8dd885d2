"""The proof on degenerate cases refuses other counts, and pieces that do not meet."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from exactpwl import gallery
from exactpwl.affine import AffineMap
from exactpwl.errors import ProofError
from exactpwl.proving import Document
from proofs import p09_degenerate_cases as theorem
from proofs.degenerate_networks import CASES, GENERIC, OPPOSITE, Case

Step = Callable[[Document], object]

WALL = ((1, 1), -1)
ZERO, LEVEL, STEEP = (
    AffineMap.of([weights], [bias]) for weights, bias in (([0, 0], 0), ([0, 0], 1), ([2, 2], -2))
)


def refused(step: Step, match: str) -> None:
    with pytest.raises(ProofError, match=match):
        step(Document("altered"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
@pytest.mark.parametrize("place", range(5), ids=theorem.DEFINITIONS)
def test_another_count_is_refused(case: Case, place: int) -> None:
    wrong = list(case.counts)
    wrong[place] += 1
    altered = case._replace(counts=tuple(wrong))
    refused(lambda d: theorem.the_case(d, altered), f"{theorem.DEFINITIONS[place]} = ")


def test_a_longer_chain_is_refused() -> None:
    case = OPPOSITE._replace(counts=(2, 3, 2, 2, 2))
    refused(lambda d: theorem.the_chain(d, [*CASES, case]), "each inequality")
    refused(lambda d: theorem.the_chain(d, [GENERIC]), "strict somewhere")


def test_a_count_that_differs_from_the_programs_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(theorem, "counts", lambda network: (4, 3, 3, 3, 3))
    refused(lambda d: theorem.random_networks(d, [gallery.get("xor")]), "linear programs find")
    monkeypatch.setattr(theorem, "counts", lambda network: (3, 3, 2, 3, 3))
    refused(lambda d: theorem.random_networks(d, [gallery.get("xor")]), "decrease so")


def test_literal_patterns_by_programs() -> None:
    xor = gallery.get("xor")
    found = theorem.literal_patterns(xor)
    assert [str(pattern) for pattern, _ in found] == ["00", "10", "11"]
    assert all(xor.pattern_at(point) == pattern for pattern, point in found)


@pytest.mark.parametrize("count", [lambda n: 2 * n + 1, lambda n: 1 + n + n * (n - 1) // 2])
def test_another_number_of_regions_around_a_point_is_refused(count: Callable[[int], int]) -> None:
    refused(lambda d: theorem.concurrent_lines(d, 4, count), "regions for")


@pytest.mark.parametrize(
    ("step", "match"),
    [
        (lambda d: theorem.two_pieces(d, ZERO, LEVEL, WALL), "is continuous"),
        (lambda d: theorem.two_pieces(d, ZERO, AffineMap.of([[1, 0]], [0]), WALL), "continuous"),
        (lambda d: theorem.two_pieces_apart(d, ZERO, STEEP, WALL), "jumps"),
    ],
)
def test_altered_pieces(step: Step, match: str) -> None:
    refused(step, match)


def test_pieces_that_meet_are_a_network() -> None:
    theorem.two_pieces(Document("as it stands"), ZERO, STEEP, WALL)
