"""Three inputs, cut open

The sources draw networks with one and two inputs. The study of linear regions (Frontiers, 2023/24)
counts regions for more, and shows none of them.

Here the complex of three planes and a second layer of two neurons fills a cube, of which the corner
nearest to the viewer is cut away. All planes of the cut are exact, so the regions on them can be
compared with the caption: 22 in space, 22 in this window. The first layer's planes go straight
through, the second layer bends where it meets them. The yellow line is the zero of the output on
all visible faces; it goes around the corner without a gap, because the network is continuous.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import Network, plot, regions


def draw() -> Axes:
    network = Network(
        [
            ([[1, 0, 0], [0, 1, 0], [0, 0, 1]], ["1/4", "-1/3", "1/3"], "relu"),
            ([[1, 1, 1], [1, -1, 0]], ["-1/2", "-1/3"], "relu"),
            ([[2, -1]], ["-1/4"], "linear"),
        ],
        name="three planes and a layer",
    )
    corner = [((1, 0, 0), "-1/8"), ((0, -1, 0), "-1/2"), ((0, 0, 1), "-1/8")]
    return plot.solid(regions(network), window=[(-1, 1)] * 3, cut_away=corner)


if __name__ == "__main__":
    plot.save_figure(draw(), Path(__file__).with_suffix(".svg"), "Three inputs, cut open")
