"""What `exactpwl-check` says of a certificate."""

from __future__ import annotations

import sys
from pathlib import Path
from unittest.mock import patch

from exactpwl.certificate import Certificate
from exactpwl_check.__main__ import main

__all__ = ["accepts", "believed"]


def believed(certificate: Certificate, folder: Path) -> bool:
    """Write a certificate, and return whether the checker accepts it."""
    path = folder / "claim.cert"
    certificate.save(path)
    return accepts(path)


def accepts(path: Path) -> bool:
    """Return whether the checker accepts the certificate in a file."""
    with patch.object(sys, "argv", ["exactpwl-check", str(path)]):
        return main() == 0
