"""The reference of intake, printed from the declarations that check: columns, rules, limits."""

import csv
from collections.abc import Sequence
from importlib.resources import files

from pulih.intake import ceilings, impact, limits, makers, treasury, weighing
from pulih.intake.columns import Column
from pulih.intake.kinds import KINDS
from pulih.intake.wording import RULES

MOST_HEADINGS = 8
HEAD_RULES = {
    "from_title": "corrected; a place, year or unit taken from a title row or the sheet's name",
    "scaled": "corrected; a unit in the heading or a title multiplied the column's amounts",
    "swapped": "corrected; two columns had changed places (also cell by cell)",
    "code_scheme": "corrected; codes of BPS or the Finance Ministry were translated or emptied",
    "scheme_unclear": "warning; codes may be of either scheme and were kept",
    "unit_doubtful": "warning; amounts so small that thousands may be meant; never rescaled",
    "hidden_sheet": "warning; a hidden sheet was read",
    "sheet_left_out": "warning; a sheet with rows was not read, for want of known headings",
    "total_differs": "warning; a total row disagrees with its rows",
    "group_differs": "warning; an account's details do not sum to it",
    "table_not_read": "warning; a table beside or below the list is no list and was not read",
    "row_joined": "warning; a row under a firm's merged name adds its products to that firm",
    "heading_of_two": "warning; a heading names two things; cells were taken whole for the first",
    "second_heading": "warning; a heading means a column that another one was taken for",
    "cells_parted": "warning; a column of two things (`Nama/NIK`, `NIK/NPWP`) was parted into two",
    "goods_in_headings": "corrected; headings that name goods were read as a need of each",
    "not_of_goods": "warning; a column of numbers beside such goods names no known goods",
    "members_counted": "warning; heads and members of groups were each counted as a firm",
    "row_left_out": "warning; a row between the firms reads like a note and was not counted",
    "same_firms": "warning; firms that stand in an earlier table too are counted once, there",
    "same_firms_differ": "warning; such a firm's cell differs from the earlier one, which was used",
    "rows_of_one_firm": "warning; a directory's two or three rows of a firm were read as one",
    "workers_added": "corrected; workers counted in parts (permanent and others, paid and unpaid) "
    "were added up, for want of a total",
    "numbers_in_names": "corrected; running numbers in front of the names were taken off",
    "filled_down": "corrected; a place that stands only in its group's first row was filled down",
    "blank_below": "warning; much of a column of places is blank, and was left so",
    "carries_on": "warning; a sheet without headings was read as carrying on the one before",
    "only_net": "warning; a list of payments has net amounts only, taken as gross",
    "other_year": "warning; a column of money names another year than its list's; it was left",
    "payments_unread": "warning; a heading of a budget list speaks of payments, but none was taken",
    "outstanding_added": "corrected; what was paid was added to what contracts still leave to pay",
    "no_commitments": "warning; no column of commitments, so they equal what was realised",
}


OF_THE_TREASURY = """\
One sheet is one list; a book may hold several. Which list it is, its columns tell:

| list | known by | one row is |
| --- | --- | --- |
| `sp2d` | SP2D number, or SPM number with an amount | a document, or one line of it |
| `commitment` | contract number (or CAN) with a value | a contract, or one line of it |
| `imprest` | two of the columns of imprest | a movement, or a month |
| `realisation` | line code, account or activity with what was realised | a line |

The columns of a line and its unit are those of the budget above. Every row also carries
`list_kind`, and `rounded_to`: 1, or the unit (1,000; 1,000,000) that a heading or title named, by
which the amounts were multiplied. Negative amounts are returns and are kept. What an SP2D charges
is its gross amount; from net amounts it is net plus deductions. No layout is prescribed: the
headings of OM-SPAN, SAS and SAKTI are from memory (TREASURY-01).
"""


NOT_READ = """\
Not read: a list turned on its side (a firm a column; refused, with how to turn it),
values below their labels in a form, tables in pictures, headings below row 60 or of more than five
rows. A firm's second row (another product, no name) is rejected and told.

`confidence` in `--json` says by sheet how sure the layout is and by heading how sure the column is,
from 0 to 1; `asked` lists the columns below `ask_below`, with what else each may mean. What the
office answers is given as `mapping` and counts as certain; a blank answer leaves a heading unknown.
The page of a file in Pulih draws each table as it was found and asks there.
"""


def reference() -> str:
    """Return `docs/reference/intake.md` as it must stand."""
    parts = [
        "# What `pulih intake` reads\n",
        "This page is printed by `pulih.intake.manual.reference()`; a test keeps it current.\n",
        "Every column is optional; unknown ones are kept under their own heading. A row needs a\n"
        "business name or an owner's name; a budget row needs an account and a ceiling;\n"
        "a document needs a number and an amount, a realisation an account.\n",
        "## Firms\n",
        _table(KINDS["firms"].columns),
        "## Impact: the same, and\n",
        _table(impact.ONLY_HERE),
        "## Makers (*kapasitas, sertifikat, anggota*): those of firms, and\n",
        "A list is one of makers where a capacity has a price, a lot, a smallest order or a day\n"
        "to begin, a certificate a number or a last day, or a cluster a day since when.\n",
        _table(makers.ONLY_HERE),
        "## Budget\n",
        _table(KINDS["budget"].columns),
        "## Treasury: SP2D, realisation, commitments, imprest (UP/TUP)\n",
        OF_THE_TREASURY,
        _table([one for one in KINDS["treasury"].columns if one.name not in treasury.OF_THE_POK]),
        "## Needs (*rekapitulasi kebutuhan*)\n",
        "A row needs a buyer, goods, a quantity and a day.\n",
        _table(KINDS["needs"].columns),
        "## Earlier proposals (*daftar usulan*)\n",
        "A row needs the number of its proposal and an amount; where the number is blank, the row "
        "belongs to the proposal above it.\n",
        _table(KINDS["proposed"].columns),
        "## Layouts\n",
        _layouts(),
        NOT_READ,
        "## Rules of cells\n",
        _cell_rules(),
        "## Rules of whole columns, sheets and totals\n",
        "They change no row's verdict.\n",
        "\n".join(f"- `{name}`: {text}." for name, text in HEAD_RULES.items()) + "\n",
        "## Limits\n",
        _limits(),
    ]
    return "\n".join(parts)


def _table(columns: Sequence[Column]) -> str:
    lines = ["| column | holds | headings, among others |", "| --- | --- | --- |"]
    for one in columns:
        known = ", ".join(one.headings[:MOST_HEADINGS])
        lines.append(f"| `{one.name}` | {one.title.en}: {one.must.en} | {known} |")
    return "\n".join(lines) + "\n"


def _layouts() -> str:
    text = files("pulih.intake").joinpath("data", "layouts.csv").read_text("utf-8")
    lines = ["| layout | how it is read |", "| --- | --- |"]
    lines += [
        f"| {one['layout']} | {one['reading']} |" for one in csv.DictReader(text.splitlines())
    ]
    return "\n".join(lines) + "\n"


def _cell_rules() -> str:
    lines = ["| rule | kind | says |", "| --- | --- | --- |"]
    for name, rule in RULES.items():
        lines.append(f"| `{name}` | {rule.kind} | {rule.message.en} |")
    return "\n".join(lines) + "\n"


def _limits() -> str:
    return (
        f"{limits.FILE_BYTES // 1024**2} MB for a packed file (XLSX, ODS) or XLS, "
        f"{limits.UNPACKED_BYTES // 1024**3} GB for what it unpacks to and for plain CSV,\n"
        f"{limits.RATIO} times growth when unpacked, {limits.ROWS:,} rows, {limits.COLUMNS} "
        f"columns, {limits.SHEETS} sheets.\nMacros are never run; formulas are read as their "
        f"last values.\n\n{_ceilings()}"
    )


def _ceilings() -> str:
    per_megabyte = ceilings.SECONDS_PER_BYTE * 1024**2
    return (
        "Reading runs in a process of its own, which may take "
        f"{ceilings.BASE_BYTES // 1024**3} GB of memory and {ceilings.BASE_SECONDS:.0f} seconds,\n"
        f"and for each MB that the file unpacks to {ceilings.BYTES_PER_BYTE} MB and "
        f"{per_megabyte:g} seconds more (four times as long on a busy machine).\n"
        f"A sheet may span {weighing.GRID_CELLS:,} cells, or {weighing.GRID_PER_CELL} for each "
        f"that is written, and hold {weighing.TEXT_BYTES // 1024**2} MB of text;\n"
        "a cell far away from the list is named. Why: "
        "[explanation](../explanation/reading_files.md).\n"
    )
