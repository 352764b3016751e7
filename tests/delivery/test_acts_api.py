"""What programs ask of delivery: done as by the pages, and refused with the same sentences."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from pulih.delivery.models import ComparisonList, Handover, ListFile, Mark, Move
from tests.delivery.paying import hand
from tests.delivery.test_bad_input import cleared_today, handed
from tests.make import areas
from tests.make import delivery as make
from tests.people import cast

pytestmark = pytest.mark.django_db
LESSON = {"day": "2020-06-22", "starts_at": "08:00", "lesson_hours": 8, "subject": "Pola"}
COUNTED = {"received_on": "2020-06-26", "name": "Siti", "post": "Ketua", "place": "Balai"}


@pytest.fixture
def ask(client):
    """Post as a program of an office; return the status and what is said, in both languages."""
    client.force_login(cast.provincial_officer())

    def post(path, by=None, **typed):
        if by:
            client.force_login(by)
        address = f"/api/v1/delivery/{path}"
        return client.post(address, typed, content_type="application/json")

    return post


def refused(ask, client, path, **typed):
    """Return the two sentences of a refusal, Indonesian and English; nobody said otherwise."""
    sentences = []
    for language in ("id", "en"):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        answer = ask(path, **typed)
        assert answer.status_code in (409, 422), answer.content
        sentences.append(" ".join(str(words) for words in answer.json().values()))
    return sentences


def test_people_sessions_marks_goods_and_hand_overs_by_program(ask):
    cohort = make.cohort()
    seats = ask(f"cohorts/{cohort.pk}/participants", people=make.roster(2)).json()["ids"]
    [session] = ask(f"cohorts/{cohort.pk}/sessions", **LESSON).json()["ids"]
    marked = ask(
        f"cohorts/{cohort.pk}/marks", session=session, participant=seats[0], presence="present",
        why="Daftar tertulis",
    )  # fmt: skip
    assert marked.json() == {"marks": 1}
    assert Mark.objects.get().participant_id == seats[0]
    item = make.stocked(cohort.activity)
    moved = ask(
        f"activities/{item.activity_id}/moves", item=item.pk, kind="issued", quantity=5,
        day="2020-06-23",
    )  # fmt: skip
    assert Move.objects.get(pk=moved.json()["ids"][0]).quantity == 5
    sent = ask(f"activities/{item.activity_id}/handovers", **handed(item, make.receiver()))
    assert sent.status_code == 201, sent.content
    key = sent.json()["id"]
    counted = ask(f"handovers/{key}/count", received=5, came_back=0, **COUNTED)
    assert counted.json()["received"] == Handover.objects.get().received == 5


def test_lists_to_compare_with_by_program(client, ask):
    client.force_login(cast.provincial_officer())
    about = {"kind": "deceased", "source": "Dukcapil", "as_of": "2020-06-20",
             "covers": areas.province().pk}  # fmt: skip

    def deliver(content):
        file = SimpleUploadedFile("daftar.csv", content.encode())
        return client.post("/api/v1/delivery/comparisons", {**about, "file": file})

    small = deliver(f"nik\n{make.nik(1)}\n")
    assert (small.status_code, small.json()["rows"]) == (201, 1)
    assert ComparisonList.objects.get().pk == small.json()["comparison"]
    large = deliver(f"nik,catatan\n{make.nik(1)},{'x' * 2**20}\n")
    assert large.status_code == 202
    known = client.get(f"/api/v1/delivery/list-files/{large.json()['file']}").json()
    assert known["state"] == ListFile.objects.get().state == "waiting"
    wrong = deliver("nik\n12\n")
    assert wrong.status_code == 422
    assert "NIK 16 angka" in str(wrong.json())


def test_what_cannot_be_is_refused_as_on_the_pages(client, ask):
    cohort = make.cohort(25, of=make.activity(decree_number="SK-1", decree_on=date(2020, 6, 23)))
    path = f"cohorts/{cohort.pk}"
    own, other = refused(ask, client, f"{path}/participants", people=make.roster(41))
    assert "41 orang untuk angkatan berisi 25 kursi: lebih 16" in own
    assert "41 people in a class of 25: 16 too many" in other
    twice = "\n".join([make.roster(1), make.roster(1)])
    own, other = refused(ask, client, f"{path}/participants", people=twice)
    assert "NIK sama dengan baris 1" in own
    assert "the NIK of line 1 again" in other
    own, other = refused(ask, client, f"{path}/sessions", **LESSON)
    assert "mendahului SK" in own
    assert "lies before the decree" in other
    item = make.stocked(make.activity(title="Lain"))
    too_many = handed(item, make.receiver(), quantity=501)
    own, other = refused(ask, client, f"activities/{item.activity_id}/handovers", **too_many)
    assert "501 potong Masker kain diminta" in own
    assert "501 potong of Masker kain asked for" in other
    assert not Handover.objects.exists()


def test_days_that_cannot_be_are_refused_as_on_the_pages(client, ask):
    tomorrow = timezone.localdate() + timedelta(days=2)
    cohort = make.cohort(of=make.activity(ends_on=tomorrow))
    make.session(cohort, tomorrow)
    [seat] = make.seated(cohort, 1)
    own, other = refused(
        ask, client, f"cohorts/{cohort.pk}/marks", session=cohort.sessions.get().pk,
        participant=seat.pk, presence="present", why="Daftar tertulis",
    )  # fmt: skip
    assert "Kehadiran dicatat mulai hari itu" in own
    assert "Attendance is recorded from that day on" in other
    item, to = make.stocked(make.activity(ends_on=date(2020, 9, 30))), make.receiver()
    path = f"activities/{item.activity_id}/handovers"
    own, other = refused(ask, client, path, **handed(item, to, sent_on="2020-06-20"))
    assert "barangnya belum ada; yang pertama" in own
    assert "none of it was there yet" in other
    own, other = refused(ask, client, path, **handed(item, to, sent_on="2020-08-20"))
    assert "bukan pada" in own
    assert "not on 20 Aug 2020" in other


def test_nobody_absent_is_paid_by_program(client, ask):
    activity = make.payable(2, absent=[(1, 0), (1, 1)])
    cleared_today(activity, "payment")
    row = activity.proposal.decision.rows.get(account=make.ALLOWANCE[1])
    seat = activity.participants.get(number=1)
    own, other = refused(
        ask, client, f"activities/{activity.pk}/payment-lists/{row.pk}", by=hand(activity, "ppk"),
        number="DN-1", only=[seat.pk],
    )  # fmt: skip
    assert "Tidak dapat dibayar: Peserta 1 (" in own
    assert "Cannot be paid: Peserta 1 (" in other


def test_somebody_without_the_right_or_the_place_is_told_so(client, ask):
    cohort = make.cohort()
    path = f"cohorts/{cohort.pk}/participants"
    assert ask(path, by=cast.auditor(), people="x").status_code == 403
    assert ask(path, by=cast.provincial_officer("Bali"), people="x").status_code == 404
