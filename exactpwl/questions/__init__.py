"""Questions about the whole of a function: each with its exact answer and, where it speaks of all
inputs, a certificate.

The questions are apart from the method that answers them: a function here says what is asked and
what an answer is; regions come from `exactpwl.regions`, proofs from `exactpwl.certificate`.
"""

from exactpwl.questions.balls import BALL_NORMS, Robustness, robustness
from exactpwl.questions.bending import SHAPES, Bend, Convexity, convexity
from exactpwl.questions.class_shapes import ClassTopology, class_topologies
from exactpwl.questions.curves import Curve, curves, outline
from exactpwl.questions.equality import Difference, DifferingRegion, difference
from exactpwl.questions.extent import Attained, Extremum, ValueRange, value_range
from exactpwl.questions.flatness import FlatPiece, flat_pieces, flat_volumes
from exactpwl.questions.injective_maps import Collision, Injectivity, injectivity
from exactpwl.questions.integration import Divergence, Integral, integral, integrals, mean, means
from exactpwl.questions.level_complexes import decision_boundary, level_complex
from exactpwl.questions.level_faces import LevelComplex, LevelComponent, LevelFace
from exactpwl.questions.level_volumes import LevelVolumes, level_volumes
from exactpwl.questions.local_extremes import LocalExtremum, local_extrema
from exactpwl.questions.neurons import STATES, NeuronState, certify_stable, stable_neurons
from exactpwl.questions.persistence import Bar, barcode
from exactpwl.questions.reduction import Reduction, smaller_network
from exactpwl.questions.rising import (
    SENSES,
    Monotonicity,
    Slope,
    monotonicities,
    monotonicity,
)
from exactpwl.questions.shape_certificates import (
    certify_convexity,
    certify_injectivity,
    certify_monotonicity,
)
from exactpwl.questions.steepness import LIPSCHITZ_NORMS, LipschitzConstant, lipschitz_constant
from exactpwl.questions.topology import SetTopology, Topology, topology_at

__all__ = [
    "BALL_NORMS",
    "LIPSCHITZ_NORMS",
    "SENSES",
    "SHAPES",
    "STATES",
    "Attained",
    "Bar",
    "Bend",
    "ClassTopology",
    "Collision",
    "Convexity",
    "Curve",
    "Difference",
    "DifferingRegion",
    "Divergence",
    "Extremum",
    "FlatPiece",
    "Injectivity",
    "Integral",
    "LevelComplex",
    "LevelComponent",
    "LevelFace",
    "LevelVolumes",
    "LipschitzConstant",
    "LocalExtremum",
    "Monotonicity",
    "NeuronState",
    "Reduction",
    "Robustness",
    "SetTopology",
    "Slope",
    "Topology",
    "ValueRange",
    "barcode",
    "certify_convexity",
    "certify_injectivity",
    "certify_monotonicity",
    "certify_stable",
    "class_topologies",
    "convexity",
    "curves",
    "decision_boundary",
    "difference",
    "flat_pieces",
    "flat_volumes",
    "injectivity",
    "integral",
    "integrals",
    "level_complex",
    "level_volumes",
    "lipschitz_constant",
    "local_extrema",
    "mean",
    "means",
    "monotonicities",
    "monotonicity",
    "outline",
    "robustness",
    "smaller_network",
    "stable_neurons",
    "topology_at",
    "value_range",
]
