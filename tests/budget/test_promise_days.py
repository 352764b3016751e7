"""Any documents of any promises, in any order of days, beside a plain book that forgets nothing."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.budget import actions, reconcile
from pulih.budget.models import DaySum, Entry, Posting, Promise
from pulih.common.errors import Refusal
from tests.examples import examples
from tests.make import budget as make
from tests.make import ledger

pytestmark = pytest.mark.django_db
FIRST, DAYS, CEILING = date(2020, 6, 1), 6, 1_000
NAMES = ("P-1", "P-2")


@dataclass
class Book:
    """Every movement with its day: the ceiling's, and each promise's apart."""

    moves: list[tuple[int, str, str, int]] = field(default_factory=list)  # Day, kind, promise, Rp.

    def at(self, day: int, kind: str, promise: str | None = None) -> int:
        return sum(
            rupiah for on, what, whose, rupiah in self.moves
            if on <= day and what == kind and promise in (None, whose)
        )  # fmt: skip

    def is_lawful(self) -> bool:
        return all(
            self.at(day, "commitment") + self.at(day, "reservation") <= CEILING
            and all(self.at(day, "reservation", name) >= 0 for name in NAMES)
            and self.at(day, "commitment") >= 0
            for day in range(DAYS)
        )

    def left(self, day: int, promise: str) -> int:
        """What stands aside for a promise on every day from `day` on."""
        return min(self.at(later, "reservation", promise) for later in range(day, DAYS))

    def tried(self, act: str, day: int, promise: str, rupiah: int) -> bool:
        """Do what a document does if that is lawful; tell whether it was."""
        moves = {
            "reserve": [("reservation", rupiah)],
            "release": [("reservation", -rupiah)],
            "commit": [("commitment", rupiah),
                       ("reservation", -min(rupiah, max(0, self.left(day, promise))))],
            "free": [("commitment", rupiah)],
        }[act]  # fmt: skip
        before = list(self.moves)
        self.moves += [(day, kind, promise, moved) for kind, moved in moves]
        if self.is_lawful():
            return True
        self.moves = before
        return False

    def undone(self, at: int, count: int, day: int) -> bool:
        before = list(self.moves)
        taken = self.moves[at : at + count]
        self.moves += [(day, kind, whose, -rupiah) for _on, kind, whose, rupiah in taken]
        if self.is_lawful():
            return True
        self.moves = before
        return False


acts = st.lists(
    st.tuples(
        st.sampled_from(("reserve", "release", "commit", "free", "reverse")),
        st.integers(0, DAYS - 1), st.sampled_from(NAMES), st.integers(1, 700),
    ),
    min_size=2, max_size=14,
)  # fmt: skip


def done(line, act, day, promise, rupiah):
    on, named = FIRST + timedelta(days=day), Promise.objects.filter(number=promise).first()
    if act == "reserve":
        ledger.reserved(line, rupiah, promise, effective_on=on)
    elif act == "free":
        ledger.contract(line, rupiah, effective_on=on)
    elif named is None:
        return None
    elif act == "commit":
        ledger.contract(line, rupiah, promise=named, effective_on=on)
    else:
        actions.unreserve(
            named, {line.pk: rupiah}, number=f"LP-{next(ledger.numbers)}", effective_on=on,
            reason="batal", by=make.system(),
        )  # fmt: skip
    return True


@settings(max_examples=examples(30), deadline=None, suppress_health_check=list(HealthCheck))
@given(acts)
def test_no_rupiah_is_promised_twice_or_lost_on_any_day(listed):
    with transaction.atomic():
        line, book, posted = make.line(ceiling=CEILING), Book(), []
        for act, day, promise, rupiah in listed:
            if act == "reverse":
                if posted:
                    one, at, count, on, promise = posted.pop()
                    wanted = book.undone(at, count, max(on, day))
                    assert wanted == passes(
                        ledger.reversed_by, one, effective_on=FIRST + timedelta(days=max(on, day))
                    )
                continue
            if act in ("release", "commit") and not Promise.objects.filter(number=promise).exists():
                continue
            at = len(book.moves)
            wanted = book.tried(act, day, promise, rupiah)
            assert wanted == passes(done, line, act, day, promise, rupiah), (act, day, rupiah)
            if wanted:
                newest = Posting.objects.select_related("unit__province").latest("pk")
                posted.append((newest, at, len(book.moves) - at, day, promise))
        line.refresh_from_db()
        assert line.reserved == book.at(DAYS, "reservation")
        assert line.committed == book.at(DAYS, "commitment")
        agrees_every_day(line, book)
        assert list(reconcile.messages()) == []
        transaction.set_rollback(True)


def passes(act, *values, **named):
    try:
        act(*values, **named)
    except Refusal:
        return False
    return True


def agrees_every_day(line, book):
    """The three ways to ask for a day's figures say what the book says."""
    actions.seal()
    for day in range(DAYS):
        on = FIRST + timedelta(days=day)
        by_entries = Entry.objects.filter(line=line).amounts_by("line_id", on)[line.pk]
        by_days = DaySum.objects.amounts_by("unit_id", on, unit_id=line.unit_id)[line.unit_id]
        by_lines = type(line).objects.filter(pk=line.pk).amounts_by("pk", on)[line.pk]
        assert by_entries == by_days == by_lines
        assert by_entries.reserved == book.at(day, "reservation")
        assert by_entries.committed == book.at(day, "commitment")
