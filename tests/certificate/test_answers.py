"""The answers that are certified are right, and the checker believes their certificates."""

import json
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactpwl import Network, gallery, regions
from exactpwl.certificate import (
    Certificate,
    Counterexample,
    Equal,
    Property,
    certify_equality,
    certify_lipschitz,
    certify_partition,
    certify_property,
    certify_range,
)
from exactpwl.certificate.question import parse_combination, parse_inequality
from exactpwl.errors import NetworkError, OptionError
from exactpwl_check.__main__ import main as judge
from strategies import domains, networks, points

TRUTH = Path(__file__).resolve().parents[2].parent / "shared" / "ground_truth.json"
ABS = Network([([[1], [-1]], [0, 0], "relu"), ([[1, 1]], [0], "linear")])


def believed(certificate: Certificate, folder: Path) -> bool:
    path = folder / "claim.cert"
    certificate.save(path)
    with patch.object(sys, "argv", ["exactpwl-check", str(path)]):
        return judge() == 0


@given(data=st.data())
def test_every_partition_is_believed(data: st.DataObject, tmp_path_factory: Any) -> None:
    network = data.draw(networks(depth=3, width=4))
    domain = data.draw(domains(network.input_dimension))
    certificate = certify_partition(network, domain)
    assert certificate.claim.regions == len(regions(network, domain))
    assert believed(certificate, tmp_path_factory.mktemp("partition"))


@given(data=st.data())
def test_ranges_hold_and_are_believed(data: st.DataObject, tmp_path_factory: Any) -> None:
    network = data.draw(networks(depth=2, width=4))
    domain = data.draw(domains(network.input_dimension))
    coefficients = data.draw(
        st.lists(
            st.integers(-2, 2), min_size=network.output_dimension, max_size=network.output_dimension
        )
    )
    certificate = certify_range(network, coefficients, domain)
    assert believed(certificate, tmp_path_factory.mktemp("range"))
    claim = certificate.claim
    for end in (claim.lower, claim.upper):
        output = network(end.point)
        value = sum(c * y for c, y in zip(coefficients, output, strict=True))
        assert domain.contains(end.point)
        assert end.value is None or end.value == value
        if end.value is not None:
            sign = -1 if end is claim.upper else 1
            asked = [([sign * -c for c in coefficients], -sign * end.value)]
            holds = certify_property(network, asked, domain)
            assert isinstance(holds.claim, Property)
            assert believed(holds, tmp_path_factory.mktemp("holds"))
            fails = certify_property(
                network, [([sign * -c for c in coefficients], -sign * end.value - 1)], domain
            )
            assert isinstance(fails.claim, Counterexample)
            assert domain.contains(fails.claim.point)
            assert believed(fails, tmp_path_factory.mktemp("fails"))


@given(data=st.data())
def test_networks_are_equal_to_themselves_and_to_no_shifted_ones(
    data: st.DataObject, tmp_path_factory: Any
) -> None:
    network = data.draw(networks(depth=2, width=3))
    domain = data.draw(domains(network.input_dimension))
    same = certify_equality(network, network, domain)
    assert isinstance(same.claim, Equal)
    assert believed(same, tmp_path_factory.mktemp("same"))
    last = network.layers[-1]
    moved = Network(
        [*network.layers[:-1], (last.weight, [b + 1 for b in last.bias], list(last.activations))]
    )
    if last.is_linear:
        other = certify_equality(network, moved, domain)
        assert isinstance(other.claim, Counterexample)
        assert network(other.claim.point) != moved(other.claim.point)
        assert believed(other, tmp_path_factory.mktemp("other"))


@given(data=st.data())
@settings(max_examples=20)
def test_lipschitz_constants_are_believed(data: st.DataObject, tmp_path_factory: Any) -> None:
    network = data.draw(networks(depth=2, width=3))
    domain = data.draw(domains(network.input_dimension))
    norm = data.draw(st.sampled_from(["1", "inf"]))
    certificate = certify_lipschitz(network, norm, domain)
    assert believed(certificate, tmp_path_factory.mktemp("lipschitz"))
    x, y = (data.draw(points(network.input_dimension)) for _ in range(2))
    if domain.contains(x) and domain.contains(y):
        size = sum if norm == "1" else max
        moved = size(abs(a - b) for a, b in zip(network(x), network(y), strict=True))
        assert moved <= certificate.claim.value * size(
            abs(a - b) for a, b in zip(x, y, strict=True)
        )


def test_networks_of_different_depth_are_compared(tmp_path: Path) -> None:
    folded = Network([([[1]], [0], "abs"), ([[1]], [0], "relu"), ([[1]], [0], "linear")])
    certificate = certify_equality(ABS, folded)
    assert isinstance(certificate.claim, Equal)
    assert believed(certificate, tmp_path)
    assert believed(certify_equality(folded, ABS), tmp_path)


def test_two_networks_with_other_sizes_are_refused() -> None:
    with pytest.raises(NetworkError, match="same numbers of inputs and outputs"):
        certify_equality(ABS, gallery.get("xor"))


def test_strict_bounds() -> None:
    """abs is nowhere below 0, and at 0 not above it."""
    weak = certify_property(ABS, [([-1], 0)])
    assert isinstance(weak.claim, Property)
    strict = certify_property(ABS, [parse_inequality("y > 0", 1)])
    assert isinstance(strict.claim, Counterexample)
    assert strict.claim.point == (0,)


def test_the_square_of_the_euclidean_norm_is_for_one_output() -> None:
    assert certify_lipschitz(gallery.get("xor"), "2 squared").claim.value == 8
    two = Network([([[1], [2]], [0, 0], "relu")])
    with pytest.raises(OptionError, match="one output"):
        certify_lipschitz(two, "2 squared")
    with pytest.raises(OptionError, match="the norms are 1, inf, 2 squared"):
        certify_lipschitz(two, "3")


@pytest.mark.skipif(not TRUTH.is_file(), reason=f"the proven answers are not there: no {TRUTH}")
def test_proven_ranges_and_constants() -> None:
    checked = 0
    for case in json.loads(TRUTH.read_text("utf-8"))["networks"]:
        known = case.get("quantities", {})
        network = Network([(q["W"], q["b"], q["activation"]) for q in case["layers"]])
        domain = case.get("box")
        for key, norm in (
            ("lipschitz", "inf"),
            ("lipschitz_linf", "inf"),
            ("lipschitz_l2_squared", "2 squared"),
        ):
            if key in known:
                assert certify_lipschitz(network, norm, domain).claim.value == Fraction(known[key])
                checked += 1
        for key in ("range", "range_on_box"):
            if key in known:
                claim = certify_range(network, [1], domain).claim
                assert [claim.lower.value, claim.upper.value] == list(map(Fraction, known[key]))
                checked += 1
    assert checked >= 15


def test_written_files_are_the_same_every_time_and_whole(tmp_path: Path) -> None:
    certificate = regions(gallery.get("xor")).certificate()
    for name in ("a.cert.gz", "b.cert.gz"):
        certificate.save(tmp_path / name)
    first, second = ((tmp_path / name).read_bytes() for name in ("a.cert.gz", "b.cert.gz"))
    assert first == second
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.cert.gz", "b.cert.gz"]


@pytest.mark.parametrize(
    ("text", "coefficients", "bound", "strict"),
    [
        ("y1 <= 1", ["1", "0"], "1", False),
        ("2*y1 - 1/3 y2 < y1 + 4", ["1", "-1/3"], "4", True),
        ("y2 >= y1", ["1", "-1"], "0", False),
        ("-y1 > 0.5", ["1", "0"], "-1/2", True),
        ("3 < y2", ["0", "-1"], "-3", True),
    ],
)
def test_inequalities_are_read(
    text: str, coefficients: list[str], bound: str, strict: bool
) -> None:
    found = parse_inequality(text, 2)
    told = {"coefficients": coefficients, "inputs": [], "bound": bound, "strict": strict}
    assert found.as_json() == told


@pytest.mark.parametrize(
    "text", ["y1", "y1 = 2", "y3 <= 1", "y <= 1", "<= 1", "y1 y2 <= 1", "1 2 < y1", "z <= 1"]
)
def test_what_is_no_inequality_is_refused(text: str) -> None:
    with pytest.raises(OptionError):
        parse_inequality(text, 2)


def test_a_combination_has_no_constant() -> None:
    assert parse_combination("y", 1) == (1,)
    with pytest.raises(OptionError, match="without a constant"):
        parse_combination("y + 1", 1)


def test_what_cannot_be_read_is_told_with_an_example_of_its_kind() -> None:
    with pytest.raises(OptionError, match="write such as 'y1 - 2 y2 <= 3/4'"):
        parse_inequality("y^2 <= 1", 1)
    with pytest.raises(OptionError, match=r"write such as 'y1 - 2 y2'$"):
        parse_combination("y^2", 1)
