"""Size and time of certificates: written by exactpwl, checked by exactpwl_check.

    python benchmarks/certificates.py [--quick]

For one layer of more and more lines in the plane (about 100, 10,000 and 100,000 regions) and for
the networks c and h of the shared folder, where it is there.  CPU seconds of one process each;
bytes of the compressed file.  Exit status 1 if a certificate is not believed, or network c misses
its goal: written in 10 s, checked in 30 s."""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from exactpwl import Network
from exactpwl.certificate import certify_partition
from peers.networks import Arrays, Shape, random_network

ROOT = Path(__file__).resolve().parents[1]
NETS = ROOT.parent / "shared" / "nets"
GOALS = {"c": (10.0, 30.0)}


def networks(*, quick: bool) -> Iterator[tuple[str, Network, bool]]:
    """Yield name, network, and whether it is taken over the box [-1, 1]^d."""
    for width in (14, 141) if quick else (14, 141, 447):
        yield (
            f"{width} lines",
            _network(random_network(Shape(2, (width,), 2000 + width, 0.5))),
            False,
        )
    for name, file in (("c", "c_2_32x3.npz"), ("h", "h_5_10x2.npz")):
        if (NETS / file).is_file():
            yield name, Network.load(NETS / file), True


def _network(arrays: Arrays) -> Network:
    return Network.from_arrays(
        [weight.tolist() for weight in arrays.weights], [bias.tolist() for bias in arrays.biases]
    )


def checked(path: Path) -> tuple[bool, float]:
    """Run the checker in a process of its own, and return whether it believes, and its seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    done = subprocess.run([sys.executable, "-m", "exactpwl_check", path], check=False, cwd=ROOT)
    return not done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def main() -> int:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="without the 100,000 regions")
    options = parser.parse_args()
    rows, good = [], True
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "claim.cert.gz"
        for name, network, box in networks(quick=options.quick):
            start = time.process_time()
            domain = [(-1, 1)] * network.input_dimension if box else None
            certificate = certify_partition(network, domain)
            certificate.save(path)
            written = time.process_time() - start
            believed, seconds = checked(path)
            limits = GOALS.get(name, (float("inf"),) * 2)
            good &= believed and written < limits[0] and seconds < limits[1]
            count = certificate.claim.as_json()["regions"]
            rows.append((name, count, path.stat().st_size, written, seconds, believed))
    print(
        "| network | regions | bytes | a region | written, s | checked, s | ms a region, both | |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for name, count, size, written, seconds, believed in rows:
        print(
            f"| {name} | {count:,} | {size:,} | {size / count:.0f} | {written:.2f} | {seconds:.2f} "
            f"| {1000 * written / count:.2f}, {1000 * seconds / count:.2f} "
            f"| {'valid' if believed else '**not believed**'} |"
        )
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
