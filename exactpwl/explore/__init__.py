"""An atlas to explore: one HTML file that needs no server and no network, with the exact data."""

from exactpwl.explore.saving import save_atlas

__all__ = ["save_atlas"]
