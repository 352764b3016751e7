"""Reads the plain rows of a moment from the ledger and from delivery; writes nothing.

In effect by `as_of`, known by `known_at`: what is posted later leaves an earlier release alone.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime

from django.db.models import QuerySet, Sum

from pulih.areas.models import Area, AreaCode, valid_on
from pulih.areas.rows import area_of
from pulih.budget.models import AmountKind, BudgetLine, DocumentKind, Entry, Posting
from pulih.budget.reads import AccountNames
from pulih.budget.reads.parties import Rulings, ruled, rulings
from pulih.delivery.models import Handover, Side, Signature

from ..goods_names import GoodsNames
from .rows import Change, Document, FiscalLine, Gift, Ledger

BALANCES = {
    AmountKind.CEILING: "ceiling",
    AmountKind.BLOCK: "blocked",
    AmountKind.COMMITMENT: "committed",
    AmountKind.REALISATION: "realised",
    AmountKind.RESERVATION: "reserved",
}
TOLD = (AmountKind.COMMITMENT, AmountKind.REALISATION)


def ledger(as_of: date, known_at: datetime) -> Ledger:
    """Read the fiscal year of `as_of` up to that day."""
    entries = Entry.objects.filter(
        line__fiscal_year=as_of.year, effective_on__lte=as_of, recorded_at__lte=known_at
    )
    lines = _lines(as_of, entries)
    return Ledger(lines, _documents(entries, rulings(known_at)))


def _lines(as_of: date, entries: QuerySet[Entry]) -> dict[int, FiscalLine]:
    amounts: dict[int, dict[str, int]] = defaultdict(dict)
    sums = entries.filter(amount_kind__in=list(BALANCES)).order_by()
    for line, kind, rupiah in sums.values_list("line_id", "amount_kind").annotate(Sum("rupiah")):
        amounts[line][BALANCES[AmountKind(kind)]] = int(rupiah)
    codes, names = _codes(as_of), AccountNames(as_of, "id")
    found = BudgetLine.objects.filter(pk__in=amounts).select_related("unit", "province", "measure")
    return {
        line.pk: FiscalLine(
            key=line.line_key,
            unit=line.unit.code,
            unit_name=line.unit.name,
            province=codes.get(line.province_id, "ID"),
            province_name=line.province.name,
            fiscal_year=line.fiscal_year,
            authority=line.authority,
            fund_source=line.fund_source,
            programme=line.programme,
            activity=line.activity,
            output=line.output,
            component=line.component,
            account=line.account,
            account_name=names(line.account),
            measure=line.measure.code if line.measure else "",
            **amounts[line.pk],
        )
        for line in found.order_by("pk")
    }


def _documents(entries: QuerySet[Entry], stated: Rulings) -> list[Document]:
    changes: dict[int, list[Change]] = defaultdict(list)
    told = entries.filter(amount_kind__in=TOLD).order_by("pk")
    columns = ("posting_id", "line_id", "amount_kind", "rupiah")
    for posting, line, kind, rupiah in told.values_list(*columns):
        changes[posting].append(Change(line, kind, rupiah))
    postings = Posting.objects.filter(pk__in=changes).select_related("unit").order_by("pk")
    return [
        Document(
            key=one.pk,
            kind=one.document_kind,
            number=one.document_number,
            day=one.effective_on,
            known_at=one.recorded_at,
            unit=one.unit.code,
            party=one.party,
            method=one.method,
            root=_root(one),
            changes=tuple(changes[one.pk]),
            stated=ruled(stated, one),
        )
        for one in postings
    ]


def _root(one: Posting) -> int | None:
    is_root = one.document_kind == DocumentKind.COMMITMENT and one.settles_id is None
    return one.pk if is_root else one.settles_id


def gifts(as_of: date, known_at: datetime) -> list[Gift]:
    """Read what was sent to receivers by `as_of`, in the year of that day."""
    sent = Handover.objects.filter(sent_on__lte=as_of, sent_on__year=as_of.year)
    sent = sent.filter(pk__in=signed(Side.GIVER, known_at).values("handover"))
    answered = set(signed(Side.RECEIVER, known_at).values_list("handover_id", flat=True))
    joined = sent.select_related(
        "activity__measure",
        "activity__unit",
        "item",
        "province",
        "regency",
        "receiver__province",
        "receiver__regency",
    )
    codes, names = _codes(as_of), GoodsNames(known_at)
    return [_gift(one, as_of, codes, names, one.pk in answered) for one in joined.order_by("pk")]


def signed(side: Side, known_at: datetime) -> QuerySet[Signature]:
    """Signatures of hand-overs as they were known, to be asked for by their hand-over."""
    return Signature.objects.filter(side=side, signed_at__lte=known_at)


def _gift(
    one: Handover, as_of: date, codes: dict[int, str], names: GoodsNames, is_known: bool
) -> Gift:
    office, unit, measure = area_of(one), one.activity.unit, one.activity.measure
    area = area_of(one.receiver)  # Where the goods went.
    has_answered = is_known and one.received_on is not None and one.received_on <= as_of
    return Gift(
        key=one.pk,
        receiver=one.receiver_id,
        receiver_kind=one.receiver.kind,
        receiver_name=one.receiver_name,
        area=codes.get(area.pk, "ID"),
        area_name=area.name,
        measure=measure.code,
        measure_name=measure.name_indonesian,
        item=names.public(one.province_id, one.item.name),
        unit=one.item.unit,
        quantity=one.sent,
        value=one.value,
        day=one.sent_on,
        received=one.received if has_answered else None,
        funder=f"ID-SATKER-{unit.code}" if unit else f"ID-WILAYAH-{codes.get(office.pk, 'ID')}",
        funder_name=unit.name if unit else _office_of(office),
    )


def _office_of(area: Area) -> str:
    return f"Dinas yang membidangi perindustrian, {area.name}"


def _codes(day: date) -> dict[int, str]:
    codes = AreaCode.objects.filter(valid_on(day), scheme="kemendagri")
    return dict(codes.values_list("area_id", "code"))
