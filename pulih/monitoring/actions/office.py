"""Typing once what stands at the head and foot of every report of a unit."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.budget.models import BudgetLine, SpendingUnit
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, require

from ..models import ForeignFund, GeneralData, Heading, Signatory
from ..models.office import Role
from ..rules.deadlines import is_consolidated
from ..rules.facts import FOREIGN_SOURCES


@transaction.atomic
def save_general(unit: SpendingUnit, fiscal_year: int, *, by: User, **values: Any) -> GeneralData:
    """Keep what stands at the head of a year's forms: number and day of the DIPA, location."""
    require(by, Permission.FILE_REPORTS, unit.province)
    kept, _is_new = GeneralData.objects.update_or_create(
        unit=unit, fiscal_year=fiscal_year, defaults={"province": unit.province, **values}
    )
    record(by, "monitoring.general", kept)
    return kept


@transaction.atomic
def save_heading(unit: SpendingUnit, fiscal_year: int, *, by: User, **values: Any) -> Heading:
    """Keep the name of a programme or activity, and its outcome indicator."""
    require(by, Permission.FILE_REPORTS, unit.province)
    key = {name: values.pop(name) for name in ("programme", "activity")}
    kept, _is_new = Heading.objects.update_or_create(
        unit=unit, fiscal_year=fiscal_year, **key, defaults={"province": unit.province, **values}
    )
    record(by, "monitoring.heading", kept)
    return kept


@transaction.atomic
def name_signatory(
    unit: SpendingUnit,
    *,
    role: str,
    name: str,
    nip: str,
    post: str,
    place: str,
    valid_from: date,
    by: User,
) -> Signatory:
    """Name who signs from a day on; whoever signed before ends on it. May refuse.

    The head of Bappeda signs for every unit of the province, and is named by any of them.
    """
    require(by, Permission.FILE_REPORTS, unit.province)
    of = None if role == Role.HEAD_OF_PLANNING else unit
    if of is None and not is_consolidated(unit.authority, valid_from):
        raise Refusal(_("No planning agency consolidates the reports of this unit."))
    key: dict[str, Any] = {"unit": of, "province": unit.province, "role": role}
    earlier = Signatory.objects.select_for_update().filter(**key)
    if earlier.filter(valid_from__gt=valid_from).exists():
        raise Refusal(_("Somebody is named from a later day already. Choose a later day."))
    earlier.filter(valid_to=None, valid_from__lt=valid_from).update(valid_to=valid_from)
    kept, _is_new = Signatory.objects.update_or_create(
        **key,
        valid_from=valid_from,
        defaults={"name": name, "nip": nip, "post": post, "place": place},
    )
    record(by, "monitoring.signatory", kept, role=role)
    return kept


@transaction.atomic
def save_foreign_fund(
    unit: SpendingUnit,
    fiscal_year: int,
    *,
    programme: str,
    activity: str,
    fund_source: str,
    number: str,
    by: User,
) -> None:
    """Keep the number of the loan or grant that pays an activity, or forget it. May refuse."""
    require(by, Permission.FILE_REPORTS, unit.province)
    key: dict[str, Any] = {
        "unit": unit,
        "fiscal_year": fiscal_year,
        "programme": programme,
        "activity": activity,
        "fund_source": fund_source,
    }
    if fund_source not in FOREIGN_SOURCES or not BudgetLine.objects.filter(**key).exists():
        raise Refusal(_("No line of this activity is paid by that source. Nothing was saved."))
    if number.strip():
        values = {"province": unit.province, "number": number.strip()}
        ForeignFund.objects.update_or_create(**key, defaults=values)
    else:
        ForeignFund.objects.filter(**key).delete()
    record(by, "monitoring.foreign_fund", unit, year=fiscal_year, source=fund_source)
