"""The contract read literally, application by application, and every selection tried."""

from fractions import Fraction
from hashlib import sha256
from itertools import combinations
from typing import Any

Row = dict[str, str | None]


class Reference:
    """rows: as the file has them; quotas and shares: tuples in the order of their columns."""

    def __init__(
        self,
        rows: list[Row],
        quotas: list[tuple[Any, ...]],
        shares: list[tuple[Any, ...]],
        exclusive: list[str],
        seed: str,
    ) -> None:
        self.rows = {str(row["application"]): row for row in rows}
        self.codes = sorted(self.rows)
        self.quotas, self.shares, self.exclusive, self.seed = quotas, shares, exclusive, seed

    def score(self, code: str) -> Fraction:
        return Fraction(str(self.rows[code]["score"]))

    def cost(self, code: str) -> int:
        return int(self.rows[code].get("cost") or 0)

    def fixed(self, code: str) -> str | None:
        return self.rows[code].get("fixed") or None

    def fulfils(self, code: str, where: str) -> bool:
        if where == "*":
            return True
        for part in where.split(";"):
            column, values = part.split("=")
            if self.rows[code].get(column) not in values.split("|"):
                return False
        return True

    def draw(self, code: str) -> str:
        return sha256(f"{self.seed}\n{code}".encode()).hexdigest()

    def rank(self, code: str) -> tuple[Fraction, str]:
        """Smaller stands ahead."""
        return -self.score(code), self.draw(code)

    def kind(self, code: str) -> tuple[Any, ...]:
        marks = [self.fulfils(code, where) for _, where, *_ in self.quotas]
        for _, where, of, *_ in self.shares:
            is_of = self.fulfils(code, of)
            marks += [is_of, is_of and self.fulfils(code, where)]
        return (self.cost(code), *marks)

    def partners(self, code: str) -> set[str]:
        found = set()
        for other in self.codes:
            for column in self.exclusive:
                value = self.rows[code].get(column)
                if other != code and value is not None and self.rows[other].get(column) == value:
                    found.add(other)
        return found

    def broken(self, chosen: set[str]) -> set[str]:
        """Name every rule that a set breaks, `fixed` and `exclusive` among them."""
        found = {side.rsplit(":", 1)[0] for side in self.broken_sides(chosen)}
        if any(self.fixed(c) == ("out" if c in chosen else "in") for c in self.codes):
            found.add("fixed")
        if any(self.partners(code) & chosen for code in chosen):
            found.add("exclusive")
        return found

    def broken_sides(self, chosen: set[str]) -> set[str]:
        found = set()
        for name, where, unit, least, most in self.quotas:
            inside = [code for code in chosen if self.fulfils(code, where)]
            value = len(inside) if unit == "people" else sum(map(self.cost, inside))
            if least is not None and value < int(least):
                found.add(f"quota:{name}:min")
            if most is not None and value > int(most):
                found.add(f"quota:{name}:max")
        for name, where, of, least, most in self.shares:
            base = [code for code in chosen if self.fulfils(code, of)]
            both = [code for code in base if self.fulfils(code, where)]
            if least is not None and len(both) < Fraction(str(least)) * len(base):
                found.add(f"share:{name}:min")
            if most is not None and len(both) > Fraction(str(most)) * len(base):
                found.add(f"share:{name}:max")
        return found

    def value(self, chosen: set[str]) -> Fraction:
        return sum(map(self.score, chosen), Fraction(0))

    def best(self) -> Fraction | None:
        """Try every set; None where none is lawful."""
        free = [code for code in self.codes if self.fixed(code) is None]
        fixed_in = {code for code in self.codes if self.fixed(code) == "in"}
        lawful = [
            self.value(chosen)
            for size in range(len(free) + 1)
            for some in combinations(free, size)
            if not self.broken(chosen := fixed_in | set(some))
        ]
        return max(lawful, default=None)

    def passed_over(self, chosen: set[str]) -> set[str]:
        found = set()
        for ahead in set(self.codes) - chosen:
            for behind in chosen:
                if (
                    self.fixed(ahead) is None
                    and self.fixed(behind) is None
                    and self.kind(ahead) == self.kind(behind)
                    and self.rank(ahead) < self.rank(behind)
                    and not (self.partners(ahead) & chosen) - {behind}
                ):
                    found.add(ahead)
        return found

    def left_out(self, chosen: set[str]) -> set[str]:
        return {
            code
            for code in set(self.codes) - chosen
            if self.score(code) > 0 and not self.broken(chosen | {code})
        }

    def decisions(self, chosen: set[str]) -> list[dict[str, str]]:
        """Give the rows of `decisions.csv` but for scores, which are fractions in text."""
        kinds: list[tuple[Any, ...]] = []
        for code in self.codes:
            if self.kind(code) not in kinds:
                kinds.append(self.kind(code))
        return [self._decision(code, chosen, kinds) for code in self.codes]

    def _decision(
        self, code: str, chosen: set[str], kinds: list[tuple[Any, ...]]
    ) -> dict[str, str]:
        alike = [c for c in self.codes if self.kind(c) == self.kind(code) and not self.fixed(c)]
        scores = [self.score(c) for c in alike if c in chosen]
        line = min(scores, default=None)
        reason, by = self._reason(code, chosen, alike, line)
        ranked = sorted(alike, key=self.rank)
        return {
            "application": code,
            "chosen": str(int(code in chosen)),
            "group": str(kinds.index(self.kind(code)) + 1),
            "place": "" if self.fixed(code) else str(ranked.index(code) + 1),
            "line": "" if line is None else f"{float(line):.6f}",
            "reason": reason,
            "by": ";".join(sorted(by)),
        }

    def _reason(
        self, code: str, chosen: set[str], alike: list[str], line: Fraction | None
    ) -> tuple[str, set[str]]:
        if self.fixed(code):
            return "fixed", set()
        is_at_line = self.score(code) == line
        if code in chosen:
            lost = [c for c in alike if self.score(c) == line and c not in chosen]
            return ("draw" if is_at_line and lost else "score"), set()
        if self.partners(code) & chosen:
            return "partner", self.partners(code) & chosen
        if line is None:
            return "full", self.broken(chosen | {code})
        return ("draw" if is_at_line else "score"), set()
