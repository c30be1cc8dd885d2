"""The folder of a report: all files are listed, all numbers are those of the library."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import broken
from exactpwl import Domain, Network, PolyhedralComplex, count, gallery, regions
from exactpwl.bounds import RANKS, network_bounds
from exactpwl.errors import DomainError, FormatError
from exactpwl.growth import layer_counts
from exactpwl.report import (
    FILES,
    ReportFolder,
    html_page,
    latex_page,
    proof,
    save_report,
    saving,
)

NAMELESS = Network([([[1, 2, 0, 0, -1], [0, 1, 1, "1/3", 0]], [0, 1], "relu"), ([[1, -1]], [0])])
DEGENERATE = Network(
    [
        ([[1, 0], [2, 0], [-1, 0], [1, 1], [0, 0]], [0, 0, 0, 0, -1], "relu"),
        ([[1, -1, 0, 0, 1], [1, 0, 0, 1, 0]], [0, 1], "relu"),
        ([[1, 2]], [0]),
    ],
    name="degenerate",
)
TRIANGLE = Domain.polyhedron([[-1, 0], [0, -1], [1, 1]], [0, 0, "3/2"])
CASES: dict[str, tuple[Network, Any]] = {
    "one input": (gallery.get("tent"), [(0, 1)]),
    "two inputs": (gallery.get("disc"), None),
    "lines in every region": (gallery.get("xor"), None),
    "three inputs": (gallery.get("max:3"), None),
    "five inputs": (NAMELESS, None),
    "constant": (Network([([[0, 0]], [1], "relu"), ([[1]], [2])], name="constant"), None),
    "one region": (Network([([[1, 2], [3, 4]], [0, 1])], name="affine"), None),
    "degenerate": (DEGENERATE, None),
    "bounded by a box": (gallery.get("hat2d"), [(-1, 1), (0, 1)]),
    "bounded by a triangle": (gallery.get("disc"), TRIANGLE),
}
DRAWN = {"one input"}
"""Figures take most of the time; tests/report/test_figures.py draws the others."""
VOID = {"meta", "img", "br", "input", "wbr", "link", "hr"}


class Page(HTMLParser):
    """Reads a page, and stumbles where a tag is not closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.ids: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        known = dict(attrs)
        assert len(known) == len(attrs)
        self.links += [known["href"] or ""] if "href" in known else []
        self.loaded += [known["src"] or ""] if "src" in known else []
        self.ids += [known["id"] or ""] if "id" in known else []

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"script", "style"} & set(self.open):
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], ReportFolder]:
    """Write the report of a case, once."""

    @cache
    def write(case: str) -> ReportFolder:
        network, domain = CASES[case]
        folder = tmp_path_factory.mktemp("report")
        return save_report(regions(network, domain), folder, figures=case in DRAWN)

    return write


def page_of(report: ReportFolder) -> Page:
    return Page((report.folder / "index.html").read_text(encoding="utf-8"))


def data_of(report: ReportFolder) -> list[dict[str, Any]]:
    """The rows and ranks of each long table, as the page's script reads them."""
    text = (report.folder / "index.html").read_text(encoding="utf-8")
    found = re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', text, re.DOTALL)
    return [json.loads(data) for data in found]


@pytest.mark.parametrize("case", CASES)
def test_the_page_lists_every_file_and_nothing_else(made, case: str) -> None:
    report = made(case)
    files = {file.name for file in report.folder.iterdir()}
    assert files == set(report.files)
    assert files <= set(FILES)
    local = {link for link in page_of(report).links if not link.startswith("#")}
    assert local == files


@pytest.mark.parametrize("case", CASES)
def test_the_page_loads_only_files_of_its_folder(made, case: str) -> None:
    report = made(case)
    page = page_of(report)
    assert bool(page.loaded) == (case in DRAWN or "atlas.html" in report.files)
    assert set(page.loaded) <= set(report.files)
    text = (report.folder / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"https?:|//[a-z]|url\(|@import|fetch\(|\bimport\b", text)


@pytest.mark.parametrize("case", CASES)
def test_the_contents_lead_to_the_sections(made, case: str) -> None:
    page = page_of(made(case))
    inside = [link[1:] for link in page.links if link.startswith("#")]
    sections = [name for name in page.ids if not name.startswith("table-")]
    assert inside == sections
    assert len(set(page.ids)) == len(page.ids)
    assert {"summary", "network", "counts", "checks", "regions", "files"} <= set(inside)


@pytest.mark.parametrize("case", CASES)
def test_the_numbers_are_those_of_the_library(made, case: str) -> None:
    network, domain = CASES[case]
    complex_ = regions(network, domain)
    counts = count(complex_)
    text = page_of(made(case)).text
    assert network.sha256 in text
    assert f"R2 activation regions {len(complex_)} " in text
    assert f"R1 literal patterns {len(complex_.literal_patterns)} " in text
    assert f"R4 linear regions {counts['linear_regions']} " in text
    assert f"R5 closed linear regions {len(complex_.closed_linear_regions)} " in text
    assert f"R6 affine pieces {counts['affine_pieces']} " in text
    assert "R3 convex pieces – " in text
    assert f"bounded regions {counts['bounded_regions']} among" in text
    assert f"f-vector {', '.join(map(str, counts['f_vector']))} " in text
    layers = layer_counts(complex_)
    if len(layers) > 1:
        assert "layers neurons activation regions at most share reached bound 1 " in text
        assert f" {layers[-1]} " in text.partition("The first layers with kinks")[2]
    assert f"VALID: there are exactly {len(complex_)} activation regions" in text


def test_the_bounds_are_those_of_the_library(made) -> None:
    text = page_of(made("bounded by a box")).text
    network = CASES["bounded by a box"][0]
    for bound in network_bounds(network):
        if bound.name != RANKS:
            assert (f"{bound.name} {bound.value} " in text) == (bound.value is not None), bound


@pytest.mark.parametrize("case", CASES)
def test_the_table_has_every_region(made, case: str) -> None:
    report = made(case)
    rows = data_of(report)[0]["rows"]
    patterns = [str(region.pattern) for region in report.findings.complex.regions]
    assert len(rows) == len(patterns)
    for row, pattern in zip(rows, patterns, strict=True):
        assert f"<code>{pattern}</code>" in row.replace("<wbr>", "") or not pattern


def test_the_ranks_sort_by_exact_numbers(made) -> None:
    report = made("bounded by a box")
    complex_ = report.findings.complex
    ranks = data_of(report)[0]["ranks"]
    by_rank = sorted(range(len(complex_)), key=lambda i: ranks["volume"][i])
    volumes = [complex_.regions[i].volume for i in by_rank]
    assert volumes == sorted(volumes)
    assert isinstance(volumes[0], Fraction)
    assert ranks["region"] == list(range(len(complex_)))


def test_empty_patterns_have_their_sentences(made) -> None:
    report = made("lines in every region")
    _, empty = data_of(report)
    (row,) = empty["rows"]
    assert "<code>01</code>" in row
    assert "gives" in row
    assert "-1 ≥ 0" in row


def test_a_report_depends_on_its_complex_alone(made, tmp_path: Path) -> None:
    report = made("two inputs")
    again = save_report(regions(gallery.get("disc")), tmp_path, figures=False)
    for name in report.files:
        assert (tmp_path / name).read_bytes() == (report.folder / name).read_bytes(), name
    assert again.files == report.files


def test_an_earlier_report_goes(tmp_path: Path) -> None:
    save_report(regions(gallery.get("disc"), [(0, 1), (0, 1)]), tmp_path, figures=False)
    assert (tmp_path / "atlas.html").exists()
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    report = save_report(broken.shifted_map(regions(gallery.get("tent")), 1), tmp_path)
    assert {f.name for f in tmp_path.iterdir()} == {*report.files, "notes.txt"}
    assert not (tmp_path / "atlas.html").exists()


def test_the_domain_is_beside_the_network(made) -> None:
    report = made("bounded by a triangle")
    assert Domain.load(report.folder / "domain.json") == TRIANGLE
    assert (
        "exactpwl report network.json --domain domain.json --no-figures -o again"
        in page_of(report).text
    )
    network = Network.load(report.folder / "network.json")
    assert network.sha256 == gallery.get("disc").sha256
    assert PolyhedralComplex.load(report.folder / "atlas.json") == report.findings.complex


@pytest.mark.parametrize(
    "spoil",
    [
        lambda complex_: broken.shifted_map(complex_, 1),
        lambda complex_: broken.missing_region(complex_, 2),
        lambda complex_: broken.doubled_region(complex_, 0),
        lambda complex_: broken.swapped_patterns(complex_, 0, 1),
    ],
)
def test_a_complex_that_is_wrong_is_told_and_nothing_is_made_of_it(
    spoil: Callable[[PolyhedralComplex], PolyhedralComplex], tmp_path: Path
) -> None:
    complex_ = spoil(regions(gallery.get("disc")))
    report = save_report(complex_, tmp_path)
    assert not report.holds
    assert report.files == ("index.html", "report.tex", "network.json", "exactpwl.bib")
    text = page_of(report).text
    failed = report.findings.checks.failures
    assert failed
    assert "✗ A check fails: " + ", ".join(result.name for result in failed) in text
    for result in failed:
        assert f"{result.name} ✗ failed" in text
    assert "Every check that applies holds" not in text
    assert "A check fails" in (tmp_path / "report.tex").read_text(encoding="utf-8")


def test_a_certificate_that_is_rejected_is_told(tmp_path: Path, monkeypatch) -> None:
    def reject(*_: object, **__: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess([], 20, "NOT VALID: line 3: no\n", "")

    monkeypatch.setattr(proof.subprocess, "run", reject)
    report = save_report(regions(gallery.get("xor")), tmp_path, figures=False)
    assert not report.holds
    text = page_of(report).text
    assert "✗ The independent checker rejects the certificate" in text
    assert "NOT VALID: line 3: no" in text


def test_a_large_certificate_is_left_to_the_reader(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(proof, "MOST_BYTES", 10)
    report = save_report(regions(gallery.get("xor")), tmp_path, figures=False)
    assert report.holds
    assert "It was not run here: the certificate has" in page_of(report).text


STRANGEST = "∑ \x1b[31m 网"


@pytest.mark.parametrize("name", ["a<b>&\"'", "$x`", "\\end{document}", STRANGEST, "</script>"])
def test_a_strange_name_changes_nothing(name: str, tmp_path: Path) -> None:
    network = Network([([[1]], [0], "relu")], name=name)
    report = save_report(regions(network), tmp_path, figures=name == STRANGEST)
    page = page_of(report)
    assert name.replace("\x1b", "\\x1b") in page.text
    latex = (tmp_path / "report.tex").read_text(encoding="utf-8")
    assert latex.count("\\end{document}") == 1
    assert all(ord(sign) < 256 for sign in latex)


def test_the_window_is_a_box(tmp_path: Path) -> None:
    with pytest.raises(DomainError, match="a window is a box"):
        save_report(regions(gallery.get("disc")), tmp_path, window=TRIANGLE)


def test_a_place_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(FormatError, match="cannot be written"):
        save_report(regions(gallery.get("xor")), tmp_path / "file" / "below")


@pytest.mark.parametrize("case", CASES)
def test_the_article_is_whole(made, case: str) -> None:
    report = made(case)
    latex = (report.folder / "report.tex").read_text(encoding="utf-8")
    figures = re.findall(r"\\includegraphics\[.*?\]\{(.*?)\}", latex)
    assert bool(figures) == (case in DRAWN)
    assert set(figures) == {name for name in report.files if name.endswith(".pdf")}
    begun, ended = (re.findall(rf"\\{word}{{(\w+\*?)}}", latex) for word in ("begin", "end"))
    assert sorted(begun) == sorted(ended)
    assert "table" not in begun  # it would float out of its landscape
    assert report.findings.complex.network.sha256[:32] in latex


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
@pytest.mark.parametrize("case", [*CASES, "strange name", "wrong", "rings", "trained floats"])
def test_latex_compiles(made, case: str, tmp_path: Path) -> None:
    folder = tmp_path
    if case == "strange name":
        name = "∑ \x1b[31m $x` \\end{document} #%&_^~"
        save_report(regions(Network([([[1]], [0], "relu")], name=name)), folder, figures=False)
    elif case == "rings":
        save_report(regions(gallery.get("rings")), folder, figures=False)
    elif case == "trained floats":
        weights = [[[0.1, 0.7], [-0.3, 0.11], [1 / 3, 0.2]], [[0.1, 0.2, 0.3], [1.1, -0.7, 0.9]]]
        network = Network.from_arrays(weights, [[0.1, 0.2, 0.3], [0.5, 0.6]])
        save_report(regions(network), folder)
    elif case == "wrong":
        save_report(broken.shifted_map(regions(gallery.get("disc")), 1), folder)
    else:
        shutil.copytree(made(case).folder, folder, dirs_exist_ok=True)
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "report.tex"]
    run = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    told = run.stdout.decode("latin-1")
    assert run.returncode == 0, told[-2000:]
    widest = re.findall(r"Overfull \\hbox \((.*?)pt", told)
    assert all(float(points) < 3 for points in widest)


def test_a_table_wider_than_the_page_loses_columns_and_says_so(tmp_path: Path) -> None:
    wide = Network([([[f"1/{10**9 + 7 * i}", f"3/{10**9 + i}"] for i in range(3)], [1, 2, 3])])
    save_report(regions(wide), tmp_path, figures=False)
    latex = (tmp_path / "report.tex").read_text(encoding="utf-8")
    assert "There is no room here for vertices, neighbours" in latex
    table = latex.partition("\\section{Regions}")[2]
    assert table.index("region & pattern") < table.index("\\endhead")
    whole = (tmp_path / "regions.tex").read_text(encoding="utf-8")
    assert "vertices" in whole


def test_a_long_table_is_cut_in_the_article_and_says_so(made, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(latex_page, "MOST_ROWS", 3)
    save_report(regions(gallery.get("disc")), tmp_path, figures=False)
    latex = (tmp_path / "report.tex").read_text(encoding="utf-8")
    assert "The table has the first 3 of 7 regions" in latex
    table = latex.partition("\\section{Regions}")[2].partition("\\section{")[0]
    assert table.count("\\texttt{") == 3 + 1  # the patterns, and the file that has all


def test_a_long_table_is_cut_in_the_page_and_says_so(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(html_page, "MOST_ROWS", 5)
    report = save_report(regions(gallery.get("disc")), tmp_path, figures=False)
    assert len(data_of(report)[0]["rows"]) == 5
    assert "This page has the first 5 of them." in page_of(report).text


def test_only_so_many_regions_get_a_certificate(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(saving, "MOST_PROVED", 2)
    monkeypatch.setattr(saving, "MOST_EXPLORED", 2)
    report = save_report(regions(gallery.get("xor")), tmp_path, figures=False)
    assert not {"net.cert.gz", "atlas.html"} & set(report.files)
    text = page_of(report).text
    assert "written here of at most 2 regions, there are 3" in text
    assert "made of at most 2 regions, here are 3" in text
    assert report.holds


def test_the_watcher_hears_of_all_that_takes_time(tmp_path: Path) -> None:
    heard: list[str] = []

    class Watcher:
        def doing(self, what: str) -> None:
            heard.append(what)

        def check(self, name: str, done: int, total: int) -> None:
            heard.append(f"checking {name}")

        def enumeration(self) -> None:
            heard.append("regions")

    save_report(regions(gallery.get("tent")), tmp_path, watcher=Watcher())
    assert heard[0].startswith("checking ")
    for what in (
        "writing the tables",
        "writing the atlas",
        "drawing: The function and its breakpoints",
        "writing the atlas to explore",
        "writing the certificate",
        "regions",
        "writing the report",
    ):
        assert what in heard
