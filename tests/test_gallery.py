"""The networks of the gallery, against their formulas, theory and the proven answers."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import pytest

from exactpwl import Network, gallery, regions
from exactpwl.errors import ExactPWLError, GalleryError
from exactpwl.gallery.arrangements import EIGHT_LINES
from exactpwl.theory import Arrangement, lazy_caterer

Point = tuple[Fraction, ...]


def arrangement_of(network: Network) -> Arrangement:
    """Return the arrangement of the first layer's kinks."""
    first = network.layers[0]
    return Arrangement.from_rows(first.weight, first.bias)


def points(dimension: int, seed: int = 0, count: int = 60) -> list[Point]:
    """Return random points with small denominators, so that kinks are hit now and then."""
    rng = random.Random(seed)
    coordinate = [Fraction(rng.randint(-16, 16), rng.choice((1, 2, 4))) for _ in range(7 * count)]
    return [tuple(rng.choices(coordinate, k=dimension)) for _ in range(count)]


def relu(value: Fraction) -> Fraction:
    return max(value, Fraction(0))


def tent(x: Fraction) -> Fraction:
    return 2 * relu(x) - 4 * relu(x - Fraction(1, 2))


def hat2d(p: Point) -> Fraction:
    x, y = p
    return relu(1 - max(abs(x), abs(y), abs(x - y)))


def l1_annulus(p: Point) -> Fraction:
    g = abs(p[0]) + abs(p[1])
    return g - 1 if g <= 2 else 3 - g


FORMULAS: dict[str, Callable[[Point], Fraction]] = {
    "xor": lambda p: 2 * relu(sum(p) + Fraction(1)) - 4 * relu(sum(p) + Fraction(0)) - 1,
    "abs": lambda p: abs(p[0]),
    "tent": lambda p: tent(p[0]),
    "sawtooth:1": lambda p: tent(p[0]),
    "sawtooth:3": lambda p: tent(tent(tent(p[0]))),
    "hat1d": lambda p: relu(1 - abs(p[0])),
    "hat2d": hat2d,
    "l1_annulus": l1_annulus,
    **{f"max:{n}": max for n in range(2, 10)},
}


@pytest.mark.parametrize("spec", FORMULAS)
def test_values(spec: str) -> None:
    network = gallery.get(spec)
    for point in points(network.input_dimension):
        assert network(point) == (FORMULAS[spec](point),)


@pytest.mark.parametrize("spec", ["lines:8", "lines:5", "braid:3", "shi:3", "threshold:2"])
def test_values_of_arrangements(spec: str) -> None:
    network = gallery.get(spec)
    first, last = network.layers
    for point in points(network.input_dimension, count=20):
        neurons = [
            relu(sum((w * c for w, c in zip(row, point, strict=True)), b))
            for row, b in zip(first.weight, first.bias, strict=True)
        ]
        expected = sum(w * h for w, h in zip(last.weight[0], neurons, strict=True))
        assert network(point) == (expected,)


def test_xor_decides_xor() -> None:
    outputs = [gallery.get("xor")(p)[0] for p in itertools.product((-1, 1), repeat=2)]
    assert outputs == [-1, 1, 1, -3]


def test_sawtooth_has_its_teeth_on_the_unit_interval() -> None:
    network = gallery.get("sawtooth:5")
    assert [network([Fraction(i, 32)])[0] for i in range(33)] == [i % 2 for i in range(33)]


def test_maximum_plays_as_many_rounds_as_it_must() -> None:
    for n in range(2, 20):
        network = gallery.get(f"max:{n}")
        assert len(network.layers) == math.ceil(math.log2(n)) + 1
        point = random.Random(n).sample(range(-50, 50), n)
        assert network(point) == (Fraction(max(point)),)


def test_annulus_is_positive_on_the_annulus_alone() -> None:
    network = gallery.get("l1_annulus")
    for point in points(2, count=200):
        assert (network(point)[0] > 0) == (1 < abs(point[0]) + abs(point[1]) < 3)


@pytest.mark.parametrize("n", [1, 2, 3, 4, 8, 9, 24])
def test_lines_are_generic(n: int) -> None:
    lines = arrangement_of(gallery.get(f"lines:{n}"))
    assert len(lines.hyperplanes) == n
    assert lines.is_generic
    assert lines.regions == lazy_caterer(n)


def crossings(rows: Sequence[Sequence[Fraction]]) -> list[tuple[Fraction, Fraction]]:
    return [
        ((b * f - c * e) / (a * e - b * d), (c * d - a * f) / (a * e - b * d))
        for (a, b, c), (d, e, f) in itertools.combinations(rows, 2)
    ]


@pytest.mark.parametrize(("n", "shown"), [(8, 32), (5, lazy_caterer(5)), (12, lazy_caterer(12))])
def test_regions_that_the_window_of_lines_shows(n: int, shown: int) -> None:
    """In a convex window generic lines show 1 + lines + crossings inside (induction over lines)."""
    exhibit = gallery.exhibit(f"lines:{n}")
    ((low, high),) = set(exhibit.window)
    first = exhibit.network.layers[0]
    rows = [(*w, b) for w, b in zip(first.weight, first.bias, strict=True)]
    for a, b, c in rows:
        corners = [a * x + b * y + c for x in (low, high) for y in (low, high)]
        assert min(corners) < 0 < max(corners)
    far = [max(map(abs, point)) for point in crossings(rows)]
    assert high == -low
    assert high not in far
    assert 1 + n + sum(distance < high for distance in far) == shown


def test_window_of_eight_lines_by_sampling() -> None:
    ((low, high), _) = gallery.exhibit("lines:8").window
    grid = [low + (high - low) * Fraction(2 * i + 1, 160) for i in range(80)]
    patterns = {tuple(a * x + b * y + c > 0 for a, b, c in EIGHT_LINES) for x in grid for y in grid}
    assert len(patterns) == 32


@pytest.mark.parametrize(
    ("family", "n", "regions"),
    [
        *(("braid", n, math.factorial(n)) for n in range(2, 6)),
        *(("shi", n, (n + 1) ** (n - 1)) for n in range(2, 5)),
        *(("resonance", n, count) for n, count in enumerate((2, 6, 32, 370, 11292), 1)),
        *(("threshold", n, count) for n, count in enumerate((4, 14, 104), 1)),
    ],
)
def test_regions_of_arrangements(family: str, n: int, regions: int) -> None:
    assert arrangement_of(gallery.get(f"{family}:{n}")).regions == regions


@pytest.mark.parametrize(
    ("spec", "name"),
    [
        ("braid:2", "braid_A1_n2"),
        ("braid:3", "braid_A2_n3"),
        ("braid:4", "braid_A3_n4"),
        *((f"shi:{n}", f"shi_n{n}") for n in (2, 3)),
        *((f"resonance:{n}", f"resonance_n{n}") for n in (1, 2, 3, 4)),
        *((f"threshold:{n}", f"threshold_n{n}") for n in (1, 2, 3)),
    ],
)
def test_arrangements_are_those_of_the_ground_truth(
    spec: str, name: str, ground_truth: dict[str, Any]
) -> None:
    (case,) = (case for case in ground_truth["arrangements"] if case["name"] == name)
    first = gallery.get(spec).layers[0]
    assert [[str(w) for w in row] for row in first.weight] == case["normals"]
    assert [str(b) for b in first.bias] == case["offsets"]


@pytest.mark.parametrize(
    ("spec", "name"),
    [
        ("abs", "abs_by_two_relus"),
        ("max:2", "max2"),
        ("max:3", "max3_tournament"),
        ("hat1d", "hat1d"),
        ("hat2d", "hat2d_hexagon"),
        *((f"sawtooth:{k}", f"telgarsky_sawtooth_k{k}_on_unit_interval") for k in range(1, 6)),
    ],
)
def test_networks_are_those_of_the_ground_truth(
    spec: str, name: str, ground_truth: dict[str, Any]
) -> None:
    (case,) = (case for case in ground_truth["networks"] if case["name"] == name)
    assert gallery.get(spec) == Network.from_dict({"layers": case["layers"]})


def test_bent_lines_refine_the_eight_and_one_ends_at_a_crossing() -> None:
    network = gallery.get("bent_lines")
    complex_ = regions(network)
    assert network.layers[0] == gallery.get("lines:8").layers[0]
    assert len(complex_) == len(regions(network, method="reference")) == 63
    assert len({next(iter(cell.pattern)) for cell in complex_.cells}) == 37
    crossing = (Fraction(3, 8), Fraction(1, 4))
    assert network.signs_at(crossing)[0][1] == network.signs_at(crossing)[0][4] == 0
    third = {network.signs_at((Fraction(3, 8) + x, Fraction(1, 4)))[1][2] for x in (1, 2, 5)}
    assert third == {0}


@pytest.mark.parametrize("name", gallery.names())
def test_every_exhibit_is_whole(name: str) -> None:
    exhibit = gallery.exhibit(name)
    network = exhibit.network
    assert network.name == exhibit.spec
    assert gallery.get(exhibit.spec) == network
    assert len(exhibit.window) == network.input_dimension
    assert all(low < high for low, high in exhibit.window)
    assert network.output_dimension == 1
    assert exhibit.description in gallery.describe(name)
    assert "\n" not in gallery.describe(name)
    assert gallery.describe(exhibit.spec) == gallery.describe(name)


def test_names_are_sorted() -> None:
    assert list(gallery.names()) == sorted(gallery.names())


@pytest.mark.parametrize(
    ("name", "widths", "activation"),
    [
        ("rings", (8, 8, 8, 8), "leaky_relu:1/50"),
        ("disc", (3,), "relu"),
        ("digits", (10,), "relu"),
    ],
)
def test_trained_networks(name: str, widths: tuple[int, ...], activation: str) -> None:
    network = gallery.get(name)
    assert network.widths == widths
    assert network.input_dimension == (64 if name == "digits" else 2)
    assert {layer.activation_spec for layer in network.layers[:-1]} == {activation}
    assert all(64 % layer.denominator == 0 for layer in network.layers)


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("line:8", r"no network named 'line' .* did you mean lines\b.*There are: abs, bent_lines"),
        ("qqqq", r"no network named 'qqqq' in the gallery; there are: abs, bent_lines, .*, xor$"),
        ("", "no network named ''"),
        ("xor:3", "xor takes no parameter, got 'xor:3'"),
        ("xor:", "xor takes no parameter"),
        ("lines:0", "lines:n needs a whole number n from 1 to 1000, got 'lines:0'"),
        ("lines:", "whole number n from 1 to 1000, got 'lines:'"),
        ("lines:-3", "whole number n from 1 to 1000"),
        ("lines:8.0", "whole number n from 1 to 1000"),
        ("sawtooth:²", "sawtooth:k needs a whole number k from 1 to 100"),
        ("max:1", "max:n needs a whole number n from 2 to 100, got 'max:1'"),
        ("resonance:99999999999", "from 1 to 12"),
    ],
)
def test_messages(spec: str, message: str) -> None:
    with pytest.raises(GalleryError, match=message) as caught:
        gallery.get(spec)
    assert caught.value.spec == spec
    assert isinstance(caught.value, ExactPWLError)
    assert isinstance(caught.value, ValueError)


def test_describing_what_is_not_there() -> None:
    with pytest.raises(GalleryError, match="did you mean rings"):
        gallery.describe("ring")
