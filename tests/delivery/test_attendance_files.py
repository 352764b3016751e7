"""Attendance out of a sheet or a video meeting's export: nothing is marked before a person says who
is who."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from pulih.common.errors import Message, Refusal
from pulih.delivery.actions import attendance_files as actions
from pulih.delivery.models import AttendanceFile, Mark
from pulih.delivery.reads.attendance import of_cohort
from pulih.delivery.rules.matching_names import guess
from pulih.delivery.rules.meetings import Join, Listed, minutes_of, presence_of, read
from pulih.web import facts
from tests.make import delivery as make
from tests.people import cast

NOON = datetime(2020, 6, 22, 12)
ZOOM = """Meeting ID,Topic,Start Time
123,Bimtek masker,06/22/2020 08:00:00 AM

Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)
Peserta 1,a@contoh.id,06/22/2020 08:00:00 AM,06/22/2020 09:00:00 AM,60
Peserta 1,,06/22/2020 08:30:00 AM,06/22/2020 10:00:00 AM,90
iPhone Ibu (Peserta 2),,06/22/2020 08:00:00 AM,06/22/2020 08:20:00 AM,20
Panitia,,06/22/2020 07:50:00 AM,06/22/2020 10:00:00 AM,130
"""
MEET = "First name\tLast name\tEmail\tDuration\tTime joined\tTime exited\n" \
    "Siti\tAminah\ts@contoh.id\t1 hr 5 min\t8:00 AM\t9:05 AM\n"  # fmt: skip
SHEET = "No;Nama;Hadir\n1;Peserta 1;ya\n2;Peserta 2;tidak\n3;Peserta 3;\n"

joins = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), max_size=6)


@given(joins)
def test_a_minute_counts_once_however_many_devices(spans):
    spans = [(min(one), max(one)) for one in spans]
    made = [
        Join(NOON + timedelta(minutes=a), NOON + timedelta(minutes=b), 0) for a, b in spans
    ]  # fmt: skip
    assert minutes_of(made) == len({minute for a, b in spans for minute in range(a, b)})
    assert minutes_of(reversed(made)) == minutes_of(made)


def test_exports_of_meetings_and_sheets_are_read():
    assert [(one.name, one.minutes) for one in read(ZOOM)] == [
        ("Peserta 1", 120), ("iPhone Ibu (Peserta 2)", 20), ("Panitia", 130),
    ]  # fmt: skip
    assert [(one.name, one.minutes) for one in read(MEET)] == [("Siti Aminah", 65)]
    assert [(one.name, one.came) for one in read(SHEET)] == [
        ("Peserta 1", "present"), ("Peserta 2", "absent"), ("Peserta 3", ""),
    ]  # fmt: skip
    degrees = 'Nama;Hadir\nBudi Santoso, S.T.;hadir\n"Siti, S.E.";tidak\n'
    assert [(one.name, one.came) for one in read(degrees)] == [
        ("Budi Santoso, S.T.", "present"), ("Siti, S.E.", "absent"),
    ]  # fmt: skip
    for nonsense in ("", "a,b\n1,2\n", "Nama,Alamat\nSiti,Eretan\n", "Nama,Hadir\n"):
        assert isinstance(read(nonsense), Message)


TEAMS = """1. Summary
Meeting title\tBimtek masker

2. Participants
Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail
Siti\t6/22/20, 8:00:00 AM\t6/22/20, 8:50:00 AM\t30m 0s\ts@contoh.id

3. In-Meeting Activities
Name\tJoin Time\tLeave Time\tDuration\tEmail
Siti\t6/22/20, 8:00:00 AM\t6/22/20, 8:15:00 AM\t15m 0s\ts@contoh.id
Siti\t6/22/20, 8:35:00 AM\t6/22/20, 8:50:00 AM\t15m 0s\ts@contoh.id
"""
WAITING = """Name (original name),Email,Join time,Leave time,Duration (minutes),In waiting room
Siti,,06/22/2020 08:00:00 AM,06/22/2020 08:50:00 AM,50,Yes
Siti,,06/22/2020 08:50:00 AM,06/22/2020 09:00:00 AM,10,No
"""
PAGES = "Nama;Hadir\nPeserta 1;ya\nNama;Hadir\nPeserta 2;ya\n"


def test_no_minute_is_counted_twice_nor_in_the_waiting_room():
    assert [(one.name, one.minutes) for one in read(TEAMS)] == [("Siti", 30)]
    assert [(one.name, one.minutes) for one in read(WAITING)] == [("Siti", 10)]
    assert [one.name for one in read(PAGES)] == ["Peserta 1", "Peserta 2"]


@pytest.mark.parametrize("word", ["1.5 hours", "0,75 jam", "62.5 min", "10000 min"])
def test_a_duration_that_is_not_understood_whole_is_none(word):
    (one,) = read(f"Nama;Durasi\nSiti;{word}\n")
    assert not one.is_timed


def test_a_file_that_is_no_list_of_one_session_is_refused_in_a_sentence():
    assert isinstance(read("x" * 200_000), Message)
    many = "".join(f"Peserta {n};ya\n" for n in range(501))
    assert "500" in read(f"Nama;Hadir\n{many}").en


def test_who_was_away_between_the_first_joining_and_the_last_leaving_was_there_as_told():
    away = MEET.replace("1 hr 5 min", "12 min 30 s")
    assert [one.minutes for one in read(away)] == [12]


def test_what_cannot_be_read_makes_nobody_absent():
    times = "Nama;Masuk;Keluar\nPeserta 1;pk 9;pk 10\nPeserta 2;09.00;09.10\n"
    unread, short = read(times)
    assert not unread.is_timed
    assert (presence_of([unread], 45), presence_of([short], 45)) == ("", "absent")
    assert presence_of([unread, short], 5) == "present"


def test_a_word_of_presence_or_enough_minutes_is_present_and_nothing_is_nothing():
    short = Listed("a", (Join(None, None, 30),))
    assert presence_of([short], 31) == "absent"
    assert presence_of([short, short], 31) == "present"
    assert presence_of([Listed("a", (), "absent"), Listed("b", (), "present")], 1) == "present"
    assert presence_of([Listed("a", ())], 1) == ""


def test_only_the_same_name_of_one_person_is_sure():
    people = {1: "Siti Aminah", 2: "Hj. Rusmini, S.E.", 3: "Budi", 4: "Budi"}
    assert guess("RUSMINI", people) == guess("iPhone (Rusmini)", people)
    assert guess("RUSMINI", people).is_sure
    assert (guess("Siti", people).key, guess("Siti", people).is_sure) == (1, False)
    assert not guess("Budi", people).is_sure
    assert guess("Panitia", people).key is None


@pytest.fixture
def cohort(db, monkeypatch):
    monkeypatch.setitem(facts._tellers, "activity_day", lambda _request: make.LAST)
    found = make.cohort()
    make.session(found, make.FIRST)
    make.session(found, make.LAST)
    make.seated(found, 3)
    return found


def said(cohort):
    return [line.sessions[0] for line in of_cohort(cohort).lines]


def test_from_an_export_to_marks_by_the_page(cohort, client):
    client.force_login(cast.provincial_officer())
    session = cohort.sessions.earliest("day")
    typed = {"session": session.pk, "least_minutes": 60}
    here = reverse("delivery:take-file", args=[cohort.pk])
    wrong = client.post(here, {**typed, "file": SimpleUploadedFile("a.csv", b"a,b\n1,2\n")})
    assert "Tidak ada kolom nama" in wrong.content.decode()
    zoom = SimpleUploadedFile("zoom.csv", ZOOM.encode())
    there = client.post(here, {**typed, "file": zoom}).url
    assert (
        client.post(here, {**typed, "file": SimpleUploadedFile("b.csv", ZOOM.encode())}).url
        == there
    )
    page = client.get(there).content.decode()
    assert "120 menit" in page
    assert "bergabung 2 kali" in page
    assert not Mark.objects.exists()
    first, second, third = cohort.participants.order_by("number")
    chosen = {"name_0": first.pk, "name_1": second.pk, "name_2": ""}
    assert client.post(there, chosen).status_code == 200
    assert not Mark.objects.exists()
    assert client.post(there, {**chosen, "name_2": "0"}).status_code == 303
    assert said(cohort) == ["present", "absent", "unrecorded"]
    assert set(Mark.objects.values_list("device", flat=True)) == {
        AttendanceFile.objects.get().device
    }
    again = client.post(there, {**chosen, "name_2": third.pk}).content.decode()
    assert "sudah dicatat" in again
    source = client.get(
        reverse("delivery:attendance-file-source", args=[AttendanceFile.objects.get().pk])
    )
    assert b"".join(source.streaming_content) == ZOOM.encode()


def test_the_rest_is_absent_only_where_somebody_says_so(cohort):
    file = make.attendance_file(cohort.sessions.earliest("day"))
    first = cohort.participants.earliest("number")
    moment = {"by": cast.provincial_officer(), "now": datetime(2020, 6, 25, 11, tzinfo=UTC)}
    with pytest.raises(Refusal):
        actions.mark(file, chosen={"Peserta 1": None}, rest_absent=False, **moment)
    assert actions.mark(file, chosen={"Peserta 1": first}, rest_absent=True, **moment) == 3
    assert said(cohort) == ["present", "absent", "absent"]


def test_the_same_file_with_other_minutes_is_marked_by_those_and_once(cohort):
    session, first = cohort.sessions.earliest("day"), cohort.participants.earliest("number")
    moment = {"by": cast.provincial_officer(), "now": datetime(2020, 6, 25, 11, tzinfo=UTC)}
    long, short = (make.attendance_file(session, ZOOM, least_minutes=n) for n in (121, 119))
    assert make.attendance_file(session, ZOOM, least_minutes=121) == long
    chosen = {"Peserta 1": first, "iPhone Ibu (Peserta 2)": None, "Panitia": None}
    actions.mark(short, chosen=chosen, rest_absent=False, **moment)
    assert said(cohort) == ["present", "unrecorded", "unrecorded"]
    with pytest.raises(Refusal, match="25"):
        actions.mark(long, chosen=chosen, rest_absent=False, **moment)


def test_one_meeting_marks_a_second_session_only_where_somebody_says_so(cohort, client):
    first, last = cohort.sessions.order_by("day")
    who = cohort.participants.earliest("number")
    moment = {"by": cast.provincial_officer(), "now": datetime(2020, 6, 25, 11, tzinfo=UTC)}
    chosen = {"Peserta 1": who, "iPhone Ibu (Peserta 2)": None, "Panitia": None}
    actions.mark(make.attendance_file(first, ZOOM), chosen=chosen, rest_absent=False, **moment)
    saved_anew = make.attendance_file(last, ZOOM.replace("\n", "\r\n"))
    assert saved_anew.sha256 != AttendanceFile.objects.get(session=first).sha256
    with pytest.raises(Refusal, match=r"22 Jun 2020 (pukul|at) 08"):
        actions.mark(saved_anew, chosen=chosen, rest_absent=False, **moment)
    assert said(cohort)[0] == "present"
    client.force_login(cast.provincial_officer())
    here = reverse("delivery:attendance-file", args=[saved_anew.pk])
    typed = {"name_0": who.pk, "name_1": "0", "name_2": "0"}
    assert "covers_both" in client.get(here).context["form"].fields
    assert "meliputi keduanya" in client.post(here, typed).content.decode()
    assert Mark.objects.count() == 1
    assert client.post(here, {**typed, "covers_both": "on"}).status_code == 303
    assert Mark.objects.count() == 2


def test_sheets_that_say_the_same_of_two_days_are_two_sheets(cohort):
    who = cohort.participants.earliest("number")
    moment = {"by": cast.provincial_officer(), "now": datetime(2020, 6, 25, 11, tzinfo=UTC)}
    for session, text in zip(cohort.sessions.order_by("day"), ("\n", "\r\n"), strict=True):
        file = make.attendance_file(session, f"Nama,Hadir{text}Peserta 1,ya{text}")
        actions.mark(file, chosen={"Peserta 1": who}, rest_absent=False, **moment)
    assert Mark.objects.count() == 2


def test_a_session_that_lies_ahead_takes_no_file(cohort):
    with pytest.raises(Refusal, match="25"):
        actions.take_in(
            cohort.sessions.latest("day"), file=SimpleUploadedFile("a.csv", SHEET.encode()),
            least_minutes=1, by=cast.provincial_officer(), now=datetime(2020, 6, 23, tzinfo=UTC),
        )  # fmt: skip
