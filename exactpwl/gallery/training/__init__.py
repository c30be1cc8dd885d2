"""The scripts that trained the networks bundled in ``exactpwl/gallery/data``.

``python -m exactpwl.gallery.training.rings``, ``... .disc`` and ``... .digits`` train them again;
with ``--measure`` they measure the bundled file instead, which takes a second or two.
``... .annulus_runs``, ``.xor_runs``, ``.ring_runs`` and ``.shape_runs`` make the runs of
``data/runs`` again, a network at every checkpoint, and ``... .families`` those of
``data/families``.  Nothing but numpy is needed.
"""
