"""Networks built by hand, each proved equal to what it was built from.

Examples
--------
>>> from exactpwl import construct
>>> made = construct.from_points([(-1, -1), ("-1/2", 1), (0, -1), (1, 0)])
>>> construct.formula(made.network)
'-1 + 4 relu(x+1) - 8 relu(x+1/2) + 5 relu(x)'
>>> print(made.check())
equal to the function through 4 points on R^1: the affine maps agree on all 4 regions of
the common refinement with its 4 cells
"""

from exactpwl.construct.built import Built, Cell, Comparison, Target, compare
from exactpwl.construct.files import load_max_min, load_triangulation
from exactpwl.construct.joins import add, compose, padded, parallel, relu_only, residual
from exactpwl.construct.lattice import from_pieces, max_min_form
from exactpwl.construct.max_min import MaxMin, from_max_min, maximum
from exactpwl.construct.maxima import relus_for_maxima
from exactpwl.construct.moving import Move, Ray, formula, move, rays
from exactpwl.construct.one_input import (
    LinePiece,
    from_points,
    from_slopes,
    line_pieces,
    one_layer,
)
from exactpwl.construct.triangulation import Triangulation, from_triangulation, hat
from exactpwl.construct.twins import permuted, rescaled

__all__ = [
    "Built",
    "Cell",
    "Comparison",
    "LinePiece",
    "MaxMin",
    "Move",
    "Ray",
    "Target",
    "Triangulation",
    "add",
    "compare",
    "compose",
    "formula",
    "from_max_min",
    "from_pieces",
    "from_points",
    "from_slopes",
    "from_triangulation",
    "hat",
    "line_pieces",
    "load_max_min",
    "load_triangulation",
    "max_min_form",
    "maximum",
    "move",
    "one_layer",
    "padded",
    "parallel",
    "permuted",
    "rays",
    "relu_only",
    "rescaled",
    "relus_for_maxima",
    "residual",
]
