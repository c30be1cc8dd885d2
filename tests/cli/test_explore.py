"""``exactpwl explore``: a page for a browser, or one line that says why there is none."""

from pathlib import Path

from exactpwl import gallery, regions
from exactpwl.explore.contents import atlas_contents
from exactpwl.explore.page import contents_of_page


def test_the_page_has_the_window_of_the_gallery(run, tmp_path: Path) -> None:
    result = run("explore", "lines:8", "-o", "atlas.html")
    assert result.exit_code == 0
    assert result.stdout.startswith("wrote atlas.html: 37 activation regions, 0.")
    assert "float runtime" in result.stdout
    found = contents_of_page((tmp_path / "atlas.html").read_text(encoding="utf-8"))
    shown = gallery.exhibit("lines:8")
    assert found == atlas_contents(regions(shown.network), shown.window)


def test_a_domain_a_window_and_a_name_by_default(run, tmp_path: Path) -> None:
    result = run("explore", "xor", "--box", "-1", "1", "--window", "0", "1/3")
    assert result.exit_code == 0
    found = contents_of_page((tmp_path / "xor.html").read_text(encoding="utf-8"))
    assert found["domain"] == "the box [-1, 1] x [-1, 1]"
    assert found["window"] == [["0", "1/3"], ["0", "1/3"]]


def test_three_inputs_are_refused_before_the_work(run, tmp_path: Path) -> None:
    result = run("explore", "max:3")
    assert result.exit_code == 2
    assert result.stderr == (
        "Error: an atlas to explore needs 1 or 2 inputs, got 3: take a section of the network, a "
        "plane through its inputs, such as network.section((0, 0, 0), [(1, 0, 0), (0, 1, 0)]), "
        "on the command line --along 1,0,0 --along 0,1,0\n"
    )
    assert not list(tmp_path.iterdir())


def test_a_section_of_three_inputs_and_the_name_of_a_file(run, tmp_path: Path) -> None:
    result = run("explore", "max:3", "--along", "1,0,0", "--along", "0,1,0", "-o", "plane.html")
    assert result.exit_code == 0
    found = contents_of_page((tmp_path / "plane.html").read_text(encoding="utf-8"))
    assert found["network"]["name"] == "max:3 on (0, 0, 0) + x (1, 0, 0) + y (0, 1, 0)"
    gallery.get("max:3").section((0, 0, 0), [(1, 0, 0), (0, 1, 0)]).save(tmp_path / "own.json")
    assert run("explore", "own.json").exit_code == 0
    other = contents_of_page((tmp_path / "own.html").read_text(encoding="utf-8"))
    assert other["network"]["name"] == "own"
    assert other["regions"] == found["regions"]


def test_another_ending_is_refused(run) -> None:
    result = run("explore", "xor", "-o", "atlas.pdf")
    assert result.exit_code == 2
    assert "-o FILE ends in .html, got .pdf" in result.stderr


def test_a_place_that_is_not_there_is_one_line(run) -> None:
    result = run("explore", "xor", "-o", "nowhere/xor.html")
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: nowhere/xor.html: cannot be written")
