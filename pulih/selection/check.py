"""Judge any plan exactly, trusting no solver: every breach of a rule or of a promise."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pulih.selection.case import (
    FREE,
    IN,
    OUT,
    Attribute,
    Case,
    Condition,
    Flags,
    Quota,
    Share,
    exact_sum,
)
from pulih.selection.groups import Groups, groups_of
from pulih.selection.partners import Partners, partners_of
from pulih.selection.plan import Plan
from pulih.selection.rules import Lines, lines_of


@dataclass(frozen=True, slots=True, order=True)
class Breach:
    """A rule by its public id, or `passed-over` or `left-out`, and the application it is of."""

    rule: str
    application: str = ""


def breaches(case: Case, plan: Plan) -> list[Breach]:
    is_chosen = np.zeros(len(case.applications), dtype=bool)
    is_chosen[plan.chosen] = True
    found = [*_fixed(case, is_chosen), *_exclusive(case, is_chosen), *_rules(case, is_chosen)]
    if not found:
        groups, partners = groups_of(case), partners_of(case)
        found += _passed_over(case, groups, partners, is_chosen)
        found += _left_out(case, groups, partners, is_chosen)
    return found


def _fixed(case: Case, is_chosen: Flags) -> Iterator[Breach]:
    fixed = case.applications.fixed
    wrong = ((fixed == IN) & ~is_chosen) | ((fixed == OUT) & is_chosen)
    for place in np.flatnonzero(wrong).tolist():
        yield Breach("fixed", case.applications.codes[place])


def _exclusive(case: Case, is_chosen: Flags) -> Iterator[Breach]:
    for name in case.settings.exclusive:
        chosen = case.applications.attributes[name].number[is_chosen].tolist()
        values = [number for number in chosen if number >= 0]
        if len(set(values)) < len(values):
            yield Breach(f"exclusive:{name}")


def _rules(case: Case, is_chosen: Flags) -> Iterator[Breach]:
    chosen = {
        name: Attribute(attribute.values, attribute.number[is_chosen])
        for name, attribute in case.applications.attributes.items()
    }
    costs = case.applications.cost[is_chosen]
    for quota in case.quotas:
        counts = _fulfil(quota.where, chosen, len(costs))
        reached = exact_sum(costs[counts]) if quota.unit == "rupiah" else int(counts.sum())
        yield from _bounded(quota, reached, 1)
    for share in case.shares:
        base = _fulfil(share.of, chosen, len(costs))
        both = base & _fulfil(share.where, chosen, len(costs))
        yield from _bounded(share, int(both.sum()), int(base.sum()))


def _bounded(rule: Quota | Share, reached: int, base: int) -> Iterator[Breach]:
    if rule.least is not None and reached < rule.least * base:
        yield Breach(f"{rule.name}:min")
    if rule.most is not None and reached > rule.most * base:
        yield Breach(f"{rule.name}:max")


def _fulfil(condition: Condition, columns: dict[str, Attribute], count: int) -> Flags:
    mark = np.ones(count, dtype=bool)
    for column, values in condition.terms:
        mark &= columns[column].is_one_of(values)
    return mark


def _passed_over(
    case: Case, groups: Groups, partners: Partners, is_chosen: Flags
) -> Iterator[Breach]:
    """Whoever stands ahead of a chosen alike one and could take that one's place."""
    is_free = case.applications.fixed == FREE
    last = np.full(groups.count, -1, dtype=np.int64)
    taken = np.flatnonzero(is_chosen & is_free)
    np.maximum.at(last, groups.group[taken], groups.position[taken])
    holders = partners.holders(np.flatnonzero(is_chosen))
    ahead = is_free & ~is_chosen & (groups.position < last[groups.group])
    for place in np.flatnonzero(ahead).tolist():
        beside = {
            int(holder[value[place]])
            for value, holder in zip(partners.value, holders, strict=True)
            if value[place] >= 0
        } - {-1}
        replaced = beside or {int(groups.order[last[groups.group[place]]])}
        if len(replaced) == 1 and _gives_way(groups, is_free, min(replaced), place):
            yield Breach("passed-over", case.applications.codes[place])


def _gives_way(groups: Groups, is_free: Flags, out: int, into: int) -> bool:
    is_behind = groups.position[out] > groups.position[into]
    return bool(groups.group[out] == groups.group[into] and is_free[out] and is_behind)


def _left_out(case: Case, groups: Groups, partners: Partners, is_chosen: Flags) -> Iterator[Breach]:
    """Whoever has a score and could be added without breaking a rule."""
    lines = Lines(lines_of(case, groups), groups.count)
    counts = np.bincount(groups.group[is_chosen], minlength=groups.count)
    may = lines.may_add(lines.slack(counts))[groups.group]
    could = may & (case.applications.fixed == FREE) & ~is_chosen & (case.applications.score > 0)
    holders = partners.holders(np.flatnonzero(is_chosen))
    for place in np.flatnonzero(could & ~partners.chosen_beside(holders, len(could))).tolist():
        yield Breach("left-out", case.applications.codes[place])
