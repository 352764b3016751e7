"""The model of the contract as one plain integer program, sharing nothing with the core."""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction as F
from typing import Any

import highspy

from tests.outside import Case, Row

Rule = str


class Facts:
    """A case read once more, every number exact."""

    def __init__(self, case: Case) -> None:
        self.case = case
        parents = {row["area"]: row["parent"] for row in case.rows("areas")}
        self.provinces = sorted(area for area, parent in parents.items() if not parent)
        self.province_of = {area: parent for area, parent in parents.items() if parent}
        self.lines = {row["line"]: row for row in case.rows("lines")}
        self.measures = {row["measure"]: row for row in case.rows("measures")}
        self.needs = {
            (row["regency"], row["need"]): (int(row["firms"]), F(row["severity"]))
            for row in case.rows("needs")
            if int(row["firms"]) and F(row["severity"])
        }
        self.relief = {(r["measure"], r["need"]): F(r["relief"]) for r in case.rows("effects")}
        self.coverage = [(F(str(w)), F(str(v))) for w, v in case.settings["coverage"]]
        self.tolerance = [F(str(t)) for t in case.settings["tolerance"]]
        self.costs = {(r["area"], r["measure"]): int(r["unit_cost"]) for r in case.rows("costs")}

    def unit_cost(self, regency: str, measure: str) -> int | None:
        for area in (regency, self.province_of[regency], ""):
            if (area, measure) in self.costs:
                return self.costs[area, measure]
        return None

    def places(self) -> list[tuple[str, str]]:
        return [
            (r, m)
            for r in sorted(self.province_of)
            for m in sorted(self.measures)
            if self.unit_cost(r, m) is not None
        ]

    def batch(self, measure: str) -> int:
        return int(self.measures[measure]["batch"])

    def setup(self, measure: str) -> int:
        return int(self.measures[measure]["setup_cost"])

    def names(self, row: Row) -> set[str]:
        chosen = row["measures"]
        return set(self.measures) if chosen == "*" else set(chosen.split(";"))

    def full(self, province: str) -> F:
        """Relief of a province if every need were served in full."""
        most = sum((width * weight for width, weight in self.coverage), F(0))
        return most * sum(
            (
                F(firms) * severity / 100
                for (r, _), (firms, severity) in self.needs.items()
                if self.province_of[r] == province
            ),
            F(0),
        )

    def earned(self, share: F) -> F:
        total, rest = F(0), share
        for width, weight in self.coverage:
            total += weight * min(width, rest)
            rest -= min(width, rest)
        return total

    def relieved(self, units: dict[tuple[str, str], int], province: str) -> F:
        total = F(0)
        for (regency, need), (firms, severity) in self.needs.items():
            if self.province_of[regency] == province:
                served = sum(
                    (
                        self.relief.get((m, need), F(0)) * units.get((regency, m), 0)
                        for m in self.measures
                    ),
                    F(0),
                )
                total += severity / 100 * firms * self.earned(served / firms)
        return total

    def pools(self) -> dict[str, tuple[str, str]]:
        """Every line, new ones included, with its province and measure."""
        lines = {code: (row["province"], row["measure"]) for code, row in self.lines.items()}
        held = set(lines.values())
        for province in self.provinces:
            for measure in self.measures:
                if (province, measure) not in held:
                    lines[f"NEW:{province}:{measure}"] = (province, measure)
        return lines

    def number(self, line: str, column: str) -> int:
        return int(self.lines[line][column]) if line in self.lines else 0

    def is_protected(self, line: str) -> bool:
        return line in self.lines and self.lines[line]["protected"] == "1"


class Model:
    """Units, money and relief of one case; `without` names rules that are lifted."""

    def __init__(
        self,
        facts: Facts,
        *,
        scale: int,
        rounding: int = 1,
        without: Iterable[Rule] = (),
        only: Iterable[Rule] | None = None,
    ) -> None:
        self.facts, self.scale, self.rounding = facts, scale, rounding
        self.without = set(without)
        self.only = None if only is None else set(only)
        self.h = highspy.Highs()
        self.h.setOptionValue("output_flag", False)
        self.h.setOptionValue("threads", 1)
        for name in ("mip_rel_gap", "mip_abs_gap"):
            self.h.setOptionValue(name, 0.0)
        for name in ("mip_feasibility_tolerance", "primal_feasibility_tolerance"):
            self.h.setOptionValue(name, 1e-9)
        self._money()
        self._units()
        self._limits()
        self._shares_and_amounts()
        self._relief()

    def holds(self, rule: Rule) -> bool:
        return rule not in self.without and (self.only is None or rule in self.only)

    def _money(self) -> None:
        facts, s = self.facts, self.scale
        self.after: dict[str, Any] = {}
        for line in facts.pools():
            before = facts.number(line, "ceiling")
            least = facts.number(line, "committed") + facts.number(line, "blocked")
            low = least / s if self.holds(f"floor:{line}") else 0
            high = highspy.kHighsInf
            if facts.is_protected(line) and self.holds(f"protected:{line}"):
                low = high = before / s
            add = self.h.addIntegral if s == 1 else self.h.addVariable
            self.after[line] = add(low, high)
        if self.holds("ceiling"):
            ceiling = facts.case.settings["ceiling"] / s
            self.h.addConstr(self._sum(self.after) <= ceiling)

    def _sum(self, lines: Iterable[str]) -> Any:
        return self.h.qsum([self.after[line] for line in lines]) + 0.0

    def _units(self) -> None:
        facts, h = self.facts, self.h
        self.batches, self.runs = {}, {}
        for regency, measure in facts.places():
            most = self._most_batches(regency, measure)
            self.batches[regency, measure] = k = h.addIntegral(0, most)
            self.runs[regency, measure] = on = h.addIntegral(0, 1)
            h.addConstr(k - most * on <= 0)
        for province in facts.provinces:
            for measure in facts.measures:
                if self.holds(f"money:{province}:{measure}"):
                    self._pay(province, measure)

    def _most_batches(self, regency: str, measure: str) -> int:
        """More than this many earn nothing and no minimum asks for them."""
        facts = self.facts
        useful = [
            firms / facts.relief[measure, need]
            for (r, need), (firms, _) in facts.needs.items()
            if r == regency and facts.relief.get((measure, need))
        ]
        least = sum(int(row["min_units"] or 0) for row in facts.case.rows("limits"))
        return math.ceil(max(useful, default=F(0)) / facts.batch(measure)) + least + 1

    def _pay(self, province: str, measure: str) -> None:
        facts, s = self.facts, self.scale
        here = [
            (r, m) for r, m in self.batches if m == measure and facts.province_of[r] == province
        ]
        lines = [line for line, pool in facts.pools().items() if pool == (province, measure)]
        blocked = sum(facts.number(line, "blocked") for line in lines)
        spent = []
        for key in here:
            price = facts.unit_cost(*key)
            assert price is not None
            spent.append(price * facts.batch(measure) / s * self.batches[key])
            spent.append(facts.setup(measure) / s * self.runs[key])
        self.h.addConstr(self.h.qsum(spent) - self._sum(lines) + blocked / s <= 0)

    def _limits(self) -> None:
        for row in self.facts.case.rows("limits"):
            area, measure = row["area"], row["measure"]
            units = self.h.qsum(
                [
                    self.facts.batch(measure) * k
                    for (r, m), k in self.batches.items()
                    if m == measure and area in (r, self.facts.province_of[r])
                ]
            )
            rule = f"limit:{area}:{measure}"
            self._within(rule, units, row["min_units"], row["max_units"], 1)

    def _within(self, rule: Rule, value: Any, low: str, high: str, scale: int) -> None:
        # An empty sum must still stand against its bound.
        value = value + self.h.addVariable(0, 0)
        if low and self.holds(f"{rule}:min"):
            self.h.addConstr(value >= int(low) / scale)
        if high and self.holds(f"{rule}:max"):
            self.h.addConstr(value <= int(high) / scale)

    def _shares_and_amounts(self) -> None:
        facts = self.facts
        pools = facts.pools()
        for row in facts.case.rows("amounts"):
            chosen = _chosen(pools, row["province"], facts.names(row))
            rule = f"amount:{row['rule']}"
            low, high = row["min_amount"], row["max_amount"]
            self._within(rule, self._sum(chosen), low, high, self.scale)
        for row in facts.case.rows("shares"):
            whole_country = not row["province"] or row["measures"] == "*"
            base = _chosen(pools, "" if whole_country else row["province"], set(facts.measures))
            chosen = _chosen(pools, row["province"], facts.names(row))
            for end, column in (("min", "min_share"), ("max", "max_share")):
                if row[column] and self.holds(f"share:{row['rule']}:{end}"):
                    self._share(F(row[column]), end, chosen, base)

    def _share(self, share: F, end: str, chosen: list[str], base: list[str]) -> None:
        """sel >= floor(a/b base) is b sel - a base >= 1 - b in whole rupiah, and so above."""
        a, b = share.numerator, share.denominator
        slack = (b - 1) * self.rounding / self.scale
        apart = b * self._sum(chosen) - a * self._sum(base)
        self.h.addConstr(apart >= -slack) if end == "min" else self.h.addConstr(apart <= slack)

    def _relief(self) -> None:
        facts, h = self.facts, self.h
        parts: dict[str, list[Any]] = {province: [] for province in facts.provinces}
        for (regency, need), (firms, severity) in facts.needs.items():
            served = [
                float(facts.relief.get((m, need), 0)) * facts.batch(m) / firms * k
                for (r, m), k in self.batches.items()
                if r == regency
            ]
            shares = [h.addVariable(0, float(width)) for width, _ in facts.coverage]
            h.addConstr(h.qsum(shares) - h.qsum(served) <= 0)
            for share, (_, weight) in zip(shares, facts.coverage, strict=True):
                worth = float(severity / 100 * firms * weight)
                parts[facts.province_of[regency]].append(worth * share)
        self.relief_of = {province: h.qsum(terms) for province, terms in parts.items()}

    def feasible(self) -> bool:
        return self._best(self.h.qsum([]), highest=True) is not None

    def keep_worst(self, least: float) -> None:
        for province in self.facts.provinces:
            if full := float(self.facts.full(province)):
                self.h.addConstr(self.relief_of[province] >= least * full * (1 - 1e-9) - 1e-9)

    def keep_relief(self, least: float) -> None:
        total = self.h.qsum(list(self.relief_of.values()))
        self.h.addConstr(total >= least * (1 - 1e-9) - 1e-9)

    def best_worst(self) -> float | None:
        worst = self.h.addVariable(0, highspy.kHighsInf)
        for province in self.facts.provinces:
            if full := float(self.facts.full(province)):
                self.h.addConstr(worst * full - self.relief_of[province] <= 0)
        return self._best(worst + 0.0, highest=True)

    def best_relief(self) -> float | None:
        return self._best(self.h.qsum(list(self.relief_of.values())), highest=True)

    def least_change(self) -> float | None:
        h, s, facts = self.h, self.scale, self.facts
        terms = []
        top = facts.case.settings["ceiling"] / s + 1
        top += sum(facts.number(line, "ceiling") for line in facts.lines) / s
        for line, after in self.after.items():
            before = facts.number(line, "ceiling") / s
            up, down = h.addVariable(0, top), h.addVariable(0, top)
            changed = h.addIntegral(0, 1)
            h.addConstr(after - up + down == before)
            h.addConstr(up + down - top * changed <= 0)
            terms += [up, down, facts.case.settings["change_cost"] / s * changed]
        found = self._best(h.qsum(terms), highest=False)
        return None if found is None else found * s

    def _best(self, value: Any, *, highest: bool) -> float | None:
        solve = self.h.maximize if highest else self.h.minimize
        solve(value + self.h.addVariable(0, 0))
        status = self.h.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        assert status == highspy.HighsModelStatus.kOptimal, status
        return float(self.h.getInfo().objective_function_value)


def _chosen(pools: dict[str, tuple[str, str]], province: str, measures: set[str]) -> list[str]:
    return [
        line for line, (p, m) in pools.items() if m in measures and (not province or p == province)
    ]
