"""A heart becomes a star, on the straight way

"Visualizing piecewise linear neural networks" (Jane Street's technology blog, 2022) interpolates
between the weights of networks, from random ones to trained ones.

Here each frame is a network with rational weights, (1 - t) A + t B, and its regions are counted
exactly: from an untrained network to one that knows a heart, and on to one that knows a star. The
third was trained on from the second, so boundaries keep their neurons and move; half-way the shape
is neither, because the function is not the mean of two functions. `exactpwl animate heart@0 heart
star` makes the film.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import animate, gallery

SHAPES = ("heart", "star")


def film(steps: int) -> animate.Film:
    heart, star = gallery.run("heart"), gallery.run("star")
    way = animate.interpolate([heart.networks[0], heart.networks[-1], star.networks[-1]], steps)
    labels = [f"{k}/{steps} of the way to a {shape}" for shape in SHAPES for k in range(steps)]
    return animate.passage(
        way, labels=[*labels, "a star"], panels=["layers", "regions"], window=heart.window
    )


def draw() -> tuple[Axes, ...]:
    return tuple(film(1).draw(1).axes)


if __name__ == "__main__":
    film(8).save(Path(__file__).with_suffix(".gif"), dpi=90, fps=4)
