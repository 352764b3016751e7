"""Putting a revision in force: lines opened, one posting, page III moved, in one transaction."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from pulih.budget.actions.cash_plans import move_plan
from pulih.budget.actions.details import replace_details, row_of
from pulih.budget.actions.ledger import Posted, post, refuse_closed
from pulih.budget.models import AmountKind, BudgetLine, DocumentKind, SpendingUnit
from pulih.budget.rules import closing
from pulih.budget.rules.guards import protected_by
from pulih.budget.rules.keys import PARTS, Funding, LineKey, line_key
from pulih.budget.rules.movements import Movement
from pulih.common.errors import Message, Refusal
from pulih.common.money import rupiah
from pulih.common.periods import day
from pulih.people.models import User

from ..models import Revision, RevisionMovement, RevisionState, RevisionStep
from ..states import REVISION
from .drafting import new_funding, refuse_unless_declared
from .promises import release_broken
from .recording import locked, step
from .steps import refuse_judged_anew, refuse_stale, require_decider


@transaction.atomic
def put_in_force(revision: Revision, *, effective_on: date, by: User) -> Posted:
    """Post an approved revision on the day it takes effect; asked again, it is one. May refuse."""
    # One revision of a unit at a time, so that each number is given once; units come before lines.
    SpendingUnit.objects.select_for_update(no_key=True).get(pk=revision.unit_id)
    revision = locked(revision)
    require_decider(revision, revision.authority, effective_on, by)
    if revision.posting_id:
        _refuse_another_day(revision, effective_on)
        return Posted(revision.posting_id, False)
    REVISION.move(revision.state, "enact")
    refuse_closed(closing.REVISION + revision.authority, revision.fiscal_year, effective_on)
    refuse_judged_anew(revision, revision.authority, effective_on)
    _refuse_alone(revision)
    movements = _on_lines_as_they_are(revision)
    refuse_unless_declared(movements, revision.declared_total)
    _open_lines(revision, movements, effective_on)
    letter = revision.steps.filter(state=RevisionState.APPROVED).latest("id")
    _refuse_before_the_letter(letter, effective_on)
    release_broken(
        revision, movements, letter=letter.letter_number, effective_on=effective_on, by=by
    )
    posted = post(
        kind=DocumentKind.REVISION,
        number=letter.letter_number,
        unit=revision.unit,
        fiscal_year=revision.fiscal_year,
        effective_on=effective_on,
        movements=[Movement(m.line.pk, AmountKind.CEILING, m.rupiah) for m in movements if m.line],
        by=by,
        reason=str(revision),
    )
    if not posted.is_new:
        raise Refusal(
            _("The letter %(number)s has been posted before for this unit. Nothing was saved.")
            % {"number": letter.letter_number}
        )
    _supersede_earlier(revision, by)
    _follow(revision, movements, posted.posting_id, effective_on)
    revision.posting_id, revision.effective_on = posted.posting_id, effective_on
    step(revision, "enact", by, letter_number=letter.letter_number,
         letter_date=letter.letter_date, authority=letter.authority)  # fmt: skip
    return posted


def _refuse_another_day(revision: Revision, effective_on: date) -> None:
    since = revision.effective_on
    if since and since != effective_on:
        raise Refusal(
            Message(
                f"Revisi ini sudah berlaku sejak {day(since)}. Tidak ada yang berubah.",
                f"This revision is in force since {day(since, 'en')}. Nothing changed.",
            )
        )


def _refuse_alone(revision: Revision) -> None:
    """Raise Refusal where money was to move between units, and the others' part is gone.

    It was judged as a shift between units; without them it changes the ceiling of all.
    """
    if revision.set_total or not (revision.set_facts and revision.declared_total):
        return
    together = Revision.objects.filter(source=revision.source, fiscal_year=revision.fiscal_year)
    kept = together.exclude(state=RevisionState.WITHDRAWN)
    total = kept.aggregate(total=Sum("declared_total"))["total"]
    if total:
        raise Refusal(
            Message(
                f"Revisi ini memindahkan pagu antar satker, tetapi semua revisi rencananya kini "
                f"berjumlah {rupiah(total)}, bukan nol: ada yang ditarik atau diubah. Kembalikan "
                "revisi ini. Belum ada yang disimpan.",
                f"This revision moves ceiling between units, but all revisions of its plan now "
                f"come to {rupiah(total, 'en')}, not to nothing: one was withdrawn or changed. "
                "Return this revision. Nothing was saved.",
            )
        )


def _refuse_before_the_letter(letter: RevisionStep, effective_on: date) -> None:
    signed = letter.letter_date
    if signed and effective_on < signed:
        raise Refusal(
            Message(
                f"Surat persetujuannya bertanggal {day(signed)}; revisi tidak berlaku sebelum itu. "
                "Belum ada yang disimpan.",
                f"The letter of approval is dated {day(signed, 'en')}; a revision is not in force "
                "before that. Nothing was saved.",
            )
        )


def _on_lines_as_they_are(revision: Revision) -> list[RevisionMovement]:
    """Return the movements with their lines locked; refuse what no longer fits."""
    movements = list(revision.movements.order_by("line_key", "id"))
    ids = [one.line_id for one in movements if one.line_id]
    # In the order of ids, as the posting locks them.
    lines = {
        line.pk: line
        for line in BudgetLine.objects.filter(pk__in=ids).order_by("id").select_for_update()
    }
    for one in movements:
        one.line = lines[one.line_id] if one.line_id else None
    refuse_stale(tuple(m for m in movements if m.line and m.line.ceiling != m.ceiling_before))
    return movements


def _open_lines(
    revision: Revision, movements: Sequence[RevisionMovement], effective_on: date
) -> None:
    siblings = list(revision.unit.lines.filter(fiscal_year=revision.fiscal_year).order_by("id"))
    there = {(line.line_key, line.funding) for line in siblings}
    for one in movements:
        if one.line is None:
            said = Funding(one.fund_source or "", one.programme or "", one.authority or "")
            one.funding = new_funding(
                revision.unit, one.line_key, revision.fiscal_year, said, siblings
            )
            if (one.line_key, one.funding) in there:
                raise Refusal(_opened_meanwhile(one))
            one.line = _opened(revision, one, effective_on)
            one.save(update_fields=["line", *Funding._fields])


def _opened(revision: Revision, one: RevisionMovement, effective_on: date) -> BudgetLine:
    key = line_key(one.line_key, revision.fiscal_year)
    if not isinstance(key, LineKey):
        raise Refusal(key)
    return BudgetLine.objects.create(
        **one.funding._asdict(),
        unit=revision.unit,
        province_id=revision.province_id,
        fiscal_year=revision.fiscal_year,
        line_key=str(key),
        detail=one.detail,
        measure_id=one.measure_id,
        is_protected=protected_by(key.account, effective_on) is not None,
        **{name: getattr(key, name) for name in PARTS},
    )


def _opened_meanwhile(one: RevisionMovement) -> Message:
    return Message(
        f"Baris {one.line_key} sudah dibuka dokumen lain sejak draf ini dibuat. Ubah drafnya. "
        "Belum ada yang disimpan.",
        f"Line {one.line_key} was opened by another document since this draft was made. Change "
        "the draft. Nothing was saved.",
    )


def _supersede_earlier(revision: Revision, by: User) -> None:
    same = Revision.objects.filter(unit=revision.unit, fiscal_year=revision.fiscal_year)
    revision.number = Revision.objects.next_number(revision, revision.authority)
    for earlier in same.filter(state=RevisionState.IN_FORCE).select_for_update():
        words = _("by %(document)s revision %(n)s")
        note = words % {"document": revision.document, "n": revision.number}
        step(earlier, "supersede", by, note=note)


def _follow(
    revision: Revision,
    movements: Sequence[RevisionMovement],
    posting_id: int,
    effective_on: date,
) -> None:
    """Let page III and the rows of lines follow what has moved."""
    change: dict[str, int] = defaultdict(int)
    for one in movements:
        change[one.account[:2]] += one.rupiah
        if one.line is not None and one.details:
            was = [
                row_of(detail) | {"was": True} for detail in one.line.details.order_by("position")
            ]
            replace_details(one.line, one.details, posting_id)
            one.details = [*was, *one.details]  # So that its matrix can be printed for ever.
            one.save(update_fields=["details"])
    move_plan(revision.unit, revision.fiscal_year, change, effective_on, posting_id)
