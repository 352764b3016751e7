"""Drafts: numbers given once, two people at one draft, and nothing submitted is edited."""

import io
import zipfile

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction

from pulih.common.errors import Refusal
from pulih.people.scope import speaking_for
from pulih.proposals.actions import attaching, drafts, rounds
from pulih.proposals.actions.clashes import Clash
from pulih.proposals.models import CostRow, Place, Proposal, Round
from pulih.proposals.reads import basis_of, plan_of
from pulih.proposals.rules.plans import assess
from tests.make import areas
from tests.make import impact as make_impact
from tests.make import proposals as make
from tests.people import cast

pytestmark = pytest.mark.django_db


def test_a_complete_draft_may_be_sent_and_its_number_is_given_once():
    proposal = make.complete()
    assert proposal.number == "32-2020-001"
    assert assess(plan_of(proposal), basis_of(proposal)).may_be_sent
    assert make.draft().number == "32-2020-002"
    bali = cast.provincial_officer("Bali")
    assert make.draft(by=bali, province=areas.province("Bali")).number == "51-2020-001"


@pytest.mark.parametrize(
    "person", [cast.planner, cast.auditor, cast.regency_officer, cast.administrator]
)
def test_only_the_provinces_office_writes(person):
    proposal = make.draft()
    with pytest.raises(PermissionDenied):
        drafts.save_sections(proposal, {"title": "X"}, seen=2, by=person())
    with pytest.raises(PermissionDenied):
        drafts.add_part(proposal, CostRow, make.row_values(), by=cast.provincial_officer("Bali"))


def test_a_round_takes_its_measures_only():
    of = make.round_(measures=["ppe_training"])
    with pytest.raises(Refusal, match="does not take"):
        make.draft(round_of=of)


def test_a_round_is_opened_by_planners_with_lawful_days():
    values = {"title": "Satu", "fiscal_year": 2020, "measures": [], "note": ""}
    june, july = make.DAYS
    with pytest.raises(PermissionDenied):
        rounds.save(Round(), opens_on=june, closes_on=july, by=cast.provincial_officer(), **values)
    planner = cast.planner()
    kept = rounds.save(Round(), opens_on=june, closes_on=july, by=planner, **values)
    with pytest.raises(Refusal, match="before it opens"):
        rounds.save(kept, opens_on=july, closes_on=june, by=planner, **values)
    with pytest.raises(Refusal, match="is there already"):
        rounds.save(Round(), opens_on=june, closes_on=july, by=planner, **values)
    make.draft(round_of=kept)
    with pytest.raises(Refusal, match="holds proposals of 2020"):
        rounds.save(
            kept, opens_on=june, closes_on=july, by=planner, **{**values, "fiscal_year": 2021}
        )


def test_two_browsers_at_one_row_see_both_versions():
    proposal = make.draft()
    row, by = make.row(proposal), cast.provincial_officer()
    first = make.row_values(unit_cost=800_000)
    second = make.row_values(unit_cost=700_000)
    drafts.save_part(proposal, CostRow, row.pk, first, seen=1, by=by)
    with pytest.raises(Clash) as clash:
        drafts.save_part(proposal, CostRow, row.pk, second, seen=1, by=by)
    shown = {one.field: (one.theirs, one.mine) for one in clash.value.differing}
    assert shown["unit_cost"] == (800_000, 700_000)
    with pytest.raises(Clash):
        drafts.delete_part(proposal, CostRow, row.pk, seen=1, by=by)
    row.refresh_from_db()
    assert (row.unit_cost, row.rupiah) == (800_000, 32 * 800_000)
    drafts.save_part(proposal, CostRow, row.pk, second, seen=clash.value.now, by=by)
    drafts.save_part(proposal, CostRow, row.pk, second, seen=1, by=by)  # Says nothing new.
    with speaking_for(by):
        drafts.delete_part(proposal, CostRow, row.pk, seen=3, by=by)
    drafts.delete_part(proposal, CostRow, row.pk, seen=1, by=by)  # Both wanted it gone.
    with pytest.raises(Clash) as gone:
        drafts.save_part(proposal, CostRow, row.pk, second, seen=3, by=by)
    assert gone.value.is_gone
    assert by.name in gone.value.message.en


def test_sections_changed_meanwhile_are_shown_and_others_are_not():
    proposal, by = make.draft(), cast.provincial_officer()
    drafts.save_sections(proposal, {"method": "Daring"}, seen=2, by=by)
    with pytest.raises(Clash) as clash:
        drafts.save_sections(proposal, {"method": "Luring", "title": "Lain"}, seen=2, by=by)
    assert {one.field for one in clash.value.differing} == {"method", "title"}
    assert drafts.save_sections(proposal, {"method": "Daring"}, seen=2, by=by).version == 3


def test_a_sheet_replaces_only_rows_that_were_seen():
    proposal, by = make.draft(), cast.provincial_officer()
    first, second = make.row(proposal), make.row(proposal, "Materi", "521211", "2 paket", 10)
    values = make.row_values()
    with pytest.raises(Clash):
        drafts.replace_rows(proposal, [values], seen={first.pk: 1}, by=by)
    drafts.replace_rows(proposal, [values, values], seen={first.pk: 1, second.pk: 1}, by=by)
    assert [row.position for row in proposal.rows.all()] == [1, 2]
    assert sum(row.rupiah for row in proposal.rows.all()) == 2 * 28_800_000


def test_rows_are_numbered_as_they_stand_after_one_is_deleted():
    proposal, by = make.draft(), cast.provincial_officer()
    first, *_rest = [make.row(proposal) for _row in range(3)]
    drafts.delete_part(proposal, CostRow, first.pk, seen=1, by=by)
    assert [row.position for row in proposal.rows.all()] == [1, 2]
    drafts.add_part(proposal, CostRow, make.row_values(), by=by)
    assert [row.position for row in proposal.rows.all()] == [1, 2, 3]


def test_what_has_been_sent_is_edited_by_nobody():
    proposal = make.sent()
    row = proposal.rows.get()
    with pytest.raises(Refusal, match="has been sent"):
        drafts.save_sections(proposal, {"title": "X"}, seen=2, by=cast.provincial_officer())
    for change in (
        lambda: Proposal.objects.filter(pk=proposal.pk).update(title="X"),
        lambda: Proposal.objects.filter(pk=proposal.pk)._raw_delete("default"),
        lambda: CostRow.objects.filter(pk=row.pk).update(text="X"),
        lambda: CostRow.objects.filter(pk=row.pk).delete(),
        lambda: Place.objects.filter(proposal=proposal).update(people=1),
    ):
        with pytest.raises(IntegrityError, match="proposals_frozen"), transaction.atomic():
            change()
    with pytest.raises(IntegrityError, match="only a step"), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(state="draft")


@pytest.mark.parametrize(
    "change", [{"rupiah": 1}, {"counts": [0], "rupiah": 0}, {"units": []}, {"prices": [0]}]
)
def test_a_row_that_is_not_its_product_is_refused_by_postgresql(change):
    row = make.row(make.draft())
    with pytest.raises(IntegrityError), transaction.atomic():
        CostRow.objects.filter(pk=row.pk).update(**change)


def test_a_quota_above_the_affected_firms_known_there_says_how_many():
    proposal = make.complete()
    assert assess(plan_of(proposal), basis_of(proposal)).may_be_sent
    make_impact.report(make_impact.enterprise())
    found = assess(plan_of(proposal), basis_of(proposal)).stopping
    assert [one.key for one in found] == ["above_affected"]
    assert "the 1 affected" in found[0].message.en


def test_a_quota_of_laid_off_workers_is_held_against_those_reported_and_not_where_one_is_silent():
    proposal = make.complete(profiles=["laid_off"])
    make_impact.report(make_impact.enterprise(), laid_off=3, furloughed=0)
    assert "the 3 workers hit known there" in above_affected(proposal)[0].message.en
    silent = make_impact.enterprise(name="CV Belum Menjawab")
    make_impact.report(silent, laid_off=None, furloughed=None, workers=None)
    assert not above_affected(proposal)


def above_affected(proposal):
    findings = assess(plan_of(proposal), basis_of(proposal)).findings
    return [one for one in findings if one.key == "above_affected"]


def test_another_province_does_not_see_a_draft_past_the_wall():
    make.complete()
    with speaking_for(cast.provincial_officer("Bali")):
        for table in ("proposal", "costrow", "place"):
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT count(*) FROM proposals_{table}")
                assert cursor.fetchone()[0] == 0, table
    with speaking_for(cast.auditor()):
        assert Proposal.objects.count() == 1
    assert not Proposal.objects.visible_to(cast.regency_officer()).exists()


def packed(*names):
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return memory.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"MZ\x90", "is no PDF"),
        (packed("xl/workbook.xml", "xl/vbaProject.bin"), "holds a macro"),
        (packed("virus.exe"), "is an archive"),
        (b"PK\x03\x04broken", "is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "_VBA_PROJECT".encode("utf-16-le"), "a macro"),
    ],
)
def test_a_file_that_may_not_be_attached_gets_one_sentence(content, sentence):
    file = SimpleUploadedFile("survei.pdf", content)
    with pytest.raises(Refusal, match=sentence):
        attaching.attach(make.draft(), file, by=cast.provincial_officer())


def test_a_file_is_kept_under_its_hash_and_once(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    proposal, by = make.draft(), cast.provincial_officer()
    kept = attaching.attach(proposal, SimpleUploadedFile("../a.pdf", b"%PDF-1.7"), by=by)
    assert (kept.name, kept.content_type) == ("a.pdf", "application/pdf")
    with pytest.raises(Refusal, match="is attached already"):
        attaching.attach(proposal, SimpleUploadedFile("b.pdf", b"%PDF-1.7"), by=by)
    large = SimpleUploadedFile("c.pdf", b"%PDF-")
    large.size = 300 * 2**20
    with pytest.raises(Refusal, match="300 MB"):
        attaching.attach(proposal, large, by=by)
