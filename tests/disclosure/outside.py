"""Judge answers of `pulih protect`: by an attacker's integer program over all releases on show."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction as F
from pathlib import Path
from typing import Any

import highspy

from pulih.disclosure.command import run
from tests.disclosure.outside_cases import (
    COLUMNS,
    COUNT,
    SUM,
    Cell,
    Table,
    later,
    table,
)
from tests.outside import Answer, run_here, run_program, write_table

TRIED = 12  # Small cells of one case that are attacked.


def objections(seed: int, folder: Path, *, program: bool = False) -> Iterator[str]:
    chance = random.Random(seed)
    tables = [table(chance)]
    for _ in range(chance.choice([0, 0, 0, 1, 2])):
        tables.append(later(chance, tables[-1]))
    answers: list[Answer] = []
    for number, each in enumerate(tables):
        answer, again = (
            _answer(each, folder, f"{number}{part}", number, chance, program=program)
            for part in ("a", "b")
        )
        answers.append(answer)
        if answer.status not in (0, 1):
            yield f"exit {answer.status}: {answer.told[-300:]}"
            return
        if _timeless(answer) != _timeless(again):
            yield "another order of rows and form of file gives another answer"
    judge = Judge(tables, answers)
    yield from judge.objections(chance)


def _answer(
    each: Table, folder: Path, name: str, number: int, chance: random.Random, *, program: bool
) -> Answer:
    cells = write_table(COLUMNS, each.rows(), folder / f"cells{name}", chance)
    rules = folder / "rules.toml"
    rules.write_text(_toml(each.rules), encoding="utf-8")
    out = folder / name
    arguments = [str(cells), "--rules", str(rules), "--out", str(out), "--json"]
    for earlier in range(number):
        arguments += ["--earlier", str(folder / f"{earlier}a")]
    return run_program("protect", arguments, out) if program else run_here(run, arguments, out)


def _toml(rules: dict[str, dict[str, Any]]) -> str:
    lines = []
    for name, entry in rules.items():
        lines.append(f"[measures.{name}]")
        lines += [f"{key} = {json.dumps(value)}" for key, value in entry.items()]
    return "\n".join(lines) + "\n"


def _timeless(answer: Answer) -> Any:
    told = {key: value for key, value in answer.json().items() if key != "seconds"}
    return told, answer.files["protected.csv"], answer.files["audit.csv"]


class Judge:
    def __init__(self, tables: list[Table], answers: list[Answer]) -> None:
        self.tables, self.answers = tables, answers
        self.shown: list[dict[tuple[str, Cell], str]] = []
        for answer in answers:
            rows = answer.table("protected.csv")
            self.shown.append({(row["measure"], _cell(row)): row["value"] for row in rows})

    def objections(self, chance: random.Random) -> Iterator[str]:
        told = self.answers[-1].json()
        if json.loads(self.answers[-1].printed) != told:
            yield "--json prints another object than explanation.json"
        if self.answers[-1].status != (1 if told["findings"] else 0):
            yield f"exit {self.answers[-1].status} with findings {told['findings']}"
        yield from self._tables()
        yield from self._small_is_hidden()
        if not any(answer.json()["findings"] for answer in self.answers):
            yield from self._attack(chance)

    def _tables(self) -> Iterator[str]:
        for each, answer in zip(self.tables, self.answers, strict=True):
            true = {(row["measure"], _cell(row)): row for row in each.rows()}
            rows = answer.table("protected.csv")
            if len(rows) != len(true):
                yield f"protected.csv has {len(rows)} rows of {len(true)}"
            keys = [
                tuple(row[c] for c in ("measure", "period", "area", "dimension", "category"))
                for row in rows
            ]
            if keys != sorted(keys):
                yield "protected.csv is not sorted by key"
            for row in rows:
                source = true[row["measure"], _cell(row)]
                if row["parent"] != source["parent"]:
                    yield f"the parent of {row}"
                if row["value"] and (F(row["value"]) != F(source["value"]) or row["marker"]):
                    yield f"{row} shows another value than {source['value']}"
                if not row["value"] and row["marker"] != "[c]":
                    yield f"{row} is hidden without a marker"
            hidden = [key for key, row in zip(keys, rows, strict=True) if not row["value"]]
            audited = [
                tuple(row[c] for c in ("measure", "period", "area", "dimension", "category"))
                for row in answer.table("audit.csv")
            ]
            if sorted(hidden) != audited:
                yield f"audit.csv lists {len(audited)} cells, hidden are {len(hidden)}"

    def small(self, number: int) -> set[tuple[str, Cell]]:
        """What the contract says is hidden whatever else is."""
        each, found = self.tables[number], set()
        k = each.rules[COUNT].get("k", 5)
        for cell, value in each.counts.items():
            if 1 <= value < k:
                found.add((COUNT, cell))
            is_answer = cell[1] in each.rules[COUNT].get("answers", ())
            if is_answer and 1 <= each.counts[cell[0], "all", ""] - value < k:
                found.add((COUNT, cell))
        for cell, given in each.contributions.items():
            rule = each.rules[SUM]
            largest = [*sorted(given, reverse=True), F(0), F(0)]
            rest = sum(given, F(0)) - largest[0] - largest[1]
            few = 1 <= len(given) < rule["k"]
            if few or rest * 100 < rule.get("p", 10) * largest[0]:
                found.add((SUM, cell))
        return found

    def _small_is_hidden(self) -> Iterator[str]:
        for number, shown in enumerate(self.shown):
            for measure, cell in self.small(number):
                if shown[measure, cell]:
                    yield f"{measure} {cell} of release {number} is small and shown"
            each = self.tables[number]
            if each.rules.get(SUM, {}).get("with"):
                for cell in each.contributions:
                    if shown[SUM, cell] and shown.get((COUNT, cell)) == "":
                        yield f"the sum of {cell} is shown, its count hidden"
            if not self.small(number) and number == 0 and "" in shown.values():
                yield "nothing is small, yet something is hidden"

    def _attack(self, chance: random.Random) -> Iterator[str]:
        for measure in self.tables[0].rules:
            attacker = Attacker(
                measure,
                self.tables[0],
                [
                    {cell: value for (m, cell), value in shown.items() if m == measure}
                    for shown in self.shown
                ],
            )
            small = [
                (number, cell)
                for number in range(len(self.tables))
                for m, cell in sorted(self.small(number))
                if m == measure
            ]
            for number, cell in chance.sample(small, min(TRIED, len(small))):
                yield from self._confined(attacker, measure, number, cell)
            yield from self._audit(attacker, measure, chance)

    def _confined(self, attacker: Attacker, measure: str, number: int, cell: Cell) -> Iterator[str]:
        found = attacker.range_of(number, cell)
        if found is None:
            if len(self.shown) == 1:
                yield "what is shown contradicts itself"
            return
        low, high = found
        if measure == COUNT:
            k = self.tables[0].rules[COUNT].get("k", 5)
            if high - low < k:
                yield f"{cell} of release {number} is confined to {low} … {high}"
            return
        given = sorted(self.tables[number].contributions[cell], reverse=True)
        more = self.tables[0].rules[SUM].get("p", 10) / 100 * float(given[0]) if given else 0.0
        value = float(sum(given, F(0)))
        if high < (value + more) * (1 - 1e-6):
            yield f"sum {cell} of release {number}, {value}, is confined to {low} … {high}"

    def _audit(self, attacker: Attacker, measure: str, chance: random.Random) -> Iterator[str]:
        last = len(self.answers) - 1
        small = self.small(last)
        rows = [r for r in self.answers[-1].table("audit.csv") if r["measure"] == measure]
        for row in rows:
            low, high = float(row["low"]), float(row["high"])
            k = self.tables[0].rules[COUNT].get("k", 5)
            if measure == COUNT and (COUNT, _cell(row)) in small and high - low < k:
                yield f"the audit itself says {row} of a small cell"
        for row in chance.sample(rows, min(4, len(rows))):
            found = attacker.range_of(last, _cell(row))
            room = 1e-6 * max(1.0, abs(float(row["high"])))
            if found and not (
                found[0] - room <= float(row["low"]) <= float(row["high"]) <= found[1] + room
            ):
                yield f"the audit says {row}, the attacker finds {found}"


def _cell(row: dict[str, str]) -> Cell:
    return row["area"], row["dimension"], row["category"]


class Attacker:
    """All that is known of one measure over all releases, as one integer program."""

    def __init__(self, measure: str, rules: Table, shown: list[dict[Cell, str]]) -> None:
        self.entry, self.parents, self.shown = rules.rules[measure], rules.parents, shown
        self.is_count, self.k = measure == COUNT, rules.rules[COUNT].get("k", 5)
        self.h = highspy.Highs()
        self.h.setOptionValue("output_flag", False)
        self.h.setOptionValue("threads", 1)
        self.h.setOptionValue("mip_rel_gap", 0.0)
        wholes = (
            [*rules.counts.values()]
            if self.is_count
            else [float(sum(given, F(0))) for given in rules.contributions.values()]
        )
        # Further than this nobody need look; large factors in a program are inexact.
        self.most = (4 if self.is_count else 40) * max(wholes, default=0) + 1000
        self.value: list[dict[Cell, Any]] = [
            {cell: self._number(text) for cell, text in each.items()} for each in shown
        ]
        for number in range(len(shown)):
            for total, parts in self.sums(number).items():
                self._add_up(number, total[0], parts)
            self._answers(number)
        self._unchanged()
        if self.is_count:
            self._reasons()

    def _number(self, text: str) -> Any:
        if text:
            return float(text)
        # A count of a hidden cell is whole; a sum is any amount.
        return (
            self.h.addIntegral(0, self.most) if self.is_count else self.h.addVariable(0, self.most)
        )

    def sums(self, number: int) -> dict[tuple[Cell, str], list[Cell]]:
        """Each total with the parts that make it up, by areas below and by categories."""
        rows = defaultdict(list)
        for area, dimension, category in self.shown[number]:
            if self.parents[area]:
                total = (self.parents[area], dimension, category)
                rows[total, "areas"].append((area, dimension, category))
            if dimension in self.entry["parts"]:
                rows[(area, "all", ""), dimension].append((area, dimension, category))
        return dict(rows)

    def answers(self, number: int) -> dict[tuple[Cell, str], list[Cell]]:
        rows = defaultdict(list)
        for area, dimension, category in self.shown[number]:
            if dimension in self.entry.get("answers", ()):
                rows[(area, "all", ""), dimension].append((area, dimension, category))
        return dict(rows)

    def is_hidden(self, number: int, cell: Cell) -> bool:
        return self.shown[number][cell] == ""

    def _add_up(self, number: int, total: Cell, parts: list[Cell]) -> None:
        if any(self.is_hidden(number, cell) for cell in (total, *parts)):
            value = self.value[number]
            hidden = sum(value[part] for part in parts) - value[total]
            self.h.addConstr(hidden == 0)

    def _answers(self, number: int) -> None:
        for (total, _), parts in self.answers(number).items():
            for part in parts:
                if not (self.is_hidden(number, total) or self.is_hidden(number, part)):
                    continue
                rest = self.value[number][total] - self.value[number][part]
                self.h.addConstr(rest >= 0)
                if not self.is_hidden(number, part):
                    # All but 1 to k - 1 would have been hidden.
                    many = self.h.addIntegral(0, 1)
                    self.h.addConstr(rest - self.k * many >= 0)
                    self.h.addConstr(rest - 2 * self.most * many <= 0)

    def _unchanged(self) -> None:
        self.same: list[tuple[int, int, Cell]] = []
        for second in range(len(self.shown)):
            for first in range(second):
                before, after = self.shown[first], self.shown[second]
                rows = {**self.sums(first), **self.answers(first)}
                for (total, _), parts in rows.items():
                    both = [(before[cell], after[cell]) for cell in parts]
                    seen = [(a, b) for a, b in [(before[total], after[total]), *both] if a and b]
                    # A total that is hidden in both has not moved either.
                    stayed = bool(before[total]) == bool(after[total])
                    if stayed and seen and all(a == b for a, b in seen):
                        self.same += [(first, second, cell) for cell in parts]
        for first, second, cell in self.same:
            if self.is_hidden(first, cell) or self.is_hidden(second, cell):
                self.h.addConstr(self.value[first][cell] - self.value[second][cell] == 0)

    def _reasons(self) -> None:
        """Nothing is hidden without a small number in what hangs together."""
        hangs: dict[tuple[int, Cell], set[tuple[int, Cell]]] = defaultdict(set)

        def together(cells: Iterable[tuple[int, Cell]]) -> None:
            hidden = [(n, cell) for n, cell in cells if self.is_hidden(n, cell)]
            for one in hidden:
                hangs[one] |= set(hidden)

        for number in range(len(self.shown)):
            for (total, _), parts in self.sums(number).items():
                together((number, cell) for cell in (total, *parts))
            for (total, _), parts in self.answers(number).items():
                for part in parts:
                    together([(number, total), (number, part)])
        for first, second, cell in self.same:
            together([(first, cell), (second, cell)])
        done: set[tuple[int, Cell]] = set()
        for start in list(hangs):
            if start in done:
                continue
            group, waiting = set(), [start]
            while waiting:
                one = waiting.pop()
                if one not in group:
                    group.add(one)
                    waiting += hangs[one]
            done |= group
            self.h.addConstr(sum(mark for n, c in sorted(group) for mark in self._small(n, c)) >= 1)

    def _small(self, number: int, cell: Cell) -> Iterator[Any]:
        value = self.value[number]
        candidates = [value[cell]]
        if cell[1] in self.entry.get("answers", ()):
            candidates.append(value[cell[0], "all", ""] - value[cell])
        for candidate in candidates:
            mark = self.h.addIntegral(0, 1)
            self.h.addConstr(candidate - mark >= 0)
            self.h.addConstr(candidate + 2 * self.most * mark <= self.k - 1 + 2 * self.most)
            yield mark

    def range_of(self, number: int, cell: Cell) -> tuple[float, float] | None:
        low = self._solve(self.h.minimize, self.value[number][cell])
        high = self._solve(self.h.maximize, self.value[number][cell])
        return None if low is None or high is None else (low, high)

    def _solve(self, solve: Any, value: Any) -> float | None:
        solve(1.0 * value)
        if self.h.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        found = float(self.h.getInfo().objective_function_value)
        return round(found) if self.is_count else found
