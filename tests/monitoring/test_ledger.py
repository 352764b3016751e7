"""The reports of a generated ledger say what the ledger says, at every quarter's end."""

from datetime import date

import pytest

from pulih.budget.actions import Movement, post, record_fund_term
from pulih.budget.models import BudgetLine, Entry
from pulih.monitoring.ledger import last_entry
from pulih.monitoring.reads import facts_of
from pulih.monitoring.rules.accountability import fund_table, lra_table
from pulih.monitoring.rules.facts import as_json, from_json
from pulih.monitoring.rules.form_c import consolidation
from pulih.monitoring.rules.reports import make as make_report
from pulih.monitoring.rules.thousands import rounded
from pulih.monitoring.rules.tree import tree_of
from pulih.scenarios.covid_2020 import pok
from pulih.scenarios.covid_2020.shares import province_shares
from tests.make import budget
from tests.make import ledger as make_ledger
from tests.make import monitoring as make
from tests.once import made_once

pytestmark = pytest.mark.django_db
DAYS = (date(2020, 2, 10), date(2020, 5, 4), date(2020, 8, 12))


@made_once
def units():
    """Two provinces as the reference scenario generates them, paid in three parts over the year."""
    made = []
    for share in province_shares(2_000, 2020)[:2]:
        unit = budget.unit(share.place.name, f"019{share.code}9")
        for line in pok.lines_of(share, 2020):
            amounts = {"ceiling": line.ceiling, "blocked": line.blocked}
            row = budget.line(unit, line.key, committed=line.committed, **amounts)
            pay(unit, row.pk, line.realised)
        made.append(unit)
    return made


def pay(unit, line, realised):
    """Pay an amount in three uneven parts, each by a document of its own quarter."""
    parts = [realised // 5 + 1, realised // 3, realised - realised // 3 - realised // 5 - 1]
    for day, part in zip(DAYS, parts, strict=True):
        if realised and part > 0:
            post(
                kind="correction", number=f"bayar {line} {day}", unit=unit, fiscal_year=2020,
                effective_on=day, movements=[Movement(line, "realisation", part)],
                by=budget.system(),
            )  # fmt: skip


def in_the_ledger(unit, day, kind):
    entries = Entry.objects.filter(line__unit=unit, effective_on__lte=day, amount_kind=kind)
    return sum(entries.values_list("rupiah", flat=True))


def test_every_report_of_every_quarter_is_the_ledger(units):
    for unit in units:
        for quarter, day in enumerate(
            (date(2020, 3, 31), date(2020, 6, 30), date(2020, 9, 30), date(2020, 12, 31)), start=1
        ):
            facts = facts_of(unit, 2020, quarter)
            ceiling, paid = (in_the_ledger(unit, day, kind) for kind in ("ceiling", "realisation"))
            tree, total = tree_of(facts), lra_table(facts).rows[-1].cells
            assert (total[2], total[5]) == (tree.ceiling, tree.realised) == (ceiling, paid)
            assert (tree.ceiling_k, tree.realised_k) == (rounded(ceiling), rounded(paid))
            last = make_report("C", facts).pages[0].parts[0].rows[-1].cells
            assert (last[4], last[7]) == (tree.ceiling_k, tree.realised_k)
        whole = BudgetLine.objects.filter(unit=unit).totals()
        assert (tree.ceiling, tree.realised) == (whole["ceiling"], whole["realised"])


def test_a_quarters_own_money_is_what_was_paid_in_it(units):
    (unit, _other) = units
    own = []
    for quarter in (1, 2, 3, 4):
        lines = facts_of(unit, 2020, quarter).lines
        own.append(sum(line.realised - line.realised_before for line in lines))
    assert sum(own) == BudgetLine.objects.filter(unit=unit).totals()["realised"]
    assert own[3] == 0


def test_units_together_are_the_consolidation(units):
    every = [facts_of(unit, 2020, 2) for unit in units]
    total = consolidation("Dua provinsi", every).pages[0].parts[0].rows[-1].cells
    assert total[7] == sum(tree_of(facts).realised_k for facts in every)


def test_up_to_an_entry_the_ledger_says_what_it_said_then(units):
    (unit, _other) = units
    before, mark = facts_of(unit, 2020, 4), last_entry([unit.pk])
    free = BudgetLine.objects.filter(unit=unit, committed__lt=1_000_000_000).earliest("pk")
    post(
        kind="correction", number="susulan", unit=unit, fiscal_year=2020, effective_on=DAYS[0],
        movements=[Movement(free.pk, "ceiling", 1_234)], by=budget.system(),
    )  # fmt: skip
    assert facts_of(unit, 2020, 4) != before
    assert facts_of(unit, 2020, 4, up_to=mark) == before


def test_what_came_back_and_what_was_paid_last_year_stand_in_the_lra():
    unit = budget.unit()
    earlier = budget.line(unit, fiscal_year=2019, ceiling=50, committed=40, realised=40)
    assert earlier.account == "521211"
    line = budget.line(unit, ceiling=1_000, fund_source="PNP")
    record_fund_term(
        unit, 2020, fund_source="PNP", letter="S-1/WPB.13/2020", office="Kanwil DJPb",
        deposited=500, maximum=300, effective_on=date(2020, 1, 2), by=budget.system(),
    )  # fmt: skip
    payment = make_ledger.document(make_ledger.paid(line, 300).document_number)
    make_ledger.returned(payment, amounts={line.pk: 30})
    facts = facts_of(unit, 2020, 2)
    (_group, row, _total) = lra_table(facts).rows
    assert row.cells[:6] == ("521211", "Belanja Bahan", 1_000, 300, 30, 270)
    assert row.cells[8] == 40
    assert fund_table(facts).rows[0].cells[:4] == (
        "PNP", "Penerimaan Negara Bukan Pajak", 1_000, 300,
    )  # fmt: skip
    assert from_json(as_json(facts)) == facts


def test_facts_without_returns_and_last_year_keep_their_fingerprint():
    assert not {"returns", "prior"} & as_json(make.facts()).keys()
