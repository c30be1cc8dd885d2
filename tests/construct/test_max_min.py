"""Max-min forms: the network against the formula, and the formula against the pieces."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alterations import alterations
from exactpwl import PiecewiseFunction, construct, gallery
from exactpwl.certificate import Equal, certify_equality
from exactpwl.construct.built import network_cells
from exactpwl.domain import Domain
from exactpwl.errors import DimensionError, DiscontinuityError, DomainError, OptionError
from strategies import points, rationals


def affine(dimension: int) -> st.SearchStrategy:
    return st.tuples(points(dimension, rationals(2)), rationals(2))


def forms(dimension: int) -> st.SearchStrategy:
    group = st.lists(affine(dimension), min_size=1, max_size=3)
    return st.lists(group, min_size=1, max_size=3)


@given(forms(2), st.sampled_from(["relu", "linear"]), points(2))
@settings(max_examples=25)
def test_the_network_is_the_form(groups: list, passing: str, x: tuple) -> None:
    form = construct.MaxMin(groups)
    made = construct.from_max_min(form, passing=passing)
    assert made.check()
    assert made.network(x) == (form(x),)


def test_an_altered_weight_is_refused() -> None:
    made = construct.from_max_min([[((2,), 0), ((-2,), 2)], [((0,), 0)]], passing="linear")
    assert made.check()
    verdicts = []
    for altered in alterations(made.network):
        verdicts.append(bool(construct.compare(altered, made.target)))
        equal = isinstance(certify_equality(altered, made.network).claim, Equal)
        assert verdicts[-1] == equal
    assert verdicts.count(False) > len(verdicts) // 2


@pytest.mark.parametrize("n", range(1, 9))
def test_the_tournament_of_the_gallery(n: int) -> None:
    lean = construct.maximum(n)
    assert len(lean.layers) == (n - 1).bit_length() + 1
    assert lean([3 * i % 7 for i in range(n)]) == (max(3 * i % 7 for i in range(n)),)
    if n > 1:
        assert construct.relu_only(lean).network == gallery.get(f"max:{n}")


def test_degenerate_forms() -> None:
    same = construct.from_max_min([[((1, 1), 0), ((1, 1), 0)], [((1, 1), 0)]])
    assert same.network.widths == ()
    assert same.check()
    parallel = construct.from_max_min([[((1, 0), 0), ((1, 0), 1)]])
    assert parallel.network((5, 7)) == (5,)
    assert parallel.check()
    constant = construct.from_max_min([[((0,), 3)], [((0,), 2)]])
    assert constant.network((9,)) == (3,)
    assert constant.check()


def test_wrong_forms_are_refused() -> None:
    with pytest.raises(DimensionError, match="in each group is required, got none"):
        construct.MaxMin([])
    with pytest.raises(DimensionError, match="in each group is required, got none"):
        construct.MaxMin([[((1,), 0)], []])
    with pytest.raises(DimensionError, match="of one positive number of inputs are required"):
        construct.MaxMin([[((1,), 0)], [((1, 2), 0)]])
    with pytest.raises(OptionError, match="one or more numbers"):
        construct.maximum(0)
    with pytest.raises(OptionError, match="passing is"):
        construct.from_max_min([[((1,), 0)]], passing="abs")


@pytest.mark.parametrize("name", ["abs", "hat1d", "hat2d", "xor", "max:3", "l1_annulus"])
def test_every_network_has_a_max_min_form(name: str) -> None:
    """From the regions of a network to the form, and to a network that is the same function."""
    network = gallery.get(name)
    cells = list(network_cells(network, Domain.whole(network.input_dimension)))
    made = construct.from_max_min(construct.max_min_form(cells), passing="linear")
    assert isinstance(certify_equality(network, made.network).claim, Equal)


def test_the_shape_shows() -> None:
    convex = construct.from_slopes([0, 1], [-1, 0, 1], through=(0, 0)).target
    assert str(construct.max_min_form(list(convex.cells()))) == "max(-x, 0, x-1)"
    concave = construct.from_slopes([0], [1, -1], through=(0, 0)).target
    assert str(construct.max_min_form(list(concave.cells()))) == "min(x, -x)"


def test_pieces_that_are_no_network_are_refused() -> None:
    left, right = [((-1,), 0)], [((1,), 0)]
    step = PiecewiseFunction([left, right], [([[0]], [0]), ([[0]], [1])])
    with pytest.raises(DiscontinuityError):
        construct.from_pieces(step)
    half = PiecewiseFunction([right], [([[1]], [0])])
    with pytest.raises(DomainError, match="none contains the point"):
        construct.from_pieces(half)
    two = PiecewiseFunction([left, right], [([[0], [0]], [0, 0])] * 2)
    with pytest.raises(DimensionError, match="one output is required, got 2"):
        construct.from_pieces(two)


def test_pieces_become_a_network() -> None:
    left, right = [((-1,), 0)], [((1,), 0)]
    made = construct.from_pieces(
        PiecewiseFunction([left, right], [([[-1]], [0]), ([["1/2"]], [0])])
    )
    assert made.check()
    assert not any(construct.compare(a, made.target) for a in alterations(made.network, 1000))
