"""Local linear maps: the gradients and constants of a network at samples, as matrices.

`local_maps` makes them, exactly; `maps_between` relates those of two networks by least squares, and
its answer makes of the first network a `MappedFunction`, which is discontinuous as a rule.
For large networks `float_maps` and `float_maps_between` do the same in floating point.
`clustered_accuracy` says what is left of a classifier with few affine maps.
"""

from exactpwl.linearmaps.between import MapsBetween, maps_between
from exactpwl.linearmaps.between_floats import FloatMapsBetween, float_maps_between
from exactpwl.linearmaps.clusters import (
    ClusteredAccuracy,
    Clustering,
    cluster_counts,
    clustered_accuracy,
)
from exactpwl.linearmaps.floats import FloatMaps, float_maps
from exactpwl.linearmaps.mapped import FacetContinuity, FacetJump, MappedFunction
from exactpwl.linearmaps.normal_equations import (
    LeastSquares,
    LeastSquaresCheck,
    check_least_squares,
    least_squares,
)
from exactpwl.linearmaps.rows import LocalMaps, grid_points, local_maps

__all__ = [
    "ClusteredAccuracy",
    "Clustering",
    "FacetContinuity",
    "FacetJump",
    "FloatMaps",
    "FloatMapsBetween",
    "LeastSquares",
    "LeastSquaresCheck",
    "LocalMaps",
    "MappedFunction",
    "MapsBetween",
    "check_least_squares",
    "cluster_counts",
    "clustered_accuracy",
    "float_maps",
    "float_maps_between",
    "grid_points",
    "least_squares",
    "local_maps",
    "maps_between",
]
