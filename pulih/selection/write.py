"""Write plans as the contract's files, each under a temporary name and renamed."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from pulih.casefiles.writing import csv_text, exact_text, replace_file
from pulih.selection.case import Json, Quota, Share, Whole, exact_sum, points
from pulih.selection.decisions import Decision, decisions_of
from pulih.selection.draws import draws, in_hex
from pulih.selection.explain import explanation
from pulih.selection.groups import Groups, both, groups_of
from pulih.selection.plan import Outcome, Solved

SELECTED = ("application", "score", "cost", "draw", "group")
DECISIONS = ("application", "chosen", "group", "place", "line", "reason", "by")
RULES = ("rule", "value", "base", "min", "max", "price")
TABLES = ("selected.csv", "decisions.csv", "rules.csv")


def write_plan(outcome: Outcome, directory: Path | str) -> Json:
    """Write an outcome's files; without a plan the explanation only, and no older tables stay.

    Gives what `explanation.json` holds. Raises OSError when the directory cannot be written.
    """
    folder = Path(directory)
    folder.mkdir(parents=True, exist_ok=True)
    told = explanation(outcome)
    text = json.dumps(told, ensure_ascii=False, indent=2, allow_nan=False)
    tables = _tables(outcome) if isinstance(outcome, Solved) else {}
    for name in TABLES:
        if name in tables:
            replace_file(folder / name, tables[name])
        else:
            (folder / name).unlink(missing_ok=True)
    replace_file(folder / "explanation.json", text + "\n")
    return told


def _tables(solved: Solved) -> dict[str, str]:
    decisions = list(decisions_of(solved.case, solved.plan))
    return {
        "selected.csv": csv_text(SELECTED, _selected_rows(solved, decisions)),
        "decisions.csv": csv_text(DECISIONS, map(_decision_row, decisions)),
        "rules.csv": csv_text(RULES, _rule_rows(solved)),
    }


def _selected_rows(solved: Solved, decisions: Sequence[Decision]) -> Iterator[list[str]]:
    applications, places = solved.case.applications, solved.plan.chosen.tolist()
    drawn = draws(solved.case.settings.seed, [applications.codes[place] for place in places])
    for place, draw in zip(places, drawn, strict=True):
        yield [
            applications.codes[place],
            points(int(applications.score[place])),
            str(applications.cost[place]),
            in_hex(draw, 16),
            str(decisions[place].group),
        ]


def _decision_row(decision: Decision) -> list[str]:
    return [
        decision.application,
        str(int(decision.is_chosen)),
        str(decision.group),
        "" if decision.place is None else str(decision.place),
        "" if decision.line is None else points(decision.line),
        decision.reason,
        ";".join(decision.by),
    ]


def _rule_rows(solved: Solved) -> list[list[str]]:
    case, groups = solved.case, groups_of(solved.case)
    counts = np.bincount(groups.group[solved.plan.chosen], minlength=groups.count)
    price = {each.rule: each.points for each in reversed(solved.prices)}
    rows = [
        [rule.name, *_reached(rule, groups, counts), f"{price.get(rule.name, 0.0):.6f}"]
        for rule in case.rules
    ]
    return sorted(rows)


def _reached(rule: Quota | Share, groups: Groups, counts: Whole) -> list[str]:
    """The cells value, base, min and max of a rule."""
    if isinstance(rule, Quota):
        inside = groups.counted[rule.where.terms]
        costs = groups.cost[inside] if rule.unit == "rupiah" else np.ones_like(inside)
        value = exact_sum(costs, counts[inside])
        return [str(value), "", *("" if x is None else str(x) for x in (rule.least, rule.most))]
    value = int(counts[groups.counted[both(rule.of, rule.where)]].sum())
    base = int(counts[groups.counted[rule.of.terms]].sum())
    bounds = ("" if x is None else exact_text(x) for x in (rule.least, rule.most))
    return [str(value), str(base), *bounds]
