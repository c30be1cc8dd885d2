"""One layer counted by its characteristic polynomial, held against the regions themselves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

import strategies
from exactpwl import Listener, Network, count, gallery, regions
from exactpwl import summary as summary_module
from exactpwl.errors import OptionError, TooLargeError
from exactpwl.theory import characteristic
from exactpwl.zaslavsky import BY_POLYNOMIAL

BOTH = list(BY_POLYNOMIAL)
DEEP = Network([([[1], [1]], [0, "-1/2"], "relu"), ([[2, -4]], [0], "relu")], name="deep")


@given(strategies.networks(depth=1, width=6))
def test_any_layer_has_the_regions_that_the_polynomial_counts(network: Network) -> None:
    """Linear layers before it, any activation, repeated rows, parallels, zero rows, lineality."""
    complex_ = regions(network)
    found = count(network, only=BOTH, method="polynomial")
    assert found["activation_regions"] == len(complex_)
    assert found["bounded_regions"] == complex_.bounded_count


@pytest.mark.parametrize("spec", ["braid:5", "shi:4", "threshold:3", "resonance:4", "lines:20"])
def test_the_methods_agree_on_the_gallery(spec: str) -> None:
    network = gallery.get(spec)
    subdivided = count(network, only=BOTH, method="subdivide")
    assert count(network, only=BOTH, method="polynomial") == subdivided
    assert count(network, only=BOTH) == subdivided


@pytest.mark.parametrize("inputs", [2, 5])
def test_the_methods_agree_on_float32_weights(inputs: int) -> None:
    """Two breakpoints a neuron: 24 pairs of parallel hyperplanes with long integer rows."""
    draw = np.random.default_rng(inputs)
    weight = draw.standard_normal((8, inputs)).astype(np.float32)
    bias = draw.standard_normal(8).astype(np.float32)
    network = Network([(weight.tolist(), bias.tolist(), "hard_tanh")])
    subdivided = count(network, only=BOTH, method="subdivide")
    assert count(network, only=BOTH, method="polynomial") == subdivided


@pytest.mark.parametrize(
    ("spec", "found"),
    [
        ("resonance:7", 347326352),  # OEIS A034997
        ("threshold:7", 8378070864),  # OEIS A000609
        ("braid:8", 40320),
        ("shi:7", 8**6),
    ],
)
def test_known_numbers_without_a_region(
    spec: str, found: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summary_module, "regions", None)
    counts = count(gallery.get(spec), only="activation_regions,bounded_regions,dimension")
    assert (counts["activation_regions"], counts["bounded_regions"]) == (found, 0)


def test_a_layer_with_more_inputs_than_neurons() -> None:
    """The engine would need 2^40 cells to start with."""
    draw = np.random.default_rng(0)
    network = Network([(draw.standard_normal((40, 50)).tolist(), [1] * 40, "relu")])
    assert count(network, only="activation_regions")["activation_regions"] == 2**40


def test_no_kink_at_all() -> None:
    line = Network([([[1, 2]], [0], "linear")])
    found = count(line, only=BOTH, method="polynomial")
    assert (found["activation_regions"], found["bounded_regions"]) == (1, 0)


@pytest.mark.parametrize(
    ("network", "domain", "only"),
    [
        (DEEP, None, BOTH),
        (gallery.get("lines:8"), [(-1, 1), (-1, 1)], BOTH),
        (gallery.get("lines:8"), None, ["activation_regions", "adjacencies"]),
    ],
    ids=["two layers", "a domain", "another count"],
)
def test_otherwise_the_regions_are_enumerated(
    network: Network, domain: object, only: list[str]
) -> None:
    assert count(network, domain, only=only) == count(
        network, domain, only=only, method="subdivide"
    )
    with pytest.raises(OptionError, match="take method 'subdivide'"):
        count(network, domain, only=only, method="polynomial")


def test_too_many_flats_are_enumerated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(characteristic, "FLAT_LIMIT", 20)
    network = gallery.get("resonance:4")
    assert count(network, only=BOTH)["activation_regions"] == 370
    with pytest.raises(TooLargeError, match="at most 20 flats"):
        count(network, only=BOTH, method="polynomial")


def test_one_of_both_counts() -> None:
    found = count(gallery.get("disc"), only="bounded_regions", method="polynomial")
    assert (found["bounded_regions"], found["activation_regions"]) == (1, None)


@pytest.mark.parametrize(
    ("network", "domain", "only", "message"),
    [
        (DEEP, None, BOTH, r"one layer with kinks over the whole space, but here layers 0, 1 have"),
        (gallery.get("tent"), [(0, 1)], BOTH, r"but here the domain is the box \[0, 1\]"),
        (
            gallery.get("tent"),
            None,
            None,
            "activation_regions and bounded_regions only: choose among these .* got adjacencies, ",
        ),
    ],
)
def test_messages(network: Network, domain: object, only: object, message: str) -> None:
    with pytest.raises(OptionError, match=message):
        count(network, domain, only=only, method="polynomial")


def test_unknown_methods_are_refused() -> None:
    with pytest.raises(OptionError, match=r"methods are auto, polynomial, subdivide; got 'fast'"):
        count(DEEP, method="fast")


def test_a_complex_takes_no_method() -> None:
    with pytest.raises(OptionError, match="regions already: leave the method out"):
        count(regions(DEEP), method="subdivide")


def test_a_listener_hears_of_all_the_work() -> None:
    class Heard(Listener):
        share = 0.0
        total = 0

        def regions(self, count: int, share: float) -> None:
            self.share += share

        def finished(self, count: int) -> None:
            self.total = count

    heard = Heard()
    count(gallery.get("resonance:5"), only="activation_regions", listener=heard)
    assert (heard.share, heard.total) == (1, 11292)
