"""A pattern that no point has

The sources draw the patterns that occur. Two ReLUs have four, and of the XOR network's only three
are seen in the plane.

The fourth is drawn here like the others: the second neuron alone would be on. Its affine map
exists, its region does not, and the proof stands in its place: its two inequalities, added, say
-1 >= 0 (Farkas 1902). Nothing has to be believed but one addition.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import gallery, plot


def draw() -> tuple[Axes, ...]:
    return plot.pattern_diagram(gallery.get("xor"), "01")


if __name__ == "__main__":
    plot.save_figure(draw()[0], Path(__file__).with_suffix(".svg"), "An empty pattern")
