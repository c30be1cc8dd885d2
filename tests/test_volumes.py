"""Volumes of all regions with faces measured once, against a triangulation of each region."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import broken
from exactpwl import Network, PolyhedralComplex, gallery, regions
from exactpwl.geometry import volume
from exactpwl.volumes import Volumes
from strategies import networks


def by_triangulation(complex_: PolyhedralComplex) -> list[Fraction]:
    return [volume(cell.generators, cell.tight) for cell in complex_.cells]


def all_of(volumes: Volumes) -> list[Fraction]:
    return [volumes[i] for i in range(len(volumes.complex))]


def cube(dimension: int) -> PolyhedralComplex:
    """A cube that coordinate hyperplanes and diagonal ones cut: many faces are upright."""
    rows = [[int(i == j) for j in range(dimension)] for i in range(dimension)]
    rows += [[1] * dimension, [1, -1] + [0] * (dimension - 2)]
    return regions(Network([(rows, [0] * len(rows), "relu")]), [(-1, 1)] * dimension)


@given(st.data())
def test_as_by_triangulation(data: st.DataObject) -> None:
    network = data.draw(networks(depth=2, width=4, inputs=st.integers(3, 4)))
    found = regions(network, [(-2, 3)] * network.input_dimension)
    assert all_of(Volumes(found)) == by_triangulation(found)


@pytest.mark.parametrize("dimension", [1, 2, 3, 4])
def test_cut_cubes(dimension: int) -> None:
    found = cube(dimension) if dimension > 1 else regions(gallery.get("tent"), [(0, 1)])
    assert all_of(Volumes(found)) == by_triangulation(found)


def test_a_facet_is_measured_once_for_both_regions() -> None:
    found = cube(3)
    volumes = Volumes(found)
    all_of(volumes)
    facets = {
        tuple(ids[k] for k in range(len(ids)) if mask >> k & 1)
        for ids, masks in zip(found.generator_ids, found.facet_masks, strict=True)
        for mask in masks
    }
    assert set(volumes.faces) <= facets
    assert len(facets) < sum(map(len, found.facet_masks))


def test_without_a_shear_regions_are_triangulated(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cube's upright faces have no shadow, and the volumes are right all the same."""
    monkeypatch.setattr("exactpwl.volumes.LARGEST_SHEAR", 0)
    found = cube(3)
    assert all_of(Volumes(found)) == by_triangulation(found)


def test_a_vertex_off_its_facets() -> None:
    """What is no polytope is triangulated, and has not the volume of the region."""
    found = cube(3)
    right = found.regions[0].volume
    (*x, t), *others = found.cells[0].generators
    moved = broken.with_cell(found, 0, generators=((3 * x[0] - 1, *x[1:], 3 * t), *others))
    assert moved.regions[0].volume == by_triangulation(moved)[0] != right
