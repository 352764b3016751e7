"""`python -m pulih.intake.reader`: reads strangers' files for a process that watches this one.

`pulih.intake.in_child` is the other end.
"""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from pulih import intake, places
from pulih.intake import workbook
from pulih.intake.intake import Intake, read
from pulih.intake.outputs import write_table
from pulih.intake.serving import Request, Say, Work, serve


def _read(request: Request, say: Say) -> dict[str, Any]:
    """Leave rows and problems as Arrow files in the folder named; tell the rest."""
    taken = _taken(request, say)
    folder = Path(request["folder"])
    taken.rows.write_ipc(folder / "rows.arrow", compat_level=pl.CompatLevel.newest())
    taken.problems.write_ipc(folder / "problems.arrow", compat_level=pl.CompatLevel.newest())
    return {
        "kind": taken.kind,
        "summary": taken.summary,
        "on": taken.on.isoformat(),
        "elsewhere": taken.elsewhere and [taken.elsewhere.id, taken.elsewhere.en],
        "headings": taken.headings,
        "tables": taken.tables,
    }


def _taken(request: Request, say: Say) -> Intake:
    asked = dict(request["asked"])
    asked["on"] = date.fromisoformat(asked["on"]) if asked.get("on") else None
    within = asked.get("within")
    asked["within"] = places.place(within) if within is not None else None

    def progress(done: int, total: int | None) -> None:
        say({"progress": [done, total]})

    return read(Path(request["path"]), progress=progress, **asked)


def _write(request: Request, say: Say) -> dict[str, Any]:
    """Fill two files that the asker made; it puts them in their places, or takes them away."""
    taken = _taken(request, say)
    try:
        write_table(taken.rows, Path(request["out"]))
        write_table(taken.problems, Path(request["problems"]))
    except OSError as error:
        return {"unwritten": error.strerror or str(error)}
    return {"summary": taken.summary, "problems": taken.problems.height}


def _sheets(request: Request, say: Say) -> dict[str, Any]:
    """Leave the cells of every sheet as Arrow files in the folder named."""
    folder, told = Path(request["folder"]), []
    for number, sheet in enumerate(workbook.open_book(Path(request["path"])).sheets()):
        sheet.cells.write_ipc(folder / f"{number}.cells", compat_level=pl.CompatLevel.newest())
        if sheet.numeric is not None:
            sheet.numeric.write_ipc(folder / f"{number}.numeric")
        told.append([sheet.name, sheet.merged, sheet.hidden, sheet.numeric is not None])
    return {"sheets": told}


def _annotate(request: Request, say: Say) -> dict[str, Any]:
    """Write the marked copy; only the problems of a reading are needed for it."""
    problems = pl.read_ipc(request["problems"])
    path = Path(request["path"])
    taken = Intake(path, request["kind"], pl.DataFrame(), problems, {}, date.min)
    intake.annotate(path, taken, request["out"], cut=request["cut"])
    return {}


WORK: Work = {
    "read": _read,
    "write": _write,
    "sheets": _sheets,
    "annotate": _annotate,
}


if __name__ == "__main__":
    serve(WORK)
