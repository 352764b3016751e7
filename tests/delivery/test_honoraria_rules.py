"""What who taught is owed: hours of sessions that were held, each once, at most the standard."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.classifications.standards import standard_for
from pulih.delivery.rules import payments
from pulih.delivery.rules.honoraria import (
    Hours,
    Lesson,
    LessonStatus,
    Rule,
    amount,
    highest_rate,
    is_of_assistants,
    lesson_status,
    obstacles,
    pays,
    rule_on,
    times,
)
from pulih.delivery.rules.payments import Basis, Pay

DAY, EIGHT = date(2020, 6, 22), datetime(2020, 6, 22, 8)
RULE = rule_on(DAY)
LIKE_LESSONS = Rule(DAY, frozenset(), frozenset(), 45, "", False)


@pytest.mark.parametrize(
    ("units", "found"),
    [
        (["OJ"], Basis.FULL),
        (["kelas", "OJ"], Basis.FULL),
        (["orang", "jam"], Basis.FULL),
        (["orang", "JP"], Basis.HOUR),
        (["OJP"], Basis.HOUR),
        (["orang", "hari", "jam"], Basis.FULL),
        (["orang", "hari"], Basis.DUTY),
        (["kab", "OH"], Basis.DUTY),
        (["orang", "kali"], Basis.EACH),
        (["OKali"], Basis.EACH),
        (["orang", "kali", "jam"], Basis.FULL),
        (["kali"], None),
        (["orang"], None),
        (["jam"], None),
        (["paket"], None),
        ([""], None),
    ],
)
def test_a_row_of_the_plan_says_for_what_it_pays_those_who_teach(units, found):
    assert pays(units, 900_000) == (found and Pay(found, 900_000))


def test_participants_and_those_who_teach_are_paid_from_other_accounts():
    assert not RULE.accounts & payments.rule_on(DAY).accounts


@pytest.mark.parametrize(
    ("text", "found"),
    [("Honor narasumber", False), ("Instruktur pendamping", True), ("Asisten instruktur", True)],
)
def test_the_words_of_a_row_say_whether_it_pays_those_who_help(text, found):
    assert is_of_assistants(text, RULE) == found


lessons = st.builds(
    Lesson,
    st.integers(1, 9),
    st.integers(0, 200).map(lambda n: EIGHT + timedelta(minutes=15 * n)),
    st.integers(1, 12),
    st.booleans(),
    st.booleans(),
)
stretches = st.lists(lessons.map(lambda one: Hours(one.begins, one.ends)), max_size=4)


@given(lessons, stretches)
def test_a_session_is_owed_where_it_was_held_and_paid_to_nobody_else_in_its_hours(one, busy):
    met = any(
        one.begins + timedelta(minutes=n) in _minutes(hours)
        for hours in busy
        for n in range(45 * one.lesson_hours)
    )
    owed = lesson_status(one, busy) is LessonStatus.OWED
    assert owed == (one.is_held and not one.is_paid and not met)


def _minutes(hours):
    length = (hours.ends - hours.begins) // timedelta(minutes=1)
    return {hours.begins + timedelta(minutes=n) for n in range(length)}


@given(st.lists(lessons, max_size=6))
def test_hours_are_added_up_and_a_day_of_helping_counts_once(some):
    taught = sum(one.lesson_hours for one in some)
    assert times(some, Pay(Basis.HOUR, 1), RULE) == taught
    assert times(some, Pay(Basis.FULL, 1), RULE) == taught * 45 // 60
    assert times(some, Pay(Basis.FULL, 1), LIKE_LESSONS) == taught
    assert times(some, Pay(Basis.EACH, 1), RULE) == len(some)
    assert times(some, Pay(Basis.DUTY, 1), RULE) == len({one.begins.date() for one in some})


@pytest.mark.parametrize(
    ("payee", "has_npwp", "tax"),
    [
        ("servant_2", True, 0),
        ("servant_3", False, 360_000),
        ("servant_4", True, 1_080_000),
        ("person", True, 180_000),
        ("person", False, 216_000),
    ],
)
def test_tax_is_withheld_by_rank_or_number(payee, has_npwp, tax):
    found = amount(8, 900_000, payee, "522151", DAY, has_npwp=has_npwp)
    assert (found.gross, found.tax, found.net) == (7_200_000, tax, 7_200_000 - tax)


def test_a_ceiling_binds_whatever_was_approved_and_an_estimate_what_was():
    speaker = standard_for("522151", "Honor narasumber", 1, DAY, unit="OJ")
    assert (highest_rate(900_000, speaker), highest_rate(950_000, speaker)) == (900_000, 900_000)
    assert highest_rate(800_000, speaker) == 800_000
    teacher = standard_for("522151", "Honor instruktur", 1, DAY, unit="OJ")
    assert teacher.amount == 900_000
    assert (highest_rate(950_000, teacher), highest_rate(950_000, None)) == (950_000, 950_000)


@given(
    st.sets(st.sampled_from(LessonStatus)), st.sampled_from(["", "person"]), st.integers(0, 2),
    st.booleans(),
)  # fmt: skip
def test_nobody_is_paid_for_what_is_not_known(statuses, payee, hours, has_nik):
    is_known = payee != "" and has_nik and hours > 0
    may = not obstacles(statuses, payee, hours, has_nik=has_nik)
    assert may == (LessonStatus.OWED in statuses and is_known)
