"""Arrays and .npz files: floats exactly, and every refusal by name."""

import re
import zipfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from exactpwl.errors import FormatError, NetworkError
from exactpwl.io import (
    load_network,
    network_from_arrays,
    network_from_npz,
)

F = Fraction


def test_the_shared_networks(shared: Path) -> None:
    files = sorted((shared / "nets").glob("*.npz"))
    assert len(files) == 9
    for file in files:
        net = load_network(file)
        arrays = np.load(file)
        assert len(net.layers) == len(arrays) // 2
        for i, made in enumerate(net.layers):
            spec = "linear" if i == len(net.layers) - 1 else "relu"
            assert made.activation_spec == spec
            assert np.array_equal(np.array(made.weight, dtype=float), arrays[f"W{i}"])
            assert made.bias == tuple(map(F, arrays[f"b{i}"].tolist()))


@pytest.mark.parametrize("kind", ["f2", "f4", "f8", "g"])
def test_every_kind_of_float_is_the_number_that_it_is(kind: str, tmp_path: Path) -> None:
    weight = np.array([[1, 0], [3, 100]]).astype(kind) / np.array(7).astype(kind)
    np.savez(tmp_path / "net.npz", W0=weight, b0=np.zeros(2, dtype="i1"))
    exact = tuple(tuple(F(*map(int, w.as_integer_ratio())) for w in row) for row in weight)
    assert network_from_npz(tmp_path / "net.npz").layers[0].weight == exact


@pytest.mark.parametrize("kind", ["i1", "u8"])
def test_integers(kind: str) -> None:
    net = network_from_arrays({"W0": np.array([[1, 100]]).astype(kind), "b0": [0]})
    assert net.layers[0].weight == ((1, 100),)


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({}, "without a gap are required, got none"),
        ({"W0": [[1]]}, "arrays named W0, b0, W1, b1, ... without a gap are required; missing: b0"),
        ({"W0": [[1]], "b0": [0], "b1": [0]}, "missing: W1"),
        ({"W1": [[1]], "b1": [0]}, "missing: W0"),
        ({"W0": [[1]], "b0": [0], "mean": [0]}, "unknown: mean"),
        ({"W00": [[1]], "b0": [0]}, "unknown: W00"),
        ({"W0": [1], "b0": [0]}, "W0 must have 2 axes, (outputs, inputs), got shape (1,)"),
        ({"W0": [[1]], "b0": 0}, "b0 must have 1 axes, (outputs,), got shape ()"),
        ({"W0": [["1"]], "b0": [0]}, "W0 must hold ints or floats, got <U1"),
        ({"W0": [[True]], "b0": [0]}, "W0 must hold ints or floats, got bool"),
        ({"W0": [[1j]], "b0": [0]}, "W0 must hold ints or floats, got complex128"),
    ],
)
def test_wrong_arrays(arrays: dict[str, Any], message: str, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=re.escape(message)):
        network_from_arrays(arrays)
    file = tmp_path / "net.npz"
    np.savez(file, **arrays)
    with pytest.raises(FormatError, match=re.escape(f"{file}: ")) as caught:
        load_network(file)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("arrays", "message", "layer", "row"),
    [
        (
            {"W0": [[1, 2], [3, np.nan]], "b0": [0, 0]},
            "layer 0, row 1, entry 1: a finite rational number is required, got nan",
            0,
            1,
        ),
        (
            {"W0": [[1]], "b0": [-np.inf]},
            "layer 0, bias, entry 0: a finite rational number is required, got -inf",
            0,
            None,
        ),
        ({"W0": [[1]], "b0": [0, 1]}, "layer 0: one bias a row is required (1), got 2", 0, None),
        (
            {"W0": [[1]], "b0": [0], "W1": [[1, 2]], "b1": [0]},
            "layer 1: rows of 1 weights are required",
            1,
            None,
        ),
        ({"W0": np.zeros((0, 2)), "b0": []}, "layer 0: at least one neuron is required", 0, None),
    ],
)
def test_wrong_numbers(
    arrays: dict[str, Any], message: str, layer: int, row: int | None, tmp_path: Path
) -> None:
    with pytest.raises(NetworkError, match="^" + re.escape(message)):
        network_from_arrays(arrays)
    file = tmp_path / "net.npz"
    np.savez(file, **arrays)
    with pytest.raises(NetworkError, match=re.escape(f"{file}: {message}")) as caught:
        load_network(file)
    assert (caught.value.layer, caught.value.row) == (layer, row)


def test_broken_archives(tmp_path: Path) -> None:
    good = tmp_path / "good.npz"
    np.savez(good, W0=np.ones((20, 20)), b0=np.ones(20))
    content = good.read_bytes()
    broken = tmp_path / "broken.npz"
    for data, message in [
        (b"", "an .npz archive is required, this is no zip file"),
        (b"W0", "an .npz archive is required, this is no zip file"),
        (content[: len(content) // 2], "an .npz archive is required, this is no zip file"),
        (content[:500] + b"\0\1" + content[502:], "array W0 cannot be read: Bad CRC-32"),
    ]:
        broken.write_bytes(data)
        with pytest.raises(FormatError, match=re.escape(f"{broken}: {message}")):
            load_network(broken)


def test_an_archive_that_unpacks_into_too_much_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "bomb.npz"
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("W0.npy", "w") as member,
    ):
        for _ in range(129):
            member.write(bytes(1 << 20))
    assert file.stat().st_size < 1 << 20
    with pytest.raises(FormatError, match="arrays of at most 134217728 bytes are required"):
        network_from_npz(file)


def test_no_pickle_is_opened(tmp_path: Path) -> None:
    file = tmp_path / "objects.npz"
    np.savez(file, W0=np.array([[F(1, 2)]], dtype=object), b0=[0])
    with pytest.raises(FormatError, match="array W0 cannot be read: Object arrays cannot be"):
        load_network(file)
