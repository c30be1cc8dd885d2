"""Run the notebooks of notebooks/, each in a process of its own and in an empty folder.

    .venv/bin/python tools/notebooks.py              all of them
    .venv/bin/python tools/notebooks.py 04 rings     those with such a name
    .venv/bin/python tools/notebooks.py --store      and store what they show

What is stored is text and figures alone: no time, no path, no version of Python; so a notebook
changes only where a cell or what it shows has changed. Figures are compared by being there, since
another version of matplotlib draws other pixels. A cell with the tag `needs-PROGRAM` says something
else where the program is missing, and is not compared there.
"""

import base64
import io
import os
import re
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from PIL import Image

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
LONGEST_SECONDS = 120
COLOURS = 256
"""Of a stored figure: a quarter of the bytes, and no difference that one sees."""
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def notebooks(words: list[str]) -> list[Path]:
    """Return the notebooks with one of the words in their name; all, if there is no word."""
    paths = sorted(FOLDER.glob("*.ipynb"))
    return [p for p in paths if not words or any(word in p.stem for word in words)]


def executed(path: Path) -> nbformat.NotebookNode:
    """Return a notebook as it is after a run from its first cell on."""
    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["IPYTHONDIR"] = folder
        NotebookClient(
            notebook,
            timeout=LONGEST_SECONDS,
            resources={"metadata": {"path": folder}},
            record_timing=False,
            extra_arguments=["--log-level=ERROR"],
        ).execute()
    return notebook


def bare(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Leave cells and outputs, and of what is told about them the tags alone."""
    notebook.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    for cell in notebook.cells:
        cell.metadata = {k: v for k, v in cell.metadata.items() if k == "tags"}
        if cell.cell_type == "code":
            cell.outputs = _joined(cell.outputs)
    return notebook


def _joined(outputs: list[Any]) -> list[Any]:
    """Return outputs in which what was printed in several goes is one text."""
    found: list[Any] = []
    for output in outputs:
        if "data" in output:
            output.metadata = {}
            if "image/png" in output.data:
                output.data["image/png"] = _smaller(output.data["image/png"])
        streams = output.output_type == "stream" and found and found[-1].get("name") == output.name
        if streams:
            found[-1].text += output.text
        else:
            found.append(output)
    return found


def _smaller(figure: str) -> str:
    """Return a figure with few colours; one that has few already stays what it is."""
    image = Image.open(io.BytesIO(base64.b64decode(figure)))
    if image.mode == "P":
        return figure
    flat = image.convert("RGB").quantize(COLOURS, kmeans=1, dither=Image.Dither.NONE)
    written = io.BytesIO()
    flat.save(written, format="PNG", optimize=True)
    return base64.b64encode(written.getvalue()).decode("ascii")


def shown(notebook: nbformat.NotebookNode) -> list[list[Any]]:
    """Return what each code cell shows, as text; of a figure only that there is one."""
    return [_cell(cell) for cell in notebook.cells if cell.cell_type == "code"]


def _cell(cell: nbformat.NotebookNode) -> list[Any]:
    if any(shutil.which(program) is None for program in needed(cell)):
        return []
    printed = "".join(o.text for o in cell.outputs if o.output_type == "stream")
    displayed = [_by_kind(o.data) for o in cell.outputs if o.output_type != "stream"]
    return [printed, *displayed]


def needed(cell: nbformat.NotebookNode) -> list[str]:
    """Return the programs that a cell's tags name."""
    tags = cell.metadata.get("tags", [])
    return [m[1] for tag in tags if (m := re.fullmatch(r"needs-(.+)", tag))]


def _by_kind(data: dict[str, str]) -> dict[str, str]:
    return {kind: "" if kind.startswith("image/") else text for kind, text in data.items()}


def told(path: Path, *, store: bool) -> tuple[str, bool]:
    """Run one notebook, and return a sentence on it and whether all is well."""
    start = time.perf_counter()
    stored = nbformat.read(path, as_version=4)
    try:
        after = bare(executed(path))
    except CellExecutionError as error:
        return f"stopped: {error.ename}: {error.evalue}", False
    if store:
        nbformat.write(after, path)
    cells = [cell for cell in after.cells if cell.cell_type == "code"]
    figures = sum("image/png" in o.get("data", {}) for cell in cells for o in cell.outputs)
    size = f"{len(cells)} cells, {figures} figures, {time.perf_counter() - start:.0f} s"
    if store:
        return f"{size}, stored", True
    same = shown(stored) == shown(after)
    return f"{size}, {'shows what is stored' if same else 'shows something else'}", same


def main(arguments: list[str]) -> int:
    """Run notebooks, and print a line on each."""
    words = [word for word in arguments if word != "--store"]
    chosen = notebooks(words)
    if not chosen:
        known = ", ".join(path.stem for path in notebooks([]))
        print(f"no notebook has {' or '.join(words)} in its name; there are {known}")
        return 2
    well = True
    for path in chosen:
        sentence, fine = told(path, store="--store" in arguments)
        print(f"{path.stem}: {sentence}", flush=True)
        well = well and fine
    return not well


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
