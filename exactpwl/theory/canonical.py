"""One flat for all that the symmetries of an arrangement map to it, or nearly so.

To bring a flat into canonical form is to choose one of the symmetries, by what can be seen of the
flat alone, and to apply it.  The choice goes down a stabiliser chain: of all hyperplanes that a
symmetry can bring to the place of the first base hyperplane, take the one with the largest
*invariant*, bring it there, and go on with the symmetries that leave it there.

The invariant of a hyperplane i is a sum over the hyperplanes j of the flat, of a random number for
what is seen of j: its product P_ij with i, up to sign; how it lies to the rest of the flat; and how
i and j lie to the base hyperplanes b before, by the sign-free ``P_ij P_jb P_bi``.  One matrix
product has the sums for thousands of flats, and they stay below 2^53.

Where two hyperplanes have the same invariant, the first one is taken.  Mostly a symmetry of the
flat exchanges them, and nothing is lost; if not, an orbit gets several forms.  Only symmetries are
applied: flats of one form lie in one orbit, always, and that is all that a sum over orbits needs.

References
----------
C. Jefferson, E. Jonauskyte, M. Pfeiffer, R. Waldecker, Minimal and canonical images, J. Algebra
521, 2019, arXiv:1703.03667.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from exactpwl.theory.finite_field import Ints
from exactpwl.theory.flats import WORD, Masks, members
from exactpwl.theory.symmetry import Chain, Products, labels

__all__ = ["CanonicalForm"]

CHUNK = 1 << 22
"""Entries of the tables of hyperplanes that are worked on at a time."""

SEEN_BITS = 20
MIXER = 0x9E3779B1
"""The golden ratio times 2^32: the high bits of multiples of it look random."""


@dataclass(frozen=True)
class _Step:
    """What is done for one base hyperplane.

    Attributes
    ----------
    weights : (m, k) array
        Of each hyperplane, for each of the k that can come to the base's place.
    moves : (k, m) array
        The symmetries that bring them there: place i gets what was at place moves[., i].
    """

    weights: NDArray[np.float64]
    moves: Ints


class CanonicalForm:
    """Maps flats to nearly canonical ones of the same orbit.

    Parameters
    ----------
    chain : Chain
    """

    def __init__(self, chain: Chain) -> None:
        self._count = chain.products.normals.count
        random = np.random.default_rng(0)
        self._neighbours = _random_values(random, _numbered(chain.products.unsigned))
        self._steps = _steps(chain, random)

    def __call__(self, masks: Masks) -> Masks:
        """Return the canonical forms of flats."""
        size = max(1, CHUNK // self._count)
        return np.concatenate([self._of(masks[a : a + size]) for a in range(0, len(masks), size)])

    def _of(self, masks: Masks) -> Masks:
        seen = members(masks, self._count).astype(np.float64)
        around = (seen @ self._neighbours).astype(np.uint64) * np.uint64(MIXER)
        # never 0: a hyperplane of the flat stays one
        seen *= ((around >> np.uint64(12)) % np.uint64((1 << SEEN_BITS) - 1)) + np.uint64(1)
        for step in self._steps:
            chosen = (seen @ step.weights).argmax(axis=1)
            seen = np.take_along_axis(seen, step.moves[chosen], axis=1)
        padded = np.zeros((len(masks), masks.shape[1] * WORD), dtype=bool)
        padded[:, : self._count] = seen != 0
        octets = np.packbits(padded, axis=1, bitorder="little")
        return octets.view("<u8").astype(np.uint64)


def _numbered(pairs: Ints) -> Ints:
    """Number the different entries of a matrix."""
    return np.unique(pairs, return_inverse=True)[1].reshape(pairs.shape)


def _steps(chain: Chain, random: np.random.Generator) -> list[_Step]:
    products = chain.products
    pairs = labels(np.column_stack([products.colours]))[:, None] * len(products.matrix)
    pairs = _numbered(pairs * products.normals.field.prime + products.unsigned)
    steps = []
    for base, orbit in zip(chain.base, chain.orbits, strict=True):
        if len(orbit) > 1:
            places = sorted(orbit)
            weights = _random_values(random, pairs[:, places])
            steps.append(_Step(weights, np.array([orbit[place] for place in places])))
        pairs = _refined(products, pairs, base)
    return steps


def _refined(products: Products, pairs: Ints, base: int) -> Ints:
    """Tell pairs (j, i) apart by how they lie to a base hyperplane."""
    field, matrix = products.normals.field, products.matrix
    triples = field.reduced(field.reduced(matrix[:, [base]] * matrix) * matrix[base])
    known = pairs * (pairs.max() + 1) + pairs[:, [base]]
    return _numbered(_numbered(known) * field.prime + triples)


def _random_values(random: np.random.Generator, kinds: Ints) -> Any:
    """Return a random number below 2^20 for each kind."""
    return random.integers(1, 1 << SEEN_BITS, int(kinds.max()) + 1).astype(np.float64)[kinds]
