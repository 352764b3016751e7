"""The key figures of the first page, each with its definition, day, source and coverage."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from pulih.people.models import User
from pulih.people.opening import may_open
from pulih.web import numbers
from pulih.web.figures import Figure, Kind

from .models import loaded_scenario
from .overview import Overview


def figures(overview: Overview, language: str, person: User) -> list[Figure]:
    """Return the four key figures, each with all that makes it trustworthy.

    Each leads to what `person` may open, else to its place on the page.
    """

    def opens(name: str, place: str) -> str:
        address = reverse(name)
        return address if may_open(person, address) else place

    return [
        *(_quoted(overview, key, language) for key in ("affected",) if key in overview.quoted),
        _registered(overview, opens("impact:list", "#provinces")),
        _free(overview, language, opens("budget:summary", "#money")),
        _plan(overview, opens("planning:list", "#money")),
    ]


def _quoted(overview: Overview, key: str, language: str) -> Figure:
    quoted = overview.quoted[key]
    differs = quoted.said("differs", language)
    return Figure(
        label=_("Affected firms in the country"),
        value=quoted.said("quoted", language),
        definition=quoted.said("definition", language),
        as_of=quoted.as_of,
        source=str(quoted.source),
        coverage=quoted.said("coverage", language),
        kind="public",
        url=reverse("portal:sources") + f"#{quoted.key}",
        differs=[differs] if differs else [],
    )


def _registered(overview: Overview, url: str) -> Figure:
    country = overview.country
    return Figure(
        label=_("Affected firms in the register"),
        value=numbers.whole(country.firms if country else None),
        definition=_("Firms whose newest report says that the crisis hit them, named one by one."),
        as_of=country.as_of if country else None,
        source=_("Lists that provincial and regency offices delivered"),
        coverage=_provinces(overview.reporting, len(overview.rows)),
        kind=_kind(),
        url=url,
    )


def _free(overview: Overview, language: str, url: str) -> Figure:
    amounts = overview.amounts
    quoted = overview.quoted.get("deconcentration")
    return Figure(
        label=_("May still be moved"),
        value=numbers.billions(amounts.free),
        definition=_("Of a ceiling of %(ceiling)s, less what is blocked or committed.")
        % {"ceiling": numbers.billions(amounts.ceiling)},
        as_of=_budget_day(overview),
        source=_("Line-item guides (POK) of the spending units"),
        coverage=_provinces(sum(bool(row.total) for row in overview.rows), len(overview.rows)),
        kind=_kind(),
        url=url,
        differs=[f"{quoted.said('quoted', language)} ({quoted.source})"] if quoted else [],
    )


def _plan(overview: Overview, url: str) -> Figure:
    planned = overview.planned
    return Figure(
        label=_("Adopted plan"),
        value=_("none yet") if planned is None else numbers.billions(planned),
        definition=_("What the plan leaves the provinces; no money moves before revisions hold."),
        as_of=overview.day,
        source=_("Refocusing scenarios"),
        coverage=_provinces(len(overview.rows) if planned else 0, len(overview.rows)),
        kind=_kind(),
        url=url,
    )


def _budget_day(overview: Overview) -> date | None:
    return max((row.total.as_of for row in overview.rows if row.total), default=None)


def _provinces(count: int, of: int) -> str:
    return _("%(count)s of %(of)s provinces") % {"count": count, "of": of}


def _kind() -> Kind:
    return "demo" if loaded_scenario() else "own"
