"""`pulih check` finds what no act explains."""

import pytest

from pulih.registry import actions
from pulih.registry.models import Enterprise, Pin, Review
from tests.make import registry as make
from tests.once import made_once
from tests.people import cast


def wrong():
    return {what for what, number in actions.check().items() if number}


@made_once(language="en")
def lived_in():
    """Return firms after merges, an undone one, a split, a pin and answers."""
    by = cast.planner()
    one, two, three, four = make.firms(4)
    actions.merge(one, two, reason="", by=by)
    actions.undo_merge(actions.merge(three, four, reason="", by=by), by=by)
    actions.split(one, [two.sources.get().pk], reason="", by=by)
    actions.pin(one, "workers", "77", reason="dilihat", by=by)
    actions.answer(make.review(one, three), "same", by=by)
    actions.answer(make.review(one, four), "different", by=by)
    return one, two, three, four


@pytest.mark.django_db
def test_all_is_well_after_every_kind_of_deed(lived_in):
    assert wrong() == set()


@pytest.mark.django_db
def test_a_pointer_that_no_deed_explains_is_found(lived_in):
    one, *_, four = lived_in
    Enterprise.objects.filter(pk=four.pk).update(merged_into=one)
    assert "merges_that_no_deed_explains" in wrong()


@pytest.mark.django_db
def test_a_pointer_that_is_not_flat_or_not_the_deeds_is_found(lived_in):
    _, two, three, _ = lived_in
    Enterprise.objects.filter(pk=two.pk).update(merged_into=three)
    assert {"merges_that_are_not_flat", "merges_that_do_not_agree_with_the_deeds"} <= wrong()


@pytest.mark.django_db
def test_a_question_about_what_is_one_or_gone_is_found(lived_in):
    *_, four = lived_in
    Review.objects.update(state="waiting")
    Enterprise.objects.filter(pk=four.pk).update(is_listed=False)
    assert {"reviews_of_what_is_one", "reviews_of_what_is_gone"} <= wrong()


@pytest.mark.django_db
def test_an_answer_that_was_not_carried_out_is_found(lived_in):
    *_, three, four = lived_in
    make.review(three, four)
    Review.objects.filter(state="waiting").update(state="same")
    assert wrong() == {"answers_that_were_not_carried_out"}


@pytest.mark.django_db
def test_a_pin_that_does_not_hold_is_found(lived_in):
    Pin.objects.update(value="78")
    assert wrong() == {"pins_not_honoured"}
