"""The certificate of a report, and what the independent checker says of it.

The claim is that the regions are all there are.  ``exactpwl-check`` shares no code with this
library, and here it runs in a process of its own, as a reader would run it; so the verdict that the
report prints is its own words.  It takes time in proportion to the certificate.  Beyond
`MOST_BYTES` it is left to the reader.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex
    from exactpwl.engine.events import Listener

__all__ = ["CERTIFICATE", "MOST_BYTES", "Proof", "prove_partition"]

CERTIFICATE = "net.cert.gz"
MOST_BYTES = 4_000_000
"""A larger certificate, compressed, is not checked here."""

_NOT_VALID = 20


@dataclass(frozen=True)
class Proof:
    """A certificate.

    Attributes
    ----------
    regions : int
        How many regions it claims.
    size : int
        Bytes of its file.
    valid : bool or None
        What the independent checker says; None where it did not run.
    verdict : str
        Its words, or why it did not run.
    """

    regions: int
    size: int
    valid: bool | None
    verdict: str


def prove_partition(
    complex_: PolyhedralComplex, folder: Path, listener: Listener | None = None
) -> Proof:
    """Write the certificate into a folder and have it checked.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from exactpwl import gallery, regions
    >>> with TemporaryDirectory() as name:
    ...     proof = prove_partition(regions(gallery.get("xor")), Path(name))
    >>> proof.valid, proof.verdict.splitlines()[0]
    (True, 'VALID: there are exactly 3 activation regions')
    """
    path = folder / CERTIFICATE
    complex_.certificate().save(path, listener)
    return Proof(len(complex_), path.stat().st_size, *_verdict(path))


def _verdict(path: Path) -> tuple[bool | None, str]:
    size = path.stat().st_size
    if size > MOST_BYTES:
        return None, f"not run here: the certificate has {size:,} bytes, and that takes long"
    line = [sys.executable, "-m", "exactpwl_check", path.name]
    done = subprocess.run(line, cwd=path.parent, capture_output=True, text=True, check=False)
    if done.returncode in (0, _NOT_VALID):
        return done.returncode == 0, done.stdout.strip()
    return None, "not run here: the program could not be started, or could not read the file"
