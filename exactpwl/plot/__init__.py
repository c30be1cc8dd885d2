"""Figures of exact objects; numbers become floats in the last step, and matplotlib loads here."""

from exactpwl.plot.adjacency import region_graph
from exactpwl.plot.balls import robust_ball
from exactpwl.plot.canvas import save_figure
from exactpwl.plot.classes import decision_regions
from exactpwl.plot.clusters import cluster_accuracies
from exactpwl.plot.comparison import compare
from exactpwl.plot.crossing import cross_section
from exactpwl.plot.derivative_panels import derivatives
from exactpwl.plot.duals import dual_points
from exactpwl.plot.growth import regions_by_layer, regions_by_width
from exactpwl.plot.images import gradient_image, image
from exactpwl.plot.isolines import contours
from exactpwl.plot.lifetimes import barcode
from exactpwl.plot.mapped import jumps, mapped_wireframe
from exactpwl.plot.mapped_sheets import mapped_pairs
from exactpwl.plot.marked_extrema import extrema
from exactpwl.plot.moving_panels import moved_weights
from exactpwl.plot.neurons import neuron_boundaries
from exactpwl.plot.occupied import occupancy
from exactpwl.plot.one_input import function_graph
from exactpwl.plot.panels import new_axes_3d, new_panels
from exactpwl.plot.pieces import top_down_pieces
from exactpwl.plot.portraits import portrait
from exactpwl.plot.projected import projection
from exactpwl.plot.ray_panels import rays
from exactpwl.plot.relief import surface
from exactpwl.plot.sheets import layers
from exactpwl.plot.solids import solid
from exactpwl.plot.stills import training_panels, training_sheet
from exactpwl.plot.switched import diagram, pattern_diagram
from exactpwl.plot.topdown import save_top_down, top_down
from exactpwl.plot.torn import surface_pieces
from exactpwl.plot.view import regions_in_window
from exactpwl.plot.wires import wireframe

__all__ = [
    "barcode",
    "cluster_accuracies",
    "cross_section",
    "compare",
    "contours",
    "decision_regions",
    "derivatives",
    "diagram",
    "dual_points",
    "extrema",
    "function_graph",
    "gradient_image",
    "image",
    "jumps",
    "layers",
    "mapped_pairs",
    "mapped_wireframe",
    "moved_weights",
    "neuron_boundaries",
    "new_axes_3d",
    "new_panels",
    "occupancy",
    "pattern_diagram",
    "portrait",
    "projection",
    "rays",
    "region_graph",
    "regions_by_layer",
    "regions_by_width",
    "regions_in_window",
    "robust_ball",
    "save_figure",
    "save_top_down",
    "solid",
    "surface",
    "surface_pieces",
    "top_down",
    "top_down_pieces",
    "training_panels",
    "training_sheet",
    "wireframe",
]
