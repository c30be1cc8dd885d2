"""`exactpwl equal`: what it prints and writes is what the library finds."""

import json
from fractions import Fraction
from pathlib import Path

from exactpwl import Maximum, Network, construct, gallery
from exactpwl.cli.verdict import LONGEST_LIST
from judged import accepts


def test_the_same_function(run, tmp_path: Path) -> None:
    construct.permuted(gallery.get("disc"), 0, [2, 0, 1]).network.save(tmp_path / "twin.json")
    result = run("equal", "disc", "twin.json", "--out", "same.cert.gz")
    assert result.exit_code == 0
    assert "the same function: f - g is 0 at every point of the domain\n" in result.output
    assert "agree on all 7 regions of the common refinement\n" in result.output
    assert "check it by: exactpwl-check same.cert.gz\n" in result.output
    assert "Exact means exact" in result.output
    assert accepts(tmp_path / "same.cert.gz")
    found = json.loads(run("equal", "disc", "twin.json", "--json").output)
    assert found["equal"] is True
    assert found["point"] is found["values"] is None
    assert (found["differing_regions"], found["volume"]) == ([], "0")


def test_different_functions(run, tmp_path: Path) -> None:
    result = run("equal", "tent", "sawtooth:2", "--box", "0", "1", "--out", "no.cert")
    assert result.exit_code == 10
    assert "f - g is not 0 on 4 of 4 regions of the common refinement" in result.output
    assert accepts(tmp_path / "no.cert")
    found = json.loads(run("equal", "tent", "sawtooth:2", "--box", "0", "1", "--json").output)
    tent, saw = gallery.get("tent"), gallery.get("sawtooth:2")
    assert found["equal"] is False
    assert (found["volume"], found["linear_regions"]) == ("1", 4)
    assert found["values"] == [[str(net(found["point"])[0])] for net in (tent, saw)]
    for one in found["differing_regions"]:
        x = one["witness"]
        (row,), (b,) = one["difference"]["W"], one["difference"]["b"]
        gap = Fraction(row[0]) * Fraction(x[0]) + Fraction(b)
        assert gap == tent(x)[0] - saw(x)[0] != 0
        assert one["patterns"] == [str(net.pattern_at(x)) for net in (tent, saw)]


def test_a_long_list_is_cut(run) -> None:
    text = run("equal", "xor", "xor-20").output
    count = len(json.loads(run("equal", "xor", "xor-20", "--json").output)["differing_regions"])
    assert count > LONGEST_LIST
    assert text.count("\n  around ") == LONGEST_LIST
    assert f"\nand {count - LONGEST_LIST} more; --json has all\n" in text


def test_networks_without_kinks_and_with_maxima(run, tmp_path: Path) -> None:
    Network([([[2]], [1], "linear")]).save(tmp_path / "line.json")
    largest = Network([([[1], [-1]], [0, 0], "linear"), Maximum([[0, 1]])])
    largest.save(tmp_path / "largest.json")
    result = run("equal", "line.json", "largest.json", "-o", "no.cert")
    assert "patterns (no kinks) and 0: f - g = x+1\n" in result.output
    assert "with ReLUs in place of maxima" in result.output
    result = run("equal", "abs", "largest.json", "-o", "yes.cert")
    assert result.exit_code == 0
    assert accepts(tmp_path / "yes.cert")
    assert "with ReLUs in place of maxima" in result.output


def test_two_shapes_are_both_said(run) -> None:
    result = run("equal", "xor", "abs")
    assert result.exit_code == 2
    assert "got 2 -> 1 and 1 -> 1" in result.stderr
