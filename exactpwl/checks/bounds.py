"""Upper bounds for deep networks: Serra et al. for ReLU, Montufar for everything else.

Both bound the activation regions over R^d, hence over any convex domain.  Linear layers count with
one piece a neuron, so that a narrow one lowers the dimension.  Serra's bound is for ReLU only: the
two absolute values |x|, |y| and two more lines reach 16 regions where it says 11.

References
----------
T. Serra, C. Tjandraatmadja, S. Ramalingam, ICML 2018, arXiv:1711.02114, theorem 1.
G. Montufar, Notes on the number of linear regions of deep neural networks, SampTA 2017.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exactpwl.checks.effort import Effort
from exactpwl.checks.named import Finding, named
from exactpwl.maximum import only_relus
from exactpwl.theory import montufar_bound, serra_bound

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["check_bounds"]


@named(
    "bounds",
    "there are at most as many activation regions as the bound of Serra et al. 2018 (ReLU) or of "
    "Montufar 2017 (any activation, and maxima; k pieces count as k - 1 parallel hyperplanes)",
)
def check_bounds(complex_: PolyhedralComplex, effort: Effort) -> Finding:
    """Check the number of regions against the best bound that holds for the activations.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> print(check_bounds(regions(gallery.get("xor"))).evidence)
    3 regions, at most 4 (Serra et al. 2018)
    """
    layers = complex_.network.layers
    relu = only_relus(layers)
    bound = (serra_bound if relu else montufar_bound)(
        complex_.dimension, [layer.width for layer in layers], [layer.pieces for layer in layers]
    )
    source = "Serra et al. 2018" if relu else "Montufar 2017"
    count = len(complex_)
    failure = None
    if not 1 <= count <= bound:
        failure = f"{count} regions, but between 1 and {bound} are possible ({source})"
    return Finding(1, f"{count} regions, at most {bound} ({source})", failure)
