"""How long all checks take, 100,000 people against lists of 5,000,000 rows, beside the bare join.

    python -m benchmarks.checks [--scale 0.1]

The lists hold other people and, at known rates, some of those who apply. Prints the seconds of the
bare join of PostgreSQL, of gathering the facts, of judging them, and of a whole run with its rows
kept; and how many of each planted class were found. The goal is 3 times the join; fails (exit 1)
at more than 6, or when a class is missed or seen where it was not planted.
"""

import argparse
import sys
import time
from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

from benchmarks.lists import throwaway

PEOPLE, ROWS = 100_000, 5_000_000
GOAL, MOST_TIMES = 3.0, 6.0
DAY, NOW = date(2020, 6, 22), datetime(2020, 6, 22, 4, tzinfo=UTC)
# Every so many people are in a list, by the check that says so.
EVERY = {"deceased": 97, "received_before": 101, "public_employee": 103, "registry_match": 89}
LISTS = {
    "civil_registry": "registry_match", "deceased": "deceased", "civil_servants": "public_employee",
    "military_police": "", "state_firms": "", "other_programmes": "received_before",
}  # fmt: skip
ENTRIES = """
    INSERT INTO delivery_comparisonentry (list_id, nik_key, name_key, status)
    SELECT %(list)s, encode(sha256(('other' || %(list)s || n)::bytea), 'hex'), '', ''
    FROM generate_series(1, %(rows)s) AS n
"""
JOIN = """
    SELECT a.id, e.list_id, e.status, e.name_key
    FROM delivery_applicant a JOIN delivery_person p ON p.id = a.person_id
    JOIN delivery_comparisonentry e ON e.nik_key = p.nik_key WHERE a.activity_id = %s
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--scale", type=float, default=1.0)
    scale = parser.parse_args().scale
    with throwaway():
        from pulih.people.scope import speaking_as_system

        with speaking_as_system() as system:
            return measure(int(PEOPLE * scale), int(ROWS * scale), system)


def measure(people: int, rows: int, by: Any) -> int:
    from django.db import connection

    from pulih.delivery.actions import checks
    from pulih.delivery.reads.facts import facts_of
    from pulih.delivery.rules.binding import ages_on, binding_on
    from pulih.delivery.rules.checks import CheckTerms, judge_all

    activity = fill(people, rows, by)
    with connection.cursor() as cursor:
        for table in ("applicant", "person", "comparisonentry"):
            cursor.execute(f"ANALYZE delivery_{table}")
        seconds = {}
        start = time.perf_counter()
        cursor.execute(JOIN, [activity.pk])
        hits = len(cursor.fetchall())
        seconds["bare join"] = time.perf_counter() - start
    start = time.perf_counter()
    facts = facts_of(activity, "selection", DAY)
    seconds["facts"] = time.perf_counter() - start
    start = time.perf_counter()
    asked = CheckTerms(DAY, "selection", ages_on(DAY))
    bound = binding_on(activity.measure.code, DAY).checks["selection"]
    found = list(judge_all(facts, bound, asked).values())
    seconds["judging"] = time.perf_counter() - start
    start = time.perf_counter()
    checks.run(activity, stage="selection", by=by, now=NOW, today=DAY)
    seconds["whole run, rows kept"] = time.perf_counter() - start
    return told(people, rows, hits, seconds, found)


def told(
    people: int, rows: int, hits: int, seconds: dict[str, float], found: list[list[Any]]
) -> int:
    print(f"{people:,} people, {len(LISTS)} lists of {rows:,} rows together, {hits:,} hits")
    for name, took in seconds.items():
        print(f"  {name}: {took:.2f} s")
    times = (seconds["facts"] + seconds["judging"]) / seconds["bare join"]
    print(f"  facts and judging: {times:.1f} × the bare join (goal {GOAL}, at most {MOST_TIMES})")
    failed = Counter(one.check for each in found for one in each if one.outcome == "fail")
    planted = {check: len(range(every, people + 1, every)) for check, every in EVERY.items()}
    for check, number in planted.items():
        print(f"  {check}: {failed[check]:,} found of {number:,} planted")
    is_right = all(failed[check] == number for check, number in planted.items())
    return 0 if is_right and times <= MOST_TIMES else 1


def fill(people: int, rows: int, by: Any) -> Any:
    """Make an activity with so many applicants, and the lists; return the activity."""
    from django.db import connection

    from pulih.areas.models import Area
    from pulih.delivery.actions import comparisons
    from pulih.delivery.models import Activity, Applicant, Person
    from pulih.delivery.nik_keys import key_of
    from pulih.measures.models import Measure

    province = Area.objects.get(name="Jawa Barat", level="province")
    regency = Area.objects.filter(level="regency", name__contains="Indramayu").first()
    activity = Activity.objects.create(
        province=province, measure=Measure.objects.get(code="new_entrepreneurs"),
        title="Tolok ukur", mode="home", starts_on=DAY, ends_on=DAY,
    )  # fmt: skip
    numbers = [
        f"3212{at // 10_000 % 28 + 1:02}510187{at % 10_000:04}" for at in range(1, people + 1)
    ]
    made = Person.objects.bulk_create(
        (
            Person(
                province=province, regency=regency, village=f"Desa {at % 300}",
                address=f"Jl. Mawar {at}", name=f"Orang {at}", nik=nik,
                nik_key=key_of(nik), sex="P",
            )
            for at, nik in enumerate(numbers, 1)
        ),
        batch_size=5_000,
    )  # fmt: skip
    Applicant.objects.bulk_create(
        (
            Applicant(
                activity=activity, person=one, province=province, regency=regency, origin="sheet",
                applied_on=DAY,
            )
            for one in made
        ),
        batch_size=5_000,
    )  # fmt: skip
    for kind, check in LISTS.items():
        stored = comparisons.take_in(
            kind=kind, source="Tolok ukur", as_of=DAY, covers=[], content=b"", by=by, now=NOW,
            today=DAY, rows=rows_of(kind, check, numbers),
        )  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(ENTRIES, {"list": stored.pk, "rows": rows // len(LISTS)})
    return activity


def rows_of(kind: str, check: str, numbers: list[str]) -> list[dict[str, str]]:
    """Return who of the applicants stands in a list; the civil registry answers about all."""
    every = EVERY.get(check, 0)
    if kind == "civil_registry":
        return [
            {"nik": nik, "status": "match" if at % every else "mismatch"}
            for at, nik in enumerate(numbers, 1)
        ]
    return [{"nik": nik} for at, nik in enumerate(numbers, 1) if every and at % every == 0]


if __name__ == "__main__":
    sys.exit(main())
