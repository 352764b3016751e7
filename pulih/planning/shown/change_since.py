"""How far a plan lies from that of the version before, why, and what changed in the case."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pulih.refocusing import Case
from pulih.web import numbers

from ..models import Scenario
from ..quick_answers import kept_case

RULES = ("limits", "amounts", "shares")
COUNTED = ("needs", "lines", "costs", "effects", "measures")


@dataclass(frozen=True)
class TurnedShown:
    """Sentences for the page of a plan; stays: no line holds other money than before."""

    stays: bool
    title: str
    reason: str
    changed: str


def turned_shown(scenario: Scenario) -> TurnedShown | None:
    """Return what a plan's page says of the version before; None where there is none."""
    near = scenario.solution.explanation.get("near")
    if not near or scenario.previous is None:
        return None
    now, before = kept_case(scenario.solution.pk), kept_case(scenario.previous.solution.pk)
    stays = near["lines"] == 0
    title = _stays(scenario.previous) if stays else _turns(scenario.previous, near)
    return TurnedShown(stays, title, _reason(scenario, near), _changed(before, now))


def _stays(previous: Scenario) -> str:
    return _("The plan of v%(version)s stays: no line turns.") % {"version": previous.version}


def _turns(previous: Scenario, near: dict[str, Any]) -> str:
    return _(
        "Against the plan of v%(version)s, %(lines)s lines hold other money: %(money)s moves, "
        "%(between)s of it to other provinces."
    ) % {
        "version": previous.version,
        "lines": numbers.whole(near["lines"]),
        "money": numbers.rupiah(near["turned"]),
        "between": numbers.rupiah(near["between"]),
    }


def _reason(scenario: Scenario, near: dict[str, Any]) -> str:
    stages = scenario.solution.explanation["stages"]
    match near["reason"]:
        case "stays":
            return _(
                "What runs where stays: it keeps every rule of this version, and a new plan would "
                "gain no more than the tolerances let go. With that plan, “pulih refocus --near” "
                "gives the same."
            )
        case "worst":
            return _("With that plan the lowest coverage would be %(there)s, not %(here)s.") % {
                "there": numbers.percent(near["worst"], 2),
                "here": numbers.percent(stages["worst"]["value"], 2),
            }
        case "relief":
            return _("That plan would relieve %(there)s firms, not %(here)s.") % {
                "there": numbers.firms(near["relief"]),
                "here": numbers.firms(stages["relief"]["value"]),
            }
        case "change":
            return _("This plan moves at least a twentieth less money for as much relief.")
        case _:
            return _("That plan breaks a rule of this version, or a line of it is gone.")


def _changed(before: Case, now: Case) -> str:
    """Say how many rows of the case changed between two versions."""
    parts = []
    if before.settings.ceiling != now.settings.ceiling:
        parts.append(_("the ceiling"))
    counts = {name: differing(before, now, name) for name in COUNTED}
    counts["rules"] = sum(differing(before, now, name) for name in RULES)
    parts += [_counted(name, count) for name, count in counts.items() if count]
    if not parts:
        return _("Nothing in the case changed but its settings.")
    return _("What changed in the case: %(parts)s.") % {"parts": ", ".join(parts)}


def differing(before: Case, now: Case, table: str) -> int:
    """Return how many rows of a table are new, gone or changed, each counted once."""
    old, new = set(getattr(before, table)), set(getattr(now, table))
    return max(len(old - new), len(new - old))


def _counted(name: str, count: int) -> str:
    words = {
        "needs": ngettext("%(n)s need", "%(n)s needs", count),
        "lines": ngettext("%(n)s budget line", "%(n)s budget lines", count),
        "costs": ngettext("%(n)s unit cost", "%(n)s unit costs", count),
        "effects": ngettext("%(n)s effect", "%(n)s effects", count),
        "measures": ngettext("%(n)s measure", "%(n)s measures", count),
        "rules": ngettext("%(n)s rule", "%(n)s rules", count),
    }
    return words[name] % {"n": numbers.whole(count)}
