"""What each check answers: fail, pass, or unknown, which is no pass."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.delivery.rules import comparison
from pulih.delivery.rules.binding import ages_on, binding_on
from pulih.delivery.rules.checks import (
    CHECKS,
    CheckTerms,
    Hit,
    Known,
    Outcome,
    PersonFacts,
    judge,
    judge_all,
)
from pulih.delivery.rules.namesakes import Listed, namesakes, plain_address, plain_name
from pulih.delivery.words import BECAUSE
from pulih.delivery.words import CHECKS as WORDS
from pulih.references.rules import read_list

DAY = date(2020, 6, 22)
AGES = ages_on(DAY)
KINDS = tuple(AGES)
CHECK_OF_LIST = {
    "civil_servants": "public_employee", "military_police": "public_employee",
    "state_firms": "public_employee", "deceased": "deceased", "credit": "other_credit",
    "other_programmes": "received_before", "payments": "paid_before",
}  # fmt: skip


def known(day=DAY, without=""):
    return {kind: Known(at, day) for at, kind in enumerate(KINDS, 1) if kind != without}


def at(kind):
    return known()[kind].pk


def facts(**values):
    usual = {
        "nik": "3212155101870001", "lists": known(), "scale": "small", "in_decree": True,
        "hits": {at("civil_registry"): Hit("match", True)},
    }  # fmt: skip
    return PersonFacts(**{**usual, **values})


def said(of, stage="selection", day=DAY):
    found = judge(of, tuple(CHECKS), CheckTerms(day, stage, AGES))
    assert all(one.because in BECAUSE for one in found)
    return {one.check: (one.outcome.value, one.because) for one in found}


many_facts = st.builds(
    facts,
    nik=st.sampled_from(("", "3212155101870001")),
    nik_fault=st.booleans(),
    scale=st.sampled_from(("", "small", "large", "unknown")),
    hits=st.dictionaries(
        st.integers(1, len(KINDS)),
        st.builds(
            Hit,
            st.sampled_from(("", "match", "mismatch", "deceased", "abroad")),
            st.sampled_from((None, True, False)),
        ),
        max_size=3,
    ),
    namesake=st.sampled_from((None, True, False)),
    sits_elsewhere=st.booleans(),
    in_decree=st.booleans(),
)


@given(st.lists(many_facts, max_size=6), st.sampled_from(("selection", "payment")))
def test_many_are_judged_as_each_alone(people, stage):
    asked = CheckTerms(DAY, stage, AGES)
    found = judge_all(dict(enumerate(people)), tuple(CHECKS), asked)
    assert found == {at: judge(one, tuple(CHECKS), asked) for at, one in enumerate(people)}


def test_whoever_is_in_order_passes_every_check():
    assert {outcome for outcome, _because in said(facts()).values()} == {"pass"}


@pytest.mark.parametrize(("kind", "check"), CHECK_OF_LIST.items())
def test_standing_in_a_list_fails_its_check_and_no_other(kind, check):
    hits = {at("civil_registry"): Hit("match"), at(kind): Hit()}
    answers = said(facts(hits=hits))
    assert [name for name, (outcome, _) in answers.items() if outcome == "fail"] == [check]


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_list_its_checks_are_unknown_and_say_which_is_missing(kind):
    answers = said(facts(lists=known(without=kind)))
    unknown = {
        name: because for name, (outcome, because) in answers.items() if outcome == "unknown"
    }
    assert set(unknown.values()) == {"no_list"}
    registry = {"registry_match", "deceased", "abroad"}
    assert set(unknown) == (registry if kind == "civil_registry" else {CHECK_OF_LIST[kind]})


@given(st.sampled_from(KINDS), st.integers(0, 1000))
def test_a_list_answers_until_its_last_day_and_not_a_day_longer(kind, age):
    lists = {**known(), kind: Known(at(kind), DAY - timedelta(days=age))}
    answers = said(facts(lists=lists)).values()
    assert (("unknown", "old_list") in answers) == (age > AGES[kind])


@pytest.mark.parametrize(
    ("hit", "check", "answer"),
    [
        (Hit("mismatch"), "registry_match", ("fail", "registry_mismatch")),
        (Hit("match", False), "registry_match", ("unknown", "other_name_asked")),
        (Hit("deceased"), "deceased", ("fail", "deceased")),
        (Hit("abroad"), "abroad", ("fail", "abroad")),
    ],
)
def test_what_the_civil_registry_answers(hit, check, answer):
    answers = said(facts(hits={at("civil_registry"): hit}))
    assert answers.pop(check) == answer
    assert {outcome for outcome, _because in answers.values()} == {"pass"}


def test_a_number_that_the_registry_did_not_answer_about_is_unknown():
    answers = said(facts(hits={}))
    assert answers["registry_match"] == answers["abroad"] == ("unknown", "no_answer")


@pytest.mark.parametrize(
    ("values", "check", "answer"),
    [
        ({"nik_fault": True}, "nik_form", ("fail", "impossible_nik")),
        ({"scale": "large"}, "size", ("fail", "large_firm")),
        ({"scale": "unknown"}, "size", ("unknown", "unknown_scale")),
        ({"scale": ""}, "size", ("unknown", "no_firm")),
        ({"sits_elsewhere": True}, "received_before", ("fail", "sits_elsewhere")),
        ({"is_twice": True}, "received_before", ("fail", "applied_twice")),
        ({"namesake": True}, "same_name_address", ("fail", "namesake_at_address")),
        ({"namesake": None}, "same_name_address", ("unknown", "namesake_in_village")),
        ({"in_decree": False}, "not_in_decree", ("fail", "not_in_decree")),
        ({"is_paid_twice": True}, "paid_before", ("fail", "twice_in_payment")),
    ],
)
def test_what_the_program_knows_itself(values, check, answer):
    answers = said(facts(**values))
    assert answers.pop(check) == answer
    assert {outcome for outcome, _because in answers.values()} == {"pass"}


def test_without_a_number_nothing_passes_by_silence_and_nothing_is_paid():
    answers = said(facts(nik="", hits={}))
    assert answers["nik_form"] == ("unknown", "no_nik")
    assert said(facts(nik="", hits={}), "payment")["nik_form"] == ("fail", "no_nik")
    for check in (*CHECK_OF_LIST.values(), "registry_match", "abroad"):
        assert answers[check][0] == "unknown"


def test_each_check_has_its_words():
    assert WORDS.keys() == CHECKS.keys()


def test_which_checks_bind_is_data_of_the_measure():
    usual = binding_on("mask_training", DAY)
    assert binding_on("something_else", DAY) == usual
    assert "size" in usual.checks["selection"]
    assert "size" not in binding_on("new_entrepreneurs", DAY).checks["selection"]
    assert "other_credit" in binding_on("startup_kit", DAY).checks["payment"]
    for measure in ("mask_training", "new_entrepreneurs", "startup_kit", "machine_rebate"):
        checks = binding_on(measure, DAY).checks
        assert set(checks["payment"]) - set(checks["selection"]) == {"not_in_decree", "paid_before"}


def person(key, name="Siti", address="Jl. Melati No. 3", number="1", village="Eretan"):
    return Listed(key, name, 3212, village, address, number)


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        (person(1), person(2, "Hj. SITI, S.E.", "melati 03", "2"), True),
        (person(1), person(2, number="1"), False),
        (person(1), person(2, address="Jl. Melati No. 4", number="2"), False),
        (person(1), person(2, address="", number="2"), None),
        (person(1), person(2, number=""), None),
        (person(1), person(2, "Sita", number="2"), False),
        (person(1), person(2, village="Losarang", number="2"), False),
    ],
)
def test_same_name_and_address_under_another_number(one, other, answer):
    for pair in ((one, other), (other, one)):
        assert namesakes(pair) == ({1: answer, 2: answer} if answer is not False else {})


people_of_a_village = st.lists(
    st.builds(
        person,
        st.integers(1, 99),
        st.sampled_from(("Siti", "Ani")),
        st.sampled_from(("", "A 1", "B 2")),
        st.sampled_from(("", "1", "2")),
    ),
    unique_by=lambda one: one.key,
)


@given(people_of_a_village, st.randoms())
def test_the_order_of_people_changes_nothing(people, chance):
    before = namesakes(people)
    chance.shuffle(people)
    assert namesakes(people) == before
    for key, answer in before.items():
        if answer:
            one = next(each for each in people if each.key == key)
            assert any(
                each.number not in ("", one.number) and each.address == one.address
                for each in people
            )


def test_names_and_addresses_are_compared_plain():
    assert plain_name("Hj. SITI  Aminah, S.E.") == "siti aminah"
    assert plain_address("Jl. Melati No.03, RT 01/02") == plain_address("melati 3 rt 1 2")


def test_a_list_is_read_with_usual_headings_and_every_fault_named():
    rows, faults = read_list(
        comparison.ANSWERS, b"No KTP;Hasil;Nama\n3212 1551 0187 0001;Sesuai;Siti\n"
    )
    assert (rows[0]["nik"], rows[0]["status"], faults) == ("3212155101870001", "match", [])
    rows, faults = read_list(comparison.ANSWERS, b"nik,status\n321,sesuai\n3212155101870001,x\n")
    assert [fault.row for fault in faults] == [2, 3]
    twice = b"nik\n3212155101870001\n3212155101870001\n"
    assert read_list(comparison.PLAIN, twice)[1] == []


def test_worse_beats_better_where_several_lists_answer():
    hits = {at("civil_registry"): Hit("match"), at("state_firms"): Hit()}
    lists = known(without="civil_servants")
    assert said(facts(lists=lists, hits=hits))["public_employee"][0] == Outcome.FAIL
