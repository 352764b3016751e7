"""Write tables and texts of a case, each under a temporary name and renamed."""

import csv
import io
import os
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path

Cell = str | int | Fraction | bool | tuple[str, ...] | None


def cell_as_text(value: Cell) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(int(value))
        case tuple():
            return ";".join(value)
        case Fraction():
            return exact_text(value)
        case _:
            return str(value)


def exact_text(number: Fraction) -> str:
    """Write a fraction that came from a decimal with every digit it has."""
    digits = 0
    while number.denominator != 1 and digits < 60:
        number, digits = number * 10, digits + 1
    text = str(round(number)).rjust(digits + 1, "0")
    return f"{text[:-digits]}.{text[-digits:]}" if digits else text


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


def replace_file(path: Path, text: str) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_text(text, "utf-8", newline="\n")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
