"""Check a certificate, and print what it proves or what is wrong with it.

FILE claims that a network has exactly these activation regions, that a property holds, that two
networks are equal, or the like, and holds the proof.  No code is shared with exactpwl, and integers
are all that is computed with.  (exactpwl check is another thing: it runs checks on a complex.)
The exit status is 0 for a valid certificate, 20 for one that is not, 2 if FILE cannot be read.
"""

import argparse
import gzip
import sys
import zlib
from fractions import Fraction

from exactpwl_check.claims import Claim
from exactpwl_check.network import read_network
from exactpwl_check.proof import Cell, leaves
from exactpwl_check.reading import Defect, Lines, items, members, primitive, rationals, require


def prove(lines: Lines) -> str:
    """Return what a certificate proves, in words and numbers."""
    keys = {"format": str, "version": int, "claim": dict, "networks": list, "sha256": list}
    name, version, what, listed, digests, texts = members(lines.read(), **keys, domain=list)
    require(name == "exactpwl certificate" and version == 2, "another format or version")
    networks = [read_network(each) for each in listed]
    require(listed and digests == [f.digest for f in networks], "sha256 is not of these networks")
    domain = [primitive(rationals(row, networks[0].widths[0] + 1)) for row in texts]
    require(all(any(row[:-1]) for row in domain), "a row of the domain has no variable")
    claim = Claim(what, networks, domain)
    count = refuted = 0
    steepest: Fraction | None = None
    if not claim.place:
        cell = Cell(networks, domain)
        for count, (leaf, refuted) in enumerate(leaves(lines.read, cell), 1):  # noqa: B007
            steepness = claim.check_leaf(cell, *leaf)
            steepest = steepness if steepest is None else max(steepest, steepness)
    require(count == claim.regions, f"the tree has {count} leaves, the claim {claim.regions}")
    require(claim.steepness in (None, steepest), "the steepest leaf is not as steep as is claimed")
    word, *numbers = items(lines.read(), 3)
    whole = word == "end" and [(type(n), n) for n in numbers] == [(int, count), (int, refuted)]
    require(whole, f'the last line must be ["end",{count},{refuted}]')
    require(not lines.stream.read(1), "something stands after the end")
    told = [f"network {' -> '.join(map(str, f.widths))}, SHA-256 {f.digest}" for f in networks]
    rows = [f"({', '.join(row[:-1])}).x + {row[-1]} >= 0" for row in texts]
    told.append(f"domain {', '.join(rows) or 'the whole space'}")
    told.append(f"{count} leaves, each with a point inside; {refuted} sides refuted as empty")
    return "\n".join([f"VALID: {claim.words}", *told])


def main(arguments: list[str] | None = None) -> int:
    """Check the file that the command line names; return the exit status."""
    parser = argparse.ArgumentParser("exactpwl-check", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("FILE", help="decompressed first if its name ends in .gz")
    path = parser.parse_args(arguments).FILE
    try:
        with (gzip.open if path.endswith(".gz") else open)(path, "rb") as stream:
            lines = Lines(stream)
            told, status = prove(lines), 0
    except Defect as defect:
        told, status = f"NOT VALID: line {lines.number}: {defect}", 20
    except (OSError, EOFError, zlib.error, UnicodeDecodeError, MemoryError) as error:
        told, status = f"{path} cannot be read: {error}", 2
    print(told, file=sys.stderr if status == 2 else sys.stdout)
    return status


if __name__ == "__main__":
    sys.exit(main())
