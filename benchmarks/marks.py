"""How fast attendance is taken: 500,000 marks of 20,000 sessions, beside COPY and one by one.

    python -m benchmarks.marks [--scale 0.1]

One server with fsync on. Phones send what they hold, a class at a time and at most 500 presses,
and `attendance.take` keeps them as a regency's officer with row-level security, all keys,
constraints and the record of the act. Beside it the same rows go by COPY into the table itself
and into an empty copy with its indexes but without keys to other tables, and one by one through
the ORM, each its own transaction, as a page without a batch would. In turns, so that a busy
machine hinders all alike. Exits 1 below its floors.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from datetime import time as hour
from typing import Any

from benchmarks.of_ledger.server import Server, durable_server

SESSIONS, PEOPLE, SESSIONS_OF_A_CLASS = 20_000, 25, 20
TURNS, ONE_BY_ONE = 4, 250
COPY_GOAL, ORM_GOAL = 0.25, 100.0
COPY_FLOOR, ORM_FLOOR = 0.12, 8.0
DAY, NOW = date(2020, 6, 22), datetime(2020, 6, 22, 4, tzinfo=UTC)
COLUMNS = (
    "cohort_id, session_id, participant_id, province_id, regency_id, presence, reason, device,"
    " number, pressed_at, sent_at, received_at, corrects_device, corrects_number, why, by_id,"
    " link_id"
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--scale", type=float, default=1.0)
    classes = max(TURNS, int(SESSIONS * parser.parse_args().scale) // SESSIONS_OF_A_CLASS)
    with durable_server(1) as server:
        from pulih.people.scope import speaking_as_system, speaking_for

        with speaking_as_system() as system:
            cohorts, person = fill(classes, system)
        with speaking_for(person):
            return measure(server, cohorts, person)


def measure(server: Server, cohorts: list[Any], person: Any) -> int:
    """Take the classes in turns: some by their phones, the same rows by COPY, a few one by one."""
    from pulih.config.roles import connect

    sendings = [presses_of(one) for one in cohorts]
    seconds = {"own": 0.0, "copied": 0.0, "copied, no keys": 0.0, "one by one": 0.0}
    processor, number = 0.0, 0
    with connect(server.owner) as owner:
        owner.execute("CREATE TABLE copied_mark (LIKE delivery_mark INCLUDING ALL)")
        for turn in range(TURNS):
            some = list(zip(cohorts, sendings, strict=True))[turn::TURNS]
            began = time.process_time()
            seconds["own"] += timed(lambda some=some: take(some, person))
            processor += time.process_time() - began
            number += sum(len(sent.acts) for _cohort, sent in some)
            rows = copied_rows(owner, [cohort.pk for cohort, _sent in some])
            seconds["copied, no keys"] += timed(lambda r=rows: copy(owner, "copied_mark", r))
            again = [row.replace("phone-", f"again{turn}-") for row in rows]
            seconds["copied"] += timed(lambda r=again: copy(owner, "delivery_mark", r))
            seconds["one by one"] += timed(lambda t=turn: one_by_one(cohorts[0], person, t))
    return told(seconds, number, processor)


def told(seconds: dict[str, float], number: int, processor: float) -> int:
    machine = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    print(f"{number:,} marks of {number // PEOPLE:,} sessions; {machine}")
    rates = {name: number / took for name, took in seconds.items()}
    rates["one by one"] = TURNS * ONE_BY_ONE / seconds["one by one"]
    for name, rate in rates.items():
        print(f"  {name}: {rate:,.0f} a second")
    print(f"  own, of which this process: {1e6 * processor / number:.0f} µs of processor a mark")
    keyed, plain = rates["own"] / rates["copied"], rates["own"] / rates["copied, no keys"]
    times = rates["own"] / rates["one by one"]
    print(f"  own over COPY into the same table: {keyed:.2f} (goal {COPY_GOAL})")
    print(f"  own over COPY into a copy without keys: {plain:.2f}")
    print(f"  own over one by one: {times:.0f} × (goal {ORM_GOAL:.0f})")
    return 0 if keyed >= COPY_FLOOR and times >= ORM_FLOOR else 1


def take(some: list[tuple[Any, Any]], person: Any) -> None:
    from pulih.delivery.actions import attendance

    for cohort, sent in some:
        verdicts = attendance.take(cohort, sent, by=person, now=NOW)
        assert all(one.result == "taken" for one in verdicts)


def one_by_one(cohort: Any, person: Any, turn: int) -> None:
    from pulih.delivery.models import Mark

    session, seat = cohort.sessions.first(), cohort.participants.first()
    for number in range(1, ONE_BY_ONE + 1):
        Mark.objects.create(
            cohort=cohort, session=session, participant=seat, province_id=cohort.province_id,
            regency_id=cohort.regency_id, presence="present", device=f"single-{turn}",
            number=number, pressed_at=NOW, sent_at=NOW, received_at=NOW, by=person,
        )  # fmt: skip


def copied_rows(owner: Any, cohorts: list[int]) -> list[str]:
    """Return the rows of these classes as COPY reads them."""
    keys = ",".join(map(str, cohorts))
    asked = f"COPY (SELECT {COLUMNS} FROM delivery_mark WHERE cohort_id IN ({keys})) TO STDOUT"
    with owner.cursor().copy(asked) as out:
        return [bytes(one).decode() for one in out]


def copy(owner: Any, table: str, rows: list[str]) -> None:
    with owner.cursor().copy(f"COPY {table} ({COLUMNS}) FROM STDIN") as into:
        for row in rows:
            into.write(row)
    owner.commit()


def timed(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def presses_of(cohort: Any) -> Any:
    """Return what a phone sends that held a whole class without a network."""
    from pulih.delivery.acts import ActsIn

    sessions = cohort.sessions.values_list("pk", flat=True)
    people = list(cohort.participants.values_list("pk", flat=True))
    pairs = [(session, one) for session in sessions for one in people]
    return ActsIn.model_validate(
        {
            "device": f"phone-{cohort.pk:08}", "sent_at": NOW,
            "acts": [
                {
                    "number": number, "session": session, "participant": one,
                    "presence": "absent" if number % 9 == 0 else "present", "pressed_at": NOW,
                }
                for number, (session, one) in enumerate(pairs, 1)
            ],
        }
    )  # fmt: skip


def fill(classes: int, by: Any) -> tuple[list[Any], Any]:
    """Make classes with their sessions and people, and an officer of their regency."""
    from pulih.areas.models import Area
    from pulih.delivery.models import Activity, Cohort, Participant, Person, Session, Site
    from pulih.measures.models import Measure
    from pulih.people.models import Reach, Role, User

    province = Area.objects.get(name="Jawa Barat", level="province")
    regency = Area.objects.filter(level="regency", name__contains="Indramayu").first()
    place = {"province": province, "regency": regency}
    person = User.objects.create(username="benchmark", role=Role.REGENCY_OFFICER)
    Reach.objects.create(user=person, area=regency, valid_from=date(2020, 1, 2))
    activity = Activity.objects.create(
        province=province, measure=Measure.objects.first(), title="Tolok ukur", mode="home",
        starts_on=DAY, ends_on=DAY,
    )  # fmt: skip
    site = Site.objects.create(activity=activity, name="Balai", **place)
    cohorts = Cohort.objects.bulk_create(
        Cohort(activity=activity, site=site, name=f"Kelas {n}", places=PEOPLE, **place)
        for n in range(classes)
    )
    Session.objects.bulk_create(
        Session(cohort=one, day=DAY, starts_at=hour(n), lesson_hours=1, subject="Pola")
        for one in cohorts
        for n in range(SESSIONS_OF_A_CLASS)
    )
    people = Person.objects.bulk_create(
        Person(name=f"Orang {n}", sex="P", **place) for n in range(classes * PEOPLE)
    )
    Participant.objects.bulk_create(
        Participant(
            activity=activity, cohort=cohorts[n // PEOPLE], person=one, number=n % PEOPLE + 1,
            **place,
        )
        for n, one in enumerate(people)
    )  # fmt: skip
    return cohorts, User.objects.get(pk=person.pk)


if __name__ == "__main__":
    sys.exit(main())
