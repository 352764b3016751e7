"""The verification sheet (lembar verifikasi): every item of the checklist with its answer.

The layout is from memory (verified = no).
"""

from pathlib import Path
from typing import Any

from pulih.common import periods
from pulih.common.money import grouped, rupiah
from pulih.documents.lookups import code_in_force
from pulih.documents.seals import seal
from pulih.documents.signing import Signature
from pulih.documents.typesetting import typeset
from pulih.workflow.calendars import zone_of
from pulih.workflow.models import Step

from ..models import Verification
from ..papers import ANSWERED_BY, VERIFICATION
from ..presenters import office_name
from ..rules.machine import PROPOSAL
from ..rules.reviewing import items

TEMPLATE = Path(__file__).with_name("verification.typ")
WORDS = {"yes": "ya", "no": "tidak", "not_applicable": "tidak berlaku"}


def verification_sheet(verification: Verification) -> bytes:
    """Return the PDF; the same verification always gives the same sheet."""
    return typeset(TEMPLATE, values(verification))


def values(verification: Verification) -> dict[str, Any]:
    proposal = verification.proposal
    zone = zone_of(proposal.province_id)
    return {
        "from": ANSWERED_BY,
        "office": office_name(proposal.province),
        "number": proposal.number,
        "version": str(verification.version.number),
        "fingerprint": verification.version.fingerprint,
        "title": proposal.title,
        "measure": proposal.measure.name_indonesian,
        "year": str(proposal.round.fiscal_year),
        "day": periods.day(verification.at.astimezone(zone).date()),
        "verifier": verification.by.name,
        "sign": Signature("Verifikator", verification.by.name, "").values(),
        "asked": rupiah(sum(row["rupiah"] for row in verification.version.content["rows"])),
        "people": grouped(sum(one["people"] for one in verification.version.content["places"])),
        "items": [_item(verification, one.key, one.words.id) for one in items()],
        "outcome": "terverifikasi" if verification.is_passed else "dikembalikan untuk diperbaiki",
        "reason": _reason(verification),
        "seal": seal(code_in_force(VERIFICATION, proposal.pk)),
    }


def _item(verification: Verification, key: str, words: str) -> list[str]:
    """Return an item with its answer; one that the list did not hold yet has none."""
    answer, reason = verification.answers.get(key, ("", ""))
    return [words, WORDS.get(answer, "–"), reason or "–"]


def _reason(verification: Verification) -> str:
    """Return what is to be repaired, out of the step that was taken with this verification."""
    if verification.is_passed:
        return ""
    steps = Step.objects.of(PROPOSAL.key, verification.proposal_id).filter(
        move="return", at__gte=verification.at
    )
    first = steps.order_by("number").first()
    return first.reason if first else ""
