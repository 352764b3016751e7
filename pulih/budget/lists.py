"""The declared lists of the budget: what is owed, what is blocked, what is reserved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from pulih.lists.columns import EVERYWHERE, NOT_ON_PAGE, PAGE_ONLY, Column, Kind, Place
from pulih.lists.filters import Asked, Filter
from pulih.lists.listing import Listing
from pulih.lists.usual import choices, number, province, year
from pulih.people.permissions import Permission

from .models import BudgetLine, Entry, SpendingUnit
from .models.lines import BudgetLineQuerySet
from .reads.commitments import AGES, Owed, bracket, unpaid
from .reads.documents import Hold, holds
from .reads.lines import chosen_year, within
from .reads.promises import Promised, promised

FILE_AND_API = EVERYWHERE - PAGE_ONLY
WITHIN = [("provinces", _("Provincial units")), ("centre", _("Head office"))]


def lines_asked(asked: Asked) -> BudgetLineQuerySet:
    """Return the lines of the year, province, unit and line that an address names."""
    every = BudgetLine.objects.visible_to(asked.person)
    lines = within(every.of_year(year_asked(asked)), asked["within"] or "")
    for key, field in {"province": "province_id", "unit": "unit_id", "line": "pk"}.items():
        if asked[key]:
            lines = lines.filter(**{field: asked[key]})
    return lines


def year_asked(asked: Asked) -> int:
    every = BudgetLine.objects.visible_to(asked.person)
    return chosen_year(asked["year"], every, asked.seen.day)


def unit_name(key: int) -> str:
    unit = SpendingUnit.objects.filter(pk=key).first()
    return f"{unit.code} {unit}" if unit else str(key)


def line_name(key: int) -> str:
    return str(BudgetLine.objects.filter(pk=key).first() or key)


LINES = (
    year(),
    replace(choices("within", _("Spending units"), WITHIN), is_drawn=False),
    province(),
    Filter("unit", _("Spending unit"), number(1), shown=unit_name),
    Filter("line", _("Line"), number(1), shown=line_name),
)
AGE_WORDS = [
    (index, f"{low}–{high}" if high else f"> {low - 1}") for index, (low, high) in enumerate(AGES)
]


def _of_age(rows: Sequence[Owed], age: str) -> list[Owed]:
    return [one for one in rows if bracket(one.age_days) == int(age)]


def _owed_rows(asked: Asked) -> Sequence[Owed]:
    return unpaid(lines_asked(asked), asked.seen.day, asked.seen.known)


UNPAID = Listing(
    room="budget",
    key="unpaid",
    title=_("Commitments not yet paid"),
    file_name="komitmen",
    permission=Permission.SEE_BUDGET,
    source=_owed_rows,
    filters=(*LINES, replace(choices("age", _("Age in days"), AGE_WORDS, _of_age), is_drawn=False)),
    columns=(
        Column("posting_id", _("Document id"), lambda o: o.posting.pk, Kind.WHOLE, {Place.API}),
        Column("line_id", _("Line id"), lambda o: o.line.pk, Kind.WHOLE, {Place.API}),
        Column("province", _("Province"), lambda o: o.line.province.name, on=NOT_ON_PAGE),
        Column("unit_code", _("Unit code"), lambda o: o.line.unit.code, Kind.CODE, NOT_ON_PAGE),
        Column("unit", _("Spending unit"), lambda o: o.line.unit.name, on=NOT_ON_PAGE),
        Column(
            "document",
            _("Document"),
            lambda o: o.posting.get_document_kind_display(),
            template="budget/_owed_document.html",
        ),
        Column(
            "number",
            _("Number of the document"),
            lambda o: o.posting.document_number,
            on=NOT_ON_PAGE,
        ),
        Column("effective_on", _("Date"), lambda o: o.posting.effective_on, Kind.DAY, NOT_ON_PAGE),
        Column(
            "line_key",
            _("Line"),
            lambda o: o.line.line_key,
            Kind.CODE,
            link=lambda o: reverse("budget:line", args=[o.line.pk]),
        ),
        Column("account", _("Account"), lambda o: o.line.account, Kind.CODE, NOT_ON_PAGE),
        Column(
            "party",
            _("With whom"),
            lambda o: o.posting.party,
            template="budget/_owed_party.html",
        ),
        Column(
            "age",
            _("Age"),
            lambda o: o.age_days,
            Kind.WHOLE,
            unit=_("days"),
            template="budget/_owed_age.html",
        ),
        Column("committed", _("Committed"), lambda o: o.committed, Kind.RUPIAH, sums=True),
        Column("paid", _("Paid"), lambda o: o.paid, Kind.RUPIAH, sums=True),
        Column("unpaid", _("Unpaid"), lambda o: o.rupiah, Kind.RUPIAH, sums=True),
    ),
    when_empty=_("No unpaid commitment fits these filters."),
)


class HeldEntry:
    """One document that blocked or released money of a line."""

    def __init__(self, hold: Hold, entry: Entry) -> None:
        self.hold, self.line, self.entry = hold, hold.line, entry


def _held_rows(asked: Asked) -> Sequence[HeldEntry]:
    blocked = holds(lines_asked(asked), asked.seen.day, asked.seen.known)
    return [HeldEntry(hold, entry) for hold in blocked for entry in hold.entries]


BLOCKED = Listing(
    room="budget",
    key="blocked",
    title=_("Blocked money"),
    file_name="blokir",
    permission=Permission.SEE_BUDGET,
    source=_held_rows,
    filters=LINES,
    columns=(
        Column("line_id", _("Line id"), lambda h: h.line.pk, Kind.WHOLE, {Place.API}),
        Column("province", _("Province"), lambda h: h.line.province.name, on=NOT_ON_PAGE),
        Column("unit_code", _("Unit code"), lambda h: h.line.unit.code, Kind.CODE, NOT_ON_PAGE),
        Column("unit", _("Spending unit"), lambda h: h.line.unit.name, hide=True),
        Column(
            "line_key",
            _("Line"),
            lambda h: h.line.line_key,
            Kind.CODE,
            link=lambda h: reverse("budget:line", args=[h.line.pk]),
        ),
        Column("account", _("Account"), lambda h: h.line.account, Kind.CODE, NOT_ON_PAGE),
        Column(
            "number",
            _("Document"),
            lambda h: h.entry.posting.document_number,
            link=lambda h: reverse("budget:posting", args=[h.entry.posting_id]),
        ),
        Column("kind", _("Kind"), lambda h: h.entry.posting.get_document_kind_display()),
        Column("effective_on", _("In force from"), lambda h: h.entry.effective_on, Kind.DAY),
        Column("reason", _("Reason"), lambda h: h.entry.posting.reason, look="full"),
        Column("blocked_now", _("Line blocked now"), lambda h: h.hold.rupiah, Kind.RUPIAH),
        Column(
            "rupiah", _("Blocked or released"), lambda h: h.entry.rupiah, Kind.RUPIAH, sums=True
        ),
    ),
    when_empty=_("Nothing is blocked."),
)


def _promised_rows(asked: Asked) -> Sequence[Promised]:
    return promised(lines_asked(asked), asked.seen.day, asked.seen.known)


def _proposal(row: Promised) -> str:
    """Return where a proposal is found by its number, with what became of it."""
    return f"{reverse('proposals:list')}?{urlencode({'q': row.promise.number})}"


PROMISES = Listing(
    room="budget",
    key="promises",
    title=_("Money reserved for proposals"),
    file_name="dana-dicadangkan",
    permission=Permission.SEE_BUDGET,
    source=_promised_rows,
    filters=LINES,
    columns=(
        Column("promise_id", _("Promise id"), lambda p: p.promise.pk, Kind.WHOLE, {Place.API}),
        Column("line_id", _("Line id"), lambda p: p.line.pk, Kind.WHOLE, {Place.API}),
        Column("province", _("Province"), lambda p: p.line.province.name, on=NOT_ON_PAGE),
        Column("unit_code", _("Unit code"), lambda p: p.line.unit.code, Kind.CODE, NOT_ON_PAGE),
        Column("unit", _("Spending unit"), lambda p: p.line.unit.name, hide=True),
        Column("title", _("Proposal"), lambda p: p.promise.title, link=_proposal),
        Column("number", _("Number of the proposal"), lambda p: p.promise.number, Kind.CODE),
        Column(
            "line_key",
            _("Line"),
            lambda p: p.line.line_key,
            Kind.CODE,
            link=lambda p: reverse("budget:line", args=[p.line.pk]),
        ),
        Column("set_aside", _("Promised"), lambda p: p.set_aside, Kind.RUPIAH, sums=True),
        Column("drawn", _("Committed of it"), lambda p: p.drawn, Kind.RUPIAH, sums=True),
        Column("left", _("Still reserved"), lambda p: p.left, Kind.RUPIAH, sums=True),
        Column("paid", _("Paid"), lambda p: p.paid, Kind.RUPIAH, sums=True),
    ),
    when_empty=_("Nothing is reserved for a proposal."),
)


# The five amounts of a line, each a column, so that every total is of one kind of money.
