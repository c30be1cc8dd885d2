"""Certificates: claims about networks that anyone can check (docs/certificate.md).

Examples
--------
>>> from exactpwl import certificate, gallery
>>> xor = gallery.get("xor")
>>> certificate.certify_range(xor, [1], [(0, 1), (0, 1)]).claim.upper.value
Fraction(1, 1)
"""

from exactpwl.certificate.answers import (
    NORMS,
    certify_equality,
    certify_lipschitz,
    certify_partition,
    certify_property,
    certify_range,
    certify_slope,
)
from exactpwl.certificate.certificate import Certificate
from exactpwl.certificate.claims import (
    Counterexample,
    End,
    Equal,
    Inequality,
    Lipschitz,
    Partition,
    Property,
    Range,
    Slope,
)
from exactpwl.certificate.coq import save_coq
from exactpwl.certificate.smtlib import save_smtlib

__all__ = [
    "NORMS",
    "Certificate",
    "Counterexample",
    "End",
    "Equal",
    "Inequality",
    "Lipschitz",
    "Partition",
    "Property",
    "Range",
    "Slope",
    "certify_equality",
    "certify_lipschitz",
    "certify_partition",
    "certify_property",
    "certify_range",
    "certify_slope",
    "save_coq",
    "save_smtlib",
]
