"""The proof on narrow networks refuses islands."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from exactpwl import Network, gallery, regions
from exactpwl.errors import ProofError
from exactpwl.proving import Document
from proofs import p06_narrow_networks as theorem
from proofs.level_components import bounded_component, components
from proofs.narrow import is_narrow, random_narrow_network

Step = Callable[[Document], object]


def refused(step: Step, match: str) -> None:
    with pytest.raises(ProofError, match=match):
        step(Document("altered"))


@pytest.mark.slow
def test_a_hundred_narrow_networks_have_no_islands() -> None:
    theorem.examples(Document("more"), range(1000, 1100))
    theorem.examples(Document("more"), range(2000, 2010), inputs=3)


@pytest.mark.parametrize("network", [gallery.get("disc"), theorem.DIAMOND, gallery.get("hat2d")])
def test_three_neurons_or_an_absolute_value_make_an_island(network: Network) -> None:
    refused(
        lambda doc: theorem.every_component_is_unbounded(doc, network, "wider"),
        "wider: every component .* has an island",
    )


def test_random_narrow_networks_are_narrow() -> None:
    assert all(is_narrow(random_narrow_network(seed)) for seed in range(10))
    assert not is_narrow(theorem.DIAMOND)
    assert not is_narrow(gallery.get("disc"))


@pytest.mark.parametrize(
    ("step", "match"),
    [
        (lambda d: theorem.narrow_networks_are_limits(d, theorem.DIAMOND, []), "narrow"),
        (lambda d: theorem.peaks_survive(d, Fraction(2, 3)), "inequality in the middle"),
        (
            lambda d: theorem.separates(d, gallery.get("disc"), Fraction(1, 2), Fraction(2, 3)),
            "Every corner",
        ),
        (
            lambda d: theorem.separates(d, gallery.get("disc"), Fraction(3, 5), Fraction(3, 4)),
            "Every side",
        ),
        (
            lambda d: theorem.separates(d, theorem.TRIANGLE, Fraction(1, 2), Fraction(3, 4)),
            "not narrow",
        ),
        (lambda d: theorem.monotone_is_needed(d, gallery.get("xor")), "not monotone"),
        (
            lambda d: theorem.bounded_region(d, theorem.TRIANGLE, "00|1", {(0, 0), (1, 0), (0, 1)}),
            "is bounded",
        ),
    ],
)
def test_altered_steps_on_narrow_networks(step: Step, match: str) -> None:
    refused(step, match)


def test_a_wrong_inverse_is_seen() -> None:
    assert theorem.has_inverse(theorem.HOMEOMORPHISM, theorem.inverse(theorem.HOMEOMORPHISM))
    assert not theorem.has_inverse(theorem.HOMEOMORPHISM, theorem.HOMEOMORPHISM)


def test_components_of_an_annulus() -> None:
    """Positive on 1 < |x| + |y| < 3: one island, a hole in it, and the sea around."""
    complex_ = regions(gallery.get("l1_annulus"))
    zero = Fraction(0)
    assert [part.bounded for part in components(complex_, ">", zero)] == [True]
    assert sorted(part.bounded for part in components(complex_, "<", zero)) == [False, True]
    assert [part.bounded for part in components(complex_, "=", zero)] == [True, True]
    assert bounded_component(complex_) is not None
