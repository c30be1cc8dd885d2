"""A partition as a theorem for Coq, proved by computation.

The file that is written stands alone.  It holds a library (`ExactPWL.v`, beside this module): what
a network, its pattern at a point and a region are; a program that checks a split tree; and the
proof that this program accepts true claims only.  Then come the network as rational numbers, the
domain, the patterns, the tree, and the theorem that these are the patterns of all regions, N of
them, over every ordered field and so over the real numbers.  Its proof is one run of the program.

Coq recomputes every row from the network, so the tree holds nothing but kinks, multipliers and
witnesses.  It is written as strings of integers, which Coq reads several times faster than lists of
numerals, and without primitive integers, which would count as axioms.  What reads the strings need
not be trusted: whatever it reads is checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from importlib.resources import files
from itertools import product
from math import prod
from pathlib import Path
from textwrap import wrap

from exactpwl.activation import Activation
from exactpwl.certificate.certificate import Certificate
from exactpwl.certificate.claims import Partition
from exactpwl.certificate.files import write_lines
from exactpwl.certificate.numerals import numeral
from exactpwl.certificate.steps import Decided, Leaf, Split, Step, steps
from exactpwl.domain import Domain
from exactpwl.engine.events import Listener
from exactpwl.errors import OptionError
from exactpwl.layer import Layer
from exactpwl.network import Kink, Network

__all__ = ["coq_lines", "save_coq"]

MOST_PATTERNS = 64
"""Up to so many patterns in all, those that no region has are listed as well."""

LONGEST = 1000
"""Characters of a string: Coq overflows its stack on very long ones."""

LIBRARY = files("exactpwl.certificate").joinpath("ExactPWL.v")

OPENING = """
(** * The certificate *)

Open Scope Q_scope.
Open Scope text_scope.
"""

THEOREM = """\
Lemma accepted : check_texts {d} the_network domain certificate = Some regions.
Proof. vm_cast_no_check (eq_refl (Some regions)). Qed.

(** These are the patterns of all regions of the network in the interior of the domain, {count} of
    them: pairwise different, each of them holds on an open set, and no other one does. *)
Theorem partition :
  length regions = {count}%nat /\\ NoDup regions /\\
  forall (K : numbers) (p : pattern),
    In p regions <-> is_region K {d} the_network domain p.
Proof. split; [vm_compute; reflexivity|exact (check_texts_sound _ _ _ _ _ accepted)]. Qed.

Corollary partition_over_the_reals : forall p : pattern,
  In p regions <-> is_region real_numbers {d} the_network domain p.
Proof. exact (proj2 (proj2 partition) real_numbers). Qed.
"""

EMPTY = """\
Corollary the_others_are_empty :
  missing_patterns the_network regions = empty_patterns /\\
  forall (K : numbers) (p : pattern), In p empty_patterns ->
    ~ is_region K {d} the_network domain p.
Proof.
  assert (M : missing_patterns the_network regions = empty_patterns)
    by (vm_compute; reflexivity).
  split; [exact M|]. intros K p I R. rewrite <- M in I.
  apply (missing_is_not_found _ _ _ I). now apply (proj2 (proj2 partition) K p).
Qed.
"""

Pieces = tuple[tuple[int, ...], ...]


def save_coq(certificate: Certificate, path: str | Path, listener: Listener | None = None) -> None:
    """Write a file for ``coqc`` whose theorem is what the certificate claims.

    Parameters
    ----------
    certificate : Certificate
        Of the claim `Partition`.
    path : str or Path
        The file, whose name should end in ``.v``.
    listener : Listener, optional
        Hears of the regions as they are written.

    Raises
    ------
    OptionError
        If the claim is another one.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> from exactpwl.certificate import certify_partition
    >>> save_coq(certify_partition(gallery.get("xor")), "xor.v")  # doctest: +SKIP
    """
    write_lines(path, coq_lines(certificate, listener), encoding="utf-8")


def coq_lines(certificate: Certificate, listener: Listener | None = None) -> Iterator[str]:
    """Yield the lines of the file: the library, the network, the tree, the theorem.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> from exactpwl.certificate import certify_partition
    >>> lines = list(coq_lines(certify_partition(gallery.get("xor"))))
    >>> lines[-2]
    'Print Assumptions partition.'
    """
    if not isinstance(certificate.claim, Partition):
        raise OptionError(
            "a theorem for Coq can be written of the claim that these are all regions, not of "
            f"{type(certificate.claim).__name__.lower()}"
        )
    (network,) = certificate.networks
    tree, found = _walked(network, certificate.domain, listener)
    yield from LIBRARY.read_text(encoding="utf-8").splitlines()
    yield from OPENING.splitlines()
    yield from _network(network)
    yield from _domain(certificate.domain)
    yield from _patterns("regions", found, "The patterns of the regions.")
    yield "Definition certificate : list text :="
    yield from _listed(f'"{line}"' for line in wrap(" ".join(tree), LONGEST))
    yield from THEOREM.format(d=network.input_dimension, count=len(found)).splitlines()
    yield ""
    yield from _missing(network, found)
    yield from ("", "Print Assumptions partition.", "Print Assumptions partition_over_the_reals.")


def _walked(
    network: Network, domain: Domain, listener: Listener | None
) -> tuple[list[str], list[Pieces]]:
    """Return the words of the tree and the pattern of each leaf."""
    words: list[str] = []
    found: list[Pieces] = []
    branch = _Branch()
    for step in steps(network.stages, domain):
        words += map(numeral, branch.words(step))
        if isinstance(step, Leaf):
            found.append(_whole_pattern(network, step))
            if listener is not None:
                listener.regions(1, step.share)
    if listener is not None:
        listener.finished(len(found))
    return words, found


def _whole_pattern(network: Network, leaf: Leaf) -> Pieces:
    """Return the pieces of all layers; those without kinks are left out in a leaf."""
    told = {stage.layer: p for stage, p in zip(network.stages.stages, leaf.pattern, strict=True)}
    return tuple(told.get(i, (0,) * layer.width) for i, layer in enumerate(network.layers))


class _Branch:
    """The kinks decided on the way to the node at hand, and the splits whose other side waits."""

    def __init__(self) -> None:
        self.path: list[Kink] = []
        self.waiting: list[tuple[int, Kink]] = []

    def words(self, step: Step) -> list[int]:
        """Return the integers that tell a step, and go on to the next node."""
        if isinstance(step, Split):
            self.waiting.append((len(self.path), step.kink))
            self.path.append(step.kink)
            return [1, step.kink.neuron, step.kink.breakpoint]
        if isinstance(step, Decided):
            told = [3 if step.above else 2, step.kink.neuron, step.kink.breakpoint]
            told.append(len(step.multipliers))
            for name, multiplier in step.multipliers.items():
                told += [self._row(name), multiplier]
            self.path.append(step.kink)
            return told
        if self.waiting:
            length, kink = self.waiting.pop()
            self.path[length:] = [kink]
        *point, scale = step.witness
        return [0, scale, *point]

    def _row(self, name: str | Kink) -> int:
        """Return a row's place: the refuted one, then the path from its end, then the domain."""
        if name == "own":
            return 0
        if isinstance(name, str):
            return 1 + len(self.path) + int(name.removeprefix("d"))
        return len(self.path) - self.path.index(name)


def _network(network: Network) -> Iterator[str]:
    """Yield the activations, the layers and the network."""
    names: dict[Activation, str] = {}
    for layer in network.layers:
        for activation in layer.activations:
            if activation not in names:
                names[activation] = f"activation_{len(names)}"
                yield f"(** {activation} *)"
                yield f"Definition {names[activation]} := {_activation(activation)}."
    yield ""
    for index, layer in enumerate(network.layers):
        yield f"Definition layer_{index} : layer :="
        yield from _listed(_neurons(layer, names))
    layers = "; ".join(f"layer_{index}" for index in range(len(network.layers)))
    yield f"Definition the_network : network := [{layers}]."
    yield ""
    yield f"Lemma shape : rectangular {network.input_dimension} the_network = true."
    yield "Proof. vm_compute. reflexivity. Qed."
    yield ""


def _activation(activation: Activation) -> str:
    *lower, last = (f"{_number(slope)} {_number(shift)}" for slope, shift in activation.pieces)
    text = f"Last {last}"
    for breakpoint, line in zip(reversed(activation.breakpoints), reversed(lower), strict=True):
        text = f"UpTo {_number(breakpoint)} {line} ({text})"
    return text


def _neurons(layer: Layer, names: dict[Activation, str]) -> Iterator[str]:
    for row, bias, activation in zip(layer.weight, layer.bias, layer.activations, strict=True):
        weights = "; ".join(map(_number, row))
        yield f"Neuron [{weights}] {_number(bias)} {names[activation]}"


def _domain(domain: Domain) -> Iterator[str]:
    yield "(** The rows [normal . x + offset > 0] of the interior; none for the whole space. *)"
    yield "Definition domain : list form :="
    yield from _listed(
        f"Form [{'; '.join(map(_number, normal))}] {_number(offset)}"
        for normal, offset in domain.rows
    )


def _patterns(name: str, patterns: Iterable[Pieces], comment: str) -> Iterator[str]:
    yield f"(** {comment} *)"
    yield f"Definition {name} : list pattern := (["
    texts = ["; ".join(f"[{'; '.join(map(str, layer))}]" for layer in p) for p in patterns]
    yield from ";\n".join(f"  [{text}]" for text in texts).splitlines()
    yield "])%nat."
    yield ""


def _missing(network: Network, found: Sequence[Pieces]) -> Iterator[str]:
    """Yield the patterns that no region has, for networks with few patterns."""
    pieces = [layer.pieces for layer in network.layers]
    if prod(prod(layer) for layer in pieces) > MOST_PATTERNS:
        return
    known = set(found)
    every = product(*(list(product(*map(range, layer))) for layer in pieces))
    missing = [pattern for pattern in every if pattern not in known]
    if not missing:
        return
    yield from _patterns("empty_patterns", missing, "The patterns that no region has.")
    yield from EMPTY.format(d=network.input_dimension).splitlines()


def _listed(items: Iterable[str]) -> Iterator[str]:
    """Yield a list of Coq, an item a line, and the end of its definition."""
    yield from ("  [" + ";\n   ".join(items) + "].").splitlines()
    yield ""


def _number(number: int | Fraction) -> str:
    """Return a rational number as Coq reads it."""
    over, under = numeral(number.numerator), numeral(number.denominator)
    if number.denominator == 1:
        return over if number >= 0 else f"({over})"
    return f"({over} # {under})"
