"""``exactpwl volume``: volumes above and below levels, shares, flat regions at the level."""

import json

from exactpwl import Domain


def text_of(result) -> str:
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split())


def test_above_and_below_and_on_flat_regions(run) -> None:
    text = text_of(run("volume", "hat2d", "--above", "0", "--below", "1/2", "--box", "-2", "2"))
    assert "volume of {y > 0}: 3, 3/16 of the domain" in text
    assert "volume of {y >= 0}: 16, all of the domain; y = 0 on flat regions" in text
    assert "volume of {y < 1/2}: 61/4, 61/64 of the domain" in text
    assert "{y <= 1/2}" not in text


def test_an_unbounded_domain(run) -> None:
    text = text_of(run("volume", "hat2d", "--above", "1/2", "--below", "1/2"))
    assert "volume of {y > 1/2}: 3/4 volume of {y < 1/2}: infinite Exact" in text
    text = text_of(run("volume", "hat2d", "--above", "0"))
    assert "volume of {y >= 0}: infinite; y = 0 on flat regions" in text


def test_the_json_object(run) -> None:
    line = ("volume", "hat2d", "--above", "0", "--box", "-2", "2", "--output", "2 y", "--json")
    found = json.loads(run(*line).stdout)
    assert found["domain"] == Domain.box([(-2, 2), (-2, 2)]).as_dict()
    assert found["volumes"] == [
        {
            "output": "2 y",
            "coefficients": ["2"],
            "relation": ">",
            "level": "0",
            "volume": "3",
            "volume_of_level": "13",
            "volume_of_domain": "16",
            "share": "3/16",
        }
    ]
    found = json.loads(run("volume", "hat2d", "--below", "1", "--json").stdout)["volumes"][0]
    assert (found["volume"], found["volume_of_domain"], found["share"]) == (None, None, None)
    assert found["volume_of_level"] == "0"


def test_a_level_is_required_and_exact(run) -> None:
    result = run("volume", "hat2d")
    assert result.exit_code == 2
    assert "a level is required: --above T, or --below T" in result.output
    assert run("volume", "hat2d", "--above", "high").exit_code == 2
