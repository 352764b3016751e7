"""A manifest that somebody took away proves that the ledger was not rewritten since."""

import json

import pytest

from pulih.budget.models import Seal
from pulih.common.errors import Refusal
from pulih.config import commands, reconcile
from pulih.config.anchors import published_seal
from tests.make import ledger


def manifest(tmp_path, content):
    path = tmp_path / "manifest.json"
    path.write_text(content)
    return path


@pytest.mark.django_db
def test_a_ledger_that_holds_the_seal_agrees_and_any_other_is_told():
    ledger.history(lines=1, months=1)
    for seal in Seal.objects.all():
        assert list(reconcile.differences(bytes(seal.hash).hex())) == []
    (told,) = reconcile.differences("0" * 64)
    assert told.startswith("budget: segel 0000000000000000… dari manifes tidak ada dalam buku ini")


def test_the_seal_is_read_from_the_manifest(tmp_path):
    seal = "ab" * 32
    assert published_seal(manifest(tmp_path, json.dumps({"seal": seal, "files": []}))) == seal


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("{", "cannot be read as a manifest"),
        ("[]", "holds no seal"),
        ('{"seal": ""}', "holds no seal"),
        ('{"seal": 5}', "holds no seal"),
        (json.dumps({"seal": "zz" * 32}), "holds no seal"),
        ("\x00", "cannot be read as a manifest"),
    ],
)
def test_what_is_no_manifest_is_refused_in_one_sentence(tmp_path, content, sentence):
    with pytest.raises(Refusal, match=sentence):
        published_seal(manifest(tmp_path, content))


def test_bytes_that_are_no_text_and_a_file_that_is_not_there(tmp_path):
    path = tmp_path / "manifest.json"
    with pytest.raises(Refusal, match="cannot be read as a manifest"):
        published_seal(path)
    path.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(Refusal, match="cannot be read as a manifest"):
        published_seal(path)


def test_the_command_refuses_before_it_starts_a_database(tmp_path):
    with pytest.raises(Refusal, match="cannot be read as a manifest"):
        commands.check(["check", "--anchor", str(tmp_path / "no.json")])
