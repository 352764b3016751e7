"""Naming the papers that an SPP needs, or saying why one is not there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.budget.models import DocumentKind, Post, Posting
from pulih.budget.reads.doors import doors
from pulih.common.errors import Message, Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.web import numbers
from pulih.web.words import say

from ..models import SupportingPaper
from ..reads.supporting import PaperLine, checklist_of, edition_of, missing_of
from ..reads.taxes import today
from .taxes import one_at_a_time
from .who_may import require_hand


@dataclass(frozen=True)
class NamedPaper:
    """A paper with number and day, or the reason why it is not there; neither: it is missing."""

    code: str
    number: str = ""
    dated: date | None = None
    reason: str = ""


@transaction.atomic
def name_papers(
    request: Posting, papers: Sequence[NamedPaper], *, by: User
) -> list[SupportingPaper]:
    """Name papers of an SPP; what is not among `papers` stays as it is. May refuse.

    They can be named until the payment is ordered.
    """
    require(by, Permission.POST_DOCUMENTS, request.unit.province)
    hands = doors()[DocumentKind.REQUEST].hands
    require_hand(request.unit, by, Post.COMMITMENT_OFFICER, hands)
    one_at_a_time(request)
    _refuse_settled(request)
    known = {one.code: one for one in checklist_of(request) if one.code}
    changed = [one for one in map(_trimmed, papers) if _differs(one, known.get(one.code))]
    for one in changed:
        _refuse_unfit(one, known)
    edition = edition_of(request) + 1
    made = [
        SupportingPaper.objects.create(
            request=request, edition=edition, province_id=request.province_id, code=one.code,
            number=one.number, dated=one.dated, reason=one.reason, by=by,
        )
        for one in changed
    ]  # fmt: skip
    if made:
        record(by, "treasury.name_papers", request, papers=[one.code for one in made])
    return made


def refuse_incomplete(request: Posting) -> None:
    """Raise Refusal while a paper of the checklist is neither named nor excused."""
    if lacking := missing_of(request):
        raise Refusal(_incomplete(lacking))


def _trimmed(one: NamedPaper) -> NamedPaper:
    return NamedPaper(one.code, one.number.strip(), one.dated, " ".join(one.reason.split()))


def _differs(one: NamedPaper, held: PaperLine | None) -> bool:
    return held is None or (one.number, one.dated, one.reason) != (
        held.number, held.dated, held.reason,
    )  # fmt: skip


def _refuse_settled(request: Posting) -> None:
    if request.document_kind != DocumentKind.REQUEST or hasattr(request, "reversed_by"):
        raise Refusal(
            _("%(document)s is no payment request that can be examined.") % {"document": request}
        )
    if request.followed_by.filter(document_kind=DocumentKind.ORDER, reversed_by=None).exists():
        raise Refusal(
            _("The SPM was issued with these papers. Reverse it first, then change them.")
        )


def _refuse_unfit(one: NamedPaper, known: dict[str, PaperLine]) -> None:
    if one.code not in known:
        raise Refusal(
            _("“%(paper)s” is no paper of this SPP's checklist. Choose one that the page shows.")
            % {"paper": one.code[:40]}
        )
    words = {"paper": say(known[one.code].words)}
    if bool(one.number) != bool(one.dated):
        raise Refusal(_("Give both number and date of “%(paper)s”.") % words)
    if one.number and one.reason:
        raise Refusal(
            _("“%(paper)s” has a number, so it is there. Leave out why it is not.") % words
        )
    if one.dated and one.dated > today():
        raise Refusal(
            _("%(day)s lies ahead. Record it when it has happened.")
            % {"day": numbers.day(one.dated)}
        )


def _incomplete(lacking: Sequence[PaperLine]) -> Message:
    names_id = "; ".join(one.words.id for one in lacking)
    names_en = "; ".join(one.words.en for one in lacking)
    return Message(
        f"Dokumen pendukung belum lengkap: {names_id}. PPK menyebutkan nomor dan tanggalnya, atau "
        "menulis alasan mengapa tidak ada. Belum ada yang disimpan.",
        f"Supporting papers are missing: {names_en}. The commitment officer (PPK) names each with "
        "number and date, or writes why it is not there. Nothing was saved.",
    )
