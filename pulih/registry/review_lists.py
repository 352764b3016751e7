"""The queue of doubtful pairs as a declared list, the likeliest first."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.areas.rows import area_of
from pulih.lists.columns import NOT_ON_PAGE, PAGE_ONLY, Column, Kind, Place
from pulih.lists.filters import Asked, Filter
from pulih.lists.listing import Listing
from pulih.lists.usual import area_name, choices, number
from pulih.people.permissions import Permission
from pulih.web import numbers

from . import review_queue
from .forms import regencies_of
from .models import Distance, Review, ReviewState
from .waterfall import probability

API_ONLY = frozenset({Place.API})
PAGE_AND_FILE = frozenset({Place.PAGE, Place.FILE})
WEIGHTS = (
    ("likely", _("0.50 and more")),
    ("doubtful", _("0.20 to 0.50")),
    ("faint", _("below 0.20")),
)


def _queue(asked: Asked) -> Any:
    return review_queue.asked(asked.person, asked.values)


def _regencies(asked: Asked) -> list[tuple[int, str]]:
    return [(one.pk, one.name) for one in regencies_of(asked.person, None, asked.seen.day)]


def _place(one: Review) -> str:
    area: Area = area_of(one)
    return str(area)


REVIEWS = Listing(
    room="registry",
    key="reviews",
    title=_("Possible doubles"),
    file_name="tinjau-kembar",
    permission=Permission.SEE_ENTERPRISES,
    source=_queue,
    columns=(
        Column("id", _("Number of the pair"), lambda one: one.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column("first", _("Number of firm A"), lambda one: one.first_id, Kind.WHOLE, NOT_ON_PAGE),
        Column("first_name", _("Firm A"), lambda one: one.first.name,
               template="registry/_review_first.html"),
        Column("first_owner", _("Owner of A"), lambda one: one.first.owner_name, on={Place.FILE}),
        Column("second", _("Number of firm B"), lambda one: one.second_id, Kind.WHOLE,
               NOT_ON_PAGE),
        Column("second_name", _("Firm B"), lambda one: one.second.name,
               template="registry/_review_second.html"),
        Column("second_owner", _("Owner of B"), lambda one: one.second.owner_name,
               on={Place.FILE}),
        Column("province", _("Province"), lambda one: one.province_id, Kind.WHOLE, API_ONLY),
        Column("regency", _("Regency or city"), lambda one: one.regency_id, Kind.WHOLE, API_ONLY),
        Column("place", _("Place"), _place, on=PAGE_AND_FILE, hide=True),
        Column("distance", _("Distance"), lambda one: one.distance, on=API_ONLY),
        Column("distance_words", _("Distance"), lambda one: one.get_distance_display(),
               on=PAGE_AND_FILE, hide=True),
        Column("weight", _("Weight in bits"), lambda one: one.weight, Kind.DECIMAL, API_ONLY),
        Column("probability", _("Probability"), lambda one: round(probability(one.weight), 2),
               Kind.DECIMAL, template="registry/_probability.html"),
        Column("state", _("State"), lambda one: one.state, on=API_ONLY),
        Column("state_words", _("State"), lambda one: one.get_state_display(), on={Place.FILE}),
        Column("state_drawn", _("State"), lambda one: one.get_state_display(), on=PAGE_ONLY,
               hide=True, template="registry/_review_state.html"),
        Column("settled_at", _("Settled at"), lambda one: one.settled_at, Kind.MOMENT, API_ONLY),
    ),
    filters=(
        Filter("regency", _("Regency or city"), number(1), shown=area_name, options=_regencies),
        choices("weight", _("Probability"), WEIGHTS),
        choices("distance", _("Distance"), Distance.choices),
        choices("state", _("State"), ReviewState.choices),
        Filter("batch", _("File"), number(1, 2**62), shown=numbers.whole, is_drawn=False),
    ),
    order=review_queue.ORDER,
    when_empty=_("Nothing to review. Pairs that may be one firm come here when a list was linked "
                 "and its evidence is not enough to decide."),
    when_none=_("No pair with these filters."),
    icon="arrows-diff",
)  # fmt: skip
