"""The newest seal stands outside the database too: in a file, and in each published release."""

import json

import pytest
from django.db import connection
from django.utils import timezone

from pulih.budget import actions, anchor
from pulih.budget.models import Seal
from pulih.people.scope import speaking_as_system
from pulih.portal import reconcile as portal
from pulih.portal.models import Release
from tests.make import ledger as make
from tests.people import cast

EVERYTHING = ("budget_sealedhead", "budget_summedline", "budget_daysum", "budget_seal")
EVERYTHING += ("audit_sealedrows",)


@pytest.fixture
def file(settings, tmp_path):
    settings.SEAL_FILE = tmp_path / "seal.json"
    return settings.SEAL_FILE


def newest():
    return bytes(Seal.objects.latest("pk").hash).hex()


def without_any_seal():
    """Delete all seals of lines and rows as the owner, and seal again."""
    with make.as_owner(), connection.cursor() as cursor:
        for table in EVERYTHING:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(f"DELETE FROM {table}")
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.mark.django_db(transaction=True)
def test_a_ledger_whose_seals_were_all_made_anew_is_found_by_the_file(file):
    make.history(lines=1, months=1)
    kept = json.loads(file.read_text())
    assert (kept["seal"], list(anchor.missing())) == (newest(), [])
    without_any_seal()
    (told,) = anchor.missing()
    assert kept["seal"][:16] in told.en
    assert str(file) in told.id
    with speaking_as_system():
        actions.seal()
    assert newest() != kept["seal"]
    assert json.loads(file.read_text()) == kept  # Not written over, so it is said again.
    assert list(anchor.missing()) == [told]


@pytest.mark.django_db
def test_a_release_whose_seal_is_gone_is_named():
    make.history(lines=1, months=1)
    usual = {"as_of": "2020-06-15", "known_at": timezone.now(), "program_version": "0"}
    usual |= {"made_by": cast.planner(), "published_by": cast.auditor()}
    for number, seal in (("2020-06-15.1", newest()), ("2020-06-15.2", "ab" * 32)):
        Release.objects.create(number=number, seal=seal, published_at=timezone.now(), **usual)
    (told,) = portal.differences()
    assert "2020-06-15.2" in told
    assert list(portal.verified().values()) == [2]


@pytest.mark.django_db
@pytest.mark.parametrize("content", ["", "[]", '{"seal": 5}', '{"seal": "xy"}'])
def test_a_file_without_a_seal_is_said_and_never_written_over(file, content):
    file.write_text(content)
    make.history(lines=1, months=1)
    (told,) = anchor.missing()
    assert "holds no seal" in told.en
    assert file.read_text() == content


@pytest.mark.django_db
def test_a_seal_that_is_rolled_back_is_not_kept(file):
    make.history(lines=1, months=1)  # Within the test's transaction, which never commits.
    assert not file.exists()
