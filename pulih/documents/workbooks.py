"""Workbooks that papers are given out as: how they open, what all of them share, how they print."""

from collections.abc import Mapping
from typing import Any

# Text is written as text, so that no formula ever runs.
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
A4 = 9
LONGEST_FOOT = 200  # Letters; Excel takes 255 with the page numbers.
Look = dict[str, Any]
TITLE: Look = {"bold": True, "font_size": 14}
NOTE: Look = {"font_color": "#464E5C"}
EDGE: Look = {"border": 1, "border_color": "#CDD2DB"}
HEAD: Look = {"bold": True, "bg_color": "#E1E8F6", "text_wrap": True, "valign": "vcenter", **EDGE}
RUPIAH: Look = {"num_format": "#,##0"}
# What a cell holds.
KINDS: Mapping[str, Look] = {
    "text": {"text_wrap": True},
    "rupiah": RUPIAH,
    "thousand": RUPIAH,
    "whole": RUPIAH,
    "percent": {"num_format": "0.00"},
    "points": {"num_format": "0.00"},
    "volume": {"num_format": "#,##0.0##"},
}
# What a row is, from the widest heading to what stands below a line.
GROUP: Look = {"bold": True, "bg_color": "#F2F5FB"}
TOTAL: Look = {**GROUP, "top": 1}
HEADING: Look = {"bold": True}
PART: Look = {"italic": True}
LINE: Look = {}
DETAIL: Look = {"font_color": "#464E5C"}
Cells = Mapping[tuple[str, str], Any]


def cell_formats(file: Any, rows: Mapping[str, Look], *, has_edges: bool = False) -> Cells:
    """The formats of a workbook's cells, by the kind of row and of `KINDS`.

    rows: how each kind of row of the workbook looks. has_edges: draws each cell's border.
    """
    edge = EDGE if has_edges else {}
    return {
        (row, kind): file.add_format({"valign": "top", **edge, **row_look, **kind_look})
        for row, row_look in rows.items()
        for kind, kind_look in KINDS.items()
    }


def set_print(sheet: Any, foot: str = "", heads: tuple[int, int] | None = None) -> None:
    """Let a sheet print on A4 across, as wide as one page, with page numbers.

    foot: what stands at the foot of each page. heads: the first and the last row of the table's
    heads, from 0, which are repeated on each page.
    """
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L&8{foot[:LONGEST_FOOT].replace('&', '&&')}&R&8Halaman &P dari &N")
    if heads:
        sheet.repeat_rows(*heads)
