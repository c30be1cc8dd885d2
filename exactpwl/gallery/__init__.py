"""Networks to try things on: textbook ones, hyperplane arrangements, and trained ones.

``gallery.get("lines:8")`` gives a network by name; `names` lists them, `describe` says what they
are, and `exhibit` adds the window in which to look at one.
"""

from exactpwl.gallery.catalogue import Exhibit, Window, describe, exhibit, get, names

__all__ = ["Exhibit", "Window", "describe", "exhibit", "get", "names"]
