"""A dump of the whole database and everything that was logged hold no planted number whole."""

import re

import pytest
from django.db import connection

from pulih.config.dumps import run_program
from pulih.people.scope import speaking_for
from pulih.registry import actions as registry_actions
from pulih.registry.models import Enterprise
from tests.make import delivery as make_delivery
from tests.make import inbox as make
from tests.people import cast

HEADS = (*make.HEADS, "No KK", "NPWP", "Keterangan", "Kode Lama", "Alamat")
OWN, CARD, TAX = make.nik(1), "3212010101200009", "012345678901234"
IN_WORDS, OTHER, IN_NAME = "3212154505790077", "3212154505790066", "3212154505790088"
IN_ADDRESS, PINNED, WRONG = "3212154505790044", "3212154505790099", "3212014508790012"

PLANTED = (OWN, CARD, TAX, IN_WORDS, OTHER, IN_NAME, IN_ADDRESS, PINNED, WRONG)


@pytest.mark.django_db(transaction=True)  # pg_dump asks on a connection of its own.
def test_a_dump_and_the_log_hold_no_number_whole(django_db_setup, tmp_path, caplog, capfd):
    officer = cast.regency_officer()
    with speaking_for(officer):
        apply_lists(officer)
    person = make_delivery.applicants(make_delivery.activity(), 1)[0].person
    dump = tmp_path / "dump.sql"
    name = str(connection.settings_dict["NAME"])
    database = {**django_db_setup.owner, "NAME": name}
    run_program("pg_dump", "--inserts", "-f", str(dump), name, database=database)
    text = dump.read_text()
    assert person.name in text
    told = text + caplog.text + "".join(capfd.readouterr())
    runs = {re.sub(r"\D", "", run) for run in re.findall(r"\d(?:[ .'’\-]?\d){14,}", told)}
    known = (*PLANTED, person.nik.whole)
    assert [one for one in known if any(one in run for run in runs)] == []
    assert text.count("~n1:") > len(known)


def apply_lists(officer) -> None:
    """Deliver lists with numbers everywhere, twice, pin another, and open one by its door."""
    asked = {"by": officer, "office": cast.area("Kab. Indramayu"), "heads": HEADS}
    row = (
        *make.firm(nik=OWN),
        CARD,
        TAX,
        f"NIK lama {IN_WORDS}",
        OTHER,
        f"Jl. Melati {IN_ADDRESS}",
    )
    odd = (*make.firm(f"UD Maju {IN_NAME}", nik=f"{WRONG[:4]} {WRONG[4:]}9"), *[""] * 5)
    make.read(row, odd, **asked)
    make.read(row, **{**asked, "as_of": make.AS_OF.replace(month=4, day=30)})
    firm = Enterprise.objects.get(nik=OWN)
    registry_actions.pin(firm, "nik", PINNED, reason="dilihat di KTP", by=officer)
    firm.refresh_from_db()
    assert firm.nik == PINNED
