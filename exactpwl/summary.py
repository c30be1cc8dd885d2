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

The regions of one layer over the whole space can be counted without being enumerated, by the
characteristic polynomial of its hyperplanes (`exactpwl.zaslavsky`).  The rule is: where that is
possible and no other count is wanted that needs the regions, it is done.  Its work grows with the
flats of the arrangement, of which there are at most twice as many as regions, and mostly far fewer.
It was the faster way on every layer measured with more than a thousand regions, from 2 inputs to
16, generic or not, and a smaller one takes some hundredths of a second.  Only where there are too
many flats to keep are the regions enumerated after all.

Where the regions themselves are not needed either, of deep networks or over a domain, they are
counted as they are found and none is kept (`exactpwl.engine.counting`): the memory does not depend
on their number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from contextlib import suppress
from typing import Any

from exactpwl.complex import PolyhedralComplex
from exactpwl.domain import Domain, DomainLike, as_domain
from exactpwl.engine.counting import count_regions
from exactpwl.engine.events import Listener
from exactpwl.engine.start import lineality_space
from exactpwl.enumeration import regions
from exactpwl.errors import OptionError, TooLargeError
from exactpwl.network import Network
from exactpwl.zaslavsky import BY_POLYNOMIAL, obstacle, polynomial_counts

__all__ = ["COUNTS", "METHODS", "count"]

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

METHODS = ("auto", "polynomial", "subdivide")
"""The ways to count regions."""

_WITHOUT_REGIONS = {"dimension", "lineality"}


def count(
    subject: PolyhedralComplex | Network,
    domain: DomainLike = None,
    *,
    only: str | Iterable[str] | None = None,
    method: str = "auto",
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
    method : {"auto", "polynomial", "subdivide"}
        With a network: count the regions of one layer over the whole space by the characteristic
        polynomial of its hyperplanes, which gives ``activation_regions`` and ``bounded_regions``,
        or subdivide the domain and count what is there; ``auto`` takes the polynomial wherever it
        gives all that is wanted.
    executor, listener
        With a network: as in `exactpwl.regions`.

    Returns
    -------
    dict
        The keys of `COUNTS`, in this order; ints, a list of ints for ``f_vector``, or None.

    Raises
    ------
    OptionError
        If `only` names an unknown key; if the method is unknown, or does not give what is wanted;
        if a domain or a method is given for a complex, which has its own.
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
    >>> from exactpwl import gallery
    >>> count(gallery.get("resonance:7"), only="activation_regions")["activation_regions"]
    347326352
    """
    wanted = _wanted(only)
    found: dict[str, Any] = dict.fromkeys(COUNTS)
    if isinstance(subject, PolyhedralComplex):
        _require_nothing_else(subject, domain, method)
        return found | _of_complex(subject, wanted)
    if method not in METHODS:
        raise OptionError(f"the methods are {', '.join(METHODS)}; got {method!r}")
    chosen = as_domain(domain, subject.input_dimension)
    found |= _without_regions(subject, chosen, wanted)
    wanted -= _WITHOUT_REGIONS
    if wanted:
        found |= _of_regions(subject, chosen, wanted, method, executor, listener)
    return found


def _of_regions(
    network: Network,
    domain: Domain,
    wanted: set[str],
    method: str,
    executor: Executor | None,
    listener: Listener | None,
) -> dict[str, Any]:
    """Return counts that need the regions, or a theorem about them."""
    others = wanted.difference(BY_POLYNOMIAL)
    if method == "polynomial" and others:
        raise OptionError(
            f"the characteristic polynomial gives {' and '.join(BY_POLYNOMIAL)} only: choose among "
            f"these (only, --only), or take method 'subdivide'; got {', '.join(sorted(others))}"
        )
    if method == "polynomial":
        return _chosen(polynomial_counts(network.stages, domain, listener), wanted)
    if method == "auto" and not others and not obstacle(network.stages, domain):
        with suppress(TooLargeError):
            return _chosen(polynomial_counts(network.stages, domain, listener), wanted)
    if not others:
        counts = count_regions(network.stages, domain, executor=executor, listener=listener)
        return _chosen(dict(zip(BY_POLYNOMIAL, counts, strict=True)), wanted)
    return _of_complex(regions(network, domain, executor=executor, listener=listener), wanted)


def _chosen(counts: dict[str, int], wanted: set[str]) -> dict[str, int]:
    return {key: value for key, value in counts.items() if key in wanted}


def _of_complex(complex_: PolyhedralComplex, wanted: set[str]) -> dict[str, Any]:
    return {key: _OF_THE_COMPLEX[key](complex_) for key in COUNTS if key in wanted}


def _require_nothing_else(complex_: PolyhedralComplex, domain: DomainLike, method: str) -> None:
    if domain is not None:
        raise OptionError(
            f"a complex has its domain already, {complex_.domain}: leave the domain out, "
            "or restrict the complex first"
        )
    if method != "auto":
        raise OptionError(
            f"a complex has its regions already: leave the method out; got {method!r}"
        )


def _without_regions(network: Network, domain: Domain, wanted: set[str]) -> dict[str, int]:
    found = {}
    if "dimension" in wanted:
        found["dimension"] = network.input_dimension
    if "lineality" in wanted:
        found["lineality"] = len(lineality_space(network.stages, domain))
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
