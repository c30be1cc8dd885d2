"""One palette of 256 colours for all frames of a film.

A palette for each frame would make still parts flicker, and store them again and again.  One for
the whole film is chosen by median cut (Heckbert 1982) from the colours of a few frames from the
first to the last, each counted by the root of its pixels, so that gradients have their share beside
the large even areas.  White is exactly white.  Every pixel then takes the nearest colour, without
dithering, whose dots would dance from frame to frame.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from PIL.Image import Image

    from exactpwl.animate.film import Film

__all__ = ["in_palette", "palette_of"]

COLOURS = 256
_WHITE = 255
_SAMPLES = 5

Palette = NDArray[np.int64]
"""A row of red, green and blue for each colour."""


def palette_of(film: Film, dpi: int) -> Palette:
    """Return the colours of a film.

    Examples
    --------
    >>> from exactpwl import animate, gallery
    >>> film = animate.training(gallery.run("xor-2"), frames=1, panels=["regions"])
    >>> palette_of(film, 40)[-1].tolist()
    [255, 255, 255]
    """
    from PIL import Image

    last = len(film) - 1
    numbers = sorted({last * part // (_SAMPLES - 1) for part in range(_SAMPLES)})
    chosen = [film.image(number, dpi) for number in numbers]
    pixels = np.concatenate([np.asarray(image).reshape(-1, 3) for image in chosen])
    colours, counts = np.unique(pixels, axis=0, return_counts=True)
    weighted = np.repeat(colours, np.ceil(np.sqrt(counts)).astype(int), axis=0)
    sheet = Image.fromarray(weighted[np.newaxis])
    quantized = sheet.quantize(COLOURS - 1, method=Image.Quantize.MEDIANCUT)
    found = np.array(quantized.getpalette(), dtype=np.int64).reshape(-1, 3)
    return np.concatenate([found[: COLOURS - 1], [[_WHITE] * 3]])


def in_palette(image: Image, palette: Palette) -> Image:
    """Return an image in which every pixel has the nearest colour of a palette.

    Pillow looks colours up in a coarse table, which turns white into a grey.

    Examples
    --------
    >>> from PIL import Image
    >>> grey = Image.new("RGB", (1, 1), (250, 250, 250))
    >>> in_palette(grey, np.array([[0, 0, 0], [255, 255, 255]])).convert("RGB").getpixel((0, 0))
    (255, 255, 255)
    """
    from PIL import Image

    pixels = np.asarray(image.convert("RGB"))
    colours, places = np.unique(pixels.reshape(-1, 3), axis=0, return_inverse=True)
    # |c - p|^2 without |c|^2, which all colours of the palette share
    distances = (palette**2).sum(axis=1) - 2 * colours.astype(np.int64) @ palette.T
    nearest = distances.argmin(axis=1).astype(np.uint8)
    found = Image.fromarray(nearest[places.reshape(pixels.shape[:2])])
    found.putpalette(palette.flatten().tolist())
    return found
