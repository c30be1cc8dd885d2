"""The table of empty patterns: who shares a row, and the sentences."""

import csv
import io

from exactpwl import Network, census
from exactpwl.tables import empty_pattern_table
from golden_tables import CORNER, XOR


def rows_of(network: Network) -> list[list[str]]:
    return list(csv.reader(io.StringIO(empty_pattern_table(census(network)).to_csv())))[1:]


def test_the_empty_pattern_of_xor() -> None:
    assert rows_of(XOR) == [["01", "1", "(x+y >= 0) + (-x-y-1 >= 0) gives -1 >= 0"]]
    assert empty_pattern_table(census(XOR)).title == "1 empty pattern of 4"
    assert "star" not in empty_pattern_table(census(XOR)).to_markdown()


def test_patterns_that_begin_alike_share_a_row() -> None:
    rows = rows_of(CORNER)
    assert [row[:2] for row in rows] == [
        ["00|0*", "2"],
        ["00|11", "1"],
        ["01|11", "1"],
        ["10|0*", "2"],
    ]
    assert sum(int(row[1]) for row in rows) == census(CORNER).counts["empty"]
    assert "A star stands for any piece" in empty_pattern_table(census(CORNER)).to_markdown()


def test_whole_layers_may_be_stars() -> None:
    deep = Network([([[1], [1]], [1, 0], "relu"), ([[1, 1]], [0], "relu"), ([[1]], [0], "relu")])
    assert [row[0] for row in rows_of(deep)] == ["01|*|*", "11|0|*", "11|1|0"]


def test_a_network_without_empty_patterns_has_an_empty_table() -> None:
    table = empty_pattern_table(census(Network([([[1]], [0], "relu")])))
    assert len(table) == 0
    assert table.title == "0 empty patterns of 2"
    assert r"\midrule" in table.to_latex()


def test_long_numbers_of_a_proof_are_shortened_for_reading_and_whole_in_csv() -> None:
    far = 10**30 + 7
    network = Network([([[1], [1]], [-far, far], "relu")])
    table = empty_pattern_table(census(network))
    assert f"x-{far} >= 0" in table.to_csv()
    assert "x-1000000...007 >= 0" in table.to_markdown()
