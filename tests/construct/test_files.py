"""Files that networks are built from: the page's examples, and what is refused."""

import json
import re
from pathlib import Path

import pytest

from exactpwl import construct
from exactpwl.errors import DomainError, FormatError

PAGE = Path(__file__).parents[2] / "docs" / "construction-format.md"
MAX_MIN, TRIANGULATION = re.findall(r"```json\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)


def written(folder: Path, text: str) -> Path:
    path = folder / "file.json"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_max_min_form_of_the_page(tmp_path: Path) -> None:
    form = construct.load_max_min(written(tmp_path, MAX_MIN))
    assert str(form) == "max(min(x, 1), -x)"
    assert construct.from_max_min(form).check()


def test_the_triangulation_of_the_page(tmp_path: Path) -> None:
    made = construct.from_triangulation(
        *construct.load_triangulation(written(tmp_path, TRIANGULATION))
    )
    assert made.check()
    assert made.network(("1/2", 0)) == made.network((0, "-1/2"))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": "exactpwl-max-min/2"}, "format: 'exactpwl-max-min/1' is required"),
        ({"min": []}, "unknown: min"),
        ({"max": [{"min": []}]}, "in each group is required, got none"),
        ({"max": [{"min": [{"w": [1]}]}]}, r"max\[0\].min\[0\] has the keys w, b; missing: b"),
        ({"max": [{"min": [{"w": ["one"], "b": 0}]}]}, r"max\[0\].min\[0\].w\[0\]: a rational"),
        ({"max": {}}, "max: a list is required, got an object"),
    ],
)
def test_no_max_min_form(tmp_path: Path, change: dict, message: str) -> None:
    path = written(tmp_path, json.dumps({**json.loads(MAX_MIN), **change}))
    with pytest.raises(FormatError, match=message):
        construct.load_max_min(path)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": "x"}, "format: 'exactpwl-triangulation/1' is required, got 'x'"),
        ({"values": [1]}, "values: a list of 5 is required, got 1"),
        ({"simplices": [[0, 1, 9]]}, r"simplices\[0\]\[2\]: an integer from 0 to 4 is required"),
        ({"points": [[0, "a"]]}, r"points\[0\]\[1\]: a rational number"),
    ],
)
def test_no_triangulation_file(tmp_path: Path, change: dict, message: str) -> None:
    path = written(tmp_path, json.dumps({**json.loads(TRIANGULATION), **change}))
    with pytest.raises(FormatError, match=message):
        construct.load_triangulation(path)


def test_the_file_of_what_is_no_triangulation_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, json.dumps({**json.loads(TRIANGULATION), "simplices": [[0, 1, 3]]}))
    with pytest.raises(DomainError, match=f"{path}: simplex 0 is flat"):
        construct.load_triangulation(path)
