"""Whoever can run SQL as the serving role names whom they like, and is nobody without a proof."""

import time

import pytest
from django.conf import settings as ours
from django.db import ProgrammingError, connection, connections, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as runs
from hypothesis import strategies as st

from pulih.areas.models import Area
from pulih.config.proof_key import keep_proof_key
from pulih.config.roles import connect
from pulih.people import scope
from pulih.people.connection_proofs import proof_of
from tests.examples import examples
from tests.make import ledger
from tests.people import cast

pytestmark = pytest.mark.django_db
HEX = "0123456789abcdef"
WITHOUT_NUL = st.characters(codec="utf-8", exclude_characters="\0")


def believed(person, proof):
    with connection.cursor() as cursor:
        cursor.execute(scope.SAY, [person, proof, ""])
        cursor.execute("SELECT pulih_person(), pulih_role(), pulih_sees_country(), pulih_writes()")
        return cursor.fetchone()


NOBODY = (None, None, False, False)


def test_a_person_is_believed_with_her_own_proof_alone():
    planner, auditor = str(cast.planner().pk), str(cast.auditor().pk)
    assert believed(planner, proof_of(planner)) == (int(planner), "planner", True, True)
    for proof in ("", "1", proof_of(auditor), proof_of(planner)[:-1], f"9{proof_of(planner)}"):
        assert believed(planner, proof) == NOBODY
    assert believed(auditor, proof_of(planner)) == NOBODY
    assert believed("", proof_of(planner)) == NOBODY


@runs(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=examples(60),
)
@given(
    st.integers(-(2**70), 2**70).map(str) | st.text(WITHOUT_NUL),
    st.integers(0, 10**12 - 1),
    st.text(HEX, min_size=64, max_size=64) | st.text(HEX, max_size=70),
)
def test_no_invented_proof_is_believed(person, until, mac):
    assert believed(person, f"{until}.{mac}") == NOBODY


def test_a_proof_ends(settings):
    person = str(cast.planner().pk)
    settings.PROOF_SECONDS = -1
    assert believed(person, proof_of(person)) == NOBODY
    settings.PROOF_SECONDS = 600
    until = int(proof_of(person).split(".")[0])
    assert 590 <= until - time.time() <= 600


def test_the_proof_of_another_installation_is_none(settings):
    person = str(cast.planner().pk)
    settings.PERSON_SECRET = "of another installation"
    assert believed(person, proof_of(person)) == NOBODY


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM people_proofkey",
        "INSERT INTO people_proofkey VALUES ('', '')",
        "UPDATE people_proofkey SET outer_pad = ''",
        "DELETE FROM people_proofkey",
        "TRUNCATE people_proofkey",
    ],
)
def test_who_serves_neither_reads_nor_writes_the_key(statement):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)


def test_no_table_put_in_its_way_is_asked():
    person = str(cast.planner().pk)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE people_proofkey (inner_pad bytea, outer_pad bytea)")
        cursor.execute("INSERT INTO people_proofkey VALUES ('', '')")
        cursor.execute("SELECT encode(sha256(sha256(convert_to(%s, 'UTF8'))), 'hex')",
                       [f"{person}.9999999999"])  # fmt: skip
        forged = cursor.fetchone()[0]
    assert believed(person, f"9999999999.{forged}") == NOBODY


def test_a_stream_that_outlives_its_proof_gets_another(settings, monkeypatch):
    settings.PROOF_SECONDS = 600
    monkeypatch.setattr(scope, "RENEWED_EVERY_SECONDS", -1)
    said = []

    def parts():
        for _part in range(3):
            settings.PROOF_SECONDS += 1
            with connection.cursor() as cursor:
                cursor.execute("SELECT current_setting('pulih.proof')")
                said.append(cursor.fetchone()[0])
            yield Area.objects.count()

    list(scope.streamed(cast.planner(), parts()))
    assert len(set(said)) == 3


@pytest.mark.django_db(transaction=True)
def test_another_secret_replaces_the_key_and_the_same_one_does_not():
    owner_of = ledger.owner_database()
    person = str(cast.planner().pk)
    with connect(owner_of) as owner:
        kept = owner.execute("SELECT * FROM people_proofkey").fetchall()
        keep_proof_key(owner, connections["default"].settings_dict["NAME"])
        assert believed(person, proof_of(person)) == NOBODY
        for _twice in range(2):
            keep_proof_key(owner, ours.PERSON_SECRET)
            assert owner.execute("SELECT * FROM people_proofkey").fetchall() == kept
    assert believed(person, proof_of(person))[0] == int(person)
