"""What was pressed on a phone about a hand-over: taken once, however often and late it comes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.people.links.acting import on_behalf
from pulih.people.links.models import Link
from pulih.people.models import User
from pulih.web.words import say

from ..acts import CountIn, GiveIn, Verdict
from ..models import Handover, Signature
from ..rules.handovers import fingerprint
from . import goods, handovers

Act = CountIn | GiveIn


def take_once(
    handover: Handover, device: str, act: Act, take: Callable[[], object], *, by: User | Link,
    refused: str, counted: int | None = None, **told: Any,
) -> Verdict:  # fmt: skip
    """Say whether the server has a press, and take it unless it was taken before.

    refused: what the record of actions calls a refusal, which names it for the office.
    counted: the count in the sentence that was signed; None in the giver's.
    """
    try:
        with transaction.atomic():
            # A phone that heard no answer sends again while the first sending is still at work.
            with on_behalf(by):
                goods.lock(handover.item)
            if not _is_there(handover, device, act, by):
                _refuse_other_sentence(handover, act, counted, by)
                take()
    except Refusal as refusal:
        sentence = say(refusal.message)
        record(by, refused, handover, why=sentence, **told)
        return Verdict(act.number, "refused", sentence)
    return Verdict(act.number, "taken")


def _is_there(handover: Handover, device: str, act: Act, by: User | Link) -> bool:
    """Tell whether this press was taken before. May refuse another one of the same number."""
    with on_behalf(by):
        kept = Signature.objects.filter(device=device, number=act.number).first()
    if kept is None:
        return False
    if (kept.handover_id, kept.fingerprint) != (handover.pk, fingerprint(act.text)):
        raise Refusal(_("Another press of this phone has this number already. Press again."))
    return True


def _refuse_other_sentence(
    handover: Handover, act: Act, counted: int | None, by: User | Link
) -> None:
    with on_behalf(by):
        text = handovers.text_of(handover, counted)
    if act.text != text:
        raise Refusal(other_sentence())


def other_sentence() -> str:
    return _("The page showed another sentence than this hand-over has. Open it again.")
