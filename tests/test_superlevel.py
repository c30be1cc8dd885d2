"""Components of {f > value}: islands, bounded or not."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl import Network, gallery, regions
from exactpwl.errors import DimensionError
from exactpwl.superlevel import superlevel_components
from strategies import networks


def hats(*centres: int) -> Network:
    """Return f = max(1 - |x - c|, 0) summed over the centres, minus 1/4."""
    rows = [[1]] * (3 * len(centres))
    biases = [s - c for c in centres for s in (1, 0, -1)]
    weights = [w for _ in centres for w in (1, -2, 1)]
    return Network([(rows, biases, "relu"), ([weights], ["-1/4"], "linear")])


def test_the_annulus_has_one_ring_a_hole_and_an_outside() -> None:
    annulus = regions(gallery.get("l1_annulus"))
    (ring,) = superlevel_components(annulus)
    assert ring.is_bounded
    hole = annulus.locate((0, 0)).regions[0]
    below = superlevel_components(annulus, 0, [-1])
    assert sorted(part.is_bounded for part in below) == [False, True]
    (inner,) = [part for part in below if part.is_bounded]
    assert hole in inner.regions


@pytest.mark.parametrize(
    ("value", "count"), [(0, 2), ("1/2", 2), ("3/4", 0), (1, 0), ("-1/4", 2), ("-1/2", 1)]
)
def test_two_hats_are_two_islands_and_sink(value: str, count: int) -> None:
    """At -1/4 they touch the sea at a point that belongs to neither."""
    complex_ = regions(hats(-1, 1))
    found = complex_.superlevel_components(value)
    assert len(found) == count
    assert all(part.is_bounded for part in found) == (value != "-1/2")


def test_islands_that_touch_at_a_corner_are_two() -> None:
    """xy > 0, as |x + y| > |x - y|: two quadrants that share the origin, where f is 0."""
    rows = [[1, 1], [-1, -1], [1, -1], [-1, 1]]
    f = Network([(rows, [0] * 4, "relu"), ([[1, 1, -1, -1]], [0], "linear")])
    assert [part.is_bounded for part in superlevel_components(regions(f))] == [False, False]
    (joined,) = superlevel_components(regions(f), -1)
    assert len(joined.regions) == 4


def test_a_box_makes_the_outside_bounded_and_cuts_it() -> None:
    f = gallery.get("xor")
    assert [p.is_bounded for p in superlevel_components(regions(f), 0, [-1])] == [False, False]
    box = regions(f, [(-2, 2), (-2, 2)])
    assert [p.is_bounded for p in superlevel_components(box, 0, [-1])] == [True, True]


def test_an_output_that_rises_along_the_lineality_space() -> None:
    """Relu(x) + y: no kink depends on y, and {f > 0} meets both sides of x = 0."""
    f = Network([([[1, 0], [0, 1]], [0, 0], ["relu", "linear"]), ([[1, 1]], [0], "linear")])
    (part,) = superlevel_components(regions(f))
    assert (part.regions, part.is_bounded) == ((0, 1), False)


def test_a_constant_network_and_one_that_vanishes() -> None:
    for bias, count in ((1, 1), (0, 0), (-1, 0)):
        f = Network([([[0, 0]], [0], "relu"), ([[1]], [bias], "linear")])
        assert len(superlevel_components(regions(f))) == count


def test_a_difference_of_outputs() -> None:
    two = regions(Network([([[1], [-1]], [0, 0], "relu")]))
    (right,) = superlevel_components(two, 0, [1, -1])
    assert (two.regions[right.regions[0]].contains([1]), len(right.regions)) == (True, 1)
    with pytest.raises(DimensionError, match="a coefficient for each of the 2 outputs, got none"):
        superlevel_components(two)
    with pytest.raises(DimensionError, match="2 coefficients is required"):
        superlevel_components(two, 0, [1])


@given(networks(inputs=st.just(1), outputs=st.just(1)), st.integers(-2, 2))
def test_intervals_of_networks_with_one_input(network: Network, value: int) -> None:
    """The set is cut by the breakpoints and by the zeros between them; count the intervals."""
    complex_ = regions(network)
    cuts = {v[0] for region in complex_.regions for v in region.vertices}
    cuts |= {v[0] for piece in complex_.level_set(value) for v in piece.vertices}
    places = [min(cuts, default=Fraction(0)) - 1, *sorted(cuts), max(cuts, default=Fraction(0)) + 1]
    probes = [place for a, b in pairwise(places) for place in (a, (a + b) / 2)] + places[-1:]
    above = [network([x])[0] > value for x in probes]
    starts = sum(here and not before for before, here in pairwise([False, *above]))
    found = superlevel_components(complex_, value)
    assert len(found) == starts
    unbounded = {True: above[0] + above[-1], False: 0}[any(above)]
    if all(above):
        unbounded = 1
    assert sum(not part.is_bounded for part in found) == unbounded
