"""A messy sheet in; clean typed rows and every problem, per cell, out. Knows no database.

    taken = read("daftar.xlsx", within=province)   # rows, problems, summary, kind; may refuse
    annotate("daftar.xlsx", taken, "daftar.checked.xlsx")

`docs/reference/intake.md` is the offices' manual, printed from the same declarations that check.
"""

from pathlib import Path

from pulih.intake.columns import Column, guide
from pulih.intake.intake import Intake, read
from pulih.intake.kinds import KINDS, Kind

__all__ = ["KINDS", "Column", "Intake", "Kind", "annotate", "guide", "read"]


def annotate(path: Path | str, intake: Intake, out: Path | str) -> Path:
    """Write the office's own file with every problem marked (XLSX) and return its path."""
    # The writers of workbooks load slowly, and reading needs neither.
    from pulih.intake import checked_copy

    return checked_copy.annotate(path, intake, out)
