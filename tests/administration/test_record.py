"""The record of actions: every act has its words, and only who may audit reads it."""

import ast
import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import resolve, reverse
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from pulih import administration
from pulih.administration import lists
from pulih.administration.by_day import HEIGHT, bars
from pulih.administration.words import act_in_words, acts, objects, page_of
from pulih.audit.actions import record
from pulih.config.rooms import ROOMS
from pulih.delivery.actions import activities
from pulih.market.states import ORDER
from pulih.people.identity_numbers import Reason
from pulih.people.scope import speaking_for
from pulih.revisions.models import RevisionState
from tests.make import delivery
from tests.make.impact import enterprise
from tests.people import cast

PULIH = Path(administration.__file__).parents[1]


def recorded():
    """Yield every key that the code records; a star stands for what is put in while it runs."""
    for path in PULIH.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            called = node.func if isinstance(node, ast.Call) else None
            if getattr(called, "id", "") == "record" and len(node.args) > 2:
                yield from keys(node.args[1])


def keys(expression):
    if isinstance(expression, ast.JoinedStr):
        yield "".join(
            part.value if isinstance(part, ast.Constant) else "*" for part in expression.values
        )
    elif isinstance(expression, ast.Constant):
        yield expression.value
    elif isinstance(expression, ast.IfExp):
        yield from (*keys(expression.body), *keys(expression.orelse))


def test_every_act_that_a_room_records_has_words_in_both_languages():
    found = set(recorded())
    whole = {key for key in found if "*" not in key}
    assert len(whole) > 100
    assert whole - acts().keys() == set()
    for begun in found - whole - {"*.export"}:
        assert any(key.startswith(begun.partition("*")[0]) for key in acts()), begun
    assert {f"market.order_{move.key}" for move in ORDER.moves} <= acts().keys()
    assert {f"budget.revision_{state}" for state in RevisionState.values} <= acts().keys()
    for key, words in acts().items():
        assert words.id != words.en, key
        assert key.partition(".")[0] in ROOMS, key


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_room_of_the_menu_is_named_in_the_readers_language(language):
    """A room without words of its own would stand there by the name of its folder."""
    with translation.override(language):
        named = {room: str(apps.get_app_config(room).verbose_name) for room in lists.ROOMS}
    with translation.override("en" if language == "id" else "id"):
        other = {room: str(apps.get_app_config(room).verbose_name) for room in lists.ROOMS}
    assert {room for room in lists.ROOMS if named[room] == other[room]} == {"portal"}  # In both.


@pytest.mark.django_db
@pytest.mark.django_db
def test_an_auditor_finds_who_did_what_on_a_day(client):
    officer, auditor = cast.regency_officer(), cast.auditor()
    made = record(officer, "registry.open_nik", officer)
    client.force_login(auditor)
    address = reverse("administration:record")
    page = client.get(address, {"room": "registry", "q": officer.name.split()[0]})
    assert "membuka NIK" in page.content.decode()
    assert officer.name in page.content.decode()
    assert 'type="date" name="from"' in page.content.decode()
    nothing = client.get(address, {"from": "2099-01-01"})
    assert "membuka NIK" not in nothing.content.decode()
    wrong = client.get(address, {"from": "kemarin dulu"})
    assert wrong.status_code == 200
    assert "membuka NIK" in wrong.content.decode()
    file = client.get(address, {"format": "csv"}).getvalue().decode()
    assert f"{made.pk}" in file
    assert "registry.open_nik" in file


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("detail", "shown"),
    [
        ({"reason": "card"}, "card"),
        ({"reason": "Salah unggah."}, ""),
        ({"reason": 7}, ""),
        ({}, ""),
    ],
)
def test_an_auditor_reads_why_a_number_was_opened(client, detail, shown):
    officer = cast.regency_officer()
    with speaking_for(officer):
        record(officer, "registry.open_nik", officer, **detail)
    client.force_login(cast.auditor())
    address = reverse("administration:record")
    ((_event, cells),) = client.get(address, {"room": "registry"}).context["list"].lines
    words = Reason(shown).label if shown else ""
    assert [cell.value for cell in cells if cell.column.key == "opened_to"] == [words]


@pytest.mark.parametrize("language", ["id", "en"])
def test_an_act_of_an_earlier_release_is_shown_by_its_key(language):
    with translation.override(language):
        assert act_in_words("budget.melted") == "budget.melted"


@pytest.mark.django_db
def test_an_act_leads_to_what_it_was_done_to_and_the_last_days_to_their_acts(client):
    officer, auditor = cast.regency_officer(), cast.auditor()
    firm = enterprise()
    record(officer, "registry.open_nik", firm)
    record(officer, "registry.export", officer)
    client.force_login(auditor)
    page = client.get(reverse("administration:record"), {"q": officer.name}).content.decode()
    opened = reverse("registry:enterprise", args=[firm.pk])
    assert re.search(rf'<a [^>]*href="{opened}[^>]*>IKM {firm.pk}</a>', page)
    assert f"pengguna {officer.pk}" not in page, "what is done to oneself has no other object"
    told = re.search(r'href="([^"]+kind=opened[^"]+)">1</a>', page).group(1)
    rows = client.get(unescape(told)).content.decode()
    assert f"IKM {firm.pk}" in rows
    assert "mengunduh daftar IKM" not in rows


def test_every_page_of_the_record_is_that_of_a_row_of_its_table():
    tables = {model._meta.db_table.replace("_", ".", 1) for model in apps.get_models()}
    assert objects().keys() - tables == set()
    for table, words in objects().items():
        assert words.id, table
        assert words.en, table
        address = page_of(table, "7")
        assert not address or resolve(address).kwargs == {"pk": 7}, table


@given(st.dictionaries(st.dates(date(2020, 5, 17), date(2020, 6, 15)), st.integers(1, 10**6)))
def test_every_day_has_a_bar_and_every_bar_its_share_of_the_highest(people):
    days = bars(people, date(2020, 5, 17), date(2020, 6, 15))
    assert len(days) == 30
    assert {one.day: one.people for one in days if one.people} == people
    assert all(one.top + one.height == pytest.approx(HEIGHT) for one in days)
    assert [one.height > 0 for one in days] == [one.people > 0 for one in days]
    most = max(people.values(), default=0)
    assert all(one.height == HEIGHT for one in days if one.people == most > 0)


@pytest.mark.django_db
def test_the_record_draws_who_signed_in_by_day_each_once(client):
    officer, auditor = cast.regency_officer(), cast.auditor()
    for person in (officer, officer, auditor):
        record(person, "people.sign_in", person)
    client.force_login(auditor)
    page = client.get(reverse("administration:record")).content.decode()
    day = timezone.localdate()
    assert re.search(r'aria-label="Terbanyak pada [^"]+: 2\."', page)
    told = re.search(r'href="([^"]+from=([-0-9]+)&amp;to=[-0-9]+)"', page)
    assert told.group(2) == day.isoformat()
    assert officer.name in client.get(unescape(told.group(1))).content.decode()


@pytest.mark.django_db
def test_a_page_leads_who_may_audit_to_what_was_done_with_its_row(client):
    officer = cast.provincial_officer()
    activity = delivery.activity(officer)
    delivery.activity(officer, title="Lain")
    activities.save_activity(activity, title="Bimtek baru", by=officer)
    page = reverse("delivery:activity", args=[activity.pk])
    asked = f"{reverse('administration:record')}?of=delivery.activity-{activity.pk}"
    client.force_login(officer)
    assert asked not in client.get(page).content.decode()
    client.force_login(cast.auditor())
    assert f'href="{asked}"' in client.get(page).content.decode()
    answer = client.get(asked)
    shown = [(one.verb, one.subject_id) for one in answer.context["list"].page.rows]
    assert ("delivery.change_activity", str(activity.pk)) in shown
    assert {number for _verb, number in shown} == {str(activity.pk)}
    assert f"kegiatan {activity.pk}" in answer.content.decode()
    broken = client.get(reverse("administration:record"), {"of": "kegiatan"})
    assert "kegiatan" in broken.content.decode()
