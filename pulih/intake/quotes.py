"""CSV with loose quotation marks: each record by itself, so that one mark spoils no other row."""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

MOST_LINES = 25  # A cell of an address or a remark; longer ones are a mark without its pair.
SAMPLE = 2_000


class Parsed(NamedTuple):
    """The cells of all records, and where a mark without its pair was taken as a letter.

    loose: (record from 0, cell from 0).
    """

    rows: list[list[str]]
    loose: list[tuple[int, int]]


def parse(text: str, delimiter: str) -> Parsed:
    """Cut a text into records and cells; nothing is raised, whatever stands in it."""
    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    cutter = _Cutter(delimiter)
    width = cutter.usual_width(lines)
    rows: list[list[str]] = []
    loose: list[tuple[int, int]] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if '"' not in line:
            rows.append(line.split(delimiter))
            at += 1
            continue
        taken, cells, odd = cutter.record(lines, at, width)
        loose.extend((len(rows), cell) for cell in odd)
        rows.append(cells)
        at += taken
    return Parsed(rows, loose)


class _Cutter:
    """Cuts single records by one delimiter."""

    def __init__(self, delimiter: str) -> None:
        self.delimiter = delimiter
        end = re.escape(delimiter)
        self.quoted = re.compile(rf'[ ]*"((?:[^"]|"")*)"[ ]*(?={end}|$)')
        self.open = re.compile(r'[ ]*"')

    def usual_width(self, lines: Sequence[str]) -> int:
        """Return how many cells most records have, whether or not they run over several lines."""
        by_line = Counter(len(self.cut(line)[0]) for line in lines[:SAMPLE] if line.strip())
        joined = csv.reader(lines[:SAMPLE], delimiter=self.delimiter)
        by_record = Counter(len(cells) for cells in joined if cells)
        return max(
            [*by_line.items(), *by_record.items()],
            key=lambda one: (one[0] * one[1], one[0]),
            default=(1, 0),
        )[0]

    def cut(self, text: str) -> tuple[list[str], list[int]]:
        """Return the cells of a record, and which begin with a mark that never closes."""
        cells: list[str] = []
        loose: list[int] = []
        at = 0
        while True:
            if found := self.quoted.match(text, at):
                cells.append(found[1].replace('""', '"'))
                at = found.end()
            else:
                end = text.find(self.delimiter, at)
                end = len(text) if end < 0 else end
                cell = text[at:end]
                if cell.count('"') % 2 and self.open.match(cell):
                    loose.append(len(cells))
                cells.append(cell)
                at = end
            if at >= len(text):
                return cells, loose
            at += len(self.delimiter)

    def record(self, lines: Sequence[str], at: int, width: int) -> tuple[int, list[str], list[int]]:
        """Return how many lines the record at a line takes, its cells and its loose marks."""
        cells, loose = self.cut(lines[at])
        if not loose:
            return 1, cells, []
        alone = len(cells) == width
        for more in range(1, min(MOST_LINES, len(lines) - at)):
            if '"' not in lines[at + more]:
                alone = alone and len(lines[at + more].split(self.delimiter)) == width
                continue
            joined, still = self.cut("\n".join(lines[at : at + more + 1]))
            each = alone and len(self.cut(lines[at + more])[0]) == width
            if not still and len(joined) == width and not each:
                return more + 1, joined, []
            alone = each
        return 1, cells, loose
