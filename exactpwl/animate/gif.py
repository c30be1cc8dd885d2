"""GIF: every frame in one palette, and of each only what changed.

With one palette for all frames (`exactpwl.animate.palette`) equal parts are equal bytes, and pillow
stores of each frame the rectangle that differs from the one before.
"""

from __future__ import annotations

from pathlib import Path

from exactpwl.animate.film import Film, Heard
from exactpwl.animate.palette import in_palette, palette_of

__all__ = ["write_gif"]

_LAST_STAYS = 6  # times as long as another frame
_SHORTEST = 20  # milliseconds, below which players choose a time of their own


def write_gif(film: Film, path: Path, fps: int, dpi: int, heard: Heard | None) -> None:
    """Write a film as a GIF that begins again at its end; see `Film.save`."""
    palette = palette_of(film, dpi)
    frames = (in_palette(image, palette) for image in film.images(dpi, heard))
    first = next(frames)
    each = max(_SHORTEST, round(1000 / fps))
    durations = [*[each] * (len(film) - 1), _LAST_STAYS * each]
    first.save(
        path,
        save_all=True,
        append_images=frames,
        duration=durations if len(film) > 1 else each,
        loop=0,
        optimize=False,
    )
