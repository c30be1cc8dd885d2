"""Volumes over boxes and polyhedra."""

import pytest

import broken
from exactpwl import Domain, PolyhedralComplex, cddlib, regions
from exactpwl.checks import Effort, check_volumes
from exactpwl.errors import MissingDependencyError

TRIANGLE = Domain.polyhedron([[-1, 0], [0, -1], [1, 1]], [1, 1, 1])


def test_box(boxed: PolyhedralComplex) -> None:
    result = check_volumes(boxed)
    assert (result.status, result.checked) == ("passed", 13)
    assert result.evidence == "13 regions and the domain have volume 16 (product of the sides)"


def test_polyhedron(deep: PolyhedralComplex) -> None:
    result = check_volumes(deep.restrict(TRIANGLE))
    assert result.status == "passed"
    assert result.evidence.endswith("the domain have volume 9/2 (3 vertices by cdd)")


@pytest.mark.parametrize("domain", [None, Domain.polyhedron([[-1, 0]], [0])])
def test_unbounded(deep: PolyhedralComplex, domain: Domain | None) -> None:
    result = check_volumes(regions(deep.network, domain))
    assert (result.status, result.checked) == ("not applicable", 0)
    assert result.evidence.endswith("is not bounded")


def test_missing_region(boxed: PolyhedralComplex) -> None:
    failure = check_volumes(broken.missing_region(boxed, 1)).failure
    assert failure == "the regions have volume 25/2, the box [-2, 2] x [-2, 2] has 16"


def test_unbounded_region_in_a_bounded_domain(boxed: PolyhedralComplex) -> None:
    failure = check_volumes(broken.moved_vertex(boxed, (-2, -2, 1), (-1, -1, 0))).failure
    assert failure == "region 000|00 is unbounded in a bounded domain"


def test_flat_region(boxed: PolyhedralComplex) -> None:
    cell = boxed.cells[1]
    flat = tuple((g[0], 0, g[-1]) for g in cell.generators)
    failure = check_volumes(broken.with_cell(boxed, 1, generators=flat)).failure
    assert failure == "region 010|01 has volume 0"


def test_masks_that_make_no_polytope(boxed: PolyhedralComplex) -> None:
    """Data that contradict each other fail the check, they do not end it."""
    tight = (0,) * len(boxed.cells[0].tight)
    assert check_volumes(broken.with_cell(boxed, 0, tight=tight)).status == "failed"


def test_budget(boxed: PolyhedralComplex) -> None:
    result = check_volumes(boxed, Effort(budget=1e-6))
    assert (result.status, result.checked) == ("not applicable", 0)


def test_without_cdd(deep: PolyhedralComplex, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise MissingDependencyError("this needs pycddlib\nand more")

    over_triangle = deep.restrict(TRIANGLE)
    monkeypatch.setattr(cddlib, "_cdd", missing)
    result = check_volumes(over_triangle)
    assert result.status == "not applicable"
    assert result.evidence == "cdd.gmp is missing: this needs pycddlib"
