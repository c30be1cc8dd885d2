"""A certificate: a claim about a network, with the split tree that proves it, as a stream of lines.

The format is documented in docs/certificate.md.  Whoever doubts it runs ``exactpwl-check``, which
shares no code with this package.  Nothing is kept in memory: lines are made while the tree is
walked, and written as they come.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any

from exactpwl.certificate.claims import Claim, Counterexample, Property
from exactpwl.certificate.files import write_lines
from exactpwl.certificate.pruned import Closed, Failure, pruned_steps
from exactpwl.certificate.side_by_side import own_kink, side_by_side
from exactpwl.certificate.steps import Decided, Leaf, Split, steps
from exactpwl.domain import Domain
from exactpwl.engine.cell import Vector
from exactpwl.engine.events import Listener
from exactpwl.errors import CertificateError
from exactpwl.layer import Layer
from exactpwl.maximum import Maximum
from exactpwl.network import Kink, Network

__all__ = ["Certificate"]

FORMAT = "exactpwl certificate"
VERSION = 2
LONGEST = 13_000
"""Bits of a number in decimal, 4000 digits; Python refuses to read much longer ones."""
SHORT = 1 << 32
"""Powers of two above this are written in hexadecimal, where they are all zeros."""


@dataclass(frozen=True)
class Certificate:
    """A claim about one network, or two, with its proof.

    Made by `PolyhedralComplex.certificate` and by the functions of `exactpwl.certificate`.

    Parameters
    ----------
    networks : one or two networks
    domain : Domain
    claim : Claim

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> certificate = regions(gallery.get("xor")).certificate()
    >>> certificate.claim
    Partition(regions=3)
    >>> print(*list(certificate.lines())[1:4])
    ["split",0,0,0] ["below",0,1,0,{"own":"1","0.0.0":"1"}] ["leaf",["0","-2"]]
    """

    networks: tuple[Network, ...]
    domain: Domain
    claim: Claim

    @property
    def sha256(self) -> tuple[str, ...]:
        """The SHA-256 of each network as the certificate spells it."""
        return tuple(_hash(_network(network)) for network in self.networks)

    def lines(self, listener: Listener | None = None) -> Iterator[str]:
        """Yield the lines of the certificate, one JSON value each, as the tree is walked."""
        networks = [_network(network) for network in self.networks]
        yield _text(
            {
                "format": FORMAT,
                "version": VERSION,
                "claim": self.claim.as_json(),
                "networks": networks,
                "sha256": [_hash(network) for network in networks],
                "domain": [[*map(str, normal), str(offset)] for normal, offset in self.domain.rows],
            }
        )
        leaves = refutations = 0
        for line in () if isinstance(self.claim, Counterexample) else self._tree(listener):
            leaves += line[0] == "leaf"
            refutations += line[0] in ("above", "below")
            yield _text(line)
        yield _text(["end", leaves, refutations])

    def _tree(self, listener: Listener | None) -> Iterator[list[Any]]:
        first = self.networks[0]
        whole = first if len(self.networks) == 1 else side_by_side(*self.networks)
        leaves = 0
        walked = (
            pruned_steps(first, self.domain, self.claim.clauses)
            if isinstance(self.claim, Property)
            else steps(whole.stages, self.domain)
        )
        for step in walked:
            if isinstance(step, Split):
                yield ["split", *self._kink(step.kink)]
            elif isinstance(step, Decided):
                side = "above" if step.above else "below"
                yield [side, *self._kink(step.kink), self._multipliers(step.multipliers)]
            elif isinstance(step, Failure):
                raise CertificateError("the property does not hold: it fails at a point")
            else:
                leaves += 1
                yield self._closed(step) if isinstance(step, Closed) else self._leaf(step, whole)
                if listener is not None:
                    listener.regions(1, step.share)
        if listener is not None:
            listener.finished(leaves)

    def _leaf(self, leaf: Leaf, whole: Network) -> list[Any]:
        line: list[Any] = ["leaf", _point(leaf.witness)]
        told = self.claim.refutations(leaf, whole.stages.affine_map(leaf.pattern))
        if told:
            line.append([self._multipliers(multipliers) for multipliers in told])
        return line

    def _closed(self, closed: Closed) -> list[Any]:
        line: list[Any] = [
            "leaf",
            _point(closed.witness),
            [self._multipliers(y) for y in closed.proofs],
        ]
        if closed.bounds is not None:
            line.append([[[*map(self._multipliers, n)] for n in layer] for layer in closed.bounds])
        return line

    def _kink(self, kink: Kink) -> Kink:
        return kink if len(self.networks) == 1 else own_kink(kink, self.networks[0])

    def _multipliers(self, multipliers: Mapping[str | Kink, int | Fraction]) -> dict[str, str]:
        return {
            name if isinstance(name, str) else ".".join(map(str, self._kink(name))): _number(count)
            for name, count in multipliers.items()
        }

    def save(self, path: str | Path, listener: Listener | None = None) -> None:
        """Write the certificate as it is made; gzip-compressed if the name ends in ``.gz``."""
        path = Path(path)
        write_lines(path, self.lines(listener), compressed=path.suffix == ".gz")


def _text(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def _hash(network: dict[str, Any]) -> str:
    text = json.dumps(network, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("ascii")).hexdigest()


def _network(network: Network) -> dict[str, Any]:
    """Return a network as a certificate spells it."""
    return {
        "inputs": network.input_dimension,
        "layers": [_layer(layer) for layer in network.layers],
    }


def _layer(layer: Layer) -> dict[str, Any]:
    if isinstance(layer, Maximum):
        raise CertificateError(
            "a certificate is written for affine maps and activations, but a layer takes maxima "
            "over groups; exactpwl.construct.relus_for_maxima(network) is the same function without"
        )
    distinct = list(dict.fromkeys(layer.activations))
    return {
        "weight": [list(map(_number, row)) for row in layer.weight],
        "bias": list(map(_number, layer.bias)),
        "activations": [
            {
                "breakpoints": list(map(_number, activation.breakpoints)),
                "slopes": list(map(_number, activation.slopes)),
                "value_at_zero": _number(activation.value_at_zero),
            }
            for activation in distinct
        ],
        "kinds": [distinct.index(activation) for activation in layer.activations],
    }


def _point(vector: Vector) -> list[str]:
    """Return the point x/t as texts."""
    return [_number(Fraction(c, vector[-1])) for c in vector[:-1]]


def _number(number: int | Fraction) -> str:
    """Return an exact text of a number."""
    parts = (
        [number.numerator] if number.denominator == 1 else [number.numerator, number.denominator]
    )
    return "/".join(map(_digits, parts))


def _digits(number: int) -> str:
    """Return decimal digits, or hexadecimal ones where they are shorter or Python asks for them."""
    power_of_two = number.bit_count() == 1 and number > SHORT
    return hex(number) if power_of_two or number.bit_length() > LONGEST else str(number)
