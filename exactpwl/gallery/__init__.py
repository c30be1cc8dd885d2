"""Networks to try things on: textbook ones, hyperplane arrangements, and trained ones.

``gallery.get("lines:8")`` gives a network by name; `names` lists them, `describe` says what they
are, and `exhibit` adds the window in which to look at one.  ``gallery.run("disc-3")`` gives a whole
training by name, network for network; `run_names` lists them, and `family` gives runs with other
seeds or widths.  ``gallery.classifier("mnist-conv-1")`` gives a classifier of the pictures that
``gallery.picture_set("mnist")`` gives.  ``gallery.piecewise("torn")`` gives a function by pieces
that do not meet, which no network computes.
"""

from exactpwl.gallery.catalogue import Exhibit, Window, describe, exhibit, get, names
from exactpwl.gallery.classifiers import classifier, classifier_names
from exactpwl.gallery.pictures import PictureSet, picture_set, picture_set_names
from exactpwl.gallery.runs import Run, family, family_names, run, run_names
from exactpwl.gallery.unglued import piecewise, piecewise_names

__all__ = [
    "Exhibit",
    "PictureSet",
    "Run",
    "Window",
    "classifier",
    "classifier_names",
    "describe",
    "exhibit",
    "family",
    "family_names",
    "get",
    "names",
    "picture_set",
    "picture_set_names",
    "piecewise",
    "piecewise_names",
    "run",
    "run_names",
]
