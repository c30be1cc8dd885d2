"""What theory says about the number of regions, to hold the computed counts against.

`Arrangement` counts the regions of any first layer exactly (Zaslavsky), `generic_regions` those of
hyperplanes in general position, and `montufar_bound` and `serra_bound` limit those of deep
networks.  Everything takes plain numbers, nothing here knows a network.
"""

from exactpwl.theory.arrangement import RESTRICTION_LIMIT, Arrangement
from exactpwl.theory.bounds import montufar_bound, serra_bound
from exactpwl.theory.characteristic import FLAT_LIMIT
from exactpwl.theory.generic import cake, generic_bounded_regions, generic_regions, lazy_caterer

__all__ = [
    "FLAT_LIMIT",
    "RESTRICTION_LIMIT",
    "Arrangement",
    "cake",
    "generic_bounded_regions",
    "generic_regions",
    "lazy_caterer",
    "montufar_bound",
    "serra_bound",
]
