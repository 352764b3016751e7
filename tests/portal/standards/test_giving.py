"""360Giving: bodies are named; persons only among enough others, and never by name or day."""

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pulih.portal.standards import giving
from pulih.portal.standards.checking import refuse_unless_valid
from tests.make import opendata as make

PERSON = {"receiver_kind": "person", "receiver_name": "Made Uji"}
persons = st.builds(
    lambda key, receiver, area, month, day: make.gift(
        key, receiver=receiver, area=area, day=date(2020, month, day), **PERSON
    ),
    st.integers(1, 10**6), st.integers(1, 8), st.sampled_from(["6371", "6372"]),
    st.sampled_from([5, 6]), st.integers(1, 28),
)  # fmt: skip


def package(gifts, **about):
    found = giving.package(gifts, make.about(**about))
    if found:
        refuse_unless_valid("grants/360giving.json", found)
    return found


def test_goods_to_a_task_force():
    (grant,) = package([make.gift(received=400, value=1_000_000)])["grants"]
    assert grant["id"] == "360G-uji-1"
    assert grant["recipientOrganization"][0]["name"] == "Gugus Tugas Uji"
    assert (grant["amountAwarded"], grant["amountDisbursed"]) == (1_000_000, 800_000)
    assert grant["description"] == "500 potong Masker kain"
    assert "amountDisbursed" not in package([make.gift()])["grants"][0]


def test_a_company_is_named_and_a_sole_trader_is_a_person():
    gifts = [make.gift(1, receiver_kind="firm", receiver_name="CV. Sagu")]
    gifts += [
        make.gift(key, receiver_kind="firm", receiver_name=name)
        for key, name in enumerate(["UD Uji", "Made Uji", "Toko Uji", "PD Uji", "Sinar"], start=2)
    ]
    found = package(gifts)
    assert [one["recipientOrganization"][0]["name"] for one in found["grants"][:1]] == ["CV. Sagu"]
    people = [one["recipientIndividual"]["name"] for one in found["grants"][1:]]
    assert people == [giving.PERSON] * 5


def test_nothing_handed_over_is_no_file():
    assert package([]) is None
    assert package([make.gift(**PERSON)]) is None


@given(st.lists(persons, max_size=30, unique_by=lambda gift: gift.key))
def test_persons_stand_only_among_enough_others_who_share_place_and_month(gifts):
    found = package([*gifts, make.gift(10**7)])["grants"][1:]
    groups: dict[tuple[str, str], int] = {}
    for one in found:
        key = (one["beneficiaryLocation"][0]["geoCode"], one["awardDate"])
        groups[key] = groups.get(key, 0) + 1
    for (area, month), count in groups.items():
        assert month.endswith("-01")
        group = [g for g in gifts if (g.area, f"{g.day:%Y-%m}-01") == (area, month)]
        assert len({gift.receiver for gift in group}) >= giving.FEWEST
        assert len(group) == count


@given(st.lists(persons, min_size=8, max_size=30, unique_by=lambda gift: gift.key))
def test_no_name_and_no_key_of_a_person_gets_out_and_ids_are_of_one_release(gifts):
    text = json.dumps(package([*gifts, make.gift(10**7)]))
    assert "Made" not in text
    first = package(gifts)
    other = package(gifts, number="2020-07-15.1")
    if first and other:
        ids = [{one["id"] for one in found["grants"]} for found in (first, other)]
        assert not ids[0] & ids[1]
        assert not any(f"-{gift.key}" in ids[0] for gift in gifts)


def test_an_office_that_reads_like_a_person_is_not_named():
    assert package([make.gift(receiver_kind="public", receiver_name="Ibu Siti")]) is None
