"""Anybody applies by an office's form, free of charge, and reads the answer by a link."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from django.urls import reverse

from pulih.delivery.actions import applicants, applying, rosters
from pulih.delivery.clock import province_of
from pulih.delivery.models import Applicant, Objection, Person
from pulih.delivery.nik_keys import key_of
from pulih.delivery.purposes import APPLY
from pulih.delivery.views import applying as views
from pulih.people.links.models import Link, LinkUse
from pulih.web import facts, throttle
from tests.make import areas
from tests.make import delivery as make
from tests.meanwhile import begun
from tests.people import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def june(monkeypatch):
    monkeypatch.setitem(facts._tellers, "activity_day", lambda _request: make.FIRST)
    monkeypatch.setattr(throttle, "_window", lambda: 0)  # No minute ends within a test.
    cache.clear()  # What was counted of an address of the network.


def given(client, activity, **typed):
    client.force_login(cast.provincial_officer())
    usual = {"holder": "Kecamatan Kandanghaur", "area": areas.regency().pk, "last_day": make.LAST}
    answer = client.post(
        reverse("delivery:give-form", args=[activity.pk]), {**usual, **typed}
    ).content.decode()
    # The test's transaction is older than the link, and PostgreSQL asks its clock.
    Link.objects.update(valid_from=F("valid_from") - timedelta(hours=1))
    return answer, (re.findall(r'<code class="link">([^<]+)</code>', answer) or [""])[0]


@pytest.fixture
def form(client):
    """Return the address of an open form, as a browser lands on it."""
    address = given(client, make.activity())[1]
    client.logout()
    return client.get(address, follow=True).request["PATH_INFO"]


def secret_of(client, form):
    return re.search(r'name="secret" value="([\w-]{32})"', client.get(form).content.decode())[1]


def written(number=1, **typed):
    return {
        "name": f"Siti  Aminah {number}", "nik": make.nik(number), "sex": "P", "village": "Eretan",
        "regency": areas.regency().pk, "phone": "0812 3456 789", "is_laid_off": "on", **typed,
    }  # fmt: skip


def sent(client, form, number=1, **typed):
    secret = typed.pop("secret", None) or secret_of(client, form)
    return client.post(form, {**written(number, **typed), "secret": secret})


def test_an_application_arrives_once_and_its_link_opens_the_answer(client, form):
    opened = LinkUse.objects.count()
    secret = secret_of(client, form)
    assert not Applicant.objects.exists()
    receipt = sent(client, form, secret=secret).content.decode()
    again = sent(client, form, secret=secret).content.decode()
    one = Applicant.objects.select_related("person", "link").get()
    assert (one.origin, one.link.holder) == ("form", "Kecamatan Kandanghaur")
    assert (one.person.name, one.person.is_laid_off) == ("Siti Aminah 1", True)
    assert one.applied_on == make.FIRST
    address = re.search(r'<code class="link">([^<]+)</code>', receipt)[1]
    assert address.endswith(secret)
    assert address in again
    assert "tidak dipungut biaya" in receipt
    Link.objects.update(valid_from=F("valid_from") - timedelta(hours=1))
    answer = client.get(address, follow=True).content.decode()
    assert "sudah diterima dan belum diperiksa" in answer
    assert LinkUse.objects.count() == opened + 3  # Two forms sent, one answer opened.


def test_an_answer_by_a_form_keeps_what_other_offices_say_to_itself(client, form):
    secret = secret_of(client, form)
    sent(client, form, secret=secret)
    make.listed("deceased", [make.nik(1)])
    make.checked(Applicant.objects.get().activity, by=cast.planner())
    Link.objects.update(valid_from=F("valid_from") - timedelta(hours=1))
    opened = client.get(reverse("links:open", args=[secret]), follow=True)
    answer = opened.content.decode()
    assert "dinyatakan meninggal" not in answer
    assert "di dinas" in answer
    result = Applicant.objects.get().results.latest("pk")
    assert "deceased" in result.failed
    typed = {"result": result.pk, "check": "deceased", "said": "Saya hidup."}
    there = opened.request["PATH_INFO"]
    assert client.post(there, typed).status_code == 404
    assert client.post(there, {**typed, "check": "paid_before"}).status_code == 404
    assert not Objection.objects.exists()


def test_the_office_sees_whence_each_came_and_prints_the_form(client):
    activity = make.activity()
    page, address = given(client, activity)
    assert "data:image/svg+xml;base64," in page
    paper = client.post(reverse("delivery:form-poster", args=[activity.pk]), {"address": address})
    assert paper.content.startswith(b"%PDF")
    assert address not in str(paper.headers)
    stranger = {"address": "https://contoh.id/l/" + "x" * 32}
    there = reverse("delivery:form-poster", args=[activity.pk])
    assert client.post(there, stranger).status_code == 404
    landing = client.get(address, follow=True).request["PATH_INFO"]
    sent(client, landing)
    client.force_login(cast.provincial_officer())
    link = Link.objects.get(purpose=APPLY.key)
    shown = client.get(reverse("delivery:applicants"), {"form": link.pk})
    assert shown.context["list"].page.total == 1
    assert "Kecamatan Kandanghaur" in shown.content.decode()
    one = Applicant.objects.get()
    assert "Kecamatan Kandanghaur" in client.get(
        reverse("delivery:applicant", args=[one.pk])
    ).content.decode()  # fmt: skip
    end = reverse("delivery:end-form", args=[activity.pk, link.pk])
    assert "Tulis mengapa" in client.post(end, {"reason": ""}).content.decode()
    assert client.post(end, {"reason": "poster hilang"}).status_code == 303
    assert client.get(landing).status_code == 404
    assert client.post(there, {"address": address}).status_code == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"nik": "123"}, "NIK harus 16 angka"),
        ({"sex": "L"}, "jenis kelaminnya"),
        ({"name": " "}, 'id="id_name_errors"'),
        ({"phone": "siapa"}, 'id="id_phone_errors"'),
        ({"secret": "x" * 31}, "tidak lengkap"),
    ],
)
def test_what_cannot_be_is_refused_with_nothing_lost(client, form, typed, sentence):
    page = sent(client, form, **typed).content.decode()
    assert sentence in page
    assert "Eretan" in page
    assert not Applicant.objects.exists()
    assert not Person.objects.exists()


def test_a_stranger_with_a_number_of_somebody_learns_and_changes_nothing(client, form):
    """Known by another name or by this one, applied with already, unknown: all answered alike."""
    activity = Link.objects.get(purpose=APPLY.key).subjects[0]
    known = make.applicants(make.activity(title="Lain"), 1)[0].person
    own = f"Hj. {known.name.upper()}"
    sendings = [
        {"name": "Siti"}, {"name": own, "phone": "0899 0000 000"}, {"name": own},
        {"name": "Nurul", "nik": make.nik(7)},
    ]  # fmt: skip
    pages = [sent(client, form, secret=secret_of(client, form), **one) for one in sendings]
    assert {page.status_code for page in pages} == {200}
    assert all("sudah diterima" in page.content.decode() for page in pages)
    known.refresh_from_db()
    assert known.phone == ""
    came = Applicant.objects.filter(activity=activity).order_by("pk")
    assert [one.has_disputed_nik for one in came] == [True, False, True, False]
    assert [bool(one.person.nik) for one in came] == [False, True, False, True]
    assert came[1].person == known


def test_an_office_sees_whose_number_is_disputed_until_it_is_settled(client, form):
    make.applicants(make.activity(title="Lain"), 1)
    sent(client, form)
    disputed = Applicant.objects.get(has_disputed_nik=True)
    client.force_login(cast.provincial_officer())
    page = reverse("delivery:applicant", args=[disputed.pk])
    assert "tidak diambil" in client.get(page).content.decode()
    listed = reverse("delivery:applicants") + "?disputed=1"
    assert disputed.person.name in client.get(listed).content.decode()
    person = Person.objects.get(pk=disputed.person_id)
    person.nik, person.nik_key = make.nik(8), key_of(make.nik(8))
    person.save()
    assert "tidak diambil" not in client.get(page).content.decode()


@pytest.mark.django_db(transaction=True)
def test_whom_another_activity_takes_in_at_this_moment_is_one_person(client):
    address = given(client, make.activity())[1]
    client.logout()
    form = client.get(address, follow=True).request["PATH_INFO"]
    secret = secret_of(client, form)
    name = written()["name"]
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            known = Person.objects.create(
                name=name, nik=make.nik(1), nik_key=key_of(make.nik(1)), sex="P",
                regency=areas.regency(), province=province_of(areas.regency(), make.FIRST),
            )  # fmt: skip
            answer = begun(pool, lambda: sent(client, form, secret=secret))
        assert answer.result(60).status_code == 200
    assert Person.objects.get() == known
    assert Applicant.objects.get().person == known


def test_a_list_of_the_office_stands_over_what_a_stranger_typed_with_a_number(client, form):
    sent(client, form, name="Orang Lain", address="Jl. Palsu 1")
    cohort, by = make.cohort(), cast.provincial_officer()
    listed = f"Siti Aminah\t{make.nik(1)}\tP\tKarangsong"
    (seat,) = rosters.seat_list(cohort, listed, by=by, today=make.FIRST)
    seat.person.refresh_from_db()
    told = seat.person
    assert (told.name, told.village, told.address, told.phone) == (
        "Siti Aminah",
        "Karangsong",
        "",
        "",
    )
    again = f"S. Aminah\t{make.nik(1)}\tP\tEretan"
    applicants.add_list(make.activity(title="Lain"), regency=told.regency, people=again, by=by,
                        today=make.FIRST)  # fmt: skip
    told.refresh_from_db()
    assert told.name == "Siti Aminah"


def test_another_regency_is_no_choice(client, form):
    page = sent(client, form, regency=areas.regency("Kab. Cirebon").pk)
    assert not Applicant.objects.exists()
    assert page.status_code == 200


def test_too_many_at_once_or_in_a_day_are_told_to_come_again(client, form, monkeypatch):
    monkeypatch.setattr(applying, "MOST_A_DAY", 1)
    assert sent(client, form).status_code == 200
    assert "besok" in sent(client, form, 2).content.decode()
    monkeypatch.setattr(views, "SENDINGS", 2)
    assert "Tunggu satu menit" in sent(client, form, 3).content.decode()
    assert Applicant.objects.count() == 1


def test_a_form_ends_with_the_list_and_is_not_given_for_what_is_over(client, monkeypatch):
    activity = make.activity()
    page, address = given(client, activity, last_day="2020-06-21")
    assert "sudah lewat" in page
    assert not address
    page, address = given(client, activity, area=areas.province("Bali").pk)
    assert not address
    _page, address = given(client, activity)
    landing = client.get(address, follow=True).request["PATH_INFO"]
    make.drawn(activity)
    assert "ditutup pada 22 Jun 2020" in sent(client, landing).content.decode()
    assert "ditutup pada" in given(client, activity)[0]
    over = make.activity(title="Selesai", starts_on=make.FIRST, ends_on=make.FIRST)
    monkeypatch.setitem(facts._tellers, "activity_day", lambda _request: make.LAST)
    assert "berakhir pada" in given(client, over, last_day="2020-06-30")[0]
