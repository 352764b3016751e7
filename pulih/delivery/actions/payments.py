"""Paying by nominative lists: committing what was promised, fixing a list, asking for its payment.

Orders (SPM) and payments (SP2D) are written in the ledger by those who hold the posts for it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.budget import actions as budget
from pulih.budget.actions import Posted
from pulih.budget.models import Posting
from pulih.budget.reads.parties import is_number_of_the_speaker, names_of_the_speaker
from pulih.budget.reads.promises import left_of_promise
from pulih.common.errors import Refusal
from pulih.documents.actions import end
from pulih.documents.models import PaperState
from pulih.people.models import User
from pulih.proposals.models import DecidedRow
from pulih.treasury import actions as treasury
from pulih.treasury.reads import GIVEN, taxes
from pulih.treasury.rules.taxes import Payee
from pulih.web import numbers

from ..models import Activity, PaymentEntry, PaymentList, Stage
from ..papers import PAYMENT_LIST
from ..reads.checks import last_run
from ..reads.payments import (
    Owed,
    Source,
    claims,
    digest_of,
    owed,
    rows_of,
)
from ..rules.binding import result_days_on
from ..rules.payments import Basis, Pay
from . import honoraria
from .listing import (
    issue_paper,
    locked_for_a_list,
    promise_or_refuse,
    refuse_more_than_approved,
    require_money,
    some_of,
)
from .packs import refuse_incomplete


@transaction.atomic
def commit(
    activity: Activity, amounts: Mapping[int, int], *, number: str, effective_on: date, party: str,
    reason: str, by: User,
) -> Posted:  # fmt: skip
    """Commit money that is promised to the activity's proposal, by a contract or a decree.

    amounts: rupiah by line id, at most what is still promised on each. May refuse.
    """
    require_money(activity, by)
    promise = promise_or_refuse(activity)
    left = {one.line.pk: one for one in left_of_promise(promise)}
    for line, rupiah in amounts.items():
        if line not in left or rupiah > left[line].left:
            raise Refusal(
                _("%(line)s still holds %(left)s for this proposal, not %(asked)s. Correct it.")
                % {
                    "line": left[line].line.line_key if line in left else line,
                    "left": numbers.rupiah(left[line].left if line in left else 0),
                    "asked": numbers.rupiah(rupiah),
                }
            )
    posted = budget.commit(
        promise.unit, amounts, number=number, fiscal_year=promise.fiscal_year,
        effective_on=effective_on, by=by, party=party, reason=reason, promise=promise,
    )  # fmt: skip
    record(by, "delivery.commit", activity, posting=posted.posting_id)
    return posted


@transaction.atomic
def make_list(
    activity: Activity, row: DecidedRow, *, number: str, by: User, today: date,
    only: Collection[int] = (),
) -> PaymentList:  # fmt: skip
    """Fix who is paid by a row of the plan: all who can be, or `only` these participants.

    Whoever cannot be paid is left out, and named by the page; named in `only`, all is refused.
    """
    require_money(activity, by)
    promise, pay = locked_for_a_list(activity, number), _pay(activity, row)
    _refuse_old_checks(activity, today)
    wanted = _wanted(owed(activity, row, pay), only)
    gross = sum(one.amount.gross for one in wanted)
    refuse_more_than_approved(row, gross)
    made = PaymentList(
        activity=activity, province_id=activity.province_id, row=row, number=number,
        basis=pay.basis, rate=pay.rate, made_on=today, by=by, people=len(wanted), gross=gross,
        tax=sum(one.amount.tax for one in wanted),
    )  # fmt: skip
    entries = [
        PaymentEntry(
            list=made, row=row, participant=one.participant, province_id=activity.province_id,
            position=position, days=list(one.days), rate=pay.rate, times=one.amount.times,
            gross=one.amount.gross, tax=one.amount.tax,
        )
        for position, one in enumerate(wanted, 1)
    ]  # fmt: skip
    made.digest = digest_of(made, entries)
    made.save()
    PaymentEntry.objects.bulk_create(entries)
    issue_paper(made, promise)
    record(by, "delivery.make_payment_list", made, people=made.people, digest=made.digest)
    return made


@transaction.atomic
def request_payment(
    given: PaymentList, *, source: Source, number: str, effective_on: date, method: str, by: User,
    today: date,
) -> Posted:  # fmt: skip
    """Ask for the payment of a list (SPP), of a commitment or of the imprest. May refuse.

    Refused too: a list that somebody on it may no longer be paid by, whose papers are not all
    together, or that pays whoever asks.
    """
    found = _locked(given, by)
    promise = promise_or_refuse(found.activity)
    if found.request_id and not hasattr(found.request, "reversed_by"):
        raise Refusal(_("The payment of this list is requested already: %(document)s.")
                      % {"document": found.request})  # fmt: skip
    if effective_on < found.made_on:
        raise Refusal(
            _("The request of %(day)s would stand before its list of %(made)s. Correct the day.")
            % {"day": numbers.day(effective_on), "made": numbers.day(found.made_on)}
        )
    _refuse_changed(found, today)
    _refuse_oneself(found)
    refuse_incomplete(found)
    commitment = source.commitment
    posted = budget.request_payment(
        promise.unit, {source.left.line.pk: found.gross}, number=number,
        fiscal_year=promise.fiscal_year, effective_on=effective_on, by=by, method=method,
        commitment=commitment, party=f"Daftar nominatif {found.number}",
        reason=f"{found.activity.title}: {found.people} orang, sidik {found.digest[:16]}",
        promise=None if commitment else promise, is_of_list=True,
    )  # fmt: skip
    if not posted.is_new:
        raise Refusal(_("SPP %(number)s is in the books already. Give it another number.")
                      % {"number": number})  # fmt: skip
    found.request_id = posted.posting_id
    found.save(update_fields=["request"])
    _state_taxes(found, posted.posting_id, by)
    record(by, "delivery.request_payment", found, posting=posted.posting_id)
    return posted


def _state_taxes(given: PaymentList, posting_id: int, by: User) -> None:
    """State on the SPP what the list withholds, so that nobody types it a second time."""
    request = Posting.objects.select_related("unit__province").get(pk=posting_id)
    if request.method in GIVEN:
        return  # Cash is only handed out; what it pays comes with its own request.
    payee = Payee.PERSON if given.tax else Payee.EXEMPT
    rule = taxes.suggested(request, payee, has_number=False)
    amounts = {"pph21": given.tax} if given.tax else {}
    differs = amounts != {one.tax: one.rupiah for one in rule}
    treasury.state_taxes(
        request, amounts, payee=payee, has_number=False, by=by,
        reason=f"Daftar nominatif {given.number}" if differs else "",
    )  # fmt: skip


def ask_again(document: Posting, day: date) -> None:
    """Refuse to order or pay a list that changed since it was requested, or that pays the officer.

    document: its request, or the order of that. Other documents are no list's and pass.
    """
    lists = PaymentList.objects.select_related("activity__proposal", "row")
    found = lists.filter(request__in=[document.pk, document.refers_to_id]).first()
    if found is not None:
        _refuse_changed(found, day)
        _refuse_oneself(found)


@transaction.atomic
def withdraw_list(given: PaymentList, *, reason: str, by: User, today: date) -> PaymentList:
    """Withdraw a list that no standing request names, so that another may pay. May refuse."""
    found = _locked(given, by)
    if found.request_id and not hasattr(found.request, "reversed_by"):
        raise Refusal(
            _("%(document)s asks for the payment of this list. Reverse it in the ledger first.")
            % {"document": found.request}
        )
    found.withdrawn_on, found.withdrawn_because = today, reason
    found.save(update_fields=["withdrawn_on", "withdrawn_because"])
    found.entries.update(is_void=True)
    honoraria.void(found)
    end(PAYMENT_LIST, found.pk, PaperState.WITHDRAWN, on=today)
    record(by, "delivery.withdraw_payment_list", found)
    return found


def _locked(given: PaymentList, by: User) -> PaymentList:
    require_money(given.activity, by)
    Activity.objects.select_for_update(of=("self",)).get(pk=given.activity_id)
    lists = PaymentList.objects.select_related("activity__proposal", "row", "request__reversed_by")
    found: PaymentList = lists.get(pk=given.pk)
    if found.withdrawn_on:
        raise Refusal(
            _("This list was withdrawn on %(day)s.") % {"day": numbers.day(found.withdrawn_on)}
        )
    return found


def _pay(activity: Activity, row: DecidedRow) -> Pay:
    found = next((pay for one, pay in rows_of(activity) if one.pk == row.pk), None)
    if found is None:
        raise Refusal(_("“%(row)s” of the cost plan pays no participants.") % {"row": row.text})
    return found


def _refuse_old_checks(activity: Activity, today: date) -> None:
    run = last_run(activity, Stage.PAYMENT)
    if run is None:
        raise Refusal(_("Run the checks before payment first; nobody is paid unchecked."))
    if (today - run.day).days > result_days_on(today):
        raise Refusal(
            _("The participants were checked on %(day)s. Check them again before they are paid.")
            % {"day": numbers.day(run.day)}
        )


def _wanted(people: Sequence[Owed], only: Collection[int]) -> list[Owed]:
    chosen = [one for one in people if one.participant.pk in only] if only else people
    blocked = [
        f"{one.participant.person} ({', '.join(map(str, one.reasons))})"
        for one in chosen
        if one.obstacles
    ]
    if only and (blocked or len(chosen) < len(set(only))):
        raise Refusal(_("Cannot be paid: %(people)s. Nothing was saved.")
                      % {"people": some_of(blocked)})  # fmt: skip
    found = [one for one in chosen if not one.obstacles]
    if not found:
        raise Refusal(
            _("Nobody can be paid by this row yet: %(people)s. Nothing was saved.")
            % {"people": some_of(blocked) or _("the classes are empty")}
        )
    return found


def _refuse_changed(given: PaymentList, today: date) -> None:
    """Nobody is asked money for who, by now, was absent, left, or is blocked by a check."""
    if given.is_of_teachers:
        changed = honoraria.changed(given)
    else:
        _refuse_old_checks(given.activity, today)
        changed = _changed(given)
    if names := list(dict.fromkeys([*changed, *(one.name for one in claims(given))])):
        raise Refusal(
            _(
                "Since the list was made, something changed for %(people)s. Withdraw the list and "
                "make it anew."
            )
            % {"people": some_of(names)}
        )


def _changed(given: PaymentList) -> list[str]:
    """Return who of a list of participants would not be paid the same today.

    Whoever turns out to have come on more days stays: another list pays those.
    """
    pay = _pay(given.activity, given.row)
    now = {one.participant.pk: one for one in owed(given.activity, given.row, pay, without=given)}
    listed = given.entries.select_related("participant__person")
    return [
        str(one.participant.person)
        for one in listed
        if one.participant_id not in now
        or now[one.participant_id].obstacles
        or one.rate != pay.rate
        or (pay.basis is Basis.DAY and set(one.days) - set(now[one.participant_id].days))
    ]


def _refuse_oneself(given: PaymentList) -> None:
    """Nobody asks, orders or records a payment on whose list one's own name or NIK stands."""
    listed = [one.participant.person for one in given.entries.select_related("participant__person")]
    teachers = [one.trainer for one in given.honoraria.select_related("trainer")]
    named = [*map(str, listed), *(one.name for one in teachers)]
    if is_number_of_the_speaker(one.nik for one in (*listed, *teachers)):
        raise Refusal(
            _(
                "Somebody on this list has your own NIK. Let another officer do it, or make the "
                "list without that person."
            )
        )
    if own := names_of_the_speaker(named):
        raise Refusal(
            _(
                "%(person)s on this list bears your own name. Let another officer do it, or make "
                "the list without that person."
            )
            % {"person": own[0]}
        )
