"""Why no selection can hold: rules that cannot hold together, none of them to spare."""

from collections.abc import Callable, Sequence

from pulih.selection.case import Case
from pulih.selection.clock import Clock
from pulih.selection.groups import Groups
from pulih.selection.plan import ConflictRule
from pulih.selection.trial import Rule, Trial
from pulih.selection.words import rule_says

LEAST_SECONDS = 5.0  # For the reason, however little time is left.

Test = Callable[[Sequence[Rule]], bool]


def conflict_of(case: Case, groups: Groups, clock: Clock) -> tuple[ConflictRule, ...]:
    trial = Trial(case, groups, Clock(max(LEAST_SECONDS, clock.left())))
    found = irreducible(_suspects(trial), trial.can_hold)
    return tuple(
        ConflictRule(rule.name, short, rule_says(case, rule.name, short))
        for rule in found
        for short in [trial.short(rule, [other for other in found if other is not rule])]
    )


def _suspects(trial: Trial) -> list[Rule]:
    """Rules that cannot hold together: whole kinds are left out where the others are enough."""
    rules = trial.every_rule()
    lines = [rule for rule in rules if rule.line]
    exclusive = [rule for rule in rules if rule.line or rule.column]
    fixed = [rule for rule in rules if not rule.column]
    choices = [some for some in (lines, exclusive, fixed) if some and len(some) < len(rules)]
    for some in (*choices, rules):
        if not trial.can_hold(some, relaxed=True):
            trial.may_relax = True
            return trial.priced(some)
    return next((some for some in choices if not trial.can_hold(some)), rules)


def irreducible(rules: Sequence[Rule], can_hold: Test) -> list[Rule]:
    """Give rules that cannot hold together and that could without any one of them.

    This is Junker's QuickXplain (2004): halve, and keep what the other half still needs. Of
    several such sets it finds the one with the earliest rules.
    """

    def explain(known: list[Rule], is_new: bool, open_rules: list[Rule]) -> list[Rule]:
        if is_new and not can_hold(known):
            return []
        if len(open_rules) == 1:
            return open_rules
        half = len(open_rules) // 2
        first, second = open_rules[:half], open_rules[half:]
        of_second = explain(known + first, bool(first), second)
        of_first = explain(known + of_second, bool(of_second), first)
        return of_first + of_second

    return explain([], False, list(rules))
