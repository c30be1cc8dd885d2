"""Ranges of outputs, against all vertices of another enumeration, and rays that are walked."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactpwl import Domain, Maximum, Network, gallery, regions
from exactpwl.errors import DomainError, OptionError
from exactpwl.questions import Extremum, ValueRange, value_range
from judged import believed
from strategies import boxes, domains, networks, points
from truth import network_of, quantities


def value(network: Network, coefficients: Any, x: Any) -> Fraction:
    return sum((c * y for c, y in zip(coefficients, network(x), strict=True)), Fraction(0))


def combinations(network: Network) -> Any:
    size = network.output_dimension
    return st.lists(st.integers(-2, 2), min_size=size, max_size=size)


@given(data=st.data())
@settings(max_examples=60)
def test_on_a_box_the_ends_are_those_of_all_vertices(data: Any, tmp_path_factory: Any) -> None:
    network = data.draw(networks(depth=2, width=3))
    domain = data.draw(boxes(network.input_dimension))
    coefficients = data.draw(combinations(network))
    found = value_range(network, coefficients, domain)
    second = regions(network, domain, method="reference")
    corners = [set(region.vertices) for region in second.regions]
    values = {x: value(network, coefficients, x) for x in set().union(*corners)}
    for end, least in ((found.minimum, min), (found.maximum, max)):
        extreme = least(values.values())
        assert end.value == extreme == value(network, coefficients, end.point)
        assert domain.contains(end.point)
        assert end.direction is None
        assert end.attained is not None
        attaining = {x for x in values if values[x] == extreme}
        assert end.attained.vertices == len(attaining)
        patterns = {second.regions[i].pattern for i, c in enumerate(corners) if c & attaining}
        assert {found.complex.regions[i].pattern for i in end.attained.regions} == patterns
        is_flat = end.attained.dimension == network.input_dimension
        assert is_flat == any(c <= attaining for c in corners)
    assert believed(found.certificate, tmp_path_factory.mktemp("range"))


@given(data=st.data())
@settings(max_examples=60)
def test_every_domain(data: Any, tmp_path_factory: Any) -> None:
    network = data.draw(networks(depth=2, width=3))
    domain = data.draw(domains(network.input_dimension))
    coefficients = data.draw(combinations(network))
    found = value_range(network, coefficients, domain)
    for x in data.draw(st.lists(points(network.input_dimension), max_size=5)):
        if domain.contains(x):
            assert is_between(found, value(network, coefficients, x))
    for end, sign in ((found.minimum, -1), (found.maximum, 1)):
        if end.direction is not None:
            assert goes_beyond(network, coefficients, domain, end, sign)
    assert believed(found.certificate, tmp_path_factory.mktemp("range"))


def is_between(found: ValueRange, y: Fraction) -> bool:
    low, high = found.minimum.value, found.maximum.value
    return (low is None or low <= y) and (high is None or y <= high)


def goes_beyond(network: Network, c: Any, domain: Domain, end: Extremum, sign: int) -> bool:
    """Whether the output goes on with one slope along a ray inside the domain, in the right way."""
    assert end.value is end.attained is None
    assert end.direction is not None
    walk = [
        tuple(p + t * u for p, u in zip(end.point, end.direction, strict=True))
        for t in (0, 1, 2, 1000)
    ]
    assert all(map(domain.contains, walk))
    start, one, two, far = (sign * value(network, c, x) for x in walk)
    return 0 < one - start == two - one and far - start == 1000 * (one - start)


@quantities("range")
def test_proven_ranges(case: Any, key: str, known: Any, tmp_path: Path) -> None:
    found = value_range(network_of(case), domain=case.get("box"))
    assert [found.minimum.value, found.maximum.value] == list(map(Fraction, known))
    assert believed(found.certificate, tmp_path)


def test_the_hat_has_one_top_and_is_zero_outside() -> None:
    found = value_range(gallery.get("hat2d"))
    assert (found.maximum.point, found.maximum.attained.vertices) == ((0, 0), 1)
    assert (len(found.maximum.attained.regions), found.maximum.attained.dimension) == (6, 0)
    assert found.minimum.attained.dimension == 2


def test_a_ridge_is_a_line() -> None:
    """-|x - y| in the plane, and in R^4, where two directions more are free."""
    for free in (0, 2):
        network = Network([([[1, -1, *[0] * free]], [0], "abs"), ([[-1]], [0], "linear")])
        found = value_range(network)
        assert found.maximum.value == 0
        assert found.maximum.attained.dimension == 1 + free
        assert found.maximum.attained.regions == (0, 1)
        assert found.minimum.value is None


def test_constants_are_attained_everywhere() -> None:
    constant = Network([([[0, 0]], [3], "relu"), ([[2]], [1], "linear")])
    for domain in (None, [(0, 1), (0, 1)]):
        found = value_range(constant, domain=domain)
        assert found.minimum.value == found.maximum.value == 7
        assert found.minimum.attained.dimension == 2


def test_several_outputs_and_their_combination() -> None:
    network = Network([([[1, 0], [0, 1]], [0, 0], "relu")])
    square = [(-1, 1), (-1, 2)]
    assert value_range(network, [0, 1], square).maximum.value == 2
    assert value_range(network, [1, -1], square).minimum.value == -2
    for wrong in (None, [1], [1, 2, 3]):
        with pytest.raises(OptionError, match="one coefficient for each output is required, 2"):
            value_range(network, wrong)


def test_maxima(tmp_path: Path) -> None:
    maxout = Network([([[1, 0], [0, 1], [-1, -1]], [0, 0, 0], "linear"), Maximum([[0, 1, 2]])])
    found = value_range(maxout)
    assert (found.minimum.value, found.minimum.attained.regions) == (0, (0, 1, 2))
    assert found.maximum.direction is not None
    assert believed(found.certificate, tmp_path)


def test_a_domain_of_another_dimension() -> None:
    with pytest.raises(DomainError):
        value_range(gallery.get("xor"), domain=[(0, 1)])


@pytest.mark.parametrize("by", [Fraction(-1, 1000), Fraction(1, 1000)])
@pytest.mark.parametrize("end", ["lower", "upper"])
def test_a_moved_end_is_not_believed(by: Fraction, end: str, tmp_path: Path) -> None:
    found = value_range(gallery.get("xor"), domain=[(0, 1), (0, 1)])
    claim: Any = found.certificate.claim
    true = getattr(claim, end)
    moved = replace(claim, **{end: replace(true, value=true.value + by)})
    assert believed(found.certificate, tmp_path)
    assert not believed(replace(found.certificate, claim=moved), tmp_path)
