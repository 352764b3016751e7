"""Phones send late, twice and mixed up: the server holds exactly the union of what was pressed."""

import json
import random
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse
from pydantic import ValidationError

from pulih.common.errors import Refusal
from pulih.delivery.actions import attendance as actions
from pulih.delivery.actions import rosters
from pulih.delivery.acts import ActsIn
from pulih.delivery.models import Mark, Person
from pulih.delivery.purposes import ATTENDANCE
from pulih.delivery.reads.attendance import of_cohort
from pulih.people.links import actions as links
from pulih.people.scope import speaking_by_link, speaking_for
from tests.make import delivery as make
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
NOW = datetime(2020, 6, 22, 3, tzinfo=UTC)  # 10.00 in Jakarta, on the first day.


@made_once
def cohort():
    found = make.cohort()
    make.session(found)
    make.session(found, make.LAST)
    make.seated(found, 3)
    return found


def act(cohort, number, presence="present", seat=0, session=0, **values):
    sessions = list(cohort.sessions.order_by("day"))
    seats = list(cohort.participants.order_by("number"))
    return {
        "number": number, "presence": presence, "session": sessions[session].pk,
        "participant": seats[seat].pk, "pressed_at": NOW.isoformat(), **values,
    }  # fmt: skip


def sent(*acts, device="phone-0001"):
    return ActsIn(device=device, sent_at=NOW, acts=list(acts))


def take(cohort, *acts, by=None, now=NOW, device="phone-0001"):
    by = by or cast.regency_officer()
    verdicts = actions.take(cohort, sent(*acts, device=device), by=by, now=now)
    return [(one.number, one.result) for one in verdicts]


def test_a_press_is_taken_once_and_said_to_be_there_each_time(cohort):
    press = act(cohort, 1)
    for _time in range(3):
        assert take(cohort, press, press) == [(1, "taken")]
    mark = Mark.objects.get()
    assert (mark.presence, mark.by, mark.received_at) == ("present", cast.regency_officer(), NOW)


def test_another_press_under_the_same_number_is_refused_and_changes_nothing(cohort):
    take(cohort, act(cohort, 1))
    assert take(cohort, act(cohort, 1, "absent")) == [(1, "refused")]
    assert take(cohort, act(cohort, 2), act(cohort, 2, "absent")) == [(2, "refused")]
    assert [mark.presence for mark in Mark.objects.filter(number=1)] == ["present"]


def test_one_wrong_press_does_not_keep_the_others_out(cohort):
    other = make.cohort(regency="Kab. Cirebon")
    make.session(other)
    make.seated(other, 1, first=50)
    foreign = act(other, 2)
    verdicts = take(
        cohort,
        act(cohort, 1),
        {**act(cohort, 2), "session": foreign["session"]},
        {**act(cohort, 3), "participant": foreign["participant"]},
        act(cohort, 4, session=1),  # The session of the last day lies ahead.
        act(cohort, 5, corrects_device="phone-0001", corrects_number=1),  # Says no reason.
        act(cohort, 6, reason="ill"),
        act(cohort, 7, why="why?"),
    )
    assert verdicts == [(1, "taken"), *((number, "refused") for number in range(2, 8))]


def test_no_attendance_is_recorded_for_tomorrow_on_the_clock_of_the_place(cohort):
    late = datetime(2020, 6, 24, 16, 59, tzinfo=UTC)  # 23.59 in Jakarta, the day before the last.
    assert take(cohort, act(cohort, 1, session=1), now=late) == [(1, "refused")]
    assert take(cohort, act(cohort, 1, session=1), now=late + timedelta(minutes=1)) == [
        (1, "taken")
    ]


def test_a_wrong_clock_of_a_phone_is_kept_and_decides_nothing(cohort):
    wrong = act(cohort, 1, pressed_at="1971-01-01T00:00:00+00:00")
    assert take(cohort, wrong) == [(1, "taken")]
    assert Mark.objects.get().pressed_at.year == 1971


def test_who_left_before_a_session_cannot_be_in_it(cohort):
    rosters.leave(cohort, number=1, left_on=make.FIRST - timedelta(1), reason="Sakit",
                  by=cast.provincial_officer())  # fmt: skip
    assert take(cohort, act(cohort, 1)) == [(1, "refused")]


def test_twenty_phones_with_cuts_doubles_and_wrong_clocks_leave_the_union():
    cohort = make.cohort(places=8)
    for day in range(3):
        make.session(cohort, make.FIRST + timedelta(day))
    make.seated(cohort, 8)
    now = NOW + timedelta(days=3)
    chance = random.Random(20201128)
    pressed, waiting = {}, []
    for phone in range(20):
        clock = NOW + timedelta(days=chance.randint(-400, 400))
        for number in range(1, chance.randint(5, 25)):
            one = act(
                cohort, number, chance.choice(["present", "absent"]), chance.randrange(8),
                chance.randrange(3), pressed_at=(clock + timedelta(minutes=number)).isoformat(),
            )  # fmt: skip
            if number > 2 and chance.random() < 0.2:
                one |= {"corrects_device": f"phone-{phone:04}", "corrects_number": number - 1,
                        "why": "Salah tekan"}  # fmt: skip
            pressed[f"phone-{phone:04}", number] = one
            waiting.append((f"phone-{phone:04}", one))
    chance.shuffle(waiting)
    officer = cast.regency_officer()
    while waiting:
        device = waiting[0][0]
        mine = [one for phone, one in waiting if phone == device][: chance.randint(1, 9)]
        take(cohort, *mine, *chance.choices(mine, k=2), by=officer, now=now, device=device)
        if chance.random() < 0.6:  # Otherwise the answer was lost, and they come again.
            waiting = [pair for pair in waiting if pair[0] != device or pair[1] not in mine]
        chance.shuffle(waiting)
    kept = {
        (mark.device, mark.number): (mark.presence, mark.session_id, mark.participant_id)
        for mark in Mark.objects.all()
    }
    assert kept == {
        press: (one["presence"], one["session"], one["participant"])
        for press, one in pressed.items()
    }


def test_ten_thousand_replays_change_nothing(cohort):
    presses = [
        act(cohort, number, presence, number % 3)
        for number, presence in enumerate(["present", "absent"] * 20, 1)
    ]
    by, chance = cast.regency_officer(), random.Random(3)
    for device in ("phone-0001", "installed-anew"):  # The same page, wiped and opened again.
        take(cohort, *presses, by=by, device=device)
    before = list(Mark.objects.order_by("pk").values())
    outcome = of_cohort(cohort)
    for _sending in range(125):
        device = chance.choice(["phone-0001", "installed-anew"])
        told = take(cohort, *chance.choices(presses, k=80), by=by, device=device)
        assert {result for _number, result in told} == {"taken"}
    assert len(before) == 80
    assert list(Mark.objects.order_by("pk").values()) == before
    assert of_cohort(cohort) == outcome


def test_a_mark_can_be_neither_changed_nor_deleted(cohort):
    take(cohort, act(cohort, 1))
    for deed in (Mark.objects.all().delete, lambda: Mark.objects.update(presence="absent")):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()


def test_two_phones_that_differ_wait_for_the_office_which_says_why(cohort):
    take(cohort, act(cohort, 1))
    take(cohort, act(cohort, 1, "absent"), device="phone-0002")
    found = of_cohort(cohort)
    assert [len(one.marks) for one in found.differing] == [2]
    one = found.differing[0]
    officer = cast.provincial_officer()
    given = {"presence": "present", "reason": "", "why": "Terlambat", "by": officer, "now": NOW}
    assert actions.correct(one.session, one.participant, **given) == 1
    assert of_cohort(cohort).lines[0].sessions == ["present", "unrecorded"]
    with pytest.raises(Refusal):
        actions.correct(one.session, one.participant, **given)
    assert Mark.objects.count() == 3


def test_the_desk_enters_late_and_never_early(cohort):
    first, last = cohort.sessions.order_by("day")
    seat = cohort.participants.get(number=2)
    given = {"reason": "ill", "why": "Daftar tertulis", "by": cast.provincial_officer(), "now": NOW}
    assert actions.correct(first, seat, presence="absent", **given) == 1
    assert Mark.objects.get().reason == "ill"
    with pytest.raises(Refusal, match="25 Jun 2020"):
        actions.correct(last, seat, presence="absent", **given)


def test_no_phone_calls_itself_the_desk(cohort):
    officer, (first, _last) = cast.provincial_officer(), cohort.sessions.order_by("day")
    seats = {one.number: one for one in cohort.participants.all()}
    given = {"presence": "present", "reason": "", "why": "Lupa", "by": officer, "now": NOW}
    actions.correct(first, seats[1], **given)
    desk = Mark.objects.get().device
    with pytest.raises(ValidationError):
        sent(act(cohort, 2**31 - 1), device=desk)
    # Marks of the desk once had such a device, which any phone could take, and its last number.
    take(cohort, act(cohort, 2**31 - 1, "absent", seat=1), device=f"desk-{officer.pk:04}")
    assert actions.correct(first, seats[2], **given) == 1
    assert take(
        cohort, act(cohort, 1, "absent", corrects_device=desk, corrects_number=1, why="Pulang")
    ) == [(1, "taken")]


def test_outcomes_stay_open_until_the_hours_are_certain(cohort):
    take(cohort, act(cohort, 1), act(cohort, 2, "absent", seat=1))
    assert of_cohort(cohort).outcomes() == {"passed": 0, "failed": 1, "open": 2}
    last = NOW + timedelta(days=3)
    take(cohort, act(cohort, 3, session=1), now=last)
    assert of_cohort(cohort).outcomes() == {"passed": 1, "failed": 1, "open": 1}


def test_strangers_and_auditors_take_no_attendance(cohort):
    for stranger in (cast.regency_officer("Kab. Cirebon"), cast.auditor()):
        with pytest.raises(PermissionDenied):
            take(cohort, act(cohort, 1), by=stranger)


def link_of(cohort, now, valid_to):
    with speaking_for(cast.provincial_officer()):
        return links.give(
            ATTENDANCE, holder="Rahmat", subjects=[cohort.pk], area=cohort.regency,
            valid_from=now - timedelta(minutes=1), valid_to=valid_to,
            by=cast.provincial_officer(), now=now,
        )  # fmt: skip


@pytest.fixture
def by_link(cohort, client):
    from django.utils import timezone

    now = timezone.now()
    link, address = link_of(cohort, now, now + timedelta(days=1))
    assert client.get(reverse("links:open", args=[address])).status_code == 302
    return link, client


def test_a_trainer_marks_by_link_and_sees_names_of_the_class_alone(cohort, by_link):
    link, client = by_link
    other = make.cohort(regency="Kab. Cirebon")
    make.seated(other, 1, first=50)
    page = client.get(reverse("delivery:field-by-link", args=[link.pk])).content.decode()
    assert "Peserta" not in page  # The page is kept on the phone; the names come apart.
    told = client.get(reverse("delivery:field-list-by-link", args=[link.pk])).json()
    assert [one["name"] for one in told["people"]] == ["Peserta 1", "Peserta 2", "Peserta 3"]
    assert make.nik(1) not in json.dumps(told)
    body = json.dumps(json.loads(sent(act(cohort, 1)).model_dump_json()))
    send = reverse("delivery:field-marks-by-link", args=[link.pk])
    answer = client.post(send, body, content_type="application/json")
    assert answer.json()["verdicts"][0]["result"] == "taken"
    mark = Mark.objects.get()
    assert (mark.link_id, mark.by) == (link.pk, None)
    refused = client.post(send, "{}", content_type="application/json")
    assert refused.status_code == 422


def test_postgresql_shows_a_link_its_class_and_no_other(cohort, by_link):
    from pulih.people.links.address import key_of

    other = make.cohort(regency="Kab. Cirebon")
    make.seated(other, 1, first=50)
    link, _client = by_link
    _link, address = link_of(cohort, link.valid_from, link.valid_to)
    with speaking_by_link(key_of(address)):
        assert {person.name for person in Person.objects.all()} == {
            "Peserta 1", "Peserta 2", "Peserta 3",
        }  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            Mark.objects.create(
                cohort=other, session=make_session(cohort), participant=cohort.participants.first(),
                province_id=other.province_id, regency_id=other.regency_id, presence="present",
                device="phone-0009", number=1, pressed_at=NOW, sent_at=NOW, received_at=NOW,
                link_id=link.pk,
            )  # fmt: skip


def make_session(cohort):
    return cohort.sessions.first()
