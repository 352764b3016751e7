"""Revisions with defaults: a unit with two lines, a draft between them, and its way into force."""

from datetime import date
from itertools import count
from typing import Any

from pulih.budget.models import BudgetLine
from pulih.people.models import Role, User
from pulih.revisions import actions
from pulih.revisions.actions import DraftLine
from pulih.revisions.models import Revision
from tests.make import budget as make
from tests.people import cast

DAY = date(2020, 6, 15)
numbers = count(1)


def two_lines() -> tuple[BudgetLine, BudgetLine]:
    """Make a line of 1,000, 300 of it held, and one of 500 beside it."""
    return (
        make.line(ceiling=1_000, committed=200, realised=150, blocked=100),
        make.line(key="3038.001.051.A.522151", ceiling=500),
    )


def draft(*asked: DraftLine, by: User | None = None, **values: Any) -> Revision:
    """Draft what is asked in the unit of the first line, declared as it sums up."""
    first = BudgetLine.objects.get(pk=asked[0].line_id)
    known = {line.pk: line.ceiling for line in first.unit.lines.all()}
    keys = {line.line_key: line.ceiling for line in first.unit.lines.all()}
    total = sum(one.after - known.get(one.line_id or 0, keys.get(one.key, 0)) for one in asked)
    usual: dict[str, Any] = {
        "title": "Geser untuk bimtek masker",
        "declared_total": total,
        "token": f"uji-{next(numbers)}",
        "judged_on": DAY,
    }
    return actions.draft(
        first.unit, 2020, asked, by=by or cast.provincial_officer(), **{**usual, **values}
    )


def another_planner() -> User:
    """Return a second planner: who proposes does not approve."""
    from pulih.areas.models import COUNTRY, Area

    return cast.person(Role.PLANNER, Area.objects.get(pk=COUNTRY), "perencana-kedua")


def approved(revision: Revision, office: str = "DPR", number: str = "") -> Revision:
    """Propose a draft and record its approval."""
    actions.propose(revision, by=cast.provincial_officer(revision.province.name))
    return actions.approve(
        revision,
        office=office,
        letter_number=number or f"S-{next(numbers)}/WPB.13/2020",
        letter_date=date(2020, 6, 20),
        by=cast.planner(),
    )


def in_force(revision: Revision, on: date = date(2020, 6, 22)) -> Revision:
    """Bring a draft into force."""
    actions.put_in_force(approved(revision), effective_on=on, by=cast.planner())
    revision.refresh_from_db()
    return revision
