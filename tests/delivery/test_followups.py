"""Those who were trained are asked after 3, 6 and 12 months; silence is neither yes nor no."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from pulih.common.errors import Refusal
from pulih.delivery.actions import certificates, followups
from pulih.delivery.actions.followups import GivenAnswer
from pulih.delivery.models import FollowUp, FollowUpAnswer, FollowUpRound
from pulih.delivery.purposes import FOLLOW_UP
from pulih.delivery.reads.funnel import of_activity
from pulih.delivery.rules.followups import MONTHS, asked_on, months_due
from pulih.delivery.states import FOLLOW_UP_ROUND
from pulih.people.links import actions as links
from pulih.people.links.address import key_of
from pulih.people.scope import speaking_by_link
from pulih.web import facts
from pulih.workflow import reads as workflow
from tests.delivery.paying import committed, paid, requested
from tests.make import delivery as make
from tests.once import made_once
from tests.people import cast

NOW = datetime(2020, 12, 28, 3, tzinfo=UTC)
TODAY = date(2020, 12, 28)
YES = GivenAnswer(True, True, None, True, "up_to_5m")
NO = GivenAnswer(True, False, False, False, "none")

days = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@given(days, st.sampled_from(MONTHS))
def test_a_round_comes_on_its_day_of_the_month_or_the_last(day, months):
    due = asked_on(day, months)
    assert (due.year * 12 + due.month) - (day.year * 12 + day.month) == months
    assert due.day <= day.day
    if due.day < day.day:
        assert (due + timedelta(1)).day == 1


@given(days, days)
def test_rounds_come_in_their_order_and_never_go(last, today):
    found = months_due(last, today)
    assert found == list(MONTHS[: len(found)])
    assert found == [n for n in months_due(last, today + timedelta(1)) if n in found]


def opened(activity, today=TODAY, by=None):
    by = by or cast.provincial_officer()
    return followups.open_rounds([activity], by=by, now=NOW, today=today)


def said(of, answer=YES, by=None):
    return followups.answer(of, answer, by=by or cast.provincial_officer(), now=NOW)


@made_once
def activity(db):
    return make.payable(4, absent=[(3, 0), (3, 1)])


def test_those_who_completed_are_asked_once_a_round(activity):
    assert opened(activity, date(2020, 9, 24)) == 0
    assert opened(activity, date(2020, 9, 25)) == 1
    assert opened(activity) == 1
    assert opened(activity) == 0
    rounds = FollowUpRound.objects.order_by("months")
    assert [(one.months, one.due_on) for one in rounds] == [
        (3, date(2020, 9, 25)), (6, date(2020, 12, 25)),
    ]  # fmt: skip
    asked = FollowUp.objects.filter(round=rounds[0])
    assert sorted(one.participant.number for one in asked) == [1, 2, 4]
    duty = workflow.open_duty(FOLLOW_UP_ROUND, rounds[0].pk)
    assert duty.post.area == rounds[0].regency
    assert duty.working_days == 20


def test_who_is_not_of_the_area_asks_nobody(activity):
    with pytest.raises(PermissionDenied):
        opened(activity, by=cast.provincial_officer("Bali"))
    with pytest.raises(PermissionDenied):
        opened(activity, by=cast.auditor())
    assert not FollowUpRound.objects.exists()


def test_the_last_answer_closes_the_round_and_the_newest_stands(activity):
    opened(activity, date(2020, 9, 25))
    first, *others = FollowUp.objects.order_by("pk")
    said(first, NO)
    said(first, YES)
    for one in others[:-1]:
        said(one)
    found = first.round
    assert workflow.open_duty(FOLLOW_UP_ROUND, found.pk)
    said(others[-1])
    assert workflow.last_step(FOLLOW_UP_ROUND, found.pk).to_state == "closed"
    said(others[-1], NO)  # Somebody may call again later; the round stays closed.
    assert FollowUpAnswer.objects.count() == 5
    with pytest.raises(DatabaseError), transaction.atomic():
        FollowUpAnswer.objects.update(is_producing=True)


def test_a_round_with_silent_people_closes_with_a_reason(activity):
    opened(activity, date(2020, 9, 25))
    found, by = FollowUpRound.objects.get(), cast.provincial_officer()
    with override("en"), pytest.raises(Refusal, match="3 have not answered"):
        followups.close(found, reason=" ", by=by, now=NOW)
    link, _address = link_of(found.follow_ups.earliest("pk"))
    followups.close(found, reason="Nomor tidak aktif", by=by, now=NOW)
    link.refresh_from_db()
    assert link.revoked_at
    assert workflow.last_step(FOLLOW_UP_ROUND, found.pk).reason == "Nomor tidak aktif"
    with pytest.raises(Refusal):
        followups.close(found, reason="Lagi", by=by, now=NOW)


def test_the_funnel_is_a_range_until_people_answer(activity):
    given = make.payment_list(activity)
    committed(activity, given.gross)
    requested(given)
    paid(given)
    officer = cast.provincial_officer()
    certificates.issue_all(
        activity.cohorts.get(), number="S", dated=make.LAST, by=officer, today=make.LAST
    )
    opened(activity)
    third, sixth = FollowUpRound.objects.order_by("months")
    one, two, _three = third.follow_ups.order_by("pk")
    said(one, YES)
    said(two, NO)
    found = {step.name: (step.all.low, step.all.high) for step in of_activity(activity, officer)}
    assert found["certified"] == (3, 3)
    assert found["has_kit"] == (2, 3)
    assert found["has_nib"] == (1, 2)
    assert found["has_product_certificate"] == (0, 2)
    assert found["producing_3"] == (0, 2)
    said(sixth.follow_ups.earliest("pk"), GivenAnswer(True, True, True, True, "more"))
    found = {step.name: (step.all.low, step.all.high) for step in of_activity(activity, officer)}
    assert found["producing_6"] == (1, 2)
    assert found["producing_12"] == (0, 2)


def link_of(follow_up):
    moment, by = timezone.now() - timedelta(hours=1), cast.provincial_officer()
    return links.give(
        FOLLOW_UP, holder="Peserta 1", subjects=[follow_up.pk], area=follow_up.regency,
        valid_from=moment, valid_to=moment + timedelta(days=1), by=by, now=moment,
    )  # fmt: skip


def test_a_link_opens_one_person_and_nobody_else(activity):
    opened(activity, date(2020, 9, 25))
    first, second, _third = FollowUp.objects.order_by("pk")
    link, address = link_of(first)
    with speaking_by_link(key_of(address)):
        assert FollowUp.objects.get() == first
        assert said(first, by=link).link == link
        assert FollowUpAnswer.objects.count() == 1
        with pytest.raises(PermissionDenied):
            said(second, by=link)


@pytest.fixture
def go(client, monkeypatch):
    monkeypatch.setitem(facts._tellers, "activity_day", lambda _request: TODAY)
    client.force_login(cast.provincial_officer())

    def ask(name, /, *arguments, **typed):
        address = reverse(f"delivery:{name}", args=arguments)
        return client.post(address, typed) if typed else client.get(address)

    return ask


def text(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


ANSWERED = {
    "is_producing": "yes", "turnover": "up_to_1m", "has_kit": "yes", "has_nib": "unknown",
    "has_certificate": "no", "note": "Bahan mahal",
}  # fmt: skip


def test_an_officer_opens_rounds_gives_links_and_writes_answers_down(activity, go):
    assert "Belum ada yang ditanya" in text(go("follow-ups"))
    assert go("open-follow-ups", now="1").status_code == 303
    assert "Peserta 1" in text(go("follow-ups"))
    found = FollowUpRound.objects.get(months=3)
    page = text(go("follow-up-round", found.pk))
    assert "0</b> dari 3 menjawab" in page
    assert "Penanya tindak lanjut" in page
    assert text(go("give-follow-up-links", found.pk, now="1")).count("/l/") == 3
    one = found.follow_ups.earliest("pk")
    assert "Belum ada jawaban" in text(go("follow-up", one.pk))
    wrong = text(go("follow-up", one.pk, **{**ANSWERED, "is_producing": ""}))
    assert "Bahan mahal" in wrong  # What was typed stands in the form.
    assert go("follow-up", one.pk, **ANSWERED).status_code == 303
    page = text(go("follow-up-round", found.pk))
    assert "1</b> dari 3 menjawab" in page
    assert "Bahan mahal" in page
    refused = text(go("close-follow-ups", found.pk, reason=" "))
    assert "2 belum menjawab" in refused
    assert go("close-follow-ups", found.pk, reason="Pindah").status_code == 303
    assert "Pindah" in text(go("follow-up-round", found.pk))
    assert "style=" not in page


def test_no_link_is_given_where_everybody_has_answered(activity, go):
    opened(activity, date(2020, 9, 25))
    for one in FollowUp.objects.all():
        go("follow-up", one.pk, **ANSWERED)
    refused = text(go("give-follow-up-links", FollowUpRound.objects.get(months=3).pk, now="1"))
    assert "Semua sudah menjawab; " in refused
    assert "Message(" not in refused


def test_the_person_answers_in_a_minute_by_the_link(activity, client, go):
    opened(activity, date(2020, 9, 25))
    one = FollowUp.objects.earliest("pk")
    link, address = link_of(one)
    client.logout()
    page = text(client.get(f"/l/{address}", follow=True))
    assert "Masih berproduksi" in page
    there = reverse("delivery:follow-up-by-link", args=[link.pk])
    assert "Bahan mahal" in text(client.post(there, {**ANSWERED, "turnover": ""}))
    assert not FollowUpAnswer.objects.exists()
    assert client.post(there, ANSWERED).status_code == 303
    assert "Terima kasih" in text(client.get(there))
    made = FollowUpAnswer.objects.get()
    assert (made.follow_up, made.link, made.has_nib) == (one, link, None)
