"""Why a province's plan is what it is, in sentences made of its own figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pulih.web import numbers

from ..models import Scenario, SolutionBinding, SolutionProvince
from ..rules.reasons import rank


@dataclass(frozen=True)
class Why:
    """The panel: what happened, the steps that led there, and what would change it."""

    province: SolutionProvince
    heading: str
    lead: str
    steps: list[tuple[str, str]]
    what_if: list[str]

    @property
    def all_lines(self) -> int:
        return self.province.lines + self.province.new_lines


def why(
    scenario: Scenario,
    province: SolutionProvince,
    everybody: Sequence[SolutionProvince],
    binding: Sequence[SolutionBinding],
) -> Why:
    """Return why `province` changed. binding: the rules that bind there and for the country."""
    steps = [
        _need(province, everybody),
        _coverage(province, everybody),
        _safety(province),
        _stop(scenario, province),
    ]
    return Why(
        province,
        _heading(province),
        _lead(province, everybody),
        [step for step in steps if step is not None],
        [*_what_changes_it(province), *_prices(province, binding)],
    )


def _heading(row: SolutionProvince) -> str:
    name = {"province": row.province.name}
    if row.change > 0:
        return _("Why does %(province)s gain?") % name
    if row.change < 0:
        return _("Why does %(province)s lose?") % name
    return _("Why does %(province)s stay?") % name


def _lead(row: SolutionProvince, everybody: Sequence[SolutionProvince]) -> str:
    before, after = sum(r.before for r in everybody), sum(r.after for r in everybody)
    national = (after - before) / before if before else 0.0
    values = {
        "province": row.province.name,
        "amount": numbers.millions(abs(row.change)),
        "before": numbers.millions(row.before, bare=True),
        "after": numbers.millions(row.after, bare=True),
        "national": numbers.percent(abs(national)),
    }
    if row.change > 0 and national < 0:
        return (
            _(
                "%(province)s gains %(amount)s (%(before)s → %(after)s million), although the "
                "country's money falls by %(national)s."
            )
            % values
        )
    if row.change > 0:
        return _("%(province)s gains %(amount)s (%(before)s → %(after)s million).") % values
    if row.change < 0 and national < 0:
        return (
            _(
                "%(province)s loses %(amount)s (%(before)s → %(after)s million); the country's "
                "money falls by %(national)s."
            )
            % values
        )
    if row.change < 0:
        return _("%(province)s loses %(amount)s (%(before)s → %(after)s million).") % values
    return _("%(province)s keeps its %(after)s million.") % values


def _need(row: SolutionProvince, everybody: Sequence[SolutionProvince]) -> tuple[str, str]:
    if not row.needs:
        return _("No need on record."), _(
            "No affected firm there has named a need up to the day of the scenario, so money "
            "there relieves nobody."
        )
    weights = {each.code: each.full_relief for each in everybody}
    place = rank(weights, row.code)
    return (
        _("Large need.") if place <= len(everybody) // 3 else _("Need."),
        _(
            "%(needs)s needs of affected firms with a mean severity of %(severity)s: number "
            "%(place)s of %(all)s by weight."
        )
        % {
            "needs": numbers.whole(row.needs),
            "severity": numbers.decimal(row.severity),
            "place": place,
            "all": len(everybody),
        },
    )


def _coverage(
    row: SolutionProvince, everybody: Sequence[SolutionProvince]
) -> tuple[str, str] | None:
    known = {
        each.code: each.coverage_before for each in everybody if each.coverage_before is not None
    }
    after = numbers.percent(row.coverage_after, 2)
    if row.coverage_after is None:
        return None
    if row.code not in known:
        return _("Coverage."), _(
            "%(after)s after the plan; before it could not be proven in the time given."
        ) % {"after": after}
    place = rank(known, row.code, smallest_first=True)
    return (
        _("Low coverage.") if place <= len(known) // 3 else _("Coverage."),
        _("Before only %(before)s, number %(place)s from below of %(all)s; after %(after)s.")
        % {
            "before": numbers.percent(known[row.code], 2),
            "place": place,
            "all": len(known),
            "after": after,
        },
    )


def _safety(row: SolutionProvince) -> tuple[str, str]:
    changed = ngettext(
        "%(changed)s of %(lines)s line changes", "%(changed)s of %(lines)s lines change", row.lines
    ) % {"changed": numbers.whole(row.changed), "lines": numbers.whole(row.lines)}
    opened = ngettext(
        "%(count)s new line is opened", "%(count)s new lines are opened", row.new_lines
    ) % {"count": numbers.whole(row.new_lines)}
    return _("Nothing bound is touched."), _(
        "%(bound)s is committed, blocked or protected and stays; %(changed)s, %(opened)s."
    ) % {"bound": numbers.millions(row.bound), "changed": changed, "opened": opened}


def _stop(scenario: Scenario, row: SolutionProvince) -> tuple[str, str]:
    amounts = {
        "cap": numbers.millions(row.cap),
        "floor": numbers.millions(row.floor),
        "bound": numbers.millions(row.bound),
        "ceiling": numbers.billions(scenario.ceiling),
        "coverage": numbers.percent(row.coverage_after, 2),
    }
    said = {
        "cap": (_("Stopped at its cap."), _("The cap is %(cap)s; one more batch would cross it.")),
        "floor": (_("Stopped at its floor."), _("It may not keep less than %(floor)s.")),
        "bound": (
            _("Stopped at what is bound."),
            _("All that is left, %(bound)s, is committed or blocked."),
        ),
        "protected": (_("Protected."), _("All its lines are protected: %(bound)s.")),
        "earmark": (
            _("Held by an earmark."),
            _("A rule on money for measures binds here; see the rules below."),
        ),
        "limit": (_("Held by a limit."), _("A limit on units binds here; see the rules below.")),
        "served": (_("Needs are met."), _("More money would relieve nobody there.")),
        "worst": (
            _("Among the worst-off."),
            _(
                "With %(coverage)s it has the lowest coverage, or at most a hundredth more than "
                "it; the lowest is raised first."
            ),
        ),
        "kept": (
            _("Not worth a change."),
            _("Moving its lines would cost more than it brings, within the tolerances given."),
        ),
        "ceiling": (
            _("The ceiling decides."),
            _("Only the national ceiling of %(ceiling)s stops it; others come first."),
        ),
    }[row.held]
    return said[0], said[1] % amounts


def _what_changes_it(row: SolutionProvince) -> list[str]:
    free = {"free": numbers.millions(max(0, row.after - row.bound))}
    return {
        "cap": [_("A higher cap. Without one, its coverage decides how much more it gets.")],
        "floor": [_("A lower floor: up to %(free)s could then be taken for others.") % free],
        "bound": [_("Only contracts that end, or a block that is lifted.")],
        "protected": [_("Only if its lines are no longer protected, or get a measure.")],
        "earmark": [_("Another earmark; make a new version and change the rule.")],
        "limit": [_("Another limit of units; make a new version and change the rule.")],
        "served": [_("Only new reports of needs.")],
        "worst": [_("A higher national ceiling, or cheaper units there.")],
        "kept": [_("A lower cost of touching a line, or smaller tolerances.")],
        "ceiling": [_("A higher national ceiling, or a larger or more severe need there.")],
    }[row.held]


def _prices(row: SolutionProvince, binding: Sequence[SolutionBinding]) -> list[str]:
    """Return what the dearest rule of the place and the national ceiling cost: estimates."""
    own = [b for b in binding if b.province_id == row.province_id and _is_rule(b.rule)]
    national = [b for b in binding if b.rule == "ceiling"]
    return [_price(b) for b in (*own[:1], *national[:1])]


def _is_rule(rule: str) -> bool:
    return not rule.startswith(("money:", "floor:", "protected:"))


def _price(bound: SolutionBinding) -> str:
    firms = {"firms": numbers.firms(abs(bound.price))}
    if bound.rule == "ceiling":
        return (
            _("Rp1 million more of national ceiling relieves about %(firms)s firms (an estimate).")
            % firms
        )
    if bound.rule.startswith("limit:"):
        return (
            _("One unit less strict, the limit here relieves about %(firms)s firms (an estimate).")
            % firms
        )
    return (
        _("Rp1 million less strict, the rule here relieves about %(firms)s firms (an estimate).")
        % firms
    )
