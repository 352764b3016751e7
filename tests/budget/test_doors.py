"""Who posts and who takes back each kind of document, by which paper: one table for all."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from pulih.budget import actions
from pulih.budget.actions import Movement
from pulih.budget.models import BudgetLine, Posting
from pulih.budget.reads.documents import blocks_of
from pulih.budget.reads.doors import doors
from pulih.common.errors import Refusal
from pulih.inbox.models import CellProblem
from pulih.people.scope import speaking_for
from pulih.revisions.models import Revision
from tests.budget.test_opening import batch, row
from tests.make import budget as make
from tests.make import ledger
from tests.make import revisions as make_revisions
from tests.people import cast

pytestmark = pytest.mark.django_db
DAY = date(2020, 6, 15)
LETTER = {"effective_on": DAY, "reason": "Menunggu data dukung"}
POSTS = ("kpa", "ppk", "ppspm", "treasurer")


def test_every_kind_of_document_has_one_door():
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind FROM budget_doors()")
        kinds = [kind for (kind,) in cursor.fetchall()]
    assert len(kinds) == len(set(kinds))
    named = {kind for kind, _label in Posting._meta.get_field("document_kind").choices}
    assert set(kinds) - {"imprest"} == named


@pytest.mark.parametrize("post", POSTS)
def test_no_post_of_a_unit_reverses_a_revision_in_force(post):
    first, second = make_revisions.two_lines()
    revision = make_revisions.in_force(
        make_revisions.draft(
            make_revisions.DraftLine(600, first.pk), make_revisions.DraftLine(900, second.pk)
        )
    )
    person = ledger.officer(first, post)
    for by in (person, cast.planner()):
        with speaking_for(by), pytest.raises(Refusal, match="Propose another revision"):
            ledger.reversed_by(revision.posting, by=by, effective_on=date(2020, 7, 1))
    assert BudgetLine.objects.get(pk=first.pk).ceiling == 600


def test_a_revision_is_posted_as_it_was_approved_by_its_letter_and_by_who_may():
    first, second = make_revisions.two_lines()
    asked = (make_revisions.DraftLine(600, first.pk), make_revisions.DraftLine(900, second.pk))
    make_revisions.approved(make_revisions.draft(*asked), number="S-7/WPB.13/2020")
    moved = [Movement(first.pk, "ceiling", -400), Movement(second.pk, "ceiling", 400)]

    def post(by, number="S-7/WPB.13/2020", movements=moved):
        with speaking_for(by):
            return actions.post(
                kind="revision", number=number, unit=first.unit, fiscal_year=2020,
                effective_on=date(2020, 6, 22), movements=movements, by=by,
            )  # fmt: skip

    planner, kpa = cast.planner(), ledger.officer(first, "kpa")
    larger = [Movement(first.pk, "ceiling", -400), Movement(second.pk, "ceiling", 10_000_400)]
    for by, changes in (
        (kpa, {}),  # Another office's approval is not the KPA's to post.
        (planner, {"number": "Memo 1"}),
        (planner, {"movements": larger}),
    ):
        with pytest.raises(Refusal, match="No revision was approved"):
            post(by, **changes)
    assert post(planner).is_new


def test_a_block_and_its_release_name_the_office_and_the_release_its_block():
    line = make.line(ceiling=1_000, blocked=50)
    planner, kpa = cast.planner(), ledger.officer(line, "kpa")
    with speaking_for(kpa), pytest.raises(Refusal, match="not recorded as recorder"):
        actions.block(line, rupiah=400, office="DJA", number="S-1", by=kpa, **LETTER)
    with speaking_for(planner):
        with pytest.raises(Refusal, match=r"kantor|office"):
            actions.block(line, rupiah=400, office=" ", number="S-1", by=planner, **LETTER)
        actions.block(line, rupiah=400, office="DJA", number="S-1", by=planner, **LETTER)
    blocked = ledger.document("S-1")
    back = {"rupiah": 150, "number": "Memo 2", "blocked_by": blocked, **LETTER}
    with speaking_for(kpa):
        for office in ("DJA", "KPA"):
            with pytest.raises(Refusal, match=r"recorder|only a letter of DJA"):
                actions.release(line, office=office, by=kpa, **back)
    with speaking_for(planner):
        with pytest.raises(Refusal, match="only a letter of DJA"):
            actions.release(line, office="KANWIL", by=planner, **back)
        actions.release(line, office="dja", by=planner, **back)
        more = {**back, "rupiah": 251, "number": "S-3"}
        with pytest.raises(Refusal, match="holds Rp400"):
            actions.release(line, office="DJA", by=planner, **more)
        with pytest.raises(Refusal, match="names the block"):
            actions.post(
                kind="release", number="S-4", unit=line.unit, fiscal_year=2020, effective_on=DAY,
                movements=[Movement(line.pk, "block", -1)], by=planner, party="DJA",
            )  # fmt: skip
    assert BudgetLine.objects.get(pk=line.pk).blocked == 300
    assert blocked in blocks_of(line)


def test_what_the_kpa_blocks_the_kpa_releases_and_stars_of_the_dipa_are_the_djas():
    line = make.line(ceiling=1_000, blocked=300)
    kpa = ledger.officer(line, "kpa")
    with speaking_for(kpa):
        actions.block(line, rupiah=100, office="KPA", number="1", by=kpa, **LETTER)
        own = {"blocked_by": ledger.document("1"), "number": "2", "by": kpa, **LETTER}
        actions.release(line, rupiah=100, office="KPA", **own)
        stars = {**own, "blocked_by": blocks_of(line).get(document_kind="dipa"), "number": "3"}
        with pytest.raises(Refusal, match="only a letter of DJA"):
            actions.release(line, rupiah=1, office="KPA", **stars)
    planner = cast.planner()
    with speaking_for(planner):
        actions.release(line, rupiah=300, office="DJA", **{**stars, "by": planner})
    assert BudgetLine.objects.get(pk=line.pk).blocked == 0


@pytest.mark.parametrize("kind", ["pok", "dipa", "correction"])
def test_no_officer_moves_a_ceiling_by_hand(kind):
    line = make.line(ceiling=1_000)
    for post in POSTS:
        by = ledger.officer(line, post)
        with speaking_for(by), pytest.raises(Refusal), transaction.atomic():
            actions.post(
                kind=kind, number="1", unit=line.unit, fiscal_year=2020, effective_on=DAY,
                movements=[Movement(line.pk, "ceiling", 1)], by=by,
            )  # fmt: skip
        with (
            speaking_for(by),
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                "SELECT budget_post(%s,'1',%s,2020,'2020-06-15','',%s,%s,'{ceiling}','{1}')",
                [kind, line.unit_id, 999_999, [line.pk]],
            )
    assert BudgetLine.objects.get(pk=line.pk).ceiling == 1_000


def test_a_pok_with_one_line_higher_drafts_a_revision_and_moves_nothing():
    officer = cast.provincial_officer()
    with speaking_for(officer):
        actions.take_pok(batch(), [row(committed=0, realised=0), row(3, account="522151")],
                         by=officer)  # fmt: skip
        sent = batch()
        higher = [
            row(ceiling=710_000_000, blocked=5, committed=7, realised=7),
            row(3, account="522151", ceiling=690_000_000),
            row(4, account="524111", ceiling=1_000_000, committed=0, realised=0),
        ]
        counts = actions.take_pok(sent, higher, by=officer)
        line = BudgetLine.objects.get(account="521211")
        assert (line.ceiling, line.blocked, line.committed) == (700_000_000, 0, 7)
        assert not BudgetLine.objects.filter(account="524111").exists()
        revision = Revision.objects.get()
        assert (revision.state, revision.kind, revision.declared_total) == (
            "draft",
            "sheet",
            1_000_000,
        )
        moved = revision.movements.order_by("account").values_list("account", "rupiah")
        assert list(moved) == [
            ("521211", 10_000_000), ("522151", -10_000_000), ("524111", 1_000_000),
        ]  # fmt: skip
        told = set(CellProblem.objects.filter(batch=sent).values_list("rule", flat=True))
        assert {"revision_needed", "block_by_letter"} <= told
        assert counts["budget_warnings"] >= 2
        actions.take_pok(batch(), higher, by=officer)  # Sent again, it is that draft's.
        assert Revision.objects.count() == 1
    make_revisions.in_force(revision)
    with speaking_for(officer):
        again = actions.take_pok(batch(), [{**one, "blocked": None} for one in higher], by=officer)
    assert again["budget_postings"] == 0
    assert BudgetLine.objects.get(account="524111").ceiling == 1_000_000
    assert Revision.objects.count() == 1


def test_what_a_pok_opened_is_taken_back_by_its_sender_until_others_stand_beside_it():
    officer = cast.provincial_officer()
    first, second = batch(), batch()
    with speaking_for(officer):
        actions.take_pok(first, [row(committed=0, realised=0)], by=officer)
        actions.withdraw_pok(first, by=officer)
        actions.take_pok(second, [row(ceiling=600_000_000, committed=0, realised=0)], by=officer)
    line = BudgetLine.objects.get()
    assert line.ceiling == 600_000_000
    contract = ledger.contract(line, 10)
    ledger.reversed_by(contract)
    with speaking_for(officer), pytest.raises(Refusal, match="the ministry records"):
        actions.withdraw_pok(second, by=officer)
    planner = cast.planner()
    with speaking_for(planner):
        actions.withdraw_pok(second, by=planner)
    assert BudgetLine.objects.get().ceiling == 0


def test_a_list_needs_the_post_that_its_documents_need():
    line = make.line(ceiling=1_000)
    province = line.province
    sent = batch(kind="treasury", office=province, province=province)
    movements = [Movement(line.pk, "commitment", 5), Movement(line.pk, "realisation", 5)]
    papers = [
        actions.Document("sp2d", number, line.unit, 2020, DAY, movements, party=party)
        for number, party in (("1", "CV Sagu"), ("2", "Sari Melati"))
    ]
    ppk, treasurer = ledger.officer(line, "ppk"), ledger.officer(line, "treasurer")
    treasurer.name = "Sari  melati"
    treasurer.save()
    for listed in (papers, papers[:1]):
        with speaking_for(ppk):
            refused = actions.post_many(listed, by=ppk, batch=sent)
        assert all("treasurer or payment order officer" in one.refusal.en for one in refused)
    with speaking_for(treasurer):
        first, own = actions.post_many(papers, by=treasurer, batch=sent)
        assert first.is_new
        assert "your own name" in own.refusal.en
        with pytest.raises(Refusal, match="your own name"):
            ledger.paid(line, 5, method="UP", by=treasurer, party="sari melati.")
        block = actions.Document(
            "block", "3", line.unit, 2020, DAY, [Movement(line.pk, "block", 1)]
        )
        (by_list,) = actions.post_many([block], by=treasurer, batch=sent)
        assert "not posted from this file" in by_list.refusal.en


def test_pages_and_the_database_ask_the_same_table():
    assert doors()["revision"].takes_back == ()
    assert doors()["commitment"].hands == ("ppk",)
