"""A regency's idea: sent under the round's clock, taken up or answered, never with nobody."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from pulih.common.errors import Refusal
from pulih.measures.models import Measure
from pulih.people.scope import speaking_for
from pulih.proposals.actions import ideas
from pulih.proposals.clocks import OFFICE
from pulih.proposals.models import Idea, Outcome, Proposal
from pulih.proposals.rules.idea_machine import IDEA
from pulih.workflow.models import Duty, Notice
from pulih.workflow.reads import last_step, open_duty
from tests.make import proposals as make
from tests.people import cast

pytestmark = pytest.mark.django_db


def measure():
    return Measure.objects.get(code="mask_training")


def state(idea):
    return last_step(IDEA, idea.pk).to_state


def taken(idea, **values):
    by = cast.provincial_officer()
    with speaking_for(by):
        return ideas.take_up(idea, by=by, **{"people": idea.people, **values})


def test_an_idea_lies_with_its_province_and_with_nobody_else():
    idea = make.idea()
    duty = open_duty(IDEA, idea.pk)
    assert (duty.post.key, duty.post.area.name) == (OFFICE, "Jawa Barat")
    assert duty.until is not None
    assert idea.number == "3212-2020-G001"
    assert make.idea().number == "3212-2020-G002"


def test_a_round_opens_and_closes_on_the_clock_of_the_regency():
    round_ = make.round_()
    by = cast.regency_officer()
    values = {"round_": round_, "regency": by.home, "title": "a", "need": "b", "people": 1}
    late = datetime(2020, 7, 31, 17, 0, tzinfo=UTC)  # Midnight in Indramayu, WIB.
    with speaking_for(by), pytest.raises(Refusal, match="has closed"):
        ideas.send(**values, by=by, now=late)
    with speaking_for(by), pytest.raises(Refusal, match="is not open yet"):
        ideas.send(**values, by=by, now=datetime(2020, 5, 24, 16, 59, tzinfo=UTC))
    with speaking_for(by):
        ideas.send(**values, by=by, now=late.replace(hour=16, minute=59))
    officer = cast.provincial_officer()
    with speaking_for(officer), pytest.raises(PermissionDenied):
        ideas.send(**values, by=officer)
    assert Idea.objects.count() == 1


def test_taken_up_whole_it_becomes_a_draft_that_names_it():
    idea = make.idea(measure=measure())
    proposal = taken(idea)
    assert state(idea) == "taken"
    assert proposal.state == "draft"
    assert idea.number in proposal.background
    assert [place.people for place in proposal.places.all()] == [20]
    assert list(proposal.ideas.all()) == [idea]
    assert not Duty.objects.open().of("idea", idea.pk).exists()
    notice = Notice.objects.get(person=cast.regency_officer())
    assert proposal.number in notice.text_indonesian
    with pytest.raises(Refusal, match="taken up"):
        taken(idea)


def test_two_ideas_go_into_one_draft_the_second_in_part():
    round_ = make.round_()
    first, second = make.idea(measure=measure(), round_of=round_), make.idea(round_of=round_)
    proposal = taken(first)
    with pytest.raises(Refusal, match="reason"):
        taken(second, people=5, into=proposal)
    assert state(second) == "sent"
    assert proposal.places.count() == 1
    taken(second, people=5, into=proposal, reason="Tempat hanya cukup untuk lima.")
    assert state(second) == "taken_partly"
    assert sorted(place.people for place in proposal.places.all()) == [5, 20]
    told = Notice.objects.filter(
        machine="idea", subject_id=second.pk, person=cast.regency_officer()
    )
    assert "hanya cukup" in told.get().text_indonesian


def test_what_cannot_be_taken_up_changes_nothing():
    idea = make.idea()
    with pytest.raises(Refusal, match="1 to 20, not 21"):
        taken(idea, people=21)
    with pytest.raises(Refusal, match="names no measure"):
        taken(idea)
    with pytest.raises(Refusal, match="of another province"):
        taken(idea, into=make.draft(by=cast.provincial_officer("Bali")))
    with pytest.raises(Refusal, match="has been sent"):
        taken(idea, into=make.sent())
    stranger = cast.provincial_officer("Bali")
    with speaking_for(stranger), pytest.raises(PermissionDenied):
        ideas.take_up(idea, people=1, by=stranger)
    assert state(idea) == "sent"
    assert not Proposal.objects.filter(ideas=idea).exists()


def test_an_answer_without_a_reason_is_none():
    idea, by = make.idea(), cast.provincial_officer()
    with speaking_for(by), pytest.raises(Refusal, match="reason"):
        ideas.decline(idea, reason=" ", by=by)
    with speaking_for(by):
        ideas.decline(idea, reason="Sudah dibiayai APBD.", by=by)
    assert state(idea) == "declined"
    assert "APBD" in Notice.objects.get(person=cast.regency_officer()).text_indonesian


def test_only_its_regency_takes_an_idea_back_and_only_before_the_answer():
    idea, by = make.idea(), cast.regency_officer()
    other = cast.regency_officer("Kota Denpasar")
    with speaking_for(other), pytest.raises(PermissionDenied):
        ideas.withdraw(idea, reason="x", by=other)
    with speaking_for(by):
        ideas.withdraw(idea, reason="Dikerjakan sendiri.", by=by)
    assert state(idea) == "withdrawn"
    with pytest.raises(Refusal):
        taken(idea)


def test_a_regency_hears_what_was_decided_of_its_idea():
    round_ = make.round_()
    idea = make.idea(round_of=round_)
    proposal = make.complete(people=1, round_of=round_)
    Idea.objects.filter(pk=idea.pk).update(proposal=proposal)
    make.decided(proposal, Outcome.REJECTED, "Dana sudah habis.")
    assert "Dana sudah habis." in Notice.objects.get(person=cast.regency_officer()).text_indonesian


def test_the_pages_take_an_idea_from_the_regency_to_a_draft(client):
    round_ = make.round_(opens_on="2000-01-01", closes_on="2100-01-01")
    client.force_login(cast.regency_officer())
    typed = {"round_": round_.pk, "title": "Bimtek masker", "need": "Pesanan hilang.", "people": 0}
    address = reverse("proposals:send-idea")
    wrong = client.post(address, typed)
    assert wrong.status_code == 200
    assert "Pesanan hilang." in wrong.content.decode()
    sent = client.post(address, {**typed, "people": 20})
    idea = Idea.objects.get()
    page = reverse("proposals:idea", args=[idea.pk])
    assert sent.headers["Location"] == page
    assert "Tarik gagasan" in client.get(page).content.decode()
    client.force_login(cast.provincial_officer())
    assert "Tarik gagasan" not in client.get(page).content.decode()
    take = reverse("proposals:take-up-idea", args=[idea.pk])
    refused = client.post(take, {"people": 5, "measure": measure().pk})
    assert "Tulis alasan" in refused.content.decode()
    move = reverse("proposals:move-idea", args=[idea.pk])
    assert "Tulis alasan" in client.post(move, {"move": "decline"}).content.decode()
    too_long = client.post(move, {"move": "decline", "reason": "x" * 20_000})
    assert "Alasan: " in too_long.content.decode()
    assert client.post(move, {"move": "take"}).status_code == 404
    done = client.post(take, {"people": 20, "measure": measure().pk})
    proposal = Proposal.objects.get()
    assert done.headers["Location"] == reverse("proposals:edit", args=[proposal.pk])
    shown = client.get(reverse("proposals:proposal", args=[proposal.pk])).content.decode()
    assert idea.number in shown
    client.force_login(cast.regency_officer())
    assert proposal.number in client.get(page).content.decode()
    assert idea.number in client.get(reverse("proposals:ideas")).content.decode()


def test_an_idea_that_is_sent_as_its_round_closes_stays_on_the_page(client):
    client.force_login(cast.regency_officer())
    typed = {"title": "Bimtek las", "need": "Bengkel sepi.", "people": 12}
    typed |= {"round_": make.round_().pk}
    page = client.post(reverse("proposals:send-idea"), typed).content.decode()
    assert "Putaran ini tidak sedang dibuka." in page
    assert "Bengkel sepi." in page


@pytest.mark.parametrize(
    ("language", "words"), [("id", "tidak meminta apa-apa"), ("en", "asks for nothing")]
)
def test_an_idea_that_asks_for_nothing_is_told_so_and_what_was_typed_stays(client, language, words):
    round_ = make.round_(opens_on="2000-01-01", closes_on="2100-01-01")
    client.force_login(cast.regency_officer())
    client.cookies["pulih_language"] = language
    typed = {"round_": round_.pk, "title": "Bimtek", "need": "Pesanan hilang.", "people": 20}
    answer = client.post(reverse("proposals:send-idea"), {**typed, "rupiah": "0"})
    assert words in answer.content.decode()
    assert "Pesanan hilang." in answer.content.decode()
    assert not Idea.objects.exists()
    assert client.post(reverse("proposals:send-idea"), {**typed, "rupiah": ""}).status_code == 303
    assert Idea.objects.get().rupiah is None
