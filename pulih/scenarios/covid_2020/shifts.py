"""Budget revisions of the provincial units, each step taken by whoever may take it, on its day.

In May every unit moves money to masks, and it comes into force. In June a second revision follows,
and units differ in how far it has come by 15 June. Amounts and letters are invented; what is moved
is free on 15 June, so that the documents written after it still fit.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from pulih.budget.clock import playing_at
from pulih.budget.models import Appointment, BudgetLine, Post, SpendingUnit
from pulih.common.periods import WIB
from pulih.people.models import User
from pulih.revisions import actions as revisions
from pulih.revisions.actions import DraftLine
from pulih.revisions.models import OutputVolume, Revision

from .pok import ACTIVITY, FISCAL_YEAR, StoryLine

MASKS = "001.001.051.A.521211"
STEP = 100_000
FATES = ("in_force", "proposed", "returned", "in_force", "approved", "draft", "withdrawn")
FATE_OF = {"32": "returned", "63": "in_force"}  # Of the units whose people can sign in.
WHY_RETURNED = (
    "Rincian volume masker belum sama dengan RAB; lengkapi rincian barisnya, lalu ajukan lagi."
)
WHY_WITHDRAWN = "Digabung dengan usulan berikutnya."


@dataclass(frozen=True)
class Shift:
    """One revision: from which line, why, and on which day each step is taken."""

    name: str
    source: str
    title: str
    reason: str
    drafted: date
    proposed: date
    decided: date
    in_force: date
    share: float = 0.2  # Of what is free on the line on 15 June.


MAY = Shift(
    "mei",
    "001.002.052.C.524113",
    "Geser pendampingan legalitas ke bahan masker kain",
    "Pendampingan tatap muka tertunda oleh PSBB.",
    date(2020, 5, 14),
    date(2020, 5, 15),
    date(2020, 5, 20),
    date(2020, 5, 22),
)
JUNE = Shift(
    "juni",
    "001.002.052.A.522191",
    "Geser fasilitasi halal ke bahan masker kain",
    "Permintaan masker gugus tugas bertambah.",
    date(2020, 6, 2),
    date(2020, 6, 3),
    date(2020, 6, 8),
    date(2020, 6, 9),
)
Act = Callable[[], None]


def shifts_of(
    unit: SpendingUnit, code: str, lines: list[StoryLine], *, planner: User
) -> list[tuple[datetime, Act]]:
    """Return when each revision of a unit happens and what makes it happen, in order of time."""
    place = int(code) % len(FATES)
    fates = ((MAY, "in_force"), (JUNE, FATE_OF.get(code, FATES[place])))
    room = {one.key: one.ceiling - one.blocked - one.committed for one in lines}
    found: list[tuple[datetime, Act]] = []
    for shift, fate in fates:
        moved = int(room[f"{ACTIVITY}.{shift.source}"] * shift.share) // STEP * STEP
        if moved:
            telling = _Telling(unit, code, shift, moved, planner)
            found.append((_at(shift.in_force), partial(telling.until, fate)))
    return found


@dataclass(frozen=True)
class _Telling:
    unit: SpendingUnit
    code: str
    shift: Shift
    moved: int
    planner: User

    def until(self, fate: str) -> None:
        """Take the steps of the revision one after the other, up to its fate."""
        revision: Revision | None = None
        for state, day, act in self._steps(fate):
            with playing_at(_at(day)):
                revision = act(revision)
            if state == fate:
                return

    def _steps(self, fate: str) -> Iterator[tuple[str, date, Callable[..., Revision | None]]]:
        shift = self.shift
        yield "draft", shift.drafted, self._draft
        yield "proposed", shift.proposed, self._propose
        if fate == "returned":
            yield "returned", shift.decided, self._return
        if fate == "withdrawn":
            yield "withdrawn", shift.decided, self._withdraw
        yield "approved", shift.decided, self._approve
        yield "in_force", shift.in_force, self._put_in_force

    @property
    def _head(self) -> User:
        """Return the head of the office, who is its authorised budget user."""
        held = Appointment.objects.filter(unit=self.unit, post=Post.AUTHORISED_USER)
        found: User = held.select_related("person").latest("valid_from").person
        return found

    def _draft(self, _none: Revision | None) -> Revision:
        keys = (f"{ACTIVITY}.{self.shift.source}", f"{ACTIVITY}.{MASKS}")
        lines = BudgetLine.objects.filter(unit=self.unit, fiscal_year=FISCAL_YEAR)
        source, target = (lines.get(line_key=key) for key in keys)
        asked = (
            DraftLine(source.ceiling - self.moved, source.pk),
            DraftLine(target.ceiling + self.moved, target.pk),
        )
        return revisions.draft(
            self.unit, FISCAL_YEAR, asked, title=self.shift.title, reason=self.shift.reason,
            declared_total=0, token=f"peragaan-{self.shift.name}", by=self._head,
            judged_on=self.shift.drafted, volume=OutputVolume.KEPT,
        )  # fmt: skip

    def _propose(self, revision: Revision) -> Revision:
        number = f"B-{self.code}/{self.shift.name.upper()}/DK/2020"
        return revisions.propose(
            revision, by=self._head, letter_number=number, letter_date=self.shift.proposed
        )

    def _return(self, revision: Revision) -> Revision:
        return revisions.return_(revision, reason=WHY_RETURNED, by=self.planner)

    def _withdraw(self, revision: Revision) -> Revision:
        return revisions.withdraw(revision, reason=WHY_WITHDRAWN, by=self._head)

    def _approve(self, revision: Revision) -> Revision:
        number = f"S-{self.code}{self.shift.decided:%m%d}/WPB/2020 (peragaan)"
        return revisions.approve(
            revision, office=revision.authority, letter_number=number,
            letter_date=self.shift.decided, by=self.planner,
        )  # fmt: skip

    def _put_in_force(self, revision: Revision) -> None:
        revisions.put_in_force(revision, effective_on=self.shift.in_force, by=self.planner)


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 15, 0, tzinfo=WIB)
