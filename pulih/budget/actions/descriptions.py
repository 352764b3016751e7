"""Stating whether the text beside a line names a person, which decides if it is published."""

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, require

from ..models import BudgetLine, DescriptionRuling
from ..reads.descriptions import described
from ..rules.descriptions import DescriptionKind, text_digest


@transaction.atomic
def rule_description(line: BudgetLine, *, kind: str, reason: str, by: User) -> DescriptionRuling:
    """State what the description of a line speaks of. May refuse."""
    require(by, Permission.POST_DOCUMENTS, line.province)
    ruling = rule_text(line.province_id, line.detail, kind=kind, reason=reason, by=by)
    record(by, "budget.rule_description", line, kind=kind)
    return ruling


def rule_text(province: int, text: str, *, kind: str, reason: str, by: User) -> DescriptionRuling:
    """State what a text speaks of, on all lines and goods of its province. May refuse.

    It counts in releases that are made later; those on show stay as they are. The caller holds the
    permission and records it.
    """
    now = described(province, text)
    if now is None:
        raise Refusal(_("This line has no description, so there is nothing to state."))
    if not reason.strip():
        raise Refusal(_("Say why; the reason is kept."))
    if now.kind is DescriptionKind(kind):
        raise Refusal(_("The description counts as that already. Nothing was saved."))
    return DescriptionRuling.objects.create(
        province_id=province, digest=text_digest(text), kind=kind, reason=reason.strip(), by=by
    )
