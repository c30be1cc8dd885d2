"""What theory says about the number of regions, to hold the computed counts against.

`Arrangement` counts the regions of any first layer exactly (Zaslavsky), `generic_regions` those of
hyperplanes in general position.  `raghu_bound`, `montufar_bound`, `serra_bound` and `hinz_bound`
limit those of deep networks; `montufar_lower_bound` and `serra_lower_bound` say how many some
network of the same widths has.  Everything takes plain numbers, nothing here knows a network.
"""

from exactpwl.theory.arrangement import RESTRICTION_LIMIT, Arrangement
from exactpwl.theory.bounds import montufar_bound, raghu_bound, serra_bound
from exactpwl.theory.characteristic import FLAT_LIMIT
from exactpwl.theory.generic import cake, generic_bounded_regions, generic_regions, lazy_caterer
from exactpwl.theory.histograms import dimension_histogram, hinz_bound
from exactpwl.theory.lower_bounds import montufar_lower_bound, serra_lower_bound

__all__ = [
    "FLAT_LIMIT",
    "RESTRICTION_LIMIT",
    "Arrangement",
    "cake",
    "dimension_histogram",
    "generic_bounded_regions",
    "generic_regions",
    "hinz_bound",
    "lazy_caterer",
    "montufar_bound",
    "montufar_lower_bound",
    "raghu_bound",
    "serra_bound",
    "serra_lower_bound",
]
