"""Robustness at a point, against all regions by other code, closed forms, and broken inputs.

The brute force takes every region of the reference engine, cuts it by the rival with cddlib, and
takes the nearest point of the generators: no search, no bands, no growing programs.
"""

import json
import random
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import exactpwl.questions.adversaries as adversaries
import exactpwl.questions.bands as bands
from exactpwl import Domain, Maximum, Network, gallery, regions
from exactpwl.certificate import Property
from exactpwl.data.decision import decision_distances
from exactpwl.errors import (
    CertificateError,
    DimensionError,
    DomainError,
    OptionError,
    TooLargeError,
)
from exactpwl.generators import generators
from exactpwl.inequality import dot
from exactpwl.nearest import nearest_point, size
from exactpwl.questions import BALL_NORMS, Robustness, robustness
from exactpwl.questions.balls import ball
from exactpwl_check.__main__ import main as check
from strategies import domains, networks, points, rationals

Point = tuple[Fraction, ...]
Known = tuple[Fraction | None, Fraction | None]


def brute(network: Network, x: Point, norm: Any, domain: Domain, level: Fraction) -> Known:
    """Return the radius and the distance of the nearest tie, by all regions."""
    outputs = network(x)
    best = max(outputs)
    if len(outputs) == 1:
        sign = (best > level) - (best < level)
        rivals = [((Fraction(-sign),), sign * level)] if sign else []
    else:
        first = outputs.index(best)
        others = [k for k in range(len(outputs)) if k != first]
        rivals = [
            (tuple(Fraction((i == k) - (i == first)) for i in range(len(outputs))), Fraction(0))
            for k in others
        ]
    if not rivals or any(dot(c, outputs) + constant == 0 for c, constant in rivals):
        return Fraction(0), Fraction(0)
    crossed: list[Fraction] = []
    tied: list[Fraction] = []
    for region in regions(network, domain, method="reference").regions:
        rows = [(one.normal, one.offset) for one in region.inequalities]
        found = region.affine_map
        for coefficients, constant in rivals:
            slope = tuple(dot(coefficients, column) for column in zip(*found.weight, strict=True))
            offset = dot(coefficients, found.bias) + constant
            cut = generators([*rows, (slope, offset)], len(x))
            if cut.is_empty:
                continue
            y = nearest_point(x, cut.vertices, cut.rays, cut.lines, norm)
            tied.append(size([a - b for a, b in zip(x, y, strict=True)], norm))
            rises = any(dot(slope, v) + offset > 0 for v in cut.vertices)
            rises |= any(dot(slope, r) > 0 for r in cut.rays)
            if rises or any(dot(slope, u) for u in cut.lines):
                crossed.append(tied[-1])
    return min(crossed, default=None), min(tied, default=None)


def agree(found: Robustness, known: Known) -> None:
    radius, tie = known
    assert found.radius == radius
    assert (found.tie.distance if found.tie else found.radius) == tie


def sound(found: Robustness) -> None:
    """Evaluate the adversary, the points beyond it, and a grid inside the open ball."""
    x, radius = found.point, found.radius
    network = found.network
    if found.adversary is not None and radius:
        star, beyond = found.adversary.point, found.adversary.beyond
        assert size([a - b for a, b in zip(x, star, strict=True)], norm_of(found)) == radius
        assert beyond is not None
        for share in (Fraction(1), Fraction(1, 7), Fraction(1, 10**9)):
            point = [s + share * (b - s) for s, b in zip(star, beyond, strict=True)]
            assert found.domain.contains(point)
            assert changed(found, network(point))
        assert not changed(found, network(star))
    reach = Fraction(3) if radius is None else radius
    if reach and len(x) < 3:
        for steps in product(range(-6, 7), repeat=len(x)):
            gap = [reach * s / 6 for s in steps]
            point = [c + g for c, g in zip(x, gap, strict=True)]
            if size(gap, norm_of(found)) < reach and found.domain.contains(point):
                assert not changed(found, network(point))


def norm_of(found: Robustness) -> Any:
    return BALL_NORMS[found.norm]


def changed(found: Robustness, outputs: Point) -> bool:
    if len(outputs) == 1:
        return (outputs[0] - found.threshold) * found.label < 0
    return max(outputs) > outputs[found.label]


@st.composite
def cases(draw: st.DrawFn) -> tuple[Network, Point, str, Domain, Fraction]:
    network = draw(networks(outputs=st.integers(1, 3)))
    domain = draw(domains(network.input_dimension))
    x = draw(points(network.input_dimension))
    level = draw(rationals(2, 2)) if network.output_dimension == 1 else Fraction(0)
    return network, x, draw(st.sampled_from(["inf", "1"])), domain, level


@settings(max_examples=60)
@given(cases())
def test_against_all_regions(case: tuple[Network, Point, str, Domain, Fraction]) -> None:
    network, x, norm, domain, level = case
    assume(domain.contains(x))
    known = brute(network, x, BALL_NORMS[norm], domain, level)
    found = robustness(network, x, norm, domain, threshold=level)
    agree(found, known)
    sound(found)


@settings(max_examples=25)
@given(cases(), st.sampled_from([Fraction(1, 3), Fraction(1), Fraction(5, 2)]))
def test_a_radius_cuts_the_search_short(case: Any, cap: Fraction) -> None:
    network, x, norm, domain, level = case
    assume(domain.contains(x))
    radius, _ = brute(network, x, BALL_NORMS[norm], domain, level)
    found = robustness(network, x, norm, domain, cap, threshold=level)
    if radius is not None and radius < cap:
        assert (found.radius, found.is_bound) == (radius, False)
    elif found.radius is None:  # the domain was covered
        assert radius is None
    else:
        assert (found.radius, found.is_bound, found.adversary) == (cap, True, None)


def degenerate_cases(seed: int, count: int) -> Iterator[tuple[Network, Point, Domain, Fraction]]:
    """Yield deeper networks with small weights, where hyperplanes coincide and functions touch."""
    draw = random.Random(seed)
    half = Fraction(1, 2)
    kinds = ["relu", "relu", "relu", "abs", "leaky_relu:1/2", "hard_tanh", "relu6", "linear"]

    def layer(inputs: int, width: int, kind: str) -> Any:
        rows = [[draw.choice([-1, 0, 1, 1, 2, half]) for _ in range(inputs)] for _ in range(width)]
        return rows, [draw.choice([-1, 0, 1, half]) for _ in range(width)], kind

    while count:
        inputs = size_ = draw.choice([1, 2, 2, 3])
        layers = []
        for _ in range(draw.randint(1, 3)):
            width = draw.randint(1, 4)
            layers.append(layer(size_, width, draw.choice(kinds)))
            size_ = width
        outputs = draw.choice([1, 2, 3])
        layers.append(layer(size_, outputs, "linear"))
        ends = [sorted(draw.sample(range(-4, 5), 2)) for _ in range(inputs)]
        domain = Domain.box(ends) if draw.random() < 0.3 else Domain.whole(inputs)
        x = tuple(Fraction(draw.randint(-8, 8), draw.randint(1, 3)) for _ in range(inputs))
        if domain.contains(x):
            count -= 1
            yield (
                Network(layers),
                x,
                domain,
                draw.choice([0, half]) if outputs == 1 else Fraction(0),
            )


def sweep(seed: int, count: int) -> None:
    for network, x, domain, level in degenerate_cases(seed, count):
        for norm in BALL_NORMS:
            found = robustness(network, x, norm, domain, threshold=level)
            agree(found, brute(network, x, BALL_NORMS[norm], domain, Fraction(level)))


def test_degenerate_networks() -> None:
    sweep(seed=24, count=25)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 6))
def test_many_degenerate_networks(seed: int) -> None:
    sweep(seed, count=150)


def test_rows_of_the_box_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is known of neurons holds in a node's box only, which its other rows do not imply."""
    monkeypatch.setattr(bands.Around, "walls", lambda self, whole: [])
    with pytest.raises((CertificateError, AssertionError)):
        sweep(seed=24, count=25)


def checked(found: Robustness, folder: Path) -> int:
    path = folder / "ball.cert"
    found.certificate().save(path)
    return check([str(path)])


@pytest.mark.parametrize("norm", ["inf", "1"])
@pytest.mark.parametrize("name", ["xor", "disc", "l1_annulus"])
def test_the_ball_is_proved_and_a_larger_one_is_not(name: str, norm: str, tmp_path: Path) -> None:
    found = robustness(gallery.get(name), ("1/5", "-1/3"), norm)
    assert found.radius
    assert isinstance(found.certificate().claim, Property)
    assert checked(found, tmp_path) == 0
    larger = Robustness(
        found.network, found.domain, found.point, norm, found.threshold, found.label, (),
        found.radius * Fraction(1001, 1000),
    )  # fmt: skip
    with pytest.raises(CertificateError, match="the class changes at"):
        larger.certificate()


def test_an_altered_certificate_is_refused(tmp_path: Path) -> None:
    found = robustness(gallery.get("xor"), (1, 1))
    path = tmp_path / "ball.cert"
    found.certificate().save(path)
    head, *lines = path.read_text().splitlines()
    told = json.loads(head)
    assert told["domain"][0] == ["4", "0", "-1"]
    told["domain"][0] = ["4", "0", "1"]
    path.write_text("\n".join([json.dumps(told), *lines, ""]))
    assert check([str(path)]) != 0


def test_the_l1_annulus() -> None:
    """Positive exactly where 1 < |x| + |y| < 3: distances to two diamonds."""
    annulus = gallery.get("l1_annulus")
    inside, ring = robustness(annulus, (0, 0), "1"), robustness(annulus, (2, 0), "1")
    assert (inside.radius, inside.label) == (1, -1)
    assert (ring.radius, ring.label) == (1, 1)
    assert robustness(annulus, (0, 0)).radius == Fraction(1, 2)
    assert robustness(annulus, (0, 5)).radius == 2
    assert robustness(annulus, (0, 100), "1").radius == 97


def test_a_function_that_only_touches() -> None:
    """|x - 1| keeps its class, and ties at 1; minus 4 relu(-x) it loses it further on."""
    touching = Network([([[1]], [-1], "abs"), ([[1]], [0], "linear")])
    found = robustness(touching, (4,))
    assert (found.radius, found.adversary) == (None, None)
    assert found.tie is not None
    assert (found.tie.distance, found.tie.point, found.tie.beyond) == (3, (1,), None)
    crossed = Network([([[1], [-1]], [-1, 0], ["abs", "relu"]), ([[1, -4]], [0], "linear")])
    found = robustness(crossed, (2,))
    assert found.tie is not None
    assert (found.tie.distance, found.radius) == (1, 2 + Fraction(1, 3))
    assert found.adversary is not None
    assert found.adversary.point == (Fraction(-1, 3),)


def test_a_tie_far_beyond_the_doublings() -> None:
    far = Network([([[1]], [-(10**6)], "abs"), ([[1]], [0], "linear")])
    found = robustness(far, (0,))
    assert found.radius is None
    assert found.tie is not None
    assert found.tie.distance == 10**6
    crossed = robustness(far, (0,), threshold="1/2")
    assert crossed.radius == 10**6 - Fraction(1, 2)


def test_a_tie_at_the_point() -> None:
    several = Network([([[1, 0], [0, 1], [0, 0]], [0, 0, 0], "linear")])
    found = robustness(several, (2, 2))
    assert (found.radius, found.label, found.tied) == (0, 0, (1,))
    assert found.adversary is not None
    assert found.adversary.point == (2, 2)
    with pytest.raises(DomainError, match="nothing to prove"):
        found.certificate()
    at_the_level = robustness(gallery.get("tent"), ("1/4",), threshold="1/2")
    assert (at_the_level.radius, at_the_level.label) == (0, 0)


def test_a_tie_everywhere_is_no_change(tmp_path: Path) -> None:
    """The class at 2 is 0; to the left the outputs agree, which is a tie and no change."""
    network = Network([([[1], [0]], [0, 0], ["relu", "linear"])])
    found = robustness(network, (2,))
    assert found.radius is None
    assert found.tie is not None
    assert found.tie.distance == 2
    assert checked(found, tmp_path) == 0


def test_dead_and_constant_networks() -> None:
    dead = Network([([[1, 1]], [0], "relu"), ([[0]], [-3], "relu"), ([[1]], [1], "linear")])
    found = robustness(dead, (0, 0))
    assert (found.radius, found.tie) == (None, None)
    assert robustness(dead, (0, 0), domain=[(-1, 1)] * 2).radius is None
    zero = Network([([[0, 0]], [0], "relu")])
    assert robustness(zero, (1, 1)).radius == 0
    assert robustness(zero, (1, 1), threshold=1).radius is None


def test_only_the_domain_counts() -> None:
    xor = gallery.get("xor")
    assert robustness(xor, (1, 1)).radius == Fraction(3, 4)
    half = Domain.polyhedron([[-1, 1]], ["-1/2"])
    found = robustness(xor, (1, "1/2"), domain=half)
    assert found.adversary is not None
    assert found.domain.contains(found.adversary.point)
    assert robustness(xor, (1, 1), domain=[("1/2", 2)] * 2).radius is None
    corner = robustness(xor, (1, 1), domain=[("1/4", 2)] * 2)
    assert (corner.radius, corner.tie and corner.tie.point) == (None, (Fraction(1, 4),) * 2)


def test_maxima(tmp_path: Path) -> None:
    """max(x, y, 0) - 1 along the diagonal and along an axis."""
    network = Network(
        [([[1, 0], [0, 1], [0, 0]], [0, 0, 0], "linear"), Maximum([[0, 1, 2]])], name="max"
    )
    found = robustness(network, (-2, -3), threshold=1)
    assert found.radius == 3
    assert checked(found, tmp_path) == 0


def test_the_nearest_tie_is_the_decision_boundary_of_data() -> None:
    run = gallery.run("disc-8-8-8")
    network = run.networks[-1]
    complex_ = regions(network, [(-2, 2)] * 2)
    chosen = run.points[:6]
    for x, known in zip(chosen, decision_distances(complex_, chosen), strict=True):
        assert known is not None
        for norm, distance in (("inf", known.linf), ("1", known.l1)):
            found = robustness(network, x, norm, complex_.domain)
            assert (found.tie.distance if found.tie else found.radius) == distance


def test_many_inputs() -> None:
    """64 inputs: beyond any enumeration, but not where a few neurons matter."""
    digits = gallery.get("digits")
    picture = [Fraction((7 * i) % 17, 16) for i in range(64)]
    found = robustness(digits, picture, "1", radius=3)
    assert found.is_bound or found.adversary is not None
    near = robustness(digits, picture, radius="1/8")
    assert near.radius
    half = robustness(digits, picture, radius=near.radius / 2)
    assert (half.is_bound, half.radius) == (True, near.radius / 2)
    with pytest.raises(TooLargeError, match="at most 12 inputs"):
        ball(tuple(picture), Fraction(1), "1")
    assert isinstance(half.certificate().claim, Property)
    constant = Network([([[1] * 64, [0] * 64], [0, -1], ["relu", "linear"])])
    assert robustness(constant, [1] * 64, radius=3).is_bound


def test_what_is_refused() -> None:
    xor = gallery.get("xor")
    with pytest.raises(OptionError, match="norms of balls are inf, 1; got '2'"):
        robustness(xor, (1, 1), "2")
    with pytest.raises(OptionError, match="a positive radius"):
        robustness(xor, (1, 1), radius=0)
    with pytest.raises(DimensionError, match="2 coordinates"):
        robustness(xor, (1,))
    with pytest.raises(DomainError, match="point of the domain"):
        robustness(xor, (3, 3), domain=[(0, 1)] * 2)
    with pytest.raises(OptionError, match="a threshold is for one output"):
        robustness(Network([([[1], [0]], [0, 0], "linear")]), (1,), threshold=1)


def test_without_a_look_beyond_touching_would_be_crossing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adversaries.Search, "_beyond", lambda self, step, *_: step)
    touching = Network([([[1]], [-1], "abs"), ([[1]], [0], "linear")])
    with pytest.raises(CertificateError, match="is no adversary"):
        robustness(touching, (4,))


def test_a_kink_that_is_overlooked_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """1 - x as far as 1/2, then flat, and steep from 10 on."""
    first = [[1], [1], [1]], [0, "-1/2", -10], ["linear", "relu", "relu"]
    network = Network([first, ([[-1, 1, -1]], [1], "linear")])
    assert robustness(network, (0,)).radius == 10 + Fraction(1, 2)

    def of_the_middle(self: Any, low: Any, high: Any) -> tuple[int, int]:
        piece = sum((low + high) / 2 > c for c in self.breakpoints)
        return piece, piece

    monkeypatch.setattr(bands._Pieces, "reached", of_the_middle)
    with pytest.raises(CertificateError, match="is no adversary"):
        robustness(network, (0,))
