"""Nominative lists and the people in them as declared lists."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pulih.lists.columns import NOT_ON_PAGE, Column, Kind
from pulih.lists.filters import Asked
from pulih.lists.listing import Listing
from pulih.lists.usual import by_link, equals, flag, province, words, year
from pulih.people.permissions import Permission

from .models import Activity, PaymentEntry, PaymentList
from .reads.payments import state_of, with_money
from .words import LIST_STATES


def _lists(asked: Asked) -> Any:
    return with_money(PaymentList.objects.visible_to(asked.person))


PAYMENT_LISTS = Listing(
    room="delivery",
    key="payment-lists",
    title=_("Nominative lists"),
    file_name="daftar-nominatif",
    permission=Permission.SEE_BUDGET,
    source=_lists,
    columns=(
        Column("id", _("Id"), lambda one: one.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column(
            "number",
            _("Number of the list"),
            lambda one: one.number,
            order="number",
            link=lambda one: reverse("delivery:payment-list", args=[one.pk]),
        ),
        Column("activity", _("Activity"), lambda one: one.activity.title),
        Column("row", _("Row of the cost plan"), lambda one: one.row.text, hide=True),
        Column("made_on", _("Made on"), lambda one: one.made_on, Kind.DAY, order="made_on"),
        Column("people", _("Persons"), lambda one: one.people, Kind.WHOLE),
        Column("gross", _("Gross"), lambda one: one.gross, Kind.RUPIAH, sums=True),
        Column("tax", _("Tax withheld"), lambda one: one.tax, Kind.RUPIAH, NOT_ON_PAGE),
        Column("paid", _("Paid"), lambda one: one.paid, Kind.RUPIAH, sums=True),
        Column("state", _("State"), lambda one: str(LIST_STATES[state_of(one)])),
        Column("digest", _("Digest"), lambda one: one.digest, Kind.CODE, NOT_ON_PAGE),
    ),
    filters=(
        words(["number", "activity__title"]),
        flag("unrequested", _("Not requested"), lambda rows, _on: rows.filter(request=None)),
        by_link("activity", _("Activity"), Activity),
        year(lambda rows, value: rows.filter(made_on__year=value)),
        province(equals("province")),
    ),
    order=("-made_on", "-pk"),
    when_empty=_("No list yet. Lists are made on an activity's page of money."),
)


def _entries(asked: Asked) -> Any:
    rows = PaymentEntry.objects.visible_to(asked.person)
    return rows.select_related("list", "participant__person", "participant__cohort")


PAYMENT_ENTRIES = Listing(
    room="delivery",
    key="payment-entries",
    title=_("People in nominative lists"),
    file_name="daftar-nominatif-orang",
    permission=Permission.SEE_BUDGET,
    source=_entries,
    columns=(
        Column("id", _("Id"), lambda one: one.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column("position", _("No."), lambda one: one.position, Kind.WHOLE, NOT_ON_PAGE),
        Column("name", _("Name"), lambda one: one.participant.person.name),
        Column("cohort", _("Class"), lambda one: one.participant.cohort.name),
        Column(
            "list",
            _("List"),
            lambda one: one.list.number,
            link=lambda one: reverse("delivery:payment-list", args=[one.list_id]),
        ),
        Column("times", _("Times paid"), lambda one: one.times, Kind.WHOLE),
        Column("rate", _("Rate"), lambda one: one.rate, Kind.RUPIAH),
        Column("gross", _("Gross"), lambda one: one.gross, Kind.RUPIAH, sums=True),
        Column("tax", _("Tax withheld"), lambda one: one.tax, Kind.RUPIAH, sums=True),
        Column("net", _("Net"), lambda one: one.net, Kind.RUPIAH, sums=True),
    ),
    filters=(
        words(["participant__person__name"]),
        by_link("list", _("List"), PaymentList),
        province(equals("province")),
    ),
    order=("list_id", "position"),
    when_empty=_("Nobody stands in a list yet."),
)
