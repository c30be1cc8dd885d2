"""The errors of the library: one base class; each leaf is also the builtin one would catch.

A message says what was required, what came, where, and how to mend it.  What a program may want
to know is an attribute of the instance, so that nobody has to take a message apart.
"""

from __future__ import annotations

__all__ = [
    "CertificateError",
    "DimensionError",
    "DiscontinuityError",
    "DomainError",
    "ExactPWLError",
    "FigureError",
    "FormatError",
    "GalleryError",
    "MissingDependencyError",
    "NetworkError",
    "OperatorError",
    "OptionError",
    "PatternError",
    "ProofError",
    "TooLargeError",
    "VNNLIBError",
]


class ExactPWLError(Exception):
    """The base of every error that the library raises on purpose.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> try:
    ...     gallery.get("lines:0")
    ... except ExactPWLError as error:
    ...     print(error)
    lines:n needs a whole number n from 1 to 1000, got 'lines:0'
    """


class NetworkError(ExactPWLError, ValueError):
    """The numbers do not make a network.

    Attributes
    ----------
    layer, row : int or None
        Where, counted from 0.
    """

    def __init__(self, message: str, *, layer: int | None = None, row: int | None = None) -> None:
        super().__init__(message)
        self.layer = layer
        self.row = row


class FormatError(ExactPWLError, ValueError):
    """A file is not what it should be.

    Attributes
    ----------
    path : str or None
        The file.
    """

    def __init__(self, message: str, *, path: str | None = None) -> None:
        super().__init__(message if path is None else f"{path}: {message}")
        self.path = path


class VNNLIBError(FormatError):
    """A text is not VNN-LIB, or asks what no piecewise-linear network can be asked.

    Attributes
    ----------
    path : str or None
        The file.
    line, column : int
        Where, counted from 1.
    """

    def __init__(self, message: str, *, path: str | None = None, line: int, column: int) -> None:
        super().__init__(f"line {line}, column {column}: {message}", path=path)
        self.line = line
        self.column = column


class OperatorError(FormatError):
    """A node of a graph cannot be read: its operator is refused, or not as it stands there.

    Attributes
    ----------
    path : str or None
        The file.
    node : str
        The node's name; where it has none, that of its first output.
    op_type : str
        The operator.
    """

    def __init__(self, message: str, *, path: str | None, node: str, op_type: str) -> None:
        super().__init__(message, path=path)
        self.node = node
        self.op_type = op_type


class GalleryError(ExactPWLError, ValueError):
    """The gallery has no network of that name, or not with that parameter.

    Attributes
    ----------
    spec : str
        What was asked for.
    """

    def __init__(self, message: str, *, spec: str) -> None:
        super().__init__(message)
        self.spec = spec


class DomainError(ExactPWLError, ValueError):
    """A domain is empty, flat, or of another dimension than the network's input."""


class DimensionError(ExactPWLError, ValueError):
    """A point, direction or functional has not the number of entries that is required."""


class OptionError(ExactPWLError, ValueError):
    """A choice that there is not (a column, a method, a kink); the message says what there is."""


class PatternError(ExactPWLError, ValueError):
    """A pattern does not fit the network."""


class TooLargeError(ExactPWLError, ValueError):
    """The work asked for would not end in reasonable time or memory."""


class DiscontinuityError(ExactPWLError, ValueError):
    """Two pieces of a function do not meet.

    Attributes
    ----------
    pieces : tuple of int
        The two pieces.
    facet : object
        The common facet on which they differ.
    point : tuple of Fraction
        A point of the facet where the values differ.
    jump : tuple of Fraction
        Value of the second piece minus value of the first, at the point.
    """

    def __init__(
        self,
        message: str,
        *,
        pieces: tuple[int, int],
        facet: object,
        point: tuple[object, ...],
        jump: tuple[object, ...],
    ) -> None:
        super().__init__(message)
        self.pieces = pieces
        self.facet = facet
        self.point = point
        self.jump = jump


class FigureError(ExactPWLError, ValueError):
    """A figure cannot be drawn: the wrong number of inputs, a bad window, an unknown file type."""


class CertificateError(ExactPWLError, ArithmeticError):
    """A certificate does not prove what it says."""


class ProofError(ExactPWLError, AssertionError):
    """A statement of a proof was not found true.

    Attributes
    ----------
    statement : str
    evidence : str
        What the computation found; empty if it did not say.
    """

    def __init__(self, message: str, *, statement: str, evidence: str = "") -> None:
        super().__init__(message)
        self.statement = statement
        self.evidence = evidence


class MissingDependencyError(ExactPWLError, ImportError):
    """A library that this call needs is not installed; the message names the packages."""
