"""Putting right who is who on the pages of a firm: merge, split, pin; each taken back, in reach."""

from datetime import date

import pytest
from django.urls import reverse

from pulih.inbox.models import SourceRecord
from pulih.registry import actions
from pulih.registry.models import Merge, Pin, Separation, SplitMove
from tests.forms import forms_of
from tests.make import inbox as make_inbox
from tests.make import registry as make_registry
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db


@made_once(language="en")
def two():
    return make_registry.firms(2, **make_registry.indramayu())


def sign_in(client, person):
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")


def see(client, person, name, *arguments, **asked):
    sign_in(client, person)
    return client.get(reverse(f"registry:{name}", args=arguments), asked)


def send(client, person, name, *arguments, **said):
    sign_in(client, person)
    return client.post(reverse(f"registry:{name}", args=arguments), said)


def form_that_sends(page, name, firm):
    action = reverse(f"registry:{name}", args=[firm.pk])
    found = forms_of(page.content.decode())
    return next(form for form in found if form.action == action).values


def test_the_address_of_a_merged_firm_leads_to_the_one_it_became_with_a_note(client, two):
    officer = cast.regency_officer()
    actions.merge(*two, reason="Satu alamat", by=officer)
    moved = see(client, officer, "enterprise", two[1].pk)
    assert moved.status_code == 302
    page = client.get(moved.headers["Location"]).content.decode()
    assert f"IKM {two[1].pk}" in page
    assert "Satu alamat" in page


@pytest.mark.parametrize("name", ["sources", "history", "joined"])
def test_every_page_of_a_merged_firm_says_which_firm_it_became(client, two, name):
    officer = cast.regency_officer()
    client.cookies["pulih_language"] = "en"
    assert "counts as IKM" not in see(client, officer, name, two[1].pk).content.decode()
    actions.merge(*two, reason="Satu alamat", by=officer)
    text = see(client, officer, name, two[1].pk).content.decode()
    assert f"This firm counts as IKM {two[0].pk}" in text
    assert reverse("registry:joined", args=[two[0].pk]) in text


def test_a_firm_that_counts_as_one_of_another_regency_stays_open_to_its_own(client):
    there, here = cast.regency_officer("Kab. Cirebon"), cast.regency_officer()
    far = {"by": there, "office": cast.area("Kab. Cirebon"), "as_of": date(2020, 6, 30)}
    (kept,) = make_registry.of(make_inbox.read(make_registry.row(1), **far))
    near = make_inbox.read(make_registry.row(2), **make_registry.indramayu())
    (merged,) = make_registry.of(near)
    actions.merge(kept, merged, reason="Pindah", by=cast.provincial_officer())
    page = see(client, here, "enterprise", merged.pk)
    assert page.status_code == 200
    text = page.content.decode()
    assert "dihitung sebagai IKM yang tercatat di wilayah lain" in text
    assert f"IKM {kept.pk}" not in text
    assert see(client, there, "enterprise", kept.pk).status_code == 200


def test_a_merge_is_shown_with_its_rows_and_taken_back_on_the_page(client, two):
    officer = cast.regency_officer()
    answered = send(
        client, officer, "join", two[0].pk, other=two[1].pk, verdict="same", reason="Satu alamat"
    )
    assert answered.headers["Location"] == reverse("registry:joined", args=[two[0].pk])
    assert len(see(client, officer, "sources", two[0].pk).context["sources"]) == 2
    text = see(client, officer, "joined", two[0].pk).content.decode()
    assert two[1].name in text
    made = Merge.objects.in_force().get()
    send(client, officer, "undo-merge", made.pk)
    assert not Merge.objects.in_force().exists()
    assert len(see(client, officer, "sources", two[0].pk).context["sources"]) == 1


def test_two_firms_told_apart_are_listed_and_can_be_let_go(client, two):
    officer = cast.regency_officer()
    send(client, officer, "join", two[0].pk, other=two[1].pk, verdict="different", reason="Ipar")
    apart = Separation.objects.in_force().get()
    assert "Ipar" in see(client, officer, "joined", two[0].pk).content.decode()
    send(client, officer, "end-separation", apart.pk)
    assert not Separation.objects.in_force().exists()


def test_without_a_reason_nothing_is_merged(client, two):
    send(client, cast.regency_officer(), "join", two[0].pk, other=two[1].pk, verdict="same")
    assert not Merge.objects.exists()


def test_ticked_rows_become_a_firm_of_their_own_and_go_back(client, two):
    officer = cast.regency_officer()
    actions.merge(*two, reason="Satu alamat", by=officer)
    row = SourceRecord.objects.latest("pk")
    send(client, officer, "split", two[0].pk, row=row.pk, reason="Bukan usahanya")
    move = SplitMove.objects.in_force().get()
    text = see(client, officer, "joined", two[0].pk).content.decode()
    assert "Bukan usahanya" in text
    answered = send(client, officer, "undo-split", move.to_enterprise_id)
    assert not SplitMove.objects.in_force().exists()
    # The firm that has its row again, whichever of those merged into it the row was given to.
    assert answered.headers["Location"] == reverse("registry:joined", args=[two[0].pk])


def test_a_refused_answer_leaves_the_reason_in_its_form(client, two):
    officer, reason = cast.regency_officer(), "Dilihat sendiri: dua <dapur>"
    said = {"other": two[1].pk, "verdict": "neither", "reason": reason}
    answered = send(client, officer, "join", two[0].pk, **said)
    compare = f"{reverse('registry:compare')}?first={two[0].pk}&second={two[1].pk}"
    assert answered.headers["Location"] == compare
    assert form_that_sends(client.get(compare), "join", two[0])["reason"] == [reason]
    assert form_that_sends(client.get(compare), "join", two[0])["reason"] == [""]


def test_taking_out_every_row_is_refused_in_words_and_leaves_the_reason(client, two):
    officer = cast.regency_officer()
    actions.merge(*two, reason="Satu alamat", by=officer)
    rows = [str(row.pk) for row in SourceRecord.objects.order_by("pk")]
    answered = send(client, officer, "split", two[0].pk, row=rows, reason="Semua")
    assert not SplitMove.objects.exists()
    form = form_that_sends(client.get(answered.headers["Location"]), "split", two[0])
    assert form["reason"] == ["Semua"]
    assert sorted(form["row"]) == sorted(rows)


def test_a_pinned_value_shows_who_pinned_it_and_why_until_it_is_ended(client, two):
    officer = cast.regency_officer()
    said = {"value": "Jalan Merdeka 1", "reason": "Dilihat sendiri"}
    assert send(client, officer, "pin", two[0].pk, "address", **said).status_code == 303
    page = see(client, officer, "enterprise", two[0].pk)
    text = page.content.decode()
    assert "Jalan Merdeka 1" in text
    assert "Dilihat sendiri" in text
    send(client, officer, "unpin", two[0].pk, "address")
    assert not Pin.objects.in_force().exists()
    assert "Dilihat sendiri" not in see(client, officer, "enterprise", two[0].pk).content.decode()


def test_the_history_tells_the_value_before_and_after_with_numbers_cut(client, two):
    officer = cast.regency_officer()
    actions.pin(two[0], "product", "Gamis", reason="dilihat", by=officer)
    actions.pin(two[0], "nik", make_inbox.nik(5), reason="dilihat", by=officer)
    actions.pin(two[0], "address", "RT 1", reason="dilihat", by=officer)
    text = see(client, officer, "history", two[0].pk).content.decode()
    assert "“Baju” → “Gamis”" in text
    assert "“3212••••••••0005”" in text
    assert "– → “RT 1”" in text
    assert make_inbox.nik(5) not in text


def test_a_wrong_value_is_refused_under_the_form_and_kept_typed(client, two):
    said = {"value": "123", "reason": "Kartu dilihat"}
    page = send(client, cast.regency_officer(), "pin", two[0].pk, "nib", **said)
    assert page.status_code == 200
    assert "123" in page.content.decode()
    assert not Pin.objects.exists()


def test_what_is_no_attribute_cannot_be_pinned(client, two):
    assert see(client, cast.regency_officer(), "pin", two[0].pk, "scale").status_code == 404


def test_the_nik_does_not_stand_in_the_form_that_pins_it(client):
    make_inbox.read(make_inbox.firm(nik=make_inbox.nik(7)), **make_registry.indramayu())
    firm = make_registry.firms(1, **make_registry.indramayu())[0]
    text = see(client, cast.regency_officer(), "pin", firm.pk, "nik").content.decode()
    assert firm.nik.whole not in text


def test_the_form_that_pins_shows_the_value_in_use_with_a_nik_cut(client):
    nik = make_registry.nik(1)
    (firm,) = make_registry.firms(1, **make_registry.indramayu())
    text = see(client, cast.regency_officer(), "pin", firm.pk, "nik").content.decode()
    assert f"{nik[:4]}••••••••{nik[-4:]}" in text
    text = see(client, cast.regency_officer(), "pin", firm.pk, "product").content.decode()
    assert text.count("Baju") >= 2


@pytest.mark.parametrize("name", ["join", "split", "undo-split"])
def test_strangers_find_nothing_and_auditors_may_not(client, two, name):
    assert send(client, cast.regency_officer("Kota Bandung"), name, two[0].pk).status_code == 404
    assert send(client, cast.auditor(), name, two[0].pk).status_code == 403


def test_a_value_from_a_row_that_only_another_office_sees_names_no_source(client):
    bandung = {"office": cast.area("Kota Bandung"), "by": cast.regency_officer("Kota Bandung")}
    (far,) = make_registry.of(make_inbox.read(make_registry.row(1), **bandung))
    (near,) = make_registry.of(
        make_inbox.read(make_inbox.firm(), as_of=date(2020, 6, 30), **make_registry.indramayu())
    )
    actions.merge(far, near, reason="", by=cast.planner())
    client.cookies["pulih_language"] = "en"
    page = see(client, cast.regency_officer(), "enterprise", far.pk)
    told = {one.name: one for one in page.context["attributes"]}
    assert told["name"].reason == "the only one"
    for name in ("phone", "nik"):
        assert told[name].source is None
        assert told[name].reason == "from a row that only another office sees"


def test_the_newest_wins_and_on_one_day_the_nearer_office(client, two):
    province = cast.provincial_officer()
    make_inbox.read(make_registry.row(1, workers="9"), by=province)
    page = see(client, cast.planner(), "enterprise", two[0].pk)
    reasons = {one.name: one.reason for one in page.context["attributes"]}
    assert reasons["workers"] in (
        "sama baru, dari kantor yang lebih dekat",
        "as new, from the nearer office",
    )
