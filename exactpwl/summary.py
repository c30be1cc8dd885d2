"""The counts of a network in one dictionary: the answer of ``exactpwl count``.

Other programs read this, so its keys and their meaning are a contract.  Every count names its
definition (see `exactpwl.counts`).  Over a domain the domain is open: faces on its boundary do not
count.

==================== ==========================================================================
activation_regions   activation regions (definition R2 of arXiv:2505.16716)
linear_regions       linear regions (definition R4: maximal open connected sets, f affine on each)
affine_pieces        distinct affine maps (definition R6)
bounded_regions      bounded activation regions
adjacencies          pairs of activation regions that share a facet
f_vector             the numbers of k-faces of R^d for k = 0 .. d, lineality included
dimension            the number d of inputs
lineality            the dimension of the lineality space
==================== ==========================================================================

Some are dear (the f-vector walks every face), some cost nothing (the dimension is the network's).
Whoever asks for a few pays for these alone, down to not enumerating the regions at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from typing import Any

from exactpwl.complex import PolyhedralComplex
from exactpwl.domain import DomainLike, as_domain
from exactpwl.engine.events import Listener
from exactpwl.engine.start import lineality_space
from exactpwl.enumeration import regions
from exactpwl.errors import OptionError
from exactpwl.network import Network

__all__ = ["COUNTS", "count"]

_OF_THE_COMPLEX: dict[str, Callable[[PolyhedralComplex], Any]] = {
    "activation_regions": len,
    "linear_regions": lambda complex_: len(complex_.linear_regions),
    "affine_pieces": lambda complex_: len(complex_.affine_pieces),
    "bounded_regions": lambda complex_: complex_.bounded_count,
    "adjacencies": lambda complex_: len(complex_.adjacency_array),
    "f_vector": lambda complex_: list(complex_.f_vector),
    "dimension": lambda complex_: complex_.dimension,
    "lineality": lambda complex_: complex_.lineality,
}

COUNTS = tuple(_OF_THE_COMPLEX)
"""The keys of what `count` returns, in order."""


def count(
    subject: PolyhedralComplex | Network,
    domain: DomainLike = None,
    *,
    only: str | Iterable[str] | None = None,
    executor: Executor | None = None,
    listener: Listener | None = None,
) -> dict[str, Any]:
    """Return the counts of a network over a domain, or of a complex that is there already.

    Parameters
    ----------
    subject : PolyhedralComplex or Network
    domain : Domain, or pairs (low, high), optional
        With a network: where to count; the whole space if left out.
    only : iterable of str, or str with commas, optional
        The keys that are wanted.  The others are None and nothing is computed for them; so a domain
        that is empty or flat is noticed only where regions or faces are counted.
    executor, listener
        With a network: as in `exactpwl.regions`.

    Returns
    -------
    dict
        The keys of `COUNTS`, in this order; ints, a list of ints for ``f_vector``, or None.

    Raises
    ------
    OptionError
        If `only` names an unknown key, or a domain is given for a complex, which has its own.
    DomainError, TooLargeError
        As in `exactpwl.regions`.

    Examples
    --------
    >>> from exactpwl import Network
    >>> braid = Network([([[1, -1, 0], [0, 1, -1], [1, 0, -1]], [0, 0, 0], "relu")])
    >>> count(braid, only="f_vector,lineality")["f_vector"]
    [0, 1, 6, 6]
    >>> count(braid, only=["activation_regions"])["f_vector"] is None
    True
    """
    wanted = _wanted(only)
    found: dict[str, Any] = dict.fromkeys(COUNTS)
    if isinstance(subject, PolyhedralComplex):
        if domain is not None:
            raise OptionError(
                f"a complex has its domain already, {subject.domain}: leave the domain out, "
                "or restrict the complex first"
            )
        complex_ = subject
    elif wanted <= {"dimension", "lineality"}:
        return found | _without_regions(subject, domain, wanted)
    else:
        complex_ = regions(subject, domain, executor=executor, listener=listener)
    return found | {key: _OF_THE_COMPLEX[key](complex_) for key in COUNTS if key in wanted}


def _without_regions(network: Network, domain: DomainLike, wanted: set[str]) -> dict[str, int]:
    chosen = as_domain(domain, network.input_dimension)
    found = {}
    if "dimension" in wanted:
        found["dimension"] = network.input_dimension
    if "lineality" in wanted:
        found["lineality"] = len(lineality_space(network.stages, chosen))
    return found


def _wanted(only: str | Iterable[str] | None) -> set[str]:
    if only is None:
        return set(COUNTS)
    keys = [key.strip() for key in only.split(",")] if isinstance(only, str) else list(only)
    unknown = [key for key in keys if key not in COUNTS]
    if unknown or not keys:
        came = ", ".join(map(repr, unknown)) or "none"
        raise OptionError(f"counts are chosen from {', '.join(COUNTS)}; got {came}")
    return set(keys)
