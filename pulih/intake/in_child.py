"""The same reading in a process of its own, under ceilings: for every file of a stranger's.

    taken = in_child.read("daftar.xlsx", within=province)   # as pulih.intake.read; may refuse

A file that kills its reader, or makes it take too much, is refused like any damaged one.
"""

import errno
import os
import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pulih.common.drafts import draft_folder
from pulih.common.errors import Message, Refusal
from pulih.intake import child, limit_refusals

if TYPE_CHECKING:  # Polars loads slowly, and who only watches a reader needs none of it.
    import polars as pl

    from pulih.intake.cells import Sheet
    from pulih.intake.intake import Intake
    from pulih.places import Place

MARKING_TIMES = 10  # A marked workbook takes far longer to write than its list to read.
DISK_FULL = os.strerror(errno.ENOSPC)
Progress = Callable[[int, int | None], None]


class ReaderFault(RuntimeError):
    """The reader stopped at a fault of our own. trace: its lines, for the log."""

    def __init__(self, kind: str, words: str, trace: str) -> None:
        super().__init__(f"{kind}: {words}")
        self.trace = trace
        self.add_note(trace)


class Interrupted(Refusal):
    """The reader was killed, could not start or had no room to write: the file is not to blame."""


class Unwritten(Exception):
    """The tables could not be written; the words are the system's."""


class Written(NamedTuple):
    """What is told of tables that were written: the summary, and how many problems there are."""

    summary: dict[str, Any]
    problems: int


def read(
    path: Path | str,
    *,
    kind: str = "auto",
    on: date | None = None,
    within: "Place | None" = None,
    mapping: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> "Intake":
    """Read a file as `pulih.intake.read` does. May refuse.

    progress: called with rows done several times a second; what it raises ends the reading.
    """
    from pulih.intake.intake import Intake

    with tempfile.TemporaryDirectory() as folder:
        request = _request("read", path, folder=folder)
        request["asked"] = {
            "kind": kind,
            "on": on and on.isoformat(),
            "within": within and within.key,
            "mapping": dict(mapping or {}),
        }
        told = _ask(request, progress)
        rows, problems = (_frame(Path(folder, f"{one}.arrow")) for one in ("rows", "problems"))
    elsewhere = told["elsewhere"] and Message(*told["elsewhere"])
    headings = {
        sheet: [(heading, column) for heading, column in found]
        for sheet, found in told["headings"].items()
    }
    day = date.fromisoformat(told["on"])
    summary, tables = told["summary"], told["tables"]
    return Intake(
        Path(path), told["kind"], rows, problems, summary, day, elsewhere, headings, tables
    )


def write(path: Path, kind: str, out: Path, problems: Path) -> Written:
    """Read a file and write its two tables where told. May refuse; raises Unwritten."""
    request = _request("write", path, out=str(out), problems=str(problems))
    request["asked"] = {"kind": kind}
    told = _ask(request, None)
    if "unwritten" in told:
        raise Unwritten(told["unwritten"])
    return Written(told["summary"], told["problems"])


def sheets(path: Path | str) -> "list[Sheet]":
    """Read the raw cells of every sheet. May refuse."""
    from pulih.intake.cells import Sheet

    with tempfile.TemporaryDirectory() as folder:
        told = _ask(_request("sheets", path, folder=folder), None)
        found = []
        for number, (name, merged, hidden, is_typed) in enumerate(told["sheets"]):
            cells = _frame(Path(folder, f"{number}.cells"))
            numeric = _frame(Path(folder, f"{number}.numeric")) if is_typed else None
            ranges = tuple(((one[0], one[1]), (two[0], two[1])) for one, two in merged)
            found.append(Sheet(name, cells, numeric, ranges, hidden))
    return found


def annotate(path: Path | str, intake: "Intake", out: Path | str, *, cut: bool = False) -> Path:
    """Write the office's own file with every problem marked. May refuse.

    cut: a copy of its values in which every number of a person is cut.
    """
    # Beside its place, so that it can be moved there, and gone with its folder if all ends badly.
    with draft_folder(Path(out).parent) as folder:
        problems, copy = Path(folder, "problems.arrow"), Path(folder, "copy.xlsx").resolve()
        intake.problems.write_ipc(problems)
        request = _request("annotate", path, problems=str(problems), out=str(copy))
        asked = {**request, "cut": cut, "kind": intake.kind}
        _ask(asked, None, MARKING_TIMES)
        copy.replace(out)
    return Path(out)


def _request(do: str, path: Path | str, **about: str) -> dict[str, Any]:
    return {"do": do, "path": str(Path(path).absolute()), **about}


def _ask(request: Mapping[str, Any], progress: Progress | None, times: float = 1) -> dict[str, Any]:
    with child.borrowed() as (reader, keep):
        answer = reader.ask(request, progress, times=times)
        if answer.get("serves_again"):
            keep()
    name = Path(request["path"]).name
    if "done" in answer:
        done: dict[str, Any] = answer["done"]
        return done
    if "refused" in answer:
        raise Refusal(Message(*answer["refused"]))
    refuse_interrupted(answer)
    if "fault" in answer:
        raise ReaderFault(*answer["fault"])
    raise limit_refusals.ended(name, answer.get("ended", "memory"), answer.get("ceilings"))


def refuse_interrupted(answer: child.Report) -> None:
    """Raise Interrupted where a reader's last report says nothing of its file."""
    kind, words, _trace = answer.get("fault", ("", "", ""))
    if answer.get("ended") == "killed" or kind == "NotStarted" or DISK_FULL in words:
        raise Interrupted(limit_refusals.INTERRUPTED)


def _frame(path: Path) -> "pl.DataFrame":
    """Take a finished table whole; its file may go afterwards."""
    import polars as pl

    return pl.read_ipc(path)
