"""``exactpwl count``: the contract that other programs rely on."""

import json

import pytest

from exactpwl.summary import COUNTS


def test_the_contract(run) -> None:
    result = run("count", "braid:3", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "activation_regions": 6,
        "linear_regions": 6,
        "affine_pieces": 6,
        "bounded_regions": 0,
        "adjacencies": 6,
        "f_vector": [0, 1, 6, 6],
        "dimension": 3,
        "lineality": 1,
    }
    assert result.stdout.count("\n") == 1
    assert result.stderr == ""


def test_over_a_box_with_negative_numbers_and_fractions(run) -> None:
    found = json.loads(run("count", "xor", "--box", "-1", "1/2", "--json").stdout)
    assert found["f_vector"] == [0, 2, 3]
    assert found["bounded_regions"] == 3


def test_a_box_for_each_coordinate(run) -> None:
    line = ["count", "xor", "--box", "0", "1", "--box", "-2", "0.5", "--json"]
    assert json.loads(run(*line).stdout)["activation_regions"] == 3


def test_over_a_polyhedron(run, tmp_path) -> None:
    rows = [{"a": ["-1", "0"], "b": "0"}, {"a": ["0", "-1"], "b": "0"}, {"a": ["1", "1"], "b": "1"}]
    (tmp_path / "triangle.json").write_text(json.dumps({"rows": rows}), encoding="utf-8")
    found = json.loads(run("count", "xor", "--domain", "triangle.json", "--json").stdout)
    assert (found["activation_regions"], found["bounded_regions"]) == (1, 1)


@pytest.mark.parametrize("key", COUNTS)
def test_only_one_key(run, key: str) -> None:
    found = json.loads(run("count", "xor", "--only", key, "--json").stdout)
    assert [k for k, value in found.items() if value is not None] == [key]
    assert tuple(found) == COUNTS


def test_only_what_is_asked_for_is_computed(run) -> None:
    """The 50! regions of this arrangement could not be counted in any time."""
    result = run("count", "braid:50", "--only", "dimension", "--json")
    assert json.loads(result.stdout)["dimension"] == 50


def test_several_keys_with_blanks(run) -> None:
    found = json.loads(run("count", "xor", "--only", "f_vector, dimension", "--json").stdout)
    assert (found["f_vector"], found["dimension"]) == ([0, 2, 3], 2)


def test_every_printed_count_names_its_definition(run) -> None:
    text = run("count", "disc").stdout
    for words in ("R2: ", "R4: ", "R6: ", "R2, R4, R6: the definitions of", "facet", "k-faces"):
        assert words in text
    assert "float runtime" in text


def test_only_what_is_asked_for_is_printed(run) -> None:
    text = run("count", "disc", "--only", "adjacencies").stdout
    assert "adjacencies" in text
    assert "linear regions" not in text


def test_processes_do_not_change_the_counts(run) -> None:
    assert run("count", "lines:8", "--json", "--jobs", "2").stdout == (
        run("count", "lines:8", "--json").stdout
    )


def test_the_counts_of_an_npz_file(run, shared) -> None:
    path = shared / "nets" / "a_2_8.npz"
    found = json.loads(run("count", str(path), "--only", "dimension", "--json").stdout)
    assert found["dimension"] == 2


def test_regions_are_counted_without_being_enumerated(run) -> None:
    line = ["count", "resonance:7", "--only", "activation_regions", "--json"]
    assert json.loads(run(*line).stdout)["activation_regions"] == 347326352


def test_a_method_that_does_not_apply_says_why(run) -> None:
    result = run("count", "rings", "--method", "polynomial", "--only", "activation_regions")
    assert result.exit_code != 0
    assert "layers 0, 1, 2, 3 have kinks; take method 'subdivide'" in " ".join(
        result.stderr.split()
    )
