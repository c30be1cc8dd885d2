"""What the tests of reports share."""

from explore.conftest import browser

__all__ = ["browser"]
