"""Rings: from few polygons to many

"Visualizing piecewise linear neural networks" (Jane Street's technology blog, 2022) tells that a
network with random weights has far fewer polygons than a trained one; the study of linear regions
(Frontiers, 2023/24) has stills of trainings.

Every frame here is an exact network, a checkpoint with weights in multiples of 1/64. The regions of
each frame are counted, not estimated: 41 in the window before the training, 410 after it; 543 and
970 in the whole plane. `exactpwl animate` makes films of this kind, with up to seven panels, as
GIF, as MP4, or as a page with a player that shows the counts of every frame.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import animate, gallery


def film(frames: int) -> animate.Film:
    return animate.training(gallery.run("rings"), frames=frames, panels=["layers", "regions"])


def draw() -> tuple[Axes, ...]:
    return tuple(film(2).draw(1).axes)


if __name__ == "__main__":
    film(15).save(Path(__file__).with_suffix(".gif"), dpi=90, fps=3)
