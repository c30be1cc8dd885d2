"""Networks with two inputs that every figure has to draw, and complexes with fewer and more."""

from exactpwl import Network

XOR = Network([([[1, 1], [1, 1]], [1, 0], "relu"), ([[2, -4]], [-1], "linear")], name="xor")
DEEP = Network(
    [
        ([[1, 0], [0, 1], [1, 1]], [0, 0, -1], "relu"),
        ([[1, -1, 1], [1, 1, -2]], [-1, "-1/2"], "relu"),
        ([[2, -1]], ["-1/4"], "relu"),
        ([[1]], [-1], "linear"),
    ],
    name="deep",
)

DEGENERATE = {
    "unbounded": XOR,
    "coincident lines": Network([([[1, 2], [-2, -4]], [1, -2], "relu"), ([[1, 3]], [0], "linear")]),
    "concurrent lines": Network(
        [([[1, 0], [0, 1], [1, 1], [1, -1]], [0] * 4, "relu"), ([[1, 1, 1, 1]], [-1], "linear")]
    ),
    "dead neuron": Network([([[1, 0], [0, 0]], [0, -1], "relu"), ([[1, 1]], [0], "linear")]),
    "vanishing neuron": Network(
        [([[1, 0], [0, 0]], [0, 0], "relu"), ([[1, 1], [0, 0]], [0, 0], "relu")]
    ),
    "vanishing on regions": Network([([[1, 0]], [0], "relu"), ([[1]], [0], "abs")]),
    "touching": Network(
        [([[1, 0], [0, 1]], [0, 0], "abs"), ([[-1, -1]], [0], "relu"), ([[1]], [0], "linear")]
    ),
    "constant": Network([([[1, 0]], [0], "relu"), ([[0]], [3], "linear")]),
    "zero": Network([([[0, 0]], [0], "linear")]),
    "one region": Network([([[1, 2]], [3], "linear")]),
    "two breakpoints": Network([([[1, 1]], [0], "hard_tanh"), ([[1]], [0], "linear")]),
}
ONE_INPUT = Network([([[1]], [0], "relu")])
THREE_INPUTS = Network([([[1, 1, 1]], [0], "relu")])
TWO_OUTPUTS = Network([([[1, 0], [0, 1]], [0, 0], "relu")])
