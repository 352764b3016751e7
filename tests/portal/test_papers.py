"""A release is verified by its code, and any of its files by the fingerprint."""

import hashlib
import json

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from pulih.documents.codes import read_code
from pulih.documents.lookups import verify
from pulih.documents.models import PaperCode
from pulih.portal import actions, site
from pulih.portal.papers import RELEASE
from tests.make import budget
from tests.make import portal as make

pytestmark = pytest.mark.django_db
WITH_PAGES = False


def world():
    budget.line(ceiling=1_000_000_000, committed=200_000_000, realised=50_000_000)


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet():
    cache.clear()


def folder_of(release):
    return site.current() / "site" / "data" / "r" / release.number


def code_of(release):
    return read_code(json.loads((folder_of(release) / "verify.json").read_text())["code"])


def test_a_release_has_a_code_that_knows_each_of_its_files(release):
    found = verify(code_of(release))
    assert (found.number, found.state, found.version) == (f"Rilis {release.number}", "valid", 1)
    manifest = json.loads((folder_of(release) / "manifest.json").read_text())
    named = {one["path"]: one["sha256"] for one in manifest["files"]}
    assert named.pop("verify.json")
    assert set(named.values()) == set(found.fingerprints)
    for path in ("cells.csv", "ocds/records.json", "fiscal/lines.csv"):
        kept = hashlib.sha256((folder_of(release) / path).read_bytes()).hexdigest()
        assert kept in found.fingerprints
    page = Client().get(reverse("documents:code", args=[code_of(release)])).content.decode()
    assert "Rilis angka publik" in page


def test_a_correction_replaces_the_release_of_its_day_and_another_day_does_not(release, publish):
    code = code_of(release)
    publish(make.published, restates=release, reason="POK terlambat", with_pages=False)
    assert verify(code).state == "replaced"
    newest = PaperCode.objects.get(kind=RELEASE.key, state="valid")
    assert newest.version == 2


def test_pages_that_are_written_again_keep_their_code(release, publish):
    code = code_of(release)
    publish(actions.publish_again)
    assert code_of(release) == code
    assert PaperCode.objects.filter(kind=RELEASE.key).count() == 1


def test_a_withdrawn_release_says_so_by_its_code(release, publish):
    code = code_of(release)
    publish(actions.withdraw, release, reason="Satu sel terbuka", by=make.steward())
    assert verify(code).state == "withdrawn"


def test_official_schemas_are_asked_before_anything_is_published(publish, tmp_path, capsys):
    made = publish(make.checked)
    schemas = tmp_path / "schemas"
    steward = make.steward("walidata_b").username
    with pytest.raises(CommandError, match="bukan folder skema"):
        call_command("publish", made.number, by=steward, schemas=schemas)
    schemas.mkdir()
    with pytest.raises(CommandError, match=r"tidak satu pun dari release-package-schema\.json"):
        call_command("publish", made.number, by=steward, schemas=schemas)
    strict = schemas / "fiscal-data-package.json"
    strict.write_text(json.dumps({"required": ["nothing-like-it"]}))
    with pytest.raises(CommandError, match=r"fiscal/datapackage\.json, /: tidak menurut standar"):
        call_command("publish", made.number, by=steward, schemas=schemas)
    assert site.current() is None
    strict.write_text("{}")
    publish(call_command, "publish", made.number, by=steward, schemas=schemas)
    assert site.current() is not None
    said = capsys.readouterr().err
    assert "ocds/records.json tidak diperiksa: record-package-schema.json tidak ada di" in said
    assert "fiscal" not in said
