"""The scripts that trained the networks bundled in ``exactpwl/gallery/data``.

``python -m exactpwl.gallery.training.rings`` and ``... .disc`` train them again;
with ``--measure`` they measure the bundled file instead, which takes a second or two.
Nothing but numpy is needed, and nothing else in the package imports these modules.
"""
