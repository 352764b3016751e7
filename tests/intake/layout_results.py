"""How every drawn sheet is read. `python -m tests.intake.layout_results` keeps the results."""

import csv
import re
import tempfile
from collections import defaultdict
from collections.abc import Callable
from dataclasses import astuple, dataclass, fields
from datetime import date
from pathlib import Path

from pulih.common.errors import Refusal
from pulih.intake import Intake, read
from tests.intake.layout_cases import CORPUS, Case, cases, write

KEPT = CORPUS / "results.csv"
ON = date(2020, 9, 30)
OF_CODES = {"status", "certificates", "needs"}  # Their codes are no matter of layout.
PLACES = {"regency", "province", "district", "village"}
PLACE_KIND = re.compile(r"^(?:kabupaten|kab\.?|kota|provinsi|kecamatan|kec\.?|desa)\s+", re.I)
Look = Callable[[Case, str, Path, Intake], None]
BESIDE = {"record_id", "row", "sheet", "verdict", "legal_form"}


@dataclass(order=True)
class Result:
    """One case in one form: columns right of those recognisable; everything else is a fault."""

    case: str
    form: str
    columns: int
    right: int
    wrong: int
    rows: int
    lost: int
    extra: int
    untold: int

    def faults(self) -> tuple[int, ...]:
        missing = self.columns - self.right
        return (missing, self.wrong, self.lost, self.extra, self.untold)


def result(case: Case, form: str, folder: Path, look: Look = lambda *_: None) -> Result:
    """Read a case in one form, show it to `look` and count what is right."""
    truth = [
        ((page.name if len(case.pages) > 1 else None, row, number), record)
        for page in case.pages
        for row, number, record in page.records
    ]
    names = {name for _, record in truth for name in record} - case.optional
    path = write(case, form, folder)
    try:
        taken = read(path, kind=case.kind, on=ON)
    except Refusal:
        lost = 0 if case.may_refuse else len(truth)
        right = len(names) if case.may_refuse else 0
        return Result(case.title, form, len(names), right, 0, len(truth), lost, 0, 0)
    look(case, form, path, taken)
    found = records(taken, len(case.pages) > 1)
    expected = dict(truth)
    lost, extra = len(expected.keys() - found.keys()), len(found.keys() - expected.keys())
    right = sum(_is_right(name, expected, found) for name in names)
    wrong = len(_wrong(taken, case, names, expected, found))
    untold = sum(not _is_told(taken, *one) for one in case.told)
    return Result(
        case.title, form, len(names), right, wrong, len(truth), lost, extra, untold
    )  # fmt: skip


Key = tuple[str | None, int, int]
Records = dict[Key, dict[str, str]]


def records(taken: Intake, with_sheet: bool) -> Records:
    """Give each row's values as text, by sheet, row and number among those of its row."""
    seen: dict[tuple[str | None, int], int] = defaultdict(int)
    found: Records = {}
    for line in taken.rows.iter_rows(named=True):
        place = (line["sheet"] if with_sheet else None, line["row"])
        seen[place] += 1
        values = {name: _text(value) for name, value in line.items() if value is not None}
        found[(*place, seen[place])] = values
    return found


def _text(value: object) -> str:
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)


def _same(name: str, ours: str | None, theirs: str | None) -> bool:
    """Compare two values; a place from a title stands under its own name, without its kind."""
    if ours is None or theirs is None or name not in PLACES:
        return ours == theirs
    return PLACE_KIND.sub("", ours).casefold() == PLACE_KIND.sub("", theirs).casefold()


def _is_right(name: str, expected: dict[Key, dict[str, str]], found: Records) -> bool:
    return all(
        _same(name, found.get(key, {}).get(name), one.get(name)) for key, one in expected.items()
    )


def _wrong(
    taken: Intake, case: Case, names: set[str], expected: dict[Key, dict[str, str]], found: Records
) -> set[str]:
    """Name the columns that hold a value which the sheet does not say."""
    contract = {
        one for by in taken.summary["columns"]["recognised"].values() for one in by.values()
    }
    contract |= PLACES & set(taken.rows.columns)
    wrong = set()
    for key in found.keys() & expected.keys():
        for name, value in found[key].items():
            if name not in contract or name in BESIDE or name.endswith("_code"):
                continue
            told = expected[key].get(name)
            if name in case.optional and (told is None or name in OF_CODES):
                continue
            if not _same(name, value, told):
                wrong.add(name)
    return wrong


def _is_told(taken: Intake, rule: str, cell: str | None) -> bool:
    return any(
        rule in ("*", found) and cell in (None, at)
        for found, at in taken.problems.select("rule", "cell").iter_rows()
    )


def results(look: Look = lambda *_: None) -> list[Result]:
    """Read the whole corpus in every form, each once, and show it to `look`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return sorted(result(one, form, folder, look) for one in cases() for form in one.forms)


def kept() -> dict[tuple[str, str], Result]:
    """Give the results that were kept last."""
    with KEPT.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))[1:]
    found = [Result(case, form, *map(int, counts)) for case, form, *counts in lines]
    return {(one.case, one.form): one for one in found}


def keep(found: list[Result]) -> None:
    with KEPT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([one.name for one in fields(Result)])
        writer.writerows(astuple(one) for one in found)


def main() -> None:
    found = results()
    keep(found)
    columns, right = sum(one.columns for one in found), sum(one.right for one in found)
    print(f"{len(found)} sheets, {right} of {columns} columns right ({right / columns:.1%})")
    for one in found:
        if any(one.faults()):
            print(one)


if __name__ == "__main__":
    main()
