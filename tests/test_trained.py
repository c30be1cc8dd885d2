"""The trained networks of the gallery: their form, and their accuracy in rational arithmetic."""

import json
from fractions import Fraction
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import exactpwl
from exactpwl import Domain, Network, regions
from exactpwl.gallery.training import adam, common, digits, disc, rings

DATA = Path(exactpwl.__file__).parent / "gallery" / "data"
RINGS, DISC, DIGITS = DATA / "rings.json", DATA / "disc.json", DATA / "digits.json"

Point = tuple[Fraction, ...]


def layers_of(path: Path) -> list[tuple[list[list[Fraction]], list[Fraction], str]]:
    return [
        (
            [[Fraction(text) for text in row] for row in layer["W"]],
            [Fraction(text) for text in layer["b"]],
            layer["activation"],
        )
        for layer in json.loads(path.read_text(encoding="utf-8"))["layers"]
    ]


def evaluate(path: Path, points: list[Point]) -> list[Fraction]:
    slopes = {"linear": Fraction(1), "relu": Fraction(0), "leaky_relu:1/50": Fraction(1, 50)}
    layers, outputs = layers_of(path), []
    for point in points:
        values = list(point)
        for weights, biases, activation in layers:
            z = [
                sum((w * v for w, v in zip(row, values, strict=True)), b)
                for row, b in zip(weights, biases, strict=True)
            ]
            values = [value if value > 0 else slopes[activation] * value for value in z]
        outputs.append(values[0])
    return outputs


@pytest.mark.parametrize("path", [RINGS, DISC, DIGITS])
def test_the_file_has_the_keys_of_the_format_and_multiples_of_1_64(path: Path) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    assert list(document) == ["format", "name", "layers"]
    assert document["format"] == "exactpwl-network/1"
    assert document["name"] == path.stem
    for weights, biases, _ in layers_of(path):
        assert all(64 % number.denominator == 0 for row in [*weights, biases] for number in row)


@pytest.mark.parametrize(
    ("path", "widths", "activation"),
    [
        (RINGS, [2, 8, 8, 8, 8, 1], "leaky_relu:1/50"),
        (DISC, [2, 3, 1], "relu"),
        (DIGITS, [64, 10, 1], "relu"),
    ],
)
def test_architecture(path: Path, widths: list[int], activation: str) -> None:
    layers = layers_of(path)
    shapes = [(len(weights), len(weights[0]), len(biases)) for weights, biases, _ in layers]
    assert shapes == [(n, m, n) for m, n in pairwise(widths)]
    assert [kind for _, _, kind in layers] == [activation] * (len(layers) - 1) + ["linear"]


def test_rings_keep_the_stated_accuracy() -> None:
    right, error = rings.measure(Network.load(RINGS))
    assert right == Fraction(3924, 4000)
    assert f"{error:.4f}" == "0.0812"
    assert "3924 of 4000" in rings.report(Network.load(RINGS))


def test_disc_keeps_the_stated_accuracy() -> None:
    assert disc.measure(Network.load(DISC)) == 1
    assert "4000 of 4000" in disc.report(Network.load(DISC))


def test_digits_keep_the_stated_accuracy() -> None:
    network = Network.load(DIGITS)
    assert digits.measure(network) == 1
    assert "4000 of 4000" in digits.report(network)
    pictures, labels = digits.sample(40, 9)
    outputs = evaluate(DIGITS, common.fractions(pictures))
    assert all(label * output > 0 for label, output in zip(labels, outputs, strict=True))


def test_digits_are_two_glyphs_moved_and_shaded() -> None:
    three, eight = digits.glyph(3), digits.glyph(8)
    assert len(three) == len(eight) == 64
    differing = [divmod(i, 8) for i in range(64) if three[i] != eight[i]]
    assert differing == [(2, 1), (3, 2), (4, 1)], "strokes on the left alone"
    pictures, labels = digits.sample(200, 7)
    assert pictures.shape == (200, 64)
    assert pictures.min() >= 0
    assert pictures.max() <= 1024
    assert not ((pictures > 256) & (pictures < 512)).any()
    strokes = (pictures >= 512).sum(axis=1)
    assert {(int(n), int(label)) for n, label in zip(strokes, labels, strict=True)} == {
        (sum(eight), 1),
        (sum(three), -1),
    }


@pytest.mark.parametrize(("path", "module", "least"), [(RINGS, rings, 97), (DISC, disc, 100)])
def test_accuracy_again_with_fractions(path: Path, module: Any, least: int) -> None:
    data = module.rings_data if module is rings else module.disc_data
    points, labels = data(300, seed=3)
    outputs = evaluate(path, points)
    right = sum(label * output > 0 for label, output in zip(labels, outputs, strict=True))
    assert Fraction(100 * right, len(points)) >= least


@pytest.mark.parametrize(("path", "module"), [(RINGS, rings), (DISC, disc)])
def test_three_evaluations_agree(path: Path, module: Any) -> None:
    numerators = module.sample(60, 4)
    points = common.fractions(numerators)
    network, expected = Network.load(path), evaluate(path, points)
    outputs, scale = common.exact_outputs(network, numerators)
    assert [Fraction(output, scale) for output in outputs] == expected
    assert [network(point)[0] for point in points] == expected


def test_disc_is_separated_everywhere() -> None:
    """f is concave, so f > 0 is a polygon; it holds the disc, and its corners miss the annulus."""
    (rows, biases, _), ((outer,), (constant,), _) = layers_of(DISC)
    assert all(weight < 0 for weight in outer)
    # a relu(u) = min(0, a u) for a < 0, so f is the least of eight affine functions
    pieces = [
        (
            sum((outer[i] * rows[i][0] for i in active), Fraction(0)),
            sum((outer[i] * rows[i][1] for i in active), Fraction(0)),
            sum((outer[i] * biases[i] for i in active), constant),
        )
        for size in range(4)
        for active in combinations(range(3), size)
    ]
    assert all(c > 0 and 4 * c * c > p * p + q * q for p, q, c in pieces)
    assert not any(
        (p != 0 or q != 0) and all(sign * (q * p2 - p * q2) >= 0 for p2, q2, _ in pieces)
        for p, q, _ in pieces
        for sign in (1, -1)
    ), "a direction in which f never falls"
    corners = []
    for (p, q, c), (p2, q2, c2) in combinations(pieces, 2):
        if (det := p * q2 - p2 * q) != 0:
            x, y = (q * c2 - q2 * c) / det, (p2 * c - p * c2) / det
            if all(a * x + b * y + e >= 0 for a, b, e in pieces):
                corners.append((x, y))
    assert len(corners) == 6
    assert all(16 * (x * x + y * y) < 9 for x, y in corners)


def test_numbers_of_regions_stated_in_the_documentation() -> None:
    window = Domain.box([[-1, 1], [-1, 1]])
    network = Network.load(RINGS)
    assert regions(network).f_vector == (987, 2000, 1014)
    assert len(regions(network, window).regions) == 489
    assert regions(Network.load(DISC)).f_vector == (3, 9, 7)
    assert len(regions(Network.load(DIGITS))) == 2**10, "ten independent rows: every pattern"


def test_sides_of_the_rings_follow_the_cosine() -> None:
    numerators = rings.sample(2000, 5)
    assert np.array_equal(np.sign(rings.target(numerators)), rings.sides(numerators))


def test_data_sets_are_rational_and_seeded() -> None:
    for data in (rings.rings_data, disc.disc_data):
        points, labels = data(50, seed=7)
        assert (points, labels) == data(50, seed=7)
        assert len(points) == len(labels) == 50
        assert set(labels) == {1, -1}
        assert all(1024 % x.denominator == 0 and abs(x) <= 1 for point in points for x in point)
    squares = [x * x + y * y for x, y in disc.disc_data(400, seed=8)[0]]
    quarter, outer = Fraction(1, 4), Fraction(9, 16)
    assert all(square <= quarter or outer <= square <= 1 for square in squares)


def test_gradients_are_the_slopes_of_the_loss() -> None:
    random = np.random.default_rng(0)
    recipe = adam.Recipe((2, 4, 4, 1), 0.02, 1, 1, 1.0, 0.0, seed=0)
    parameters = adam.initial_parameters(recipe, random)
    points, targets = random.normal(size=(2, 16)), random.normal(size=(1, 16))

    def loss() -> float:
        outputs = adam.forward(parameters, recipe.slope, points)[0][-1]
        return rings.squared_error(outputs, targets)[0]

    gradient = adam.gradients(parameters, recipe.slope, points, targets, rings.squared_error)
    for array, slope in zip(parameters, gradient, strict=True):
        assert array.shape == slope.shape
        array[0, 0] += 1e-6
        above = loss()
        array[0, 0] -= 2e-6
        assert (above - loss()) / 2e-6 == pytest.approx(slope[0, 0], rel=1e-4, abs=1e-7)
        array[0, 0] += 1e-6


def test_a_short_training_writes_a_network_and_measures_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    recipe = adam.Recipe((2, 3, 1), 0.0, 1000, 128, 1e-2, 0.5, seed=0)
    monkeypatch.setattr(disc, "Recipe", lambda **_: recipe)
    out = tmp_path / "disc.json"
    for arguments in (["--out", str(out)], ["--measure", str(out)]):
        common.main("disc", disc.SEED, disc.trained, disc.report, arguments)
    shown = capsys.readouterr()
    first, second = shown.out.splitlines()
    assert first == second
    assert first.startswith("disc: ")
    assert "step 1000 of 1000" in shown.err
    assert Network.load(out).widths == Network.load(DISC).widths


def test_a_missing_file_is_an_error_of_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        common.main("disc", disc.SEED, disc.trained, disc.report, ["--measure", "nowhere.json"])
    assert "nowhere.json" in capsys.readouterr().err
