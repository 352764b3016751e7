"""Workbooks of the story: the same bytes on every machine and day."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import xlsxwriter


@contextmanager
def workbook(path: Path, day: date, **options: object) -> Iterator[xlsxwriter.Workbook]:
    """Yield a workbook that says it was written on `day`, and save it.

    options: more of xlsxwriter's own.
    """
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, **options}) as book:
        # XlsxWriter takes the clock of the machine in silence where this is a date without a time.
        book.set_properties({"created": datetime.combine(day, datetime.min.time())})
        yield book
