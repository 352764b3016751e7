"""What Pulih knows and firms answered of their readiness for export, of one firm or of many."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from pulih.impact.models import ImpactReport, Status
from pulih.measures.models import Measure, MeasureCost
from pulih.people.models import User
from pulih.registry.models import Enterprise

from . import questionnaire
from .models import Capacity, Certificate, ExportSale, ReadinessAnswer, ReadinessAsk
from .rules import readiness as rules
from .rules.readiness import Answered

PRODUCING = (Status.SAME, Status.CHANGED)
YEAR = timedelta(365)
Known = dict[int, dict[str, bool]]


@dataclass(frozen=True)
class Readiness:
    """One firm's answers to the terms that hold for it. chapters: of the HS, of what it makes."""

    firm: Enterprise
    answers: list[Answered]
    chapters: frozenset[str]

    @property
    def level(self) -> str:
        return rules.level_of(self.answers)


@dataclass(frozen=True)
class Count:
    """One term over all firms that were asked. lifts: whom a “yes” alone would bring further."""

    answer: Answered
    yes: int
    no: int
    untold: int
    lifts: int

    @property
    def share(self) -> float | None:
        """The share of yes among those who told."""
        told = self.yes + self.no
        return self.yes / told if told else None


def readiness_of(firms: Collection[Enterprise], on: date) -> list[Readiness]:
    """Read everything that is known of firms, in the order given; some queries for all of them."""
    ids = [firm.pk for firm in firms]
    known, said, chapters = _known(firms, on), _said(ids), _chapters(firms)
    found = []
    for firm in firms:
        terms = [one for one in questionnaire.terms() if one.holds(on, chapters[firm.pk])]
        answers = rules.answered(terms, known[firm.pk], said[firm.pk])
        found.append(Readiness(firm, answers, chapters[firm.pk]))
    return found


def counts(found: Collection[Readiness]) -> list[Count]:
    """Count by term; a firm for which a term does not hold counts nowhere."""
    lifts = rules.lifted(one.answers for one in found)
    by_key: dict[str, list[Answered]] = defaultdict(list)
    for one in found:
        for answer in one.answers:
            by_key[answer.term.key].append(answer)
    told = {key: [one.says for one in answers] for key, answers in by_key.items()}
    return [
        Count(answers[0], told[key].count(True), told[key].count(False), told[key].count(None),
              lifts[key])
        for key, answers in by_key.items()
    ]  # fmt: skip


def asked_firms(by: User) -> list[Enterprise]:
    """The firms within one's reach that were asked or answered, by name."""
    asked = ReadinessAsk.objects.visible_to(by).values("enterprise")
    answered = ReadinessAnswer.objects.visible_to(by).values("enterprise")
    rows = Enterprise.objects.visible_to(by).filter(Q(pk__in=asked) | Q(pk__in=answered))
    return list(rows.filter(merged_into=None).select_related("regency").order_by("sort_key", "pk"))


def costs(on: date) -> Mapping[str, tuple[Measure, int | None]]:
    """The measures that answer terms, each with the rupiah of a unit in the whole country."""
    codes = {term.measure for term in questionnaire.terms()}
    measures = Measure.objects.filter(code__in=codes)
    rows = MeasureCost.objects.valid_on(on).filter(area=None, measure__in=measures)
    cost = dict(rows.values_list("measure__code", "unit_cost"))
    return {one.code: (one, cost.get(one.code)) for one in measures}


def _said(firms: Collection[int]) -> Known:
    said: Known = defaultdict(dict)
    rows = ReadinessAnswer.objects.filter(enterprise__in=firms).order_by("pk")
    for firm, question, says in rows.values_list("enterprise_id", "question", "says"):
        said[firm][question] = says  # The newest comes last.
    return said


def _chapters(firms: Collection[Enterprise]) -> dict[int, frozenset[str]]:
    found = {firm.pk: set(questionnaire.chapters_of(firm.kbli or "")) for firm in firms}
    made = Capacity.objects.filter(enterprise__in=found)
    for firm, hs in made.values_list("enterprise_id", "product__hs"):
        found[firm] |= {hs[:2]} if hs else set()
    return {firm: frozenset(chapters) for firm, chapters in found.items()}


def _known(firms: Collection[Enterprise], on: date) -> Known:
    ids = [firm.pk for firm in firms]
    known: Known = defaultdict(dict)
    for firm in firms:
        if firm.nib:
            known[firm.pk]["nib"] = True
    _certificates(ids, on, known)
    _capacities(ids, known)
    _months(ids, on, known)
    direct = ExportSale.objects.filter(enterprise__in=ids, through="", sold_on__lte=on)
    for firm_id in direct.values_list("enterprise_id", flat=True):
        known[firm_id]["papers"] = True
    return known


def _certificates(firms: Collection[int], on: date, known: Known) -> None:
    kinds = {
        kind: term.key
        for term in questionnaire.terms()
        if term.known.startswith("certificate:")
        for kind in term.known.removeprefix("certificate:").split(",")
    }
    rows = Certificate.objects.filter(enterprise__in=firms, kind__in=kinds)
    rows = rows.filter(Q(valid_to=None) | Q(valid_to__gte=on))
    rows = rows.filter(Q(valid_from=None) | Q(valid_from__lte=on))
    for firm, kind in rows.values_list("enterprise_id", "kind"):
        known[firm][kinds[kind]] = True


def _capacities(firms: Collection[int], known: Known) -> None:
    rows = Capacity.objects.filter(enterprise__in=firms)
    for firm, product, per_week in rows.values_list("enterprise_id", "product__code", "per_week"):
        enough = rules.makes_enough(per_week, questionnaire.smallest_order(product))
        known[firm]["quantity"] = enough or known[firm].get("quantity", False)


def _months(firms: Collection[int], on: date, known: Known) -> None:
    rows = ImpactReport.objects.filter(
        enterprise__in=firms, is_withdrawn=False, month__gt=on - YEAR, month__lte=on
    ).exclude(status="")
    states: dict[int, dict[date, str]] = defaultdict(dict)
    for firm, month, status in rows.order_by("pk").values_list("enterprise_id", "month", "status"):
        states[firm][month] = status
    for firm, by_month in states.items():
        producing = sum(status in PRODUCING for status in by_month.values())
        told = rules.produced_long_enough(producing, len(by_month) - producing)
        if told is not None:
            known[firm]["months"] = told
