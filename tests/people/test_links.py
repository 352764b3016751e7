"""Access links: who gives them, what opens, what never does, and what PostgreSQL shows by one."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, override_settings
from django.urls import include, path
from django.utils import timezone

from pulih.audit.actions import record
from pulih.audit.models import Event
from pulih.common.errors import Refusal
from pulih.config import urls as usual
from pulih.config.databases import app_of_owner
from pulih.config.roles import connect
from pulih.people.links import access, actions, purposes
from pulih.people.links.access import by_link
from pulih.people.links.address import ADDRESS, digest_of, key_of
from pulih.people.links.models import Link, LinkUse
from pulih.people.links.purposes import LinkPurpose
from pulih.people.permissions import Permission
from pulih.people.scope import ScopeByLink, speaking_by_link, speaking_for
from pulih.web import throttle
from tests.once import made_once
from tests.people import cast

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
NOW = timezone.now()
DAY = timedelta(days=1)
RECEIPT = LinkPurpose("test.receipt", "Receipt", "test:receipt", Permission.DELIVER_FILES, 30)
OTHER = LinkPurpose("test.other", "Other", "test:other", Permission.DELIVER_FILES)


@by_link(RECEIPT)
def receipt(request, link):
    if request.method == "POST":
        actions.require_link(link, RECEIPT, int(request.POST["subject"]))
        record(link, "test.sign", link)
    if "write" in request.GET:
        record(link, "test.read", link)
    who = f"{request.user.is_authenticated} {asked('SELECT pulih_person()')}"
    if "stream" in request.GET:
        return StreamingHttpResponse(str(asked("SELECT pulih_link()")) for _ in range(2))
    return HttpResponse(f"{link.holder} {who} {list(Link.objects.values_list('pk', flat=True))}")


@by_link(OTHER)
def other(request, link):
    return HttpResponse("other")


urlpatterns = [
    path(
        "t/",
        include(
            (
                [
                    path("<int:link>/", receipt, name="receipt"),
                    path("o/<int:link>/", other, name="other"),
                ],
                "test",
            )
        ),
    ),
    *usual.urlpatterns,
]


def asked(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


@pytest.fixture(autouse=True)
def _declared(monkeypatch):
    cache.clear()
    monkeypatch.setattr(throttle, "_window", lambda: 1)  # One minute that does not end.
    kept = dict(purposes._purposes)
    purposes.register(RECEIPT)
    purposes.register(OTHER)
    yield
    purposes._purposes.clear()
    purposes._purposes.update(kept)


@made_once
def officer():
    return cast.regency_officer()


def give(officer, **changes):
    given = {
        "holder": "Koperasi Contoh",
        "subjects": [7, 9],
        "area": cast.area("Kab. Indramayu"),
        "valid_from": NOW - DAY,
        "valid_to": NOW + DAY,
        "by": officer,
        "now": NOW,
    }
    purpose = changes.pop("purpose", RECEIPT)
    with speaking_for(officer):
        return actions.give(purpose, **{**given, **changes})


def opened(address, client=None, **headers):
    client = client or Client()
    return client, client.get(f"/l/{address}", **headers)


# Giving and ending.


def test_only_the_digest_of_an_address_is_kept(officer):
    link, address = give(officer)
    assert ADDRESS.fullmatch(address)
    row = str(Link.objects.filter(pk=link.pk).values_list().get())
    assert address not in row
    assert key_of(address) not in row
    assert link.digest == digest_of(key_of(address))
    assert (link.province, link.regency) == (cast.area("Jawa Barat"), cast.area("Kab. Indramayu"))


@pytest.mark.parametrize(
    "changes",
    [
        {"holder": "  "},
        {"holder": "x" * 121},
        {"subjects": []},
        {"subjects": range(101)},
        {"valid_to": NOW - DAY},
        {"valid_from": NOW + 2 * DAY},
        {"valid_from": NOW - 3 * DAY, "valid_to": NOW - DAY},
        {"valid_to": NOW + 40 * DAY},
    ],
)
def test_a_link_that_cannot_be_is_refused_and_nothing_is_kept(officer, changes):
    with pytest.raises(Refusal):
        give(officer, **changes)
    assert not Link.objects.exists()


@pytest.mark.parametrize("make", [cast.auditor, lambda: cast.regency_officer("Kota Denpasar")])
def test_a_link_is_given_by_who_may_there(make):
    with pytest.raises(PermissionDenied):
        give(make())


def test_an_ended_link_says_who_and_why_and_ends_once(officer):
    link, _address = give(officer)
    with speaking_for(officer):
        with pytest.raises(Refusal):
            actions.revoke(link, reason=" ", by=officer, now=NOW)
        ended = actions.revoke(link, reason="Salah kirim", by=officer, now=NOW)
        assert (ended.revoked_by, ended.revoke_reason) == (officer, "Salah kirim")
        with pytest.raises(Refusal):
            actions.revoke(link, reason="Lagi", by=officer, now=NOW)
    with pytest.raises(PermissionDenied):
        actions.revoke(link, reason="Iseng", by=cast.regency_officer("Kota Bandung"), now=NOW)


# Opening.


def test_an_address_opens_its_landing_page_which_does_not_show_it(officer):
    link, address = give(officer)
    client, answer = opened(address)
    assert (answer.status_code, answer.url) == (302, f"/t/{link.pk}/")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    cookie = answer.cookies[f"pulih_link_{link.pk}"]
    assert cookie["httponly"]
    assert address not in cookie.value
    page = client.get(answer.url)
    assert page.content.decode() == f"Koperasi Contoh False None [{link.pk}]"
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in page.headers["Cache-Control"]


def test_addresses_that_do_not_open_answer_alike(officer, caplog):
    over = give(officer)
    future = give(officer, valid_from=NOW + DAY / 2)
    revoked = give(officer)
    orphan = give(officer, purpose=LinkPurpose("gone", "", "", Permission.DELIVER_FILES))
    long_ago = {"valid_from": NOW - 3 * DAY, "valid_to": NOW - DAY}
    Link.objects.filter(pk=over[0].pk).update(**long_ago)
    actions.revoke(revoked[0], reason="Salah", by=officer, now=NOW)
    wrong = ["x" * 32, "x", "x" * 5_000, "é" * 32]
    addresses = [over[1], future[1], revoked[1], orphan[1], *wrong]
    answers = [opened(address)[1] for address in addresses]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content.decode().partition("<h1>")[2] for answer in answers}) == 1
    assert not any(answer.cookies.get(f"pulih_link_{over[0].pk}") for answer in answers)
    assert not LinkUse.objects.exists()
    assert not any(over[1] in line.getMessage() for line in caplog.records)


def test_wrong_addresses_are_throttled_and_a_right_one_still_opens(officer):
    _link, address = give(officer)
    answers = [opened("x" * 32)[1].status_code for _ in range(access.WRONG_TRIES + 1)]
    assert answers == [404] * access.WRONG_TRIES + [429]
    assert opened(address)[1].status_code == 302
    assert opened("x" * 32, REMOTE_ADDR="10.1.1.1")[1].status_code == 404


def test_a_link_is_throttled_by_itself(officer, monkeypatch):
    monkeypatch.setattr(access, "REQUESTS", 2)
    client, answer = opened(give(officer)[1])
    other_client, other_answer = opened(give(officer)[1])
    assert [client.get(answer.url).status_code for _ in range(3)] == [200, 200, 429]
    assert other_client.get(other_answer.url).status_code == 200


def test_a_look_ahead_leaves_no_trace(officer):
    _link, address = give(officer)
    assert Client().head(f"/l/{address}").status_code == 302
    opened(address, HTTP_SEC_PURPOSE="prefetch;prerender")
    assert not LinkUse.objects.exists()
    opened(address)
    assert LinkUse.objects.get().kind == LinkUse.Kind.OPENED
    assert Client().post(f"/l/{address}").status_code == 405


def test_reading_a_page_cannot_write(officer):
    client, answer = opened(give(officer)[1])
    with pytest.raises(DatabaseError, match="read-only"):
        client.get(f"{answer.url}?write=1")
    assert not Event.objects.filter(verb="test.read").exists()


def test_sending_a_form_is_recorded_as_the_links(officer):
    link, address = give(officer)
    client, answer = opened(address)
    assert client.post(answer.url, {"subject": 7}).status_code == 200
    event = Event.objects.get(verb="test.sign")
    assert (event.link_id, event.person_id) == (link.pk, None)
    assert [use.kind for use in link.uses.order_by("pk")] == ["opened", "sent"]
    assert client.post(answer.url, {"subject": 8}).status_code == 403


def test_a_forwarded_link_shows_by_its_devices_and_gives_nothing_of_who_opens_it(officer):
    link, address = give(officer)
    first, answer = opened(address)
    opened(address, first)
    stranger = Client()
    stranger.force_login(cast.planner())
    opened(address, stranger)
    assert stranger.get(answer.url).content.decode() == f"Koperasi Contoh False None [{link.pk}]"
    assert len({use.device for use in link.uses.all()}) == 2
    assert Client().get(answer.url).status_code == 404  # The page's own address opens nothing.


def test_a_cookie_opens_no_other_link_and_no_other_purpose(officer):
    link, address = give(officer)
    second, _address = give(officer)
    client, _answer = opened(address)
    value = client.cookies[f"pulih_link_{link.pk}"].value
    client.cookies[f"pulih_link_{second.pk}"] = value
    assert client.get(f"/t/{second.pk}/").status_code == 404
    assert client.get(f"/t/o/{link.pk}/").status_code == 404


def test_a_link_that_ends_while_its_form_is_open_saves_nothing(officer):
    link, address = give(officer)
    client, answer = opened(address)
    actions.revoke(link, reason="Salah", by=officer, now=NOW)
    sent = {"subject": 7, "reason": "<b>Sakit", "form_key": "abc", "f-read_version": "abc"}
    refused = client.post(answer.url, sent)
    assert refused.status_code == 404
    page = refused.content.decode()
    assert "<li>&lt;b&gt;Sakit</li>" in page, "one word, too, is nowhere but here"
    assert "abc" not in page
    assert "salin bila masih" not in client.get(answer.url).content.decode()
    assert not Event.objects.filter(verb="test.sign").exists()


def test_a_stream_is_read_by_the_link_though_its_request_is_over(officer):
    link, address = give(officer)
    client, answer = opened(address)
    parts = b"".join(client.get(f"{answer.url}?stream=1").streaming_content)
    assert parts == f"{link.pk}{link.pk}".encode()


@override_settings(SESSION_COOKIE_SECURE=True)
def test_behind_https_the_cookie_stays_there(officer):
    link, address = give(officer)
    assert opened(address)[1].cookies[f"pulih_link_{link.pk}"]["secure"]


# What PostgreSQL shows.


def test_the_database_knows_a_link_by_its_key_alone(officer):
    link, address = give(officer)
    with speaking_by_link(key_of(address)):
        assert asked("SELECT pulih_link()") == link.pk
        assert asked("SELECT pulih_person()") is None
        assert asked("SELECT pulih_link_subjects('test.receipt')") == [7, 9]
        assert asked("SELECT pulih_link_subjects('test.other')") == []
    for claim in (str(link.pk), link.digest, address, "", "é"):
        with speaking_by_link(claim):
            assert asked("SELECT pulih_link()") is None
            assert not Link.objects.exists()


@pytest.mark.parametrize("change", [{"valid_to": NOW - DAY / 2}, {"valid_from": NOW + DAY / 2}])
def test_the_database_opens_no_link_before_or_after_its_days(officer, change):
    link, address = give(officer)
    Link.objects.filter(pk=link.pk).update(**change)
    with speaking_by_link(key_of(address)):
        assert asked("SELECT pulih_link()") is None


def test_a_link_writes_no_other_links_record_and_changes_no_link(officer):
    link, address = give(officer)
    second, _address = give(officer)
    with speaking_by_link(key_of(address)):
        for write in (
            lambda: actions.write_down(second, LinkUse.Kind.OPENED, ""),
            lambda: record(second, "test.sign", link),
            lambda: record(officer, "test.sign", link),
        ):
            with pytest.raises(ProgrammingError), transaction.atomic():
                write()
        assert Link.objects.filter(pk=link.pk).update(valid_to=NOW + 9 * DAY) == 0


def test_links_of_another_place_are_not_seen(officer):
    give(officer)
    stranger = cast.provincial_officer("Bali")
    assert [Link.objects.visible_to(one).count() for one in (officer, stranger)] == [1, 0]
    with speaking_for(stranger):
        assert Link.objects.count() == 0
    with speaking_for(cast.provincial_officer("Jawa Barat")):
        assert Link.objects.count() == 1


def test_policies_of_a_table_show_the_rows_of_that_link(own_database):
    policies = ScopeByLink("goods", "test.receipt", may=("read", "change")).sql
    key = key_of("k" * 32)
    with connect(own_database) as owner:
        owner.execute("CREATE TABLE goods (id bigint, received int DEFAULT 0)")
        owner.execute("INSERT INTO goods SELECT generate_series(1, 5)")
        owner.execute("ALTER TABLE goods ENABLE ROW LEVEL SECURITY")
        for statement in policies:
            owner.execute(statement)
        owner.execute(
            "INSERT INTO people_link (purpose, holder, subjects, digest, valid_from, valid_to,"
            " given_by_id, given_at, revoke_reason) SELECT 'test.receipt', 'x', '{2,4}', %s,"
            " now() - interval '1 day', now() + interval '1 day', id, now(), '' FROM people_user",
            [digest_of(key)],
        )
    with connect(app_of_owner(own_database)) as app:
        assert app.execute("SELECT count(*) FROM goods").fetchone() == (0,)
        app.execute("SELECT set_config('pulih.link', %s, false)", [key])
        assert app.execute("SELECT array_agg(id) FROM goods").fetchone() == ([2, 4],)
        assert app.execute("UPDATE goods SET received = 1").rowcount == 2
        with pytest.raises(Exception, match="row-level security"):
            app.execute("INSERT INTO goods VALUES (6)")
