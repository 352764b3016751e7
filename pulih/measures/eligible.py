"""How many would qualify in a place: profiles counted over the register and the newest reports."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum

from pulih.areas.models import Area, Level
from pulih.impact.models import ImpactReport
from pulih.people.models import User
from pulih.registry.models import Enterprise

from .rules.profiles import FACTS, NOT_SAID, Comparison, Condition, Profile

# Where the register and the newest report keep what a condition asks.
FIELDS = {
    "register.is_manufacturing": "is_manufacturing",
    "register.scale": "scale",
    "register.kbli": "kbli",
    "register.commodity_group": "commodity_group",
    "register.workers": "workers",
    "impact.is_affected": "newest_is_affected",
    "impact.status": "newest_status",
    "impact.needs": "newest_needs",
}
LOOKUPS = {
    Comparison.IS: "",
    Comparison.ONE_OF: "__in",
    Comparison.AT_LEAST: "__gte",
    Comparison.AT_MOST: "__lte",
}


@dataclass(frozen=True)
class Qualifying:
    """Firms of a place by what is known of them; they add up to the firms of the register.

    fit: every condition that register and reports know holds; unknown: something is not known.
    to_ask: what only the applicant can say. laid_off: workers laid off or sent home, as reported.
    """

    profile: Profile
    fit: int
    unfit: int
    unknown: int
    laid_off: int
    to_ask: tuple[Condition, ...]

    @property
    def firms(self) -> int:
        return self.fit + self.unfit + self.unknown


def qualifying(profile: Profile, area: Area, by: User) -> Qualifying:
    """Count the firms of a province or regency that may come, as far as `by` sees them."""
    firms, holds, fails = _asked(profile, area, by)
    found = firms.aggregate(
        total=Count("pk"),
        fit=Count("pk", filter=holds) if holds else Count("pk"),
        unfit=Count("pk", filter=fails or Q(pk=None)),
    )
    reported = ImpactReport.objects.visible_to(by).newest().filter(**_place(area))
    hit = reported.aggregate(n=Sum("workers_hit"))["n"] or 0
    return Qualifying(
        profile,
        found["fit"],
        found["unfit"],
        found["total"] - found["fit"] - found["unfit"],
        hit,
        tuple(one for one in profile.conditions if one.fact not in FIELDS),
    )


def fitting(profile: Profile, area: Area, by: User) -> QuerySet[Enterprise]:
    """Return the firms that fit as far as register and reports know every condition they ask."""
    firms, holds, _fails = _asked(profile, area, by)
    found: QuerySet[Enterprise] = firms.filter(holds)
    return found


def _asked(profile: Profile, area: Area, by: User) -> tuple[Any, Q, Q]:
    """Return the firms of a place, which of them fit, and which do not."""
    firms = Enterprise.objects.visible_to(by).listed().filter(**_place(area))
    report = ImpactReport.objects.newest().filter(enterprise=OuterRef("pk"))
    asked = [one for one in profile.conditions if one.fact in FIELDS]
    firms = firms.annotate(
        **{
            FIELDS[one.fact]: Subquery(report.values(one.fact.partition(".")[2])[:1])
            for one in asked
            if one.known_by == "impact"
        }
    )
    holds, fails = Q(), Q()
    for condition in asked:
        is_known, is_so = _known(condition), _is_so(condition)
        holds &= is_known & is_so
        fails |= is_known & ~is_so
    return firms, holds, fails


def _place(area: Area) -> dict[str, Area]:
    return {"regency": area} if area.level == Level.REGENCY else {"province": area}


def facts_of(firm: Enterprise, newest: ImpactReport | None) -> dict[str, Any]:
    """Return what register and newest report know of a firm, as conditions ask it."""
    rows: dict[str, Any] = {"register": firm, "impact": newest}
    return {
        fact: getattr(rows[fact.partition(".")[0]], fact.partition(".")[2], None) for fact in FIELDS
    }


def _known(condition: Condition) -> Q:
    field = FIELDS[condition.fact]
    known = Q(**{f"{field}__isnull": False})
    is_text = FACTS[condition.fact] is str
    return known & ~Q(**{f"{field}__in": NOT_SAID}) if is_text else known


def _is_so(condition: Condition) -> Q:
    field = FIELDS[condition.fact]
    if condition.test == Comparison.HAS:
        return Q(**{f"{field}__contains": [condition.value]})
    return Q(**{f"{field}{LOOKUPS[condition.test]}": condition.value})
