"""No whole number of a person reaches anybody without a record: planted, walked, looked for.

Every address × every person, the files that pages offer, and at the end every text column of
every table, in the world of the access table with more numbers planted where they do not belong.
"""

import html
import io
import re
import zipfile
from pathlib import Path

import pytest
from django.db import connection

from pulih.audit.models import Event
from pulih.common.identity_numbers import PERSONAL
from pulih.delivery.models import Person
from pulih.inbox.models import SourceRecord
from pulih.people.number_fields import holders
from pulih.people.scope import speaking_as_system, speaking_for
from pulih.registry import actions as registry_actions
from pulih.registry.models import Enterprise
from tests.architecture.world import World
from tests.make import inbox as make_inbox
from tests.make import registry as make_registry
from tests.people import cast

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2] / "pulih"
# What writes down that somebody got a whole number.
RECORDS = {"registry.open_nik", "inbox.open_checked", "privacy.open_nik"}
# Where numbers are kept, encrypted. Nowhere does one stand whole.
KEPT = {
    ("registry_enterprise", "nik"),
    ("registry_enterprise", "npwp"),
    ("registry_enterpriseevent", "nik"),
    ("registry_enterpriseevent", "npwp"),
    ("registry_pin", "value"),
    ("registry_pinevent", "value"),
    ("inbox_sourcerecord", "values"),
    ("budget_appointment", "nik"),
    ("budget_appointmentevent", "nik"),
    ("delivery_person", "nik"),
    ("delivery_personevent", "nik"),
    ("delivery_trainer", "nik"),
    ("delivery_trainerevent", "nik"),
}
# Modules that decrypt many at a time, each for what it computes with; none of them shows one.
READERS = {
    "delivery/reads/facts.py",  # Whether the figures can be a NIK: many at once.
    "market/actions/delivered.py",  # Numbers of certificates.
    "people/file_cipher.py",  # Whole files, as they were delivered.
    "people/number_cipher.py",
    "people/number_fields.py",  # What a row of a model is asked for.
    "people/number_store.py",  # A rotation.
    "people/identity_numbers.py",  # The door with its record.
    "registry/delivered_attributes.py",  # Words in which a number stood, to be cut.
    "registry/actions/pinned.py",  # Values that are no numbers of persons.
    "registry/records.py",  # Linkage.
    "registry/identity_findings.py",  # What is odd about a NIK.
    "registry/overlaps.py",  # Who stands on several lists.
    "workflow/typed_again.py",  # What somebody typed while signed out, given back to them.
    "workflow/sending.py",  # What was answered to a form, by the key that stands in it.
    "treasury/actions/rows.py",  # Texts of payments, as they were delivered.
}
# Modules that compute with whole numbers: compare, check, count. None of them shows one.
RECKON = {
    "common/identity_numbers.py",
    "delivery/actions/applicants.py",
    "delivery/actions/persons.py",
    "delivery/actions/teachers.py",
    "delivery/nik_keys.py",
    "inbox/pieces.py",
    "people/number_cipher.py",
    "privacy/copying.py",
    "registry/actions/checking.py",
    "registry/pairs.py",
    "registry/sources.py",
    "web/masks.py",
}
HEADS = (*make_inbox.HEADS, "No KK", "NPWP", "Keterangan", "Kode Lama")
CARD, TAX = "3212010101200009", "012345678901234"
IN_WORDS, IN_NAME, TOO_LONG = "3212154505790077", "3212154505790088", "3212 0145 0879 00123"
PINNED, AS_HEADING = "3212154505790099", "3212154505790066"
PLANTED = {CARD, TAX, IN_WORDS, IN_NAME, TOO_LONG.replace(" ", ""), PINNED, AS_HEADING}
RUN = re.compile(r"\d(?:[ .,'’\-]?\d){14,}")
ANSWERED = "o"
FILE = re.compile(r'href="([^"]*[?&;]format=(?:xlsx|csv|json)[^"]*)"')


def plant(world: World) -> None:
    """Deliver a list with numbers in wrong places, as a world's file, and pin another number."""
    officer = cast.regency_officer()
    asked = {"by": officer, "office": cast.area("Kab. Indramayu")}
    right = (*make_registry.row(1), CARD, TAX, f"NIK lama {IN_WORDS}", IN_WORDS)
    odd = (*make_inbox.firm(f"UD Maju {IN_NAME}", nik=TOO_LONG), "", "", "", "")
    with speaking_for(officer):
        batch = make_inbox.read(right, odd, heads=(*HEADS[:-1], f"Kode {AS_HEADING}"), **asked)
        assert batch.rows, (batch.state, batch.problem_en)
        world.keys["batch"] = batch.pk
        firm = Enterprise.objects.get(pk=world.keys["enterprise"])
        registry_actions.pin(firm, "nik", PINNED, reason="dilihat di KTP", by=officer)


def numbers() -> set[str]:
    """Return every whole number that the database holds where it may."""
    with speaking_as_system():
        found = {*Enterprise.objects.values_list("nik", flat=True)}
        found |= {*Enterprise.objects.values_list("npwp", flat=True)}
        found |= {*Person.objects.values_list("nik", flat=True)}
        kept = {one.whole for one in found if one}
        for values in SourceRecord.objects.values_list("values", flat=True):
            kept |= {str(values[name]) for name in PERSONAL if values.get(name)}
    return {one for one in kept | PLANTED if len(one) >= 15}


def told(content: bytes) -> str:
    """Return what an answer says: of a workbook all its parts."""
    if content[:2] != b"PK":
        return html.unescape(content.decode(errors="replace"))
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "\n".join(book.read(name).decode(errors="replace") for name in book.namelist())


def leaks(text: str, known: set[str]) -> set[str]:
    runs = {re.sub(r"\D", "", run) for run in RUN.findall(text)}
    return {number for number in known for run in runs if number in run}


def records(person) -> int:
    if person is None:
        return 0
    return Event.objects.filter(person_id=person.pk, verb__in=RECORDS).count()


def stray() -> list[str]:
    """Return the columns that hold a whole number and should not: jobs, problems, notices, all."""
    anywhere = "|".join(sorted(numbers()))
    found = []
    with speaking_as_system(), connection.cursor() as cursor:
        for table, column in columns(cursor):
            query = f'SELECT count(*) FROM "{table}" WHERE "{column}"::text ~ %s'
            cursor.execute(query, [anywhere])
            if cursor.fetchone()[0]:
                found.append(f"{table}.{column}")
    return found


def columns_with(word: str) -> list[str]:
    """Return the columns that hold a word, in whatever row."""
    found = []
    with speaking_as_system(), connection.cursor() as cursor:
        for table, column in columns(cursor):
            cursor.execute(f'SELECT FROM "{table}" WHERE "{column}"::text ~ %s LIMIT 1', [word])
            found += [f"{table}.{column}"] * cursor.rowcount
    return found


def columns(cursor) -> list[tuple[str, str]]:
    cursor.execute(
        "SELECT relname, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid"
        " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND attnum > 0"
        " AND atttypid IN ('text'::regtype, 'varchar'::regtype, 'jsonb'::regtype, 'json'::regtype,"
        " 'text[]'::regtype, 'varchar[]'::regtype)"
        " AND has_column_privilege(pg_class.oid, attnum, 'SELECT') ORDER BY 1, 2"
    )
    return cursor.fetchall()


def test_whole_numbers_are_reckoned_with_in_few_modules():
    asks = re.compile(r"whole_of\(|\b(?:nik|npwp|value)\.whole\b")
    found = {
        str(path.relative_to(ROOT)) for path in ROOT.rglob("*.py") if asks.search(path.read_text())
    }
    assert found - RECKON == set()


def test_no_room_reads_an_upload_past_the_cipher():
    asks = re.compile(r"uploads import .*\bpath_of\b|\buploads\.path_of\(")
    found = [path for path in ROOT.rglob("*.py") if asks.search(path.read_text())]
    assert found == []


def test_few_modules_decrypt_and_each_is_named():
    asks = re.compile(r"\bdecrypt(?:_\w+)?\(")
    found = {
        str(path.relative_to(ROOT)) for path in ROOT.rglob("*.py") if asks.search(path.read_text())
    }
    assert {path for path in found if not path.startswith("config/")} == READERS


def test_every_column_that_keeps_numbers_is_walked_by_a_rotation():
    assert {(one.table, one.column) for one in holders()} == KEPT


def test_nobody_asks_how_a_number_begins():
    asks = re.compile(r"\b(?:nik|npwp)__(?!in\b|isnull\b)\w+")
    found = [
        f"{path.relative_to(ROOT)}: {one}"
        for path in sorted(ROOT.rglob("*.py"))
        if "migrations" not in path.parts
        for one in asks.findall(path.read_text())
    ]
    assert found == [
        "budget/models/appointments.py: nik__regex",
        *["delivery/models/activities.py: nik__regex"] * 2,
        *["delivery/models/persons.py: nik__regex"] * 2,
        "registry/models/enterprises.py: nik__regex",
        "registry/models/enterprises.py: npwp__regex",
    ]
