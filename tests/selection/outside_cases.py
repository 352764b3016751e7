"""Random small cases for `pulih select`, drawn from the words of its contract alone."""

from __future__ import annotations

import random

from tests.outside import Case

COLUMNS = {
    "applications": (
        *("application", "score", "cost", "fixed"),
        *("daerah", "jenis kelamin", "keluarga", "kelas"),
    ),
    "quotas": ("quota", "where", "unit", "min", "max"),
    "shares": ("share", "where", "of", "min_share", "max_share"),
}
WHERES = (
    *("*", "daerah=63.71", "daerah=63.71|63.72", "jenis kelamin=P"),
    *("daerah=63.72;jenis kelamin=P", "keluarga=k1|k2", "daerah=é"),
)
SHARES = ("", "0", "0.25", "0.333", "0.5", "0.6666667", "1")


def case(chance: random.Random) -> Case:
    """Draw a case of at most 9 applications."""
    drawn = Case({}, COLUMNS)
    drawn.settings = {
        "title": "Pelatihan “las”",
        "year": 2020,
        "seed": chance.choice(["2020-06-01 4711", "é", "0"]),
        "exclusive": chance.choice([[], ["keluarga"], ["keluarga", "kelas"]]),
    }
    scores = chance.choice([["1", "1", "2"], ["0", "70.5", "70.500001"], ["0", "999999.999999"]])
    costs = chance.choice([["", "0"], ["1", "2", "3"], ["5", "10000000000"]])
    drawn.tables["applications"] = []
    for number in chance.sample(range(100), chance.choice([0, 1, 3, 6, 9])):
        drawn.add(
            "applications",
            f"Ä{number}" if number % 3 == 0 else number,
            chance.choice(scores),
            chance.choice(costs),
            chance.choice(["", "", "", "", "", "", "in", "out"]),
            chance.choice(["63.71", "63.72", ""]),
            chance.choice("LP"),
            chance.choice(["", "", "k1", "k2", "k3"]),
            chance.choice(["", "", "", "A"]),
        )
    for number in range(chance.choice([0, 1, 1, 2, 3])):
        unit = chance.choice(["people", "people", "rupiah"])
        most = 5 if unit == "people" else chance.choice([5, 20_000_000_000])
        low, high = sorted(chance.randint(0, most) for _ in range(2))
        least = low if chance.random() < 0.3 else ""
        drawn.add("quotas", f"q{number}", chance.choice(WHERES), unit, least, high)
    for number in range(chance.choice([0, 0, 1, 2])):
        shares = sorted(chance.choices(SHARES, k=2), key=lambda text: float(text or 0))
        drawn.add("shares", f"s{number}", chance.choice(WHERES), chance.choice(WHERES), *shares)
    return drawn
