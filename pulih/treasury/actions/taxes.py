"""What is withheld from a payment request: stated by the PPK, paid in by the treasurer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.budget.models import DocumentKind, Post, Posting
from pulih.budget.reads.doors import doors
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.web import numbers
from pulih.web.words import say

from ..models import Deduction, TaxProof, Withholding
from ..reads import GIVEN
from ..reads import taxes as reads
from ..reads.taxes import Difference
from ..rules import taxes
from ..rules.taxes import Way
from .cash_books import lock_books
from .tax_refusals import refuse_differing, refuse_sums, refuse_unknown
from .who_may import require_hand

LOCK = "SELECT pg_advisory_xact_lock(hashtext('treasury.withholding'), %s)"
NTPN_LOCK = "SELECT pg_advisory_xact_lock(hashtext('treasury_ntpn'))"
LARGEST_LOCK = 2**31


@transaction.atomic
def state_taxes(
    request: Posting, amounts: Mapping[str, int], *, payee: str, has_number: bool, by: User,
    withheld_on: date | None = None, is_cash: bool = False, reason: str = "",
    seen: int | None = None,
) -> Withholding:  # fmt: skip
    """State what is withheld from an SPP, in rupiah by tax. May refuse.

    It may be stated again until the payment is ordered or a tax is paid in. withheld_on: of what
    the treasurer paid and took off before asking; else the day of the SPP. seen: the edition that
    the page showed, 0 for none.
    """
    require(by, Permission.POST_DOCUMENTS, request.unit.province)
    require_hand(request.unit, by, Post.COMMITMENT_OFFICER, doors()[DocumentKind.REQUEST].hands)
    one_at_a_time(request)
    lock_books(request.unit_id)
    before = reads.newest(request)
    _refuse_settled(request, before, seen)
    way, on = taxes.way_of(request.method), withheld_on or request.effective_on
    _refuse_day(request, way, on)
    if is_cash and way == Way.ORDER:
        raise Refusal(_("The treasury pays this SPP, so nothing of it is paid in cash."))
    refuse_unknown(amounts)
    rule = reads.suggested(request, payee, on, has_number=has_number)
    gross = sum(reads.amounts_of(request).values())
    rows = reads.beside_the_rule(rule, gross, amounts)
    refuse_sums(rows, gross, is_given=request.method in GIVEN)
    refuse_differing(rows, reason)
    withheld = sum(one.rupiah for one in rows)
    made = Withholding.objects.create(
        request=request, edition=before.edition + 1 if before else 1, unit=request.unit,
        province_id=request.province_id, payee=payee, has_number=has_number, way=way,
        is_cash=is_cash, withheld_on=on, gross=gross, withheld=withheld,
        net=gross - withheld, reason=" ".join(reason.split()), by=by,
    )  # fmt: skip
    _keep(made, rows)
    record(by, "treasury.state_taxes", made, request=request.pk)
    return made


@transaction.atomic
def record_proof(deduction: Deduction, *, ntpn: str, paid_on: date, by: User) -> TaxProof:
    """Record that a deduction was paid in: its receipt number (NTPN) and day. May refuse."""
    _require_treasurer(deduction, by)
    lock_books(deduction.withholding.unit_id)
    number = re.sub(r"[\s.-]", "", ntpn).upper()
    if not re.fullmatch(r"[0-9A-Z]{16}", number):
        raise Refusal(
            _(
                "An NTPN has 16 letters and figures; “%(ntpn)s” has %(count)s. Read it again from "
                "the receipt."
            )
            % {"ntpn": ntpn[:40], "count": len(number)}
        )
    with connection.cursor() as cursor:
        cursor.execute(NTPN_LOCK)
    one = _standing(deduction)
    _refuse_unpayable(one, paid_on)
    _refuse_used(number, one)
    proof = TaxProof.objects.create(
        deduction=deduction, province_id=deduction.province_id, ntpn=number, paid_on=paid_on, by=by
    )
    record(by, "treasury.record_proof", proof, deduction=deduction.pk)
    return proof


@transaction.atomic
def withdraw_proof(deduction: Deduction, *, reason: str, by: User) -> TaxProof:
    """Take a proof back that was typed wrong, saying why; another may follow. May refuse.

    Also of an SPP that was reversed: its receipt counts for the tax of another one.
    """
    _require_treasurer(deduction, by)
    lock_books(deduction.withholding.unit_id)
    proof = reads.proof_of(deduction)
    if proof is None:
        raise Refusal(_("No NTPN is recorded for this tax, so there is none to withdraw."))
    if not reason.strip():
        raise Refusal(_("Write the reason why the NTPN is withdrawn."))
    withdrawn = TaxProof.objects.create(
        deduction=deduction, province_id=deduction.province_id, ntpn=proof.ntpn,
        paid_on=proof.paid_on, is_void=True, reason=" ".join(reason.split()), by=by,
    )  # fmt: skip
    record(by, "treasury.withdraw_proof", withdrawn, deduction=deduction.pk)
    return withdrawn


def one_at_a_time(request: Posting) -> None:
    """Let stating the taxes of an SPP and ordering its payment take turns."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [request.pk % LARGEST_LOCK])


def _keep(made: Withholding, rows: list[Difference]) -> None:
    Deduction.objects.bulk_create(
        Deduction(withholding=made, province_id=made.province_id, tax=one.tax, base=one.base,
                  rupiah=one.rupiah, suggested=one.suggested)
        for one in rows if one.rupiah or one.suggested
    )  # fmt: skip


def _require_treasurer(deduction: Deduction, by: User) -> None:
    unit = deduction.withholding.unit
    require(by, Permission.POST_DOCUMENTS, unit.province)
    require_hand(unit, by, Post.TREASURER)


def _refuse_settled(request: Posting, before: Withholding | None, seen: int | None) -> None:
    if request.document_kind != DocumentKind.REQUEST or hasattr(request, "reversed_by"):
        raise Refusal(
            _("%(document)s is no payment request from which anything is withheld.")
            % {"document": request}
        )
    if seen is not None and seen != (before.edition if before else 0):
        raise Refusal(_("Somebody stated the taxes in the meantime. Look at them, then decide."))
    if request.followed_by.filter(document_kind=DocumentKind.ORDER, reversed_by=None).exists():
        raise Refusal(
            _("The SPM is issued with these taxes. Reverse it first, then state them anew.")
        )
    if before and reads.with_proofs(before.deductions.all()).filter(ntpn__isnull=False).exists():
        raise Refusal(_("An NTPN is recorded for these taxes. The treasurer withdraws it first."))


def _refuse_day(request: Posting, way: Way, on: date) -> None:
    if way == Way.ORDER and on != request.effective_on:
        raise Refusal(_("The treasury takes these taxes off, so their day is that of the SPP."))
    if on > request.effective_on or on.year != request.fiscal_year:
        raise Refusal(
            _(
                "The tax was withheld between 1 January %(year)s and the day of the SPP, "
                "%(day)s. Correct the day."
            )
            % {"year": request.fiscal_year, "day": numbers.day(request.effective_on)}
        )


def _standing(deduction: Deduction) -> Any:
    """Return a deduction with its proof; what was stated again or reversed is refused."""
    rows = reads.with_proofs(Deduction.objects.stated().filter(pk=deduction.pk))
    found = rows.select_related("withholding__request").first()
    if found is None:
        raise Refusal(_("This tax no longer stands: it was stated anew, or its SPP was reversed."))
    if not found.rupiah:
        raise Refusal(_("Nothing is withheld of this tax, so there is nothing to pay in."))
    return found


def _refuse_unpayable(one: Any, paid_on: date) -> None:
    held = one.withholding
    if one.ntpn is not None:
        raise Refusal(_("An NTPN is recorded for this tax already. Withdraw it first."))
    if held.way == Way.ORDER and one.sp2d_on is None:
        raise Refusal(_("The treasury pays this tax in with the SP2D. Record the SP2D first."))
    if not held.withheld_on <= paid_on <= reads.today():
        raise Refusal(
            _("The tax was withheld on %(day)s; it is paid in from then until today. Correct it.")
            % {"day": numbers.day(held.withheld_on)}
        )


def _refuse_used(number: str, one: Deduction) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT treasury_ntpn_is_used(%s, %s)", [number, one.pk])
        is_used = cursor.fetchone()[0]
    if is_used:
        raise Refusal(
            _(
                "NTPN %(ntpn)s is recorded for another tax or another unit. Read it again from "
                "the receipt of %(tax)s."
            )
            % {"ntpn": number, "tax": say(taxes.taxes()[one.tax].words)}
        )
