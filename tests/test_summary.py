"""The counts that other programs read."""

import pytest

from exactpwl import Network, count, gallery, regions
from exactpwl import enumeration as enumeration_module
from exactpwl import summary as summary_module
from exactpwl.errors import DomainError, OptionError
from exactpwl.summary import COUNTS

XOR = Network([([[1, 1], [1, 1]], [1, 0], "relu"), ([[2, -4]], [-1], "linear")])
BRAID = Network([([[1, -1, 0], [0, 1, -1], [1, 0, -1]], [0, 0, 0], "relu")])


def test_all_counts_of_xor() -> None:
    assert count(XOR) == {
        "activation_regions": 3,
        "linear_regions": 3,
        "affine_pieces": 3,
        "bounded_regions": 0,
        "adjacencies": 2,
        "f_vector": [0, 2, 3],
        "dimension": 2,
        "lineality": 1,
    }


def test_over_a_box_its_boundary_does_not_count() -> None:
    found = count(XOR, [(-1, 1), (-1, 1)])
    assert found["f_vector"] == [0, 2, 3]
    assert found["bounded_regions"] == 3
    assert found["lineality"] == 0


def test_braid_counts_lineality() -> None:
    assert count(BRAID)["f_vector"] == [0, 1, 6, 6]


def test_a_complex_and_its_network_have_the_same_counts() -> None:
    assert count(regions(XOR)) == count(XOR)


@pytest.mark.parametrize("key", COUNTS)
def test_one_count_alone(key: str) -> None:
    whole = count(XOR)
    assert count(XOR, only=[key]) == dict.fromkeys(COUNTS) | {key: whole[key]}


def test_keys_in_one_text() -> None:
    found = count(XOR, only="dimension, activation_regions")
    assert (found["dimension"], found["activation_regions"]) == (2, 3)
    assert list(found) == list(COUNTS)


def test_nothing_is_computed_for_what_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("the regions were computed")

    monkeypatch.setattr(summary_module, "regions", forbidden)
    monkeypatch.setattr(enumeration_module, "regions", forbidden)
    assert count(BRAID, only="dimension,lineality")["lineality"] == 1


def test_the_faces_are_not_walked_for_other_counts() -> None:
    complex_ = regions(XOR)
    count(complex_, only="activation_regions,bounded_regions")
    assert not {"faces", "adjacencies", "linear_regions", "affine_maps"} & set(vars(complex_))


def test_unknown_keys_are_refused_with_the_list() -> None:
    with pytest.raises(OptionError, match=r"chosen from activation_regions, .*; got 'regions'$"):
        count(XOR, only="regions,dimension")


def test_no_key_is_refused() -> None:
    with pytest.raises(OptionError, match="got none"):
        count(XOR, only=[])


def test_a_complex_takes_no_second_domain() -> None:
    with pytest.raises(OptionError, match="has its domain already, R\\^2: leave the domain out"):
        count(regions(XOR), [(0, 1), (0, 1)])


def test_a_domain_of_another_dimension_is_refused_even_if_only_the_dimension_is_asked() -> None:
    with pytest.raises(DomainError, match="2 inputs"):
        count(XOR, [(0, 1)], only="dimension")


def test_the_lineality_needs_no_region() -> None:
    """The braid arrangement of R^30 has 30! of them."""
    assert count(gallery.get("braid:30"), only="lineality")["lineality"] == 1
