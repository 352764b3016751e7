"""Learning from answers: only from enough of them, only by who may, and used by later runs."""

import pytest
from django.core.exceptions import PermissionDenied

from pulih.audit.models import Run
from pulih.common.errors import Refusal
from pulih.registry import actions, comparing, prepared
from pulih.registry.actions import learning
from pulih.registry.models import Review
from tests.make import registry as make
from tests.people import cast


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(prepared, "folder", lambda: tmp_path)


def answered(number):
    firms = make.firms(9)
    pairs = [(one, other) for one in firms for other in firms if one.pk < other.pk][:number]
    for at, (one, other) in enumerate(pairs):
        review = make.review(one, other)
        state = "same" if at % 2 else "different"
        terms = [{"comparison": "person", "level": "nik and owner", "bits": 1.0}]
        Review.objects.filter(pk=review.pk).update(state=state, terms=terms)


@pytest.mark.django_db
def test_too_few_answers_teach_nothing():
    answered(3)
    with pytest.raises(Refusal, match="200 pairs must be answered"):
        actions.learn(by=cast.planner())
    assert not prepared.weights_path().exists()


@pytest.mark.django_db
def test_only_who_may_lets_it_learn():
    with pytest.raises(PermissionDenied):
        actions.learn(by=cast.provincial_officer())


@pytest.mark.django_db
def test_what_was_learned_is_kept_closed_written_down_and_used(monkeypatch):
    monkeypatch.setattr(learning, "ENOUGH", 20)
    answered(20)
    assert actions.answered() == 20
    assert comparing.learned() is None
    assert actions.learn(by=cast.planner()) == 20
    assert prepared.weights_path().stat().st_mode & 0o777 == 0o600
    weights = comparing.learned()
    assert weights is not None
    assert weights.corrections
    assert Run.objects.get(kind="registry.learn").counts == {"pairs": 20}


@pytest.mark.django_db
def test_weights_of_another_version_are_not_used():
    prepared.weights_path().write_text('{"model": "other"}')
    assert comparing.learned() is None
