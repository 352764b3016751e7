"""A messy sheet in; clean typed rows and every problem, per cell, out. Knows no database.

    taken = read("daftar.xlsx", within=province)   # rows, problems, summary, kind; may refuse
    annotate("daftar.xlsx", taken, "daftar.checked.xlsx")

`docs/reference/intake.md` is the offices' manual, printed from the same declarations that check.
"""

from pulih.intake.annotate import annotate
from pulih.intake.columns import Column, guide
from pulih.intake.intake import Intake, read
from pulih.intake.kinds import KINDS, Kind

__all__ = ["KINDS", "Column", "Intake", "Kind", "annotate", "guide", "read"]
