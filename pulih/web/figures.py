"""Values that the parts show: a figure with all that makes it trustworthy, amounts, terms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from pulih.web import numbers

Text = str | Promise
Kind = Literal["public", "demo", "own"]
Tone = Literal["", "good", "warn", "bad", "info"]


@dataclass(frozen=True)
class Figure:
    """One number that says what it is.

    value, unit: already written, as `numbers` writes them. kind: quoted from a public source,
    made for the demo, or counted from our own data. differs: rival figures and why they differ.
    stated: the same as `pulih.lists.figures.Stated`, which leads to its rows; for our own counts.
    """

    label: Text
    value: str
    definition: Text
    as_of: date | None
    source: Text
    coverage: Text
    unit: Text = ""
    kind: Kind = "own"
    url: str = ""
    full_definition: Text = ""
    differs: Sequence[Text] = ()
    download_url: str = ""
    stated: Any = None

    @property
    def quotation(self) -> str:
        """Return the figure as one sentence that can be quoted."""
        words = (self.value, str(self.unit), str(self.label).lower())
        number = " ".join(word for word in words if word)
        day = numbers.day(self.as_of)
        where = _("as of {day}; {coverage}; source: {source}")
        return f"{number}, {where.format(day=day, coverage=self.coverage, source=self.source)}."


@dataclass(frozen=True)
class Amounts:
    """The five amounts of a line, a unit or the country, in whole rupiah."""

    ceiling: int
    blocked: int
    committed: int
    realised: int
    reserved: int = 0

    @property
    def unpaid(self) -> int:
        """Return what is committed and not yet paid."""
        return self.committed - self.realised

    @property
    def free(self) -> int:
        """Return what is neither blocked nor committed nor reserved."""
        return self.ceiling - self.blocked - self.committed - self.reserved

    def share(self, amount: int) -> float:
        """Return `amount` as a share of the ceiling."""
        return amount / self.ceiling if self.ceiling else 0.0


@dataclass(frozen=True)
class Term:
    """One term of a sum that explains a score. points and most: in the unit of the score."""

    label: Text
    points: float
    most: float
    how: Text = ""
    url: str = ""


@dataclass(frozen=True)
class Tab:
    """A part of one object."""

    label: Text
    url: str
    is_on: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Chip:
    """One filter. clear_url takes it away; without one it is only shown."""

    label: Text
    value: Text
    clear_url: str = ""


@dataclass(frozen=True)
class Happening:
    """One line of a history."""

    when: date | datetime
    what: Text
    url: str = ""
    by: Text = ""


@dataclass(frozen=True)
class Step:
    """One station on a document's way."""

    label: Text
    state: Literal["done", "returned", "now", "ahead"]
    when: Text = ""
    who: Text = ""


@dataclass(frozen=True)
class Progress:
    """How far a long job is.

    done, total: in the unit that `unit` names. seconds_left: None while unknown. A job that is
    over has `is_done`; the part then stops asking and goes to `next_url`, if there is one.
    """

    done: int
    total: int
    unit: Text
    seconds_left: float | None = None
    is_done: bool = False
    next_url: str = ""

    @property
    def share(self) -> float:
        """Return how much is done, 0 to 1."""
        return min(1.0, self.done / self.total) if self.total else 0.0

    @property
    def time_left(self) -> str:
        """Return the time left in words: `± 40 seconds`; empty while unknown."""
        if self.seconds_left is None:
            return ""
        if self.seconds_left < 90:
            return _("± {number} seconds").format(number=max(1, round(self.seconds_left)))
        return _("± {number} minutes").format(number=round(self.seconds_left / 60))


@dataclass(frozen=True)
class Counts:
    """Rows of a delivered file; the three add up to the file."""

    accepted: int
    corrected: int
    rejected: int

    @property
    def total(self) -> int:
        return self.accepted + self.corrected + self.rejected

    def share(self, count: int) -> float:
        """Return `count` as a share of all rows."""
        return count / self.total if self.total else 0.0
