"""Networks with one or two inputs, of every kind that an atlas to explore meets."""

from __future__ import annotations

from typing import Any

from exactpwl import Domain, Network, gallery

TRIANGLE = Domain.polyhedron([[-1, 0], [0, -1], [1, 1]], [0, 0, "3/2"])
HARD = Network([([[1, 0], [1, 2]], [0, "1/3"], "hard_tanh"), ([[1, -1]], [0], "linear")])
DEGENERATE = Network(
    [
        ([[1, 0], [2, 0], [-1, 0], [0, 1], [1, 1], [0, 0]], [0, 0, 0, 0, 0, 1], "relu"),
        ([[1, 0, 1, 0, 0, 0], [1, 0, -1, 0, 0, 0], [0, 0, 0, 1, 1, 0]], [0, 0, -1], "relu"),
        ([[1, 1, 1]], [0], "linear"),
    ]
)
CONSTANT = Network([([[0, 0]], [1], "relu"), ([[3]], [0], "linear")])
CASES: dict[str, tuple[Network, Any]] = {
    "lines": (gallery.get("lines:8"), None),
    "with lines in it": (gallery.get("xor"), None),
    "in a box": (gallery.get("xor"), [(-1, 1), (0, "1/3")]),
    "in a triangle": (gallery.get("lines:4"), TRIANGLE),
    "deep": (gallery.get("hat2d"), None),
    "several breakpoints": (HARD, None),
    "degenerate": (DEGENERATE, None),
    "constant": (CONSTANT, None),
    "a half-plane each": (Network([([[1, 2]], [0], "relu")]), None),
    "one input": (gallery.get("sawtooth:3"), None),
    "one input, bounded": (gallery.get("tent"), [(0, 1)]),
    "one input, constant": (Network([([[0]], [1], "relu")]), None),
    "two outputs": (Network([([[1, 0], [0, 1]], [0, 0], "relu")]), None),
}
