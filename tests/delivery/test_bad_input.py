"""What people type wrongly, through the pages: one clear sentence each, in both languages."""

import base64
import html
import json
import re
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from pulih.delivery.actions import checks, comparisons, selections
from pulih.delivery.actions.handovers import text_of
from pulih.delivery.models import HandoverPhoto, ListKind, Move, Selection
from pulih.delivery.purposes import COUNT
from pulih.people.links import actions as links
from tests.delivery.paying import hand
from tests.delivery.test_selections import CRITERIA, NOW, passing
from tests.make import delivery as make
from tests.people import cast

pytestmark = pytest.mark.django_db
LANGUAGES = ("id", "en")


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture
def send(client, language):
    """Post to a page of delivery as an office does, and return what the page says."""
    client.force_login(cast.provincial_officer())
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    def post(name, /, *arguments, by=None, body=None, **typed):
        if by:
            client.force_login(by)
        address = reverse(f"delivery:{name}", args=arguments)
        if body is not None:
            answer = client.post(address, json.dumps(body), content_type="application/json")
        else:
            answer = client.post(address, typed)
        assert answer.status_code in (200, 403, 404), answer.status_code
        return html.unescape(answer.content.decode())

    return post


def said(page, language, **sentences):
    """Assert that a page says its sentence, once, in the reader's language and not the other."""
    told = " ".join(re.sub(r"<[^>]*>", " ", page.partition("<main")[2] or page).split())
    assert told.count(sentences[language]) == 1, told
    other = LANGUAGES[LANGUAGES.index(language) - 1]
    assert sentences[other] not in told


def test_a_nik_twice_in_one_list(send, language):
    cohort = make.cohort()
    people = "\n".join([make.roster(1), make.roster(1)])
    said(
        send("seat-list", cohort.pk, people=people), language,
        id="NIK sama dengan baris 1", en="the NIK of line 1 again",
    )  # fmt: skip


def test_more_people_than_places(send, language):
    cohort = make.cohort(25)
    said(
        send("seat-list", cohort.pk, people=make.roster(41)), language,
        id="41 orang untuk angkatan berisi 25 kursi: lebih 16",
        en="41 people in a class of 25: 16 too many",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "sentences"),
    [
        ("2020-06-26", {"id": "di luar kegiatan", "en": "is outside the activity"}),
        ("2020-06-22", {"id": "mendahului SK", "en": "lies before the decree"}),
    ],
)
def test_a_session_on_a_day_that_cannot_be(send, language, day, sentences):
    cohort = make.cohort(of=make.activity(decree_number="SK-1", decree_on=date(2020, 6, 23)))
    lesson = {"day": day, "starts_at": "08:00", "lesson_hours": "8", "subject": "Pola"}
    said(send("add-session", cohort.pk, **lesson), language, **sentences)


def test_attendance_of_tomorrow(send, language):
    tomorrow = timezone.localdate() + timedelta(days=2)
    cohort = make.cohort(of=make.activity(ends_on=tomorrow))
    make.session(cohort, tomorrow)
    [seat] = make.seated(cohort, 1)
    typed = {"session": cohort.sessions.get().pk, "participant": seat.pk, "presence": "present"}
    said(
        send("correct-mark", cohort.pk, **typed, why="Daftar tertulis"), language,
        id="Kehadiran dicatat mulai hari itu", en="Attendance is recorded from that day on",
    )  # fmt: skip


def counted(handover, number, photo):
    return {
        "device": f"phone-{handover.pk:04}", "sent_at": NOW.isoformat(), "acts": [{
            "number": number, "received": handover.sent, "came_back": 0, "reason": "",
            "received_on": "2020-06-26", "name": "Siti", "post": "Sekretaris", "where": "Balai",
            "text": text_of(handover, handover.sent), "drawing": "M1 1L2 2L3 3L4 4L5 5L6 6L7 7L8 8",
            "photo": photo, "pressed_at": "2020-06-26T02:00:00Z",
        }],
    }  # fmt: skip


def test_a_photo_of_two_activities(send, language):
    first = make.handover(make.stocked(make.activity()))
    other = make.handover(
        make.stocked(make.activity(title="Lain")), number="BAST-2", receiver=first.receiver
    )
    photo = base64.b64encode(make.jpeg()).decode()
    send("count-counts", first.pk, body=counted(first, 1, photo))
    answer = json.loads(send("count-counts", other.pk, body=counted(other, 1, photo)))
    said(
        answer["verdicts"][0]["sentence"], language,
        id="Foto ini sudah dikirim", en="This photo was sent with another hand-over before",
    )  # fmt: skip
    assert HandoverPhoto.objects.count() == 1


def handed(item, to, **values):
    usual = {"number": "BAST-1", "item": item.pk, "quantity": "5", "receiver": to.pk,
             "sent_on": make.LAST.isoformat(), "name": "Nur", "post": "Penelaah",
             "place": "Gudang"}  # fmt: skip
    return {**usual, **values}


@pytest.mark.parametrize(
    ("values", "sentences"),
    [
        (
            {"quantity": "501"},
            {"id": "501 potong Masker kain diminta", "en": "501 potong of Masker kain asked for"},
        ),
        (
            {"sent_on": "2020-06-20"},
            {
                "id": "barangnya belum ada; yang pertama",
                "en": "none of it was there yet",
            },
        ),
        ({"sent_on": "2020-08-20"}, {"id": "bukan pada", "en": "not on 20 Aug 2020"}),
    ],
)
def test_a_hand_over_that_cannot_be(send, language, values, sentences):
    item = make.stocked(make.activity(ends_on=date(2020, 9, 30)))
    to = make.receiver()
    said(send("send", item.activity_id, **handed(item, to, **values)), language, **sentences)
    assert not Move.objects.filter(kind="sent").exists()


def cleared_today(activity, stage):
    """Let everybody pass the checks of today, whose lists are of today."""
    moment, today, planner = timezone.now(), timezone.localdate(), cast.planner()
    numbers = [make.nik(at) for at in range(1, 9)]
    for kind in ListKind.values:
        is_registry = kind == ListKind.CIVIL_REGISTRY
        rows = [{"nik": one, "status": "match"} for one in numbers] if is_registry else []
        comparisons.take_in(
            kind=kind, source="Contoh", as_of=today, covers=[], rows=rows, content=b"",
            by=planner, now=moment, today=today,
        )  # fmt: skip
    checks.run(activity, stage=stage, by=cast.provincial_officer(), now=moment, today=today)


def test_payment_to_somebody_absent(send, language):
    activity = make.payable(2, absent=[(1, 0), (1, 1)])
    cleared_today(activity, "payment")
    row = activity.proposal.decision.rows.get(account=make.ALLOWANCE[1])
    seat = activity.participants.get(number=1)
    page = send(
        "new-payment-list", activity.pk, row.pk, by=hand(activity, "ppk"), number="DN-1",
        only=[seat.pk],
    )  # fmt: skip
    said(
        page, language, id="Tidak dapat dibayar: Peserta 1 (", en="Cannot be paid: Peserta 1 ("
    )  # fmt: skip
    assert not activity.payment_lists.exists()


def test_a_check_list_of_another_year(client, send, language):
    client.force_login(cast.planner())
    typed = {
        "kind": "deceased", "source": "Dinas Dukcapil", "as_of": "2019-06-01",
        "file": SimpleUploadedFile("daftar.csv", f"nik\n{make.nik(1)}\n".encode()),
    }  # fmt: skip
    answer = client.post(reverse("delivery:new-comparison"), typed, follow=True)
    said(
        html.unescape(answer.content.decode()), language,
        id="sesudah 90 hari tidak menjawab pemeriksaan lagi",
        en="after 90 days it answers no check any more",
    )  # fmt: skip


def test_a_link_that_has_ended(client, send, language):
    handover = make.handover(make.stocked(make.activity()))
    link, address = make.given_link(COUNT, handover.pk, handover.province)
    links.revoke(link, reason="salah orang", by=cast.provincial_officer(), now=timezone.now())
    client.logout()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = client.get(reverse("links:open", args=[address]))
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 404
    said(page, language, id="Tautan ini tidak dapat dibuka", en="This link does not open")


def test_quotas_that_cannot_hold_together(send, language):
    activity = make.activity()
    make.cohort(2, of=activity)
    passing(activity, [(90, "A", ""), (50, "", ""), (40, "", "")])
    cleared_today(activity, "selection")
    by, moment = cast.provincial_officer(), timezone.now()
    checks.waive_all(
        activity, stage="selection", check="size", reason="bekerja di IKM", by=cast.planner(),
        now=moment,
    )  # fmt: skip
    made = selections.publish(activity, by=by, now=timezone.now(), **{**CRITERIA, "least_women": 3})
    said(
        send("freeze", activity.pk), language,
        id="Perempuan sedikitnya 3. Kurang 1 orang", en="Women at least 3. It is 1 person short",
    )  # fmt: skip
    assert Selection.objects.get(pk=made.pk).frozen_at is None
