"""Judge answers of `pulih select` by trying every selection there is."""

from __future__ import annotations

import hashlib
import itertools
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction as F
from pathlib import Path
from typing import Any

from pulih.selection.command import run
from tests.outside import Answer, Case, Row, run_here, run_program, write_case
from tests.selection.outside_cases import case as draw_case

Chosen = frozenset[str]
SELECTED = ["application", "score", "cost", "draw", "group"]
DECISIONS = ["application", "chosen", "group", "place", "line", "reason", "by"]
RULES = ["rule", "value", "base", "min", "max", "price"]


def objections(seed: int, folder: Path, *, program: bool = False) -> Iterator[str]:
    chance = random.Random(seed)
    case = draw_case(chance)
    answers = []
    for name in "ab":
        write_case(case, folder / name / "case", chance)
        out = folder / name / "plan"
        words = [str(folder / name / "case"), "--out", str(out), "--json", "--gap", "0"]
        answers.append(run_program("select", words, out) if program else run_here(run, words, out))
    yield from Judge(case, answers[0]).objections()
    if answers[0].status == 0 and _timeless(answers[0]) != _timeless(answers[1]):
        yield "another order of rows and form of files gives another answer"


def _timeless(answer: Answer) -> Any:
    told = {name: value for name, value in answer.json().items() if name != "seconds"}
    return told, {name: text for name, text in answer.files.items() if name.endswith(".csv")}


class Facts:
    """The case, and for any selection the rules that it breaks."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.rows = {row["application"]: row for row in case.rows("applications")}
        self.score = {name: F(row["score"]) for name, row in self.rows.items()}
        self.cost = {name: int(row["cost"] or 0) for name, row in self.rows.items()}
        seed = case.settings["seed"]
        self.draw = {name: _sha(f"{seed}\n{name}") for name in self.rows}

    def fulfils(self, name: str, where: str) -> bool:
        if where == "*":
            return True
        parts = [part.split("=") for part in where.split(";")]
        row = self.rows[name]
        return all(row[column] and row[column] in values.split("|") for column, values in parts)

    def counted(self, names: Iterable[str], *wheres: str) -> list[str]:
        return [n for n in names if all(self.fulfils(n, where) for where in wheres)]

    def broken(self, chosen: Iterable[str]) -> Iterator[str]:
        names = list(chosen)
        for name, row in self.rows.items():
            if row["fixed"] and (name in names) != (row["fixed"] == "in"):
                yield f"fixed:{name}"
        for row in self.case.rows("quotas"):
            fits = self.counted(names, row["where"])
            value = sum(self.cost[n] for n in fits) if row["unit"] == "rupiah" else len(fits)
            if row["min"] and value < int(row["min"]):
                yield f"quota:{row['quota']}:min"
            if row["max"] and value > int(row["max"]):
                yield f"quota:{row['quota']}:max"
        for row in self.case.rows("shares"):
            base = len(self.counted(names, row["of"]))
            value = len(self.counted(names, row["of"], row["where"]))
            if row["min_share"] and value < F(row["min_share"]) * base:
                yield f"share:{row['share']}:min"
            if row["max_share"] and value > F(row["max_share"]) * base:
                yield f"share:{row['share']}:max"
        for column in self.case.settings["exclusive"]:
            values = [self.rows[n][column] for n in names if self.rows[n][column]]
            if len(values) != len(set(values)):
                yield f"exclusive:{column}"

    def lawful(self) -> list[Chosen]:
        names = sorted(self.rows)
        every = (
            frozenset(some)
            for size in range(len(names) + 1)
            for some in itertools.combinations(names, size)
        )
        return [chosen for chosen in every if not any(self.broken(chosen))]

    def value(self, chosen: Iterable[str]) -> F:
        return sum((self.score[name] for name in chosen), F(0))

    def alike(self, name: str) -> tuple[Any, ...]:
        """Two with the same answer count alike everywhere."""
        counts: list[Any] = [self.cost[name]]
        counts += [self.fulfils(name, row["where"]) for row in self.case.rows("quotas")]
        for row in self.case.rows("shares"):
            of, where = self.fulfils(name, row["of"]), self.fulfils(name, row["where"])
            counts += [of, of and where]
        return tuple(counts)

    def ahead(self, one: str, other: str) -> bool:
        """Whether one stands ahead of the other."""
        if self.score[one] != self.score[other]:
            return self.score[one] > self.score[other]
        return self.draw[one] < self.draw[other]

    def partners(self, name: str, among: Iterable[str]) -> set[str]:
        columns = self.case.settings["exclusive"]
        row = self.rows[name]
        return {
            other
            for other in among
            if other != name
            and any(row[column] and row[column] == self.rows[other][column] for column in columns)
        }


class Judge:
    def __init__(self, case: Case, answer: Answer) -> None:
        self.case, self.answer, self.facts = case, answer, Facts(case)

    def objections(self) -> Iterator[str]:
        answer, facts = self.answer, self.facts
        if answer.status not in (0, 1):
            yield f"exit {answer.status}: {answer.told[-300:]}"
            return
        told = answer.json()
        if json.loads(answer.printed) != told:
            yield "--json prints another object than explanation.json"
        lawful = facts.lawful()
        if told["status"] == "infeasible":
            yield from self._infeasible(told, lawful)
            return
        if told["status"] != "optimal" or answer.status != 0:
            yield f"a tiny case ends {told['status']}, exit {answer.status}"
            return
        chosen = frozenset(row["application"] for row in answer.table("selected.csv"))
        if broken := list(facts.broken(chosen)):
            yield f"{sorted(chosen)} breaks {broken}"
            return
        best = max(facts.value(each) for each in lawful)
        for name in ("value", "bound"):
            if abs(told[name] - float(best)) > 1e-6 * max(1.0, float(best)):
                yield f"told {name} {told[name]}, the best is {float(best)}"
        if facts.value(chosen) != best:
            yield f"selected {float(facts.value(chosen))}, the best is {float(best)}"
        yield from self._promises(chosen)
        yield from self._tables(chosen, told)

    def _infeasible(self, told: Any, lawful: list[Chosen]) -> Iterator[str]:
        if lawful:
            yield f"called infeasible, but {sorted(lawful[0])} is lawful"
        if self.answer.status != 1 or set(self.answer.files) != {"explanation.json"}:
            yield f"infeasible: exit {self.answer.status}, {sorted(self.answer.files)}"
        rules = {each["rule"] for each in told["conflict"]}
        names = sorted(self.facts.rows)
        kept = [
            rules & set(self.facts.broken(some))
            for size in range(len(names) + 1)
            for some in itertools.combinations(names, size)
        ]
        if set() in kept:
            yield f"the conflict {sorted(rules)} can hold"
        for rule in rules:
            if not any(broken <= {rule} for broken in kept):
                yield f"the conflict {sorted(rules)} cannot hold without {rule} either"

    def _promises(self, chosen: Chosen) -> Iterator[str]:
        facts = self.facts
        free = [name for name, row in facts.rows.items() if not row["fixed"]]
        for one, other in itertools.product(free, free):
            if one in chosen and other not in chosen and facts.alike(one) == facts.alike(other):
                rest = chosen - {one}
                if facts.ahead(other, one) and not facts.partners(other, rest):
                    yield f"{other} is passed over by {one}"
        for name in free:
            could_gain = name not in chosen and facts.score[name] > 0
            if could_gain and not any(facts.broken(chosen | {name})):
                yield f"{name} is left out for nothing"

    def _tables(self, chosen: Chosen, told: Any) -> Iterator[str]:
        answer, facts = self.answer, self.facts
        heads = (("selected", SELECTED), ("decisions", DECISIONS), ("rules", RULES))
        for name, columns in heads:
            if answer.files[f"{name}.csv"].splitlines()[0].split(",")[: len(columns)] != columns:
                yield f"{name}.csv has other columns"
        if (told["chosen"], told["cost"]) != (len(chosen), sum(facts.cost[n] for n in chosen)):
            yield f"told {told['chosen']} chosen and {told['cost']}"
        lines = [f"{n}\t{float(s):.6f}\t{facts.cost[n]}\n" for n, s in facts.score.items()]
        if told["digest"] not in {_sha("".join(sorted(lines))), _sha_by_name(facts)}:
            yield "the digest is another"
        groups = self._groups()
        for row in answer.table("selected.csv"):
            name = row["application"]
            expected = (f"{float(facts.score[name]):.6f}", str(facts.cost[name]))
            if (row["score"], row["cost"]) != expected or row["draw"] != facts.draw[name][:16]:
                yield f"selected says {row}"
            if int(row["group"]) != groups[name]:
                yield f"the group of {row} is {groups[name]}"
        rows = answer.table("decisions.csv")
        if [row["application"] for row in rows] != sorted(facts.rows):
            yield "decisions does not list every application once, sorted"
        for row in rows:
            yield from self._decision(row, chosen, groups)

    def _groups(self) -> dict[str, int]:
        number: dict[Any, int] = {}
        for name in sorted(self.facts.rows):
            number.setdefault(self.facts.alike(name), len(number) + 1)
        return {name: number[self.facts.alike(name)] for name in self.facts.rows}

    def _decision(self, row: Row, chosen: Chosen, groups: dict[str, int]) -> Iterator[str]:
        facts, name = self.facts, row["application"]
        members = defaultdict(list)
        for each, group in groups.items():
            if not facts.rows[each]["fixed"]:
                members[group].append(each)
        mine = members[groups[name]]
        place = ""
        if name in mine:
            place = str(1 + sum(facts.ahead(other, name) for other in mine if other != name))
        lines = [facts.score[each] for each in mine if each in chosen]
        line = f"{float(min(lines)):.6f}" if lines else ""
        reason, by = self._reason(name, chosen, mine, min(lines, default=None))
        expected = [str(int(name in chosen)), str(groups[name]), place, line, reason]
        if [row[column] for column in DECISIONS[1:6]] != expected:
            yield f"decisions says {row}, expected {expected}"
        if set(filter(None, row["by"].split(";"))) != by:
            yield f"decisions says {row}, expected by {by}"

    def _reason(
        self, name: str, chosen: Chosen, mine: list[str], line: F | None
    ) -> tuple[str, set[str]]:
        facts = self.facts
        if facts.rows[name]["fixed"]:
            return "fixed", set()
        at_line = facts.score[name] == line
        if name in chosen:
            others = [m for m in mine if m not in chosen and facts.score[m] == line]
            return ("draw" if at_line and others else "score"), set()
        if partners := facts.partners(name, chosen):
            return "partner", partners
        if line is None:
            broken = facts.broken(chosen | {name})
            # As `rules.csv` names them: a quota or share has one id for both ends.
            return "full", {rule.removesuffix(":min").removesuffix(":max") for rule in broken}
        return ("draw" if at_line else "score"), set()


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _sha_by_name(facts: Facts) -> str:
    """The lines sorted by application, should that be another order."""
    names = sorted(facts.rows)
    return _sha("".join(f"{n}\t{float(facts.score[n]):.6f}\t{facts.cost[n]}\n" for n in names))
