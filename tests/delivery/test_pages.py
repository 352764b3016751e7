"""An officer opens an activity, a place and a class, and pastes its list."""

from datetime import date

import pytest
from django.urls import reverse

from pulih.delivery.models import Activity, Cohort, Person
from tests.make import areas
from tests.make import delivery as make
from tests.make import measures as make_measures
from tests.people import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def send(client):
    client.force_login(cast.provincial_officer())

    def post(name, /, *arguments, **typed):
        return client.post(reverse(f"delivery:{name}", args=arguments), typed)

    return post


def test_from_an_empty_list_to_people_in_a_class(send, client):
    assert "Belum ada kegiatan" in client.get(reverse("delivery:list")).content.decode()
    typed = {
        "title": "Bimtek masker", "area": areas.province().pk, "mode": "home",
        "measure": make_measures.measure().pk, "starts_on": "2020-06-22", "ends_on": "2020-06-25",
    }  # fmt: skip
    refused = send("new", **{**typed, "decree_number": "SK 7"})
    assert "Isi nomor SK dan tanggalnya" in refused.content.decode()
    assert send("new", **typed).status_code == 303
    activity = Activity.objects.get()
    site = {"regency": areas.regency().pk, "name": "Balai"}
    assert send("add-site", activity.pk, **site).status_code == 303
    assert "sudah ada" in send("add-site", activity.pk, **site).content.decode()
    typed = {"site": activity.sites.get().pk, "name": "A", "places": "2"}
    assert send("add-cohort", activity.pk, **typed).status_code == 303
    cohort = Cohort.objects.get()
    lesson = {"day": "2020-06-22", "starts_at": "08:00", "lesson_hours": "8", "subject": "Pola"}
    assert send("add-session", cohort.pk, **lesson).status_code == 303
    assert send("add-trainer", cohort.pk, name="Rahmat", role="trainer").status_code == 303
    page = send("seat-list", cohort.pk, people=make.roster(3)).content.decode()
    assert "3 orang untuk angkatan berisi 2 kursi" in page
    assert "Peserta 3" in page  # What was typed stands in the form.
    assert send("seat-list", cohort.pk, people=make.roster(2)).status_code == 303
    page = client.get(reverse("delivery:cohort", args=[cohort.pk])).content.decode()
    assert "2</b> dari 2 kursi" in page
    assert "3212••••••••0001" in page
    assert make.nik(1) not in page
    assert "style=" not in page


def test_a_change_of_an_activity_starts_from_what_it_is(send, client):
    activity = make.activity()
    form = client.get(reverse("delivery:edit", args=[activity.pk])).context["form"]
    typed = {one.name: one.value() for one in form if one.value() is not None}
    typed = {
        name: getattr(value, "isoformat", lambda v=value: v)() for name, value in typed.items()
    }
    assert send("edit", activity.pk, **{**typed, "ends_on": "2020-06-01"}).status_code == 200
    assert send("edit", activity.pk, **{**typed, "title": "Baru"}).status_code == 303
    assert Activity.objects.get().title == "Baru"


def test_a_blank_number_keeps_the_stored_one_and_no_page_shows_it(send, client):
    make.seated(make.cohort(), 1)
    person = Person.objects.get()
    page = client.get(reverse("delivery:edit-person", args=[person.pk])).content.decode()
    assert person.nik.whole not in page
    typed = {"name": "Siti", "regency": person.regency_id, "sex": "P", "nik": ""}
    assert send("edit-person", person.pk, **typed).status_code == 303
    assert Person.objects.get().nik == person.nik
    refused = send("edit-person", person.pk, **{**typed, "nik": "3212151101870001"})
    assert "NIK ini tidak mungkin benar" in refused.content.decode()


def test_lists_count_classes_places_and_people_once(client, django_assert_max_num_queries):
    activity = make.activity()
    for name in ("Kab. Indramayu", "Kab. Cirebon"):
        cohort = make.cohort(3, name, of=activity)
        make.session(cohort)
        make.session(cohort, make.LAST)
        make.seated(cohort, 2, first=cohort.pk * 10)
    client.force_login(cast.auditor())
    with django_assert_max_num_queries(14):
        ((row, _cells),) = client.get(reverse("delivery:list")).context["list"].lines
    assert (row.cohort_count, row.places, row.people) == (2, 6, 4)
    page = client.get(reverse("delivery:participants"), {"activity": activity.pk})
    assert page.context["list"].page.total == 4
    assert "Peserta" not in client.get("/api/v1/delivery/people?provisional=on").content.decode()


def test_the_office_sees_attendance_settles_differences_and_gives_links(send, client):
    cohort = make.cohort(of=make.activity(starts_on=date(2026, 11, 2), ends_on=date(2099, 12, 1)))
    make.session(cohort, date(2026, 11, 2))
    seat = make.seated(cohort, 1)[0]
    page = client.get(reverse("delivery:attendance", args=[cohort.pk])).content.decode()
    assert "80% JP" in page
    typed = {"session": cohort.sessions.get().pk, "participant": seat.pk, "presence": "absent"}
    told = {"why": "Daftar tertulis", "reason": "ill"}
    assert send("correct-mark", cohort.pk, **typed).status_code == 200  # It says no reason.
    assert send("correct-mark", cohort.pk, **typed, **told).status_code == 303
    refused = send("correct-mark", cohort.pk, **typed, **told).content.decode()
    assert "Catatan sudah menyatakan itu" in refused
    too_long = send("give-link", cohort.pk, holder="Rahmat").content.decode()
    assert "60" in too_long
    assert client.get(reverse("delivery:marks")).status_code == 200
    assert client.get(reverse("delivery:field", args=[cohort.pk])).status_code == 200
    worker = client.get(reverse("delivery:field-worker"))
    assert worker.headers["Content-Type"].startswith("text/javascript")
    assert client.get(reverse("delivery:field-manifest")).json()["display"] == "standalone"


@pytest.mark.parametrize(
    ("page", "button"),
    [("list", "new"), ("handovers", "new-receiver"), ("people", "new-person")],
)
def test_who_only_reads_is_offered_no_page_that_refuses(client, page, button):
    address = reverse(f"delivery:{button}")
    for by, is_offered in ((cast.provincial_officer(), True), (cast.auditor(), False)):
        client.force_login(by)
        shown = client.get(reverse(f"delivery:{page}")).content.decode()
        assert (f'href="{address}"' in shown) is is_offered


def test_a_new_receiver_leads_back_to_the_goods_that_asked_for_it(client):
    activity = make.stocked(make.activity()).activity
    client.force_login(cast.provincial_officer())
    goods = reverse("delivery:goods", args=[activity.pk])
    address = f"{reverse('delivery:new-receiver')}?activity={activity.pk}"
    assert address in client.get(goods).content.decode()
    typed = {
        "kind": "task_force", "name": "Satgas Indramayu", "area": activity.province_id,
        "address": "", "valid_from": "2020-08-12", "valid_to": "",
    }  # fmt: skip
    answer = client.post(address, typed)
    assert answer.headers["Location"] == goods
    assert "Satgas Indramayu" in client.get(goods).content.decode()
