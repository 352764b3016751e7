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
