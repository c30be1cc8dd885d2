"""Native files: what is read is what was written, and every refusal names its place."""

import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given

import strategies
from exactpwl import Activation, Network
from exactpwl.errors import FormatError, NetworkError
from exactpwl.io import (
    dumps,
    load_network,
    network_from_dict,
    save_network,
)

F = Fraction
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "network-format.md"


def written(folder: Path, text: str) -> Path:
    file = folder / "net.json"
    file.write_text(text, encoding="utf-8")
    return file


def layer(W: str = "[[1]]", b: str = "[0]", activation: str = '"relu"') -> str:
    return f'{{"W": {W}, "b": {b}, "activation": {activation}}}'


def network(*layers: str) -> str:
    return f'{{"layers": [{", ".join(layers)}]}}'


@given(strategies.networks(depth=3))
def test_round_trip(net: Network) -> None:
    text = dumps(net)
    back = network_from_dict(json.loads(text))
    assert back == net
    assert back.sha256 == net.sha256
    assert dumps(back) == text


@pytest.mark.parametrize(
    "activation",
    [
        "relu",
        "abs",
        "linear",
        "hard_tanh",
        "relu6",
        "leaky_relu:1/50",
        "leaky_relu:-7/3",
        {"breakpoints": ["1/2"], "slopes": ["2", "-2"]},
        {"breakpoints": ["2", "3"], "slopes": ["0", "2", "0"], "value_at_zero": "-1"},
        {"breakpoints": [], "slopes": ["3"]},
        ["leaky_relu:1/4", "leaky_relu:1/5"],
        ["relu", {"breakpoints": ["-1"], "slopes": ["0", "1"], "value_at_zero": "1"}],
    ],
    ids=str,
)
def test_every_kind_of_activation(activation: Any, tmp_path: Path) -> None:
    net = Network([([[1, 2], ["1/3", 0]], [0, "-1/7"], activation)], name="all ä kinds")
    file = tmp_path / "net.json"
    net.save(file)
    back = Network.load(file)
    assert (back, back.name) == (net, "all ä kinds")
    assert back.layers[0].activation_spec == activation
    assert back((F(1, 2), "-3")) == net((F(1, 2), "-3"))


def test_text() -> None:
    net = Network([([[1, "1/2"], [0, -3]], ["0.1", 0], ["relu", "abs"])], name="two")
    lines = [
        "{",
        '  "format": "exactpwl-network/1",',
        '  "name": "two",',
        '  "layers": [',
        "    {",
        '      "W": [',
        '        ["1", "1/2"],',
        '        ["0", "-3"]',
        "      ],",
        '      "b": ["1/10", "0"],',
        '      "activation": ["relu", "abs"]',
        "    }",
        "  ]",
        "}",
        "",
    ]
    assert dumps(net) == "\n".join(lines)


def test_a_json_number_is_the_decimal_that_stands_there(tmp_path: Path) -> None:
    numbers = '[[0.1, 1e-3, -2, "1/3", "0.1", 1E2, 0.30000000000000000000000001]]'
    net = load_network(written(tmp_path, network(layer(numbers))))
    exact = F("0.30000000000000000000000001")
    expected = (F(1, 10), F(1, 1000), F(-2), F(1, 3), F(1, 10), F(100), exact)
    assert net.layers[0].weight == (expected,)


def test_numbers_beyond_4000_digits(tmp_path: Path) -> None:
    net = Network([([[F(3**20000, 2**20000)]], [F(-(10**5000))], "relu")])
    net.save(tmp_path / "huge.json")
    assert Network.load(tmp_path / "huge.json") == net
    assert net.sha256


def test_ground_truth(ground_truth: dict[str, Any]) -> None:
    for case in ground_truth["networks"]:
        net = network_from_dict({"name": case["name"], "layers": case["layers"]})
        assert network_from_dict(json.loads(dumps(net))) == net
        assert net.name == case["name"]


def test_the_documented_examples() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    examples = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    made = [network_from_dict(json.loads(example)) for example in examples]
    xor, prelu, tent, step, picture = made
    assert dumps(xor) == examples[0]
    assert [xor((a, b)) for a in (-1, 1) for b in (-1, 1)] == [(-1,), (1,), (1,), (-3,)]
    assert prelu((F(-1),)) == (F(-1, 4), F(5, 6), 0)
    assert [tent((x,)) for x in (0, F(1, 4), F(1, 2), 1)] == [(0,), (F(1, 2),), (1,), (0,)]
    assert [step((z, z)) for z in (0, F(5, 2), 4)] == [(-1, 0), (0, F(5, 2)), (1, 4)]
    assert picture.architecture == (
        "16 -> 2x3x3 convolution 2x2 relu -> 2x2x2 max pool 2x2 -> 2x1x1 average pool 2x2 linear "
        "-> 1 maximum -> 2 sparse relu"
    )
    assert network_from_dict(picture.as_dict()) == picture


def test_the_documented_names() -> None:
    table = DOCUMENT.read_text(encoding="utf-8").partition("## Activations")[2]
    names = re.findall(r"^\| `\"(.*?)\"`", table, re.MULTILINE)
    assert names == ["relu", "leaky_relu:1/50", "abs", "linear", "hard_tanh", "relu6"]
    assert [Activation.parse(name).spec for name in names] == names


BROKEN = [
    ("{", "line 1, column 2: JSON is required: Expecting property name"),
    ('{\n "layers": [1 2]}', "line 2, column 15: JSON is required: "),
    ("", "line 1, column 1: JSON is required: Expecting value"),
    ("[" * 200_000, "the brackets are nested too deeply"),
    ("[]", "an object with the key layers is required, got a list"),
    ("1.5", "an object with the key layers is required, got the number 1.5"),
    ("null", "an object with the key layers is required, got null"),
    ('"relu"', "an object with the key layers is required, got the text 'relu'"),
    (json.dumps("W" * 1000), f"got the text '{'W' * 39}... (1002 characters)"),
    (
        "{}",
        "a network has the keys layers, format (optional), name (optional); missing: layers",
    ),
    ('{"layers": [], "layer": 1, "widths": 2}', "unknown: layer, widths"),
    ('{"layers": [], "layers": []}', "every key may stand once in an object, 'layers' is repeated"),
    (
        '{"layers": [{"b": 1, "b": 2}], "layers": []}',
        ".json: every key may stand once in an object, 'b' is repeated",
    ),
    (
        network(layer()[:-1] + ', "b": [1]}'),
        ": layers[0]: every key may stand once in an object, 'b' is repeated",
    ),
    (
        '{"format": "exactpwl-network/2", "layers": []}',
        "the format 'exactpwl-network/1' is required, got 'exactpwl-network/2'",
    ),
    ('{"format": 1, "layers": []}', "the format 'exactpwl-network/1' is required, got 1"),
    ('{"name": 7, "layers": []}', "the name must be a text, got the number 7"),
    ('{"name": ["x"], "layers": []}', "the name must be a text, got a list"),
    ('{"layers": {}}', "layers must be a list, got an object"),
    ('{"layers": "relu"}', "layers must be a list, got the text 'relu'"),
    ('{"layers": true}', "layers must be a list, got a truth value"),
    (network("[]"), "layer 0: an object with W, b and activation is required, got a list"),
    (
        network(layer(), '{"W": [[1]], "b": [0]}'),
        "layer 1 has the keys W, b, activation; missing: activation",
    ),
    (network('{"W": [], "bias": []}'), "layer 0 has the keys W, b, activation; missing: b, act"),
    (
        network(layer()[:-1] + ', "gain": 1}'),
        "layer 0 has the keys W, b, activation; unknown: gain",
    ),
]

WRONG = [
    ('{"layers": []}', "a network needs at least one layer, got none", None, None),
    (network(layer("[]", "[]")), "layer 0: at least one neuron is required", 0, None),
    (
        network(layer("[[NaN]]")),
        "layer 0, row 0, entry 0: a rational number such as '3', '-1/2' or '0.25' is required, "
        "got NaN",
        0,
        0,
    ),
    (network(layer(b="[-Infinity]")), "layer 0, bias, entry 0: a rational number such", 0, None),
    (
        network(layer(), layer("[[1], [1e999999999]]", "[0, 0]")),
        "layer 1, row 1, entry 0: a power of ten from -20000 to 20000 is required, got 1e999999999",
        1,
        1,
    ),
    (
        network(layer("[[" + "1" * 5000 + "]]")),
        "layer 0, row 0, entry 0: a number of at most 4000 decimal digits is required",
        0,
        0,
    ),
    (
        network(layer('[["1/0"]]')),
        "row 0, entry 0: a rational number is required, got '1/0': d",
        0,
        0,
    ),
    (network(layer('[["one"]]')), "'0.25' is required, got 'one'", 0, 0),
    (network(layer("[[true]]")), "a number is required, got the truth value True", 0, 0),
    (network(layer("[[null]]")), "a number is required, got None of type NoneType", 0, 0),
    (network(layer("[[[1]]]")), "a number is required, got [1] of type list", 0, 0),
    (network(layer("[1]")), "layer 0, row 0: a list of numbers is required, got 1", 0, 0),
    (network(layer('["1"]')), "layer 0, row 0: a list of numbers is required, got '1'", 0, 0),
    (network(layer("2")), "layer 0: W must be a list of rows of numbers, got 2", 0, None),
    (network(layer(b='{"0": 1}')), "layer 0, bias: a list of numbers is required", 0, None),
    (
        network(layer("[[1, 2], [3]]", "[0, 0]")),
        "layer 0, row 1: every row needs the same positive number of weights (2 in row 0), got 1",
        0,
        1,
    ),
    (network(layer(b="[0, 0]")), "layer 0: one bias a row is required (1), got 2", 0, None),
    (
        network(layer(), layer("[[1, 2]]")),
        "layer 1: rows of 1 weights are required, one for each neuron of layer 0, got 2",
        1,
        None,
    ),
    (
        network(layer(activation='"tanh"')),
        "layer 0, activation: unknown activation 'tanh': one of relu,",
        0,
        None,
    ),
    (network(layer(activation="null")), "activation: unknown activation None", 0, None),
    (network(layer(activation="1.5")), "activation: unknown activation 1.5", 0, None),
    (network(layer(activation='["relu", "abs"]')), "one a neuron (1) is required, got 2", 0, None),
    (
        network(layer(activation='{"breakpoints": [1, 0], "slopes": [0, 1, 2]}')),
        "layer 0, activation: breakpoints must increase strictly, got 1, 0",
        0,
        None,
    ),
]


@pytest.mark.parametrize(("text", "message"), BROKEN)
def test_a_file_that_is_no_network_file(text: str, message: str, tmp_path: Path) -> None:
    file = written(tmp_path, text)
    with pytest.raises(FormatError, match=re.escape(f"{file}: ")) as caught:
        load_network(file)
    assert message in str(caught.value)
    assert caught.value.path == str(file)
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize(("text", "message", "layer", "row"), WRONG)
def test_numbers_that_make_no_network(
    text: str, message: str, layer: int | None, row: int | None, tmp_path: Path
) -> None:
    file = written(tmp_path, text)
    with pytest.raises(NetworkError, match=re.escape(f"{file}: ")) as caught:
        load_network(file)
    assert message in str(caught.value)
    assert (caught.value.layer, caught.value.row) == (layer, row)


def test_a_parsed_object_has_no_file_to_name() -> None:
    with pytest.raises(NetworkError, match=r"^layer 0, row 0, entry 0: a finite rational"):
        Network.from_dict({"layers": [{"W": [[np.nan]], "b": [0], "activation": "relu"}]})
    with pytest.raises(FormatError, match=r"^layers must be a list, got a set$"):
        Network.from_dict({"layers": set()})
    unknown: Any = {"layers": [], 3: 4}
    with pytest.raises(FormatError, match=r"unknown: 3$"):
        Network.from_dict(unknown)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "folder.npz").mkdir()
    (tmp_path / "latin.json").write_bytes(b'{"name": "\xe4"}')
    for name, message in [
        ("missing.json", "cannot be read: No such file or directory"),
        ("missing.npz", "cannot be read: No such file or directory"),
        ("folder.json", "cannot be read: Is a directory"),
        ("folder.npz", "cannot be read: Is a directory"),
        ("latin.json", "a text in UTF-8 is required, byte 10 is not"),
        (
            "net.pt",
            "a file name that ends in .json, .npz, .onnx, .onnx.gz, .nnet or .keras is required, "
            "got .pt",
        ),
        (
            "net",
            "a file name that ends in .json, .npz, .onnx, .onnx.gz, .nnet or .keras is required, "
            "got no ending",
        ),
    ]:
        file = tmp_path / name
        with pytest.raises(FormatError, match=re.escape(f"{file}: {message}")):
            load_network(file)


def test_files_that_cannot_be_written(tmp_path: Path) -> None:
    net = Network([([[1]], [0], "relu")])
    with pytest.raises(FormatError, match=r"ends in \.json, \.onnx or \.onnx\.gz, got \.npz"):
        save_network(net, tmp_path / "net.npz")
    with pytest.raises(FormatError, match="cannot be written: No such file or directory"):
        save_network(net, tmp_path / "nowhere" / "net.json")
