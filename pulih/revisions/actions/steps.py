"""The steps of a revision before it is in force. Who proposes does not approve."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.budget.actions.ledger import refuse_closed
from pulih.budget.models import Appointment, Post
from pulih.budget.rules import closing
from pulih.budget.rules.offices import NAMES, Office
from pulih.common.errors import Message, Refusal
from pulih.common.money import rupiah
from pulih.common.periods import day
from pulih.people.models import User
from pulih.people.permissions import Permission, may, require

from ..assessing import Assessed, assess, day_of
from ..models import Revision, RevisionMovement, RevisionState
from ..states import REVISION
from .drafting import refuse_unless_declared
from .recording import locked, step


@transaction.atomic
def propose(
    revision: Revision, *, by: User, letter_number: str = "", letter_date: date | None = None,
    note: str = "",
) -> Revision:  # fmt: skip
    """Send a draft to those who decide; nothing leaves Pulih by itself. May refuse.

    Refused: balances that have moved since it was drafted, and money that may not be touched.
    """
    revision = locked(revision)
    require(by, Permission.REVISE_BUDGET, revision.unit.province)
    REVISION.move(revision.state, "propose")
    found = assess(revision)
    refuse_unless_declared(found.movements, revision.declared_total)
    refuse_stale(found.stale)
    _refuse_forbidden(found)
    revision.authority = found.judged.whole.office.name
    revision.proposed_by = by
    step(
        revision, "propose", by, note=note, letter_number=letter_number,
        letter_date=letter_date, authority=revision.authority,
    )  # fmt: skip
    return revision


@transaction.atomic
def return_(
    revision: Revision, *, reason: str, by: User, letter_number: str = "",
    letter_date: date | None = None,
) -> Revision:  # fmt: skip
    """Give a proposed or approved revision back, with the reason. May refuse."""
    revision = locked(revision)
    require(by, Permission.APPROVE_REVISIONS, revision.unit.province)
    REVISION.move(revision.state, "return")
    if not reason.strip():
        raise Refusal(_("Say why it is returned; the office must know what to change."))
    step(
        revision, "return", by, note=reason, letter_number=letter_number,
        letter_date=letter_date,
    )  # fmt: skip
    return revision


@transaction.atomic
def approve(
    revision: Revision, *, office: str, letter_number: str, letter_date: date | None, by: User,
    note: str = "",
) -> Revision:  # fmt: skip
    """Record the decision of the office that approved, by its letter. May refuse.

    Refused: the one who proposed it, an office below the one required, a decision without letter.
    """
    revision = locked(revision)
    require_decider(revision, office, letter_date, by)
    REVISION.move(revision.state, "approve")
    if by.pk == revision.proposed_by_id:
        raise Refusal(_("You proposed this revision; somebody else records its approval."))
    required = Office[revision.authority]
    if Office[office] < required:
        raise Refusal(
            _("%(office)s may not approve this; %(required)s must.")
            % {"office": office, "required": required.name}
        )
    if not letter_number.strip() or letter_date is None:
        raise Refusal(_("Give the number and date of the letter of approval."))
    refuse_closed(closing.REVISION + office, revision.fiscal_year, letter_date)
    # No revision takes effect before its letter, so the rules of the letter's day may bind it.
    refuse_judged_anew(revision, office, max(letter_date, day_of(revision)))
    revision.authority = office
    step(
        revision, "approve", by, note=note, letter_number=letter_number,
        letter_date=letter_date, authority=office,
    )  # fmt: skip
    return revision


@transaction.atomic
def withdraw(revision: Revision, *, reason: str, by: User) -> Revision:
    """Take back a revision that is not in force; it stays readable. May refuse."""
    revision = locked(revision)
    require(by, Permission.REVISE_BUDGET, revision.unit.province)
    if revision.state == RevisionState.WITHDRAWN:
        _refuse_another_reason(revision, reason)
        return revision
    if not revision.is_open:
        raise Refusal(_("A revision in force is not withdrawn; propose another that undoes it."))
    if not reason.strip():
        raise Refusal(_("Say why it is withdrawn; the reason is kept."))
    step(revision, "withdraw", by, note=reason)
    return revision


def _refuse_another_reason(revision: Revision, reason: str) -> None:
    """Raise Refusal unless a withdrawn revision is withdrawn once more for the reason it has."""
    kept = revision.steps.latest("pk").note
    if reason.strip() != kept:
        raise Refusal(
            Message(
                f"Revisi ini sudah ditarik dengan alasan “{kept}”. Alasan Anda tidak disimpan.",
                f"This revision is withdrawn already, for the reason “{kept}”. Your reason was "
                "not saved.",
            )
        )


def require_decider(revision: Revision, office: str, on: date | None, by: User) -> None:
    """Raise PermissionDenied unless `by` records decisions, or is the KPA who takes this one.

    What is the KPA's to decide is decided by whoever is appointed KPA of the unit on that day.
    """
    if office == Office.KPA.name and on and may(by, Permission.REVISE_BUDGET, revision.province):
        held = Appointment.objects.on(on).filter(unit=revision.unit_id, person=by)
        if held.filter(post=Post.AUTHORISED_USER).exists():
            return
    require(by, Permission.APPROVE_REVISIONS, revision.unit.province)


def refuse_judged_anew(revision: Revision, office: str, on: date) -> None:
    """Raise Refusal where, by the rules of the day of effect, `office` does not decide it.

    What was judged by the rules of one day and takes effect on another is judged again.
    """
    found = assess(revision, on=on)
    if Office[office] < found.judged.whole.office:
        raise Refusal(_decided_lower(found, office, day_of(revision)))
    for one in found.forbidden[:1]:
        raise Refusal(
            Message(
                f"Menurut aturan per {day(on)}, baris {one.line_key}: {one.message.id} Kembalikan "
                "revisi ini lalu ubah. Belum ada yang disimpan.",
                f"By the rules of {day(on, 'en')}, line {one.line_key}: {one.message.en} Return "
                "this revision and change it. Nothing was saved.",
            )
        )


def _decided_lower(found: Assessed, office: str, planned: date) -> Message:
    needed, decided, on = found.judged.whole, NAMES[Office[office]], found.judged.on
    regime = found.judged.regime
    by_id = f" ({regime.name.id})" if regime else ""
    by_en = f" ({regime.name.en})" if regime else ""
    return Message(
        f"Per {day(on)}{by_id} yang menyetujui adalah {needed.name.id}: {needed.message.id} "
        f"{decided.id} memutus menurut aturan per {day(planned)}. Kembalikan revisi ini dan "
        "ajukan lagi. Belum ada yang disimpan.",
        f"On {day(on, 'en')}{by_en} {needed.name.en} approves: {needed.message.en} {decided.en} "
        f"decided by the rules of {day(planned, 'en')}. Return this revision and propose it "
        "again. Nothing was saved.",
    )


def refuse_stale(stale: tuple[RevisionMovement, ...]) -> None:
    """Raise Refusal naming the first line whose ceiling is no longer what the draft was made on."""
    for one in stale:
        now = one.line.ceiling if one.line else 0
        more_id = f" ({len(stale) - 1} baris lain juga.)" if len(stale) > 1 else ""
        more_en = f" ({len(stale) - 1} other lines too.)" if len(stale) > 1 else ""
        raise Refusal(
            Message(
                f"Baris {one.line_key}: pagunya sekarang {rupiah(now)}, sedangkan draf ini dibuat "
                f"dengan {rupiah(one.ceiling_before)}.{more_id} Ubah drafnya. "
                "Belum ada yang disimpan.",
                f"Line {one.line_key}: its ceiling is now {rupiah(now, 'en')}, while this draft "
                f"was made with {rupiah(one.ceiling_before, 'en')}.{more_en} Change the draft. "
                "Nothing was saved.",
            )
        )


def _refuse_forbidden(found: Assessed) -> None:
    for first in found.forbidden[:1]:
        rest = len(found.forbidden) - 1
        more_id = f" ({rest} hal lain juga.)" if rest else ""
        more_en = f" ({rest} other things too.)" if rest else ""
        raise Refusal(
            Message(
                f"Baris {first.line_key}: {first.message.id}{more_id} Belum diajukan.",
                f"Line {first.line_key}: {first.message.en}{more_en} It was not proposed.",
            )
        )
