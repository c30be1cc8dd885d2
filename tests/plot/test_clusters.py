"""The figure of accuracy against the number of affine maps."""

import pytest

from exactpwl import plot
from exactpwl.errors import FigureError
from exactpwl.linearmaps import ClusteredAccuracy, Clustering
from exactpwl.plot.style import STROKES

TRIED = (Clustering(1, 20, 31, 0.0), Clustering(10, 30, 33, 0.5), Clustering(15, 35, 37, 0.9))
SMALL = ClusteredAccuracy("small", 90, 40, 36, TRIED)
OTHER = ClusteredAccuracy("$other$", 60, 10, 9, (Clustering(1, 8, 8, 0.0), Clustering(50, 9, 9, 1)))


def test_lines_are_shares_and_broken_ones_the_networks() -> None:
    ax = plot.cluster_accuracies([SMALL, OTHER])
    drawn = [(list(line.get_xdata()), list(line.get_ydata())) for line in ax.lines]
    assert drawn == [
        ([1, 50], [90, 90]),
        ([1, 10, 15], [50, 75, 87.5]),
        ([15], [87.5]),  # the ring
        ([1, 50], [90, 90]),
        ([1, 50], [80, 90]),
    ]
    assert [line.get_color() for line in ax.lines] == [*[STROKES[0]] * 3, *[STROKES[1]] * 2]
    assert ax.get_xscale() == "log"


def test_the_legend_names_the_networks_and_what_a_broken_line_is() -> None:
    ax = plot.cluster_accuracies([SMALL, OTHER])
    legend = ax.get_legend()
    assert legend is not None
    names = [text.get_text() for text in legend.get_texts()]
    assert names[0] == "small"
    assert names[2:] == ["the network itself", "k = a sixth of the training samples"]
    ax.figure.canvas.draw()


def test_the_caption_says_how_many_samples_there_are() -> None:
    ax = plot.cluster_accuracies([SMALL, OTHER])
    texts = " ".join(text.get_text() for text in ax.texts)
    assert "2 classifiers with k affine maps for each output" in texts
    assert "90 training and 40 test samples; 60 training and 10 test samples" in texts
    assert not plot.cluster_accuracies([SMALL], caption=False).texts


@pytest.mark.parametrize("count", [0, 7])
def test_a_number_of_results_that_cannot_be_told_apart_is_refused(count: int) -> None:
    with pytest.raises(FigureError, match=f"from 1 to 6 results .* are required, got {count}"):
        plot.cluster_accuracies([SMALL] * count)
