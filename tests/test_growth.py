"""Regions layer by layer, and along lines, against the regions of the plane."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl import Network, PolyhedralComplex, gallery, regions
from exactpwl.errors import DomainError, OptionError
from exactpwl.growth import layer_counts, random_lines, regions_along_lines
from strategies import networks

SQUARE = [(-2, 2), (-2, 2)]


def met(complex_: PolyhedralComplex, point: tuple[Fraction, ...], way: tuple[Fraction, ...]) -> int:
    """Count the regions that a line meets in more than a point, from their inequalities."""
    count = 0
    for region in complex_.regions:
        low, high = [], []
        for inequality in region.inequalities:
            slope = sum(n * w for n, w in zip(inequality.normal, way, strict=True))
            value = Fraction(inequality.at(point))
            if slope > 0:
                low.append(-value / slope)
            elif slope < 0:
                high.append(-value / slope)
            elif value <= 0:
                break
        else:
            count += max(low) < min(high)
    return count


@pytest.mark.parametrize(
    ("spec", "counts"),
    [("lines:8", (37,)), ("xor", (3,)), ("rings", (37, 168, 439, 1014)), ("disc", (7,))],
)
def test_regions_of_the_first_layers(spec: str, counts: tuple[int, ...]) -> None:
    assert layer_counts(regions(gallery.get(spec))) == counts


@given(networks(inputs=st.just(2)))
def test_the_first_layers_are_networks_of_their_own(network: Network) -> None:
    bent = [i for i, layer in enumerate(network.layers) if not layer.is_linear]
    parts = [Network(network.layers[: i + 1]) for i in bent]
    expected = tuple(len(regions(part, SQUARE)) for part in parts)
    assert layer_counts(regions(network, SQUARE)) == expected


@pytest.mark.parametrize("name", ["disc-3", "disc-8-8-8", "xor-20"])
def test_lines_meet_the_regions_of_the_plane(name: str) -> None:
    run = gallery.run(name)
    network = run.networks[-1]
    complex_ = regions(network, run.window)
    lines = random_lines(run.window, 8, seed=5)
    expected = tuple(met(complex_, point, way) for point, way in lines)
    assert regions_along_lines(network, run.window, count=8, seed=5) == expected


def test_one_hidden_layer_gives_at_most_one_more_than_its_neurons() -> None:
    counts = regions_along_lines(gallery.get("lines:8"), [(-6, 6), (-6, 6)], 40)
    assert 2 < max(counts) <= 9


def test_lines_are_seeded_and_cross_the_box() -> None:
    box = [(0, "1/2"), (-3, 3), (5, 6)]
    lines = random_lines(box, 800, seed=1)
    assert lines == random_lines(box, 800, seed=1) != random_lines(box, 800, seed=2)
    assert len(lines) == 800
    for point, way in lines:
        assert any(way)
        ends = [point, tuple(p + w for p, w in zip(point, way, strict=True))]
        for end in ends:
            assert 0 < end[0] < Fraction(1, 2)
            assert -3 < end[1] < 3
            assert 5 < end[2] < 6


def test_what_is_refused() -> None:
    with pytest.raises(OptionError, match="not negative is required, got -1"):
        random_lines(SQUARE, -1)
    with pytest.raises(DomainError):
        random_lines([(1, 0)], 1)
