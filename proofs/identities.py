"""Counting formulas as identities for all n, checked by sympy.

Each proof prints one line.  Exit status 1 if an identity fails.

    python proofs/identities.py
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import sympy
from sympy import Symbol, binomial, expand_func, simplify

N = Symbol("n", integer=True, nonnegative=True)


def buck(dimension: int) -> sympy.Expr:
    """Return the number of regions of n generic hyperplanes: the sum of C(n, i), i <= d."""
    return sum((expand_func(binomial(N, i)) for i in range(dimension + 1)), sympy.Integer(0))


def same(left: sympy.Expr, right: sympy.Expr) -> bool:
    """Return whether two expressions are equal for all n."""
    return simplify(sympy.expand(left - right)) == 0


def lazy_caterer() -> bool:
    """Return whether n generic lines make (n^2 + n + 2) / 2 regions (A000124)."""
    return same(buck(2), (N**2 + N + 2) / 2)


def cake_numbers() -> bool:
    """Return whether n generic planes make (n^3 + 5n + 6) / 6 regions (A000125)."""
    return same(buck(3), (N**3 + 5 * N + 6) / 6)


def one_more_hyperplane() -> bool:
    """Return whether r(n+1, d) = r(n, d) + r(n, d-1) for d = 1 .. 6: deletion and restriction."""
    return all(same(buck(d).subs(N, N + 1), buck(d) + buck(d - 1)) for d in range(1, 7))


def generic_f_vector() -> bool:
    """Return whether Euler's relation holds for n generic lines and planes.

    f_k = C(n, d-k) r(n-d+k, k): a k-face lies on d-k of the hyperplanes, in the arrangement that
    the others cut out there.
    """
    for d in (2, 3):
        total = sum(
            (-1) ** k * expand_func(binomial(N, d - k)) * buck(k).subs(N, N - d + k)
            for k in range(d + 1)
        )
        if not same(total, sympy.Integer((-1) ** d)):
            return False
    return True


def braid_by_zaslavsky() -> bool:
    """Return whether chi(t) = t(t-1)...(t-n+1) gives n! regions, for n up to 8."""
    t = Symbol("t")
    for n in range(1, 9):
        chi = sympy.prod([t - i for i in range(n)])
        if (-1) ** n * chi.subs(t, -1) != sympy.factorial(n):
            return False
    return True


PROOFS: list[Callable[[], bool]] = [
    lazy_caterer,
    cake_numbers,
    one_more_hyperplane,
    generic_f_vector,
    braid_by_zaslavsky,
]


def main() -> int:
    """Run every proof and say what it proved."""
    failed = 0
    for proof in PROOFS:
        holds = proof()
        failed += not holds
        summary = (proof.__doc__ or "").splitlines()[0].removeprefix("Return whether ")
        print(f"{'proved' if holds else 'FAILED'}  {summary}")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
