"""Words of the market's codes."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .rules.freshness import GREY_AFTER_DAYS, LEFT_OUT_AFTER_DAYS

AT_MOST_COUNTED = format_lazy(_("at most {days} days ago"), days=LEFT_OUT_AFTER_DAYS)
OLDER_THAN_GREY = format_lazy(_("older than {days} days"), days=GREY_AFTER_DAYS)
OLDER_THAN_COUNTED = format_lazy(_("older than {days} days"), days=LEFT_OUT_AFTER_DAYS)

GATE_WORDS = {
    "barred": _("has an order of it or declined it"),
    "certificate": _("no accepted certificate"),
    "late": _("too late"),
    "small": _("too small alone"),
    "large": _("smallest order too large"),
    "dear": _("too dear"),
    "able": _("able"),
}
# Why a maker of a need's product has work by a match, or not: its gates, and these.
REASON_WORDS = GATE_WORDS | {
    "given": _("has work"),
    "elsewhere": _("able; the match gave it work for another need"),
    "harder_hit": _("able; the need is filled by makers that were hit harder"),
    "cheaper": _("able; the need is filled at a lower cost"),
    "filled": _("able; the need is filled without it"),
    "suppliers": _("able; the buyer takes no more suppliers"),
    "left": _("able alone; what is left does not fit its lot, its weeks or a share"),
}
DISTANCE_WORDS = {
    "regency": _("same regency"),
    "province": _("same province"),
    "island": _("same island"),
    "country": _("another island"),
}
WAY_WORDS = {
    "this": _("This match"),
    "nearest_first": _("Nearest first"),
    "cheapest_first": _("Cheapest first"),
    "in_proportion": _("In proportion to capacity"),
}
LEFT_OUT_WORDS = {
    "old": format_lazy(_("capacity older than {days} days"), days=LEFT_OUT_AFTER_DAYS),
    "placeless": _("no regency known"),
    "standing": _("supplier holds an order of this need already"),
}
