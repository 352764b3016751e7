"""The rules that held a plan back, grouped as people think of them, with their price."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pulih.web import numbers

from ..models import Scenario, ScenarioRule, SolutionBinding, SolutionProvince

NAMED = 3


@dataclass(frozen=True)
class BindingRow:
    """One kind of rule: what it says, where it binds, and what Rp1 million more would bring."""

    title: str
    meaning: str
    where: str
    price: str
    is_binding: bool


def binding_rows(
    scenario: Scenario,
    binding: Sequence[SolutionBinding],
    provinces: Sequence[SolutionProvince],
    rules: Sequence[ScenarioRule],
) -> list[BindingRow]:
    """Return the groups, the dearest first; those that bind nowhere last."""
    names = {row.province_id: row.province.name for row in provinces}
    groups = {kind: [b for b in binding if _kind(b.rule, rules) == kind] for kind in KINDS}
    shown = [
        _row(scenario, kind, found, names, provinces)
        for kind, found in groups.items()
        if found or kind in ALWAYS
    ]
    return sorted(shown, key=lambda row: not row.is_binding)


KINDS = ("ceiling", "cap", "floor", "earmark", "share", "limit", "bound", "protected")
ALWAYS = ("ceiling", "bound")


def _kind(rule: str, rules: Sequence[ScenarioRule]) -> str:
    """Return the group of a binding rule; money of a measure belongs to none."""
    word, _colon, rest = rule.partition(":")
    if word == "amount":
        name = rest.rpartition(":")[0]
        is_earmark = any(r.name == name and r.measures != ["*"] for r in rules)
        return "earmark" if is_earmark else ("cap" if rest.endswith(":max") else "floor")
    return {"floor": "bound"}.get(word, word)


def _row(
    scenario: Scenario,
    kind: str,
    found: Sequence[SolutionBinding],
    names: dict[int, str],
    provinces: Sequence[SolutionProvince],
) -> BindingRow:
    title, meaning = _words(scenario, kind)
    held = _held(kind, found, provinces)
    places = list(dict.fromkeys(names[p] for p in held if p in names))
    where = _where(places) if places else (_("the whole country") if found else _("nowhere"))
    return BindingRow(title, meaning, where, _price(kind, found), bool(found or places))


def _held(
    kind: str, found: Sequence[SolutionBinding], provinces: Sequence[SolutionProvince]
) -> list[int]:
    """Return where a rule binds: where it has a price, and where the plan stands at it."""
    priced = [b.province_id for b in found if b.province_id is not None]
    standing = [row.province_id for row in provinces if row.held == kind]
    return priced + [place for place in standing if place not in priced]


def _words(scenario: Scenario, kind: str) -> tuple[str, str]:
    cap, floor = scenario.cap_percent, scenario.floor_percent
    return {
        "ceiling": (
            _("Ceiling of %(amount)s") % {"amount": numbers.billions(scenario.ceiling)},
            _("all lines together"),
        ),
        "cap": (
            _("Caps") if cap is None else _("Cap %(percent)s") % {"percent": _percent(cap)},
            _("no province gets more of what it had"),
        ),
        "floor": (
            _("Floor %(percent)s") % {"percent": _percent(floor)}
            if floor is not None
            else _("Floors"),
            _("no province keeps less of what it had"),
        ),
        "earmark": (_("Earmarks in rupiah"), _("money for named measures")),
        "share": (_("Earmarks as shares"), _("a share of the money for named measures")),
        "limit": (_("Limits of units"), _("fewest and most units of a measure")),
        "bound": (_("Commitments are not touched"), _("contracts, payments made, and blocks")),
        "protected": (_("Protected lines"), _("and money without a measure")),
    }[kind]


def _percent(number: object) -> str:
    return f"{numbers.decimal(number, 1).removesuffix(',0').removesuffix('.0')}%"  # type: ignore[arg-type]


def _where(places: Sequence[str]) -> str:
    if len(places) <= NAMED:
        return ", ".join(places)
    rest = len(places) - NAMED
    others = ngettext("%(count)s other", "%(count)s others", rest) % {"count": numbers.whole(rest)}
    return _("%(names)s and %(others)s") % {"names": ", ".join(places[:NAMED]), "others": others}


def _price(kind: str, found: Sequence[SolutionBinding]) -> str:
    if not found:
        return _("No price: loosening it alone would change nothing.")
    dearest = max(found, key=lambda b: abs(b.price))
    values = {
        "firms": numbers.firms(abs(dearest.price)),
        "place": dearest.province.name if dearest.province else _("the country"),
    }
    if kind == "limit":
        return _("One unit more in %(place)s changes the relief by %(firms)s firms.") % values
    return _("Rp1 million in %(place)s changes the relief by %(firms)s firms.") % values
