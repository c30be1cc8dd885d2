"""The bundled training runs: what they promise, and what is refused."""

import json
import pickle
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.path import Path as Path2D

import exactpwl
from exactpwl import gallery, regions
from exactpwl.errors import FormatError, GalleryError
from exactpwl.gallery import Run
from exactpwl.gallery.training import (
    annulus_runs,
    checkpoints,
    common,
    families,
    ring_runs,
    shape_runs,
    xor_runs,
)
from exactpwl.gallery.training.adam import Floats
from exactpwl.gallery.training.checkpoints import Plan

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(exactpwl.__file__).parent / "gallery" / "data" / "runs"
NAMES = gallery.run_names()

WIDTHS = {
    "disc-3": [2, 3, 1],
    "disc-8-8-8": [2, 8, 8, 8, 1],
    "heart": [2, 12, 12, 12, 1],
    "rings": [2, 8, 8, 8, 8, 1],
    "star": [2, 12, 12, 12, 1],
    "xor-2": [2, 2, 1],
    "xor-20": [2, 20, 1],
    "xor-100": [2, 100, 1],
    "xor-position": [2, 8, 8, 8, 1],
}
LEAST = {
    "heart": Fraction(2047, 2048),
    "rings": Fraction(2000, 2048),
    "star": Fraction(2038, 2048),
}
"""The least accuracy of the last checkpoint, where it is not 1."""


def test_the_runs_are_the_files() -> None:
    assert set(NAMES) == {path.stem for path in DATA.iterdir()} == set(WIDTHS)


def test_the_bundle_is_small() -> None:
    files = DATA.parent.rglob("*.json")
    assert sum(path.stat().st_size for path in files) < 1_000_000


@pytest.mark.parametrize(("name", "count"), [("disc-3", 100), ("disc-8-8-8", 20)])
def test_the_families_by_seed_differ_in_the_seed_alone(name: str, count: int) -> None:
    many, one = gallery.family(f"{name}-seeds"), gallery.run(name)
    assert [run.name for run in many] == [f"{name}, seed {seed}" for seed in range(count)]
    for run in many:
        assert (run.points, run.labels, run.window) == (one.points, one.labels, one.window)
        assert run.epochs == tuple(range(0, 401, 40))
        assert run.networks[0].architecture == one.networks[0].architecture
    assert many[1].networks == one.networks[::4]


def test_the_family_by_width() -> None:
    many, one = gallery.family("xor-position-widths"), gallery.run("xor-position")
    assert [run.networks[0].widths for run in many] == [(w, w, w) for w in families.WIDTHS]
    assert all((run.points, run.labels) == (one.points, one.labels) for run in many)
    assert all(run.epochs == (0, 800) for run in many)
    assert many[2].networks == (one.networks[0], one.networks[-1])
    right = [run.accuracy(-1) * 1024 for run in many]
    assert right == [819, 966, 1024, 1024, 1024, 1024, 1024]


def test_a_family_is_trained_and_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def short() -> Plan:
        return replace(annulus_runs.disc_3(), epochs=40)

    makers = {"short": lambda: families.by_seed("disc-3", short, 2)}
    families.main(makers, ["--family", "short", "--out", str(tmp_path)])
    assert len(capsys.readouterr().out.splitlines()) == 2
    document = json.loads((tmp_path / "short.json").read_text(encoding="utf-8"))
    assert [list(item) for item in document["runs"]] == [["name", "checkpoints"]] * 2
    bundled = gallery.family("disc-3-seeds")[0].as_dict()["checkpoints"][0]
    assert document["runs"][0]["checkpoints"][0] == bundled


def test_every_bundled_family_has_its_maker() -> None:
    assert tuple(sorted(families.FAMILIES)) == gallery.family_names()


@pytest.mark.parametrize("name", NAMES)
def test_a_run_is_exact_data_from_untrained_to_trained(name: str) -> None:
    run = gallery.run(name)
    document = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    assert run.as_dict() == document
    assert document["widths"] == WIDTHS[name]
    assert run.name == name
    assert run.epochs[0] == 0
    gaps = {later - earlier for earlier, later in zip(run.epochs, run.epochs[1:], strict=False)}
    assert len(gaps) == 1
    assert 40 % gaps.pop() == 0
    assert len(run) == len(run.networks) == len(run.epochs)
    assert len({network.architecture for network in run.networks}) == 1
    assert all(64 % layer.denominator == 0 for net in run.networks for layer in net.layers)
    assert len(run.points) == len(run.labels)
    assert set(run.labels) == {1, -1}
    inside = (
        low <= x <= high for p in run.points for x, (low, high) in zip(p, run.window, strict=True)
    )
    assert all(inside)


@pytest.mark.parametrize("name", NAMES)
def test_accuracy_is_that_of_the_network(name: str) -> None:
    run = gallery.run(name)
    assert run.accuracy(-1) >= LEAST.get(name, 1)
    assert run.accuracy(0) < Fraction(3, 4)
    outputs = [run.networks[2](point)[0] for point in run.points]
    right = sum(f * label > 0 for f, label in zip(outputs, run.labels, strict=True))
    assert run.accuracy(2) == Fraction(right, len(run.points))


def test_few_regions_before_and_many_after() -> None:
    for name in ("disc-8-8-8", "heart", "rings", "xor-position"):
        run = gallery.run(name)
        before, after = (len(regions(run.networks[k], run.window)) for k in (0, -1))
        assert after > 3 * before


def test_the_classes_of_the_discs() -> None:
    for name in ("disc-3", "disc-8-8-8"):
        run = gallery.run(name)
        squares = [x * x + y * y for x, y in run.points]
        assert [1 if 4 * s <= 1 else -1 for s in squares] == list(run.labels)
        assert all(4 * s <= 1 or Fraction(9, 16) <= s <= 1 for s in squares)
        assert sum(run.labels) == 0


def test_the_classes_of_xor_position() -> None:
    run, half = gallery.run("xor-position"), Fraction(1, 2)
    for (x, y), label in zip(run.points, run.labels, strict=True):
        square = (abs(x) - half) ** 2 + (abs(y) - half) ** 2
        inside = square <= Fraction(192, 1024) ** 2
        assert inside or Fraction(320, 1024) ** 2 <= square <= Fraction(480, 1024) ** 2
        assert label == (1 if (x * y > 0) == inside else -1)


def test_the_star_begins_where_the_heart_ends() -> None:
    heart, star = gallery.run("heart"), gallery.run("star")
    assert star.networks[0] == heart.networks[-1]
    assert star.points == heart.points
    assert star.labels != heart.labels


def test_the_classes_of_heart_and_star() -> None:
    heart, star = gallery.run("heart"), gallery.run("star")
    side = Path2D([(x / 1024, y / 1024) for x, y in shape_runs.STAR])
    inside = side.contains_points([(float(x), float(y)) for x, y in star.points])
    assert [1 if i else -1 for i in inside] == list(star.labels)
    for (x, y), label in zip(heart.points, heart.labels, strict=True):
        u, v = abs(6 * x / 5), 4 * (y + Fraction(5, 32)) / 3
        assert label == (1 if u * u + (v - u) ** 2 <= 1 else -1)


def test_xor_is_learnt() -> None:
    for hidden in (2, 20, 100):
        network = gallery.run(f"xor-{hidden}").networks[-1]
        signs = [network((x, y))[0] > 0 for x in (-1, 1) for y in (-1, 1)]
        assert signs == [False, True, True, False]


@pytest.mark.parametrize("module", [annulus_runs, ring_runs, shape_runs, xor_runs])
def test_the_plans_are_those_of_the_bundled_runs(module: Any) -> None:
    for name, make in module.RUNS.items():
        plan, run = make(), gallery.run(name)
        assert list(plan.widths) == run.as_dict()["widths"]
        assert tuple(map(tuple, common.fractions(plan.numerators))) == run.points
        assert tuple(plan.labels) == run.labels
        assert tuple(range(0, plan.epochs + 1, plan.every)) == run.epochs
        assert plan.description == run.description


def test_a_short_training_writes_a_run_that_reads_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    short = {"short": lambda: replace(xor_runs.RUNS["xor-2"](), epochs=40)}
    checkpoints.main(short, ["--run", "short", "--seed", "3", "--out", str(tmp_path)])
    run = Run.load(tmp_path / "short.json")
    assert run.epochs == (0, 10, 20, 30, 40)
    assert run.networks[0] != run.networks[-1]
    right = run.accuracy(-1) * 4
    assert f"5 checkpoints, the last with {right} of 4 points right" in capsys.readouterr().out


def test_an_epoch_passes_over_every_point_once_in_another_order() -> None:
    seen: list[float] = []

    def loss(outputs: Floats, targets: Floats) -> tuple[float, Floats]:
        seen.extend(targets[0])
        return 0.0, 0 * outputs

    plan = replace(annulus_runs.disc_3(), targets=np.arange(1024.0)[None], loss=loss, epochs=2)
    checkpoints.record(plan)
    first, second = seen[:1024], seen[1024:]
    assert sorted(first) == sorted(second) == list(range(1024))
    assert first != second


def test_going_on_from_a_run_begins_with_its_last_network() -> None:
    first = xor_runs.RUNS["xor-2"]()
    again = replace(first, start=gallery.run("xor-2"), epochs=10)
    run = checkpoints.trained_run("again", again)
    assert run.networks[0] == gallery.run("xor-2").networks[-1]


def test_a_run_is_a_value() -> None:
    run = gallery.run("xor-2")
    assert pickle.loads(pickle.dumps(run)) == run
    assert repr(run) == "<Run xor-2: 41 checkpoints, epochs 0 to 400, 4 points>"
    with pytest.raises(AttributeError):
        run.name = "other"  # type: ignore[misc]


def test_an_unknown_run_is_refused_with_the_names() -> None:
    with pytest.raises(GalleryError, match=r"no run named 'disc-4' .* there are: disc-3, "):
        gallery.run("disc-4")
    with pytest.raises(GalleryError, match=r"no family of runs named 'xor-2' .* are: disc-3-seeds"):
        gallery.family("xor-2")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"format": "exactpwl-run/2"}, '"format": "exactpwl-run/1" is required'),
        ({"extra": 1}, "missing or unknown: extra"),
        ({"labels": "+-"}, "for each of the points"),
        ({"labels": "+-+0"}, "for each of the points"),
        ({"checkpoints": []}, "at least one"),
        ({"checkpoints": [{"epoch": 7, "numerators": [1]}]}, "epoch 7: 9 whole numbers .* got 1"),
        ({"checkpoints": [{"epoch": 7, "numerators": [0.5] * 9}]}, "epoch 7: 9 whole numbers"),
    ],
)
def test_what_is_no_run_is_refused(change: dict[str, Any], words: str, tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    path.write_text(json.dumps(gallery.run("xor-2").as_dict() | change), encoding="utf-8")
    with pytest.raises(FormatError, match=words) as caught:
        Run.load(path)
    assert caught.value.path == str(path)


def test_weights_that_are_no_multiples_of_1_64_are_refused() -> None:
    run = gallery.run("xor-2")
    odd = exactpwl.Network([([["1/3", 0], [0, 1]], [0, 0], "relu"), ([[1, 1]], [0], "linear")])
    broken = Run(run.name, "", run.points, run.labels, run.window, (0,), (odd,))
    with pytest.raises(FormatError, match="multiples of 1/64, got the denominator 3"):
        broken.as_dict()


def test_the_example_of_the_page_is_the_file() -> None:
    page = (ROOT / "docs" / "run-format.md").read_text(encoding="utf-8")
    shown = json.loads(page.split("```json\n")[1].split("```")[0])
    bundled = gallery.run("xor-2").as_dict()
    assert shown == bundled | {"checkpoints": bundled["checkpoints"][:1]}
