"""Words of the market's codes."""

from django.utils.translation import gettext_lazy as _

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
    "old": _("capacity older than 120 days"),
    "placeless": _("no regency known"),
    "standing": _("supplier holds an order of this need already"),
}
