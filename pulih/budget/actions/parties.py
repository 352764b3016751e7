"""Fixing the kind of a payee, which decides whether its name is published."""

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, require

from ..models import PartyRuling, Posting
from ..reads.parties import kind_on
from ..rules.parties import PartyKind, digest_of


@transaction.atomic
def rule_party(posting: Posting, *, kind: str, reason: str, by: User) -> PartyRuling:
    """State what the payee of a document is, for all documents of its province. May refuse.

    It counts in releases that are made later; those on show stay as they are.
    """
    require(by, Permission.POST_DOCUMENTS, posting.province)
    now = kind_on(posting)
    if now is None:
        raise Refusal(_("This document names no payee, so there is nothing to state."))
    if not reason.strip():
        raise Refusal(_("Say why; the reason is kept."))
    if now.kind is PartyKind(kind):
        raise Refusal(_("The payee counts as that already. Nothing was saved."))
    ruling = PartyRuling.objects.create(
        province=posting.province,
        digest=digest_of(posting.party),
        kind=kind,
        reason=reason.strip(),
        by=by,
    )
    record(by, "budget.rule_party", posting, kind=kind)
    return ruling
