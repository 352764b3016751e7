"""Who can rise no further, and what the others reach, where fairness goes beyond the worst."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pulih.web import numbers

from ..models import Scenario
from ..quick_answers import kept_case

NAMED = 5
FULL = 1 - 1e-9  # Of coverage: who is served in full is not held.


def levels_shown(scenario: Scenario) -> tuple[str, str] | None:
    """Return a title and a sentence for the page of a plan; None where it was not asked for."""
    levels = scenario.solution.explanation.get("levels")
    if not levels:
        return None
    held = {
        code: level["coverage"]
        for level in levels
        for code in level["held"]
        if level["coverage"] < FULL
    }
    if not held:
        return _("Fair beyond the worst province"), _(
            "Every province could rise with more money: none is held, and none decides for all."
        )
    title = ngettext(
        "%(n)s province can rise no further and is held.",
        "%(n)s provinces can rise no further and are held.",
        len(held),
    ) % {"n": numbers.whole(len(held))}
    last = levels[-1]
    if last["held"] and last["coverage"] < FULL:
        return title, _named(scenario, held)
    others = _("The lowest coverage of the others is %(share)s.") % {
        "share": numbers.percent(last["coverage"], 2)
    }
    return title, f"{_named(scenario, held)} {others}"


def _named(scenario: Scenario, held: dict[str, float]) -> str:
    """Name the first of those held with what they reach."""
    names = kept_case(scenario.solution.pk).name_of
    said = [f"{names[code]} {numbers.percent(held[code], 2)}" for code in list(held)[:NAMED]]
    rest = len(held) - len(said)
    if rest:
        said.append(_("and %(n)s more") % {"n": numbers.whole(rest)})
    return ", ".join(said) + "."
