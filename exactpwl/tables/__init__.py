"""Tables of regions and of empty patterns: LaTeX, Markdown, CSV, HTML.

No number is rounded unless digits are asked for.  In a table for reading, one of more than 24
digits is shortened visibly; in CSV it is whole.
"""

from exactpwl.tables.empty_patterns import empty_pattern_table
from exactpwl.tables.region_columns import DEFAULT_COLUMNS, REGION_COLUMNS
from exactpwl.tables.regions import MOST_DIGITS, region_table
from exactpwl.tables.table import Column, Table

__all__ = [
    "DEFAULT_COLUMNS",
    "MOST_DIGITS",
    "REGION_COLUMNS",
    "Column",
    "Table",
    "empty_pattern_table",
    "region_table",
]
