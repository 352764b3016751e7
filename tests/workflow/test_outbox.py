"""Notices are written with what they tell of; their mail goes out once, or is shown as unsure."""

from datetime import UTC, datetime, timedelta
from smtplib import SMTPDataError, SMTPServerDisconnected

import pytest
from django.core import mail as outbox
from django.core.mail.backends.locmem import EmailBackend
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.common.errors import Message, Refusal
from pulih.people.models import User
from pulih.people.scope import speaking_for
from pulih.workflow.actions import (
    NewDuty,
    NewNotice,
    choose_mail,
    mark_read,
    notify,
    send_again,
    start,
    take_step,
)
from pulih.workflow.actions.escalating import escalate, follow_the_calendar, remind
from pulih.workflow.actions.mail import gather, send_waiting
from pulih.workflow.models import Duty, Mail, Notice
from pulih.workflow.post_holders import post_of
from tests.examples import examples
from tests.make.workflow import DECIDER, OFFICE, PAPER
from tests.people import cast

pytestmark = pytest.mark.django_db
MORNING = datetime(2020, 6, 16, 1, tzinfo=UTC)  # 08.00 WIB on a Tuesday.
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


class Killed(BaseException):
    """A worker that ends without a word."""


class Server(EmailBackend):
    """A mail server that takes mail, refuses it, breaks, or takes the worker with it."""

    plan: list[str] = []

    def open(self):
        self.does = Server.plan.pop(0) if Server.plan else "takes"
        if self.does == "is away":
            raise ConnectionRefusedError("nobody listens")
        if self.does == "kills before":
            raise Killed

    def send_messages(self, messages):
        if self.does == "refuses":
            raise SMTPDataError(550, b"no such mailbox")
        if self.does == "is busy":
            raise SMTPDataError(451, b"try later")
        if self.does == "breaks off":
            raise SMTPServerDisconnected("gone")
        super().send_messages(messages)
        if self.does == "kills after":
            raise Killed


@pytest.fixture(autouse=True)
def server(settings):
    settings.EMAIL_BACKEND = "tests.workflow.test_outbox.Server"
    Server.plan = []


def told(person, title="Usulan dikembalikan", at=MORNING):
    title, text = Message(title, "Returned"), Message("Volume kurang.", "Too few.")
    notify([NewNotice(person, title, text)], "test_paper", 1, url="/x/", now=at)


def at_once(person):
    choose_mail(mail="at_once", language="id", by=person)


def work(now):
    """One run of the job; a killed one leaves what stands."""
    try:
        gather(now)
        send_waiting(now)
    except Killed:
        return


def test_mail_at_once_carries_the_reason_itself():
    person = cast.provincial_officer()
    at_once(person)
    told(person)
    work(MORNING)
    [sent] = outbox.outbox
    assert sent.subject == "Usulan dikembalikan"
    assert "Volume kurang." in sent.body
    assert sent.to == [person.email]
    assert Mail.objects.get().state == "sent"


def test_mail_of_the_day_waits_for_seven_on_the_clock_of_the_office_and_names_what_waits():
    papua = cast.provincial_officer("Papua")  # WIT: 07.00 there is 22.00 UTC.
    start(PAPER, 5, area=papua.home, by=cast.planner(), duty=NewDuty(person=papua), now=MORNING)
    told(papua, "Kedua", MORNING)
    evening = datetime(2020, 6, 16, 21, 59, tzinfo=UTC)
    work(evening)
    assert not outbox.outbox
    work(evening + MINUTE)
    [sent] = outbox.outbox
    assert sent.subject == "Pulih: 2 pemberitahuan"
    assert "Menunggu Anda: Surat 5" in sent.body
    assert "Kedua" in sent.body
    assert "Menunggu Anda sekarang (1):\n- Surat 5 · draf" in sent.body
    work(evening + 2 * DAY)
    assert len(outbox.outbox) == 1


@pytest.mark.parametrize("why", ["never", "no address", "at rest"])
def test_who_gets_no_mail_keeps_the_notice_on_the_board(why):
    person = cast.provincial_officer()
    if why == "never":
        choose_mail(mail="never", language="en", by=person)
    User.objects.filter(pk=person.pk).update(
        email="" if why == "no address" else person.email, is_active=why != "at rest"
    )
    told(person)
    work(MORNING + DAY)
    assert (Mail.objects.count(), Notice.objects.unread().count()) == (0, 1)


@pytest.mark.parametrize(
    ("plan", "state", "sent"),
    [
        ([], "sent", 1),
        (["is away"], "waiting", 0),
        (["is busy"], "waiting", 0),
        (["refuses"], "failed", 0),
        (["breaks off"], "unsure", 0),
        (["kills before"], "sending", 0),
        (["kills after"], "sending", 1),
    ],
)
def test_what_a_server_does_decides_what_a_mail_is(plan, state, sent):
    person = cast.provincial_officer()
    at_once(person)
    told(person)
    Server.plan = plan
    work(MORNING)
    assert (Mail.objects.get().state, len(outbox.outbox)) == (state, sent)
    work(MORNING + timedelta(minutes=30))
    later = {"waiting": "sent", "sending": "unsure"}.get(state, state)
    assert Mail.objects.get().state == later
    assert len(outbox.outbox) == (1 if later == "sent" else sent)


def test_a_server_that_stays_away_is_given_up_and_says_why():
    person = cast.provincial_officer()
    at_once(person)
    told(person)
    now = MORNING
    Server.plan = ["is away"] * 10
    for _ in range(10):
        work(now)
        now += timedelta(hours=1)
    mail = Mail.objects.get()
    assert (mail.state, mail.tries, mail.problem) == ("failed", 10, "nobody listens")


plans = st.lists(
    st.sampled_from(
        ["takes", "is away", "is busy", "refuses", "breaks off", "kills before", "kills after"]
    ),
    max_size=12,
)


@settings(max_examples=examples(15), deadline=None, suppress_health_check=list(HealthCheck))
@given(plans, st.integers(1, 4), st.lists(st.integers(1, 20), min_size=30, max_size=30))
def test_whatever_kills_the_worker_each_mail_is_sent_once_or_unsure_and_none_is_lost(
    plan, count, pauses
):
    before = set(Mail.objects.values_list("pk", flat=True))
    person = cast.provincial_officer()
    at_once(person)
    outbox.outbox.clear()
    with transaction.atomic():
        for number in range(count):
            told(person, f"Nomor {len(before)}-{number}")
    Server.plan, now = list(plan), MORNING
    for pause in pauses:
        work(now)
        now += pause * MINUTE
    work(now + DAY)
    mails = Mail.objects.exclude(pk__in=before)
    assert mails.count() == count
    for mail in mails:
        times = sum(one.subject == mail.subject for one in outbox.outbox)
        assert (mail.state, times) in {("sent", 1), ("unsure", 0), ("unsure", 1), ("failed", 0)}


def test_an_unsure_mail_is_sent_again_by_its_person_alone():
    person = cast.provincial_officer()
    at_once(person)
    told(person)
    Server.plan = ["breaks off"]
    work(MORNING)
    mail = Mail.objects.get()
    other = cast.planner()
    with speaking_for(other), pytest.raises(Mail.DoesNotExist):
        send_again(mail, by=other)
    with speaking_for(person):
        send_again(mail, by=person)
    Mail.objects.update(not_before=MORNING)
    work(MORNING)
    assert len(outbox.outbox) == 1
    with pytest.raises(Refusal, match="was sent or still waits"):
        send_again(mail, by=person)


@pytest.mark.parametrize("change", [{"state": "waiting"}, {"body": "x"}, {"state": "unsure"}])
def test_postgresql_lets_no_sent_mail_change(change):
    person = cast.provincial_officer()
    at_once(person)
    told(person)
    work(MORNING)
    with pytest.raises(DatabaseError), transaction.atomic():
        Mail.objects.update(**change, sent_at=None)


def test_a_notice_is_its_persons_alone_and_stays_as_it_was_said():
    person, other = cast.provincial_officer(), cast.planner()
    with speaking_for(other):
        told(person)
        assert not Notice.objects.exists()
    with speaking_for(person):
        assert mark_read(by=person) == 1
        with pytest.raises(DatabaseError), transaction.atomic():
            Notice.objects.update(text_indonesian="lain")


def test_a_refused_step_leaves_no_notice():
    officer = cast.provincial_officer()
    start(PAPER, 1, area=officer.home, by=officer, duty=NewDuty(person=officer))
    words = Message("x", "x")
    with pytest.raises(Refusal), transaction.atomic():
        take_step(PAPER, 1, "accept", by=cast.planner(), notices=[NewNotice(officer, words, words)])
    assert not Notice.objects.exists()


def test_who_has_the_next_duty_is_told_with_the_reason_and_nobody_tells_oneself():
    officer, planner = cast.provincial_officer(), cast.planner()
    start(PAPER, 1, area=officer.home, by=officer, duty=NewDuty(person=officer), now=MORNING)
    assert not Notice.objects.exists()
    duty = NewDuty(post=post_of(DECIDER.key, None), working_days=3)
    take_step(PAPER, 1, "send", by=officer, duty=duty, now=MORNING)
    notice = Notice.objects.get(person=planner)
    assert notice.title_english == "Waiting for you: Surat 1"
    assert notice.text_english == "“Surat 1” is now “sent”. Until 19 Jun 2020."
    back = NewDuty(person=officer)
    take_step(PAPER, 1, "return", by=planner, reason="RAB belum lengkap", duty=back, now=MORNING)
    assert Notice.objects.get(person=officer).text_indonesian.endswith("RAB belum lengkap")


def test_a_late_duty_is_told_once_to_who_has_it_and_to_whom_it_escalates(
    django_assert_max_num_queries,
):
    officer, planner = cast.provincial_officer(), cast.planner()
    duty = NewDuty(
        post=post_of(OFFICE.key, officer.home),
        working_days=2,
        escalates_to=post_of(DECIDER.key, None),
    )
    start(PAPER, 1, area=officer.home, by=officer, duty=duty, now=MORNING)
    end = Duty.objects.get().until
    system = User.objects.get(username="pulih")
    with django_assert_max_num_queries(5):  # Nothing is late: it is asked once.
        assert escalate(by=system, now=end - MINUTE) == 0
    assert escalate(by=system, now=end) == 1
    assert escalate(by=system, now=end + DAY) == 0
    late = Notice.objects.filter(title_english="Late: Surat 1")
    assert {one.person for one in late} == {officer, planner}
    assert "was due by 18 Jun 2020" in late.first().text_english
    assert Duty.objects.open().count() == 1  # It escalates; nothing is rejected.


def test_who_has_a_duty_is_reminded_once_on_its_last_day_and_nobody_else():
    officer, planner = cast.provincial_officer(), cast.planner()
    to = {"post": post_of(OFFICE.key, officer.home), "escalates_to": post_of(DECIDER.key, None)}
    for number, days in ((1, 2), (2, 1), (3, None)):
        duty = NewDuty(working_days=days, **to)
        start(PAPER, number, area=officer.home, by=officer, duty=duty, now=MORNING)
    end = Duty.objects.get(subject_id=1).until
    system = User.objects.get(username="pulih")
    assert remind(by=system, now=end - DAY - MINUTE) == 0  # Then the short one is on its last day.
    assert remind(by=system, now=end - DAY) == 1
    assert remind(by=system, now=end - MINUTE) == 0
    (told_,) = Notice.objects.filter(title_english__startswith="Last day: ")
    assert (told_.person, told_.title_english) == (officer, "Last day: Surat 1")
    assert told_.text_english == "“Surat 1” waits for you and is due today, 18 Jun 2020."
    assert not Notice.objects.filter(person=planner).exists()


def test_open_duties_follow_a_table_of_holidays_that_changes():
    officer = cast.provincial_officer()
    duty = NewDuty(person=officer, working_days=2)
    start(PAPER, 1, area=officer.home, by=officer, duty=duty, now=MORNING)
    assert follow_the_calendar() == 0
    end = Duty.objects.get().until
    from pulih.references.models import Holiday

    Holiday.objects.create(
        day=MORNING.date() + DAY, kind="national", name_indonesian="x", name_en="x", source="-"
    )
    assert follow_the_calendar() == 1
    assert Duty.objects.get().until == end + DAY
