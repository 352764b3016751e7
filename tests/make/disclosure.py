"""Invented firms, and the tables of cells that count them."""

import csv
import io
import random

import polars as pl

from pulih.disclosure import Case, case_from_tables, protect
from pulih.disclosure.write import files_of

COLUMNS = ("measure", "period", "area", "parent", "dimension", "category", "value")
SUMS = ("contributors", "largest", "second")
PARTS, ANSWERS = {"status": 3, "group": 2}, {"need": 3}
RULES = {"kind": "count", "k": 5, "parts": list(PARTS), "answers": list(ANSWERS)}


def places(chance, provinces=3, regencies=4):
    return [
        f"{province}{regency}"
        for province in "ABCDEFGH"[: chance.randint(1, provinces)]
        for regency in range(chance.randint(1, regencies))
    ]


def firm(chance, regencies):
    """A firm is its regency and its categories by dimension."""
    found = {dimension: {chance.randrange(n)} for dimension, n in PARTS.items()}
    for dimension, n in ANSWERS.items():
        found[dimension] = {each for each in range(n) if chance.random() < 0.5}
    return chance.choice(regencies), found


def firms(chance, regencies, most=60):
    # Some regencies hold many more firms than others, as in life.
    weighted = [each for each in regencies for _ in range(chance.choice((1, 1, 3, 9)))]
    return [firm(chance, weighted) for _ in range(chance.randint(1, most))]


def table(regencies, population, period="2020-06"):
    """Rows of CELLS: every area, whole and category, zeros too."""
    areas = {"ID": ""} | {each[0]: "ID" for each in regencies} | {e: e[0] for e in regencies}
    count = {
        (area, *kind): 0
        for area in areas
        for kind in [
            ("all", ""),
            *((d, f"c{n}") for d, most in (PARTS | ANSWERS).items() for n in range(most)),
        ]
    }
    for regency, categories in population:
        for area in (regency, regency[0], "ID"):
            count[area, "all", ""] += 1
            for dimension, chosen in categories.items():
                for each in chosen:
                    count[area, dimension, f"c{each}"] += 1
    return [
        ("firms", period, area, areas[area], dimension, category, str(number))
        for (area, dimension, category), number in sorted(count.items())
    ]


def random_table(seed, most=60):
    chance = random.Random(seed)
    regencies = places(chance)
    return table(regencies, firms(chance, regencies, most))


def frame(rows, columns=COLUMNS):
    return pl.DataFrame(
        [[cell or None for cell in row] for row in rows],
        schema=dict.fromkeys(columns, pl.String),
        orient="row",
    )


def folder(path, rows, rules, columns=COLUMNS):
    """Write CELLS and RULES into a folder; return the arguments of the command."""
    path.mkdir(parents=True, exist_ok=True)
    text = "\n".join(",".join(row) for row in (columns, *rows))
    (path / "cells.csv").write_text(text + "\n", "utf-8")
    (path / "rules.toml").write_text(rules, "utf-8")
    return [str(path / "cells.csv"), "--rules", str(path / "rules.toml")]


def case(rows, earlier=(), rules=None):
    """earlier: rows of `protected.csv` as `shown` gives them."""
    entries = {"measures": rules or {"firms": RULES}}
    frames = [frame([row.values() for row in each], tuple(each[0])) for each in earlier]
    found = case_from_tables(entries, frame(rows, COLUMNS + SUMS[: len(rows[0]) - 7]), frames)
    assert isinstance(found, Case), found[:3]
    return found


def faults(rows, rules):
    found = case_from_tables({"measures": rules}, frame(rows))
    assert not isinstance(found, Case)
    return found


def protected(rows, earlier=(), rules=None):
    return protect(case(rows, earlier, rules))


def shown(done):
    """The rows of `protected.csv`."""
    return list(csv.DictReader(io.StringIO(files_of(done)["protected.csv"])))


def values(rows):
    """The values of a table in the order of its `protected.csv`."""
    return [row[6] for row in sorted(rows, key=lambda row: (*row[:3], *row[4:6]))]


def changed(chance, regencies, population):
    """A population some time later: firms came, went, or told otherwise."""
    later = list(population)
    for _ in range(chance.choice((0, 1, 1, 2, 4))):
        kind = chance.randrange(3)
        if kind == 0 or not later:
            later.append(firm(chance, regencies))
        elif kind == 1:
            later.pop(chance.randrange(len(later)))
        else:
            at = chance.randrange(len(later))
            later[at] = (later[at][0], firm(chance, regencies)[1])
    return later
