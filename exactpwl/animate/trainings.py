"""The film of a training: the panels of a still for each checkpoint, and the count of regions.

The checkpoints are exact networks (`exactpwl.gallery.runs`), so each frame is a still of
`exactpwl.plot.training_panels`, with the limits of the whole run, and the number of regions is
proved for each of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from matplotlib.figure import Figure

from exactpwl.animate.film import Film, Heard
from exactpwl.animate.frames import (
    checked_panels,
    complexes_of,
    draw_counts,
    new_frame,
    shots_of,
    tidy,
)
from exactpwl.errors import FigureError
from exactpwl.plot.stills import PANELS, training_limits, training_panels
from exactpwl.plot.view import require_two_inputs
from exactpwl.plot.window import as_window

if TYPE_CHECKING:
    from exactpwl.gallery import Run

__all__ = ["TRAINING_PANELS", "chosen_checkpoints", "training"]

TRAINING_PANELS = (*PANELS, "regions")
"""What a film of a training can show; the last is the curve of the counts."""


def training(
    run: Run,
    *,
    panels: Sequence[str] = TRAINING_PANELS,
    frames: int | None = None,
    window: Any = None,
    heard: Heard | None = None,
) -> Film:
    """Return the film of a training.

    Parameters
    ----------
    run : Run
        Of networks with two inputs and one output.
    panels : sequence of str
        Some of ``decision``, ``output``, ``dual``, ``accuracy``, ``boundaries``, ``layers`` and
        ``regions``, in the order in which they are shown.
    frames : int, optional
        How many checkpoints, evenly spread from the first to the last; all by default.
    window : Domain that is a box, or two pairs (low, high) of rationals, optional
        What to look at; by default the run's.
    heard : callable, optional
        Is told ``("counting regions", done, all)``.

    Returns
    -------
    Film

    Raises
    ------
    FigureError
        If the networks have not two inputs and one output, a panel is unknown, the window is no
        box, or there is no frame.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> film = training(gallery.run("disc-3"), frames=3)
    >>> [shot.label for shot in film.shots]
    ['epoch 0', 'epoch 200', 'epoch 400']
    """
    names = checked_panels(panels, TRAINING_PANELS)
    require_two_inputs(run.networks[0].input_dimension)
    chosen = chosen_checkpoints(len(run), frames)
    bounds = as_window(run.window if window is None else window)
    looked_at = replace(run, window=bounds)
    complexes = complexes_of([run.networks[i] for i in chosen], heard)
    limits = training_limits(complexes) if "dual" in names else None
    epochs = [run.epochs[i] for i in chosen]
    shots = shots_of([f"epoch {epoch}" for epoch in epochs], complexes, bounds)

    def draw(number: int) -> Figure:
        title = f"{run.name}: epoch {epochs[number]} of {run.epochs[-1]}"
        figure, axes = new_frame(len(names), title, bounds)
        places = dict(zip(names, axes, strict=True))
        panels = [name for name in names if name != "regions"]
        if panels:
            training_panels(
                looked_at,
                chosen[number],
                [places[name] for name in panels],
                panels=panels,
                complex_=complexes[number],
                limits=limits,
            )
            tidy(places[name] for name in panels if name != "accuracy")
        if "accuracy" in places:
            places["accuracy"].set_ylabel("")
        if "regions" in places:
            draw_counts(places["regions"], epochs, shots, number, "epoch")
        return figure

    return Film(f"{run.name}, training", shots, draw)


def chosen_checkpoints(count: int, frames: int | None) -> tuple[int, ...]:
    """Return so many places of `count`, evenly spread, with the first and the last.

    Raises
    ------
    FigureError
        If less than one is asked for.

    Examples
    --------
    >>> chosen_checkpoints(41, 5), chosen_checkpoints(3, None), chosen_checkpoints(41, 1)
    ((0, 10, 20, 30, 40), (0, 1, 2), (40,))
    """
    if frames is None or frames >= count:
        return tuple(range(count))
    if frames < 1:
        raise FigureError(f"a film needs one frame or more, got {frames}")
    if frames == 1:
        return (count - 1,)
    parts = frames - 1
    return tuple((2 * i * (count - 1) + parts) // (2 * parts) for i in range(frames))
