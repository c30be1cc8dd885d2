"""Domain files: both forms, exact numbers, and what is refused."""

import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from exactpwl import Domain
from exactpwl.errors import DomainError, FormatError
from exactpwl.io import domain_from_dict, load_domain
from strategies import domains

TRIANGLE = {
    "rows": [{"a": [-1, 0], "b": 0}, {"a": ["0", "-1"], "b": "0"}, {"a": ["1/2", 0.5], "b": "0.5"}]
}


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "domain.json"
    file.write_text(text, encoding="utf-8")
    return file


def test_rows_of_a_file(tmp_path: Path) -> None:
    domain = load_domain(written(tmp_path, json.dumps(TRIANGLE)))
    assert Domain.load(tmp_path / "domain.json") == domain
    assert domain.rows == (((1, 0), 0), ((0, 1), 0), ((-1, -1), 1))


def test_a_box(tmp_path: Path) -> None:
    domain = load_domain(written(tmp_path, '{"box": [[-1, 0.1], ["1/3", 1]]}'))
    assert domain.as_box() == ((-1, Fraction(1, 10)), (Fraction(1, 3), 1))


def test_json_numbers_are_decimals_and_no_floats(tmp_path: Path) -> None:
    domain = load_domain(written(tmp_path, '{"rows": [{"a": [1], "b": 0.1}]}'))
    assert domain.rows == (((-10,), 1),)


def test_the_whole_space_needs_its_dimension() -> None:
    assert domain_from_dict({"rows": [], "dimension": 3}) == Domain.whole(3)
    with pytest.raises(FormatError, match="dimension: without rows the number of inputs is requir"):
        domain_from_dict({"rows": []})


def test_rows_without_variables_that_hold_are_dropped() -> None:
    data = {"rows": [{"a": [0, 0], "b": 1}, {"a": [1, 0], "b": 1}]}
    assert domain_from_dict(data).rows == (((-1, 0), 1),)


def test_a_triangle_as_it_is_documented() -> None:
    page = Path(__file__).parents[2] / "docs" / "domain-format.md"
    first, second = re.findall(r"```json\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    triangle = Domain.polyhedron([[-1, 0], [0, -1], [1, 1]], [0, 0, 1])
    assert domain_from_dict(json.loads(first)) == triangle
    assert triangle.as_dict() == json.loads(first)
    assert domain_from_dict(json.loads(second)) == Domain.box([(-1, 1), (0, "1/2")])


@given(domains(2))
def test_every_domain_comes_back(domain: Domain) -> None:
    assert domain_from_dict(json.loads(json.dumps(domain.as_dict()))) == domain


def test_numbers_of_thousands_of_digits_come_back() -> None:
    far = Domain.box([(0, 10**5000)])
    assert domain_from_dict(far.as_dict()) == far


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "an object is required, got a list"),
        ({}, "a domain has the keys rows, dimension (optional), format (optional); missing: rows"),
        ({"box": [], "rows": []}, "unknown: rows"),
        ({"rows": [], "dim": 2}, "unknown: dim"),
        ({"rows": [], "format": "x"}, "format: 'exactpwl-domain/1' is required, got 'x'"),
        ({"rows": {}}, "rows: a list is required, got an object"),
        ({"rows": [[1, 2]]}, "rows[0]: an object is required, got a list"),
        ({"rows": [{"a": [1]}]}, "rows[0] has the keys a, b; missing: b"),
        ({"rows": [{"a": 1, "b": 1}]}, "rows[0].a: a list is required"),
        ({"rows": [{"a": ["x"], "b": 1}]}, "rows[0].a[0]: a rational number such as"),
        ({"rows": [{"a": [1], "b": None}]}, "rows[0].b: a number is required, got None"),
        (
            {"rows": [{"a": [1], "b": 1}, {"a": [1, 2], "b": 1}]},
            "rows[1].a: a list of 1 is required, got 2",
        ),
        ({"rows": [{"a": [1], "b": 1}], "dimension": 2}, "rows[0].a: a list of 2 is required"),
        ({"box": [[0, 1, 2]]}, "box[0]: a list of 2 is required, got 3"),
        ({"box": [[0, 1]], "dimension": 2}, "box: a list of 2 is required, got 1"),
        ({"box": []}, "dimension: a number of inputs from 1 to 1000000 is required, got 0"),
        ({"rows": [], "dimension": "1e5000"}, "1000000 is required, got a"),
        ({"rows": [], "dimension": "two"}, "dimension: a rational number such as"),
        ({"rows": [], "dimension": "1/2"}, "dimension: an integer is required"),
        ({"rows": [], "dimension": True}, "dimension: an integer is required, got a truth value"),
    ],
)
def test_what_is_no_domain(data: Any, message: str) -> None:
    with pytest.raises(FormatError) as caught:
        domain_from_dict(data)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"rows": [{"a": [0], "b": -1}]}', "domain row 0 reads 0 <= -1: the domain is empty"),
        ('{"box": [[1, 1]]}', "a box needs low < high in every coordinate, got [1, 1]"),
    ],
)
def test_an_empty_or_flat_domain_names_its_file(text: str, message: str, tmp_path: Path) -> None:
    file = written(tmp_path, text)
    with pytest.raises(DomainError) as caught:
        load_domain(file)
    assert str(caught.value).startswith(f"{file}: ")
    assert message in str(caught.value)


def test_a_repeated_key_is_refused(tmp_path: Path) -> None:
    file = written(tmp_path, '{"rows": [], "rows": [], "dimension": 1}')
    with pytest.raises(FormatError, match="every key may stand once in an object, 'rows' is rep"):
        load_domain(file)


def test_a_place_inside_a_larger_file_is_named() -> None:
    with pytest.raises(FormatError, match=r"^atlas\.json: domain: a domain has the keys"):
        domain_from_dict({}, "atlas.json", "domain")
