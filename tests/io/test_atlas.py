"""Atlases: what is written, that it comes back equal, and that a changed file is refused."""

import copy
import json
import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from exactpwl import Domain, Network, PolyhedralComplex, regions
from exactpwl.errors import ExactPWLError, FormatError
from exactpwl.io import load_complex, save_complex
from golden_tables import CORNER, SQUARE, TENT, XOR
from strategies import networks

CLIP = Network([([[1, "1/3"]], ["1/7"], "hard_tanh"), ([[1], [-1]], [0, 0], "abs")])
TRIANGLE = Domain.polyhedron([[-1, 0], [0, -1], [1, 1]], [0, 0, 1])
COMPLEXES = {
    "xor": regions(XOR),
    "corner": regions(CORNER),
    "corner over a box": regions(CORNER, SQUARE),
    "tent": regions(TENT, [(0, 1)]),
    "clip over a triangle": regions(CLIP, TRIANGLE),
    "one region": regions(Network([([[0]], [0], "relu")])),
    "large numbers": regions(Network([([[10**5000]], [1], "relu")])),
}


@pytest.fixture
def atlas(tmp_path: Path) -> dict[str, Any]:
    """Return the atlas of `CORNER` over the square, as any JSON reader sees it."""
    return saved(COMPLEXES["corner over a box"], tmp_path)


def saved(complex_: PolyhedralComplex, folder: Path) -> dict[str, Any]:
    complex_.save(folder / "atlas.json")
    data: dict[str, Any] = json.loads((folder / "atlas.json").read_text(encoding="utf-8"))
    return data


def loaded(data: Any, folder: Path) -> PolyhedralComplex:
    file = folder / "changed.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    return load_complex(file)


def refused(data: Any, folder: Path) -> str:
    with pytest.raises(FormatError) as caught:
        loaded(data, folder)
    message = str(caught.value)
    assert message.startswith(f"{folder / 'changed.json'}: ")
    return message.removeprefix(f"{folder / 'changed.json'}: ")


@pytest.mark.parametrize("name", COMPLEXES)
def test_a_complex_comes_back_equal(name: str, tmp_path: Path) -> None:
    complex_ = COMPLEXES[name]
    save_complex(complex_, tmp_path / "atlas.json")
    again = PolyhedralComplex.load(tmp_path / "atlas.json")
    assert again == complex_
    assert again.generators == complex_.generators
    assert again.network.name == complex_.network.name
    save_complex(again, tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "atlas.json").read_bytes()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(network=networks())
def test_every_complex_comes_back_equal(network: Network, tmp_path: Path) -> None:
    complex_ = regions(network)
    complex_.save(tmp_path / "atlas.json")
    assert load_complex(tmp_path / "atlas.json") == complex_


def test_what_stands_in_the_file(tmp_path: Path) -> None:
    data = saved(COMPLEXES["xor"], tmp_path)
    assert list(data) == [
        "format",
        "network",
        "sha256",
        "domain",
        "dimension",
        "lineality",
        "counts",
        "generators",
        "regions",
        "adjacencies",
    ]
    assert data["counts"] == {
        "activation_regions": 3,
        "linear_regions": 3,
        "affine_pieces": 3,
        "bounded_regions": 0,
        "adjacencies": 2,
        "f_vector": [0, 2, 3],
        "dimension": 2,
        "lineality": 1,
        "f_vector_bounded": [0, 0, 0],
        "euler_characteristic": 1,
    }
    assert data["lineality"] == [["-1", "1"]]
    assert data["adjacencies"][0] == {"regions": [0, 1], "facet": [1], "flips": [[0, 0]]}
    assert data["regions"][1] == {
        "pattern": "10",
        "signs": "+-",
        "W": [["2", "2"]],
        "b": ["1"],
        "generators": [1, 2],
        "tight": [[1], [2]],
        "facets": [
            {
                "normal": ["1", "1"],
                "offset": "1",
                "kinks": [[0, 0, 0]],
                "domain_rows": [],
                "generators": [1],
                "neighbour": 0,
            },
            {
                "normal": ["-1", "-1"],
                "offset": "0",
                "kinks": [[0, 1, 0]],
                "domain_rows": [],
                "generators": [2],
                "neighbour": 2,
            },
        ],
        "vertices": [["0", "-1"], ["0", "0"]],
        "rays": [],
        "interior_point": ["0", "-1/2"],
        "bounded": False,
        "volume": None,
        "neighbours": [0, 2],
        "linear_region": 1,
    }


def test_each_key_is_documented(atlas: dict[str, Any]) -> None:
    page = (Path(__file__).parents[2] / "docs" / "atlas-format.md").read_text(encoding="utf-8")
    keys = {*atlas, *atlas["counts"], *atlas["regions"][0], *atlas["adjacencies"][0]}
    keys |= set(atlas["regions"][0]["facets"][0])
    assert not [key for key in keys if f"`{key}`" not in page]


def test_the_volumes_of_the_file_add_up(atlas: dict[str, Any]) -> None:
    assert sum(Fraction(region["volume"]) for region in atlas["regions"]) == 4


def test_a_region_a_line(tmp_path: Path) -> None:
    complex_ = COMPLEXES["corner"]
    complex_.save(tmp_path / "atlas.json")
    lines = (tmp_path / "atlas.json").read_text(encoding="utf-8").splitlines()
    assert sum(line.startswith('{"pattern"') for line in lines) == len(complex_)


def test_a_wrong_map_is_read_as_it_stands(atlas: dict[str, Any], tmp_path: Path) -> None:
    atlas["regions"][0]["b"][0] = "77"
    changed = loaded(atlas, tmp_path)
    assert changed.affine_maps[0].bias[0] == 77
    assert changed.affine_maps[0] != changed.network.affine_map(changed.cells[0].pattern)
    assert changed != COMPLEXES["corner over a box"]


CHANGES = [
    (("format",), "exactpwl-atlas/2", "format: 'exactpwl-atlas/1' is required, got 'exactpwl-atl"),
    (("network", "layers", 0, "b", 0), "1", "sha256: the SHA-256 of the network in the file, "),
    (("sha256",), None, " is required, got null"),
    (("domain",), {"rows": [], "dimension": 3}, "domain: a domain of R^2 is required, got one of"),
    (("domain", "rows"), [], "regions[0].tight[0]: an integer from 0 to 4 is required"),
    (("domain", "format"), "x", "domain.format: 'exactpwl-domain/1' is required"),
    (
        ("dimension",),
        3,
        "dimension: 2, as follows from the cells of the file, is required, got the",
    ),
    (("lineality",), [["1", "0"]], "lineality: a list of 0 is required, got 1"),
    (("counts", "f_vector", 0), 1, "counts.f_vector[0]: "),
    (("counts", "linear_regions"), "8", "counts.linear_regions: 8, as follows from the cells"),
    (("generators", 0), ["1"], "generators[0]: a list of 3 is required, got 1"),
    (("generators", 0, 0), "1/2", "generators[0][0]: an integer is required, got the text '1/2'"),
    (("generators", 0), ["2", "2", "2"], "generators[0]: coprime integers, the last one not neg"),
    (("regions",), [], "regions: at least one region is required, got none"),
    (("regions",), {}, "regions: a list is required, got an object"),
    (("regions", 1, "pattern"), "00|1", "regions[1].pattern: a pattern with 2 + 2 pieces"),
    (("regions", 1, "pattern"), 7, "regions[1].pattern: a text is required, got the number 7"),
    (("regions", 1, "generators", 0), 99, "an integer from 0 to "),
    (("regions", 1, "generators", 0), -1, "an integer from 0 to "),
    (("regions", 1, "generators"), [], "at least one point (a last coordinate above 0)"),
    (("regions", 1, "tight", 0), [1, 2], "tight[0]: [2, 4], the inequalities that are 0 there, i"),
    (("regions", 1, "tight"), [], "regions[1].tight: a list of 4 is required, got 0"),
    (("regions", 1, "W"), [], "regions[1].W: a list of 2 is required, got 0"),
    (("regions", 1, "b", 0), "pi", "regions[1].b[0]: a rational number such as"),
    (("regions", 1, "b", 0), "2/4", "regions[1].b[0]: '1/2', as follows"),
    (("regions", 1, "signs"), "++|++", "regions[1].signs: '-+|--', as follows from the cells"),
    (("regions", 1, "volume"), "1", "regions[1].volume: '"),
    (("regions", 1, "bounded"), False, "regions[1].bounded: true, as follows"),
    (("regions", 1, "bounded"), 1, "regions[1].bounded: true, as follows"),
    (("regions", 1, "facets", 0, "kinks"), [[0, 1, 0]], "regions[1].facets[0].kinks: a list of 0"),
    (("regions", 1, "facets", 0, "neighbour"), 0, "regions[1].facets[0].neighbour: null, as"),
    (("regions", 1, "neighbours"), [], "regions[1].neighbours: a list of 2 is required"),
    (("adjacencies", 0, "flips"), [], "adjacencies[0].flips: a list of 1 is required, got 0"),
    (("adjacencies", 0, "facet"), None, "adjacencies[0].facet: a list is required, got null"),
]


@pytest.mark.parametrize(("place", "value", "message"), CHANGES)
def test_a_changed_file_is_refused_by_its_place(
    place: tuple[str | int, ...],
    value: Any,
    message: str,
    atlas: dict[str, Any],
    tmp_path: Path,
) -> None:
    parent: Any = atlas
    for key in place[:-1]:
        parent = parent[key]
    parent[place[-1]] = value
    assert message in refused(atlas, tmp_path)


@pytest.mark.parametrize("place", [(), ("regions", 2), ("regions", 2, "facets", 0)])
def test_missing_and_unknown_keys_are_refused(
    place: tuple[str | int, ...], atlas: dict[str, Any], tmp_path: Path
) -> None:
    holder: Any = atlas
    for key in place:
        holder = holder[key]
    last = list(holder)[-1]
    value = holder.pop(last)
    assert f"missing: {last}" in refused(atlas, tmp_path)
    holder |= {last: value, "colour": 1}
    assert "unknown: colour" in refused(atlas, tmp_path)


def test_a_region_less_is_refused(atlas: dict[str, Any], tmp_path: Path) -> None:
    atlas["regions"].pop()
    assert "as follows from the cells" in refused(atlas, tmp_path)


def test_a_repeated_key_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "atlas.json"
    COMPLEXES["xor"].save(file)
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"signs":', '"pattern":"00","signs":'), encoding="utf-8")
    with pytest.raises(FormatError, match=r"regions\[0\]: every key may stand once in an obj"):
        load_complex(file)


@pytest.mark.parametrize("text", ["", "[1", "{} {}"])
def test_what_is_no_json_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "atlas.json").write_text(text, encoding="utf-8")
    with pytest.raises(FormatError, match=r"atlas\.json: line 1, column \d+: JSON is required"):
        load_complex(tmp_path / "atlas.json")


def test_a_network_file_is_no_atlas(tmp_path: Path) -> None:
    XOR.save(tmp_path / "xor.json")
    with pytest.raises(FormatError, match="'exactpwl-atlas/1' is required, got 'exactpwl-network"):
        load_complex(tmp_path / "xor.json")


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="cannot be written: No such file or directory"):
        COMPLEXES["xor"].save(tmp_path / "nowhere" / "atlas.json")


def test_no_change_of_a_file_makes_anything_but_an_error_or_a_complex(tmp_path: Path) -> None:
    chance = random.Random(2)
    for name in ("xor", "corner over a box", "clip over a triangle"):
        data = saved(COMPLEXES[name], tmp_path)
        places = list(_places(data))
        for _ in range(100):
            changed = copy.deepcopy(data)
            _change(changed, chance.choice(places), chance)
            try:
                again = loaded(changed, tmp_path)
            except ExactPWLError:
                continue
            assert [c.pattern for c in again.cells] == [c.pattern for c in COMPLEXES[name].cells]
            assert again.generators == COMPLEXES[name].generators


def _places(data: Any, place: tuple[Any, ...] = ()) -> Any:
    keys = data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
    for key in keys:
        yield (*place, key)
        yield from _places(data[key], (*place, key))


def _change(data: Any, place: tuple[Any, ...], chance: random.Random) -> None:
    for key in place[:-1]:
        data = data[key]
    value = data[place[-1]]
    choices = [None, [], {}, "1", 0, 1, True, "-1/2", [value], [value, value], f"{value}1"]
    data[place[-1]] = chance.choice(choices)
