"""Revisions from draft to in force: once, whole, by the right people, on today's balances."""

import threading
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connections, transaction
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.budget import actions
from pulih.budget.models import BudgetLine, CashPlan, LineDetail, Posting
from pulih.budget.rules.keys import Funding
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.scope import speaking_for
from pulih.revisions import actions as revision_actions
from pulih.revisions.actions import DraftLine
from pulih.revisions.assessing import assess
from pulih.revisions.models import Revision, RevisionStep
from tests.examples import examples
from tests.make import budget as make_budget
from tests.make import revisions as make
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
JUNE_22 = date(2020, 6, 22)
NEW_KEY = "3038.001.051.A.521241"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@made_once
def lines():
    return make.two_lines()


def ceilings():
    return dict(BudgetLine.objects.order_by("line_key").values_list("line_key", "ceiling"))


def test_a_draft_moves_no_money_and_its_total_is_declared(lines):
    one, other = lines
    revision = make.draft(
        DraftLine(700, one.pk), DraftLine(500, other.pk), DraftLine(300, key=NEW_KEY)
    )
    assert revision.declared_total == 0
    assert {(m.line_key[-6:], m.rupiah) for m in revision.movements.all()} == {
        ("521211", -300),
        ("521241", 300),
    }
    assert sum(ceilings().values()) == 1_500
    with pytest.raises(Refusal, match="declared"):
        make.draft(DraftLine(700, one.pk), declared_total=0)


def test_the_same_form_sent_twice_is_one_draft(lines):
    drafts = {make.draft(DraftLine(700, lines[0].pk), token="abc").pk for _ in range(2)}
    assert len(drafts) == 1


def test_in_force_opens_lines_and_posts_once(lines):
    one, other = lines
    revision = make.approved(make.draft(DraftLine(700, one.pk), DraftLine(300, key=NEW_KEY)))
    asked = {"effective_on": JUNE_22, "by": cast.planner()}
    first = revision_actions.put_in_force(revision, **asked)
    again = revision_actions.put_in_force(revision, **asked)
    assert (first.is_new, again.is_new) == (True, False)
    assert first.posting_id == again.posting_id
    assert ceilings() == {one.line_key: 700, NEW_KEY: 300, other.line_key: 500}
    revision.refresh_from_db()
    assert (revision.state, revision.number) == ("in_force", 1)
    assert Posting.objects.filter(document_kind="revision").count() == 1
    assert BudgetLine.objects.get(line_key=NEW_KEY).authority == "DK"


def test_each_step_is_kept_with_who_and_by_which_letter(lines):
    revision = make.in_force(make.draft(DraftLine(700, lines[0].pk), DraftLine(800, lines[1].pk)))
    steps = list(revision.steps.order_by("id"))
    assert [step.state for step in steps] == ["draft", "proposed", "approved", "in_force"]
    assert [step.by.role for step in steps] == ["provincial_officer"] * 2 + ["planner"] * 2
    assert steps[2].letter_number == steps[3].letter_number
    with pytest.raises(DatabaseError), transaction.atomic():
        RevisionStep.objects.filter(pk=steps[0].pk).update(note="lain")


def test_a_later_revision_supersedes_the_earlier(lines):
    one, other = lines
    first = make.in_force(make.draft(DraftLine(900, one.pk), DraftLine(600, other.pk)))
    second = make.in_force(make.draft(DraftLine(800, one.pk), DraftLine(700, other.pk)))
    first.refresh_from_db()
    assert (first.state, second.state, second.number) == ("superseded", "in_force", 2)
    assert first.steps.latest("id").note


def test_the_pok_and_the_dipa_count_their_revisions_apart(lines):
    one, other = lines
    made = []
    for office, after in (("KPA", 900), ("DJA", 880), ("KPA", 860)):
        asked = DraftLine(after, one.pk), DraftLine(1_500 - after, other.pk)
        revision = make.approved(make.draft(*asked), office)
        revision_actions.put_in_force(revision, effective_on=JUNE_22, by=cast.planner())
        revision.refresh_from_db()
        made.append((revision.document, revision.number))
    assert made == [("POK", 1), ("DIPA", 1), ("POK", 2)]


def test_a_stale_draft_is_refused_by_the_name_of_its_line(lines):
    one, other = lines
    stale = make.draft(DraftLine(900, one.pk), DraftLine(600, other.pk))
    ready = make.approved(make.draft(DraftLine(950, one.pk), DraftLine(550, other.pk)))
    make.in_force(make.draft(DraftLine(800, one.pk), DraftLine(700, other.pk)))
    for step in (
        lambda: revision_actions.propose(stale, by=cast.provincial_officer()),
        lambda: revision_actions.put_in_force(ready, effective_on=JUNE_22, by=cast.planner()),
    ):
        with pytest.raises(Refusal, match=one.line_key):
            step()
    ready.refresh_from_db()
    assert ready.state == "approved"
    assert ceilings()[one.line_key] == 800


def test_money_that_is_held_is_named_and_not_proposed(lines):
    revision = make.draft(DraftLine(250, lines[0].pk), DraftLine(1_250, lines[1].pk))
    with pytest.raises(Refusal, match=r"Rp100 is blocked"):
        revision_actions.propose(revision, by=cast.provincial_officer())


def test_who_proposes_does_not_approve(lines):
    revision = make.draft(
        DraftLine(900, lines[0].pk), DraftLine(600, lines[1].pk), by=cast.planner()
    )
    revision_actions.propose(revision, by=cast.planner())
    decision = {"office": "DJA", "letter_number": "S-1", "letter_date": JUNE_22}
    with pytest.raises(Refusal, match="somebody else"):
        revision_actions.approve(revision, by=cast.planner(), **decision)
    with pytest.raises(PermissionDenied):
        revision_actions.approve(revision, by=cast.provincial_officer(), **decision)
    revision_actions.approve(revision, by=make.another_planner(), **decision)
    revision.refresh_from_db()
    assert revision.state == "approved"


def test_an_office_below_the_one_required_does_not_decide(lines):
    revision = make.draft(DraftLine(900, lines[0].pk), DraftLine(100, key="3039.002.051.A.521211"))
    revision_actions.propose(revision, by=cast.provincial_officer())
    revision.refresh_from_db()
    assert revision.authority == "DJA"
    with pytest.raises(Refusal, match="KANWIL may not"):
        revision_actions.approve(
            revision, office="KANWIL", letter_number="S-1", letter_date=JUNE_22, by=cast.planner()
        )


def test_a_returned_revision_is_changed_and_proposed_again(lines):
    one, other = lines
    officer = cast.provincial_officer()
    revision = make.draft(DraftLine(900, one.pk), DraftLine(600, other.pk))
    revision_actions.propose(revision, by=officer)
    with pytest.raises(Refusal, match="why"):
        revision_actions.return_(revision, reason=" ", by=cast.planner())
    revision_actions.return_(revision, reason="Rincian belum ada", by=cast.planner())
    changed = revision_actions.redraft(
        revision,
        [DraftLine(850, one.pk), DraftLine(650, other.pk)],
        by=officer,
        title="",
        declared_total=0,
    )
    assert changed.title == revision.title
    revision_actions.propose(changed, by=officer)
    assert changed.steps.count() == 5


def test_a_withdrawn_revision_stays_readable_and_one_in_force_is_not_withdrawn(lines):
    officer = cast.provincial_officer()
    revision = make.draft(DraftLine(900, lines[0].pk), DraftLine(600, lines[1].pk))
    revision_actions.withdraw(revision, reason="Batal", by=officer)
    assert revision_actions.withdraw(revision, reason=" Batal ", by=officer).state == "withdrawn"
    with pytest.raises(Refusal, match="“Batal”"):
        revision_actions.withdraw(revision, reason="Salah satker", by=officer)
    assert revision.steps.get(state="withdrawn").note == "Batal"
    done = make.in_force(make.draft(DraftLine(900, lines[0].pk), DraftLine(600, lines[1].pk)))
    with pytest.raises(Refusal, match="undoes"):
        revision_actions.withdraw(done, reason="Batal", by=officer)


def test_a_stranger_drafts_nothing(lines):
    for stranger in (cast.provincial_officer("Bali"), cast.auditor(), cast.administrator()):
        with pytest.raises(PermissionDenied):
            make.draft(DraftLine(900, lines[0].pk), DraftLine(600, lines[1].pk), by=stranger)


def test_the_database_too_wants_a_posting_for_what_is_in_force(lines):
    revision = make.draft(DraftLine(900, lines[0].pk), DraftLine(600, lines[1].pk))
    Revision.objects.filter(pk=revision.pk).update(state="proposed")
    Revision.objects.filter(pk=revision.pk).update(state="approved")
    with pytest.raises(DatabaseError, match="in_force_is_posted"), transaction.atomic():
        Revision.objects.filter(pk=revision.pk).update(state="in_force")


def test_rows_of_a_moved_line_add_up_and_follow_it_into_force(lines):
    one, other = lines
    revision = make.draft(DraftLine(900, one.pk), DraftLine(600, other.pk))
    movement = revision.movements.get(line=other)
    row = {"text": "Narasumber", "volume": "2", "unit": "OJ", "unit_cost": 300, "rupiah": 600}
    officer = cast.provincial_officer()
    with pytest.raises(Refusal, match="off by"):
        revision_actions.say_details(movement, [row | {"rupiah": 500}], by=officer)
    revision_actions.say_details(movement, [row], by=officer)
    make.in_force(revision)
    kept = LineDetail.objects.get(line=other)
    assert (kept.text, kept.volume, kept.rupiah) == ("Narasumber", 2, 600)


def test_a_stated_plan_of_page_three_follows_a_revision(lines):
    one, _other = lines
    months = {"52": dict.fromkeys(range(1, 13), 125)}
    actions.set_cash_plan(one.unit, 2020, months, by=cast.provincial_officer())
    make.in_force(make.draft(DraftLine(900, one.pk)))
    plan = CashPlan.objects.filter(unit=one.unit)
    assert sum(row.rupiah for row in plan) == 1_400
    assert {row.rupiah for row in plan.filter(month__lt=6)} == {125}
    with pytest.raises(Refusal, match="Lay the difference"):
        actions.set_cash_plan(one.unit, 2020, months, by=cast.provincial_officer())


def test_remapping_moves_what_is_free_and_leaves_what_is_paid(lines):
    unit = lines[0].unit
    officer = cast.provincial_officer()
    on = date(2020, 5, 4)
    with pytest.raises(Refusal, match="521241 / 521131"):
        revision_actions.remap(unit, 2020, on=on, by=officer)
    chosen = {lines[0].pk: "521241", lines[1].pk: "522192"}
    revision = revision_actions.remap(unit, 2020, on=on, by=officer, chosen=chosen)
    assert revision.declared_total == 0
    make.in_force(revision)
    assert ceilings() == {
        lines[0].line_key: 300,
        NEW_KEY: 700,
        lines[1].line_key: 0,
        "3038.001.051.A.522192": 500,
    }
    paid = BudgetLine.objects.get(pk=lines[0].pk)
    assert (paid.realised, paid.committed, paid.blocked) == (150, 200, 100)
    with pytest.raises(Refusal, match="No line"):
        revision_actions.remap(unit, 2020, on=date(2020, 3, 1), by=officer)


amounts = st.lists(st.integers(0, 5 * 10**10), min_size=2, max_size=5)  # A unit can hold so much.


@settings(max_examples=examples(12), deadline=None, suppress_health_check=list(HealthCheck))
@given(amounts, amounts)
def test_a_revision_in_force_changes_the_sum_by_exactly_what_was_declared(before, after):
    unit = make_budget.unit()
    with transaction.atomic():
        lines = [
            make_budget.line(unit, key=f"3038.001.05{n}.A.521219", ceiling=rupiah)
            for n, rupiah in enumerate(before)
        ]
        asked = [DraftLine(rupiah, line.pk) for rupiah, line in zip(after, lines, strict=False)]
        if any(one.after != line.ceiling for one, line in zip(asked, lines, strict=False)):
            revision = make.in_force(make.draft(*asked, judged_on=date(2020, 6, 15)))
            assert sum(ceilings().values()) == sum(before) + revision.declared_total
            assert actions.check_balances() == []
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_putting_in_force_at_the_same_moment_is_one_posting():
    lines = make.two_lines()
    revision = make.approved(make.draft(DraftLine(700, lines[0].pk), DraftLine(300, key=NEW_KEY)))
    planner = cast.planner()
    start = threading.Barrier(4)
    posted: list[actions.Posted] = []

    def click() -> None:
        try:
            person = User.objects.get(pk=planner.pk)
            with speaking_for(person):
                found = Revision.objects.get(pk=revision.pk)
                start.wait(60)
                force = revision_actions.put_in_force
                posted.append(force(found, effective_on=JUNE_22, by=person))
        finally:
            connections.close_all()

    clicks = [threading.Thread(target=click) for _ in range(4)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert len({one.posting_id for one in posted}) == 1
    assert sum(one.is_new for one in posted) == 1
    assert sum(ceilings().values()) == 1_500
    assert BudgetLine.objects.filter(line_key=NEW_KEY).count() == 1


def test_what_is_in_force_is_judged_as_it_was_and_touches_nothing_more(lines):
    revision = make.draft(DraftLine(700, lines[0].pk), DraftLine(300, key="3039.002.051.A.521211"))
    before = assess(revision).judged.whole
    done = make.in_force(revision)
    after = assess(done)
    assert after.judged.whole == before
    assert (after.touched, after.stale) == ((), ())


def test_what_was_approved_by_other_rules_is_judged_anew_on_the_day_of_effect():
    capital = make_budget.line(key="3038.001.051.A.532111", ceiling=1_000)
    asked = DraftLine(700, capital.pk), DraftLine(300, key=NEW_KEY)
    revision = make.draft(*asked, judged_on=date(2020, 5, 4))
    letter = {"letter_number": "S-1", "letter_date": date(2020, 4, 20), "by": cast.planner()}
    revision_actions.propose(revision, by=cast.provincial_officer())
    revision_actions.approve(revision, office="KANWIL", **letter)
    with pytest.raises(Refusal, match=r"On 24 Apr 2020 \(PMK 210/PMK.02/2019\) DJA approves"):
        revision_actions.put_in_force(revision, effective_on=date(2020, 4, 24), by=cast.planner())
    revision.refresh_from_db()
    assert (revision.state, ceilings()[capital.line_key]) == ("approved", 1_000)
    revision_actions.put_in_force(revision, effective_on=date(2020, 4, 27), by=cast.planner())
    assert ceilings()[NEW_KEY] == 300


def test_a_letter_later_than_the_planned_day_is_judged_by_its_own_day():
    capital = make_budget.line(key="3038.001.051.A.532111", ceiling=1_000)
    asked = DraftLine(700, capital.pk), DraftLine(300, key="3038.001.051.A.521119")
    revision = make.draft(*asked, judged_on=date(2020, 4, 27))
    revision_actions.propose(revision, by=cast.provincial_officer())
    decision = {"letter_number": "S-1", "letter_date": date(2020, 9, 3), "by": cast.planner()}
    revision_actions.approve(revision, office="KANWIL", **decision)
    revision.refresh_from_db()
    assert revision.state == "approved"


def test_lines_of_one_key_and_two_funds_are_moved_each_by_itself():
    loan = make_budget.line(ceiling=1_000, fund_source="PLN")
    pure = make_budget.line(ceiling=500, fund_source="RM")
    revision = make.draft(DraftLine(900, loan.pk), DraftLine(600, pure.pk), volume="kept")
    assert assess(revision).judged.whole.rule.source == "REV-07"
    make.in_force(revision)
    pure.refresh_from_db()
    loan.refresh_from_db()
    assert (loan.ceiling, pure.ceiling) == (900, 600)
    with pytest.raises(Refusal, match="say its fund source, PLN or RM"):
        make.draft(DraftLine(800, loan.pk), DraftLine(100, key="3038.001.051.A.522151"))
    said = DraftLine(100, key="3038.001.051.A.522151", funding=Funding("RM", "", ""))
    moved = make.draft(DraftLine(800, loan.pk), said, declared_total=0, volume="kept")
    make.in_force(moved, on=date(2020, 6, 23))
    assert BudgetLine.objects.get(account="522151").funding == ("RM", "", "DK")


def test_rules_of_another_years_day_do_not_judge_a_draft(lines):
    asked = DraftLine(900, lines[0].pk), DraftLine(600, lines[1].pk)
    with pytest.raises(Refusal, match="not open on 1 Jan 2031"):
        make.draft(*asked, judged_on=date(2031, 1, 1))
    revision = make.draft(*asked)
    with pytest.raises(Refusal, match="not open on 1 Jan 2031"):
        revision_actions.redraft(
            revision, asked, by=cast.provincial_officer(), title="x", declared_total=0,
            judged_on=date(2031, 1, 1),
        )  # fmt: skip


def test_what_accounts_are_given_is_said_and_stops_nothing(lines):
    given = [f"3038.001.051.A.{account}" for account in ("521241", "521999", "532111")]
    asked = [
        DraftLine(900, lines[0].pk),
        *(DraftLine(20 + n, key=key) for n, key in enumerate(given)),
    ]
    revision = make.draft(*asked)
    said = {(one.line_key, one.kind) for one in assess(revision).touched if not one.forbids}
    assert said == {
        (given[0], "which_account"),
        (given[1], "unknown_account"),
        (given[2], "non_physical"),
    }
    revision_actions.propose(revision, by=cast.provincial_officer())


def test_a_revision_is_not_in_force_before_the_letter_nor_on_two_days(lines):
    revision = make.approved(make.draft(DraftLine(900, lines[0].pk), DraftLine(600, lines[1].pk)))
    with pytest.raises(Refusal, match="dated 20 Jun 2020"):
        revision_actions.put_in_force(revision, effective_on=date(2020, 6, 19), by=cast.planner())
    revision_actions.put_in_force(revision, effective_on=JUNE_22, by=cast.planner())
    with pytest.raises(Refusal, match="in force since 22 Jun 2020"):
        revision_actions.put_in_force(revision, effective_on=date(2020, 6, 23), by=cast.planner())
