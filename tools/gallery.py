"""Draw the figures of docs/gallery, and write the page that shows them.

    .venv/bin/python tools/gallery.py               all figures and the page
    .venv/bin/python tools/gallery.py eight_lines   one figure and the page
    .venv/bin/python tools/gallery.py --page        the page alone

Each script of docs/gallery is a figure: its docstring has a title and says what the source showed
and what is added here; running it writes the picture beside it. So the page cannot tell of a figure
that is not there, nor of another one than the script draws.
"""

import ast
import runpy
import sys
import time
from pathlib import Path

from PIL import Image

GALLERY = Path(__file__).resolve().parents[1] / "docs" / "gallery"
PAGE = GALLERY / "README.md"
WIDEST, MOST_PIXELS, COLOURS = 1400, 1_600_000, 256
CHAPTERS = {
    "One input": (
        "relu",
        "two_pieces",
        "rays",
        "moving_one_weight",
        "derivatives",
        "sawtooth",
    ),
    "Two inputs, from above": (
        "eight_lines",
        "second_layer",
        "rings_layers",
        "rings_extrema",
        "xor_plan",
        "four_neurons",
        "cross_sections",
    ),
    "Surfaces": (
        "neuron_surface",
        "two_planes",
        "xor_surface",
        "four_neurons_surface",
        "eight_lines_surface",
        "eight_lines_projected",
        "second_layer_surface",
        "rings_surface",
        "finite_elements",
    ),
    "Classes, dual points and training": (
        "xor_widths",
        "disc_layers",
        "where_data_live",
        "robust_point",
        "training_disc_3",
        "hundred_seeds",
        "training_disc_8_8_8",
        "training_xor_position",
        "rings_barcode",
    ),
    "Local linear maps": (
        "mapped_decisions",
        "mapped_wireframes",
        "mapped_dual_points",
        "mapped_jumps",
        "gradients_of_classifiers",
        "mapped_gradients",
        "clusters",
    ),
    "Networks, graphs and counts": (
        "network_with_weights",
        "pattern_on_the_network",
        "empty_pattern",
        "graph_by_position",
        "graph_by_spectrum",
        "permutohedron",
        "regions_by_layer",
        "regions_by_width",
        "lines_and_neurons",
        "redundant_neurons",
        "gradient_of_a_picture",
    ),
    "Three inputs and more": (
        "three_inputs_cut_open",
        "resonance_exploded",
        "section_of_four_inputs",
    ),
    "Motion": ("rings_film", "heart_to_star"),
}
"""The figures in the order of the page; a script that is not named here is an error."""

HEAD = """# Gallery

Every figure here is drawn from exact data by the short script beside it; `exactpwl plot` draws the same kinds of
figures of other networks ([figures.md](../figures.md)). The texts say what the sources showed and what is added.
The sources are "Visualizing piecewise linear neural networks" (Jane Street's technology blog, 2022); a demonstration
of piecewise linearity in one and two inputs (roguetrainer, *piecewise linear surfaces in deep learning*); a study of
linear regions of ReLU networks, their duals, clusters and affine maps (Frontiers, 2023/24); and a tutorial that
builds a function from ReLUs by hand.

This page is written by `.venv/bin/python tools/gallery.py` from the scripts.
"""


def scripts() -> list[str]:
    """Return the names of all scripts."""
    return sorted(path.stem for path in GALLERY.glob("*.py"))


def docstring(name: str) -> str:
    tree = ast.parse((GALLERY / f"{name}.py").read_text(encoding="utf-8"))
    return ast.get_docstring(tree) or ""


def picture(name: str) -> str:
    """Return the file name of the picture that a script has written."""
    found = [path.name for path in GALLERY.glob(f"{name}.*") if path.suffix != ".py"]
    if len(found) != 1:
        raise SystemExit(f"docs/gallery/{name}.py has {len(found)} pictures: {', '.join(found)}")
    return found[0]


def shrink(path: Path) -> None:
    """Make a picture of pixels as small as a page needs it: fewer pixels, and a palette."""
    with Image.open(path) as opened:
        image = opened.convert("RGB")
    factor = min(1, WIDEST / image.width, (MOST_PIXELS / image.width / image.height) ** 0.5)
    size = (round(image.width * factor), round(image.height * factor))
    small = image.resize(size, Image.Resampling.LANCZOS)
    method = Image.Quantize.MAXCOVERAGE  # which keeps the colours of thin lines
    palette = small.quantize(COLOURS, method=method, kmeans=3, dither=Image.Dither.NONE)
    palette.save(path, optimize=True)


def entry(name: str) -> str:
    """Return what the page says of a figure."""
    title, _, text = docstring(name).partition("\n\n")
    return f"### {title}\n\n![{title}]({picture(name)})\n\n{text}\n\n[{name}.py]({name}.py)\n"


def page() -> str:
    """Return the page."""
    named = [name for names in CHAPTERS.values() for name in names]
    if sorted(named) != scripts():
        odd = sorted(set(named) ^ set(scripts()))
        raise SystemExit(f"tools/gallery.py and docs/gallery differ in {', '.join(odd)}")
    parts = [HEAD]
    for chapter, names in CHAPTERS.items():
        parts += [f"## {chapter}\n", *map(entry, names)] if names else []
    return "\n".join(parts)


def main(arguments: list[str]) -> None:
    names = [] if "--page" in arguments else arguments or scripts()
    for name in names:
        start = time.process_time()
        runpy.run_path(str(GALLERY / f"{name}.py"), run_name="__main__")
        path = GALLERY / picture(name)
        if path.suffix == ".png":
            shrink(path)
        size = path.stat().st_size
        print(f"{path.name}: {size / 1000:.0f} kB, {time.process_time() - start:.1f} s")
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
