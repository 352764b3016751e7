"""Kinds of lists of the treasury, whose they are, and what becomes of their differences."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from pulih.budget.models import BudgetLine
from pulih.common.errors import Refusal
from pulih.inbox import actions as inbox_actions
from pulih.inbox.models import CellProblem, ImportBatch, State
from pulih.people.scope import speaking_as_system, speaking_for
from pulih.treasury import actions as reconciling
from pulih.treasury.models import Difference, DifferenceState, Reconciliation
from tests.make import ledger
from tests.make import treasury as lists
from tests.people import cast

from .delivered import K, deliver, kinds, made, paid

pytestmark = pytest.mark.django_db


def test_imprest_charges_no_line_and_gives_positions(officer, line):
    batch = deliver(
        paid("1", 100_000_000, method="UP", day="20/01/2020"),
        paid("2", 60_000_000, method="GUP"),
        by=officer,
    )
    assert kinds(batch) == [K.MISSING_HERE]
    rows = Reconciliation.objects.get().imprest_rows.order_by("day")
    assert [(one.given, one.refilled) for one in rows] == [(10**8, 0), (0, 60_000_000)]


def test_a_list_in_thousands_without_saying_so_is_refused(officer):
    line = made(ceiling=600_000_000, committed=50_000_000, realised=50_000_000)
    heads = ("Kode", "Pagu", "Realisasi")
    batch = deliver((line.line_key, "600000", "50000"), heads=heads, by=officer)
    assert batch.state == State.REFUSED
    assert "dalam ribuan" in batch.problem_indonesian
    labelled = ("Kode", "Pagu (ribu rupiah)", "Realisasi (ribu rupiah)")
    good = deliver((line.line_key, "600000", "50000"), heads=labelled, by=officer)
    assert (good.state, good.effects["treasury_found"]) == (State.DONE, 0)


def test_small_documents_that_nobody_knows_are_doubted_and_not_posted_at_once(officer, line):
    batch = deliver(*(paid(str(at), 9_000 + at) for at in range(4)), by=officer)
    with pytest.raises(Refusal, match="thousands"):
        reconciling.post_missing(batch, by=officer)
    reconciling.post_difference(Difference.objects.first(), by=officer)


def test_a_realisation_list_is_compared_line_by_line_and_posts_nothing(officer):
    made(ceiling=100_000_000, committed=30_000_000, realised=30_000_000)
    made(key=lists.OTHER_KEY, ceiling=50_000_000)
    heads = ("Kode", "Pagu", "Realisasi")
    batch = deliver(
        (lists.KEY, "100000000", "31000000"), ("3038.001.051.A.533111", "5", "0"),
        heads=heads, by=officer,
    )  # fmt: skip
    assert kinds(batch) == sorted([K.AMOUNT, K.LINE_UNKNOWN, K.MISSING_THERE])
    assert not Difference.objects.lawful().exists()
    by_account = deliver(("521211", "100000000", "30000000"), ("522151", "50000000", "0"),
                         heads=("Akun", "Pagu", "Realisasi"), by=officer)  # fmt: skip
    assert by_account.effects["treasury_found"] == 0
    # What it says nothing of stands: the line that the ledger does not know.
    assert by_account.effects["treasury_closed"] == 2
    assert Difference.objects.in_force().get().kind == K.LINE_UNKNOWN


def test_contracts_are_compared_and_committed(officer, line):
    heads = ("No Kontrak", "Tgl Kontrak", "Kode", "Nilai Kontrak", "Rekanan")
    row = ("SPK/12/IV/2020", "06/04/2020", lists.KEY, "80000000", "CV Contoh")
    batch = deliver(row, heads=heads, by=officer)
    assert reconciling.post_missing(batch, by=officer).posted == 0
    assert "commitment officer (PPK)" in Difference.objects.get().why_en
    reconciling.reconcile_again(ImportBatch.objects.get(pk=batch.pk), by=officer)
    with speaking_as_system():
        ppk = ledger.officer(line, "ppk")
    with speaking_for(ppk):
        assert reconciling.post_missing(batch, by=ppk).posted == 1
    line.refresh_from_db()
    assert (line.committed, line.realised) == (80_000_000, 0)
    assert deliver(row, heads=heads, by=officer).effects["treasury_agreeing"] == 1


def test_another_units_or_another_years_list_is_refused_in_one_sentence(officer, line):
    stranger = deliver(paid(unit="011111"), by=officer)
    assert stranger.state == State.REFUSED
    assert "011111" in stranger.problem_indonesian
    other_year = deliver(paid(day="12/05/2019"), by=officer)
    assert "bertanggal 2019" in other_year.problem_indonesian
    early = deliver(paid(), by=officer, as_of=date(2019, 6, 30))
    assert "belum punya baris anggaran 2019" in early.problem_indonesian
    mixed = deliver(paid(), paid("2", unit="011111"), by=officer)
    assert mixed.state == State.DONE
    assert CellProblem.objects.get(batch=mixed, rule="other_unit").value == "011111"


def test_without_a_unit_code_the_offices_only_unit_is_meant(officer, line):
    assert deliver(paid(unit=""), by=officer).effects["treasury_new"] == 1
    made("029998", ceiling=1)
    assert deliver(paid("9", unit=""), by=officer).state == State.REFUSED


def test_withdrawing_settles_and_restoring_compares_again(officer, line):
    batch = deliver(paid(), by=officer)
    inbox_actions.withdraw(batch, by=officer)
    assert Difference.objects.get().state == DifferenceState.CLOSED
    batch.refresh_from_db()
    inbox_actions.restore(batch, by=officer)
    assert Difference.objects.in_force().get().document_number == "200231301000101"


def test_compared_again_a_list_sees_the_ledger_as_it_is_now(officer, line):
    batch = deliver(paid(key=lists.OTHER_KEY), by=officer)
    assert kinds(batch) == [K.LINE_UNKNOWN]
    made(key=lists.OTHER_KEY, ceiling=50_000_000)
    reconciling.reconcile_again(ImportBatch.objects.get(pk=batch.pk), by=officer)
    assert kinds(batch) == [K.MISSING_HERE]
    assert Difference.objects.count() == 1
    newer = deliver(paid("7", key=lists.OTHER_KEY), paid(key=lists.OTHER_KEY), by=officer)
    assert newer.supersedes == batch
    with pytest.raises(Refusal):
        reconciling.reconcile_again(ImportBatch.objects.get(pk=batch.pk), by=officer)


def test_decisions_go_one_way_at_a_time(officer, line):
    deliver(paid(), by=officer)
    difference = Difference.objects.get()
    with pytest.raises(Refusal):
        reconciling.explain(difference, note="  ", by=officer)
    with pytest.raises(Refusal):
        reconciling.reopen(difference, by=officer)
    reconciling.explain(difference, note="Salah ketik", by=officer)
    with pytest.raises(Refusal):
        reconciling.post_difference(difference, by=officer)
    with pytest.raises(Refusal):
        reconciling.explain(difference, note="Lagi", by=officer)
    reconciling.reopen(difference, by=officer)
    reconciling.post_difference(difference, by=officer)
    assert difference.events.count() == 3


def test_strangers_and_auditors_decide_nothing_and_see_their_own(officer, line):
    with speaking_as_system():
        stranger = cast.provincial_officer("Bali")
        others = (cast.auditor(), stranger, cast.regency_officer())
    deliver(paid(), by=officer)
    difference = Difference.objects.get()
    for person in others:
        for decide in (
            lambda by: reconciling.post_difference(difference, by=by),
            lambda by: reconciling.explain(difference, note="x", by=by),
            lambda by: reconciling.reopen(difference, by=by),
            lambda by: reconciling.post_missing(difference.last_seen.batch, by=by),
        ):
            with pytest.raises(PermissionDenied):
                decide(person)
    with speaking_for(stranger):
        assert not Difference.objects.exists()
        assert not Reconciliation.objects.exists()
    assert BudgetLine.objects.get(pk=line.pk).realised == 0


def test_a_list_of_rejected_rows_shows_them_and_compares_nothing(officer, line):
    batch = deliver(("029999", "", "12/05/2020", line.line_key, "LS", "", "", "", ""), by=officer)
    assert batch.rejected == 1
    assert (batch.state, batch.effects["treasury_documents"]) == (State.DONE, 0)
    assert not Reconciliation.objects.exists()
