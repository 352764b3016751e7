"""Saying of lines which measure they pay for and whether plans may touch them."""

from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.measures.models import Measure
from pulih.people.models import User
from pulih.people.permissions import Permission, require

from ..models import BudgetLine
from ..models.lines import BudgetLineQuerySet


class Tagged(NamedTuple):
    """How many lines were given a measure, and how many were left because of their account."""

    tagged: int
    unfit: int


@transaction.atomic
def tag(line: BudgetLine, *, measure: Measure | None, by: User) -> None:
    """Say which measure `line` pays for, or that it pays for none. May refuse."""
    require(by, Permission.TAG_LINES, line.province)
    if measure and not _fits(line.account, measure):
        raise Refusal(
            _("Account %(account)s may not pay for “%(measure)s”: it may use %(allowed)s.")
            % {
                "account": line.account,
                "measure": measure.name,
                "allowed": ", ".join(measure.allowed_accounts),
            }
        )
    line = BudgetLine.objects.select_for_update().get(pk=line.pk)
    line.measure = measure
    line.save(update_fields=["measure"])
    record(by, "budget.tag", line, measure=measure.code if measure else None)


@transaction.atomic
def tag_many(lines: BudgetLineQuerySet, *, measure: Measure, by: User) -> Tagged:
    """Say of all `lines` that they pay for `measure`, leaving those whose account may not."""
    chosen = list(
        lines.visible_to(by)
        .select_related("province")
        .order_by("id")
        .select_for_update(of=("self",))
    )
    for province in {line.province for line in chosen}:
        require(by, Permission.TAG_LINES, province)
    fitting = [line.pk for line in chosen if _fits(line.account, measure)]
    tagged = BudgetLine.objects.filter(pk__in=fitting).update(measure=measure)
    record(by, "budget.tag_many", measure, lines=fitting, unfit=len(chosen) - tagged)
    return Tagged(tagged, len(chosen) - tagged)


@transaction.atomic
def protect(line: BudgetLine, *, is_protected: bool, reason: str, by: User) -> None:
    """Keep plans away from `line`, or let them near it again. May refuse."""
    require(by, Permission.TAG_LINES, line.province)
    if not reason.strip():
        raise Refusal(_("Say why; the reason is kept with the line's history."))
    line = BudgetLine.objects.select_for_update().get(pk=line.pk)
    line.is_protected = is_protected
    line.save(update_fields=["is_protected"])
    record(by, "budget.protect", line, is_protected=is_protected, reason=reason)


def _fits(account: str, measure: Measure) -> bool:
    return not measure.allowed_accounts or account in measure.allowed_accounts
