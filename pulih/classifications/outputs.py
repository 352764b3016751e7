"""Codes on budget documents: authority, fund source, output classes, components.

The activities and outputs of a ministry are its own and come with its documents; only what is
common is listed. Source: CLASS-09.
"""

from dataclasses import dataclass

from pulih.classifications.entries import CodeList, Entry, Row, common


@dataclass(frozen=True)
class OutputCode(Entry):
    """A code with its level: authority, fund_source, output_class or component."""

    level: str


def _output(row: Row) -> OutputCode:
    return OutputCode(**common(row), level=row["level"])


LIST = CodeList("output_codes", _output)
