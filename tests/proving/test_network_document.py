"""The document about a network: it says what is so, and there is none of what is not."""

import re
import shutil
import subprocess
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from broken import doubled_region, missing_region, shifted_map, swapped_patterns, tilted_map
from exactpwl import FarkasCertificate, Network, census, gallery, pattern_polyhedron, prove, regions
from exactpwl.errors import OptionError, ProofError
from exactpwl.proving import Document
from exactpwl.proving.context import Context
from exactpwl.proving.given_sections import region_section
from exactpwl.proving.pattern_sections import (
    MOST_LISTED,
    _refutes,
    completeness_section,
    pattern_section,
)
from exactpwl.proving.whole_sections import continuity_section, count_section, euler_section

NETWORKS = [
    ("xor", None),
    ("disc", [(-1, 1), (-1, 1)]),
    ("lines:8", None),
    ("sawtooth:2", [(0, 1)]),
    ("braid:3", None),
    ("abs", None),
    ("max:3", None),
    ("hat2d", None),
]


@pytest.mark.parametrize(("spec", "box"), NETWORKS)
def test_every_network_of_the_gallery_has_its_document(spec: str, box: object) -> None:
    complex_ = regions(gallery.get(spec), box)
    document = prove(complex_)
    text = document.to_text()
    assert f"exactly {len(complex_)} activation region" in " ".join(text.split())
    for part in ("What is claimed", "No region is missing", "Euler's relation", "Q.E.D."):
        assert part in text
    assert f"{len(document.checks)} statements were checked" in text


def test_the_farkas_sentence_of_xor_is_in_all_formats() -> None:
    document = prove(regions(gallery.get("xor")))
    assert "01       1         (x+y >= 0) + (-x-y-1 >= 0) => -1 >= 0" in document.to_text()
    assert "| `01` | 1 | $(x+y \\ge 0) + (-x-y-1 \\ge 0)" in document.to_markdown()
    assert "\\texttt{01} & 1 & $(x+y \\ge 0) + (-x-y-1 \\ge 0)" in document.to_latex()


def test_regions_are_told_with_the_neurons_that_bound_them() -> None:
    text = prove(regions(gallery.get("sawtooth:2"), [(0, 1)])).to_text()
    assert "x >= 0    where a0, b0 bend, row 0 of the domain\n    x <= 1/4  where b1 bends" in text


def test_across_a_facet_the_slope_jumps_by_the_multiple_that_is_told() -> None:
    text = prove(regions(gallery.get("xor"))).to_text()
    assert "0 and 1  -x-y-1  -2 * ell\n  1 and 2  -x-y    4 * ell" in text


def test_thin_and_improper_patterns_are_told() -> None:
    twins = Network([([[1], [-1], [0]], [0, 0, 0], "relu"), ([[1, 1, 1]], [0], "linear")])
    text = prove(regions(twins)).to_text()
    assert "Thin patterns: points, but no interior" in text
    assert "patterns more call a neuron active that is zero throughout" in " ".join(text.split())


def test_a_network_without_kinks_has_one_region() -> None:
    text = prove(regions(Network([([[2, 1]], [1], "linear")]))).to_text()
    assert "is everything: nothing bends in it" in text
    assert "There is one region, on which the function is affine" in text


def test_of_many_patterns_the_first_empty_ones_are_proved() -> None:
    lines = gallery.get("lines:11")
    document = prove(regions(lines), most=3)
    text = " ".join(document.to_text().split())
    assert f"More than {MOST_LISTED} patterns are not listed" in text
    assert "Of the 2048 patterns 1981 have no region" in text
    assert "The table shows the first 3 of 67 regions" in text
    table = document.to_text().partition("The first empty patterns")[2]
    patterns = re.findall(r"^  ([01]{11}) ", table, re.MULTILINE)
    assert len(patterns) == 5
    assert all(pattern_polyhedron(lines, pattern).status == "empty" for pattern in patterns)


def test_long_numbers_are_shortened_and_it_is_said() -> None:
    network = Network([([[1], [1]], [0, "-1/10000000000000000000000000000"], "relu")])
    text = prove(regions(network)).to_text()
    assert "Dots in a number stand for digits left out" in text


@pytest.mark.parametrize(
    "change",
    [
        lambda c: shifted_map(c, 0),
        lambda c: tilted_map(c, 1, 0),
        lambda c: missing_region(c, 1),
        lambda c: doubled_region(c, 1),
        lambda c: swapped_patterns(c, 0, 2),
    ],
)
def test_a_wrong_complex_has_no_document(change) -> None:
    with pytest.raises(ProofError, match="not proved"):
        prove(change(regions(gallery.get("xor"))))


@pytest.mark.parametrize(
    ("section", "change", "words"),
    [
        (region_section, lambda c: shifted_map(c, 0), "a forward pass through the layers"),
        (region_section, lambda c: tilted_map(c, 1, 0), "is the composition of the layers"),
        (pattern_section, lambda c: missing_region(c, 1), "finds the same regions"),
        (completeness_section, lambda c: missing_region(c, 1), "shared by exactly two regions"),
        (continuity_section, lambda c: shifted_map(c, 0), "the difference of the two maps"),
        (count_section, lambda c: missing_region(c, 1), "the first layer has"),
        (euler_section, lambda c: missing_region(c, 1), r"the sum is \$\(-1\)\^\{2\}\$"),
    ],
)
def test_each_section_sees_what_is_wrong(section, change, words: str) -> None:
    right = regions(gallery.get("xor"))
    section(Context(right, Document("right"), most=9))
    with pytest.raises(ProofError, match=words):
        section(Context(change(right), Document("wrong"), most=9))


def test_a_certificate_of_other_inequalities_proves_nothing() -> None:
    page = Context(regions(gallery.get("xor")), Document("wrong"), most=9)
    found = census(page.complex.network)
    (block,) = [block for block in found.blocks if block.status == "empty"]
    assert _refutes(page, found, block)
    other = FarkasCertificate((((1, 1), 0), ((-1, -1), -2)), (Fraction(1), Fraction(1)))
    assert other.is_valid
    assert not _refutes(page, found, replace(block, certificate=other))
    assert not _refutes(page, found, replace(block, certificate=None))


def test_a_table_needs_a_row() -> None:
    with pytest.raises(OptionError, match="needs 1 row or more, got 0"):
        prove(regions(gallery.get("xor")), most=0)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
@pytest.mark.parametrize(("spec", "box"), [*NETWORKS, ("rings", [(-1, 1), (-1, 1)])])
def test_latex_compiles(spec: str, box: object, tmp_path: Path) -> None:
    prove(regions(gallery.get(spec), box)).save(tmp_path / "proof.tex")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "proof.tex"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-2000:]
    widest = re.findall(r"Overfull \\hbox \((.*?)pt", run.stdout)
    assert all(float(points) < 3 for points in widest)
