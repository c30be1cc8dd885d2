"""Tables of regions, of empty patterns and of data points: LaTeX, Markdown, CSV, HTML.

No number is rounded unless digits are asked for.  In a table for reading, one of more than 24
digits is shortened visibly; in CSV it is whole.
"""

from exactpwl.tables.clusters import cluster_table
from exactpwl.tables.data import DATA_COLUMNS, data_table, holders_table
from exactpwl.tables.empty_patterns import empty_pattern_table
from exactpwl.tables.inequalities import inequality_table
from exactpwl.tables.region_columns import DEFAULT_COLUMNS, REGION_COLUMNS
from exactpwl.tables.regions import MOST_DIGITS, region_table
from exactpwl.tables.table import Column, Table

__all__ = [
    "DATA_COLUMNS",
    "DEFAULT_COLUMNS",
    "MOST_DIGITS",
    "REGION_COLUMNS",
    "Column",
    "Table",
    "cluster_table",
    "data_table",
    "empty_pattern_table",
    "holders_table",
    "inequality_table",
    "region_table",
]
