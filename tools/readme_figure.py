"""Draw the figure of the README: the network `rings`, seen from above.

    .venv/bin/python tools/readme_figure.py

The figure is that of `exactpwl regions rings`, smaller and with 256 colours, so that the page loads
quickly.
"""

from io import BytesIO
from pathlib import Path

from PIL import Image

import exactpwl
from exactpwl.plot import top_down

TARGET = Path(__file__).resolve().parents[1] / "docs" / "images" / "rings.png"


def main() -> None:
    exhibit = exactpwl.gallery.exhibit("rings")
    axes = top_down(exactpwl.regions(exhibit.network), window=exhibit.window)
    drawn = BytesIO()
    axes.figure.savefig(drawn, dpi=120)
    image = Image.open(drawn).convert("RGB").quantize(256, dither=Image.Dither.NONE)
    TARGET.parent.mkdir(exist_ok=True)
    image.save(TARGET, optimize=True)
    print(f"{TARGET}: {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
