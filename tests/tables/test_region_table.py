"""Region tables: columns, digits, formats, what stands beneath them."""

import csv
import io
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import pytest

from exactpwl import Network, regions
from exactpwl.errors import FormatError, OptionError
from exactpwl.tables import DEFAULT_COLUMNS, REGION_COLUMNS, Table, region_table
from golden_tables import ALL, CORNER, LONG, SQUARE, TENT, XOR


def rows_of(table: Table[object]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.to_csv())))


def test_one_row_a_region_and_the_default_columns() -> None:
    complex_ = regions(XOR)
    rows = rows_of(region_table(complex_))
    assert [row["pattern"] for row in rows] == ["00", "10", "11"]
    assert tuple(rows[0]) == DEFAULT_COLUMNS
    assert len(region_table(complex_)) == 3
    assert repr(region_table(complex_, ["pattern"])) == "<Table of 3 rows: pattern>"


def test_columns_come_in_the_order_asked_for() -> None:
    rows = rows_of(region_table(regions(XOR), ["volume", "pattern"]))
    assert list(rows[0]) == ["volume", "pattern"]


def test_every_column_can_be_asked_for() -> None:
    assert list(REGION_COLUMNS) == ALL
    row = rows_of(region_table(regions(TENT, [(0, 1)]), ALL))[0]
    assert row == {
        "region": "0",
        "pattern": "10",
        "signs": "+-",
        "affine_map": "2x",
        "facets": "x >= 0; x <= 1/2",
        "neurons": "0:0=domain:0; 0:1",
        "vertices": "0; 1/2",
        "rays": "",
        "interior_point": "1/4",
        "bounded": "yes",
        "volume": "1/2",
        "neighbours": "1",
        "linear_region": "0",
    }


def test_a_later_breakpoint_is_named() -> None:
    clip = Network([([[1]], [0], "hard_tanh")])
    rows = rows_of(region_table(regions(clip), ["neurons"]))
    assert [row["neurons"] for row in rows] == ["0:0", "0:0; 0:0:1", "0:0:1"]


@pytest.mark.parametrize("columns", [["pattern", "colour"], ["pattern", "pattern"], []])
def test_wrong_columns_are_refused_with_the_list(columns: list[str]) -> None:
    came = "'colour'" if "colour" in columns else "'pattern'" if columns else "none"
    with pytest.raises(OptionError, match=f"chosen from region, pattern, .*once; got {came}$"):
        region_table(regions(XOR), columns)


@pytest.mark.parametrize("digits", [0, -1, 1001])
def test_wrong_digits_are_refused(digits: int) -> None:
    with pytest.raises(OptionError, match=f"1 to 1000 significant digits .* got {digits}$"):
        region_table(regions(XOR), digits=digits)


@pytest.mark.parametrize(("dimension", "word"), [(1, "length"), (2, "area"), (3, "volume")])
def test_the_volume_has_the_name_of_its_dimension(dimension: int, word: str) -> None:
    network = Network([([[1] * dimension], [0], "relu")])
    table = region_table(regions(network, [(0, 1)] * dimension))
    assert f"| {word} |" in table.to_markdown()
    assert rows_of(table)[0]["volume"] == "1"


def test_no_number_is_rounded_unless_asked() -> None:
    complex_ = regions(CORNER, SQUARE)
    for row, region in zip(rows_of(region_table(complex_)), complex_.regions, strict=True):
        assert Fraction(row["volume"]) == region.volume
        entries = row["vertices"].replace("(", "").replace(")", "").replace(";", ",").split(",")
        assert tuple(map(Fraction, entries)) == sum(region.vertices, ())


def test_long_numbers_are_shortened_for_reading_and_whole_in_csv() -> None:
    table = region_table(regions(LONG, SQUARE))
    whole = str(10**30 + 7)
    for text in (table.to_markdown(), table.to_html(), table.to_latex()):
        assert whole not in text
        assert "has more than 24. Shortened numbers are whole in the CSV." in text
    assert whole in table.to_csv()
    assert "..." not in table.to_csv()
    assert r"\tfrac{1000000\ldots007}{3}x" in table.to_latex()


def test_a_number_that_python_would_not_print_is_written() -> None:
    steep = Network([([[10**5000]], [1], "relu")])
    table = region_table(regions(steep, [(-1, 1)]))
    assert "(1000000...000)x+1" not in table.to_markdown()
    assert "1000000...000x+1" in table.to_markdown()
    assert hex(10**5000) in table.to_csv()


def test_rounded_numbers_are_marked() -> None:
    table = region_table(regions(CORNER, SQUARE), ["pattern", "volume", "affine_map"], digits=3)
    first, *_ = [line for line in table.to_markdown().splitlines() if line.startswith("| `")]
    assert first == r"| `00\|10` | ≈ 0.659 | f1 = 0.25, f2 = 1.5 |"
    assert "≈ marks numbers rounded to 3 significant digits." in table.to_markdown()
    assert r"$\approx 0.659$" in table.to_latex()
    header, line, *_ = table.to_csv().splitlines()
    assert header == "pattern,volume (rounded to 3 digits),affine_map (rounded to 3 digits)"
    assert line == "00|10,0.659,f1 = 0.25; f2 = 1.5"


def test_what_is_exact_with_few_digits_is_not_marked() -> None:
    text = region_table(regions(TENT, [(0, 1)]), digits=2).to_markdown()
    assert "≈" not in text
    assert "0.5" in text


def test_lineality_is_told() -> None:
    text = region_table(regions(XOR)).to_markdown()
    assert "contains whole lines, in direction (-1, 1). So no region has a vertex" in text
    assert "whole lines" not in region_table(regions(XOR), ["pattern"]).to_markdown()
    assert "whole lines" not in region_table(regions(XOR, SQUARE)).to_markdown()


def test_names_are_escaped() -> None:
    table = region_table(regions(LONG, SQUARE), ["pattern"])
    assert r"100\% long \& wide over the box [$-$1, 1] $\times$ [$-$1, 1]" in table.to_latex()
    odd = Network(LONG.layers, name="<b>_|*$^~\\")
    table = region_table(regions(odd), ["pattern"])
    assert "of &lt;b&gt;_|*$^~\\ over" in table.to_html()
    assert r"of &lt;b>\_\|\*$^~\\ over R^2" in table.to_markdown()
    assert (
        r"of \textless{}b\textgreater{}\_\textbar{}*\$\textasciicircum{}\textasciitilde{}"
        r"\textbackslash{} over $\mathbf{R}^{2}$" in table.to_latex()
    )


def test_a_network_without_a_name_is_described() -> None:
    table = region_table(regions(Network(XOR.layers)))
    assert table.title == (
        "The 3 activation regions of the network 2 -> 2 relu -> 1 linear over R^2"
    )


def test_a_long_table_is_a_longtable_and_compiles_with_a_heading_on_each_page() -> None:
    fan = Network([([[1]] * 40, list(range(40)), "relu")])
    latex = region_table(regions(fan)).to_latex()
    assert latex.count(r"\begin{longtable}") == latex.count(r"\end{longtable}") == 1
    assert latex.index(r"\endfirsthead") < latex.index(r"\endhead") < latex.index(r"\endfoot")
    assert r"\begin{table}" not in latex


def test_long_cells_are_broken_into_lines() -> None:
    cube = Network([([[1, 1, 1]], [0], "relu")])
    latex = region_table(regions(cube, [(-1, 1)] * 3), ["vertices"]).to_latex()
    assert r"\begin{tabular}[t]{@{}l@{}}$" in latex


class _Balance(HTMLParser):
    """Every tag that is opened is closed, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.rows = 0

    def handle_starttag(self, tag: str, _: object) -> None:
        if tag not in ("meta", "wbr"):
            self.open.append(tag)
        self.rows += tag == "tr"

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_balanced_html_and_needs_nothing_from_elsewhere() -> None:
    page = region_table(regions(CORNER)).to_html()
    parser = _Balance()
    parser.feed(page)
    assert not parser.open
    assert parser.rows == 1 + 10
    assert "http" not in page
    assert "<script" not in page


def test_a_notebook_shows_the_table_alone() -> None:
    shown = region_table(regions(XOR))._repr_html_()
    assert shown.startswith("<table>")


def test_a_formula_wider_than_a_cell_of_the_page_breaks_between_its_terms() -> None:
    weights = [Fraction((-1) ** i, 10**23 + i) for i in range(4)]
    page = region_table(regions(Network([([weights], [1], "linear")]))).to_html()
    cell = page.split('<td class="math">')[1]
    terms = ["(1/1000000...000)x1", "-(1/1000000...001)x2", "+(1/1000000...002)x3"]
    assert cell.startswith("".join(f"<span>{term}</span><wbr>" for term in terms))


@pytest.mark.parametrize("ending", [".tex", ".md", ".csv", ".html"])
def test_save_writes_the_format_of_the_ending(ending: str, tmp_path: Path) -> None:
    table = region_table(regions(XOR))
    path = tmp_path / f"regions{ending}"
    table.save(path)
    written = {
        ".tex": table.to_latex,
        ".md": table.to_markdown,
        ".csv": table.to_csv,
        ".html": table.to_html,
    }
    assert path.read_bytes().decode() == written[ending]()


def test_save_refuses_other_endings(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"ends in \.tex, \.md, \.csv, \.html, got \.xlsx$"):
        region_table(regions(XOR)).save(tmp_path / "regions.xlsx")


def test_save_says_what_hinders_it(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"regions\.md: cannot be written: No such file"):
        region_table(regions(XOR)).save(tmp_path / "nowhere" / "regions.md")
