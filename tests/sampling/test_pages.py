"""The way of an officer, of a visitor by link, and of who settles what was found."""

from datetime import date

import pytest
from django.urls import reverse

from pulih.sampling.actions import checks
from pulih.sampling.models import Finding, SampleCheck
from pulih.sampling.rules.sample import Wanted
from pulih.web import facts
from tests.make import areas
from tests.make import sampling as make
from tests.people import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def june(monkeypatch):
    monkeypatch.setitem(facts._tellers, "activity_day", lambda _request: make.DAY)


@pytest.fixture
def go(client):
    client.force_login(cast.provincial_officer())

    def ask(name, /, *arguments, **typed):
        address = reverse(f"sampling:{name}", args=arguments)
        return client.post(address, typed) if typed else client.get(address)

    return ask


def text(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_from_an_empty_list_over_the_draw_to_what_it_says_of_all(go):
    make.seats()
    assert "Belum ada uji petik" in text(go("list"))
    typed = {
        "title": "Kursi Juni", "kind": "seats", "province": areas.province().pk,
        "first_day": "2020-06-01", "last_day": "2020-06-28", "error": "10", "confidence": "95",
        "share": "50",
    }  # fmt: skip
    wrong = text(go("new", **{**typed, "last_day": "2020-07-30"}))
    assert "belum terjadi" in wrong
    assert "Kursi Juni" in wrong  # What was typed stands in the form.
    assert go("new", **typed).status_code == 303
    sample = SampleCheck.objects.get()
    assert "benih belum diundi" in text(go("check", sample.pk))
    witnesses = {"witness": "Camat", "other_witness": "Kepala Desa"}
    assert "Camat" in text(go("draw", sample.pk, seed="461", **witnesses))
    assert go("draw", sample.pk, seed="4613", **witnesses).status_code == 303
    page = text(go("check", sample.pk))
    assert "4613" in page
    assert sample.digest in page
    assert "Peserta 1" in page
    assert "style=" not in page
    unit = make.unit(sample)
    assert "Belum ada yang ke sana" in text(go("unit", unit.pk))
    said = {"outcome": "not_received", "visited_on": "2020-06-29", "visitor": "Rahmat"}
    assert "hanya punya kata-kata Anda" in text(go("unit", unit.pk, **said))
    assert go("unit", unit.pk, note="Tidak pernah diundang", **said).status_code == 303
    assert "Tidak pernah diundang" in text(go("unit", unit.pk))
    assert go("paper", sample.pk).content.startswith(b"%PDF")
    assert "Kursi Juni" in text(go("list"))
    for name in ("units", "findings"):
        assert "Peserta 1" in text(go(name))


def test_a_finding_waits_on_its_page_until_it_is_settled(go):
    make.seats()
    finding = make.visit(make.unit(make.drawn()), "not_received").finding
    page = text(go("finding", finding.pk))
    assert "Penyelesai temuan uji petik" in page
    refused = text(go("move-finding", finding.pk, move="settle", reason=""))
    assert "Tulis alasan" in refused
    assert "Message(" not in refused
    moved = go("move-finding", finding.pk, move="settle", reason="Kursi diganti", seen="1")
    assert moved.status_code == 303
    assert "Kursi diganti" in text(go("finding", finding.pk))


def test_a_province_lists_its_findings_of_a_check_of_the_whole_country(go):
    make.seats()
    sample = checks.freeze(
        title="Seluruh negeri", kind="seats", province=None, first_day=date(2020, 6, 1),
        last_day=date(2020, 6, 28), wanted=Wanted(10, 95), by=cast.planner(), now=make.NOW,
        today=make.DAY,
    )  # fmt: skip
    unit = make.unit(make.drawn(sample, by=cast.planner()))
    make.visit(unit, "not_received", by=cast.planner())
    shown = go("findings")
    assert shown.context["list"].page.total == 1
    assert unit.name in text(shown)


def test_thousands_that_a_visitor_counts_are_no_units(go):
    make.seats()
    unit = make.unit(make.drawn())
    said = {"outcome": "different", "visited_on": "2020-06-29", "visitor": "Rahmat", "note": "x"}
    assert "misalnya 6.034" in text(go("unit", unit.pk, counted="60.5", **said))
    assert "6.000" in text(go("unit", unit.pk, counted="6.000", **{**said, "note": ""}))


def test_a_visitor_without_account_writes_visits_down_by_the_link(client, go):
    make.seats()
    sample = make.drawn()
    assert "ditampilkan sekali ini" in text(go("give-link", sample.pk, holder="Rahmat"))
    assert "Sri" in text(go("give-link", sample.pk, holder="Sri", regencies="1"))
    link, address = make.link(sample)
    client.logout()
    assert "0 dari 5 dikunjungi" in text(client.get(f"/l/{address}", follow=True))
    unit = make.unit(sample)
    there = reverse("sampling:visit-one-by-link", args=[link.pk, unit.pk])
    assert "satu kursi dan pelatihannya" in text(client.get(there))
    typed = {"outcome": "not_found", "visited_on": "2020-06-29", "visitor": "Rahmat"}
    assert "hanya punya kata-kata Anda" in text(client.post(there, typed))
    assert client.post(there, {**typed, "note": "Rumah kosong"}).status_code == 303
    assert Finding.objects.get().unit == unit
    visits = reverse("sampling:visit-by-link", args=[link.pk])
    assert "1 dari 5 dikunjungi" in text(client.get(visits))
    page = text(client.get(reverse("sampling:field", args=[link.pk])))
    assert unit.name not in page  # The phone keeps the page; the names come apart.
    told = client.get(reverse("sampling:field-list", args=[link.pk])).json()
    assert [one["outcome"] for one in told["units"]].count("not_found") == 1
    assert unit.name in {one["name"] for one in told["units"]}
    there = reverse("sampling:field-visits", args=[link.pk])
    assert client.post(there, "{}", content_type="application/json").status_code == 422
    client.force_login(cast.provincial_officer())
    assert "Tulis mengapa" in text(go("end-link", sample.pk, link.pk, reason=""))
    assert go("end-link", sample.pk, link.pk, reason="Selesai").status_code == 303
    assert "Selesai" in text(go("check", sample.pk))
    client.logout()
    assert client.get(visits).status_code == 404
    elsewhere = make.drawn(make.frozen(title="Lain"))
    other = reverse("sampling:visit-one-by-link", args=[link.pk, make.unit(elsewhere).pk])
    assert client.get(other).status_code == 404
