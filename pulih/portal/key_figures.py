"""The key figures of the first page, each with its definition, day, source and coverage."""

from django.urls import reverse
from django.utils.translation import gettext as _

from pulih.areas.models import Area
from pulih.budget.figures import FREE, stated_amounts
from pulih.impact.figures import AFFECTED
from pulih.lists.figures import Stated, as_read
from pulih.people.models import User
from pulih.people.opening import may_open
from pulih.web import numbers
from pulih.web.as_of import AsOf
from pulih.web.figures import Figure, Kind

from .models import loaded_scenario
from .overview import Overview, ProvinceRow


def figures(overview: Overview, language: str, person: User, seen: AsOf) -> list[Figure]:
    """The four key figures, each with all that makes it trustworthy.

    Each leads to its rows where `person` sees them all, else to its place on the page.
    """

    def opens(name: str, place: str) -> str:
        address = reverse(name)
        return address if may_open(person, address) else place

    stated = stated_country(overview, person, seen)
    return [
        *(_quoted(overview, key, language) for key in ("affected",) if key in overview.quoted),
        _registered(overview, stated["affected"]),
        _free(overview, language, stated["free"]),
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


def _registered(overview: Overview, stated: Stated) -> Figure:
    country = overview.country
    return Figure(
        label=_("Affected firms in the register"),
        value=numbers.whole(country.firms if country else None),
        definition=AFFECTED.definition,
        as_of=country.as_of if country else None,
        source=_("Lists that provincial and regency offices delivered"),
        coverage=_provinces(overview.reporting, len(overview.rows)),
        kind=_kind(),
        stated=stated,
        url="#provinces",
    )


def _free(overview: Overview, language: str, stated: Stated) -> Figure:
    amounts = overview.amounts
    quoted = overview.quoted.get("deconcentration")
    return Figure(
        label=FREE.words,
        value=numbers.billions(amounts.free),
        definition=_("Of a ceiling of %(ceiling)s. %(definition)s")
        % {"ceiling": numbers.billions(amounts.ceiling), "definition": FREE.definition},
        as_of=overview.day,
        source=_("Line-item guides (POK) of the spending units"),
        coverage=_provinces(sum(bool(row.money) for row in overview.rows), len(overview.rows)),
        kind=_kind(),
        stated=stated,
        url="#money",
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


def stated_country(overview: Overview, person: User, seen: AsOf) -> dict[str, Stated]:
    """The country's firms and the amounts of all provincial units, by name.

    They are links for those who see the whole country.
    """
    firms = {"affected": _affected(overview.affected, person, seen)}
    return firms | stated_amounts(
        overview.amounts,
        person,
        seen,
        {"year": overview.fiscal_year, "within": "provinces"},
        is_beyond=not person.covers(None),
    )


def stated_row(row: ProvinceRow, person: User, seen: AsOf) -> dict[str, Stated]:
    """The figures of one province, with links for those whose reach it is in."""
    is_beyond = not person.sight.covers(row.id, None)
    asked = {"province": row.id, "year": seen.day.year}
    return {
        "affected": _affected(row.affected, person, seen, row.id),
        "free": as_read(FREE, row.free, person, seen, asked, is_beyond=is_beyond),
    }


def _affected(firms: int | None, person: User, seen: AsOf, province: int | None = None) -> Stated:
    # Reports are of the day on which they came, whatever day the money is shown on.
    sight = person.sight
    is_beyond = not (sight.country if province is None else sight.covers(province, None))
    on = AsOf(seen.day, False)
    return as_read(AFFECTED, firms, person, on, {"province": province}, is_beyond=is_beyond)


def stated_affected(firms: int | None, person: User, seen: AsOf, area: Area) -> Stated:
    """The affected firms of a province or regency; a link for those whose reach it is in."""
    is_beyond = not person.covers(area)
    on = AsOf(seen.day, False)
    return as_read(AFFECTED, firms, person, on, {area.level: area.pk}, is_beyond=is_beyond)


def _provinces(count: int, of: int) -> str:
    return _("%(count)s of %(of)s provinces") % {"count": count, "of": of}


def _kind() -> Kind:
    return "demo" if loaded_scenario() else "own"
