"""Questions about the whole of a function: each with its exact answer and, where it speaks of all
inputs, a certificate.

The questions are apart from the method that answers them: a function here says what is asked and
what an answer is; regions come from `exactpwl.regions`, proofs from `exactpwl.certificate`.
"""

from exactpwl.questions.equality import Difference, DifferingRegion, difference
from exactpwl.questions.extent import Attained, Extremum, ValueRange, value_range
from exactpwl.questions.neurons import STATES, NeuronState, certify_stable, stable_neurons
from exactpwl.questions.steepness import LIPSCHITZ_NORMS, LipschitzConstant, lipschitz_constant

__all__ = [
    "LIPSCHITZ_NORMS",
    "STATES",
    "Attained",
    "Difference",
    "DifferingRegion",
    "Extremum",
    "LipschitzConstant",
    "NeuronState",
    "ValueRange",
    "certify_stable",
    "difference",
    "lipschitz_constant",
    "stable_neurons",
    "value_range",
]
