"""``exactpwl animate``: the film of a training, or of the way from network to network."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from exactpwl.cli.figures.options import window_option
from exactpwl.cli.inputs import Interval, intervals, load_source, names_from
from exactpwl.cli.progress import Bars, bars
from exactpwl.cli.staging import written_whole
from exactpwl.cli.teaching import Taught

if TYPE_CHECKING:
    from exactpwl.animate import Film
    from exactpwl.gallery import Run

__all__ = ["animate"]

STEPS = 12
PANELS = ("decision", "output", "dual", "accuracy", "boundaries", "layers", "regions")


@click.command(
    cls=Taught,
    examples=(
        "exactpwl animate xor-2 --frames 5",
        "exactpwl animate disc-3 --frames 4 --panels decision,layers,regions -o disc.html",
        "exactpwl animate disc-3@0 disc-3 --frames 6 -o way.gif",
    ),
)
@click.argument("nets", metavar="RUN", nargs=-1, required=True)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The film: FILE.gif, FILE.mp4 (needs ffmpeg), or FILE.html, a page with a player. By "
    "default RUN.gif.",
)
@click.option(
    "--frames",
    type=click.IntRange(min=1),
    metavar="N",
    help="So many checkpoints of the run, evenly spread, by default all; or so many steps from "
    f"each network to the next, by default {STEPS}.",
)
@click.option(
    "--fps", type=click.IntRange(1, 50), default=5, show_default=True, help="Frames a second."
)
@click.option(
    "--dpi",
    type=click.IntRange(20, 400),
    default=100,
    show_default=True,
    help="Pixels an inch; a panel is about two inches wide.",
)
@window_option
@click.option(
    "--panels",
    type=names_from("panels", PANELS),
    metavar="NAME,NAME,...",
    help=f"What is shown, in this order: some of {', '.join(PANELS)}. The way between networks has "
    "no data, so it has output, layers, boundaries and regions.",
)
def animate(
    nets: tuple[str, ...],
    out: Path | None,
    frames: int | None,
    fps: int,
    dpi: int,
    window: tuple[Interval, ...],
    panels: tuple[str, ...] | None,
) -> int:
    """Write the film of a training RUN, or of the way from network to network.

    One RUN, a name of the gallery or a file, is shown checkpoint by checkpoint: decision, output,
    dual points, accuracy so far, boundaries of the neurons, decision over all layers, and the exact
    number of activation regions. Two or more networks of one architecture (files, names, or
    RUN@EPOCH) are joined by exact rational interpolation of their weights.
    """
    from exactpwl.animate.film import checked_film_path

    path = checked_film_path(out or f"{nets[0].replace('@', '-').replace(':', '-')}.gif")
    if path.suffix.lower() == ".mp4":
        from exactpwl.animate.mp4 import ffmpeg

        ffmpeg()  # found missing before the work, not after it
    options: dict[str, Any] = {} if panels is None else {"panels": panels}
    with bars() as shown:
        film = (_training if len(nets) == 1 else _passage)(nets, frames, window, options, shown)
        with written_whole(path) as file:
            film.save(file, fps=fps, dpi=dpi, heard=shown.step)
    first, last = film.shots[0], film.shots[-1]
    click.echo(f"{film.title}, {len(film)} frames")
    for shot in (first, last):
        counts = f"{shot.regions} activation regions in the plane, {shot.seen} in the window"
        click.echo(f"{shot.label}: {counts}")
    click.echo(f"wrote {path}")
    return 0


def _training(
    nets: Sequence[str],
    frames: int | None,
    window: Sequence[Interval],
    options: dict[str, Any],
    shown: Bars,
) -> Film:
    from exactpwl.animate import training

    look = intervals(window, 2, "--window") if window else None
    return training(_run(nets[0]), frames=frames, window=look, heard=shown.step, **options)


def _run(spec: str) -> Run:
    from exactpwl import gallery

    path = Path(spec)
    return gallery.Run.load(path) if path.is_file() else gallery.run(spec)


def _passage(
    nets: Sequence[str],
    frames: int | None,
    window: Sequence[Interval],
    options: dict[str, Any],
    shown: Bars,
) -> Film:
    from exactpwl.animate import interpolate, passage

    sources = [load_source(net) for net in nets]
    way = interpolate([source.network for source in sources], frames or STEPS)
    look = intervals(window, 2, "--window") if window else sources[-1].window
    names = [source.network.name or source.label for source in sources]
    return passage(
        way,
        title=" → ".join(names),
        labels=_labels(names, frames or STEPS),
        window=look,
        heard=shown.step,
        **options,
    )


def _labels(names: Sequence[str], steps: int) -> list[str]:
    """Return the name of each frame: a network, or which part of the way to the next one.

    Examples
    --------
    >>> _labels(["untrained", "trained"], 2)
    ['untrained', '1/2 of the way to trained', 'trained']
    """
    labels = [names[0]]
    for name in names[1:]:
        way = (Fraction(k, steps) for k in range(1, steps))
        labels += [f"{share} of the way to {name}" for share in way]
        labels.append(name)
    return labels
