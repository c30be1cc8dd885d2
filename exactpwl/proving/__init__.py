"""Proofs to be read: documents whose every step is checked when it is written.

`Document` is such a proof: sentences, formulas, tables, and statements with the computations that
check them; in plain text, Markdown and LaTeX.  `prove` writes one about a network.
"""

from exactpwl.proving.document import Document
from exactpwl.proving.markup import quoted
from exactpwl.proving.network_document import prove

__all__ = ["Document", "prove", "quoted"]
