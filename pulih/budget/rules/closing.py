"""The last days of a budget year: until when a document may be dated, and a revision take effect.

The days are data, `data/closing.toml`, year by year. Source: TREASURY-04, TREASURY-05.
"""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from pulih.classifications.holidays import is_working_day
from pulih.common.errors import Message
from pulih.common.periods import day as written

from .documents import KINDS, NOTHING

REVISION = "revision:"  # Before the name of the office that approves.


@dataclass(frozen=True)
class LastDay:
    """When something ends in the years from_year to to_year, and what is still allowed after.

    is_exact: the day stays, whether or not offices are open on it.
    """

    act: str
    from_year: int
    to_year: int
    month: int
    day: int
    source: str
    verified: bool
    allowed_id: str
    allowed_en: str
    is_exact: bool = False

    def of_year(self, fiscal_year: int) -> date:
        """Return the day in one year: the working day before it where offices are closed."""
        found = date(fiscal_year, self.month, self.day)
        while not self.is_exact and not is_working_day(found):
            found -= timedelta(days=1)
        return found


@cache
def last_days() -> tuple[LastDay, ...]:
    """Return all rows, those of the fewest years first: a year's own letter comes before."""
    text = files("pulih.budget").joinpath("data/closing.toml").read_text("utf-8")
    found = (LastDay(**row) for row in tomllib.loads(text)["last_day"])
    return tuple(sorted(found, key=lambda one: one.to_year - one.from_year))


def last_day(act: str, fiscal_year: int) -> LastDay | None:
    """Return the row that speaks of `act` (a kind of document, or `revision:KPA`) in a year."""
    return next(
        (
            one
            for one in last_days()
            if one.act == act and one.from_year <= fiscal_year <= one.to_year
        ),
        None,
    )


def last_days_of(fiscal_year: int) -> list[LastDay]:
    """Return the row that counts in a year of everything that ends in it."""
    acts = dict.fromkeys(one.act for one in last_days())
    return [row for act in acts if (row := last_day(act, fiscal_year)) is not None]


def closed(act: str, fiscal_year: int, on: date) -> Message | None:
    """Return why `act` may no longer happen on a day; None if it may."""
    row = last_day(act, fiscal_year)
    if row is None or on <= (last := row.of_year(fiscal_year)):
        return None
    what = named(act)
    sure_id = "" if row.verified else " (tanggal anggapan)"
    sure_en = "" if row.verified else " (the day is assumed)"
    return Message(
        f"{what.id} tahun anggaran {fiscal_year} paling lambat {written(last)}{sure_id}. "
        f"Sesudahnya masih boleh: {row.allowed_id}. {NOTHING.id}",
        f"{what.en} of fiscal year {fiscal_year} ends on {written(last, 'en')}{sure_en}. Still "
        f"allowed after it: {row.allowed_en}. {NOTHING.en}",
    )


def named(act: str) -> Message:
    if act.startswith(REVISION):
        office = act.removeprefix(REVISION).replace("_", " ")
        return Message(f"Revisi kewenangan {office}", f"A revision that {office} approves")
    return KINDS[act]
