"""Workbooks that papers are given out as: how they open, what all of them share, how they print."""

from typing import Any

# Text is written as text, so that no formula ever runs.
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
A4 = 9
LONGEST_FOOT = 200  # Letters; Excel takes 255 with the page numbers.
Look = dict[str, Any]
TITLE: Look = {"bold": True, "font_size": 14}
NOTE: Look = {"font_color": "#464E5C"}
HEAD: Look = {"bold": True, "bg_color": "#F2F5FB", "border": 1, "text_wrap": True}
RUPIAH: Look = {"num_format": "#,##0"}


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
