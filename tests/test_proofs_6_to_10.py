"""Theorems 6 to 10 are proved, and none of them once it is altered."""

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from exactpwl import Kink, Network, gallery, regions
from exactpwl.errors import ProofError
from exactpwl.proving import Document
from proofs import p06_narrow_networks as narrow
from proofs import p07_depth as depth
from proofs import p08_bent_boundaries as bent
from proofs import p10_max_of_five as five
from proofs.level_components import bounded_component, components
from proofs.max_of_five import WEIGHTS, max_of_five, max_of_three, summands, with_fifth
from proofs.narrow import is_narrow, random_narrow_network

TRUTH = Path(__file__).resolve().parents[2] / "shared" / "ground_truth.json"
Step = Callable[[Document], object]


def refused(step: Step, match: str) -> None:
    with pytest.raises(ProofError, match=match):
        step(Document("altered"))


# 6: narrow networks


def test_narrow_networks_have_no_islands() -> None:
    assert "Q.E.D." in narrow.proof().to_text()


@pytest.mark.slow
def test_a_hundred_narrow_networks_have_no_islands() -> None:
    narrow.examples(Document("more"), range(1000, 1100))
    narrow.examples(Document("more"), range(2000, 2010), inputs=3)


@pytest.mark.parametrize("network", [gallery.get("disc"), narrow.DIAMOND, gallery.get("hat2d")])
def test_three_neurons_or_an_absolute_value_make_an_island(network: object) -> None:
    refused(
        lambda doc: narrow.every_component_is_unbounded(doc, network, "wider"),  # type: ignore[arg-type]
        "wider: every component .* has an island",
    )


def test_random_narrow_networks_are_narrow() -> None:
    assert all(is_narrow(random_narrow_network(seed)) for seed in range(10))
    assert not is_narrow(narrow.DIAMOND)
    assert not is_narrow(gallery.get("disc"))


@pytest.mark.parametrize(
    ("step", "match"),
    [
        (lambda d: narrow.narrow_networks_are_limits(d, narrow.DIAMOND, []), "narrow"),
        (lambda d: narrow.peaks_survive(d, Fraction(2, 3)), "inequality in the middle"),
        (
            lambda d: narrow.separates(d, gallery.get("disc"), Fraction(1, 2), Fraction(2, 3)),
            "Every corner",
        ),
        (
            lambda d: narrow.separates(d, gallery.get("disc"), Fraction(3, 5), Fraction(3, 4)),
            "Every side",
        ),
        (
            lambda d: narrow.separates(d, narrow.TRIANGLE, Fraction(1, 2), Fraction(3, 4)),
            "not narrow",
        ),
        (lambda d: narrow.monotone_is_needed(d, gallery.get("xor")), "not monotone"),
        (
            lambda d: narrow.bounded_region(d, narrow.TRIANGLE, "00|1", {(0, 0), (1, 0), (0, 1)}),
            "is bounded",
        ),
    ],
)
def test_altered_steps_on_narrow_networks(step: Step, match: str) -> None:
    refused(step, match)


def test_a_wrong_inverse_is_seen() -> None:
    assert narrow.has_inverse(narrow.HOMEOMORPHISM, narrow.inverse(narrow.HOMEOMORPHISM))
    assert not narrow.has_inverse(narrow.HOMEOMORPHISM, narrow.HOMEOMORPHISM)


def test_components_of_an_annulus() -> None:
    """Positive on 1 < |x| + |y| < 3: one island, a hole in it, and the sea around."""
    complex_ = regions(gallery.get("l1_annulus"))
    zero = Fraction(0)
    assert [part.bounded for part in components(complex_, ">", zero)] == [True]
    assert sorted(part.bounded for part in components(complex_, "<", zero)) == [False, True]
    assert [part.bounded for part in components(complex_, "=", zero)] == [True, True]
    assert bounded_component(complex_) is not None


# 7: depth


def test_depth_multiplies() -> None:
    assert "Q.E.D." in depth.proof().to_text()


@pytest.mark.parametrize(
    ("step", "match"),
    [
        (lambda d: depth.the_sawtooth(d, 2, base=3), "pieces, knots"),
        (lambda d: depth.one_hidden_layer_needs(d, 3, 7), "fewer are not"),
        (lambda d: depth.one_hidden_layer_needs(d, 3, 9), "fewer are not"),
        (lambda d: depth.the_folding(d, 2, 2, [(1, 0, -1), (0, 1, -1)]), "hyperplanes alone"),
        (lambda d: depth.the_folding(d, 2, 2, [(2, 0, -1), (0, 2, -1), (1, 1, -1)]), "alone"),
    ],
)
def test_altered_steps_on_depth(step: Step, match: str) -> None:
    refused(step, match)


@pytest.mark.parametrize("count", [lambda k: 2**k, lambda k: 2**k + 1, lambda k: 2**k + 2])
def test_another_number_of_regions_on_the_line_is_refused(
    count: Callable[[int], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(depth, "regions_on_the_line", count)
    refused(lambda d: depth.the_whole_line(d, 3), "activation regions")


def test_a_zigzag_with_a_wrong_weight_does_not_fold(monkeypatch: pytest.MonkeyPatch) -> None:
    assert depth.folds_onto(2, 3)
    monkeypatch.setattr(depth, "zigzag", lambda p: ([p, -p, p], [Fraction(j, p) for j in range(p)]))
    assert not depth.folds_onto(2, 3)


def test_least_width_counts_knots_and_the_first_slope() -> None:
    def saw(*slopes: int) -> depth.Saw:
        knots = tuple(Fraction(j, len(slopes)) for j in range(1, len(slopes)))
        return depth.Saw(knots, tuple(map(Fraction, slopes)))

    assert depth.least_width(saw(3)) == 1
    assert depth.least_width(saw(-1, 0)) == 1, "one ReLU that looks to the left"
    assert depth.least_width(saw(-1, 1)) == 2, "the jump is 2, and 1 is no sum of it"
    assert depth.least_width(saw(2, 0, -3)) == 2


# 8: bent boundaries


def test_boundaries_bend_at_earlier_boundaries() -> None:
    assert "Q.E.D." in bent.proof().to_text()


@pytest.mark.slow
def test_boundaries_of_many_random_networks() -> None:
    bent.random_boundaries(Document("more"), range(1000, 1300))


@pytest.mark.parametrize(
    ("step", "match"),
    [
        # it bends nowhere; it bends at the boundaries of the first layer alone
        (
            lambda d: bent.bends_only_at_earlier_boundaries(d, bent.CORNER, Kink(1, 0, 0), 0),
            "end on boundaries",
        ),
        (
            lambda d: bent.bends_only_at_earlier_boundaries(d, bent.THREE_LAYERS, Kink(2, 0, 0), 1),
            "end on boundaries",
        ),
        # it never ends
        (lambda d: bent.never_ends(d, bent.PLATEAU), "another piece begins"),
        (lambda d: bent.never_ends(d, bent.HIDDEN), "another piece begins"),
        (lambda d: bent.fate(d, bent.CORNER, "z", {"goes straight on": 4}), "at their ends"),
        # the second layer is all off for another bias, too
        (lambda d: bent.all_off(d, Fraction(1), [[1, 1]]), "Only the pattern"),
        (lambda d: bent.all_off(d, Fraction(0), [[1, -1]]), "touches this region"),
    ],
)
def test_altered_steps_on_boundaries(step: Step, match: str) -> None:
    refused(step, match)


def test_a_boundary_that_bends_never_ends() -> None:
    bent.never_ends(Document("as it stands"), bent.CORNER)


def test_two_pieces_in_one_region_are_seen() -> None:
    found = bent.boundary(bent.CORNER, 1, 0)
    assert bent.is_straight_inside(found)
    twice = found._replace(cuts=(*found.cuts, found.cuts[0]))
    assert not bent.is_straight_inside(twice)
    assert "just ends" in {how for _, how in bent.ends(found._replace(cuts=found.cuts[:1]))}


def test_a_jump_of_the_gradient_along_the_wall_is_seen() -> None:
    found = bent.boundary(bent.CORNER, 1, 0)
    assert bent.gradient_jumps_are_normal(found)
    maps = list(found.before.affine_maps)
    found.before.affine_maps = (maps[1], maps[0], *maps[2:])
    assert not bent.gradient_jumps_are_normal(found)


# 10: the maximum of five numbers


def test_five_numbers_take_two_layers() -> None:
    doc = five.proof()
    assert "Q.E.D." in doc.to_text()
    assert any("600 activation regions" in statement for statement in doc.checks)


WRONG_FOUR = (Fraction(1, 30), Fraction(1, 5), Fraction(-1, 30))
WRONG_MIXED = (Fraction(1, 30), Fraction(2, 5), Fraction(-1, 15))


@pytest.mark.parametrize(
    ("step", "match"),
    [
        (lambda d: five.the_formula(d, WRONG_FOUR), "Their weighted sum"),
        (lambda d: five.the_formula(d, WRONG_MIXED), "the weights of each sum to 0"),
        (
            lambda d: five.sorted_chamber(d, list(summands(WEIGHTS)), (0, 1, 0, 0, 0)),
            "Their weighted sum",
        ),
        (lambda d: five.region_by_region(d, max_of_five(), 599), "activation regions"),
        (lambda d: five.region_by_region(d, max_of_five(WRONG_FOUR), 600), "the map is one of"),
        (
            lambda d: five.certified_equal(
                d, with_fifth(max_of_five(WRONG_FOUR)), gallery.get("max:5")
            ),
            "the same function",
        ),
        (
            lambda d: five.one_layer_is_not_enough(
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
    assert five.is_symmetric(formula)
    assert not five.is_symmetric(formula[1:])


def test_no_multipliers_for_a_number_that_is_not_the_largest() -> None:
    region = regions(max_of_five()).region_at((4, 3, 2, 1))
    assert len(five.is_the_largest(region, 0)) == 4
    assert len(five.is_the_largest(region, 1)) == 3


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
