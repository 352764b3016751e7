"""The reference of intake, printed from the declarations that check: columns, rules, limits."""

from pulih.intake import limits
from pulih.intake.columns import Column
from pulih.intake.impact import ONLY_HERE
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
    "total_differs": "warning; a total row disagrees with its rows",
    "group_differs": "warning; an account's details do not sum to it",
    "no_commitments": "warning; no column of commitments, so they equal what was realised",
}


def reference() -> str:
    """Return `docs/reference/intake.md` as it must stand."""
    parts = [
        "# What `pulih intake` reads\n",
        "This page is printed by `pulih.intake.manual.reference()`; a test keeps it current.\n",
        "Every column is optional; unknown ones are kept under their own heading. A row needs a\n"
        "business name or an owner's name; a budget row needs an account and a ceiling.\n",
        "## Firms\n",
        _table(KINDS["firms"].columns),
        "## Impact: the same, and\n",
        _table(ONLY_HERE),
        "## Budget\n",
        _table(KINDS["budget"].columns),
        "## Rules of cells\n",
        _cell_rules(),
        "## Rules of whole columns, sheets and totals\n",
        "They change no row's verdict.\n",
        "\n".join(f"- `{name}`: {text}." for name, text in HEAD_RULES.items()) + "\n",
        "## Limits\n",
        _limits(),
    ]
    return "\n".join(parts)


def _table(columns: tuple[Column, ...]) -> str:
    lines = ["| column | holds | headings, among others |", "| --- | --- | --- |"]
    for one in columns:
        known = ", ".join(one.headings[:MOST_HEADINGS])
        lines.append(f"| `{one.name}` | {one.title.en}: {one.must.en} | {known} |")
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
        "last values.\n"
    )
