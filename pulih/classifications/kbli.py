"""KBLI, the standard classification of economic activities, as far as it is manufacturing.

The 24 divisions are complete; of the five-digit codes of KBLI 2020 only those that the reference
scenario and the product words need. Source: CLASS-07, CLASS-14.
"""

import re
from dataclasses import dataclass

from pulih.classifications.entries import CodeList, Entry, Row, common, plain

DIVISIONS = CodeList("kbli_divisions", plain)


@dataclass(frozen=True)
class Activity(Entry):
    """A five-digit code with the commodity group that it belongs to."""

    commodity_group: str


def division(code: str) -> Entry | None:
    """Return the manufacturing division of a code of two to five digits, or None."""
    return DIVISIONS.find(code[:2]) if re.fullmatch(r"\d{2,5}", code) else None


def is_manufacturing(code: str) -> bool | None:
    """Say whether a code is manufacturing (divisions 10 to 33); None if it is no code."""
    if not re.fullmatch(r"\d{2,5}", code):
        return None
    return division(code) is not None


def _activity(row: Row) -> Activity:
    return Activity(**common(row), commodity_group=row["commodity_group"])


LIST = CodeList("kbli", _activity)
