"""``exactpwl plot training``: a training in stills."""

from __future__ import annotations

from pathlib import Path

import click

from exactpwl.cli.figures.options import out_option, write_figure
from exactpwl.cli.inputs import run_source
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught

__all__ = ["training"]


@click.command(
    cls=Taught,
    examples=(
        "exactpwl plot training disc-3 --epoch 40",
        "exactpwl plot training disc-3 --epoch 0 --epoch 40 --epoch 400 -o three.svg",
    ),
)
@click.argument("run", metavar="RUN")
@click.option(
    "--epoch",
    "epochs",
    type=int,
    multiple=True,
    metavar="N",
    help="The still of this epoch; several times for a sheet of several. By default every 40th.",
)
@out_option
def training(run: str, epochs: tuple[int, ...], out: Path | None) -> int:
    """Draw the training RUN of the gallery in stills of six panels.

    Decision and data, output, dual points, accuracy so far, the neurons' boundaries, and the
    decision boundary over all layers; exactly, at any checkpoint.
    """
    from exactpwl import gallery
    from exactpwl.plot import training_panels, training_sheet
    from exactpwl.plot.stills import place_of

    chosen = gallery.run(run)
    with bars() as shown:
        shown.doing("drawing the figure")
        if len(epochs) == 1:
            axes = training_panels(chosen, place_of(chosen, epochs[0]))
        else:
            axes = training_sheet(chosen, epochs or None)
        return write_figure(axes[0], out, run_source(run), "training")
