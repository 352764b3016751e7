"""What people's answers make of a doubtful pair, and how each is taken back."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection
from hypothesis import given
from hypothesis import strategies as st

from pulih.common.errors import Refusal
from pulih.people.scope import speaking_for
from pulih.registry import actions, review_queue, verdicts
from pulih.registry.models import (
    Enterprise,
    Merge,
    Review,
    ReviewAnswer,
    ReviewState,
    Separation,
)
from tests.make import registry as make
from tests.once import made_once
from tests.people import cast
from tests.registry.tables import content

S, D, U = "same", "different", "unsure"


SAID = {
    (): "waiting",
    (U,): "waiting",
    (S,): "same",
    (D, U): "different",
    (S, D): "third",
    (S, D, S): "same",
    (D, S, U, D): "different",
    (S, S, D): "same",
}


@pytest.mark.parametrize(("answers", "said"), SAID.items())
def test_the_many_win_and_a_tie_waits_for_one_more(answers, said):
    assert verdicts.verdict(answers) == said


@given(st.lists(st.sampled_from([S, D, U]), max_size=6), st.randoms())
def test_the_order_of_answers_does_not_matter(answers, chance):
    said = verdicts.verdict(answers)
    chance.shuffle(answers)
    assert verdicts.verdict(answers) == said


def answer(review, said, by):
    return actions.answer(Review.objects.get(pk=review.pk), said, by=by)


@pytest.fixture
def third():
    from pulih.areas.models import Area

    return cast.person("planner", Area.objects.get(pk=1), "third")


@made_once(language="en")
def review():
    return make.review(*make.firms(2))


@pytest.mark.django_db
def test_one_firm_merges_the_younger_into_the_older(review):
    done = answer(review, S, cast.provincial_officer())
    made = Merge.objects.get()
    assert (done.state, made.review, made.kept_id) == ("same", review, review.first_id)
    assert done.settled_at is not None


@pytest.mark.django_db
def test_two_firms_are_told_apart(review):
    assert answer(review, D, cast.provincial_officer()).state == "different"
    assert Separation.objects.get().review == review


@pytest.mark.django_db
def test_not_sure_leaves_it_to_others(review):
    assert answer(review, U, cast.provincial_officer()).state == "waiting"
    assert answer(review, S, cast.planner()).state == "same"


@pytest.mark.django_db
def test_two_who_disagree_wait_for_a_third(review, third):
    answer(review, S, cast.provincial_officer())
    assert answer(review, D, cast.planner()).state == "third"
    assert not Merge.objects.in_force().exists()
    assert answer(review, D, third).state == "different"
    assert Separation.objects.in_force().count() == 1


@pytest.mark.django_db
def test_nobody_answers_twice(review):
    answer(review, S, cast.planner())
    with pytest.raises(Refusal, match="already"):
        answer(review, D, cast.planner())


@pytest.mark.django_db
def test_the_table_itself_takes_one_standing_answer_a_person(review):
    ReviewAnswer.objects.create(review=review, by=cast.planner(), answer=S)
    with pytest.raises(IntegrityError):
        ReviewAnswer.objects.create(review=review, by=cast.planner(), answer=D)


@pytest.mark.django_db
@pytest.mark.parametrize("said", [S, D, U])
def test_taking_an_answer_back_leaves_nothing_of_it(review, said):
    by = cast.planner()
    before = content()
    answer(review, said, by)
    done = actions.undo_answer(review, by=by)
    assert (done.state, done.settled_at) == ("waiting", None)
    assert content() == before
    assert not Merge.objects.in_force().exists()
    assert not Separation.objects.in_force().exists()


@pytest.mark.django_db
def test_who_gave_no_answer_takes_none_back(review):
    answer(review, S, cast.planner())
    with pytest.raises(Refusal, match="no answer"):
        actions.undo_answer(review, by=cast.provincial_officer())


@pytest.mark.django_db
def test_taking_back_the_first_of_two_lets_the_other_stand(review):
    answer(review, S, cast.provincial_officer())
    answer(review, D, cast.planner())
    done = actions.undo_answer(review, by=cast.provincial_officer())
    assert done.state == "different"


@pytest.mark.django_db
def test_undoing_the_merge_takes_the_answers_back_that_made_it(review):
    answer(review, S, cast.provincial_officer())
    actions.undo_merge(Merge.objects.get(), by=cast.planner())
    review.refresh_from_db()
    assert review.state == "waiting"
    assert not Separation.objects.exists()
    assert answer(review, S, cast.provincial_officer()).state == "same"


@pytest.mark.django_db
def test_a_pair_that_became_one_otherwise_is_no_longer_asked_until_it_is_two_again():
    one, two, three = make.firms(3)
    review = make.review(one, three)
    made = [actions.merge(one, two, reason="", by=cast.planner())]
    made += [actions.merge(two, three, reason="", by=cast.planner())]
    review.refresh_from_db()
    assert review.state == "withdrawn"
    with pytest.raises(Refusal, match="Nobody needs"):
        answer(review, S, cast.planner())
    actions.undo_merge(made[1], by=cast.planner())
    review.refresh_from_db()
    assert review.state == "waiting"


@pytest.mark.django_db
def test_a_pair_is_asked_no_more_once_a_list_is_withdrawn():
    from pulih.inbox import actions as inbox_actions
    from tests.make import inbox

    (one,) = make.firms(1)
    batch = inbox.read(make.row(4))
    review = make.review(one, make.of(batch)[0])
    inbox_actions.withdraw(batch, by=cast.provincial_officer())
    review.refresh_from_db()
    assert review.state == "withdrawn"
    inbox_actions.restore(batch, by=cast.provincial_officer())
    review.refresh_from_db()
    assert review.state == "waiting"


@pytest.mark.django_db
def test_the_answer_about_merged_ones_concerns_whom_they_stand_for():
    one, two, three = make.firms(3)
    review = make.review(two, three)
    actions.merge(one, two, reason="", by=cast.planner())
    answer(review, S, cast.planner())
    three.refresh_from_db()
    assert three.merged_into_id == one.pk


@pytest.mark.django_db
def test_only_who_may_answers_and_only_in_her_area():
    one, two = make.firms(2, **make.indramayu())
    review = make.review(one, two)
    with pytest.raises(PermissionDenied):
        answer(review, S, cast.auditor())
    with pytest.raises(PermissionDenied):
        actions.answer(review, S, by=cast.regency_officer("Kota Bandung"))
    officer = cast.regency_officer()
    with speaking_for(officer):
        assert answer(review, S, officer).state == "same"
        assert Enterprise.objects.listed().count() == 1


@pytest.mark.django_db
def test_another_office_sees_neither_question_nor_answers():
    review = make.review(*make.firms(2, **make.indramayu()))
    answer(review, D, cast.planner())
    with speaking_for(cast.regency_officer("Kota Bandung")):
        assert not Review.objects.exists()
        assert not ReviewAnswer.objects.exists()
        assert not Separation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_reviewers_at_once_are_heard_one_after_the_other():
    review = make.review(*make.firms(2))
    people = [(cast.provincial_officer(), S), (cast.planner(), D)]
    together = threading.Barrier(2)

    def say(person, said):
        try:
            with speaking_for(person):
                together.wait()
                answer(review, said, person)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(say, *each) for each in people]:
            done.result()
    review.refresh_from_db()
    assert review.state == ReviewState.THIRD
    assert not Merge.objects.in_force().exists()


@pytest.mark.django_db
def test_a_pair_of_which_one_moved_away_waits_for_the_office_over_both():
    first, second = make.firms(2, **make.indramayu())
    make.review(first, second)
    here, above = cast.regency_officer(), cast.provincial_officer()
    waiting = {}
    for moved in (False, True):
        if moved:
            Enterprise.objects.filter(pk=first.pk).update(regency=cast.area("Kab. Cirebon"))
        for person in (here, above):
            with speaking_for(person):
                standing, rows = review_queue.summary(person), review_queue.asked(person, {})
                assert standing.waiting == len(rows)
                waiting[person, moved] = len(rows)
    assert waiting == {(here, False): 1, (above, False): 1, (here, True): 0, (above, True): 1}
