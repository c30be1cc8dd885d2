"""Linear symmetries of a central arrangement, found and proved.

A linear map that permutes the lines of the primitive normals v_i leaves the form
``Q = sum of v_i v_i^T`` alone, so it is an isometry of Q^-1, and the signed matrix
``P_ij = v_i Q^-1 v_j`` knows all of them: they are the signed permutations that leave P alone
(Bremner et al. 2014).  P modulo a prime is enough for the search, because what it proposes is
checked in integers afterwards.

The search makes a *stabiliser chain* (Sims).  The base is r independent normals; an isometry is
known by its images of these.  For each of them in turn, from the last to the first, the base
normals before it stay, up to sign, and for each normal that no symmetry found so far reaches
from it one is sought: a backtracking over the images of the rest.  A partial image is given up
where the *signatures*, the products P of all normals with the chosen ones, are not the same
multiset as in the source.  That goes straight to the goal or fails at once in all but strange
cases; these are left after `NODE_LIMIT` steps, because a smaller group is right, too.

References
----------
D. Bremner, M. Dutour Sikiric, D. Pasechnik, T. Rehn, A. Schuermann, Computing symmetry groups of
polyhedra, LMS J. Comput. Math. 17, 2014, arXiv:1210.0206.
A. Seress, Permutation group algorithms, Cambridge, 2003, chapter 4.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Any

import numpy as np
from flint import fmpz_mat
from numpy.typing import NDArray

from exactpwl.theory.finite_field import Ints
from exactpwl.theory.flats import Normals

__all__ = ["Chain", "Products", "labels", "symmetries"]

NODE_LIMIT = 5_000
"""Partial images that the search looks at."""

MOST_NORMALS = 2_048
"""Beyond, the matrix of all products would be too large."""

MOST_SIGNS = 64
"""Ways tried to turn base normals that stay in place around."""

Images = list[tuple[int, int]]
"""Normals with signs +1 or -1."""


@dataclass(frozen=True)
class Products:
    """The matrix P modulo the prime, and what follows from it.

    Attributes
    ----------
    normals : Normals
    matrix : (m, m) array
    """

    normals: Normals
    matrix: Ints

    @classmethod
    def of(cls, normals: Normals) -> Products | None:
        """Return the products, or None where Q has no inverse modulo the prime."""
        field, rows = normals.field, normals.reduced
        inverse = field.inverse(field.product(rows.T, rows))
        if inverse is None:
            return None
        return cls(normals, field.product(field.product(rows, inverse), rows.T))

    @cached_property
    def unsigned(self) -> Ints:
        """The products up to sign."""
        return self.normals.field.up_to_sign(self.matrix)

    @cached_property
    def colours(self) -> Ints:
        """A number for each normal, the same for those that have the same products with all."""
        return labels(np.column_stack([self.unsigned.diagonal(), np.sort(self.unsigned, axis=1)]))

    def signed(self, images: Images) -> Ints:
        """Return the products of all normals with signed ones, shape (m, images)."""
        signs = np.array([sign for _, sign in images], dtype=np.int64)
        columns = self.matrix[:, [normal for normal, _ in images]] * signs
        return self.normals.field.reduced(columns)

    def signatures(self, images: Images) -> Ints:
        """Return the colours and the signed products, those of each normal up to its sign."""
        products = self.signed(images)
        if images:
            lead = products[np.arange(len(products)), (products != 0).argmax(axis=1)]
            flipped = lead > self.normals.field.prime // 2
            products[flipped] = self.normals.field.reduced(-products[flipped])
        return np.column_stack([self.colours, products])


def labels(rows: Ints) -> Ints:
    """Number the different rows."""
    return np.unique(rows, axis=0, return_inverse=True)[1].ravel()


@dataclass(frozen=True)
class Chain:
    """A stabiliser chain of symmetries, as permutations of the hyperplanes.

    Attributes
    ----------
    products : Products
    base : tuple of r hyperplanes
    orbits : for each base hyperplane a dict
        The images of it under the symmetries that leave those before it in place, each with a
        symmetry g that gives it: hyperplane i goes to g[i].
    """

    products: Products
    base: tuple[int, ...]
    orbits: tuple[dict[int, Ints], ...]

    @property
    def order(self) -> int:
        """The number of symmetries found, those that leave the base in place taken for one."""
        return prod(map(len, self.orbits))


def symmetries(normals: Normals) -> Chain | None:
    """Return the symmetries, or None where they are not looked for: many normals, unlucky prime.

    Examples
    --------
    The coordinate hyperplanes of R^3 can be permuted:

    >>> from exactpwl.theory.finite_field import field
    >>> axes = Normals(((1, 0, 0), (0, 1, 0), (0, 0, 1)), field(1048573))
    >>> symmetries(axes).order
    6
    """
    if normals.count > MOST_NORMALS:
        return None
    products = Products.of(normals)
    return None if products is None else _Search(products).chain()


class _Search:
    """The backtracking, and how many steps it may still take."""

    def __init__(self, products: Products) -> None:
        self._products = products
        self._count = products.normals.count
        self._base = _base(products)
        self._proof = _Proof(products.normals, self._base)
        self._steps = NODE_LIMIT
        ahead = [[(b, 1) for b in self._base[:k]] for k in range(len(self._base) + 1)]
        self._source = [self._sorted(images) for images in ahead]

    def chain(self) -> Chain:
        orbits: list[dict[int, Ints]] = []
        generators: list[Ints] = []
        for depth in reversed(range(len(self._base))):
            orbits.insert(0, self._orbit(depth, generators))
        return Chain(self._products, self._base, tuple(orbits))

    def _orbit(self, depth: int, generators: list[Ints]) -> dict[int, Ints]:
        """Return the orbit of a base normal under what fixes those before it; adds generators."""
        start = self._base[depth]
        orbit = _orbit(start, generators, self._count)
        missed: set[int] = set()
        for target in np.flatnonzero(self._products.colours == self._products.colours[start]):
            if int(target) in orbit or int(target) in missed:
                continue
            found = self._map(depth, int(target))
            if found is None:
                missed |= _orbit(int(target), generators, self._count).keys()
            else:
                generators.append(found)
                orbit = _orbit(start, generators, self._count)
        return orbit

    def _map(self, depth: int, target: int) -> Ints | None:
        """Return a symmetry that leaves base normals in place and takes the next to `target`."""
        partial: list[Images] = [[]]
        for goal in (*self._base[:depth], target):
            partial = [[*i, (goal, sign)] for i in partial for sign in self._signs(i, goal)]
        for images in partial[:MOST_SIGNS]:
            found = self._extend(images)
            if found is not None:
                return found
        return None

    def _signs(self, images: Images, target: int) -> list[int]:
        """Return the signs with which the next base normal may go to `target`."""
        depth = len(images)
        wanted = self._products.matrix[self._base[depth], list(self._base[:depth])]
        got = self._products.signed(images)[target]
        negative = self._products.normals.field.reduced(-got)
        signs = [s for s, v in ((1, got), (-1, negative)) if np.array_equal(v, wanted)]
        return signs if depth else [1]

    def _extend(self, images: Images) -> Ints | None:
        """Return a symmetry with these images of the first base normals, if there is one."""
        self._steps -= 1
        if self._steps < 0:
            return None
        signatures, order = self._sorted(images)
        wanted, source = self._source[len(images)]
        if not np.array_equal(signatures, wanted):
            return None
        if len(images) == len(self._base):
            permutation = np.empty(self._count, dtype=np.int64)
            permutation[source] = order
            return permutation if self._proof.holds(permutation, images) else None
        for target in self._alike(len(images)):
            for sign in self._signs(images, target):
                found = self._extend([*images, (target, sign)])
                if found is not None:
                    return found
        return None

    def _alike(self, depth: int) -> list[int]:
        colours = self._products.colours
        return [int(i) for i in np.flatnonzero(colours == colours[self._base[depth]])]

    def _sorted(self, images: Images) -> tuple[Ints, Ints]:
        signatures = self._products.signatures(images)
        order = np.lexsort(signatures.T[::-1])
        return signatures[order], order


def _base(products: Products) -> tuple[int, ...]:
    """Choose independent normals, each among those that are told best from the others."""
    field = products.normals.field
    base: list[int] = []
    parts = products.colours
    rest = products.normals.reduced
    while len(base) < products.normals.rank:
        rarity = np.bincount(parts)[parts]
        outside = np.flatnonzero(rest.any(axis=1))
        base.append(int(outside[rarity[outside].argmin()]))
        parts = labels(np.column_stack([parts, products.signatures([(b, 1) for b in base])]))
        pivot = rest[base[-1]]
        column = (pivot != 0).argmax()
        factors = field.reduced(rest[:, column] * field.inverses[pivot[column]])
        rest = field.reduced(rest - field.reduced(factors[:, None] * pivot))
    return tuple(base)


def _orbit(start: int, generators: list[Ints], count: int) -> dict[int, Ints]:
    orbit = {start: np.arange(count)}
    waiting = [start]
    while waiting:
        point = waiting.pop()
        for generator in generators:
            image = int(generator[point])
            if image not in orbit:
                orbit[image] = generator[orbit[point]]
                waiting.append(image)
    return orbit


class _Proof:
    """Checks in integers that a permutation is one of a linear map.

    With the coordinates C of all normals in the base, ``normals = C base``, the map that the images
    of the base define takes the normals to ``C images``.
    """

    def __init__(self, normals: Normals, base: tuple[int, ...]) -> None:
        self._rows = normals.integers
        inverse: Any = fmpz_mat([list(self._rows[b]) for b in base]).inv()
        numerators, self._denominator = inverse.numer_denom()
        self._coordinates = fmpz_mat([list(row) for row in self._rows]) * numerators

    def holds(self, permutation: NDArray[np.int64], images: Images) -> bool:
        signed = fmpz_mat([[sign * v for v in self._rows[normal]] for normal, sign in images])
        mapped = (self._coordinates * signed).tolist()
        for image, row in zip(permutation.tolist(), mapped, strict=True):
            wanted = [self._denominator * v for v in self._rows[image]]
            if row != wanted and [-v for v in row] != wanted:
                return False
        return True
