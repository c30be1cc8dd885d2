"""The complex against direct evaluation."""

from hypothesis import given
from hypothesis import strategies as st

import broken
from exactpwl import Network, PolyhedralComplex, regions
from exactpwl.checks import Effort, check_evaluation
from exactpwl.checks.evaluation import evaluate_directly
from strategies import networks, points


def test_kinds_of_points(deep: PolyhedralComplex) -> None:
    result = check_evaluation(deep, Effort(seed=3))
    assert (result.status, result.checked) == ("passed", 13 + 103 + 18 + 6)
    assert result.evidence == (
        "all 13 witnesses, 103 random points, 18 facet points, 6 vertices by seed 3"
    )


def test_lineality_and_one_region() -> None:
    for weight in ([[0, 1]], [[0, 0]]):
        assert check_evaluation(regions(Network([(weight, [1], "relu")]))).passed


def test_wrong_map(xor: PolyhedralComplex) -> None:
    failure = check_evaluation(broken.shifted_map(xor, 1)).failure
    assert failure == "at the witness (0, -1/2) the network has the value 0, region 10 gives 1"


def test_map_that_is_right_at_the_witness(xor: PolyhedralComplex) -> None:
    """Region 10 has its witness where x = 0."""
    failure = str(check_evaluation(broken.tilted_map(xor, 1, 0)).failure)
    assert failure.startswith("at the random point ")


def test_missing_region(deep: PolyhedralComplex) -> None:
    failure = str(check_evaluation(broken.missing_region(deep, 1)).failure)
    assert failure.startswith("the random point ")
    assert failure.endswith("a region is missing")


def test_other_network(xor: PolyhedralComplex) -> None:
    other = Network([([[1, 1], [1, 1]], [1, 0], "relu"), ([[2, -3]], [-1], "linear")])
    wrong = broken.rebuilt(xor, network=other, maps=xor.affine_maps)
    assert check_evaluation(wrong).status == "failed"


def test_no_region_at_all(xor: PolyhedralComplex) -> None:
    assert not check_evaluation(broken.rebuilt(xor, cells=())).passed


def test_samples_are_named(deep: PolyhedralComplex) -> None:
    evidence = check_evaluation(deep, Effort(budget=2e-4)).evidence
    assert "of 13 witnesses, chosen by seed 0" in evidence


@given(st.data())
def test_two_ways_to_evaluate_a_network(data: st.DataObject) -> None:
    """Layer by layer as the weights stand, and the homogeneous integers of the engine."""
    network = data.draw(networks(depth=3))
    point = data.draw(points(network.input_dimension))
    assert evaluate_directly(network, point) == network(point)
