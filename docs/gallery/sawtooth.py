"""A sawtooth: sixteen pieces from eight neurons

The demonstration of piecewise linearity (roguetrainer) marks where a network with one input changes
its slope.

Here each of these places has its exact value and its neuron, in deep networks too. Each layer of
this network folds [0, 1] once in the middle, so four layers of two neurons have 2^4 = 16 pieces
there; one layer of eight would have nine at most. Above each breakpoint stands the neuron that
bends there: a1 once, b1 twice, c1 four times, d1 eight times. Two more regions lie outside of the
window, and the caption counts them too.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import gallery, plot, regions


def draw() -> Axes:
    sawtooth = gallery.exhibit("sawtooth:4")
    return plot.function_graph(regions(sawtooth.network), window=sawtooth.window)


if __name__ == "__main__":
    plot.save_figure(draw(), Path(__file__).with_suffix(".svg"), "A sawtooth")
