import pytest
from django.urls import reverse

from pulih.audit.models import Event
from pulih.registry.models import Enterprise
from tests.make import inbox as make
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
NIK = make.nik(1)


@made_once(language="en")
def firm():
    make.read(make.firm(nik=NIK, phone="081911200001"))
    return Enterprise.objects.get()


def see(client, person, name, *arguments, **asked):
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(reverse(name, args=arguments), asked)


def test_the_list_shows_what_half_a_name_finds(client, firm):
    page = see(client, cast.provincial_officer(), "registry:list", q="sar wang")
    assert "Konveksi Sari Wangi" in page.content.decode()
    page = see(client, cast.provincial_officer(), "registry:list", q="zzz")
    assert "Konveksi Sari Wangi" not in page.content.decode()


@pytest.mark.parametrize("view", ["enterprise", "sources", "history"])
def test_an_enterprise_of_another_province_does_not_exist(client, firm, view):
    stranger = cast.provincial_officer("Jawa Tengah")
    assert see(client, stranger, f"registry:{view}", firm.pk).status_code == 404
    assert see(client, cast.provincial_officer(), f"registry:{view}", firm.pk).status_code == 200


@pytest.mark.parametrize("view", ["list", "enterprise", "sources", "history"])
def test_the_nik_is_cut_on_every_page(client, firm, view):
    arguments = [] if view == "list" else [firm.pk]
    shown = see(client, cast.planner(), f"registry:{view}", *arguments).content.decode()
    assert NIK not in shown


def test_opening_the_nik_is_recorded(client, firm):
    officer = cast.provincial_officer()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(reverse("registry:nik", args=[firm.pk]), {"reason": "card"})
    assert NIK in answer.content.decode()
    assert Event.objects.filter(verb="registry.open_nik", person_id=officer.pk).count() == 1


def test_a_number_that_is_opened_again_by_the_same_form_is_recorded_again(client, firm):
    client.force_login(
        cast.provincial_officer(), backend="django.contrib.auth.backends.ModelBackend"
    )
    asked = {"reason": "card", "form_key": "k" * 16}
    for _time in range(2):
        answer = client.post(reverse("registry:nik", args=[firm.pk]), asked)
        assert NIK in answer.content.decode()
    assert Event.objects.filter(verb="registry.open_nik").count() == 2


def test_without_a_reason_nothing_is_opened(client, firm):
    client.force_login(
        cast.provincial_officer(), backend="django.contrib.auth.backends.ModelBackend"
    )
    address = reverse("registry:nik", args=[firm.pk])
    answer = client.post(address, {"reason": "curious"}, follow=True)
    assert NIK not in answer.content.decode()
    assert "Pilih satu alasan" in answer.content.decode()
    assert not Event.objects.filter(verb="registry.open_nik").exists()


def test_a_planner_may_not_open_the_nik(client, firm):
    client.force_login(cast.planner(), backend="django.contrib.auth.backends.ModelBackend")
    assert (
        client.post(reverse("registry:nik", args=[firm.pk]), {"reason": "card"}).status_code == 403
    )
    assert not Event.objects.filter(verb="registry.open_nik").exists()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_is_recorded_and_holds_what_the_list_counts(client, firm, form):
    officer = cast.provincial_officer()
    answer = see(client, officer, "registry:export", format=form)
    content = b"".join(answer.streaming_content)
    assert answer.status_code == 200
    assert Event.objects.filter(verb="registry.export").count() == 1
    if form == "csv":
        text = content.decode("utf-8-sig")
        assert NIK not in text
        assert "Jumlah baris: 1" in text


def test_another_province_exports_nothing_of_it(client, firm):
    answer = see(client, cast.provincial_officer("Jawa Tengah"), "registry:export", format="csv")
    assert "Konveksi" not in b"".join(answer.streaming_content).decode()
