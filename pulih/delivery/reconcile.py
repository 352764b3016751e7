"""What delivery's tables say of each other, for `pulih check`."""

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from pulih.budget.models import Posting
from pulih.common.errors import Message
from pulih.inbox.uploads import lacking
from pulih.market.models import Order
from pulih.selection import Case, Plan, breaches, case_from_tables, digest

from .actions.selections import case_of
from .models import (
    AttendanceFile,
    CheckResult,
    Handover,
    HandoverPhoto,
    ListFile,
    ListFileState,
    Mark,
    Move,
    PaidSession,
    Participant,
    PaymentList,
    Seat,
    Selection,
    SessionPhoto,
    Stock,
)
from .reads.goods import bought_by, paid_sum
from .reads.payments import as_fixed, claims, with_money
from .rules.goods import UNDONE_BY

CHECKS = files("pulih.delivery").joinpath("sql", "checks")
RESULTS, SEATS, STOCK = (
    CHECKS.joinpath(f"{name}.sql").read_text("utf-8") for name in ("results", "seats", "stock")
)


def differences() -> Iterator[str]:
    """Yield a sentence for each thing that does not add up."""
    with connection.cursor() as cursor:
        cursor.execute(STOCK)
        for item, spot, kept, moved in cursor.fetchall():
            yield f"item {item}, {spot}: stock {kept}, moves {moved}"
        cursor.execute(RESULTS)
        for result, check in cursor.fetchall():
            yield f"result {result}: {check} is not counted as it was answered"
        cursor.execute(SEATS)
        for participant, fault in cursor.fetchall():
            yield f"participant {participant}: {fault}"
    yield from _plans()
    yield from _payments()
    yield from _purchases()
    yield from _counts()
    yield from _orders()
    yield from lacking(AttendanceFile.objects.values_list("stored_name", "file_name"))
    waiting = ListFile.objects.filter(state=ListFileState.WAITING)
    yield from lacking(waiting.values_list("stored_name", "file_name"))
    yield from lacking(HandoverPhoto.objects.values_list("stored_name", "sha256"))
    yield from lacking(SessionPhoto.objects.values_list("stored_name", "sha256"))
    seats = Participant.objects.exclude(cohort__activity=F("activity")).count()
    if seats:
        yield f"{seats} participants stand in another activity than their class"
    marks = Mark.objects.exclude(
        session__cohort=F("cohort"), participant__cohort=F("cohort")
    ).count()
    if marks:
        yield f"{marks} marks of a session or a person of another class"


def _plans() -> Iterator[str]:
    """Judge every stored selection again: its list by the digest, its decisions by the checker."""
    for one in Selection.objects.exclude(solved_at=None).select_related("activity"):
        case = case_from_tables(*case_of(one))
        if not isinstance(case, Case) or digest(case.applications) != one.digest:
            yield f"selection {one.pk}: its list is not the one that was published"
            continue
        chosen = set(one.entries.filter(decision__is_chosen=True).values_list("code", flat=True))
        places = [at for at, code in enumerate(case.applications.codes) if code in chosen]
        for breach in breaches(case, Plan(np.array(places, dtype=np.int64))):
            yield f"selection {one.pk}: {breach.rule} {breach.application}".rstrip()


def _payments() -> Iterator[str]:
    """Hold each list against its digest, against who was there, and against the ledger."""
    lists: Any = with_money(PaymentList.objects.in_force())
    for one in lists:
        if as_fixed(one) != (one.digest, one.gross):
            yield f"payment list {one.pk}: its people are not those whose digest was requested"
        owed_back = sum(claim.rupiah for claim in claims(one)) if one.paid else 0
        if one.paid > one.gross - owed_back:
            yield f"payment list {one.pk}: paid {one.paid}, owed {one.gross - owed_back}"


def _purchases() -> Iterator[str]:
    """Goods that name an SP2D are worth no more than it paid."""
    paid = Move.objects.exclude(paid_by=None).values_list("paid_by", flat=True)
    for one in Posting.objects.filter(pk__in=paid.order_by().distinct()):
        if bought_by(one) > paid_sum(one):
            yield f"posting {one.pk}: goods of {bought_by(one)}, paid {paid_sum(one)}"


def _counts() -> Iterator[str]:
    """What a hand-over says was counted, as it was corrected, is what its moves took."""

    def moved(kind: str) -> Any:
        said = Sum("moves__quantity", filter=Q(moves__kind=kind), default=0)
        return said - Sum("moves__quantity", filter=Q(moves__kind=UNDONE_BY[kind]), default=0)

    rows = Handover.objects.exclude(received=None).annotate(
        came=moved("received"), back=moved("came_back"), lost=moved("lost_on_way")
    )
    for one in rows.order_by("pk"):
        said = (one.received, one.came_back, one.sent - (one.received or 0) - one.came_back)
        if said != (one.came, one.back, one.lost):
            moves = (one.came, one.back, one.lost)
            yield f"hand-over {one.pk}: received, came back, lost {said}, by its moves {moves}"


def _orders() -> Iterator[str]:
    """What hand-overs carry of an order, and what was counted of them, is what the order says."""
    carried = Handover.objects.exclude(order=None).values("order").order_by()
    sums = carried.annotate(
        waits=Coalesce(Sum("sent", filter=Q(received=None)), 0),
        came=Coalesce(Sum("received"), 0),
    )
    found = {one["order"]: (one["waits"], one["came"]) for one in sums}
    by_bast = Q(receipts__bast__gt="")
    rows = Order.objects.exclude(bast="").annotate(
        came=Coalesce(Sum("receipts__good", filter=by_bast), 0)
    )
    told = {one.pk: (one.on_bast, one.came) for one in rows}
    for order in sorted(found.keys() | told.keys()):
        if (said := told.get(order)) != (counted := found.get(order)):
            yield f"order {order}: on hand-overs and counted {said}, by the hand-overs {counted}"


def verified() -> dict[Message, int]:
    """Return how many of each thing were held against each other."""
    return {
        Message("stok", "stocks"): Stock.objects.count(),
        Message("gerakan barang", "moves of goods"): Move.objects.count(),
        Message("hasil pemeriksaan", "results of checks"): CheckResult.objects.count(),
        Message("pemilihan peserta", "selections"): Selection.objects.count(),
        Message("kursi peserta", "seats of participants"): Seat.objects.count(),
        Message("serah terima", "hand-overs"): Handover.objects.count(),
        Message("daftar nominatif", "nominative lists"): PaymentList.objects.count(),
        Message("sesi yang dibayar", "paid sessions"): PaidSession.objects.count(),
        Message("catatan kehadiran", "marks of attendance"): Mark.objects.count(),
    }
