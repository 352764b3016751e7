"""Write a protected table as the contract's files, each under a temporary name and renamed."""

import json
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path

from pulih.casefiles.writing import csv_text, exact_text, replace_file
from pulih.disclosure.explain import explanation
from pulih.disclosure.outcome import Protected
from pulih.disclosure.tables import HIDDEN, KEY

NAMED = (*KEY[:3], "parent", *KEY[3:])


def write_protected(done: Protected, directory: Path | str) -> None:
    """Write `protected.csv`, `audit.csv` and `explanation.json`. Raises OSError."""
    folder = Path(directory)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files_of(done).items():
        replace_file(folder / name, content)


def files_of(done: Protected) -> Mapping[str, str]:
    """The content of each file by its name."""
    text = json.dumps(explanation(done), ensure_ascii=False, indent=2, allow_nan=False)
    return {
        "audit.csv": csv_text((*NAMED, "low", "high"), _audit_rows(done)),
        "explanation.json": text + "\n",
        "protected.csv": csv_text((*NAMED, "value", "marker"), _protected_rows(done)),
    }


def _named(done: Protected, key: Iterable[str]) -> list[str]:
    measure, period, area, dimension, category = key
    return [measure, period, area, done.case.parents[area], dimension, category]


def _protected_rows(done: Protected) -> Iterable[list[str]]:
    for cell in done.case.cells:
        is_hidden = cell.key in done.audits
        value = "" if is_hidden else amount_text(done, cell.key.measure, cell.value)
        yield [*_named(done, cell.key), value, HIDDEN if is_hidden else ""]


def _audit_rows(done: Protected) -> Iterable[list[str]]:
    for key, audit in sorted(done.audits.items()):
        low, high = (amount_text(done, key.measure, each) for each in (audit.low, audit.high))
        yield [*_named(done, key), low, high]


def amount_text(done: Protected, measure: str, amount: int) -> str:
    return exact_text(Fraction(amount, 10 ** done.case.digits[measure]))
