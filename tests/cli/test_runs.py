"""Training runs of the gallery in place of a network, and the figures that show their data."""

from pathlib import Path
from typing import Any

import pytest

from exactpwl import Network, gallery
from exactpwl.cli.inputs import load_source
from exactpwl.errors import GalleryError


def test_a_run_is_its_last_network_and_with_an_epoch_that_one() -> None:
    run = gallery.run("disc-3")
    last, early = load_source("disc-3"), load_source("disc-3@40")
    assert last.network == run.networks[-1]
    assert early.network == run.networks[run.epochs.index(40)]
    assert early.label == "disc-3-40"
    assert (early.window, early.points, early.labels) == (run.window, run.points, run.labels)


def test_a_network_of_the_gallery_comes_before_a_run_of_its_name() -> None:
    assert "rings" in gallery.run_names()
    assert load_source("rings").network == gallery.get("rings")
    assert load_source("rings@0").network == gallery.run("rings").networks[0]


def test_an_unknown_epoch_and_a_slip_of_the_finger_are_refused() -> None:
    with pytest.raises(
        GalleryError, match=r"disc-3@N needs one of the epochs 0, .* got 'disc-3@7'"
    ):
        load_source("disc-3@7")
    with pytest.raises(GalleryError, match="did you mean disc-3"):
        load_source("disk-3")


@pytest.mark.parametrize(
    ("line", "options"),
    [
        (["decision", "xor-2"], {"kinks": True}),
        (["decision", "xor-2", "--no-kinks"], {"kinks": False}),
        (["wireframe", "xor-2"], {"hidden": True}),
        (["wireframe", "xor-2", "--through"], {"hidden": False}),
        (["dual", "xor-2"], {"edges": True, "grid": 101}),
        (["dual", "xor-2", "--no-edges", "--grid", "0"], {"edges": False, "grid": 0}),
    ],
)
def test_flags_turn_things_off(
    run: Any, monkeypatch: pytest.MonkeyPatch, line: list[str], options: dict[str, Any]
) -> None:
    from exactpwl import plot

    name = {"decision": "decision_regions", "dual": "dual_points"}.get(line[0], line[0])
    given: dict[str, Any] = {}
    draw = getattr(plot, name)

    def spy(*arguments: Any, **keywords: Any) -> Any:
        given.update(keywords)
        return draw(*arguments, **keywords)

    monkeypatch.setattr(plot, name, spy)
    assert run("plot", *line, "-o", "figure.png").exit_code == 0
    assert {key: given[key] for key in options} == options


def test_without_a_name_for_it_the_figure_is_called_by_the_run(run: Any, tmp_path: Path) -> None:
    assert (
        run("plot", "training", "disc-3", "--epoch", "40").output == "wrote disc-3-training.png\n"
    )
    assert (tmp_path / "disc-3-training.png").stat().st_size > 10_000


def test_a_run_without_that_epoch_is_refused_on_one_line(run: Any) -> None:
    result = run("plot", "training", "disc-3", "--epoch", "41")
    assert result.exit_code == 2
    assert "has checkpoints at epochs 0, 10, 20" in result.output
    assert run("plot", "training", "discus").exit_code == 2


def test_networks_of_other_dimensions_are_refused(run: Any, tmp_path: Path) -> None:
    Network([([[1]], [0], "relu")]).save(tmp_path / "one.json")
    for figure in ("decision", "wireframe", "dual", "neurons", "portrait", "compare"):
        result = run("plot", figure, "one.json")
        assert result.exit_code == 2, figure
        assert "needs a function of 2 inputs, got 1 input" in " ".join(result.output.split())
