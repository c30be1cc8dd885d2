"""VNN-LIB, exactly: property files and counterexamples, and the conditions that they become.

    >>> from exactpwl import vnnlib
    >>> query = vnnlib.parse_query('''
    ...     (declare-const X_0 Real)
    ...     (declare-const Y_0 Real)
    ...     (assert (>= X_0 -0.1))
    ...     (assert (<= X_0 0.1))
    ...     (assert (>= Y_0 1e-06))
    ... ''')
    >>> (case,) = query.cases()
    >>> print(case.input_set.domain())
    the box [-1/10, 1/10]

A file describes the violation: ``sat`` means that an input with its output satisfies all
assertions.  Decimals are the rationals that they spell.  The texts are in `tokens`, `declarations`,
`expressions`, `reader` and `writer`; what they mean is in `constraints`, `formulas`, `cases`,
`charts` and `queries`; `witnesses` are counterexamples.  The format is described in
``docs/vnnlib.md``.
"""

from exactpwl.vnnlib.cases import Case, InputSet
from exactpwl.vnnlib.charts import Chart
from exactpwl.vnnlib.constraints import Constraint
from exactpwl.vnnlib.decimals import rounded_point
from exactpwl.vnnlib.formulas import Join
from exactpwl.vnnlib.queries import NetworkDeclaration, Query, Tensor
from exactpwl.vnnlib.reader import load_query, parse_query
from exactpwl.vnnlib.witnesses import Witness, dumps_witness, load_witness, parse_witness
from exactpwl.vnnlib.writer import dumps_query

__all__ = [
    "Case",
    "Chart",
    "Constraint",
    "InputSet",
    "Join",
    "NetworkDeclaration",
    "Query",
    "Tensor",
    "Witness",
    "dumps_query",
    "dumps_witness",
    "load_query",
    "load_witness",
    "parse_query",
    "parse_witness",
    "rounded_point",
]
