"""Dense models of Keras, by configuration and weights, in the spellings of Keras 2 and 3."""

import contextlib
import json
import random
import sys
import zipfile
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from exactpwl import Activation, Network
from exactpwl.errors import (
    ExactPWLError,
    FormatError,
    MissingDependencyError,
    NetworkError,
    OperatorError,
    OptionError,
)
from exactpwl.io import keras_file, read_keras
from exactpwl.io.keras_file import open_keras

F = Fraction


def layer(kind: str, name: str = "", **options: Any) -> dict[str, Any]:
    """A layer as Keras 3 writes it."""
    config = {"name": name or kind.lower(), "trainable": True, **options}
    return {"module": "keras.layers", "class_name": kind, "config": config, "registered_name": None}


def entry(*shape: int) -> dict[str, Any]:
    return layer("InputLayer", "input_layer", batch_shape=[None, *shape], dtype="float32")


def sequential(*layers: Any) -> dict[str, Any]:
    return {"name": "net", "trainable": True, "layers": list(layers)}


def dense(name: str = "", **options: Any) -> dict[str, Any]:
    return layer("Dense", name, **{"units": 2, "activation": "linear", "use_bias": True, **options})


W = np.array([[1.0, 2.0], [3.0, -4.0]], np.float32)
B = np.array([0.5, -1.0], np.float32)
DENSE = Network([(W.T.tolist(), B.tolist(), "linear")])


def test_a_dense_chain_has_a_layer_for_each(tmp_path):
    config = sequential(entry(2), dense("a", activation="relu"), dense("b", use_bias=False))
    network = Network.from_keras(config, [W, B, W])
    assert network == Network(
        [(W.T.tolist(), B.tolist(), "relu"), (W.T.tolist(), [0, 0], "linear")]
    )
    assert network.name == "net"
    text = json.dumps({"class_name": "Sequential", "config": config, "keras_version": "3.15.1"})
    assert Network.from_keras(text, [w.tolist() for w in (W, B, W)]) == network


def test_each_stored_float_is_the_rational_that_it_is():
    weights = [np.array([[0.1]], np.float32), np.array([0.1], np.float64)]
    network = Network.from_keras(sequential(dense(units=1)), weights)
    assert network.layers[0].weight[0][0] == F(float(np.float32(0.1)))
    assert network.layers[0].bias[0] == F(0.1)


def test_keras_2_is_read():
    first = {"name": "a", "units": 2, "activation": "relu", "batch_input_shape": [None, 2]}
    config = {
        "name": "net",
        "layers": [
            {"class_name": "Dense", "config": first},
            {"class_name": "LeakyReLU", "config": {"name": "b", "alpha": 0.25}},
            {"class_name": "BatchNormalization", "config": {"name": "c", "axis": [1]}},
        ],
    }
    statistics = [np.ones(2), np.zeros(2), np.zeros(2), np.array([0.999, 3.999])]
    network = Network.from_keras(config, [W, B, *statistics])
    assert network.architecture == "2 -> 2 relu -> 2 leaky_relu:1/4 -> 2 linear"
    assert Network.from_keras(config["layers"][:1], [W, B]).architecture == "2 -> 2 relu"


def bends(kind: str, **options: Any) -> Activation:
    config = sequential(entry(1), layer(kind, **options))
    (made,) = Network.from_keras(config, []).layers[0].activations
    return made


def test_activations_are_those_of_keras():
    assert bends("ReLU") == Activation.parse("relu")
    assert bends("ReLU", max_value=6, negative_slope=0.0, threshold=0.0).spec == "relu6"
    both = bends("ReLU", max_value=2.0, negative_slope=0.5)
    assert [both(z) for z in (-2, 0, 1, 2, 3)] == [-1, 0, 1, 2, 2]
    assert bends("LeakyReLU") == Activation.leaky_relu(0.3)
    assert bends("LeakyReLU", negative_slope=0.5, alpha=0.25) == Activation.leaky_relu(0.5)
    assert bends("Activation", activation="leaky_relu") == Activation.leaky_relu(0.2)
    assert bends("Activation", activation="relu6").spec == "relu6"
    assert bends("Activation", activation="hard_tanh").spec == "hard_tanh"
    shrunk = bends("Activation", activation="soft_shrink")
    assert [shrunk(z) for z in (-2, F(-1, 2), 0, F(1, 4), 1)] == [F(-3, 2), 0, 0, 0, F(1, 2)]
    for written in (
        {"module": "keras.layers", "class_name": "LeakyReLU", "config": {"negative_slope": 0.5}},
        layer("LeakyReLU", alpha=0.5),
    ):
        assert bends("Activation", activation=written) == Activation.leaky_relu(0.5)
    function = {"module": "builtins", "class_name": "function", "config": "relu"}
    assert bends("Activation", activation=function) == Activation.parse("relu")


def test_slopes_that_were_learnt_are_read():
    config = sequential(entry(2), layer("PReLU"))
    network = Network.from_keras(config, [np.array([0.5, 0.25])])
    assert network((-4, -4)) == (-2, -1)
    shared = sequential(entry(2), layer("PReLU", shared_axes=[1]))
    assert Network.from_keras(shared, [np.array([0.5])])((-4, -4)) == (-2, -2)


STATISTICS = [np.array(v) for v in ([2.0, 1.0], [1.0, 0.0], [0.0, 5.0], [0.0, 3.75])]


def test_a_normalisation_goes_into_the_product_beside_it():
    normal = layer("BatchNormalization", axis=-1, epsilon=0.25, center=True, scale=True)
    reading = read_keras(sequential(entry(2), normal), STATISTICS)
    assert reading.network((1, 2)) == (5, F(-3, 2))
    assert reading.roundings == ()
    behind = read_keras(sequential(dense(), normal), [W, B, *STATISTICS]).network
    assert behind.architecture == "2 -> 2 linear"
    before = read_keras(sequential(entry(2), normal, dense()), [*STATISTICS, W, B]).network
    assert before.architecture == "2 -> 2 linear"
    alone = reading.network
    for point in [(1, 2), (F(1, 3), -7)]:
        assert behind(point) == alone(DENSE(point))
        assert before(point) == DENSE(alone(point))


def test_a_square_root_is_rounded_as_it_says():
    normal = layer("BatchNormalization", "norm", epsilon=0.0, center=False, scale=False)
    statistics = [np.zeros(2), np.array([2.0, 4.0])]
    for bits in (20, 64):
        reading = read_keras(sequential(entry(2), normal), statistics, bits=bits)
        root, half = reading.network((1, 1))
        assert half == F(1, 2)
        assert (1 - F(1, 2**bits)) ** 2 < 2 * root**2 < 1
        assert reading.roundings == (
            "layer 'norm': BatchNormalization: 1 of 2 square roots rounded, with relative errors "
            f"below 2^-{bits}",
        )
        assert ("rounded", reading.roundings[0]) in reading.facts


def test_inputs_may_be_scaled():
    config = sequential(entry(2), layer("Rescaling", scale=0.5, offset=[1.0, 2.0]), dense())
    assert Network.from_keras(config, [W, B])((2, 4)) == DENSE((2, 4))
    adapted = sequential(entry(2), layer("Normalization", axis=[-1], mean=None, variance=None))
    statistics = [np.array([1.0, 2.0]), np.array([4.0, 0.25]), np.array(100)]
    assert Network.from_keras(adapted, statistics)((3, 3)) == (1, 2)
    told = sequential(entry(2), layer("Normalization", mean=[[1.0, 2.0]], variance=[[4.0, 0.25]]))
    assert Network.from_keras(told, [])((3, 3)) == (1, 2)


def test_what_does_nothing_is_left_out():
    config = sequential(
        entry(2, 1),
        layer("Flatten", data_format="channels_last"),
        layer("Dropout", rate=0.5),
        dense("a"),
        layer("Activation", activation="linear"),
        layer("GaussianNoise", stddev=1.0),
        layer("Reshape", target_shape=[1, -1]),
        layer("Reshape", target_shape=[2]),
    )
    assert Network.from_keras(config, [W, B]) == DENSE


def functional(name: str, *parts: Any, newer: bool = True) -> dict[str, Any]:
    """A functional model of (layer, names of what it hears)."""
    layers = []
    for made, heard in parts:
        if newer:
            tensors = [
                {"class_name": "__keras_tensor__", "config": {"keras_history": [one, 0, 0]}}
                for one in heard
            ]
            nodes: Any = [{"args": tensors, "kwargs": {"training": None}}] if heard else []
        else:
            nodes = [[[one, 0, 0, {}] for one in heard]] if heard else []
        layers.append({**made, "name": made["config"]["name"], "inbound_nodes": nodes})
    first, last = layers[0]["name"], layers[-1]["name"]
    ends = [last, 0, 0] if newer else [[last, 0, 0]]
    return {"name": name, "layers": layers, "input_layers": [first, 0, 0], "output_layers": ends}


@pytest.mark.parametrize("newer", [True, False])
def test_a_functional_model_that_is_a_chain_is_read(newer):
    config = functional(
        "net",
        (entry(2), []),
        (dense("a", activation="relu"), ["input_layer"]),
        (dense("b"), ["a"]),
        newer=newer,
    )
    network = Network.from_keras(config, [W, B, W, B])
    assert network.architecture == "2 -> 2 relu -> 2 linear"
    outer = sequential(entry(2), {"class_name": "Functional", "config": config}, layer("ReLU"))
    assert Network.from_keras(outer, [W, B, W, B]).architecture == "2 -> 2 relu -> 2 relu"
    with pytest.raises(OperatorError, match="layer 'net/b': Dense: its kernel must have the shape"):
        Network.from_keras(outer, [W, B, np.ones((3, 2)), B])


BRANCHES = {
    "residual": (
        [(entry(2), []), (dense("a"), ["input_layer"]), (layer("Add"), ["a", "input_layer"])],
        r"layer 'add': Add: it hears 'a', 'input_layer', and only chains are read; export it: "
        r"model\.export\('net\.onnx', format='onnx'\)",
    ),
    "several inputs": ([(entry(2), []), (entry(2), [])], "the model has several inputs"),
    "a branch": (
        [(entry(2), []), (dense("a"), ["input_layer"]), (dense("b"), ["input_layer"])],
        "it hears 'input_layer', and only chains are read",
    ),
}


@pytest.mark.parametrize("name", BRANCHES)
@pytest.mark.parametrize("newer", [True, False])
def test_other_graphs_are_refused_and_the_way_by_onnx_is_named(name, newer):
    parts, words = BRANCHES[name]
    with pytest.raises(OperatorError, match=words):
        Network.from_keras(functional("net", *parts, newer=newer), [W, B, W, B])


def test_layers_used_twice_and_outputs_in_between_are_refused():
    parts = [(entry(2), []), (dense("a"), ["input_layer"]), (dense("b"), ["a"])]
    config = functional("net", *parts)
    config["layers"][1]["inbound_nodes"] *= 2
    with pytest.raises(OperatorError, match="layer 'a': Dense: it is used several times"):
        Network.from_keras(config, [W, B, W, B])
    config = functional("net", *parts)
    config["output_layers"] = [["a", 0, 0]]
    with pytest.raises(OperatorError, match="its outputs are 'a', its last layer is 'b'"):
        Network.from_keras(config, [W, B, W, B])


REFUSED = {
    "softmax": (
        dense("out", activation="softmax"),
        "the activation 'softmax': not piecewise linear",
    ),
    "sigmoid": (
        layer("Activation", "out", activation="sigmoid"),
        r"from_keras\(\.\.\., logits=True",
    ),
    "Softmax": (layer("Softmax", "out"), "Softmax: not piecewise linear; if it is the last step"),
    "gelu": (dense("out", activation="gelu"), "the activation 'gelu': not piecewise linear; train"),
    "tanh": (dense("out", activation="tanh"), "the activation 'tanh': not piecewise linear"),
    "ELU": (layer("ELU", "out"), "ELU: not piecewise linear; train with relu"),
    "jump": (layer("ReLU", "out", threshold=1.0), "it jumps at its threshold"),
    "ThresholdedReLU": (layer("ThresholdedReLU", "out", theta=1.0), "it jumps, and a network here"),
    "hard_sigmoid": (dense("out", activation="hard_sigmoid"), "Keras 2 and Keras 3 mean different"),
    "constant": (layer("ReLU", "out", max_value=0.0), "its max_value 0 is not positive"),
    "Conv2D": (layer("Conv2D", "out", filters=1), "it is not read, docs/formats.md lists"),
    "Lambda": (layer("Lambda", "out"), "Lambda: it is not read"),
    "function": (
        dense("out", activation={"class_name": "function", "config": "mine"}),
        "the activation 'mine': it is not read",
    ),
    "lambda": (dense("out", activation={"class_name": "__lambda__", "config": {}}), "'__lambda__'"),
    "axis": (layer("BatchNormalization", "out", axis=2), "its axis is 2; the axis of the values"),
    "slope": (layer("LeakyReLU", "out", alpha="steep"), "its slope: a rational number"),
    "rank": (layer("LeakyReLU", "out", alpha=float("nan")), "its slope: a finite rational number"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_names_layer_class_reason_and_help(name):
    last, words = REFUSED[name]
    arrays = [W, B] * (last["class_name"] == "Dense")
    with pytest.raises(OperatorError, match=words) as caught:
        Network.from_keras(sequential(entry(2), last), arrays)
    assert str(caught.value).startswith(f"layer 'out': {last['class_name']}: ")
    assert "; " in str(caught.value)
    assert (caught.value.node, caught.value.op_type) == ("out", last["class_name"])


def test_classes_of_ones_own_are_refused():
    own = {**dense("out"), "registered_name": "lab>Dense"}
    with pytest.raises(OperatorError, match=r"a class of one's own \(lab>Dense\); only Keras' own"):
        Network.from_keras(sequential(own), [W, B])


def test_the_scores_of_a_classifier_are_read():
    for last in (
        [dense("out", activation="softmax")],
        [dense("out"), layer("Softmax")],
        [dense("out"), layer("Activation", activation="sigmoid")],
    ):
        config = sequential(entry(2), *last)
        assert Network.from_keras(config, [W, B], logits=True) == DENSE
    middle = sequential(entry(2), layer("Softmax"), dense())
    with pytest.raises(OperatorError, match="not piecewise linear"):
        Network.from_keras(middle, [W, B], logits=True)


def test_arrays_must_be_those_of_the_model():
    config = sequential(entry(2), dense("a"))
    with pytest.raises(
        OperatorError, match="layer 'a': Dense: its bias is missing: the arrays end"
    ):
        Network.from_keras(config, [W])
    with pytest.raises(FormatError, match="3 arrays are given, and the last 1 belong to no layer"):
        Network.from_keras(config, [W, B, B])
    words = r"its kernel must have the shape \(2, 2\), got \(2,\); pass the arrays of this model"
    with pytest.raises(OperatorError, match=words):
        Network.from_keras(config, [B, W])
    with pytest.raises(OperatorError, match="its kernel: a finite rational number is required"):
        Network.from_keras(config, [W * np.nan, B])
    with pytest.raises(OperatorError, match=r"values of shape \[2, 2\] enter; put a Flatten"):
        Network.from_keras(sequential(entry(2, 2), dense()), [W, B])
    with pytest.raises(OperatorError, match="the number of values that enter is not told"):
        Network.from_keras(sequential(layer("ReLU")), [])
    first = layer("Flatten", "flat", data_format="channels_first")
    with pytest.raises(OperatorError, match="layer 'flat': Flatten: it puts channels last"):
        Network.from_keras(sequential(entry(2, 2), first, dense()), [W, B])
    normal = layer("BatchNormalization", "norm", scale=False, center=False, epsilon=0.0)
    with pytest.raises(OperatorError, match="a variance is not positive; check the statistics"):
        Network.from_keras(sequential(entry(2), normal), [B, B])


def test_what_is_no_model_is_refused():
    with pytest.raises(FormatError, match="a list of arrays is required as the weights, got None"):
        Network.from_keras(sequential(dense()))
    with pytest.raises(FormatError, match="the configuration is no JSON"):
        Network.from_keras("{", [])
    for config in ({}, {"layers": []}, 3):
        with pytest.raises(FormatError, match="the configuration of a Keras model with layers"):
            Network.from_keras(config, [])
    with pytest.raises(FormatError, match="a layer with a class_name is required"):
        Network.from_keras({"layers": [{}]}, [])
    with pytest.raises(FormatError, match="a layer's config is an object"):
        Network.from_keras({"layers": [{"class_name": "Dense", "config": 1}]}, [])
    with pytest.raises(NetworkError, match="no layer with weights or an activation"):
        Network.from_keras(sequential(entry(2)), [])
    with pytest.raises(OptionError, match="bits: at least 1 is required, got 0"):
        read_keras(sequential(dense()), [W, B], bits=0)


class Part:
    """A layer of a model that can be called."""

    def __init__(self, compute: Any) -> None:
        self.compute = compute

    def __call__(self, x: Any) -> Any:
        return self.compute(np.asarray(x))


class InputLayer:
    pass


class Model:
    """What a Keras model shows: its configuration, its weights, its layers."""

    input_shape = (None, 2)
    compute_dtype = "float32"

    def __init__(self, config: Any, weights: Any, *parts: Any) -> None:
        self.config, self.weights, self.layers = config, weights, parts

    def get_config(self) -> Any:
        return self.config

    def get_weights(self) -> Any:
        return self.weights


def model(*last: Any, parts: Any = ()) -> Model:
    config = sequential(entry(2), dense("a", activation="relu"), dense("b"), *last)
    return Model(
        config,
        [W, B, W, B],
        InputLayer(),
        Part(lambda x: np.maximum(x @ W + B, 0)),
        Part(lambda x: x @ W + B),
        *parts,
    )


def test_a_model_is_compared_with_its_own_evaluation_layer_by_layer():
    reading = read_keras(model())
    assert reading.network.architecture == "2 -> 2 relu -> 2 linear"
    assert reading.comparison is not None
    assert reading.comparison.layers == 2
    assert "layer by layer, at 3 random points: " in dict(reading.facts)["compared"]
    scores = read_keras(model(layer("Softmax"), parts=[Part(np.exp)]), logits=True)
    assert scores.comparison is not None
    assert scores.network == reading.network


def test_a_reader_that_errs_is_found_out(monkeypatch):
    wrong = model()
    wrong.layers[2].compute = lambda x: x @ W + B + np.float32(1e-3)
    with pytest.raises(FormatError, match=r"net: step 2, neuron \d: the network as read gives"):
        read_keras(wrong)


def test_what_cannot_be_called_is_read_but_not_compared():
    for bare in (model(parts=[Part(abs)]), model()):
        bare.compute_dtype = "float16" if len(bare.layers) == 3 else "float32"
        reading = read_keras(bare)
        assert reading.comparison is None
        assert dict(reading.facts)["compared"].startswith("not at all")


def test_keras_itself_agrees():
    keras = pytest.importorskip("keras", reason="keras is not installed", exc_type=ImportError)
    layers = keras.layers
    made = keras.Sequential(
        [
            keras.Input((3,)),
            layers.Rescaling(0.5, offset=1.0),
            layers.Dense(4, activation="relu"),
            layers.BatchNormalization(),
            layers.LeakyReLU(negative_slope=0.25),
            layers.Dropout(0.5),
            layers.Dense(4),
            layers.PReLU(),
            layers.Dense(2, activation="softmax"),
        ]
    )
    comparison = read_keras(made, logits=True).comparison
    assert comparison is not None
    assert comparison.layers == 6


def saved(folder: Any, config: Any, groups: dict[str, list[Any]]) -> Any:
    """Write a file as ``model.save("net.keras")`` does: groups of arrays by their names."""
    h5py = pytest.importorskip("h5py", reason="the package h5py is not installed")
    path = folder / "net.keras"
    with h5py.File(folder / "weights.h5", "w") as stored:
        for name, arrays in groups.items():
            for i, array in enumerate(arrays):
                stored[f"{name}/vars/{i}"] = array
    whole = {"module": "keras", "class_name": "Sequential", "config": config}
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("metadata.json", json.dumps({"keras_version": "3.15.1"}))
        archive.writestr("config.json", json.dumps(whole))
        archive.write(folder / "weights.h5", "model.weights.h5")
    return path


NESTED = sequential(
    entry(2),
    dense("first", activation="relu"),
    layer("Dropout", rate=0.5),
    {"class_name": "Sequential", "config": sequential(entry(2), dense("inner"))},
    layer("PReLU", "bent"),
    dense("last"),
)
GROUPS = {
    "layers/dense": [W, B],
    "layers/dense_1": [W * 2, B * 2],
    "layers/sequential/layers/dense": [W + 1, B + 1],
    "layers/p_re_lu": [np.array([0.5, 0.25], np.float32)],
    "layers/dropout/seed_generator": [np.array([0, 1])],
}


def test_a_file_is_read_by_the_places_of_its_layers(tmp_path):
    path = saved(tmp_path, NESTED, GROUPS)
    arrays = [W, B, W + 1, B + 1, np.array([0.5, 0.25]), W * 2, B * 2]
    network = Network.from_keras(NESTED, arrays)
    assert Network.load(path) == network
    assert Network.from_keras(str(path)) == network
    softmax = sequential(entry(2), dense(activation="softmax"))
    path = saved(tmp_path, softmax, {"layers/dense": [W, B]})
    assert Network.from_keras(path, logits=True) == DENSE
    with pytest.raises(OperatorError, match="the activation 'softmax': not piecewise linear"):
        Network.load(path)


def test_arrays_of_a_file_are_numbered(tmp_path):
    wide = [np.full(1, i, np.float32) for i in range(11)]
    path = saved(tmp_path, sequential(entry(1), dense()), {"layers/dense": wide})
    _, arrays = open_keras(path)
    assert [float(array[0]) for array in arrays] == list(range(11))


def test_files_that_are_no_keras_files_are_refused(tmp_path, monkeypatch):
    h5py = pytest.importorskip("h5py", reason="the package h5py is not installed")
    path = tmp_path / "net.keras"
    with pytest.raises(FormatError, match="cannot be read: No such file"):
        Network.load(path)
    path.write_bytes(b"no zip")
    with pytest.raises(FormatError, match=r"net\.keras: cannot be read: File is not a zip file"):
        Network.load(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("config.json", "{}")
    with pytest.raises(FormatError, match=r"a zip with config\.json and model\.weights\.h5 is req"):
        Network.load(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("model.weights.h5", b"no weights")
    with pytest.raises(FormatError, match=r"model\.weights\.h5 cannot be read"):
        Network.load(path)
    with pytest.raises(FormatError, match=r"config\.json is no Sequential or functional model"):
        Network.load(saved(tmp_path, {"name": "mine"}, {}))
    monkeypatch.setattr(keras_file, "MOST_BYTES", 100)
    with pytest.raises(FormatError, match="more than 100 bytes, unpacked"):
        Network.load(path)
    monkeypatch.undo()
    with h5py.File(tmp_path / "other.h5", "w") as other:
        other["secret"] = W
    saved(tmp_path, sequential(entry(2), dense()), {})
    with h5py.File(tmp_path / "weights.h5", "w") as stored:
        stored["layers/dense/vars/0"] = h5py.ExternalLink(str(tmp_path / "other.h5"), "secret")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("config.json", json.dumps(sequential(entry(2), dense())))
        archive.write(tmp_path / "weights.h5", "model.weights.h5")
    with pytest.raises(FormatError, match="layers/dense/vars/0 is a link"):
        Network.load(path)


def test_the_package_is_asked_for(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "h5py", None)
    with pytest.raises(MissingDependencyError, match=r"exactpwl\[keras\].*from_keras\(model\.get_"):
        Network.load(tmp_path / "net.keras")


JUNK = [None, True, -1, 0, 3.5, float("nan"), "x", [], {}, [[1]], {"a": 1}, ["a", 0, 0], 10**30]


def spots(value: Any) -> list[tuple[Any, Any]]:
    """Every place of a configuration: what holds it, and its key."""
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    found = [(value, key) for key in keys]
    for key in keys:
        if isinstance(value[key], (dict, list)):
            found += spots(value[key])
    return found


@pytest.mark.parametrize("seed", range(20))
def test_whatever_a_configuration_holds_the_error_is_the_librarys(seed):
    numbers = random.Random(seed)
    chain = [(entry(2), []), (dense("a"), ["input_layer"]), (layer("ReLU", max_value=3), ["a"])]
    for _ in range(20):
        models = [(NESTED, [W, B, W, B, B, W, B]), (functional("net", *chain), [W, B])]
        model, arrays = numbers.choice(models)
        config = json.loads(json.dumps(model))
        holder, key = numbers.choice(spots(config))
        holder[key] = numbers.choice(JUNK)
        with contextlib.suppress(ExactPWLError):
            read_keras(config, arrays)
