"""Random small cases for `pulih refocus`, drawn from the words of its contract alone."""

from __future__ import annotations

import random

from tests.outside import Case

COLUMNS = {
    "areas": ("area", "parent", "name"),
    "lines": ("line", "province", "measure", "ceiling", "committed", "blocked", "protected"),
    "measures": ("measure", "name", "unit", "batch", "setup_cost"),
    "costs": ("area", "measure", "unit_cost"),
    "needs": ("regency", "need", "firms", "severity"),
    "effects": ("measure", "need", "relief"),
    "limits": ("area", "measure", "min_units", "max_units"),
    "amounts": ("rule", "province", "measures", "min_amount", "max_amount"),
    "shares": ("rule", "province", "measures", "min_share", "max_share"),
}
COVERAGES = (
    [[1, 1]],
    [[0.5, 1], [0.5, 0.5]],
    [[0.25, 2.0], [0.25, 1], [0.25, 0]],
    [[0.3, 0.7]],
    [[0.1, 1], [0.2, 1], [0.7, 0.125]],
)
SHARES = ("0", "0.1", "0.25", "0.333", "0.5", "0.6667", "0.75", "1", "1.0")
PROVINCES, MEASURES, NEEDS = ("31", "É 2", "Q,3"), ("alat", "mesin;", "latih"), ("modal", "bahan")


def case(chance: random.Random) -> Case:
    """Draw a case of at most 3 provinces, 5 regencies, 3 measures and 6 lines."""
    drawn = Case({}, COLUMNS)
    scale = chance.choice([1, 1, 1, 1_000, 1_000_000_000])
    regencies = _areas(drawn, chance)
    provinces = [row["area"] for row in drawn.rows("areas") if not row["parent"]]
    measures = list(MEASURES[: chance.randint(0, 3) or 2])
    # A list of measures is parted by semicolons, so such a name cannot stand in one.
    measures = [name.rstrip(";") for name in measures]
    _what_measures_do(drawn, chance, measures, regencies, provinces, scale)
    _lines(drawn, chance, provinces, measures, scale)
    if chance.random() < 0.7:
        _rules(drawn, chance, provinces, regencies, measures, scale)
    held = sum(int(row["ceiling"]) for row in drawn.rows("lines"))
    drawn.settings = {
        "title": "Kasus “uji”",
        "fiscal_year": 2020,
        "ceiling": chance.choice([0, held, held + 5 * scale, chance.randint(1, 15) * scale]),
        "coverage": chance.choice(COVERAGES),
        "tolerance": chance.choice([[0, 0], [0.0, 0.1], [0.1, 0.05], [0.5, 0.3]]),
        "change_cost": chance.choice([0, 1, 2 * scale]),
    }
    for table in ("areas", "lines", "measures", "costs", "needs", "effects"):
        drawn.tables.setdefault(table, [])
    return drawn


def _areas(drawn: Case, chance: random.Random) -> dict[str, str]:
    """Add provinces and regencies; give the province of each regency."""
    regencies = {}
    for province in PROVINCES[: chance.randint(1, 3)]:
        drawn.add("areas", province, "", f"Provinsi {province}")
        for number in range(chance.choice([0, 1, 1, 2])):
            regencies[f"{province}.{number}"] = province
    for regency, province in regencies.items():
        drawn.add("areas", regency, province, regency)
    return regencies


def _what_measures_do(
    drawn: Case,
    chance: random.Random,
    measures: list[str],
    regencies: dict[str, str],
    provinces: list[str],
    scale: int,
) -> None:
    for measure in measures:
        setup = chance.choice([0, 0, 1, 2]) * scale
        drawn.add("measures", measure, measure, "unit", chance.choice([1, 1, 2, 3]), setup)
        for area in ("", *provinces, *regencies):
            if chance.random() < (0.8 if area == "" else 0.2):
                drawn.add("costs", area, measure, chance.choice([0, 1, 1, 2, 2, 3]) * scale)
        for need in NEEDS:
            if chance.random() < 0.7:
                drawn.add("effects", measure, need, chance.choice(["0", "0.5", "1", "1.5", "2"]))
    for regency in regencies:
        for need in NEEDS:
            if chance.random() < 0.8:
                severity = chance.choice(["0", "12.5", "50", "100", "33.333"])
                drawn.add("needs", regency, need, chance.choice([0, 1, 2, 3, 5]), severity)


def _lines(
    drawn: Case, chance: random.Random, provinces: list[str], measures: list[str], scale: int
) -> None:
    for number in range(chance.choice([0, 1, 2, 3, 4, 6])):
        ceiling = chance.randint(0, 6)
        committed = chance.choice([0, 0, chance.randint(0, ceiling)])
        blocked = chance.choice([0, 0, chance.randint(0, ceiling - committed)])
        drawn.add(
            "lines",
            f"L{number}",
            chance.choice(provinces),
            chance.choice(measures),
            ceiling * scale,
            committed * scale,
            blocked * scale,
            int(chance.random() < 0.15),
        )


def _rules(
    drawn: Case,
    chance: random.Random,
    provinces: list[str],
    regencies: dict[str, str],
    measures: list[str],
    scale: int,
) -> None:
    places = [(a, m) for a in (*provinces, *regencies) for m in measures]
    for area, measure in chance.sample(places, min(len(places), chance.randint(0, 2))):
        drawn.add("limits", area, measure, *_range(chance, 4, 1))
    for number in range(chance.choice([0, 0, 1, 2])):
        some = _some(chance, measures)
        area = chance.choice(["", *provinces])
        drawn.add("amounts", f"A{number}", area, some, *_range(chance, 8, scale))
    for number in range(chance.choice([0, 0, 1, 2])):
        some = _some(chance, measures)
        # All money as a share of all money is a fault.
        area = chance.choice(provinces if some == "*" else ["", *provinces])
        low, high = sorted(chance.choices(SHARES, k=2), key=float)
        low, high = (text if chance.random() < 0.6 else "" for text in (low, high))
        drawn.add("shares", f"S{number}", area, some, low, high)


def _some(chance: random.Random, measures: list[str]) -> str:
    return chance.choice(["*", *measures, ";".join(reversed(measures))])


def _range(chance: random.Random, most: int, scale: int) -> tuple[str, str]:
    low, high = sorted(chance.randint(0, most) * scale for _ in range(2))
    low_text = str(low) if chance.random() < 0.5 else ""
    return low_text, str(high) if chance.random() < 0.6 else ""
