"""Names come from files: their dollars and control characters are drawn as they are."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from exactpwl import Network, plot, regions

NAME = "a$b_\\frac$c\x1b[31m"
NETWORK = Network([([[1, 1]], [0], "relu")], name=NAME)
COMPLEX = regions(NETWORK)

FIGURES: dict[str, Callable[[], Any]] = {
    "diagram": lambda: plot.diagram(NETWORK),
    "pattern": lambda: plot.pattern_diagram(NETWORK, "1")[-1],
    "graph": lambda: plot.region_graph(COMPLEX),
    "by layer": lambda: plot.regions_by_layer(COMPLEX),
    "gradient": lambda: plot.gradient_image(NETWORK, point=(1, 1)),
    "top down": lambda: plot.top_down(COMPLEX),
}


@pytest.mark.parametrize("figure", FIGURES)
def test_any_name_is_drawn(figure: str, tmp_path: Path) -> None:
    ax = FIGURES[figure]()
    plot.save_figure(ax, tmp_path / "figure.svg", "named")
    written = " ".join(text.get_text() for text in ax.texts).replace(r"\$", "$")
    assert r"a$b_\frac$c\x1b[31m" in written
