"""What offices and owners say of a firm that produces again."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.people.links.acting import on_behalf
from pulih.people.links.models import Link
from pulih.people.models import User
from pulih.registry.models import Enterprise
from pulih.web import numbers

from ..models import ProductionStatement
from ..production_reads import months_standing_still, newest_statement
from ..rules.production import is_before
from .capacities import refuse_stranger


@transaction.atomic
def state_production(
    enterprise: Enterprise,
    *,
    is_producing: bool,
    since: date,
    note: str = "",
    today: date,
    now: datetime,
    by: User | Link,
) -> ProductionStatement:
    """Say that a firm produces again, or stands still, since a day. May refuse.

    Its office says how it knows; the firm itself, by its link, need not.
    """
    refuse_stranger(enterprise, by)
    if since > today:
        raise Refusal(
            _("%(day)s has not come yet. Give the day since when it is so.")
            % {"day": numbers.day(since)}
        )
    with on_behalf(by):
        Enterprise.objects.select_for_update(of=("self",)).get(pk=enterprise.pk)
        _refuse_contradiction(enterprise, is_producing, since, today)
        made = ProductionStatement.objects.create(
            enterprise=enterprise, province_id=enterprise.province_id,
            regency_id=enterprise.regency_id, is_producing=is_producing, since=since,
            note=note, stated_at=now, by=None if isinstance(by, Link) else by,
            link=by if isinstance(by, Link) else None,
        )  # fmt: skip
    record(by, "market.production", made, is_producing=is_producing)
    return made


def _refuse_contradiction(
    enterprise: Enterprise, is_producing: bool, since: date, today: date
) -> None:
    earlier = newest_statement(enterprise)
    if earlier and earlier.is_producing != is_producing and since < earlier.since:
        said = _("it produces again") if earlier.is_producing else _("it stands still")
        raise Refusal(
            _("It was stated that %(what)s since %(day)s. Give that day or a later one.")
            % {"what": said, "day": numbers.day(earlier.since)}
        )
    month = months_standing_still([enterprise.pk], today).get(enterprise.pk)
    if is_producing and month and is_before(since, month):
        raise Refusal(
            _("A list says that it stood still in %(month)s. Give a day of that month or later.")
            % {"month": date_format(month, "F Y")}
        )
