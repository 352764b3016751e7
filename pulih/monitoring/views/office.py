"""The head and foot of a unit's reports: the DIPA, names of programmes, who signs."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Sum
from django.http import QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pulih.budget.models import Appointment, BudgetLine, SpendingUnit
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, may
from pulih.web.answers import is_done
from pulih.web.as_of import as_of
from pulih.web.page import go_to, render_page

from .. import actions
from ..documents.signing import post_of
from ..forms import ForeignFundForm, GeneralForm, HeadingForm, SignatoryForm
from ..ledger import dipa_of
from ..models import GeneralData, Heading, Signatory
from ..models.office import Role
from ..reads import funds
from ..rules.deadlines import is_consolidated
from ..rules.facts import FOREIGN_SOURCES
from ..rules.thousands import rounded
from .lookups import unit_or_404


@dataclass(frozen=True)
class FundRow:
    """A foreign source of an activity, its ceiling, and the form that asks for its number."""

    activity: str
    fund_source: str
    ceiling_k: int
    number: str
    form: ForeignFundForm


ASKED = (Permission.SEE_BUDGET, Permission.FILE_REPORTS)
FUND_KEYS = ("programme", "activity", "fund_source")
HEADING_FIELDS = ("name", "function", "indicator", "measured_in", "volume")


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_office(request: PersonRequest, pk: int, year: int) -> HttpResponseBase:
    """Show what the reports of a unit say besides figures."""
    return _page(request, unit_or_404(request, pk, year), year)


@require_POST
@permission_required(*ASKED)
def save_general(request: PersonRequest, pk: int, year: int) -> HttpResponseBase:
    """Keep number and day of the DIPA, and the location."""
    unit = unit_or_404(request, pk, year)
    form = _general_form(unit, year, request.POST)
    if not form.is_valid():
        return _page(request, unit, year, general=form)
    actions.save_general(unit, year, by=request.user, **form.cleaned_data)
    return _saved(request, pk, year)


@require_POST
@permission_required(*ASKED)
def save_heading(request: PersonRequest, pk: int, year: int) -> HttpResponseBase:
    """Keep the name of a programme or activity."""
    unit = unit_or_404(request, pk, year)
    key = (request.POST.get("programme", "")[:20], request.POST.get("activity", "")[:4])
    form = _heading_form(key, _named(unit, year).get(key), request.POST)
    if not form.is_valid():
        return _page(request, unit, year, heading=(key, form))
    actions.save_heading(unit, year, by=request.user, **form.cleaned_data)
    return _saved(request, pk, year)


@require_POST
@permission_required(*ASKED)
def save_foreign_fund(request: PersonRequest, pk: int, year: int) -> HttpResponseBase:
    """Keep the number of a foreign loan or grant."""
    unit = unit_or_404(request, pk, year)
    key = tuple(request.POST.get(name, "") for name in FUND_KEYS)
    form = _fund_form(key, _numbers(unit, year).get(key, ""), request.POST)
    if is_done(form, partial(actions.save_foreign_fund, unit, year, by=request.user), at="number"):
        return _saved(request, pk, year)
    return _page(request, unit, year, fund=form)


@require_POST
@permission_required(*ASKED)
def save_signatory(request: PersonRequest, pk: int, year: int) -> HttpResponseBase:
    """Name who signs from a day on."""
    unit = unit_or_404(request, pk, year)
    form = _signatory_form(request, unit, request.POST)
    if is_done(form, partial(actions.name_signatory, unit, by=request.user), at="valid_from"):
        return _saved(request, pk, year)
    return _page(request, unit, year, signatory=form)


def _saved(request: PersonRequest, pk: int, year: int) -> HttpResponseBase:
    messages.success(request, _("Saved. Reports filed before keep what they said."))
    return go_to(request, reverse("monitoring:office", args=[pk, year]))


def _page(
    request: PersonRequest,
    unit: SpendingUnit,
    year: int,
    general: GeneralForm | None = None,
    heading: tuple[tuple[str, str], HeadingForm] | None = None,
    signatory: SignatoryForm | None = None,
    fund: ForeignFundForm | None = None,
) -> HttpResponseBase:
    context = {
        "unit": unit,
        "year": year,
        "general": general or _general_form(unit, year),
        "posted": dipa_of(unit, year, as_of(request).day),
        "headings": _headings(unit, year, heading),
        "funds": _funds(unit, year, fund),
        "signatory": signatory or _signatory_form(request, unit, initial=_signs(request, unit)),
        "signatories": Signatory.objects.of(unit).order_by("role", "-valid_from"),
        "may_file": may(request.user, Permission.FILE_REPORTS, unit.province),
    }
    return render_page(request, "monitoring/office.html", "monitoring/_office.html", context)


def _general_form(unit: SpendingUnit, year: int, typed: QueryDict | None = None) -> GeneralForm:
    kept = GeneralData.objects.filter(unit=unit, fiscal_year=year).first()
    initial = {name: getattr(kept, name) for name in GeneralForm.base_fields} if kept else {}
    return GeneralForm(typed, initial=initial)


def _signatory_form(
    request: PersonRequest, unit: SpendingUnit, *typed: Any, **options: Any
) -> SignatoryForm:
    consolidated = is_consolidated(unit.authority, as_of(request).day)
    return SignatoryForm(*typed, is_consolidated=consolidated, **options)


def _signs(request: PersonRequest, unit: SpendingUnit) -> dict[str, Any]:
    """Return what is known of the first who is not named yet, so that it is not typed twice."""
    day = as_of(request).day
    named = list(Signatory.objects.of(unit).on(day).order_by("role"))
    values: dict[str, Any] = {"place": named[0].place if named else unit.province.name}
    known = {one.role for one in named}
    if not is_consolidated(unit.authority, day):
        known.add(Role.HEAD_OF_PLANNING)
    role = next((one for one in Role.values if one not in known), None)
    if role is None:
        return values
    values["role"] = role
    if role == Role.HEAD_OF_PLANNING:
        return values | {"post": post_of(role, unit.province.name)}
    appointed = Appointment.objects.visible_to(request.user).on(day).filter(unit=unit)
    one = appointed.filter(post=role).select_related("person").first()
    return values | ({"name": str(one.person), "valid_from": one.valid_from} if one else {})


def _funds(unit: SpendingUnit, year: int, typed: ForeignFundForm | None) -> list[FundRow]:
    """Return each activity's foreign sources, with the form that asks for their numbers."""
    lines = BudgetLine.objects.filter(unit=unit, fiscal_year=year, fund_source__in=FOREIGN_SOURCES)
    sums = lines.values(*FUND_KEYS).annotate(rupiah=Sum("ceiling")).order_by(*FUND_KEYS)
    kept = _numbers(unit, year)
    found = []
    for place, row in enumerate(sums):
        key = tuple(row[name] for name in FUND_KEYS)
        form = _fund_form(key, kept.get(key, ""), auto_id=f"id_f{place}_%s")
        if typed and tuple(typed.data.get(name, "") for name in FUND_KEYS) == key:
            form, typed.auto_id = typed, form.auto_id
        found.append(FundRow(key[1], key[2], rounded(row["rupiah"]), kept.get(key, ""), form))
    return found


def _numbers(unit: SpendingUnit, year: int) -> dict[tuple[str, ...], str]:
    """Return the number of each foreign loan and grant, by FUND_KEYS."""
    return {(one.programme, one.activity, one.fund_source): one.number for one in funds(unit, year)}


def _fund_form(
    key: tuple[str, ...], number: str, typed: QueryDict | None = None, **options: Any
) -> ForeignFundForm:
    initial = {**dict(zip(FUND_KEYS, key, strict=True)), "number": number}
    return ForeignFundForm(typed, initial=initial, **options)


def _headings(
    unit: SpendingUnit, year: int, typed: tuple[tuple[str, str], HeadingForm] | None
) -> list[tuple[str, str, HeadingForm, Heading | None]]:
    lines = BudgetLine.objects.filter(unit=unit, fiscal_year=year).order_by()
    pairs = set(lines.values_list("programme", "activity"))
    keys = sorted(pairs | {(programme, "") for programme, _activity in pairs})
    kept = _named(unit, year)
    found = []
    for number, key in enumerate(keys):
        form = _heading_form(key, kept.get(key), auto_id=f"id_h{number}_%s")
        if typed and typed[0] == key:
            form, typed[1].auto_id = typed[1], form.auto_id
        found.append((*key, form, kept.get(key)))
    return found


def _named(unit: SpendingUnit, year: int) -> dict[tuple[str, str], Heading]:
    rows = Heading.objects.filter(unit=unit, fiscal_year=year)
    return {(one.programme, one.activity): one for one in rows}


def _heading_form(
    key: tuple[str, str], kept: Heading | None, typed: QueryDict | None = None, **options: Any
) -> HeadingForm:
    values: dict[str, Any] = {"programme": key[0], "activity": key[1]}
    if kept:
        values |= {name: getattr(kept, name) for name in HEADING_FIELDS}
    return HeadingForm(typed, initial=values, **options)
