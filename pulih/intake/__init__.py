"""A messy sheet in; clean typed rows and every problem, per cell, out. Knows no database.

    taken = read("daftar.xlsx", within=province)   # rows, problems, summary, kind; may refuse
    annotate("daftar.xlsx", taken, "daftar.checked.xlsx")

`in_child` does both for files of strangers, in a process that they cannot bring down with them.
`docs/reference/intake.md` is the offices' manual, printed from the same declarations that check.
"""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pulih.intake.columns import Column, guide
    from pulih.intake.intake import Intake, read
    from pulih.intake.kinds import KINDS, Kind

__all__ = ["KINDS", "Column", "Intake", "Kind", "annotate", "guide", "read"]

# Loaded when first asked for: a process that only watches a reader needs no tables of data.
_HOMES = {
    **dict.fromkeys(("Column", "guide"), "columns"),
    **dict.fromkeys(("Intake", "read"), "intake"),
    **dict.fromkeys(("KINDS", "Kind"), "kinds"),
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def annotate(path: Path | str, intake: "Intake", out: Path | str, *, cut: bool = False) -> Path:
    """Write the office's own file with every problem marked (XLSX) and return its path.

    cut: a copy of its values in which every number of a person is cut.
    """
    # The writers of workbooks load slowly, and reading needs neither.
    from pulih.intake import checked_copy

    return checked_copy.annotate(path, intake, out, cut=cut)
