"""Films of networks that change: exact frames, as GIF, MP4 or a page with a player.

Every frame is a network with rational weights, so its regions are counted like those of any other,
and the count is written into the picture.
"""

from exactpwl.animate.blends import interpolate
from exactpwl.animate.film import Film, Shot
from exactpwl.animate.passages import passage
from exactpwl.animate.trainings import training

__all__ = ["Film", "Shot", "interpolate", "passage", "training"]
