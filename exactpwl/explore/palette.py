"""The colours of the page: those of the figures, and their counterparts on a dark ground.

By day the page has the very colours of `exactpwl.plot.style`.  At night the ground is dark, so the
maps run the other way: the middle of the diverging map and the low end of the sequential one are
dark, the ends bright, in the same hues; lines are light.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["palette"]

_DARK = {
    "ink": "#e8ebf2",
    "deep": "#9aa3b5",
    "outside": "#0c0f15",
    "tints": ["#2f5d7e", "#7d5f24", "#2d6b55", "#7a4763", "#6d6829", "#7f4630", "#525a66"],
    "diverging": ["#63a8e6", "#2f6494", "#1b202b", "#9a5f2c", "#f2a35e"],
    "sequential": ["#18222f", "#21505e", "#2f8383", "#7cc0a0", "#e9f0c4"],
}


def palette() -> dict[str, Any]:
    """Return the colours of the page, for day and night.

    Examples
    --------
    >>> sorted(palette()), palette()["light"]["diverging"][0]
    (['dark', 'decision', 'light'], '#2f6ca8')
    """
    from exactpwl.plot import style

    light = {
        "ink": style.INK,
        "deep": style.layer_styles(40, 1)[-1][1],
        "outside": style.OUTSIDE,
        "tints": list(style.TINTS),
        "diverging": _sampled(style.diverging(1, 1)),
        "sequential": _sampled(style.sequential()),
    }
    return {"light": light, "dark": _DARK, "decision": style.DECISION}


def _sampled(colours: Callable[[float], tuple[float, ...]]) -> list[str]:
    """Return a map as 17 colours, between which the page interpolates."""
    shades = [colours(i / 16)[:3] for i in range(17)]
    return ["#" + "".join(f"{round(255 * part):02x}" for part in shade) for shade in shades]
