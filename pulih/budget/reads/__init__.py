"""What the pages and the API read. Every figure is of two days: in effect by one, known by another.

`known=None` counts all that is known today.
"""

from pulih.references.charts import AccountNames

from .lines import (
    LineRow,
    amounts_by,
    bar,
    chosen_year,
    rows_of,
    within,
    words_of,
)

__all__ = [
    "AccountNames",
    "LineRow",
    "amounts_by",
    "bar",
    "chosen_year",
    "rows_of",
    "within",
    "words_of",
]
