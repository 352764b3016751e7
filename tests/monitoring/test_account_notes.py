"""The notes of the LRA: how the budget came to be, and what the officer says of it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from pulih.budget.actions import Movement, post
from pulih.budget.models import BudgetLine
from pulih.common.errors import Refusal
from pulih.monitoring import actions
from pulih.monitoring.models import AccountNote
from pulih.monitoring.reads import facts_of
from pulih.monitoring.rules import reports
from pulih.monitoring.rules.document import Table
from pulih.monitoring.rules.facts import Change, Remark, as_json, from_json
from tests.make import budget
from tests.make import monitoring as make
from tests.once import made_once
from tests.people import cast

CHANGES = (
    Change("dipa", "SP DIPA-019", date(2019, 11, 12), 120_000_000),
    Change("revision", "R-1", date(2020, 3, 2), -20_000_000),
)
REMARKS = (Remark("52", "Pelatihan tertunda oleh PSBB."), Remark("other", "Gedung terbakar."))


def notes_of(**values):
    _lra, notes = reports.make("accountability", make.facts(**values)).pages
    return notes


def part(page, title):
    return next(one for one in page.parts if title in one.title)


def test_the_notes_tell_document_by_document_how_the_budget_came_to_be():
    table = part(notes_of(changes=CHANGES), "Perubahan anggaran")
    assert [row.cells for row in table.rows] == [
        ("DIPA", "SP DIPA-019", "12 November 2019", 120_000_000, 120_000_000),
        ("Revisi", "R-1", "2 Maret 2020", -20_000_000, 100_000_000),
    ]  # fmt: skip
    assert not any("Perubahan" in one.title for one in notes_of().parts)


def test_no_fingerprint_of_a_file_stands_on_paper():
    delivered = Change("pok", "POK 2020 ae0812eec355/13", date(2020, 1, 2), 5)
    own = Change(
        "pok", "POK 2020 ae0812eec355/13 a", date(2020, 1, 3), 5
    )  # An office's own number.
    table = part(notes_of(changes=(delivered, own)), "Perubahan anggaran")
    assert [row.cells[1] for row in table.rows] == ["POK 2020", own.number]


def test_what_the_officer_says_stands_below_the_figures_it_is_about():
    page = notes_of(remarks=REMARKS)
    explained = part(page, "Penjelasan atas pos LRA").paragraphs
    assert explained[0].startswith("Belanja Barang: realisasi Rp25.000.000")
    assert explained[1] == "Pelatihan tertunda oleh PSBB."
    assert part(page, "Hal lain").paragraphs == ("Gedung terbakar.",)


def test_nothing_else_to_tell_is_told_and_no_dots_are_left():
    page = notes_of()
    assert part(page, "Hal lain").paragraphs == ("Nihil.",)
    words = [text for one in page.parts if not isinstance(one, Table) for text in one.paragraphs]
    assert not any("...." in text for text in words)
    assert "kerangka" not in page.title


def test_the_parts_of_the_notes_are_lettered_without_a_gap():
    for values in ({}, {"changes": CHANGES, "remarks": REMARKS}):
        letters = [one.title[0] for one in notes_of(**values).parts]
        assert letters == [chr(ord("A") + place) for place in range(len(letters))]


def test_paragraphs_of_the_officer_stay_paragraphs():
    page = notes_of(remarks=(Remark("other", "Satu.\r\n\r\nDua.\n"),))
    assert part(page, "Hal lain").paragraphs == ("Satu.", "Dua.")


def test_stored_facts_come_back_and_those_of_before_keep_their_fingerprint():
    facts = make.facts(changes=CHANGES, remarks=REMARKS)
    assert from_json(as_json(facts)) == facts
    assert not {"changes", "remarks"} & as_json(make.facts()).keys()


@made_once
def unit(db):
    return make.ready()


def revise(unit, rupiah=-1_000_000, number="R-1", on=date(2020, 3, 2)):
    line = BudgetLine.objects.get(unit=unit)
    post(
        kind="revision", number=number, unit=unit, fiscal_year=2020, effective_on=on,
        movements=[Movement(line.pk, "ceiling", rupiah)], by=budget.system(),
    )  # fmt: skip


def test_the_ledger_tells_the_changes_and_their_sum_is_the_budget(unit):
    revise(unit)
    revise(unit, 500, "R-2", date(2020, 4, 1))  # After the quarter.
    facts = facts_of(unit, 2020, 1)
    assert [(one.kind, one.rupiah) for one in facts.changes][-1] == ("revision", -1_000_000)
    assert sum(one.rupiah for one in facts.changes) == sum(line.ceiling for line in facts.lines)


def test_a_filing_proves_its_changes_by_the_ledger(unit):
    revise(unit)
    filing = actions.file(
        unit, 2020, 1, "accountability", by=cast.provincial_officer(), now=make.IN_TIME
    )
    revise(unit, -7, "R-0", date(2020, 2, 1))  # Known later: the mark leaves it out.
    assert actions.still_reproduces(filing) == []
    filing.facts[0]["changes"][-1]["number"] = "R-9"
    assert "money" in actions.still_reproduces(filing)


def save(unit, quarter=1, by=None, **notes):
    by = by or cast.provincial_officer()
    return actions.save_account_notes(unit, 2020, quarter, notes=notes, by=by)


def test_notes_are_kept_once_changed_in_place_and_taken_away_by_a_blank(unit):
    save(unit, other="Satu")
    save(unit, other=" Dua ", **{"52": "Tiga"})
    assert facts_of(unit, 2020, 1).remarks == (Remark("52", "Tiga"), Remark("other", "Dua"))
    save(unit, other="")
    assert AccountNote.objects.get().about == "52"


def test_a_note_about_what_is_no_spending_type_is_refused(unit):
    with pytest.raises(Refusal):
        save(unit, **{"61": "Apa ini"})
    for stranger in (cast.auditor(), cast.provincial_officer("Bali")):
        with pytest.raises(PermissionDenied):
            save(unit, other="x", by=stranger)
    assert not AccountNote.objects.exists()


def visitor(person=None) -> Client:
    client = Client()
    client.force_login(person or cast.provincial_officer())
    return client


def address(name, unit, quarter, *more):
    return reverse(f"monitoring:{name}", args=[unit.pk, 2020, quarter, *more])


def test_the_officer_types_the_notes_below_the_report_that_prints_them(unit):
    officer, report = visitor(), address("report", unit, 1, "accountability")
    shown = officer.get(report).content.decode()
    assert 'name="about_52"' in shown
    assert 'name="about_51"' not in shown
    assert 'name="about_52"' not in officer.get(address("report", unit, 1, "C")).content.decode()
    typed = {"about_52": "Pelatihan tertunda.", "about_other": ""}
    answer = officer.post(address("save-account-notes", unit, 1), typed)
    assert (answer.status_code, answer.url) == (303, report)
    assert officer.get(report).content.decode().count("Pelatihan tertunda.") == 2
    late = officer.get(address("report", unit, 2, "accountability")).content.decode()
    assert late.count("Pelatihan tertunda.") == 1  # Offered, and not in the report yet.
    auditor = visitor(cast.auditor())
    assert 'name="about_52"' not in auditor.get(report).content.decode()
    assert auditor.post(address("save-account-notes", unit, 1), typed).status_code == 403


def test_a_note_that_is_too_long_is_refused_and_stays_to_be_shortened(unit):
    typed = {"about_52": "panjang " * 300, "about_other": ""}
    answer = visitor().post(address("save-account-notes", unit, 1), typed)
    assert answer.status_code == 200
    assert "panjang panjang" in answer.content.decode()
    assert not AccountNote.objects.exists()
