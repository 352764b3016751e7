"""Any two firms, or any two delivered rows, side by side, with what their likeness weighs."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from pulih.areas.rows import area_of
from pulih.inbox.models import ImportBatch, SourceRecord
from pulih.linkage.explain import explain
from pulih.linkage.model import MATCH, REVIEW
from pulih.people.access import PersonRequest
from pulih.people.models import User
from pulih.people.permissions import Permission, may
from pulih.registry import comparing, consequences, pairs, prepared, search, waterfall
from pulih.registry.models import Enterprise, Review
from pulih.registry.offices import distance
from pulih.registry.sources import Source, sources_of
from pulih.web import numbers
from pulih.web.bounds import row_key
from pulih.web.page import render_page

from .lookups import enterprise_of, gate, language

OFFERED = 12  # Firms that a search for the second one shows.


@dataclass(frozen=True)
class Side:
    """One of the two: what heads its column. rows: how many source rows speak of it."""

    title: str
    note: str
    url: str
    name: str
    values: dict[str, Any]
    enterprise: Enterprise | None = None
    rows: int = 1

    @property
    def pk(self) -> int | None:
        return self.enterprise.pk if self.enterprise else None


@require_GET
@gate
def compare(request: PersonRequest) -> HttpResponseBase:
    """Show why two records weigh as much as they do; with one of them, offer the other."""
    left, right = _sides(request)
    context: dict[str, Any] = {"left": left, "right": right, "q": request.GET.get("q", "")[:120]}
    if left and right:
        context |= compared(left, right, language(request))
        context |= _verdict(request, left.enterprise, right.enterprise)
        context["distance"] = _distance(left.enterprise, right.enterprise)
    else:
        context["offered"] = _offered(request)
    return render_page(request, "registry/compare.html", "registry/_compare.html", context)


def compared(left: Side, right: Side, spoken: str) -> dict[str, Any]:
    """Return what the templates of two records need."""
    weights = comparing.learned() or prepared.trained()
    drawn = waterfall.of_explained(explain(left.values, right.values, weights), spoken)
    return {
        "rows": pairs.compared(left.values, right.values, spoken),
        "drawn": drawn,
        "match": MATCH,
        "review": REVIEW,
    }


def own_side_of(enterprise: Enterprise, letter: str, person: User) -> Side:
    """Return a firm as its own rows tell it, for a pair that was perhaps merged since."""
    sources = [one for one in sources_of(enterprise, person) if one.owner == enterprise.pk]
    values = pairs.own_values(enterprise, sources)
    name = str(values.get("business_name") or enterprise.name)
    return replace(side_of(enterprise, letter, sources), values=values, name=name)


def side_of(enterprise: Enterprise, letter: str, sources: list[Source]) -> Side:
    """Return a firm as one side of the table."""
    count = len(sources)
    note = ngettext("%(n)s source row", "%(n)s source rows", count) % {"n": numbers.whole(count)}
    if sources:
        newest = sources[0]
        day = f", {numbers.day(newest.as_of)}" if newest.as_of else ""
        note = _("%(rows)s; newest: %(office)s%(day)s") % {
            "rows": note,
            "office": newest.label,
            "day": day,
        }
    url = reverse("registry:enterprise", args=[enterprise.pk])
    values = pairs.values_of(enterprise)
    title = f"{letter} · IKM {enterprise.pk}"
    return Side(title, note, url, enterprise.name, values, enterprise, count)


def _verdict(
    request: PersonRequest, first: Enterprise | None, second: Enterprise | None
) -> dict[str, Any]:
    """Return what the person may say of the two, and whether it was said already."""
    if first is None or second is None or first.pk == second.pk:
        return {"is_one": False, "open_review": None, "may_join": False, "objections": []}
    against = consequences.objections(first, second, language(request))
    pair = sorted((first.pk, second.pk))
    asked = Review.objects.visible_to(request.user).open()
    return {
        "is_one": _are_one(first, second),
        "open_review": asked.filter(first=pair[0], second=pair[1]).first(),
        "may_join": all(
            may(request.user, Permission.CURATE_ENTERPRISES, area_of(one))
            for one in (first, second)
        ),
        "objections": against,
        "cannot_join": any(one.refuses for one in against),
    }


def _sides(request: PersonRequest) -> tuple[Side | None, Side | None]:
    """Return both; of two firms that are one in the register, what their own rows say."""
    left, right = _asked(request, "first"), _asked(request, "second")
    if not left or not right or not left.enterprise or not right.enterprise:
        return left, right
    first, second = left.enterprise, right.enterprise
    if first.pk == second.pk or not _are_one(first, second):
        return left, right
    return own_side_of(first, "A", request.user), own_side_of(second, "B", request.user)


def _are_one(first: Enterprise, second: Enterprise) -> bool:
    return (first.merged_into_id or first.pk) == (second.merged_into_id or second.pk)


def _distance(first: Enterprise | None, second: Enterprise | None) -> str:
    """Return how far apart two firms lie; nothing of delivered rows, or of a firm and itself."""
    if first is None or second is None or first.pk == second.pk:
        return ""
    return str(distance(first, second).label)


def _asked(request: PersonRequest, which: str) -> Side | None:
    letter = "A" if which == "first" else "B"
    if text := request.GET.get(which, ""):
        found = enterprise_of(request, _number(text))
        return side_of(found, letter, sources_of(found, request.user))
    if text := request.GET.get(f"{which}_row", ""):
        return _row_side(request, _number(text), letter)
    return None


def _row_side(request: PersonRequest, pk: int, letter: str) -> Side:
    rows = SourceRecord.objects.visible_to(request.user).select_related("province", "regency")
    record: SourceRecord = get_object_or_404(rows, pk=pk)
    batch = ImportBatch.objects.visible_to(request.user).filter(pk=record.batch_id).first()
    told = {"province": str(record.province), "regency": str(record.regency or "")}
    values = {**told, **record.values}
    office = f"{batch.office}" if batch else _("a list of the provincial office")
    title = _("%(letter)s · %(office)s, row %(row)s") % {
        "letter": letter,
        "office": office,
        "row": numbers.whole(record.row),
    }
    note = _("as of %(day)s") % {"day": numbers.day(batch.as_of)} if batch else ""
    url = f"{reverse('inbox:rows', args=[batch.pk])}" if batch else ""
    name = str(values.get("business_name") or values.get("owner_name") or _("without a name"))
    return Side(title, note, url, name, values)


def _number(text: str) -> int:
    key = row_key(text)
    if key is None:
        raise Http404
    return key


def _offered(request: PersonRequest) -> list[Enterprise]:
    words = request.GET.get("q", "")[:120]
    if not words.strip():
        return []
    found: list[Enterprise] = search.page(request.user, words, {}, "", OFFERED).rows
    return found
