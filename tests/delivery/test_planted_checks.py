"""Two thousand people with each class of findings planted at a known rate."""

import random
from datetime import UTC, date, datetime

import pytest

from pulih.delivery.actions import comparisons
from pulih.delivery.models import Applicant, Person
from pulih.delivery.nik_keys import key_of
from pulih.delivery.reads.checks import checked
from tests.make import areas
from tests.make import delivery as make
from tests.people import cast

pytestmark = pytest.mark.django_db
NOW = datetime(2020, 6, 22, 4, tzinfo=UTC)
DAY = date(2020, 6, 22)
RATES = {
    "registry_match": 60, "public_employee": 40, "deceased": 30, "nik_form": 20, "abroad": 10,
    "received_before": 20, "same_name_address": 20,
}  # fmt: skip


def test_planted_classes_are_all_found_and_nobody_else():
    """2,000 people with each class planted at a known rate, each list of 5,000 others."""
    activity, chance = make.activity(), random.Random(13)
    planted, at = {}, iter(range(1, 2_001))
    for check, number in RATES.items():
        planted |= dict.fromkeys((next(at) for _ in range(number)), check)
    doubles = [key for key, check in planted.items() if check == "same_name_address"]
    twin = dict(zip(doubles[::2], doubles[1::2], strict=True))
    _apply(activity, planted, {two: one for one, two in twin.items()})
    _deliver(planted, chance)
    make.checked(activity)
    found = {key: set(blocking_of(one)) for key, one in _by_number(activity).items()}
    for check in RATES:
        mine = {key for key, one in planted.items() if one == check}
        said = {key for key, checks_ in found.items() if check in checks_}
        assert len(said & mine) >= 0.99 * len(mine), check
        assert len(said - mine) <= 0.005 * 2_000, check


def blocking_of(one):
    return {told.check for told in one.blocking} - {"size"}


def _by_number(activity):
    everybody = Applicant.objects.filter(activity=activity)
    found = checked(activity, "selection", everybody)
    return {int(one.applicant.person.nik.whole[-4:]): one for one in found}


def _apply(activity, planted, twin_of):
    regency = areas.regency()
    people = [
        Person(
            province=areas.province(), regency=regency, name=f"Orang p{number}",
            village=f"Desa {number % 40}", address=f"Jl. Mawar {number}", sex="P",
            **_number(number, planted.get(number)),
        )
        for number in range(1, 2_001)
    ]  # fmt: skip
    for number, other in twin_of.items():
        mine, its = people[number - 1], people[other - 1]
        mine.village, mine.address = its.village, its.address.upper()
        mine.name = its.name
    Person.objects.bulk_create(people)
    Applicant.objects.bulk_create(
        Applicant(
            activity=activity, person=one, province=one.province, regency=regency,
            origin="sheet", applied_on=DAY,
        )
        for one in people
    )  # fmt: skip


def _number(number, check):
    nik = f"9999{make.nik(number)[4:]}" if check == "nik_form" else make.nik(number)
    return {"nik": nik, "nik_key": key_of(nik)}


def _deliver(planted, chance):
    of_check = {
        check: [make.nik(key) for key, one in planted.items() if one == check] for check in RATES
    }
    others = [make.nik(number) for number in range(4_000, 9_000)]
    answers = {make.nik(number): "match" for number in range(1, 2_001)}
    answers |= {f"9999{one[4:]}": "match" for one in of_check["nik_form"]}
    answers |= dict.fromkeys(of_check["registry_match"], "mismatch")
    answers |= dict.fromkeys(of_check["abroad"], "abroad")
    rows = {"civil_registry": [{"nik": nik, "status": said} for nik, said in answers.items()]}
    for kind, check in (("deceased", "deceased"), ("other_programmes", "received_before")):
        rows[kind] = [{"nik": nik} for nik in [*of_check[check], *others]]
    for kind in ("civil_servants", "military_police", "state_firms"):
        rows[kind] = [{"nik": nik} for nik in others]
    for nik in of_check["public_employee"]:
        rows[chance.choice(("civil_servants", "military_police", "state_firms"))].append(
            {"nik": nik}
        )
    for kind, listed in rows.items():
        comparisons.take_in(
            kind=kind, source="Contoh", as_of=DAY, covers=[], rows=listed, content=b"",
            by=cast.planner(), now=NOW, today=DAY,
        )  # fmt: skip
