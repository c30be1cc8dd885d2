"""The proof on the maximum of five numbers refuses other weights."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from exactpwl import Network, gallery, regions
from exactpwl.certificate import Equal, certify_equality
from exactpwl.errors import ProofError
from exactpwl.proving import Document
from proofs import p10_max_of_five as theorem
from proofs.max_of_five import WEIGHTS, max_of_five, max_of_three, summands, with_fifth

TRUTH = Path(__file__).resolve().parents[3] / "shared" / "ground_truth.json"
PADDED = Network([([[1, 0], [0, 1], [0, 0]], [0] * 3, "linear")])
Step = Callable[[Document], object]


def refused(step: Step, match: str) -> None:
    with pytest.raises(ProofError, match=match):
        step(Document("altered"))


WRONG_FOUR = (Fraction(1, 30), Fraction(1, 5), Fraction(-1, 30))
WRONG_MIXED = (Fraction(1, 30), Fraction(2, 5), Fraction(-1, 15))


@pytest.mark.parametrize(
    ("step", "match"),
    [
        (lambda d: theorem.the_formula(d, WRONG_FOUR), "Their weighted sum"),
        (lambda d: theorem.the_formula(d, WRONG_MIXED), "the weights of each sum to 0"),
        (
            lambda d: theorem.sorted_chamber(d, list(summands(WEIGHTS)), (0, 1, 0, 0, 0)),
            "Their weighted sum",
        ),
        (lambda d: theorem.region_by_region(d, max_of_five(), 599), "activation regions"),
        (lambda d: theorem.region_by_region(d, max_of_five(WRONG_FOUR), 600), "the map is one of"),
        (
            lambda d: theorem.certified_equal(
                d, with_fifth(max_of_five(WRONG_FOUR)), gallery.get("max:5")
            ),
            "the same function",
        ),
        (
            lambda d: theorem.one_layer_is_not_enough(
                d, Network([([[1, -1]], [0], "relu"), ([[1]], [0], "linear")])
            ),
            "gradient jumps",
        ),
    ],
)
def test_altered_steps_on_five_numbers(step: Step, match: str) -> None:
    refused(step, match)


def test_a_formula_without_a_summand_is_not_symmetric() -> None:
    formula = list(summands(WEIGHTS))
    assert theorem.is_symmetric(formula)
    assert not theorem.is_symmetric(formula[1:])


def test_no_multipliers_for_a_number_that_is_not_the_largest() -> None:
    region = regions(max_of_five()).region_at((4, 3, 2, 1))
    assert len(theorem.is_the_largest(region, 0)) == 4
    assert len(theorem.is_the_largest(region, 1)) == 3


def test_a_certificate_with_another_claim_is_not_accepted() -> None:
    found = certify_equality(max_of_three(), gallery.get("max:3") @ PADDED)
    assert theorem.checked_apart(found)[0]
    assert isinstance(found.claim, Equal)
    fewer = replace(found, claim=Equal(found.claim.regions - 1))
    accepted, told = theorem.checked_apart(fewer)
    assert not accepted
    assert "NOT VALID" in told


def test_three_of_the_five() -> None:
    assert [max_of_three()(p)[0] for p in ((3, 1), (-1, 2), (-1, -2))] == [3, 2, 0]


@pytest.mark.skipif(not TRUTH.is_file(), reason="the proven answers are not beside the repository")
def test_the_network_is_that_of_the_ground_truth() -> None:
    networks = json.loads(TRUTH.read_text("utf-8"))["networks"]
    (entry,) = [n for n in networks if n["name"] == "max5_two_hidden_layers_x5_is_0"]
    known = Network([(la["W"], la["b"], la["activation"]) for la in entry["layers"]])
    made = max_of_five()
    assert made.layers[0] == known.layers[0]

    def neurons(network: Network) -> list[object]:
        return sorted(zip(network.layers[1].weight, network.layers[2].weight[0], strict=True))

    assert neurons(made) == neurons(known)
