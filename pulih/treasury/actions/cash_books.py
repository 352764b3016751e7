"""The treasurer's books: cash moved between bank and till, and a month that is filed (LPJ)."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.budget.clock import now
from pulih.budget.models import BudgetLine, Post, SpendingUnit
from pulih.common.errors import Refusal
from pulih.documents.actions import issue
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.web import numbers

from ..models import CashMove, FiledMonth
from ..papers import ACCOUNT
from ..reads.books import books_of
from ..reads.taxes import today
from ..rules.books import digest
from .who_may import require_hand

LOCK = "SELECT pg_advisory_xact_lock(hashtext('treasury.books'), %s)"
LARGEST_LOCK = 2**31
# Which books must hold what is moved.
FROM = {
    "withdrawal": ("bank",), "deposit": ("cash",), "paid_bank": ("bank", "direct"),
    "paid_cash": ("cash", "direct"), "back_bank": (), "back_cash": (),
    "up_in": (), "up_out": ("bank", "imprest"),
}  # fmt: skip


def lock_books(unit_id: int) -> None:
    """Let whatever moves the books of a unit and the filing of a month take turns."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [unit_id % LARGEST_LOCK])


@transaction.atomic
def move_cash(
    unit: SpendingUnit, *, kind: str, rupiah: int, day: date, number: str, by: User
) -> CashMove:
    """Record cash fetched from the bank or brought there, a direct payment handed on, or an UP.

    May refuse. kind: of `CASH_MOVES`.
    """
    _require_treasurer(unit, by)
    lock_books(unit.pk)
    if day > today():
        raise Refusal(_("The day lies in the future. Correct it."))
    sums = books_of(unit, day.year)[-1].sums
    there = min((sums[book].closing for book in FROM[kind]), default=rupiah)
    if rupiah > there:
        raise Refusal(
            _("The books hold %(there)s there, not %(asked)s. Record first what came in.")
            % {"there": numbers.rupiah(there), "asked": numbers.rupiah(rupiah)}
        )
    made = CashMove.objects.create(
        unit=unit, province_id=unit.province_id, kind=kind, rupiah=rupiah, day=day,
        number=" ".join(number.split()), by=by, at=now(),
    )  # fmt: skip
    record(by, "treasury.move_cash", made)
    return made


@transaction.atomic
def file_month(unit: SpendingUnit, year: int, month: int, *, by: User) -> FiledMonth:
    """File a month of the books (LPJ): from now on it is frozen. May refuse.

    Months are filed in their order, each after its end; a month in which nothing moved too. The
    first that a unit files is January of any year, and leaves the years before it as they are.
    """
    _require_treasurer(unit, by)
    # Documents lock the lines that they move: none is learned while the month closes. Lines come
    # before books, as where a list is requested and its taxes stated at once.
    list(BudgetLine.objects.filter(unit=unit).order_by("pk").select_for_update(no_key=True))
    lock_books(unit.pk)
    _refuse_out_of_order(unit, year, month)
    end = (date(year, month, 1) + timedelta(days=31)).replace(day=1)
    if today() < end:
        raise Refusal(
            _("A month is filed once it is over, from %(day)s on.") % {"day": numbers.day(end)}
        )
    one = books_of(unit, year)[month - 1]
    made = FiledMonth.objects.create(
        unit=unit, province_id=unit.province_id, fiscal_year=year, month=month,
        sums={name: [s.opening, s.received, s.spent] for name, s in one.sums.items()},
        digest=digest(one), by=by, at=max([now(), *(row.at for row in one.rows)]),
    )  # fmt: skip
    issue(
        ACCOUNT, made.pk, office=str(unit), number=f"LPJ {made}", dated=today(),
        province=unit.province, person=by.name,
    )  # fmt: skip
    record(by, "treasury.file_month", made)
    return made


def next_month(unit: SpendingUnit, year: int) -> tuple[int, int]:
    """Return the year and month that are filed next. year: with which a unit would begin."""
    last = unit.filed_months.order_by("fiscal_year", "month").last()
    if last is None:
        return year, 1
    return last.fiscal_year + last.month // 12, last.month % 12 + 1


def _refuse_out_of_order(unit: SpendingUnit, year: int, month: int) -> None:
    following = next_month(unit, year)
    if (year, month) != following:
        raise Refusal(
            _("Months are filed in their order; the next one of %(year)s is %(month)s.")
            % {"year": following[0], "month": following[1]}
        )


def still_reproduces(filed: FiledMonth) -> bool:
    """Tell whether the books of today still say what was filed."""
    one = books_of(filed.unit, filed.fiscal_year)[filed.month - 1]
    return digest(one) == filed.digest


def _require_treasurer(unit: SpendingUnit, by: User) -> None:
    require(by, Permission.POST_DOCUMENTS, unit.province)
    require_hand(unit, by, Post.TREASURER)
