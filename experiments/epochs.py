"""How a dense classifier ceases to be linear while it is trained.

    python experiments/epochs.py

trains the bundled classifier mnist-dense again, for fewer epochs each time, and replaces it by the
mean of its local linear maps.  Writes experiments/results/epochs.md.  Needs the extra `train`; a
minute on two cores.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from exactpwl.gallery import picture_set
from exactpwl.gallery.training.classifiers import PLANS, accuracy, trained
from exactpwl.linearmaps import clustered_accuracy, float_maps
from exactpwl.network import Network

EPOCHS = (1, 2, 5, 10, 20, 30)
HEAD = """| epochs | right in training | right in the test | with one affine map |
| --- | --- | --- | --- |
"""


def row(epochs: int) -> str:
    """Train for so many epochs, and say what one affine map keeps."""
    pictures = picture_set("mnist")
    module = trained(replace(PLANS["mnist-dense"], epochs=epochs))
    arrays = [tensor.detach().numpy().tolist() for tensor in module.parameters()]
    network = Network.from_arrays(arrays[::2], arrays[1::2])
    training = float_maps(network, pictures.training.points)
    test = float_maps(network, pictures.test.points)
    found = clustered_accuracy(training, test, pictures.test.points, pictures.test.labels, [1])
    learnt = round(accuracy(module, pictures.training) * found.training)
    cells = (f"{learnt} of {found.training}", f"{found.own} of {found.test}")
    return f"| {epochs} | {cells[0]} | {cells[1]} | {found.clusterings[0].right} |\n"


def main() -> None:
    """Write the table."""
    text = HEAD
    for epochs in EPOCHS:
        text += row(epochs)
        print(text.splitlines()[-1], flush=True)
    path = Path(__file__).resolve().parent / "results" / "epochs.md"
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
