"""Stalls as a declared list."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pulih.lists.columns import NOT_ON_PAGE, Column, Kind
from pulih.lists.listing import Listing
from pulih.lists.usual import choices, equals, province, words
from pulih.people.permissions import Permission
from pulih.web.words import say
from pulih.workflow.models.steps import state_of

from .models import Stall
from .states import STALL

STALLS = Listing(
    room="stalls",
    key="stalls",
    title=_("Stalls"),
    file_name="kios",
    permission=Permission.SEE_ACTIVITIES,
    source=lambda asked: (
        Stall.objects.visible_to(asked.person)
        .select_related("province")
        .annotate(state=state_of(STALL.key))
    ),
    columns=(
        Column("id", _("Id"), lambda one: one.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column(
            "name", _("Name"), lambda one: one.name, order="name",
            link=lambda one: reverse("stalls:stall", args=[one.pk]),
        ),
        Column("day", _("Day"), lambda one: one.day, Kind.DAY, order="day"),
        Column("rent", _("Rent"), lambda one: one.rent, Kind.RUPIAH, order="rent", sums=True),
        Column("province", _("Province"), lambda one: str(one.province)),
        Column("state", _("State"), lambda one: say(STALL.state(one.state).label)),
    ),
    filters=(
        words(["name"]),
        choices(
            "state", _("State"), [(one.key, say(one.label)) for one in STALL.states],
            equals("state"),
        ),
        province(equals("province")),
    ),
    order=("day", "pk"),
    when_empty=_("No stall yet."),
)  # fmt: skip
