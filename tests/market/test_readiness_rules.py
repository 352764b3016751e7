"""Readiness for export on plain values: levels grow with yes, and silence is never a no."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pulih.market import catalogue, questionnaire
from pulih.market.rules.readiness import (
    LEVELS,
    MOST_ASKED,
    answered,
    level_of,
    lifted,
    makes_enough,
    missing,
    produced_long_enough,
    to_ask,
)

TERMS = questionnaire.terms()
DAY = date(2020, 6, 15)
told = st.dictionaries(st.sampled_from([one.key for one in TERMS]), st.booleans())


def with_yes(answers, key):
    """The same answers, had this term been told with yes."""
    return [replace(one, says=True) if one.term.key == key else one for one in answers]


@given(told, told)
def test_what_is_known_comes_before_what_is_said(known, said):
    for one in answered(TERMS, known, said):
        key = one.term.key
        assert one.says == known.get(key, said.get(key))
        assert (one.says is None) == (one.how == "")


@given(told, st.sampled_from([one.key for one in TERMS]))
def test_a_yes_more_never_lowers_the_level(said, key):
    answers = answered(TERMS, {}, said)
    assert LEVELS.index(level_of(with_yes(answers, key))) >= LEVELS.index(level_of(answers))


@given(told)
def test_what_is_missing_is_all_that_the_next_level_asks(said):
    answers = answered(TERMS, {}, said)
    for one in missing(answers):
        answers = with_yes(answers, one.term.key)
        assert one.says is not True
    before = level_of(answered(TERMS, {}, said))
    assert level_of(answers) > before or level_of(answers) == LEVELS[-1] or before == LEVELS[-1] \
        or LEVELS.index(level_of(answers)) > LEVELS.index(before)  # fmt: skip


@given(st.lists(told, max_size=8))
def test_a_term_lifts_whom_its_yes_brings_further_and_who_said_no(firms):
    each = [answered(TERMS, {}, said) for said in firms]
    counts = lifted(each)
    for term in TERMS:
        expected = [
            answers for answers in each
            if next(one.says for one in answers if one.term == term) is False
            and level_of(with_yes(answers, term.key)) != level_of(answers)
        ]  # fmt: skip
        assert counts[term.key] == len(expected)


@given(told, told)
def test_eight_taps_are_enough_and_nothing_known_is_asked(known, said):
    asked = to_ask(answered(TERMS, known, said))
    assert len(asked) <= MOST_ASKED
    assert not {one.key for one in asked} & (known.keys() | said.keys() | {"quantity"})


def test_terms_and_conditions_hold_for_what_is_made_and_on_their_days():
    coffee, masks = questionnaire.chapters_of("10761"), questionnaire.chapters_of("13929")
    assert (coffee, masks) == ({"09"}, {"63"})
    halal = next(one for one in TERMS if one.key == "halal")
    assert halal.holds(DAY, coffee)
    assert not halal.holds(DAY, masks)
    assert halal.holds(DAY, frozenset())
    banned = [one for one in questionnaire.conditions(masks, DAY) if one.destination == "*"]
    assert len(banned) == 1
    assert not [one for one in questionnaire.conditions(masks, date(2020, 6, 18))
                if one.destination == "*"]  # fmt: skip
    assert not any(one.verified for one in questionnaire.conditions(coffee | masks, DAY))


def test_no_table_of_classes_rules_a_pair_of_kbli_and_hs_out():
    """Plaited rattan goods (HS 4602) are no furniture; a pair said so from memory."""
    assert [pair for pair in questionnaire.pairs() if not questionnaire.may_be_of(*pair)] == []
    assert not questionnaire.may_be_of("31002", "4602")
    listed = [(one.fields["kbli"], one.fields["hs"]) for one in catalogue.entries()]
    assert [pair for pair in listed if not questionnaire.may_be_of(*pair)] == []


def test_months_and_quantity_are_told_only_where_they_are_known():
    assert produced_long_enough(9, 3) is True
    assert produced_long_enough(5, 4) is False
    assert produced_long_enough(8, 3) is None
    assert produced_long_enough(0, 0) is None
    assert makes_enough(125, 1000)
    assert not makes_enough(124, 1000)
