"""What a variant is called."""

from django.utils.translation import gettext as _

from pulih.web import numbers

from ..models import StudyKind, Variant
from ..rules.what_if import Moved, moved_from
from .estimates import way_words
from .studies import rival_words


def heading_of(variant: Variant) -> str:
    """Return what was changed, in a few words."""
    if variant.study.kind == StudyKind.RIVALS:
        return rival_words(str(variant.change.get("rival", "")))[0]
    if variant.study.kind == StudyKind.NEEDS:
        return way_words(variant.change)[0]
    return "; ".join(_parts(moved_from(variant.change))) or _("nothing changed")


def _parts(moved: Moved) -> list[str]:
    found = []
    if moved.ceiling is not None:
        found.append(_("ceiling %(amount)s") % {"amount": numbers.billions(moved.ceiling)})
    if moved.floor_percent is not None:
        found.append(
            _("floor %(percent)s%%") % {"percent": numbers.decimal(moved.floor_percent, 0)}
        )
    if moved.cap_percent is not None:
        found.append(_("cap %(percent)s%%") % {"percent": numbers.decimal(moved.cap_percent, 0)})
    found += _of_province(moved)
    if moved.rule:
        values = {"rule": moved.rule, "amount": numbers.rupiah(moved.rupiah or 0)}
        found.append(_("earmark %(rule)s at least %(amount)s") % values)
    if moved.measure:
        values = {
            "measure": moved.measure,
            "percent": numbers.decimal(moved.cost_percent or 100, 0),
        }
        found.append(_("unit cost of %(measure)s %(percent)s%%") % values)
    if moved.line:
        found.append(_("one more line protected"))
    if moved.given_up_percent is not None:
        found.append(
            _("%(percent)s%% of the lowest coverage given up")
            % {"percent": numbers.decimal(moved.given_up_percent, 0)}
        )
    return found


def _of_province(moved: Moved) -> list[str]:
    """Return what is asked of one province; it is told by its code, as rules are."""
    values = {"province": moved.province, "of": moved.of or _("all measures")}
    found = []
    if moved.least is not None:
        values |= {"amount": numbers.rupiah(moved.least)}
        found.append(_("%(province)s, %(of)s: at least %(amount)s") % values)
    if moved.most is not None:
        values |= {"amount": numbers.rupiah(moved.most)}
        found.append(_("%(province)s, %(of)s: at most %(amount)s") % values)
    return found
