"""What guessers try first weighs little; what is one's own weighs as long as it is."""

from itertools import accumulate

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pulih.people.rules.passwords import AGAIN, ENOUGH, Kind, judged

LEAKED = frozenset({"password", "dragon", "monkey", "rahasia", "horse", "battery", "staple"})
ABOUT = {Kind.PERSON: {"siti", "maemunah", "sitimaemunah"}, Kind.OFFICE: {"pulih", "ambon"}}
REFUSED = [
    ("password", {Kind.LEAKED}),
    ("P@ssw0rd", {Kind.LEAKED}),
    ("Siti2020!", {Kind.PERSON, Kind.YEAR}),
    ("SitiMaemunah1980", {Kind.PERSON, Kind.YEAR}),
    ("pulih1234", {Kind.OFFICE, Kind.ROW}),
    ("qwertyuiop", {Kind.ROW}),
    ("poiuytrewq", {Kind.ROW}),
    ("zxcvbnm123456", {Kind.ROW}),
    ("aaaaaaaaaaaa", {Kind.REPEATED}),
    ("dragonmonkey2019", {Kind.LEAKED, Kind.YEAR}),
    ("rahasia-Ambon-2024", {Kind.LEAKED, Kind.OFFICE, Kind.YEAR}),
    ("password" * 4, {Kind.LEAKED}),
    ("1234" * 8, {Kind.ROW}),
    ("x7$Kp2w", set()),
    ("", set()),
]


@pytest.mark.parametrize(("password", "kinds"), REFUSED)
def test_what_is_easy_to_guess_is_refused_and_named(password, kinds):
    found = judged(password, LEAKED, ABOUT)
    assert (found.is_good, found.kinds) == (False, kinds)


@pytest.mark.parametrize(
    "password",
    ["x7$Kp2wv", "dragon horse battery staple", "Sagu-2020-Papeda", "é" * 2 + "kuda laut"],
)
def test_what_is_ones_own_is_taken(password):
    assert judged(password, LEAKED, ABOUT).is_good


@given(st.text(max_size=40))
def test_nothing_weighs_more_than_it_is_long(password):
    assert judged(password, LEAKED, ABOUT).weight <= len(password.lower())


@given(st.text(max_size=40), st.frozensets(st.text(min_size=4, max_size=8), max_size=5))
def test_a_longer_list_never_makes_a_password_better(password, words):
    assert judged(password, words, {}).weight <= judged(password, frozenset(), {}).weight


LETTERS = "bdfhjmpw"
# From each letter on to another: none stands twice in a row.
STEPS = st.lists(st.integers(1, len(LETTERS) - 1), min_size=ENOUGH, max_size=30)


@given(STEPS.map(lambda steps: "".join(LETTERS[at % len(LETTERS)] for at in accumulate(steps))))
def test_letters_of_chance_are_taken_once_there_are_enough(password):
    assume(not AGAIN.search(password))
    assert judged(password, frozenset(), {}).is_good
