"""Errors and formulas without a value in a sheet of old Excel, read off its records.

Programs that cannot compute leave an empty text (Python's) or 0 with a wish to be computed (PHP's
and Java's) as the result of a formula.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

from pulih.intake import compound

FORMULA, ERROR_CELL, SHEET, BEGIN, END = 0x0006, 0x0205, 0x0085, 0x0809, 0x000A
ERRORS = {
    **{0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!"},
    **{0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"},
}
NO_NUMBER = b"\xff\xff"
TEXT_OF_NOTHING, OF_AN_ERROR = 3, 2
NOT_YET = 0x2  # The wish to be computed when the file is opened.
OPERATORS = {*range(0x03, 0x08), 0x12, 0x13, 0x14}  # + - * / ^, signs and %: they give numbers.
OF_NUMBERS = {0, 4, 5, 6, 7, 27, 183, 344, 345}  # COUNT SUM AVERAGE MIN MAX ROUND PRODUCT SUB- -IF
ATTRIBUTE_SUM = b"\x19\x10"
Cell = tuple[int, int, str]
Formula = tuple[int, int, bytes, int, bytes]  # Row, column, result, flags, tokens.


def found(path: Path, sheet: str) -> list[Cell]:
    """Return row, column (from 0) and text of each such cell of a sheet; none of a damaged file."""
    try:
        stream = compound.workbook_stream(path.read_bytes())
        return _found(stream, sheet) if stream else []
    except (ValueError, struct.error):
        return []


def _found(stream: bytes, sheet: str) -> list[Cell]:
    start = _start_of(stream, sheet)
    if start is None:
        return []
    errors: list[Cell] = []
    formulas: list[Formula] = []
    for kind, data in _records(stream, start):
        if kind == ERROR_CELL and len(data) >= 8 and data[7]:
            errors.append((*struct.unpack_from("<HH", data), ERRORS.get(data[6], "#N/A")))
        elif kind == FORMULA and len(data) >= 22:
            row, column, result, flags = struct.unpack_from("<HH2x8sH", data)
            formulas.append((row, column, result, flags, data[22:]))
    errors += [
        (row, column, ERRORS.get(result[2], "#N/A"))
        for row, column, result, _, _ in formulas
        if result[6:] == NO_NUMBER and result[0] == OF_AN_ERROR
    ]
    return [*errors, *((row, column, "=") for row, column in _uncomputed(formulas))]


def _uncomputed(formulas: list[Formula]) -> Iterator[tuple[int, int]]:
    """Find the formulas that nobody computed: texts of nothing where only a number can come out.

    Where one such is, no formula of the sheet was computed; where Excel did, `=""` is a result.
    """
    blank = [one for one in formulas if one[2][6:] == NO_NUMBER and one[2][0] == TEXT_OF_NOTHING]
    if any(_gives_a_number(tokens) for *_, tokens in blank):
        yield from ((row, column) for row, column, *_ in blank)
    is_any_computed = any(result != bytes(8) for *_, result, _, _ in formulas)
    if not is_any_computed:
        yield from ((row, column) for row, column, _, flags, _ in formulas if flags & NOT_YET)


def _gives_a_number(tokens: bytes) -> bool:
    """Say whether a formula ends in what gives numbers alone: a sign of arithmetic, or a sum."""
    if len(tokens) < 4 or (tokens[0] == 0x1F and len(tokens) == 9):
        return False
    if tokens[-1] in OPERATORS or tokens[-4:-2] == ATTRIBUTE_SUM:
        return True
    is_function = tokens[-4] & 0x1F == 2 or tokens[-3] & 0x1F == 1
    return is_function and struct.unpack("<H", tokens[-2:])[0] in OF_NUMBERS


def _start_of(stream: bytes, sheet: str) -> int | None:
    """Return where the records of a sheet begin."""
    for kind, data in _records(stream, 0):
        if kind == SHEET and len(data) >= 8:
            wide, text = data[7] & 1, data[8:]
            count = data[6] * 2 if wide else data[6]
            name = text[:count].decode("utf-16-le" if wide else "latin-1", "replace")
            if name == sheet:
                return int(struct.unpack_from("<I", data)[0])
    return None


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Give the records of one part, but for those of the charts within it."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        data = stream[at + 4 : at + 4 + length]
        at += 4 + length
        depth += (kind == BEGIN) - (kind == END)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, data
