"""Naming the papers that a payment request needs."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.web import numbers

from ..models import ListPaper, PaymentList
from ..reads.packs import missing_papers, pack_lines
from ..rules.packs import PackPaper
from .activities import place_of


@transaction.atomic
def name_paper(
    given: PaymentList, *, key: str, number: str, dated: date, by: User, today: date
) -> ListPaper:
    """Name the number and day of a paper of the pack; the newest counts. May refuse."""
    require(by, Permission.RUN_ACTIVITIES, place_of(given.activity))
    if key not in {one.rule.key for one in pack_lines(given) if one.is_of_office}:
        raise Refusal(_("This paper is no part of the list's pack, or Pulih holds it itself."))
    if dated > today:
        raise Refusal(
            _("%(day)s lies ahead. Record it when it has happened.") % {"day": numbers.day(dated)}
        )
    if given.withdrawn_on:
        raise Refusal(
            _("This list was withdrawn on %(day)s.") % {"day": numbers.day(given.withdrawn_on)}
        )
    made = ListPaper.objects.create(
        list=given, province_id=given.province_id, key=key, number=number, dated=dated, by=by
    )
    record(by, "delivery.name_paper", made, key=key)
    return made


def refuse_incomplete(given: PaymentList) -> None:
    """Raise Refusal unless every paper of the account is there."""
    if lacking := missing_papers(given):
        raise Refusal(
            _("These papers of account %(account)s are missing: %(papers)s. Name them first.")
            % {"account": given.row.account, "papers": ", ".join(map(paper_words, lacking))}
        )


def paper_words(paper: PackPaper) -> str:
    return paper.en if get_language() == "en" else paper.id
