"""What is certified of monotonicity, convexity and injectivity is believed, altered not."""

import json
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactpwl import Maximum, Network, gallery, regions
from exactpwl.certificate import Certificate, Counterexample, Property
from exactpwl.errors import OptionError
from exactpwl.questions.bending import SHAPES, convexity
from exactpwl.questions.injective_maps import injectivity
from exactpwl.questions.rising import SENSES, monotonicity
from exactpwl.questions.shape_certificates import (
    certify_convexity,
    certify_injectivity,
    certify_monotonicity,
    image_difference,
)
from judged import accepts, believed
from strategies import domains, networks, points


@given(data=st.data())
@settings(max_examples=20)
def test_slopes_are_certified(data: st.DataObject, tmp_path_factory: Any) -> None:
    network = data.draw(networks(depth=2, width=3))
    domain = data.draw(domains(network.input_dimension))
    direction = data.draw(points(network.input_dimension).filter(any))
    coefficients = data.draw(points(network.output_dimension))
    found = monotonicity(regions(network, domain), direction, coefficients)
    for sense, value in zip(SENSES, (-found.least.value, found.greatest.value), strict=True):
        made = certify_monotonicity(network, direction, sense, coefficients, domain)
        assert made.claim.value == value
        assert believed(made, tmp_path_factory.mktemp("slope"))
        assert (value <= 0) == found.holds(sense)
        lower = replace(made, claim=replace(made.claim, value=value - 1))
        assert not believed(lower, tmp_path_factory.mktemp("altered"))


@given(data=st.data())
@settings(max_examples=30)
def test_shapes_are_certified(data: st.DataObject, tmp_path_factory: Any) -> None:
    network = data.draw(networks(depth=2, width=2, inputs=st.integers(1, 2)))
    domain = data.draw(domains(network.input_dimension))
    coefficients = data.draw(points(network.output_dimension))
    found = convexity(regions(network, domain), coefficients)
    for shape in SHAPES:
        if found.counterexamples(shape):
            with pytest.raises(OptionError, match=f"not {shape}, so there is nothing to certify"):
                certify_convexity(network, found, shape, domain)
        else:
            made = certify_convexity(network, found, shape, domain)
            assert isinstance(made.claim, Property)
            assert believed(made, tmp_path_factory.mktemp("shape"))


@given(data=st.data())
@settings(max_examples=30)
def test_injectivity_is_certified_as_it_is_decided(
    data: st.DataObject, tmp_path_factory: Any
) -> None:
    size = data.draw(st.integers(1, 2))
    kinds = {"inputs": st.just(size), "outputs": st.integers(size, size + 1)}
    network = data.draw(networks(depth=1, width=3, **kinds))
    domain = data.draw(domains(size))
    found = injectivity(regions(network, domain))
    made = certify_injectivity(network, domain, found.collision)
    assert isinstance(made.claim, Property) == found.is_injective
    assert believed(made, tmp_path_factory.mktemp("injective"))
    searched = certify_injectivity(network, domain)
    assert isinstance(searched.claim, Property) == found.is_injective
    if isinstance(made.claim, Counterexample):
        x, y = made.claim.point[:size], made.claim.point[size:]
        assert x != y
        assert network(x) == network(y)
        assert domain.contains(x)
        assert domain.contains(y)


LEAKY = Network([([[2, 1], [1, 1]], [0, 1], "leaky_relu:1/10")])


def test_an_injective_map_is_proved_in_the_whole_plane(tmp_path: Path) -> None:
    made = certify_injectivity(LEAKY)
    assert isinstance(made.claim, Property)
    assert believed(made, tmp_path)
    assert made.networks[0] == image_difference(LEAKY)
    assert made.domain.is_whole_space


def test_two_points_with_one_image_are_believed_in_either_order(tmp_path: Path) -> None:
    found = injectivity(regions(gallery.get("abs"))).collision
    assert found is not None
    for first, second in ((found.first, found.second), (found.second, found.first)):
        turned = replace(found, first=first, second=second)
        assert believed(certify_injectivity(gallery.get("abs"), None, turned), tmp_path)


def test_the_difference_of_images() -> None:
    difference = image_difference(LEAKY)
    x, y = (Fraction(1), Fraction(-2)), (Fraction(0), Fraction(5))
    expected = tuple(a - b for a, b in zip(LEAKY(x), LEAKY(y), strict=True))
    assert difference((*x, *y)) == expected


def with_head(
    certificate: Certificate, folder: Path, change: Callable[[dict[str, Any]], None]
) -> bool:
    """Return whether the checker accepts the file after a change of its first line."""
    path = folder / "altered.cert"
    certificate.save(path)
    head, *rest = path.read_text("utf-8").splitlines()
    known = json.loads(head)
    change(known)
    path.write_text("\n".join([json.dumps(known), *rest, ""]), encoding="utf-8")
    return accepts(path)


def test_altered_claims_are_refused(tmp_path: Path) -> None:
    network = gallery.get("max:3")
    made = certify_convexity(network, convexity(regions(network)))

    def without_a_piece(head: dict[str, Any]) -> None:
        head["claim"]["property"][-1].pop()

    def higher(head: dict[str, Any]) -> None:
        head["claim"]["property"][0][0]["bound"] = "-1"

    assert with_head(made, tmp_path, lambda head: None)
    assert not with_head(made, tmp_path, without_a_piece)
    assert not with_head(made, tmp_path, higher)


def test_another_domain_is_not_believed(tmp_path: Path) -> None:
    """|x| is injective for x >= 0, and that proves nothing for all x."""
    made = certify_injectivity(gallery.get("abs"), [(0, 1)])

    def everywhere(head: dict[str, Any]) -> None:
        head["domain"] = []

    assert with_head(made, tmp_path, lambda head: None)
    assert not with_head(made, tmp_path, everywhere)


def test_maxima_are_taken_by_relus(tmp_path: Path) -> None:
    network = Network([([[1], [-2], [0]], [0, 1, 1], "linear"), Maximum([[0, 1, 2]])])
    found = convexity(regions(network))
    assert believed(certify_convexity(network, found), tmp_path)
    assert believed(certify_monotonicity(network, (1,), "increasing"), tmp_path)
    assert believed(certify_injectivity(network, [(1, 2)]), tmp_path)


def test_what_is_refused() -> None:
    with pytest.raises(OptionError, match="the senses are increasing and decreasing; got 'up'"):
        certify_monotonicity(LEAKY, (1, 0), "up", (1, 0))
