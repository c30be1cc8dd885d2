"""Two sides of every facet, or the domain's boundary."""

import broken
from exactpwl import Domain, Network, PolyhedralComplex, regions
from exactpwl.checks import Effort, check_facets


def test_inner_and_outer_facets(boxed: PolyhedralComplex, deep: PolyhedralComplex) -> None:
    over_box, over_plane = check_facets(boxed), check_facets(deep)
    assert over_box.evidence == "18 facets with two sides, 14 on the domain's boundary"
    assert over_plane.evidence == "18 facets with two sides, 0 on the domain's boundary"
    assert (over_box.status, over_box.checked) == ("passed", 32)


def test_nothing_bends() -> None:
    result = check_facets(regions(Network([([[1, 2]], [0], "linear")])))
    assert result.status == "not applicable"
    assert result.evidence == "the only region has no facet: nothing bends"


def test_missing_region(xor: PolyhedralComplex) -> None:
    result = check_facets(broken.missing_region(xor, 1))
    assert result.status == "failed"
    assert result.failure == "the facet on x+y+1 = 0 inside the domain has only one side: 00"


def test_missing_region_leaves_one_without_a_facet(xor: PolyhedralComplex) -> None:
    without_facets = broken.with_cell(xor, 0, tight=(1, 0))
    failure = check_facets(without_facets).failure
    assert failure == "region 00 has no facet, but it is not the only region"


def test_doubled_region(xor: PolyhedralComplex) -> None:
    failure = check_facets(broken.doubled_region(xor, 0)).failure
    assert failure == "the facet on x+y+1 = 0 inside the domain has 3 sides: 00, 10, 00"


def test_doubled_region_at_the_boundary() -> None:
    twice = broken.doubled_region(regions(Network([([[1]], [0], "linear")]), [(0, 1)]), 0)
    failure = check_facets(twice).failure
    assert failure == (
        "the facet on x = 0, on the domain's boundary, has regions (the only one), (the only one)"
    )


def test_region_folded_onto_its_neighbour(xor: PolyhedralComplex) -> None:
    """Region 11 becomes a mirror image, on the side of its neighbour 10."""
    folded = broken.moved_vertex(xor, (0, 1, 0), (0, -1, 0), [2])
    failure = check_facets(folded).failure
    assert failure == "regions 10, 11 lie on the same side of their common facet on x+y = 0"


def test_larger_domain_than_the_regions_fill(boxed: PolyhedralComplex) -> None:
    larger = broken.rebuilt(boxed, domain=Domain.box([(-2, 3), (-2, 2)]))
    failure = str(check_facets(larger).failure)
    assert failure.startswith("the facet on x-2 = 0 inside the domain has only one side: 1")


def test_moved_vertex_bends_a_facet(deep: PolyhedralComplex) -> None:
    bent = broken.moved_vertex(deep, (0, 0, 1), (2, 0, 1))
    failure = str(check_facets(bent).failure)
    assert "does not have the region on one side of it" in failure


def test_facet_without_enough_generators() -> None:
    cube = regions(Network([([[1, 0, 0]], [0], "relu")]), [(-1, 1)] * 3)
    flat = broken.moved_vertex(cube, (0, 1, 1, 1), (0, 0, 1, 1))
    flat = broken.moved_vertex(flat, (0, -1, 1, 1), (0, 0, 1, 1))
    flat = broken.moved_vertex(flat, (0, 1, -1, 1), (0, 0, 1, 1))
    assert "does not span a hyperplane" in str(check_facets(flat).failure)


def test_outer_facet_that_forgets_a_corner() -> None:
    """No neighbour would miss it."""
    cube = regions(Network([([[1, 0, 0]], [0], "linear")]), [(-1, 1)] * 3)
    forgotten = broken.flipped_bit(cube, 0, 0, cube.cells[0].tight[0].bit_length() - 1)
    failure = str(check_facets(forgotten).failure)
    assert failure.startswith("region (the only one): the facet with the generators ")
    assert failure.endswith("lacks generators that lie on its hyperplane")


def test_no_region_at_all(xor: PolyhedralComplex) -> None:
    failure = check_facets(broken.rebuilt(xor, cells=())).failure
    assert failure == "the complex has no region, but every domain has one"


def test_too_many_facets_are_not_passed_over(deep: PolyhedralComplex) -> None:
    result = check_facets(deep, Effort(budget=1e-4))
    assert result.status == "not applicable"
    assert "a budget of 1 s is enough" in result.evidence
