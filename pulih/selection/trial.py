"""Can rules hold together, and by how much does one fall short of the others?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pulih.selection.atoms import atoms_of, chosen_of, singly
from pulih.selection.case import FREE, IN, Case, Whole, exact_sum
from pulih.selection.clock import Clock
from pulih.selection.excess import MOST_COLUMNS, fewest, too_many
from pulih.selection.groups import Groups
from pulih.selection.model import Model
from pulih.selection.partners import Partners, partners_of, selectable
from pulih.selection.program import maximise, relax
from pulih.selection.rules import Line, Lines, lines_of
from pulih.selection.wide import with_digits

LEAST_SECONDS, MOST_SECONDS = 0.5, 10.0  # For one question.


@dataclass(frozen=True, eq=False)
class Rule:
    """One rule that could be let go of: a line, an exclusive column or a fixed application."""

    name: str
    line: Line | None = None
    column: str = ""
    application: int = -1


@dataclass(eq=False)
class Trial:
    """The same applications under fewer rules; scores do not matter here.

    may_relax: large questions are asked without wholeness, which is enough to disprove.
    """

    case: Case
    groups: Groups
    clock: Clock
    may_relax: bool = False

    def every_rule(self) -> list[Rule]:
        """All rules a selection could break, in the order in which they make the best reason."""
        lines = lines_of(self.case, self.groups)
        fixed = np.flatnonzero(self.case.applications.fixed != FREE).tolist()
        codes = self.case.applications.codes
        return [
            *(Rule(line.name, line=line) for line in lines),
            *(Rule(f"exclusive:{name}", column=name) for name in self.case.settings.exclusive),
            *(Rule(f"fixed:{codes[place]}", application=place) for place in fixed),
        ]

    def can_hold(self, rules: Sequence[Rule], *, relaxed: bool = False) -> bool:
        """Say whether rules can hold together; what is not disproven in time counts as held.

        relaxed: ask without wholeness, however small the case.
        """
        if self.clock.left() <= 0:
            return True
        case, partners, fixed_in = self._under(rules)
        if partners.are_doubled(fixed_in):
            return False
        model = self._model(case, partners, rules, fixed_in)
        if relaxed or (self.may_relax and len(model.atoms) > MOST_COLUMNS):
            everyone = np.arange(len(model.atoms))
            program = model.program(everyone, np.zeros(len(everyone)), penalty=None)
            program = replace(program, profit=np.zeros(len(everyone)))
            return relax(program, seconds=self._seconds()).status != "infeasible"
        return self._solved(model, fixed_in, None) is not None

    def priced(self, rules: Sequence[Rule]) -> list[Rule]:
        """Leave out the lines that cost nothing where all give way as little as they can."""
        case, partners, fixed_in = self._under(rules)
        model = self._model(case, partners, rules, fixed_in)
        everyone = np.arange(len(model.atoms))
        program = model.program(everyone, np.zeros(len(everyone)), penalty=1.0)
        answer = relax(program, seconds=self._seconds())
        if answer.duals is None:
            return list(rules)
        of_line = zip((rule for rule in rules if rule.line), answer.duals, strict=False)
        free = {rule.name for rule, dual in of_line if abs(dual) < 1e-9}
        left = [rule for rule in rules if rule.name not in free]
        return list(rules) if not left or self.can_hold(left, relaxed=True) else left

    def selection(self) -> Whole | None:
        """Name a selection that holds every rule; None when there is none, or none in time."""
        found = self._solution(self.every_rule(), None)
        return found if found is None or len(found) else None

    def short(self, rule: Rule, others: Sequence[Rule]) -> int:
        """By how many people or rupiah a rule falls short when all the others hold."""
        if rule.application >= 0:
            return 1
        found = self._solution(others, rule)
        if found is None:
            return 0
        return self._missing(rule, found) if rule.line else self._too_many(rule, found, others)

    def _missing(self, rule: Rule, chosen: Whole) -> int:
        line = rule.line
        assert line is not None
        counts = np.bincount(self.groups.group[chosen], minlength=self.groups.count)
        missing = line.least - exact_sum(line.coefficients, counts[line.groups])
        return max(0, -(-missing // line.one))

    def _too_many(self, rule: Rule, found: Whole, others: Sequence[Rule]) -> int:
        """How many more than one of each value the other rules need at least."""
        value = self.case.applications.attributes[rule.column].number
        case, partners, fixed_in = self._under(others)
        single = np.flatnonzero(selectable(case, partners))
        if len(single) > MOST_COLUMNS:
            return too_many(value, found)
        model = self._model(case, partners, others, fixed_in)
        links = [each[single] for each in partners.value]
        model = replace(model, atoms=singly(self.groups, single, links))
        everyone = np.arange(len(single))
        program = model.program(everyone, np.zeros(len(single)), penalty=None)
        least = fewest(program, value[single], value[fixed_in], self._seconds())
        return too_many(value, found) if least is None else least

    def _under(self, rules: Sequence[Rule]) -> tuple[Case, Partners, Whole]:
        """The case without scores and with only these rules; and who is fixed `in`."""
        fixed = np.zeros_like(self.case.applications.fixed)
        places = [rule.application for rule in rules if rule.application >= 0]
        fixed[places] = self.case.applications.fixed[places]
        score = np.zeros_like(self.case.applications.score)
        applications = replace(self.case.applications, fixed=fixed, score=score)
        case = replace(self.case, applications=applications)
        partners = partners_of(case, [rule.column for rule in rules if rule.column])
        return case, partners, np.flatnonzero(fixed == IN)

    def _seconds(self) -> float:
        return min(MOST_SECONDS, max(LEAST_SECONDS, self.clock.left() / 4))

    def _solution(self, rules: Sequence[Rule], wish: Rule | None) -> Whole | None:
        """Name a selection that holds the rules, with as much of the wish as can be.

        None when there is none; nobody too when the time was too short to say.
        """
        case, partners, fixed_in = self._under(rules)
        if partners.are_doubled(fixed_in):
            return None
        return self._solved(self._model(case, partners, rules, fixed_in), fixed_in, wish)

    def _model(
        self, case: Case, partners: Partners, rules: Sequence[Rule], fixed_in: Whole
    ) -> Model:
        lines = Lines([rule.line for rule in rules if rule.line is not None], self.groups.count)
        counted = np.bincount(self.groups.group[fixed_in], minlength=self.groups.count)
        needed = [-each for each in lines.slack(counted)]
        return Model(atoms_of(case, self.groups, partners), lines, needed)

    def _solved(self, model: Model, fixed_in: Whole, wish: Rule | None) -> Whole | None:
        count = len(model.atoms)
        if not count:  # Nobody is open, so the sums of those who are fixed decide, exactly.
            return fixed_in if model.is_held_by_nobody else None
        everyone, nobody = np.arange(count), np.zeros(count, dtype=np.int64)
        program = model.program(everyone, nobody.astype(np.float64), penalty=None)
        profit = np.zeros(count)
        if wish is not None and wish.line is not None:
            by_group = np.zeros(self.groups.count)
            by_group[wish.line.groups] = wish.line.coefficients
            profit = by_group[model.atoms.group] / max(1.0, np.abs(by_group).max(initial=0.0))
        program = with_digits(model, replace(program, profit=profit), everyone, nobody)
        answer = maximise(program, seconds=self._seconds())
        if answer.status == "infeasible":
            return None
        if answer.columns is None:
            return np.zeros(0, dtype=np.int64)
        counts = np.rint(answer.columns[:count]).astype(np.int64)
        return np.concatenate((fixed_in, chosen_of(model.atoms, self.groups, counts)))
