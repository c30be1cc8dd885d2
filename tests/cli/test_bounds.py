"""``exactpwl bounds``: theory's numbers for an architecture, and a network's own beside them."""

import json
from typing import Any

import pytest

from exactpwl.cli.bounds import readable


def values(found: dict[str, Any]) -> dict[str, int | None]:
    return {bound["name"]: bound["value"] for bound in found["bounds"]}


def test_an_architecture(run) -> None:
    found = json.loads(run("bounds", "2;8,8,8", "--json").stdout)
    assert set(found) == {"inputs", "widths", "bounds", "domain", "counts"}
    assert (found["inputs"], found["widths"], found["counts"]) == (2, [8, 8, 8], None)
    assert values(found) == {
        "all patterns": 2**24,
        "Raghu et al. 2017": 37**3,
        "Montúfar 2017": 37**3,
        "Serra et al. 2018": 37**3,
        "Hinz & van de Geer 2019": 37**3,
        "Montúfar et al. 2014, lower": 4**4 * 37,
        "Serra et al. 2018, lower": 5**4 * 37,
    }


def test_every_reference_value(run, ground_truth: dict[str, Any]) -> None:
    keys = {
        "all patterns": "trivial_2^N",
        "Raghu et al. 2017": "raghu2017_layerwise_prod_with_n0",
        "Montúfar 2017": "montufar2017",
        "Serra et al. 2018": "serra2018_upper",
        "Hinz & van de Geer 2019": "hinz_vandegeer_matrix_serra_gamma",
        "Montúfar et al. 2014, lower": "montufar2014_lower",
        "Serra et al. 2018, lower": "serra2018_lower",
    }
    for case in ground_truth["region_bounds"]:
        written = f"{case['n0']};{','.join(map(str, case['widths']))}"
        found = values(json.loads(run("bounds", written, "--json").stdout))
        assert found == {name: case[key] for name, key in keys.items()}, written


def test_a_network_is_counted_by_definition(run) -> None:
    found = json.loads(run("bounds", "hat2d", "--json").stdout)
    assert (found["inputs"], found["widths"]) == (2, [6, 1])
    assert found["counts"] == {
        "activation_regions": 12,
        "linear_regions": 7,
        "affine_pieces": 7,
        "why_not": None,
    }
    assert {bound["definition"] for bound in found["bounds"]} == {"R2"}


def test_over_a_domain(run) -> None:
    found = json.loads(run("bounds", "xor", "--box", "0", "1/4", "--json").stdout)
    assert found["counts"]["activation_regions"] == 1
    assert found["domain"]["rows"]


def test_the_text_says_what_each_bound_holds_for(run) -> None:
    text = " ".join(run("bounds", "rings", "--box", "0", "1/100").stdout.split())
    assert "Montúfar 2017 1,874,161 any activation, and maxima SampTA 2017" in text
    assert "Serra et al. 2018 - ReLU only not applicable: other kinks than those of ReLU" in text
    assert "Some network of ReLUs of these widths has at least so many" in text
    assert "linear regions (R4, R5) and affine pieces (R6) are no more" in text
    assert "of the lowest upper bound, 1,874,161." in text
    assert "activation regions" in text
    assert "float runtime" in text


def test_a_bound_that_is_reached_is_told(run) -> None:
    text = run("bounds", "lines:8").stdout
    assert "The activation regions are as many as the lowest upper bound, 37." in text


def test_counting_is_given_up(run) -> None:
    text = " ".join(run("bounds", "lines:8", "--box", "-9", "9", "--most", "20").stdout.split())
    assert "activation regions not counted R2" in text
    assert "Not counted: more than 20 activation regions." in text
    assert "nothing was to be counted" in run("bounds", "xor", "--most", "0").stdout


def test_long_numbers_are_whole_in_json(run) -> None:
    architecture = f"2;{','.join(['9999'] * 2)}"
    found = values(json.loads(run("bounds", architecture, "--json").stdout))
    assert int(str(found["all patterns"]), 16) == 2**19998
    assert "x 10^6019" in run("bounds", architecture).stdout


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (50653, "50,653"),
        (10**24 - 1, ",".join(["999"] * 8)),
        (10**24, "1.000... x 10^24"),
        (10**700 - 1, "9.999... x 10^699"),
        (2**100, "1.267... x 10^30"),
    ],
)
def test_numbers_can_be_read(number: int, text: str) -> None:
    assert readable(number) == text


@pytest.mark.parametrize("written", ["2;", "2;8,x", "0;8", "2;0", ";8", "2;8;8", "2;-1"])
def test_what_is_no_architecture_says_how_one_is_written(run, written: str) -> None:
    result = run("bounds", written)
    assert result.exit_code == 2
    assert "such as '2;8,8,8' for 2 inputs and three layers of 8 ReLUs; got" in result.stderr


def test_a_domain_is_for_networks(run) -> None:
    result = run("bounds", "2;8", "--box", "0", "1")
    assert result.exit_code == 2
    assert "--box and --domain are for the count of a network" in " ".join(result.stderr.split())
