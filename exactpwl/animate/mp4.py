"""MP4 by ffmpeg: the program, or the one that the package imageio-ffmpeg brings along.

Frames go to ffmpeg through a pipe, as bytes, one at a time: nothing is stored between.  The encoder
is H.264 with the pixel format that every browser plays; it needs even sides, so an odd one is made
even by a white line.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from exactpwl.animate.film import Film, Heard
from exactpwl.errors import FigureError, MissingDependencyError

__all__ = ["ffmpeg", "write_mp4"]

_INSTALL = (
    "to write .mp4 the program ffmpeg is required and was not found; install it (Debian: apt "
    "install ffmpeg) or `pip install imageio-ffmpeg`, or write .gif or .html, which need nothing"
)


def ffmpeg() -> str:
    """Return the path of an ffmpeg.

    Raises
    ------
    MissingDependencyError
        If there is none; the message says how to get one.
    """
    found = shutil.which("ffmpeg")
    if found:
        return found
    try:
        from imageio_ffmpeg import get_ffmpeg_exe

        return str(get_ffmpeg_exe())
    except (ImportError, RuntimeError) as error:
        raise MissingDependencyError(_INSTALL) from error


def write_mp4(film: Film, path: Path, fps: int, dpi: int, heard: Heard | None) -> None:
    """Write a film as MP4; see `Film.save`."""
    program = ffmpeg()
    width, height = film.image(0, dpi).size
    line = [
        *(program, "-y", "-loglevel", "error"),
        *("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}", "-r", str(fps)),
        *("-i", "-", "-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2:color=white"),
        *("-c:v", "libx264", "-pix_fmt", "yuv420p", "-crf", "20", "-movflags", "+faststart"),
        str(path),
    ]
    with subprocess.Popen(line, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        try:
            for image in film.images(dpi, heard):
                process.stdin.write(image.tobytes())
            process.stdin.close()
        except BrokenPipeError:
            pass  # ffmpeg says why, below
        said = process.stderr.read().decode(errors="replace").strip()
    if process.returncode:
        raise FigureError(f"ffmpeg could not write {path.name}: {said or process.returncode}")
