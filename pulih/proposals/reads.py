"""What proposals are held against: accounts, standards, affected firms, like proposals."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db.models import Count, Q, Sum

from pulih.areas.models import AreaClosure, Level, valid_on
from pulih.classifications.accounts import NON_PHYSICAL_UNTIL
from pulih.common.errors import Message
from pulih.impact.models import ImpactReport
from pulih.measures.rules.costs import DatedCost, cost_in
from pulih.measures.rules.profiles import profile
from pulih.references.charts import chart_of, unit_costs

from .models import CostRow, EarlierProposal, Place, Proposal, ProposedGood
from .rules.factors import Factor
from .rules.plans import Affected, Like, Plan, Quota
from .rules.rows import Basis
from .rules.rows import CostRow as PlannedRow

LIKE = 200  # So many of the newest like proposals say what is usual.
SECTIONS = {
    "legal_basis": Message("Dasar hukum", "Legal basis"),
    "background": Message("Gambaran umum", "General situation"),
    "beneficiaries": Message("Penerima manfaat", "Beneficiaries"),
    "method": Message("Metode pelaksanaan", "Method"),
    "stages": Message("Tahapan dan waktu", "Stages and time"),
    "mode": Message("Cara", "Mode"),
}


def _day_of(proposal: Proposal) -> date:
    """Return the first day, or the last of the round's year where that lies in another year.

    A slip in the year is a finding of its own; it must not hide the standards of the right one.
    """
    first, year = proposal.starts_on, proposal.round.fiscal_year
    return first if first and first.year == year else date(year, 12, 31)


def basis_of(proposal: Proposal) -> Basis:
    """Return what the rows of a proposal are held against, as of its first day."""
    on = _day_of(proposal)
    measure = proposal.measure
    return Basis(
        on,
        proposal.province_id,
        unit_costs(on, proposal.province_id),
        chart_of(on),
        frozenset(measure.allowed_accounts),
        Message(measure.name_indonesian, measure.name_en),
        on < NON_PHYSICAL_UNTIL,
    )


def planned_row(row: CostRow) -> PlannedRow:
    factors = tuple(Factor(n, unit) for n, unit in zip(row.counts, row.units, strict=True))
    return PlannedRow(
        row.position,
        row.text,
        row.account,
        factors,
        row.unit_cost,
        row.standard,
        row.reason,
        tuple(row.prices),
        row.survey_id is not None,
    )


@dataclass(frozen=True)
class Parts:
    """What a proposal consists of; stored, or as an amendment would make them."""

    rows: Sequence[CostRow]
    places: Sequence[Place]
    goods: Sequence[ProposedGood]


def parts_of(proposal: Proposal) -> Parts:
    places = list(proposal.places.select_related("regency"))
    return Parts(list(proposal.rows.all()), places, list(proposal.goods.all()))


def plan_of(proposal: Proposal, parts: Parts | None = None, *, today: date | None = None) -> Plan:
    """Return a proposal as plain values. proposal: with its round and province.

    today: the office's day, after which nothing of an ended year is spent; None asks for none.
    """
    parts = parts or parts_of(proposal)
    goods: dict[str, int] = {}
    for good in parts.goods:
        goods[good.unit] = goods.get(good.unit, 0) + good.quantity
    return Plan(
        proposal.round.fiscal_year,
        proposal.province_id,
        proposal.province.name,
        proposal.round.opens_on,
        proposal.starts_on,
        proposal.ends_on,
        proposal.days,
        proposal.lesson_hours,
        proposal.classes,
        proposal.class_size,
        tuple(_quotas(proposal, parts.places)),
        goods,
        tuple(planned_row(row) for row in parts.rows),
        tuple(_missing(proposal)),
        is_over=today is not None and today.year > proposal.round.fiscal_year,
    )


def like(proposal: Proposal) -> Like:
    """Return what a participant costs in sent proposals of the measure, and in the catalogue."""
    sent = Proposal.objects.filter(measure=proposal.measure).exclude(state="draft")
    sums = sent.exclude(pk=proposal.pk).filter(people__gt=0, asked_rupiah__gt=0)
    newest = sums.order_by("-made_at").values_list("asked_rupiah", "people")[:LIKE]
    earlier = EarlierProposal.objects.counting().filter(measure=proposal.measure, people__gt=0)
    told = earlier.order_by("-pk").values_list("rupiah", "people")[: LIKE - len(newest)]
    each = [rupiah // people for rupiah, people in [*newest, *told]]
    costs = [
        DatedCost(one.area_id, one.unit_cost, one.valid_from, one.valid_to)
        for one in proposal.measure.costs.filter(Q(area=proposal.province_id) | Q(area=None))
    ]
    on = _day_of(proposal)
    unit_cost = cost_in(costs, regency=None, province=proposal.province_id, on=on)
    return Like(int(median(each)) if each else None, len(each), unit_cost)


def _quotas(proposal: Proposal, places: Iterable[Place]) -> Iterator[Quota]:
    people: Counter[int] = Counter()
    names: dict[int, str] = {}
    for place in places:
        people[place.regency_id] += place.people
        names[place.regency_id] = place.regency.name
    year_end = date(proposal.round.fiscal_year, 12, 31)
    above = AreaClosure.objects.filter(
        valid_on(year_end), descendant_id__in=names, ancestor__level=Level.PROVINCE
    )
    provinces = dict(above.values_list("descendant_id", "ancestor_id"))
    affected = affected_in(names, _counted(proposal))
    for key, number in people.items():
        yield Quota(key, names[key], provinces.get(key, 0), number, affected.get(key))


def affected_in(regencies: Collection[int], counted: Set[str]) -> dict[int, Affected]:
    """Return who is known to be affected, by regency; counted: `firms`, `workers` or both.

    A regency is left out where nobody reported, or where a report does not say how many workers
    were hit and they are asked for: there may be more than are known.
    """
    if not counted:
        return {}
    hit = Q(is_affected=True)
    reports = ImpactReport.objects.newest().filter(regency_id__in=regencies).order_by()
    rows = reports.values_list("regency_id").annotate(
        firms=Count("pk", filter=hit),
        known=Sum("workers_hit", filter=hit, default=0),
        unsaid=Count("pk", filter=hit & Q(workers_hit=None)),
    )
    return {
        regency: Affected(
            firms if "firms" in counted else None, workers if "workers" in counted else None
        )
        for regency, firms, workers, unsaid in rows
        if not (unsaid and "workers" in counted)
    }


def _counted(proposal: Proposal) -> set[str]:
    """Return what those who may come are counted in."""
    return {one.counts for code in proposal.profiles if (one := profile(code))}


def _missing(proposal: Proposal) -> Iterator[tuple[str, Message]]:
    for name, words in SECTIONS.items():
        if not str(getattr(proposal, name)).strip():
            yield name, words
    if not proposal.profiles:
        yield "profiles", Message("Siapa yang boleh ikut", "Who may come")
