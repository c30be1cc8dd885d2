"""The table of classifiers with few affine maps."""

import pytest

from exactpwl.errors import OptionError
from exactpwl.linearmaps import ClusteredAccuracy, Clustering
from exactpwl.tables import cluster_table

SMALL = ClusteredAccuracy(
    "small", 90, 40, 36, (Clustering(1, 30, 31, 0.0), Clustering(15, 35, 37, 0.9))
)
LARGE = ClusteredAccuracy(
    "large", 6000, 300, 290, (Clustering(1, 100, 99, 0.0), Clustering(1000, 291, 280, 0.8))
)


def test_each_network_has_its_sixth_in_one_column() -> None:
    assert cluster_table([SMALL, LARGE]).to_csv().splitlines() == [
        "network,own,k=1,k=n/6",
        "small,36 of 40 (90.0 %),30 (75.0 %),35 (87.5 %)",
        "large,290 of 300 (96.7 %),100 (33.3 %),291 (97.0 %)",
    ]


def test_a_number_that_was_not_tried_is_left_empty() -> None:
    other = ClusteredAccuracy("other", 90, 40, 36, (Clustering(10, 32, 33, 0.5),))
    assert cluster_table([SMALL, other]).to_csv().splitlines()[1:] == [
        "small,36 of 40 (90.0 %),30 (75.0 %),,35 (87.5 %)",
        "other,36 of 40 (90.0 %),,32 (80.0 %),",
    ]


def test_the_remarks_say_what_a_sixth_is() -> None:
    assert "small: n = 90, n/6 = 15." in cluster_table([SMALL]).to_markdown()
    assert r"36 of 40 (90.0~\%)" in cluster_table([SMALL]).to_latex().replace(r" \%", r"~\%")


def test_no_result_is_refused() -> None:
    with pytest.raises(OptionError, match="one result or more is required, got none"):
        cluster_table([])
