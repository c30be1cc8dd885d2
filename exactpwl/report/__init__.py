"""Reports: a folder with everything that is known of one complex, for readers and for a paper.

Examples
--------
>>> from tempfile import TemporaryDirectory
>>> from exactpwl import gallery, regions, report
>>> xor = regions(gallery.get("xor"))
>>> with TemporaryDirectory() as folder:
...     "index.html" in report.save_report(xor, folder, figures=False).files
True
"""

from exactpwl.report.saving import FILES, ReportFolder, save_report

__all__ = ["FILES", "ReportFolder", "save_report"]
