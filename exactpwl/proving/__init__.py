"""Proofs to be read: documents whose every step is checked when it is written.

`Document` is such a proof: sentences, formulas, tables, and statements with the computations that
check them; in plain text, Markdown and LaTeX.
"""

from exactpwl.proving.document import Document
from exactpwl.proving.markup import quoted

__all__ = ["Document", "quoted"]
