"""Somebody who holds every release and a solver, and shares no line with the protector.

Reads rows as `protected.csv` has them and builds one integer program of all that is known: what is
shown, all additions, answers up to the whole, the rules of hiding, rows that seem unchanged.
"""

import itertools
from collections import defaultdict

import highspy


def of_measures(rows):
    """Rows of several measures, the area of each named with its measure."""
    return [
        row
        | {"area": (row["measure"], row["area"])}
        | {"parent": (row["measure"], row["parent"]) if row["parent"] else ""}
        for row in rows
    ]


class Attack:
    """releases: lists of dicts, oldest first; rules: entry of one measure of `RULES.toml`.

    reasons: whether he knows the rules of hiding too. within: pairs of measures of which the first
    counts a part of the second; their areas are then distinguished, as by `of_measures`. rests:
    those of these pairs that hide what is all but a few of a number that is shown.
    """

    def __init__(self, releases, rules, *, reasons=True, within=(), rests=()):
        self.reasons, self.rests = reasons, rests
        self.releases, self.rules, self.k = releases, rules, rules.get("k", 5)
        self.is_count = rules["kind"] == "count"
        self.model = highspy.Highs()
        self.model.setOptionValue("output_flag", False)
        self.model.setOptionValue("threads", 1)
        self.unknown, self.value = {}, []
        for number, rows in enumerate(releases):
            self.value.append({})
            for row in rows:
                self._read(number, row)
        self.rows = [list(self._rows(number)) for number in range(len(releases))]
        self._additions()
        self._answers()
        self._inclusions(within)
        self._unchanged()
        if reasons and self.is_count:
            self._reasons()

    def _read(self, number, row):
        cell = row["area"], row["dimension"], row["category"]
        if row["value"]:
            self.value[number][cell] = int(row["value"])
        else:
            assert row["marker"] == "[c]"
            kind = highspy.HighsVarType.kInteger
            variable = self.model.addVariable(0, 10_000, 0, kind)
            self.unknown[number, cell] = self.value[number][cell] = variable

    def _rows(self, number):
        """Totals and parts: (kind, total, parts)."""
        parent = {row["area"]: row["parent"] for row in self.releases[number]}
        below, within = defaultdict(list), defaultdict(list)
        for area, dimension, category in self.value[number]:
            if parent[area]:
                below[parent[area], dimension, category].append((area, dimension, category))
            if dimension != "all":
                within[area, dimension].append((area, dimension, category))
        for total, parts in below.items():
            yield "area", total, parts
        for (area, dimension), parts in within.items():
            kind = "parts" if dimension in self.rules.get("parts", ()) else "answers"
            yield kind, (area, "all", ""), parts

    def _is_shown(self, number, cell):
        return (number, cell) not in self.unknown

    def _additions(self):
        for number, rows in enumerate(self.rows):
            value = self.value[number]
            for kind, total, parts in rows:
                if kind == "answers" or all(
                    self._is_shown(number, each) for each in (total, *parts)
                ):
                    continue
                self.model.addConstr(sum(value[part] for part in parts) - value[total] == 0)

    def _answers(self):
        for number, rows in enumerate(self.rows):
            value = self.value[number]
            for kind, total, parts in rows:
                for part in parts if kind == "answers" else ():
                    if self._is_shown(number, total) and self._is_shown(number, part):
                        continue
                    self.model.addConstr(value[total] - value[part] >= 0)
                    if self.is_count and self.reasons and self._is_shown(number, part):
                        self._nobody_or_many(value[total] - value[part])

    def _inclusions(self, within):
        for value in self.value:
            for part, larger in within:
                for (measure, area), dimension, category in [*value]:
                    pair = [((each, area), dimension, category) for each in (part, larger)]
                    if measure == part and pair[1] in value:
                        inner, outer = (value[cell] for cell in pair)
                        if not (isinstance(inner, int) and isinstance(outer, int)):
                            self.model.addConstr(1 * outer - inner >= 0)

    def _nobody_or_many(self, rest):
        """All but 1 to k - 1 is never shown."""
        is_many = self.model.addBinary()
        self.model.addConstr(rest - self.k * is_many >= 0)
        self.model.addConstr(rest - 10_000 * is_many <= 0)

    def _unchanged(self):
        self.same = []
        for first, second in itertools.combinations(range(len(self.releases)), 2):
            others = {(kind, total, parts[0][1]): parts for kind, total, parts in self.rows[second]}
            for kind, total, parts in self.rows[first]:
                match = set(others.get((kind, total, parts[0][1]), ()))
                both = [part for part in parts if part in match]
                if both and self._seems_unchanged(first, second, total, both):
                    self.same += [(first, second, each) for each in both]
        for first, second, cell in self.same:
            if not (self._is_shown(first, cell) and self._is_shown(second, cell)):
                self.model.addConstr(self.value[first][cell] - self.value[second][cell] == 0)

    def _seems_unchanged(self, first, second, total, parts):
        for cell in (total, *parts):
            if self._is_shown(first, cell) and self._is_shown(second, cell):
                if self.value[first][cell] != self.value[second][cell]:
                    return False
            elif cell == total:
                return False
        return True

    def _reasons(self):
        """Whatever hangs together and is hidden holds at least one small cell."""
        group = {name: name for name in self.unknown}

        def find(name):
            while group[name] != name:
                name = group[name]
            return name

        def unite(names):
            roots = {find(name) for name in names if name in group}
            for root in list(roots)[1:]:
                group[root] = next(iter(roots))

        for number, rows in enumerate(self.rows):
            for kind, total, parts in rows:
                if kind == "answers":
                    for part in parts:
                        unite([(number, total), (number, part)])
                else:
                    unite([(number, each) for each in (total, *parts)])
        for first, second, cell in self.same:
            unite([(first, cell), (second, cell)])
        members = defaultdict(list)
        for name in self.unknown:
            members[find(name)].append(name)
        for names in members.values():
            self.model.addConstr(sum(self._marks(names)) >= 1)

    def _marks(self, names):
        for number, cell in names:
            yield self._is_small(self.unknown[number, cell])
            if cell[1] in self.rules.get("answers", ()):
                whole = self.value[number][cell[0], "all", ""]
                yield self._is_small(whole - self.unknown[number, cell])
            for part, larger in self.rests:
                whole = self.value[number].get(((larger, cell[0][1]), *cell[1:]))
                if cell[0][0] == part and isinstance(whole, int):
                    yield self._is_small(whole - self.unknown[number, cell])

    def _is_small(self, number):
        mark = self.model.addBinary()
        self.model.addConstr(number - mark >= 0)
        self.model.addConstr(number + 20_000 * mark <= self.k - 1 + 20_000)
        return mark

    def is_possible(self):
        self.model.setMinimize()
        return self._solve(0 * next(iter(self.unknown.values()))) is not None

    def range_of(self, number, cell):
        """The least and the most that a hidden cell can be; None without any lawful table."""
        low = self._solve(1 * self.unknown[number, cell])
        if low is None:
            return None
        return low, -self._solve(-1 * self.unknown[number, cell])

    def _solve(self, objective):
        self.model.minimize(objective)
        if self.model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return round(self.model.getInfo().objective_function_value)
