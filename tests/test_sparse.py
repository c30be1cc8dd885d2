"""Sparse layers against the same layer as a table."""

import json
import pickle
from fractions import Fraction

import pytest

from exactpwl import Network, regions
from exactpwl.errors import NetworkError, TooLargeError
from exactpwl.io import dumps, network_from_dict
from exactpwl.sparse import SparseLayer

ROWS = [[(1, "1/2"), (0, 1)], [(0, -3), (1, 0)], []]
BIAS = [0, "1/3", 1]
SPARSE = Network([SparseLayer(ROWS, BIAS, "relu", inputs=2), ([[1, 1, 1]], [0], "linear")])
TABLE = Network([([[1, "1/2"], [-3, 0], [0, 0]], BIAS, "relu"), ([[1, 1, 1]], [0], "linear")])


def test_it_is_the_layer_that_its_table_is() -> None:
    layer = SPARSE.layers[0]
    assert (layer.weight, layer.bias) == (TABLE.layers[0].weight, TABLE.layers[0].bias)
    assert layer.sparse_rows == TABLE.layers[0].sparse_rows
    for point in [(1, 1), (-1, Fraction(1, 7)), (Fraction(1, 9), 0)]:
        assert SPARSE(point) == TABLE(point)
        assert SPARSE.affine_map_at(point) == TABLE.affine_map_at(point)
    assert len(regions(SPARSE)) == len(regions(TABLE)) == 4


def test_it_is_a_value() -> None:
    again = SparseLayer([[(0, 1), (1, "0.5")], [(0, -3)], []], BIAS, ["relu"] * 3, inputs=2)
    assert again == SPARSE.layers[0]
    assert hash(again) == hash(SPARSE.layers[0])
    assert again != SparseLayer(ROWS, [0, 0, 1], inputs=2)
    assert pickle.loads(pickle.dumps(SPARSE)) == SPARSE
    assert network_from_dict(json.loads(dumps(SPARSE))) == SPARSE
    with pytest.raises(AttributeError, match="a SparseLayer is immutable"):
        again.inputs = 3  # type: ignore[misc]


def test_a_large_one_has_values_but_no_table() -> None:
    large = SparseLayer(
        [[(j, 1), (j + 1, -1)] for j in range(1999)], [0] * 1999, "abs", inputs=2000
    )
    assert Network([large])(range(2000)) == (1,) * 1999
    with pytest.raises(TooLargeError, match="a table of 3998000 numbers"):
        large.numerators  # noqa: B018


@pytest.mark.parametrize(
    ("rows", "bias", "inputs", "words"),
    [
        ([[(0, 1), (0, 2)]], [0], 2, "row 0: each of the inputs 0 to 1 at most once is required"),
        ([[(2, 1)]], [0], 2, "row 0: each of the inputs 0 to 1 at most once is required, got 2"),
        ([[(-1, 1)]], [0], 2, "row 0, an input: 1 whole numbers of at least 0 are required"),
        ([[(0, "one")]], [0], 2, "row 0, input 0: a rational number such as"),
        ([[0, 1]], [0], 2, r"row 0: pairs \(input, weight\) are required, got 0"),
        ([["01"]], [0], 2, r"row 0: pairs \(input, weight\) are required, got '01'"),
        ([3], [0], 2, "row 0: a list is required, got 3"),
        ([], [], 2, "one or more rows, and one bias a row, are required, got 0 and 0"),
        ([[]], [0, 0], 2, "one or more rows, and one bias a row, are required, got 1 and 2"),
        ([[]], ["x"], 2, "bias 0: a rational number such as"),
        ([[]], [0], 0, "inputs: 1 whole numbers of at least 1 are required"),
    ],
)
def test_what_is_no_sparse_layer_is_refused(rows, bias, inputs, words) -> None:
    with pytest.raises(NetworkError, match=words):
        SparseLayer(rows, bias, inputs=inputs)
