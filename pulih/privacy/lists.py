"""What people asked about their data, as a declared list."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pulih.lists.columns import NOT_ON_PAGE, Column, Kind
from pulih.lists.filters import Asked
from pulih.lists.listing import Listing
from pulih.lists.usual import choices, equals, flag, province
from pulih.people.permissions import Permission

from .models import DataRequest, RequestKind


def _requests(asked: Asked) -> Any:
    rows = DataRequest.objects.visible_to(asked.person)
    return rows.select_related("person", "enterprise", "province", "regency", "answered")


def _outcome(one: Any) -> str:
    answered = getattr(one, "answered", None)
    return str(answered.get_outcome_display()) if answered else str(_("waits"))


REQUESTS = Listing(
    room="privacy",
    key="requests",
    title=_("Requests about personal data"),
    file_name="permintaan-data-pribadi",
    permission=Permission.ANSWER_PERSONS,
    source=_requests,
    columns=(
        Column("id", _("Id"), lambda one: one.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column(
            "name",
            _("Name"),
            lambda one: one.name,
            link=lambda one: reverse("privacy:request", args=[one.pk]),
        ),
        Column("kind", _("Asks to"), lambda one: one.get_kind_display()),
        Column("area", _("Place"), lambda one: str(one.area)),
        Column("received_on", _("Received on"), lambda one: one.received_on, Kind.DAY,
               order="received_on"),
        Column("due_on", _("Answer due on"), lambda one: one.due_on, Kind.DAY),
        Column("outcome", _("How it was settled"), _outcome),
    ),
    filters=(
        choices("kind", _("Asks to"), RequestKind.choices, equals("kind")),
        flag("waiting", _("Waits for an answer"), lambda rows, _on: rows.waiting()),
        province(equals("province")),
    ),
    order=("-received_on", "-pk"),
    when_empty=_("Nobody has asked about their data yet. Begin on the page of a person or a firm."),
)  # fmt: skip
