"""Small networks that every check is tried on."""

import pytest

from exactpwl import Network, PolyhedralComplex, regions

XOR = Network([([[1, 1], [1, 1]], [1, 0], "relu"), ([[2, -4]], [-1], "linear")])
DEEP = Network(
    [
        ([[1, 0], [0, 1], [1, 1]], [0, 0, -1], "relu"),
        ([[1, -1, 1], [1, 1, -3]], [-1, 0], "relu"),
        ([[1, -2]], [0], "linear"),
    ]
)


@pytest.fixture
def xor() -> PolyhedralComplex:
    """Three regions of R^2 between two parallel lines."""
    return regions(XOR)


@pytest.fixture
def deep() -> PolyhedralComplex:
    """Thirteen regions of R^2; the first layer is three generic lines."""
    return regions(DEEP)


@pytest.fixture
def boxed() -> PolyhedralComplex:
    """The same network over a square."""
    return regions(DEEP, [(-2, 2), (-2, 2)])
