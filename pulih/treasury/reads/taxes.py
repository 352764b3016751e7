"""What is withheld from payment requests: what the rule says, what stands, what is due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import (
    BooleanField,
    Case,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.utils import timezone

from pulih.budget.models import AmountKind, Appointment, DocumentKind, Post, Posting
from pulih.budget.reads.parties import kind_on
from pulih.budget.rules.parties import PartyKind
from pulih.people.models import User
from pulih.people.permissions import Permission, holds
from pulih.workflow import calendars, clock

from ..models import Deduction, TaxProof, Withholding
from ..rules import taxes
from ..rules.taxes import Payee, Suggested, Way
from . import GIVEN, OF_IMPREST

TRAVEL = "524"
NEWEST_PROOF = TaxProof.objects.filter(deduction=OuterRef("pk")).order_by("-pk")
PAID = Posting.objects.filter(
    document_kind=DocumentKind.PAYMENT,
    reversed_by=None,
    refers_to__refers_to=OuterRef("withholding__request"),
).order_by("-effective_on", "-pk")


def today() -> date:
    return timezone.localdate(clock.now())


def amounts_of(request: Posting) -> dict[str, int]:
    """Return what an SPP asks for, in rupiah by account."""
    asked = request.entries.filter(amount_kind=AmountKind.REQUEST).order_by("line__account")
    sums = asked.values_list("line__account").annotate(total=Sum("rupiah"))
    return {account: int(total) for account, total in sums}


def usual_payee(request: Posting) -> Payee:
    """Return what a payee most likely is to the tax office, by its name and the accounts."""
    if all(account.startswith(TRAVEL) for account in amounts_of(request)):
        return Payee.EXEMPT
    kind = None if request.method in OF_IMPREST else kind_on(request)  # It names the treasurer.
    if taxes.is_trader(request.party):
        return Payee.BODY
    if kind and kind.kind in (PartyKind.PERSON, PartyKind.LIST):
        return Payee.PERSON
    return Payee.VAT_BODY


def suggested(
    request: Posting, payee: str, on: date | None = None, *, has_number: bool
) -> list[Suggested]:
    """Return what the rule withholds from an SPP. on: when it is taken off, if not by its day."""
    if request.method in GIVEN:
        return []
    day = on or request.effective_on
    return taxes.suggest(payee, amounts_of(request), day, has_number=has_number)


def is_unstated(request: Posting) -> bool:
    """Tell whether nobody stated the taxes of an SPP from which the rule withholds something."""
    if request.withholdings.exists():
        return False
    return bool(suggested(request, usual_payee(request), has_number=True))


def newest(request: Posting) -> Withholding | None:
    """Return what is withheld from an SPP as it was last stated."""
    stated = request.withholdings.order_by("-edition").select_related("by")
    return stated.prefetch_related("deductions").first()


def editions(request: Posting) -> QuerySet[Withholding]:
    found: QuerySet[Withholding] = request.withholdings.order_by("-edition").select_related("by")
    return found


def with_proofs(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Add the standing proof of each deduction, the day of its SP2D, and whether it is paid in."""
    is_void = Subquery(NEWEST_PROOF.values("is_void")[:1], output_field=BooleanField())
    found: QuerySet[Any] = rows.annotate(
        is_void=is_void,
        sp2d_on=Subquery(PAID.values("effective_on")[:1]),
        ntpn=Case(When(is_void=False, then=Subquery(NEWEST_PROOF.values("ntpn")[:1]))),
        proof_on=Case(When(is_void=False, then=Subquery(NEWEST_PROOF.values("paid_on")[:1]))),
    )
    by_order = Q(withholding__way=Way.ORDER, sp2d_on__isnull=False)
    paid = Case(When(Q(ntpn__isnull=False) | by_order, then=Value(True)), default=Value(False))
    found = found.annotate(is_paid_in=paid, withheld_on=F("withholding__withheld_on"))
    return found


def of_request(request: Posting, *, with_left_out: bool = False) -> list[Any]:
    """Return the standing deductions of an SPP, in the order of the rules.

    with_left_out: those too that the rule suggests and nobody withholds.
    """
    every = Deduction.objects.all()
    kept = every.stated() if with_left_out else every.in_force()
    rows = with_proofs(kept.filter(withholding__request=request))
    order = list(taxes.taxes())
    return sorted(rows.select_related("withholding"), key=lambda one: order.index(one.tax))


def proof_of(deduction: Deduction) -> TaxProof | None:
    """Return the proof of a deduction that was not withdrawn, whether or not its SPP stands."""
    newest = deduction.proofs.order_by("-pk").first()
    return None if newest is None or newest.is_void else newest


def due_of(row: Any) -> date | None:
    """Return until when the treasurer pays a deduction in; None for what the treasury cuts."""
    if row.withholding.way == Way.ORDER:
        return None
    return taxes.due_on(row.tax, row.withholding.withheld_on, calendars.calendar())


def late_on(day: date) -> Q:
    """Pick what the treasurer should have paid in before a day; of rows of `with_proofs`."""
    calendar, late = calendars.calendar(), Q(pk__in=[])
    for tax in taxes.taxes():
        if newest := taxes.late_until(tax, day, calendar):
            late |= Q(tax=tax, withholding__withheld_on__lte=newest)
    return late & Q(withholding__way=Way.TREASURER, is_paid_in=False)


@lru_cache(maxsize=256)
def _units_of(treasurer: int, day: date) -> tuple[str, tuple[Any, ...]]:
    # Every page asks this: to state it anew took four times as long as the answer does.
    held = Appointment.objects.on(day).filter(person=treasurer, post=Post.TREASURER)
    return held.values_list("unit").query.sql_with_params()


def late_for(person: User) -> QuerySet[Deduction]:
    """Return what a treasurer should have paid in by now, in the units of the post."""
    if not holds(person, Permission.POST_DOCUMENTS):
        return Deduction.objects.none()
    day = today()
    with connection.cursor() as cursor:
        cursor.execute(*_units_of(person.pk, day))
        units = [unit for (unit,) in cursor.fetchall()]
    if not units:
        return Deduction.objects.none()
    rows = Deduction.objects.in_force().filter(withholding__unit__in=units)
    late: QuerySet[Deduction] = with_proofs(rows).filter(late_on(day))
    return late


@dataclass(frozen=True)
class Difference:
    """One tax of an SPP beside the rule: what is typed of it, or was stated before, in rupiah."""

    tax: str
    base: int
    suggested: int
    rupiah: int


def beside_the_rule(
    rule: Iterable[Suggested], gross: int, stated: Mapping[str, int] | None = None
) -> list[Difference]:
    """Return every tax with what the rule says and what is stated; the rule's sum where nothing is.

    Of a tax that no rule suggests the base is the whole gross.
    """
    by_tax = {one.tax: one for one in rule}
    found = []
    for tax in taxes.taxes():
        one = by_tax.get(tax, Suggested(tax, gross, 0))
        rupiah = one.rupiah if stated is None else stated.get(tax, 0)
        found.append(Difference(tax, max(one.base, rupiah), one.rupiah, rupiah))
    return found
