"""Judge answers of `pulih refocus` on random cases: lawful, proven, told truly, repeatable."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Iterator
from fractions import Fraction as F
from pathlib import Path
from typing import Any

from pulih.refocusing.command import run
from tests.outside import Answer, Case, Row, run_here, run_program, write_case
from tests.refocusing.outside_cases import case as draw_case
from tests.refocusing.outside_model import Facts, Model

NEAR = 1e-6
PLAN = ["regency", "measure", "units", "amount"]
LINES = ["line", "province", "measure", "before", "after"]
PROVINCES = ["province", "before", "after", "coverage_before", "coverage_after", "relief"]


def objections(seed: int, folder: Path, *, program: bool = False) -> Iterator[str]:
    chance = random.Random(seed)
    case = draw_case(chance)
    gap = chance.choice([1e-4, 1e-4, 1e-9, 0.05])
    first, second = (
        _answer(case, folder / name, gap, chance, program=program) for name in ("a", "b")
    )
    yield from Judge(case, first, gap).objections()
    if first.status == 0 and _timeless(first) != _timeless(second):
        yield "another order of rows, columns and forms of files gives another answer"


def _answer(
    case: Case, folder: Path, gap: float, chance: random.Random, *, program: bool
) -> Answer:
    write_case(case, folder / "case", chance)
    out = folder / "plan"
    arguments = [str(folder / "case"), "--out", str(out), "--gap", str(gap), "--json"]
    return run_program("refocus", arguments, out) if program else run_here(run, arguments, out)


def _timeless(answer: Answer) -> Any:
    def without_seconds(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: without_seconds(v) for k, v in value.items() if k != "seconds"}
        return [without_seconds(v) for v in value] if isinstance(value, list) else value

    told = without_seconds(answer.json())
    return told, {name: text for name, text in answer.files.items() if name.endswith(".csv")}


class Judge:
    def __init__(self, case: Case, answer: Answer, gap: float) -> None:
        self.case, self.answer, self.gap, self.facts = case, answer, gap, Facts(case)
        numbers = [
            int(row[c]) for row in case.rows("lines") for c in ("ceiling", "committed", "blocked")
        ]
        numbers += [int(row["unit_cost"]) for row in case.rows("costs")]
        numbers += [int(row["setup_cost"]) for row in case.rows("measures")]
        self.scale = next(s for s in (10**9, 10**3, 1) if all(n % s == 0 for n in numbers))

    def model(self, **changes: Any) -> Model:
        return Model(self.facts, scale=self.scale, **changes)

    def objections(self) -> Iterator[str]:
        answer = self.answer
        if answer.status not in (0, 1):
            yield f"exit {answer.status}: {answer.told[-300:]}"
            return
        told = answer.json()
        if json.loads(answer.printed) != told:
            yield "--json prints another object than explanation.json"
        if answer.status != (0 if told["status"] == "optimal" else 1):
            yield f"exit {answer.status} for {told['status']}"
        if told["status"] == "infeasible":
            yield from self._infeasible(told)
        elif told["status"] != "optimal":
            yield f"a tiny case ends {told['status']}"
        else:
            yield from self._plan(told)

    def _infeasible(self, told: Any) -> Iterator[str]:
        if set(self.answer.files) != {"explanation.json"}:
            yield f"infeasible, yet wrote {sorted(self.answer.files)}"
        if self.model().feasible():
            yield "called infeasible, but a lawful plan exists"
            return
        rules = [_rule_id(rule) for rule in told["conflict"]["rules"]]
        if self.model(only=rules).feasible():
            yield f"the conflict {rules} can hold"
        for rule in rules:
            if not self.model(only=set(rules) - {rule}).feasible():
                yield f"the conflict {rules} cannot hold without {rule} either"

    def _plan(self, told: Any) -> Iterator[str]:
        for name, columns in (("plan", PLAN), ("lines_after", LINES), ("provinces", PROVINCES)):
            head = self.answer.files[f"{name}.csv"].splitlines()[0].split(",")
            if head[: len(columns)] != columns:
                yield f"{name}.csv has columns {head}"
        units = {
            (row["regency"], row["measure"]): int(row["units"])
            for row in self.answer.table("plan.csv")
        }
        after = {row["line"]: int(row["after"]) for row in self.answer.table("lines_after.csv")}
        yield from self._lawful(units, after)
        yield from self._tables(units, after, told)
        yield from self._stages(units, after, told["stages"])

    def _lawful(self, units: dict[tuple[str, str], int], after: dict[str, int]) -> Iterator[str]:
        facts = self.facts
        pools = facts.pools()
        unknown = set(after) - set(pools)
        if unknown or not set(facts.lines) <= set(after):
            yield f"lines_after holds {sorted(after)}"
            return
        for line, held in after.items():
            least = facts.number(line, "committed") + facts.number(line, "blocked")
            if held < least:
                yield f"{line} holds {held}, less than {least}"
            if facts.is_protected(line) and held != facts.number(line, "ceiling"):
                yield f"{line} is protected and moved to {held}"
        if sum(after.values()) > self.case.settings["ceiling"]:
            yield "above the ceiling"
        for (regency, measure), count in units.items():
            if count <= 0 or count % facts.batch(measure):
                yield f"{count} units of {measure} are no batches"
            if facts.unit_cost(regency, measure) is None:
                yield f"{measure} runs in {regency}, where it has no cost"
        for pool in set(pools.values()):
            lines = [line for line in after if pools[line] == pool]
            money = sum(after[line] - facts.number(line, "blocked") for line in lines)
            spent = sum(
                self._amount(key, count)
                for key, count in units.items()
                if (facts.province_of[key[0]], key[1]) == pool
            )
            if spent > money:
                yield f"{pool} spends {spent} of {money}"
        yield from self._rules(units, after, pools)

    def _amount(self, key: tuple[str, str], count: int) -> int:
        return (self.facts.unit_cost(*key) or 0) * count + self.facts.setup(key[1])

    def _rules(
        self,
        units: dict[tuple[str, str], int],
        after: dict[str, int],
        pools: dict[str, tuple[str, str]],
    ) -> Iterator[str]:
        facts = self.facts

        def money(province: str, measures: set[str]) -> int:
            return sum(
                held
                for line, held in after.items()
                if pools[line][1] in measures and province in ("", pools[line][0])
            )

        for row in self.case.rows("limits"):
            count = sum(
                n
                for (r, m), n in units.items()
                if m == row["measure"] and row["area"] in (r, facts.province_of[r])
            )
            if not _within(count, row["min_units"], row["max_units"]):
                yield f"limit {row} breaks at {count}"
        for row in self.case.rows("amounts"):
            held = money(row["province"], facts.names(row))
            if not _within(held, row["min_amount"], row["max_amount"]):
                yield f"amount {row} breaks at {held}"
        for row in self.case.rows("shares"):
            held = money(row["province"], facts.names(row))
            country = not row["province"] or row["measures"] == "*"
            base = money("" if country else row["province"], set(facts.measures))
            if row["min_share"] and held < math.floor(F(row["min_share"]) * base):
                yield f"share {row} breaks at {held} of {base}"
            if row["max_share"] and held > math.ceil(F(row["max_share"]) * base):
                yield f"share {row} breaks at {held} of {base}"

    def _tables(
        self, units: dict[tuple[str, str], int], after: dict[str, int], told: Any
    ) -> Iterator[str]:
        facts, pools = self.facts, self.facts.pools()
        for row in self.answer.table("plan.csv"):
            key = row["regency"], row["measure"]
            if int(row["amount"]) != self._amount(key, units[key]):
                yield f"plan says {row}"
        for row in self.answer.table("lines_after.csv"):
            line = row["line"]
            expected = (*pools[line], facts.number(line, "ceiling"))
            if (row["province"], row["measure"], int(row["before"])) != expected:
                yield f"lines_after says {row}"
            if line.startswith("NEW:") and after[line] == 0:
                yield f"{line} is written though it holds nothing"
        for name, keys in (("plan.csv", PLAN[:2]), ("lines_after.csv", LINES[:1])):
            rows = [tuple(row[k] for k in keys) for row in self.answer.table(name)]
            if rows != sorted(set(rows)):
                yield f"{name} is not sorted"
        rows = self.answer.table("provinces.csv")
        if [row["province"] for row in rows] != facts.provinces:
            yield "provinces.csv does not list the provinces in order"
        for row in rows:
            yield from self._province(row, units, after)
        held = sum(after.values())
        if told["unallocated"] != self.case.settings["ceiling"] - held:
            yield f"unallocated {told['unallocated']}"

    def _province(
        self, row: Row, units: dict[tuple[str, str], int], after: dict[str, int]
    ) -> Iterator[str]:
        facts, province = self.facts, row["province"]
        pools = facts.pools()
        mine = [line for line in after if pools[line][0] == province]
        if int(row["before"]) != sum(facts.number(line, "ceiling") for line in mine):
            yield f"before of {row}"
        if int(row["after"]) != sum(after[line] for line in mine):
            yield f"after of {row}"
        relief, full = facts.relieved(units, province), facts.full(province)
        if abs(float(row["relief"]) - float(relief)) > NEAR:
            yield f"relief of {row} is {float(relief)}"
        if not full:
            if row["coverage_after"] or row["coverage_before"]:
                yield f"{row} has coverage without need"
            return
        if abs(float(row["coverage_after"]) - float(relief / full)) > NEAR:
            yield f"coverage of {row} is {float(relief / full)}"
        yield from self._before(row, province, float(full))

    def _before(self, row: Row, province: str, full: float) -> Iterator[str]:
        """The best with the province's lines as they were, its own limits kept."""
        model = self.model(only=self._own_rules(province))
        for line, after in model.after.items():
            before = self.facts.number(line, "ceiling") / self.scale
            model.h.addConstr(after + 0.0 == before)
        best = model._best(model.relief_of[province] + 0.0, highest=True)
        told = row["coverage_before"]
        if best is None:
            if told:
                yield f"coverage_before of {row}, but its limits cannot hold"
        elif (
            not told or not best * (1 - self.gap) / full - NEAR <= float(told) <= best / full + NEAR
        ):
            yield f"coverage_before of {row} is {best / full}"

    def _own_rules(self, province: str) -> set[str]:
        own = {f"money:{province}:{measure}" for measure in self.facts.measures}
        for row in self.case.rows("limits"):
            if province in (row["area"], self.facts.province_of.get(row["area"])):
                own |= {f"limit:{row['area']}:{row['measure']}:{end}" for end in ("min", "max")}
        return own

    def _stages(
        self, units: dict[tuple[str, str], int], after: dict[str, int], stages: Any
    ) -> Iterator[str]:
        facts = self.facts
        reliefs = {province: facts.relieved(units, province) for province in facts.provinces}
        shares = [reliefs[p] / facts.full(p) for p in facts.provinces if facts.full(p)]
        total = float(sum(reliefs.values()))
        change = sum(abs(held - facts.number(line, "ceiling")) for line, held in after.items())
        moved = sum(held != facts.number(line, "ceiling") for line, held in after.items())
        change += moved * self.case.settings["change_cost"]
        worst, relief, least = (stages[name] for name in ("worst", "relief", "change"))
        t1, t2 = (float(t) for t in facts.tolerance)
        if shares:
            yield from self._stage("worst", worst, self.model().best_worst())
            if float(min(shares)) < (1 - t1) * worst["value"] * (1 - 1e-9) - 1e-9:
                yield f"the plan's smallest coverage {float(min(shares))} gives up {worst}"
        elif worst["value"] is not None:
            yield f"nobody has a need, yet worst is {worst}"
        model = self.model()
        if shares:
            model.keep_worst((1 - t1) * worst["value"])
        yield from self._stage("relief", relief, model.best_relief())
        if total < (1 - t2) * relief["value"] * (1 - 1e-9) - 1e-9:
            yield f"the plan's relief {total} gives up {relief}"
        if change != least["value"]:
            yield f"the plan's change is {change}, told {least}"
        model = self.model()
        if shares:
            model.keep_worst((1 - t1) * worst["value"])
        model.keep_relief((1 - t2) * relief["value"])
        yield from self._stage("change", least, model.least_change())

    def _stage(self, name: str, told: Any, best: float | None) -> Iterator[str]:
        if best is None:
            yield f"{name}: no lawful plan exists at all"
            return
        value, bound = told["value"], told["bound"]
        sign = -1 if name == "change" else 1
        room = NEAR * max(1.0, abs(best)) + (len(self.facts.pools()) if name == "change" else 0)
        if sign * (value - best) > room:
            yield f"{name}: value {value} passes the best {best}"
        if sign * (best - bound) > room:
            yield f"{name}: the best {best} passes the bound {bound}"
        gap = abs(bound - value) / max(abs(value), 1e-9)
        if abs(gap - told["gap"]) > 1e-9 * max(1.0, gap):
            yield f"{name}: gap told {told['gap']}, is {gap}"
        if gap > self.gap * (1 + 1e-9):
            yield f"{name}: optimal with gap {gap}"


def _within(value: int, low: str, high: str) -> bool:
    return (not low or value >= int(low)) and (not high or value <= int(high))


def _rule_id(rule: Any) -> str:
    return str(rule["rule"])
