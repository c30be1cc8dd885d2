"""A page with a player: one file that any browser shows, without a server and without a network.

The frames are PNG images with a palette, inside the page as text; the script is in ``player.html``
beside this module.  A slider, the keyboard and a table of all counts reach every frame.  The page
forbids itself, by its own policy, to load anything.
"""

from __future__ import annotations

import json
from base64 import b64encode
from html import escape
from importlib.resources import files
from io import BytesIO
from pathlib import Path

from exactpwl.animate.film import Film, Heard
from exactpwl.animate.palette import in_palette, palette_of

__all__ = ["write_player"]


def write_player(film: Film, path: Path, fps: int, dpi: int, heard: Heard | None) -> None:
    """Write a film as a page with a player; see `Film.save`."""
    frames = list(_pictures(film, dpi, heard))
    data = {
        "fps": fps,
        "labels": [shot.label for shot in film.shots],
        "regions": [shot.regions for shot in film.shots],
        "seen": [shot.seen for shot in film.shots],
        "frames": frames,
    }
    width, height = film.image(0, dpi).size
    page = files("exactpwl.animate").joinpath("player.html").read_text(encoding="utf-8")
    for name, text in {
        "TITLE": escape(film.title),
        "WIDTH": str(width),
        "HEIGHT": str(height),
        "ROWS": "\n".join(map(_row, range(len(film)), film.shots)),
        # in a script only a "<" could end the data
        "DATA": json.dumps(data, separators=(",", ":")).replace("<", "\\u003c"),
    }.items():
        page = page.replace(f"{{{{{name}}}}}", text)
    path.write_text(page, encoding="utf-8")


def _pictures(film: Film, dpi: int, heard: Heard | None) -> list[str]:
    palette = palette_of(film, dpi)
    found = []
    for image in film.images(dpi, heard):
        file = BytesIO()
        in_palette(image, palette).save(file, "PNG", optimize=True)
        found.append(b64encode(file.getvalue()).decode("ascii"))
    return found


def _row(number: int, shot: tuple[str, int, int]) -> str:
    label, regions, seen = shot
    button = f'<button type="button" data-frame="{number}">{escape(label)}</button>'
    return f"<tr><td>{button}</td><td>{regions}</td><td>{seen}</td></tr>"
