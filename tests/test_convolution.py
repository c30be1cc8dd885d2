"""Convolutions and poolings: against plain loops, in files, and as layers of a network."""

import json
import pickle
import re
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl import AveragePool, Convolution, Layer, Maximum, MaxPool, Network, check, regions
from exactpwl.errors import ExactPWLError, FormatError, NetworkError, TooLargeError
from exactpwl.io import dumps, load_network
from exactpwl.structured import MOST_DENSE
from exactpwl.windows import Windows

F = Fraction


def looped(layer: Convolution, kernel: Any, bias: Any, x: list[Fraction]) -> list[Fraction]:
    """A convolution by its definition, filter by filter and window by window."""
    w = layer.windows
    channels, height, width = w.input_shape
    rows, columns = w.output_size
    each, heard = len(kernel) // layer.groups, len(kernel[0])
    found = []
    for f, i, j in product(range(len(kernel)), range(rows), range(columns)):
        total = F(bias[f])
        for c, a, b in product(range(heard), range(w.size[0]), range(w.size[1])):
            y = i * w.stride[0] - w.padding[0] + a * w.dilation[0]
            z = j * w.stride[1] - w.padding[1] + b * w.dilation[1]
            if 0 <= y < height and 0 <= z < width:
                channel = f // each * heard + c
                assert channel < channels
                total += F(kernel[f][c][a][b]) * x[(channel * height + y) * width + z]
        found.append(total)
    return found


@st.composite
def convolutions(draw: st.DrawFn) -> tuple[Convolution, Any, Any]:
    """A linear convolution with its kernel and its biases."""
    groups, each, heard = (draw(st.integers(1, 2)) for _ in range(3))
    size = [draw(st.integers(1, 3)) for _ in range(2)]
    shape = [groups * heard, draw(st.integers(3, 5)), draw(st.integers(3, 5))]
    numbers = st.integers(-3, 3).map(lambda n: F(n, 2))
    kernel = [
        [[[draw(numbers) for _ in range(size[1])] for _ in range(size[0])] for _ in range(heard)]
        for _ in range(groups * each)
    ]
    bias = [draw(numbers) for _ in kernel]
    layer = Convolution(
        kernel,
        bias,
        "linear",
        input_shape=shape,
        stride=[draw(st.integers(1, 2)) for _ in range(2)],
        padding=[draw(st.integers(0, 2)) for _ in range(4)],
        dilation=draw(st.integers(1, 1 if max(size) > 2 else 2)),
        groups=groups,
    )
    return layer, kernel, bias


@given(convolutions(), st.data())
def test_a_convolution_is_its_definition(made: tuple[Convolution, Any, Any], data: Any) -> None:
    layer, kernel, bias = made
    count = layer.input_dimension
    x = data.draw(st.lists(st.integers(-4, 4).map(F), min_size=count, max_size=count))
    net = Network([layer])
    expected = tuple(looped(layer, kernel, bias, x))
    assert net(x) == layer.affine(x) == net.stages.evaluate(x).output == expected
    assert layer.width == len(expected) == len(layer.bias)
    assert Network.from_dict(net.as_dict()) == net
    assert pickle.loads(pickle.dumps(net)) == net


def test_a_kernel_is_not_turned_round() -> None:
    layer = Convolution([[[[1, 2, 4]]]], input_shape=(1, 1, 3))
    assert layer.weight == ((1, 2, 4),)


def test_filters_have_their_own_activations() -> None:
    layer = Convolution([[[[1]]], [[[1]]]], [0, 1], ["relu", "abs"], input_shape=(1, 1, 2))
    assert Network([layer])((-3, -4)) == (0, 0, 2, 3)
    assert layer.activation_spec == ["relu", "abs"]
    assert layer.pieces == (2, 2, 2, 2)
    assert layer.text == "2x1x2 convolution 1x1 relu/abs"


def test_average_pools() -> None:
    whole = AveragePool((2, 2, 2), 2, activation="relu")
    assert Network([whole])((1, 2, 3, 4, -1, -1, -1, -1)) == (F(5, 2), 0)
    padded = AveragePool((1, 1, 3), (1, 2), stride=1, padding=(0, 1))
    assert Network([padded])((2, 4, 8)) == (1, 3, 6, 4)
    alone = AveragePool((1, 1, 3), (1, 2), stride=1, padding=(0, 1), count_padding=False)
    assert Network([alone])((2, 4, 8)) == (2, 3, 6, 8)
    assert padded != alone
    assert alone.denominator == 2
    assert Network.from_dict(Network([alone]).as_dict()).layers == (alone,)


def test_max_pools_leave_the_padding_out() -> None:
    pool = MaxPool((1, 2, 2), 2, stride=1, padding=1)
    assert pool.members[:4] == ((0,), (0, 1), (1,), (0, 2))
    assert Network([pool])((-1, -2, -3, -4))[:2] == (-1, -1)


CHAIN = [
    Convolution([[[[1, -1], [2, 0]]], [[[0, 1], [1, "1/3"]]]], ["1/2", 0], input_shape=(1, 4, 4)),
    AveragePool((2, 3, 3), 2, stride=1),
    MaxPool((2, 2, 2), (1, 2)),
    ([[1, 0, -1, 2]], [0], "linear"),
]


def test_a_chain_says_what_it_is() -> None:
    net = Network(CHAIN)
    assert net.architecture == (
        "16 -> 2x3x3 convolution 2x2 relu -> 2x2x2 average pool 2x2 linear -> 2x2x1 max pool 1x2 "
        "-> 1 linear"
    )
    assert net.widths == (18, 4)
    assert net.pieces == ((2,) * 18, (2,) * 4)
    assert len(net.kinks) == 18 + 4


def test_a_file_of_a_chain(tmp_path: Any) -> None:
    net = Network(CHAIN, name="chain")
    file = tmp_path / "chain.json"
    net.save(file)
    again = load_network(file)
    assert again == net
    assert again.sha256 == net.sha256
    assert dumps(again) == dumps(net)
    assert Network.from_dict(json.loads(dumps(net))) == net


def test_layers_are_values() -> None:
    layer = CHAIN[0]
    assert layer == pickle.loads(pickle.dumps(layer))
    assert hash(layer) == hash(pickle.loads(pickle.dumps(layer)))
    assert layer != Layer.of([[1]], [0])
    with pytest.raises(AttributeError, match="a Convolution is immutable; groups cannot be set"):
        layer.groups = 2
    with pytest.raises(AttributeError, match="cannot be deleted"):
        del layer.groups


def test_regions_of_a_convolution_are_those_of_its_dense_twin() -> None:
    filtered = Convolution([[[[1, -1]]], [[[1, 1]]]], [0, "1/2"], input_shape=(1, 1, 3))
    pooled = AveragePool(filtered.output_shape, (1, 2))
    last = ([[1, -1]], [0], "relu")
    net = Network([filtered, pooled, last])
    twin = Network(
        [
            (filtered.weight, filtered.bias, "relu"),
            (pooled.weight, pooled.bias, "linear"),
            last,
        ]
    )
    found, expected = regions(net), regions(twin)
    assert [cell.pattern for cell in found.cells] == [cell.pattern for cell in expected.cells]
    assert found.affine_maps == expected.affine_maps
    assert found.adjacencies == expected.adjacencies
    assert not check(found).failures
    assert net != twin


def test_a_table_of_weights_has_a_limit() -> None:
    large = Convolution([[[[1]]]] * 2, input_shape=(1, 28, 28))
    assert large.width * large.input_dimension > MOST_DENSE
    net = Network([large])
    assert net([1] * 784) == (1,) * 1568
    for what in (lambda: regions(net), lambda: large.weight, lambda: net.stages):
        with pytest.raises(TooLargeError, match=r"1568 neurons with 784 inputs .* inequalities_at"):
            what()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Convolution([[1]], input_shape=(1, 1, 1)), "in lists four deep, got 1 at depth 2"),
        (
            lambda: Convolution([[[[1], [1, 2]]]], input_shape=(1, 2, 2)),
            "got columns of different or no length",
        ),
        (lambda: Convolution([], input_shape=(1, 1, 1)), "got filters of different or no length"),
        (
            lambda: Convolution([[[["x"]]]], input_shape=(1, 1, 1)),
            "kernel, entry 0: a rational number such as",
        ),
        (
            lambda: Convolution([[[[1]]]], [1, 2], input_shape=(1, 1, 1)),
            "one bias a filter is required (1), got 2",
        ),
        (
            lambda: Convolution([[[[1]]]], input_shape=(2, 1, 1)),
            "a kernel of 1 filters for 1 channels each, in 1 group(s), needs 1 channels and",
        ),
        (
            lambda: Convolution([[[[1]]]] * 2, None, ["relu"], input_shape=(1, 1, 1)),
            "one activation for all or one a filter (2) is required, got 1",
        ),
        (
            lambda: Convolution([[[[1]]]], input_shape=(1, 1)),
            "the input shape (channels, height, width): 3 whole numbers of at least 1",
        ),
        (lambda: Windows.of((1, 2, 2), 3), "a window of 3 x 3 with dilation 1, 1 does not fit"),
        (lambda: Windows.of((1, 2, 2), 1, stride=0), "the stride: 2 whole numbers of at least 1"),
        (lambda: Windows.of((1, 2, 2), 1.5), "the window: 2 whole numbers of at least 1"),
        (
            lambda: Windows.of((1, 2, 2), 1, padding=(1, 1, 1)),
            "the padding: 4 or 2 whole numbers of at least 0 are required, got (1, 1, 1)",
        ),
        (lambda: MaxPool((1, 1, 1), 1, padding=1), "every window of a pooling needs a value"),
        (lambda: Maximum([]), "a maximum needs at least one group of inputs, got []"),
        (lambda: Maximum([[]]), "group 0: a list of inputs is required, got []"),
        (lambda: Maximum([[0], [1, 1]]), "group 1: each input at most once is required"),
        (lambda: Maximum([[0, 3]], 3), "the groups name inputs up to 3, but only 3 values enter"),
        (lambda: Maximum([[-1]]), "group 0: 1 whole numbers of at least 0 are required"),
        (lambda: Network([Maximum([[0]]), ([[1, 1]], [0])]), "layer 1: rows of 1 weights"),
    ],
)
def test_messages(make: Any, message: str) -> None:
    with pytest.raises(NetworkError, match=re.escape(message)):
        make()


@pytest.mark.parametrize(
    ("layer", "error", "message"),
    [
        ({"kind": "pool"}, FormatError, "layer 0: a kind is one of convolution, average_pool"),
        ({"kind": "max_pool", "window": 2}, FormatError, "missing: input_shape"),
        ({"kind": "maximum", "groups": [[0]], "W": 1}, FormatError, "unknown: W"),
        (
            {"kind": "max_pool", "window": 2, "input_shape": [1, 1, 1]},
            NetworkError,
            "layer 0, max_pool: a window of 2 x 2",
        ),
        (
            {"kind": "average_pool", "window": 1, "input_shape": [1, 1, 1], "count_padding": "no"},
            NetworkError,
            "count_padding must be true or false, got 'no'",
        ),
    ],
)
def test_messages_about_files(layer: Any, error: type[ExactPWLError], message: str) -> None:
    with pytest.raises(error, match=re.escape(message)):
        Network.from_dict({"layers": [layer]})
