"""Tables of data points and of the regions that hold them."""

import csv
import io

import pytest

from exactpwl import Network, gallery, occupancy, region_occupancy, region_of_point, regions
from exactpwl.errors import OptionError
from exactpwl.tables import DATA_COLUMNS, Table, data_table, holders_table, inequality_table

XOR = Network([([[1, 1], [1, 1]], [1, 0], "relu"), ([[2, -4]], [-1], "linear")], name="xor")
POINTS = [(1, 1), ("1/2", 0), (0, 0), (7, 7)]
FOUND = region_occupancy(regions(XOR, [(-2, 2), (-2, 2)]), POINTS, [1, 1, 2, 2])


def rows_of(table: Table[object]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.to_csv())))


def test_every_column() -> None:
    rows = rows_of(data_table(FOUND, DATA_COLUMNS))
    assert rows[1] == {
        "point": "1",
        "coordinates": "(1/2, 0)",
        "label": "1",
        "pattern": "11",
        "place": "inside",
        "alone": "no",
        "affine_map": "-2x-2y+1",
        "distance_linf": "1/4",
        "distance_l1": "1/2",
        "distance_l2_squared": "1/8",
        "nearest": "0:1",
        "decision_linf": "0",
        "decision_l1": "0",
        "decision_l2_squared": "0",
    }
    boundary, outside = rows[2], rows[3]
    assert (boundary["place"], boundary["affine_map"], boundary["distance_l1"]) == (
        "boundary",
        "",
        "0",
    )
    assert outside["place"] == "outside"
    assert {outside[name] for name in DATA_COLUMNS[6:]} == {""}


def test_default_columns() -> None:
    assert list(rows_of(data_table(FOUND))[0]) == list(DATA_COLUMNS[:10])
    unlabelled = occupancy(XOR, POINTS)
    assert "label" not in rows_of(data_table(unlabelled))[0]
    wide = rows_of(data_table(occupancy(gallery.get("digits"), [["1/3"] * 64])))[0]
    assert "coordinates" not in wide
    assert "affine_map" not in wide
    assert wide["alone"] == "yes"


def test_infinite_distances() -> None:
    plain = region_occupancy(regions(Network([([[1, 0]], [0], "linear")])), [(1, 0)])
    (row,) = rows_of(data_table(plain, ["distance_l1", "decision_l1"]))
    assert row == {"distance_l1": "inf", "decision_l1": "1"}
    constant = region_occupancy(regions(Network([([[0, 0]], [3], "linear")])), [(1, 0)])
    (row,) = rows_of(data_table(constant, ["decision_linf"]))
    assert row == {"decision_linf": "inf"}


def test_every_format_and_digits() -> None:
    table = data_table(FOUND, digits=2)
    assert "region's boundary are those in the whole space" in table.to_markdown()
    assert "<td" in table.to_html()
    assert r"\begin{" in table.to_latex(standalone=True)
    third = occupancy(XOR, [("1/3", 0)])
    assert rows_of(data_table(third, ["distance_l1"], digits=3))[0] != {"distance_l1": "1/3"}


def test_regions_that_hold_data_the_fullest_first() -> None:
    assert rows_of(holders_table(FOUND)) == [
        {"pattern": "11", "points": "2", "boundary": "1", "classes": "1: 2"}
    ]
    found = occupancy(XOR, [(-3, 0), (1, 1), (2, 2)])
    assert [row["points"] for row in rows_of(holders_table(found))] == ["2", "1"]
    assert "classes" not in rows_of(holders_table(found))[0]


def test_inequalities_of_a_point_and_its_facets() -> None:
    bands = Network([([[1, 0], [1, 0], [2, 0]], [0, 1, 0], "relu")])
    rows = rows_of(inequality_table(region_of_point(bands, (1, 0))))
    assert [row["facet"] for row in rows] == ["yes", "no", "yes"]
    assert [row["inequality"] for row in rows] == ["x >= 0", "x >= -1", "x >= 0"]


def test_facets_are_not_told_of_too_many_inputs() -> None:
    wide = Network([([[1] * 65], [1], "relu")])
    table = inequality_table(region_of_point(wide, [0] * 65))
    assert list(rows_of(table)[0]) == ["origin", "inequality"]
    assert "facets is not told: irredundant inequalities are found for at most 64" in str(table)


def test_what_is_refused() -> None:
    with pytest.raises(OptionError, match=r"columns are chosen from point, .*; got 'colour'"):
        data_table(FOUND, ["colour"])
    with pytest.raises(OptionError, match="'label' needs labels"):
        data_table(occupancy(XOR, POINTS), ["label"])
    with pytest.raises(OptionError, match="needs the regions: make the data's places with region_"):
        data_table(occupancy(XOR, POINTS), ["decision_l1"])
    with pytest.raises(OptionError, match="significant digits"):
        data_table(FOUND, digits=0)
