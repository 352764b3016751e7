"""KBLI codes as offices write them: other editions, shops' codes, neighbours', four digits.

Each office of a regency has habits of its own: the edition on its shelf, and whether its clerk
looks a code up at all. The editions are invented; only how far they move a code is as in life.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

EDITIONS = (2009, 2015, 2017, 2020)
SHOPS = {
    "10": ("47241", "47249", "47242", "56103"), "11": ("47222", "47249"), "13": ("47711", "47512"),
    "14": ("47711", "47712"), "15": ("47712", "47713"), "16": ("47794", "47528"),
    "20": ("47722", "47779"), "23": ("47523", "47593"), "25": ("47521", "47599"),
    "31": ("47591", "47793"), "32": ("47640", "47791"),
}  # fmt: skip
"""What a shop that sells the makers' goods would be coded as, by division."""
ANY_SHOP = ("47111", "47112", "47192", "47999")
SHOP, NEIGHBOUR, FOUR_DIGITS, OTHER = 0.10, 0.07, 0.05, 0.02
"""Shares of the codes of any office that are so written, at rate 1."""
CARELESS = 0.12
"""Share of the offices of a regency whose clerk types any code, for half of the rows."""


@dataclass(frozen=True)
class Habits:
    """edition: the list on the shelf. four_digits: never writes the fifth. careless: a share."""

    edition: int
    four_digits: bool
    careless: float


class Codes:
    """Writes a firm's code as an office would. rate: 0 never wrong, 1 usual, 2 twice as often."""

    def __init__(self, known: Sequence[str], *, seed: int, rate: float) -> None:
        self.known = sorted(set(known))
        self.rate = rate
        self._seed = seed
        self._chance = random.Random(f"codes {seed}")
        self._habits: dict[str, Habits] = {}

    def rewrite(self, row: dict[str, str | int | None], regency: str) -> None:
        """Write the code of a row, where it is one of those known, as its office would."""
        code = row["kbli"]
        if self.rate and code in self.known:
            row["kbli"] = self.written(str(code), str(row["source"]), regency)

    def written(self, code: str, office: str, regency: str) -> str:
        """Return the code as this office of this regency writes it."""
        habits = self._of(f"{office} {regency}")
        chance = self._chance
        if chance.random() < habits.careless:
            return chance.choice(self.known)
        draw = chance.random() / max(self.rate, 1e-9)
        if draw < SHOP:
            return chance.choice(SHOPS.get(code[:2], ANY_SHOP) * 3 + ANY_SHOP)
        if draw < SHOP + NEIGHBOUR:
            return self._neighbour(code)
        if draw < SHOP + NEIGHBOUR + OTHER:
            return chance.choice(self.known)
        moved = of_edition(code, habits.edition)
        if habits.four_digits or draw < SHOP + NEIGHBOUR + OTHER + FOUR_DIGITS:
            return moved[:4]
        return moved

    def _neighbour(self, code: str) -> str:
        """Return a code beside this one in the list, or one of the same class that is not."""
        at = self.known.index(code)
        beside = self.known[max(0, at - 1) : at] + self.known[at + 1 : at + 2]
        return self._chance.choice([*beside, code[:4] + "9", code[:3] + "90"])

    def _of(self, office: str) -> Habits:
        if office not in self._habits:
            own = random.Random(f"{office} {self._seed}")
            edition = own.choice(EDITIONS) if own.random() < self.rate else EDITIONS[-1]
            four = own.random() < 0.10 * self.rate
            careless = 0.5 if own.random() < CARELESS * self.rate else 0.0
            self._habits[office] = Habits(edition, four, careless)
        return self._habits[office]


def of_edition(code: str, edition: int) -> str:
    """Return the code by which an edition names what the newest names `code`."""
    if edition == EDITIONS[-1]:
        return code
    own = random.Random(f"{code} {2015 if edition == 2017 else edition}")
    draw, digit = own.random(), own.choice("123456789")
    if draw < 0.60:
        return code
    if draw < 0.85:
        return code[:4] + digit
    if draw < 0.95:
        return code[:3] + digit + code[4:]
    return code[:2] + digit + code[3:]
