"""A list of the treasury beside the ledger: what differs is listed, nothing is overwritten."""

from datetime import date

import pytest

from pulih.budget.actions import check_balances
from pulih.budget.models import Posting
from pulih.common.errors import Refusal
from pulih.inbox.models import CellProblem, ImportBatch, State
from pulih.people.scope import speaking_as_system
from pulih.treasury import actions as reconciling
from pulih.treasury.models import Difference, DifferenceState
from tests.make import ledger
from tests.make import treasury as lists

from .delivered import K, contracted, deliver, kinds, made, paid

pytestmark = pytest.mark.django_db


def test_a_new_document_is_missing_here_and_posted_once_by_decision(officer, line):
    batch = deliver(paid(), by=officer)
    assert batch.state == State.DONE, batch.problem_en
    assert batch.effects["treasury_new"] == 1
    difference = Difference.objects.get()
    assert (difference.kind, difference.theirs, difference.can_post) == (
        "missing_here",
        10**7,
        True,
    )
    assert not Posting.objects.filter(document_kind="sp2d").exists()
    reconciling.post_difference(difference, by=officer)
    difference.refresh_from_db()
    posting = difference.posting
    assert (posting.document_kind, posting.party, posting.method) == ("sp2d", "CV Contoh", "LS")
    assert posting.batch == batch
    line.refresh_from_db()
    assert (line.committed, line.realised) == (10**7, 10**7)
    again = deliver(paid(), by=officer)
    assert again.effects["treasury_new"] == 0
    assert again.effects["treasury_agreeing"] == 1
    assert check_balances() == []


def test_a_document_dated_after_the_list_itself_is_not_posted(officer, line):
    batch = deliver(paid(day="12/05/2020"), by=officer, as_of=date(2020, 5, 11))
    difference = Difference.objects.get(last_seen__batch=batch)
    assert (difference.kind, difference.can_post) == ("missing_here", False)
    assert "11 May 2020" in difference.why_en


def test_the_same_list_again_finds_nothing_new(officer, line):
    deliver(paid(), paid("200231301000102"), by=officer)
    again = deliver(paid("200231301000102"), paid(), by=officer)
    assert (again.effects["treasury_found"], again.effects["treasury_new"]) == (2, 0)
    assert Difference.objects.count() == 2


def test_a_list_settles_what_it_states_and_nothing_else(officer, line):
    known = deliver(paid("1"), paid("2"), by=officer)
    assert reconciling.post_missing(known, by=officer).posted == 2
    rows = [paid(str(at)) for at in range(3, 10)]
    deliver(*rows, paid("1", gross=9_000_000), by=officer)  # Lacks 2, and says 1 otherwise.
    before = Difference.objects.in_force().count()
    assert before == 9
    short = deliver(paid("1"), paid("77"), by=officer)
    assert short.effects["treasury_closed"] == 1
    closed = Difference.objects.get(state="closed")
    assert (closed.document_number, closed.closed_by.batch_id) == ("1", short.pk)
    own = deliver(paid("1"), paid("2"), by=officer)  # As the ledger's own export has it.
    assert own.effects["treasury_closed"] == 1  # That 2 is in no list.
    assert Difference.objects.in_force().filter(kind=K.MISSING_HERE).count() == 8


def test_a_document_taken_back_is_missing_in_no_list(officer, line):
    known = deliver(paid("1"), paid("2"), by=officer)
    reconciling.post_missing(known, by=officer)
    assert kinds(deliver(paid("1"), by=officer)) == [K.MISSING_THERE]
    with speaking_as_system():
        ledger.reversed_by(Posting.objects.get(document_number="2"))
    assert deliver(paid("1"), by=officer).effects["treasury_closed"] == 1


def test_what_an_officer_explained_stays_explained_in_the_next_list(officer, line):
    deliver(paid(), by=officer)
    reconciling.explain(Difference.objects.get(), note="Menunggu koreksi KPPN", by=officer)
    again = deliver(paid(), by=officer)
    assert again.effects["treasury_new"] == 0
    assert Difference.objects.get().state == DifferenceState.EXPLAINED
    changed = deliver(paid(gross=11_000_000), by=officer)
    assert changed.effects["treasury_new"] == 1
    assert Difference.objects.in_force().get().theirs == 11_000_000


def test_each_way_in_which_a_document_can_differ(officer, line):
    other = made(key=lists.OTHER_KEY, ceiling=50_000_000)
    known = deliver(*(paid(f"20023130100020{at}") for at in range(5)), by=officer)
    assert reconciling.post_missing(known, by=officer).posted == 5
    batch = deliver(
        paid("200231301000200"),
        paid("200231301000201", gross=9_999_999),
        paid("200231301000202", day="13/05/2020"),
        paid("200231301000203", key=lists.OTHER_KEY),
        paid("200231301000301", key="3038.001.051.A.999999"),
        paid("200231301000302", gross=90_000_000),
        by=officer,
    )
    assert kinds(batch) == sorted(
        [K.AMOUNT, K.DATE, K.CONTENT, K.LINE_UNKNOWN, K.OVERSPEND, K.MISSING_THERE]
    )
    differing = Difference.objects.in_force().get(kind=K.AMOUNT)
    assert (differing.theirs, differing.ours) == (9_999_999, 10_000_000)
    over = Difference.objects.in_force().get(kind=K.OVERSPEND)
    assert "kurang Rp40.000.000" in over.why_indonesian
    for difference in Difference.objects.in_force():
        with pytest.raises(Refusal):
            reconciling.post_difference(difference, by=officer)
    line.refresh_from_db()
    other.refresh_from_db()
    assert (line.realised, other.realised) == (50_000_000, 0)


def test_all_lawful_ones_are_posted_at_once_in_the_order_of_their_days(officer, line):
    batch = deliver(
        paid("3", 60_000_000, day="20/05/2020"),
        paid("1", 30_000_000, day="01/04/2020"),
        paid("2", 30_000_000, day="02/04/2020"),
        paid("4", -5_000_000, day="21/05/2020"),
        by=officer,
    )
    done = reconciling.post_missing(batch, by=officer)
    assert (done.posted, done.refused, done.is_done) == (3, 0, True)
    assert kinds(batch) == [K.OVERSPEND]
    line.refresh_from_db()
    assert line.realised == 55_000_000
    assert Posting.objects.get(document_kind="return").document_number == "4"
    assert reconciling.post_missing(batch, by=officer).posted == 0


def test_what_the_ledger_refuses_in_the_meantime_keeps_the_reason(officer, line):
    batch = deliver(paid(gross=60_000_000), by=officer)
    contracted(line, 50_000_000, "K-1", date(2020, 6, 1))
    done = reconciling.post_missing(batch, by=officer)
    assert (done.posted, done.refused) == (0, 1)
    difference = Difference.objects.get()
    assert (difference.state, difference.can_post) == ("open", False)
    assert "melebihi pagu" in difference.why_indonesian


def test_documents_take_the_place_of_what_the_pok_stated_without_them(officer):
    line = made(ceiling=100_000_000, committed=30_000_000, realised=30_000_000)
    # The POK stated it on 2 January; what is dated up to then is contained in it.
    batch = deliver(
        paid("1", 20_000_000, day="02/01/2020"), paid("2", 15_000_000, day="02/01/2020"),
        paid("3", 1_000_000), by=officer,
    )  # fmt: skip
    assert reconciling.post_missing(batch, by=officer).posted == 3
    line.refresh_from_db()
    assert (line.committed, line.realised) == (36_000_000, 36_000_000)
    numbers = Posting.objects.filter(document_kind="correction").values_list("document_number")
    assert sorted(numbers) == [("Rincian SP2D 1",), ("Rincian SP2D 2",)]
    assert check_balances() == []


def test_a_payment_of_a_contract_settles_it(officer, line):
    contracted(line, 80_000_000)
    batch = deliver(
        paid("1", 50_000_000, contract="SPK/12"), paid("2", 40_000_000, contract="spk/12"),
        by=officer,
    )  # fmt: skip
    assert reconciling.post_missing(batch, by=officer).posted == 1
    line.refresh_from_db()
    assert (line.committed, line.realised) == (80_000_000, 50_000_000)
    assert "melebihi sisa kontraknya" in Difference.objects.in_force().get().why_indonesian


def test_a_contract_that_the_ledger_does_not_know_is_a_difference_and_never_committed(
    officer, line
):
    rows = [paid("1", 50_000_000, contract="SPK / 12")]
    batch = deliver(*rows, by=officer)
    assert kinds(batch) == [K.CONTRACT]
    assert "SPK/12" in Difference.objects.get().why_indonesian
    assert reconciling.post_missing(batch, by=officer).posted == 0
    contracted(line, 80_000_000, "spk/12")
    reconciling.reconcile_again(ImportBatch.objects.get(pk=batch.pk), by=officer)
    assert kinds(batch) == [K.MISSING_HERE]
    assert reconciling.post_missing(batch, by=officer).posted == 1
    line.refresh_from_db()
    assert (line.committed, line.realised) == (80_000_000, 50_000_000)
    assert kinds(deliver(paid("1", 50_000_000, contract="SPK 99"), by=officer)) == [K.CONTRACT]


def test_a_contract_reversed_since_the_comparison_is_not_committed_in_silence(officer, line):
    contracted(line, 80_000_000)
    batch = deliver(paid("1", 50_000_000, contract="SPK / 12"), by=officer)
    with speaking_as_system():
        ledger.reversed_by(Posting.objects.get(document_kind="commitment"))
    assert reconciling.post_missing(batch, by=officer).posted == 0
    assert "SPK/12" in Difference.objects.get().why_indonesian
    line.refresh_from_db()
    assert (line.committed, line.realised) == (0, 0)


def test_a_return_follows_its_payment_and_leaves_the_contract(officer, line):
    contracted(line, 80_000_000)
    rows = [
        paid("1", 50_000_000, contract="SPK/12"),
        paid("1", -5_000_000, day="20/05/2020"),
        paid("2", 1_000_000),
        paid("2", -400_000),
    ]
    batch = deliver(*rows, by=officer)
    assert kinds(batch) == [K.MISSING_HERE] * 4
    assert reconciling.post_missing(batch, by=officer).posted == 4
    line.refresh_from_db()
    assert (line.committed, line.realised) == (80_600_000, 45_600_000)
    back = Posting.objects.get(document_kind="return", document_number="1")
    assert back.refers_to.document_kind == "sp2d"
    assert deliver(*rows, by=officer).effects["treasury_found"] == 0


def test_one_document_over_several_lines_is_one(officer, line):
    made(key=lists.OTHER_KEY, ceiling=50_000_000)
    batch = deliver(
        paid("1", 1_000), paid("1", 2_000, key=lists.OTHER_KEY), paid("1", 500), by=officer
    )
    assert batch.effects["treasury_documents"] == 1
    assert reconciling.post_missing(batch, by=officer).posted == 1
    assert Posting.objects.get(document_number="1").entries.count() == 4


def test_a_row_that_stands_twice_counts_once_and_zero_moves_nothing(officer, line):
    batch = deliver(paid("1"), paid("1"), paid("2", 0), by=officer)
    assert batch.rows == 3
    assert Difference.objects.get().theirs == 10_000_000
    assert CellProblem.objects.filter(batch=batch, rule="same_row").count() == 1
