"""Files of functions given by pieces: exact numbers, a round trip, and what is refused."""

import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from exactpwl import PiecewiseFunction, Polyhedron, gallery
from exactpwl.errors import DiscontinuityError, DomainError, FormatError, GalleryError
from exactpwl.io import load_pieces, pieces_as_dict, pieces_from_dict

LEFT = {"rows": [{"a": [1], "b": 0}]}
RIGHT = {"rows": [{"a": [-1], "b": 0}]}


def piece(domain: Any = LEFT, weight: Any = ((1,),), bias: Any = (0,)) -> dict[str, Any]:
    return {"domain": domain, "W": [list(row) for row in weight], "b": list(bias)}


def test_the_function_of_the_documentation() -> None:
    page = Path(__file__).parents[2] / "docs" / "piecewise-format.md"
    (text,) = re.findall(r"```json\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    function = pieces_from_dict(json.loads(text))
    assert pieces_from_dict(pieces_as_dict(function)) == function
    assert function((1,)) == (Fraction(-1, 2),)
    assert function.check_continuity().failures[0].jump == (Fraction(1, 2),)


@pytest.mark.parametrize("name", gallery.piecewise_names())
def test_a_file_holds_a_function(tmp_path: Path, name: str) -> None:
    function = gallery.piecewise(name)
    function.save(tmp_path / "pieces.json")
    assert PiecewiseFunction.load(tmp_path / "pieces.json") == function


def test_rows_of_any_form_and_a_piece_without_rows(tmp_path: Path) -> None:
    half = Polyhedron(2, (((Fraction(1, 2), 0), Fraction(1, 3)), ((0, 0), 1)))
    function = PiecewiseFunction([half], [([["1/3", 2]], ["0.1"])])
    function.save(tmp_path / "pieces.json")
    read = load_pieces(tmp_path / "pieces.json")
    assert read.maps == function.maps
    assert read.polyhedra[0].rows == (((3, 0), 2),)
    everywhere = PiecewiseFunction([Polyhedron(2, ())], [([[1, 0]], [0])])
    assert pieces_from_dict(pieces_as_dict(everywhere)) == everywhere


def test_json_numbers_are_decimals_and_no_floats(tmp_path: Path) -> None:
    file = tmp_path / "pieces.json"
    file.write_text('{"pieces": [{"domain": {"box": [[0, 1]]}, "W": [[0.1]], "b": [1e-3]}]}')
    assert load_pieces(file)((1,)) == (Fraction(101, 1000),)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "an object is required, got a list"),
        ({}, "a function given by pieces has the keys pieces, format (optional), name (optional); "
             "missing: pieces"),
        ({"pieces": [], "peices": []}, "unknown: peices"),
        ({"pieces": {}}, "pieces: a list is required, got an object"),
        ({"pieces": [], "format": "exactpwl-network/1"}, "format: 'exactpwl-pieces/1' is required"),
        ({"pieces": [], "name": 3}, "name: a text is required"),
        ({"pieces": [{}]}, "pieces[0] has the keys domain, W, b; missing: domain, W, b"),
        ({"pieces": [piece({"rows": 1})]}, "pieces[0].domain.rows: a list is required"),
        ({"pieces": [piece(weight=[[1], [2]])]}, "pieces[0].W: a list of 1 is required, got 2"),
        ({"pieces": [piece(weight=[[1, 2]])]}, "pieces[0].W[0]: a list of 1 is required, got 2"),
        ({"pieces": [piece(weight=[["x"]])]}, "pieces[0].W[0][0]: a rational number"),
        ({"pieces": [piece(weight=[], bias=[])]}, "pieces[0].b: a list of one number or more is"),
    ],
)  # fmt: skip
def test_what_is_no_file_of_pieces(data: Any, message: str) -> None:
    with pytest.raises(FormatError) as caught:
        pieces_from_dict(data, "f.json")
    assert str(caught.value).startswith("f.json: ")
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("pieces", "message"),
    [
        ([], "f.json: at least one piece is required, got none"),
        ([piece(), piece()], "f.json: pieces 0 and 1 overlap"),
        ([piece({"rows": [*LEFT["rows"], *RIGHT["rows"]]})], "f.json: piece 0: a polyhedron with"),
        ([piece(), piece({"box": [[0, 1]] * 2}, [[1, 1]])], "f.json: map 1: a map from R^1 to R^1"),
        ([piece({"box": [[1, 1]]})], "f.json: a box needs low < high"),
    ],
)
def test_what_is_no_function(pieces: Any, message: str) -> None:
    with pytest.raises(DomainError) as caught:
        pieces_from_dict({"pieces": pieces}, "f.json")
    assert str(caught.value).startswith(message)


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    function = gallery.piecewise("step")
    with pytest.raises(FormatError, match=r"under a name that ends in \.json, got \.txt"):
        function.save(tmp_path / "pieces.txt")
    with pytest.raises(FormatError, match="cannot be written"):
        function.save(tmp_path / "nowhere" / "pieces.json")


@pytest.mark.parametrize("name", gallery.piecewise_names())
def test_what_hangs_in_the_gallery_is_not_continuous(name: str) -> None:
    with pytest.raises(DiscontinuityError, match="pieces 0 and 1 do not agree on their common fac"):
        gallery.piecewise(name).require_continuous()


def test_the_scissors_agree_in_one_point() -> None:
    scissors = gallery.piecewise("scissors")
    assert scissors((0, "-2/3"))
    with pytest.raises(DiscontinuityError):
        scissors((0, "-1/3"))


def test_a_name_that_the_gallery_does_not_have() -> None:
    with pytest.raises(GalleryError, match="named 'torm' in the gallery; did you mean torn"):
        gallery.piecewise("torm")
