"""The resonance arrangement, exploded

None of the sources shows the regions of three inputs. Their pictures of two inputs ask for it: a
line becomes a plane, a polygon a polyhedron.

These are the seven planes with normals in {0, 1}^3, other than 0: 32 unbounded regions, cut off at
the cube. Every region moves away from the middle by half its own distance. Two colours suffice,
because each plane changes the side of all of them; where two regions of one colour meet they meet
in an edge only. Which region hides which is decided by the patterns, exactly, not by mean depths,
which fail for long thin cells like those around x + y + z = 0.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import gallery, plot, regions


def draw() -> Axes:
    resonance = gallery.exhibit("resonance:3")
    return plot.solid(
        regions(resonance.network), window=resonance.window, explode="1/2", colour_by="region"
    )


if __name__ == "__main__":
    plot.save_figure(draw(), Path(__file__).with_suffix(".svg"), "The resonance arrangement")
