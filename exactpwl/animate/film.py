"""A film: frames that are drawn when they are asked for, and what each of them shows in numbers.

The numbers are there before a frame is drawn, so they can be tested, written into a page, and drawn
as a curve of which every frame knows the whole scale.  A frame is a figure with fixed places for
all panels: what is laid out anew for each frame would shake.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from exactpwl.errors import FigureError

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["Film", "Heard", "Shot", "checked_film_path"]

DPI = 100
FRAMES_A_SECOND = 5

Heard = Callable[[str, int, int], None]
"""Hears what is done, how much of it, and how much there is."""


class Shot(NamedTuple):
    """What one frame shows.

    Attributes
    ----------
    label : str
        Such as ``epoch 40``.
    regions : int
        The activation regions of the network in its domain, by default the plane.
    seen : int
        Those of them whose interior meets the open window.

    Examples
    --------
    >>> from exactpwl import animate, gallery
    >>> animate.training(gallery.run("rings"), frames=2, panels=["regions"]).shots[-1]
    Shot(label='epoch 800', regions=970, seen=410)
    """

    label: str
    regions: int
    seen: int


@dataclass(frozen=True)
class Film:
    """A film.

    Parameters
    ----------
    title : str
    shots : tuple of Shot
        One for each frame.
    draw : callable
        Takes the number of a frame and returns its figure; all figures have one size.

    Examples
    --------
    >>> from exactpwl import animate, gallery
    >>> film = animate.training(gallery.run("xor-2"), frames=3, panels=["layers", "regions"])
    >>> film
    <Film of xor-2, training: 3 frames, 4 to 4 activation regions>
    >>> film.image(0, dpi=40).size
    (228, 144)
    """

    title: str
    shots: tuple[Shot, ...]
    draw: Callable[[int], Figure]

    def __len__(self) -> int:
        return len(self.shots)

    def __repr__(self) -> str:
        first, last = self.shots[0].regions, self.shots[-1].regions
        return f"<Film of {self.title}: {len(self)} frames, {first} to {last} activation regions>"

    def image(self, number: int, dpi: int = DPI) -> Image:
        """Return a frame as an image of pillow, in RGB."""
        from PIL import Image

        figure = self.draw(number)
        figure.set_dpi(dpi)
        canvas: Any = FigureCanvasAgg(figure)
        canvas.draw()
        pixels = Image.frombytes("RGBA", canvas.get_width_height(), bytes(canvas.buffer_rgba()))
        return pixels.convert("RGB")

    def images(self, dpi: int = DPI, heard: Heard | None = None) -> Iterator[Image]:
        """Yield all frames as images, one after the other."""
        for number in range(len(self)):
            if heard is not None:
                heard("drawing frames", number, len(self))
            yield self.image(number, dpi)

    def save(
        self,
        path: str | Path,
        *,
        fps: int = FRAMES_A_SECOND,
        dpi: int = DPI,
        heard: Heard | None = None,
    ) -> Path:
        """Write the film as ``.gif``, ``.mp4``, or as a page ``.html`` with a player.

        Parameters
        ----------
        path : str or Path
        fps : int
            Frames a second; the last frame of a GIF stays longer.
        dpi : int
            Pixels an inch.
        heard : callable, optional
            Is told ``("drawing frames", done, all)``.

        Raises
        ------
        FigureError
            If the path has another suffix, or `fps` or `dpi` is not positive.
        MissingDependencyError
            For ``.mp4``, if there is no ffmpeg; it says how to get one.
        """
        from exactpwl.animate.gif import write_gif
        from exactpwl.animate.mp4 import write_mp4
        from exactpwl.animate.player import write_player

        checked = checked_film_path(path)
        for name, value in (("fps", fps), ("dpi", dpi)):
            if value < 1:
                raise FigureError(f"{name} must be at least 1, got {value}")
        write = {".gif": write_gif, ".mp4": write_mp4, ".html": write_player}
        write[checked.suffix.lower()](self, checked, fps, dpi, heard)
        return checked


def checked_film_path(path: str | Path) -> Path:
    """Return the path of a film.

    Raises
    ------
    FigureError
        If it has another suffix than a film's.
    """
    path = Path(path)
    if path.suffix.lower() not in (".gif", ".mp4", ".html"):
        raise FigureError(
            "a film is written as .gif, .mp4 or .html (a page with a player): give the file one of "
            f"these suffixes, got {path.name!r}"
        )
    return path
