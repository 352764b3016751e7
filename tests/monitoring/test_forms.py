"""Forms A, B and C of any unit agree with each other and with the ledger; thousands add up."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from pulih.monitoring.rules import reports
from pulih.monitoring.rules.document import Table, written
from pulih.monitoring.rules.facts import (
    Heading,
    Prior,
    Returned,
    as_json,
    fingerprint,
    from_json,
)
from pulih.monitoring.rules.form_c import consolidation
from pulih.monitoring.rules.thousands import THOUSAND, parted, rounded
from pulih.monitoring.rules.tree import tree_of
from tests.make import monitoring as make

unhurried = settings(deadline=None)  # A busy machine is no fault of ours.

rupiah = st.integers(-(10**12), 10**13)


@unhurried
@given(st.lists(rupiah, min_size=1, max_size=40))
def test_rounded_parts_add_up_to_the_rounded_whole(parts):
    whole = rounded(sum(parts))
    found = parted(whole, parts)
    assert sum(found) == whole
    for part, thousand in zip(parts, found, strict=True):
        assert abs(thousand * THOUSAND - part) < THOUSAND


@unhurried
@given(st.lists(st.lists(rupiah, min_size=1, max_size=6), min_size=1, max_size=6))
def test_parts_of_parts_add_up_too(groups):
    sums = [sum(group) for group in groups]
    for group, thousand in zip(groups, parted(rounded(sum(sums)), sums), strict=True):
        found = parted(thousand, group)
        assert sum(found) == thousand
        assert all(
            abs(k * THOUSAND - part) < THOUSAND for k, part in zip(found, group, strict=True)
        )


def column(table: Table, head: str, kind: str) -> int:
    (place,) = [
        place
        for place, one in enumerate(table.columns)
        if one.kind == kind and one.head == head and one.number in ("5", "7a", "14a")
    ]
    return place


def first_fund(table: Table) -> int:
    return [one.number for one in table.columns].index("3")


def by_fund(row, table: Table) -> dict[str, int]:
    """Return what a row says of each column of the budget, by the column's number."""
    numbers = ("3", "4", "4a", "4b", "4c", "5", "7a", "14a")
    cells = zip(table.columns, row.cells, strict=True)
    return {column.number: cell for column, cell in cells if column.number in numbers}


def sums(facts, form):
    """Return the totals of budget and realisation that a form's pages say, in thousands."""
    found = []
    for page in reports.make(form, facts).pages:
        table = page.parts[0]
        budget = column(table, "Total", "thousand")
        paid = column(table, "Keu. realisasi" if form == "A" else "Realisasi", "thousand")
        lines = [row for row in table.rows if row.level == "line"]
        (total,) = [row for row in table.rows if row.level == "total"]
        for place in (budget, paid):
            assert sum(row.cells[place] for row in lines) == total.cells[place]
        funds = range(first_fund(table), budget)
        for row in (*lines, total):
            assert row.cells[budget] == sum(row.cells[place] for place in funds)
        for place in funds:
            assert sum(row.cells[place] for row in lines) == total.cells[place]
        found.append((total.cells[budget], total.cells[paid]))
    return tuple(map(sum, zip(*found, strict=True)))


@unhurried
@given(make.any_facts())
def test_form_c_is_the_sum_of_b_is_the_sum_of_a_is_the_ledger(facts):
    ledger = (
        rounded(sum(line.ceiling for line in facts.lines)),
        rounded(sum(line.realised for line in facts.lines)),
    )
    assert sums(facts, "A") == sums(facts, "B") == sums(facts, "C") == ledger


@unhurried
@given(make.any_facts())
def test_a_row_of_one_form_is_the_total_of_the_form_below_it(facts):
    b_totals = [page.parts[0].rows[-1].cells for page in reports.make("B", facts).pages]
    c_rows = [
        row.cells for row in reports.make("C", facts).pages[0].parts[0].rows if row.level == "line"
    ]
    assert [cells[1:-1] for cells in c_rows] == [cells[1:-1] for cells in b_totals]


@unhurried
@given(make.any_facts())
def test_the_managerial_report_says_the_same_money(facts):
    table = reports.make("managerial", facts).pages[0].parts[1]
    total = table.rows[-1].cells
    assert (total[1], total[3]) == sums(facts, "C")
    assert total[6] == total[1] - total[3]
    groups = [row.cells for row in table.rows if row.level == "group"]
    lines = [row.cells for row in table.rows if row.level == "line"]
    for place in (1, 3):
        assert sum(c[place] for c in groups) == sum(c[place] for c in lines) == total[place]


@unhurried
@given(make.any_facts())
def test_the_lra_adds_up_to_the_rupiah_and_its_remainder_closes(facts):
    back = Returned(facts.lines[0].account, facts.lines[0].fund_source, 70) if facts.lines else None
    facts = replace(
        facts, returns=(back,) if back else (), prior=(Prior("532111", "Peralatan", 9),)
    )
    accounts, funds = reports.make("accountability", facts).pages[0].parts
    total = accounts.rows[-1].cells
    assert total[2] == sum(line.ceiling for line in facts.lines)
    assert total[5] == sum(line.realised for line in facts.lines)
    assert (total[4], total[8]) == (70 if back else 0, 9)
    for row in (*accounts.rows, *funds.rows):
        budget, gross, returned, net, _share, left = row.cells[2:8]
        assert (gross - returned, budget - net) == (net, left)
    assert funds.rows[-1].cells[2:8] == total[2:8]
    for table, level in ((accounts, "group"), (accounts, "line"), (funds, "line")):
        chosen = [row.cells for row in table.rows if row.level == level]
        for place in (2, 3, 4, 5, 7):
            assert sum(cells[place] for cells in chosen) == total[place]


@unhurried
@given(make.any_facts(), make.any_facts())
def test_the_consolidation_adds_what_each_office_reported(one, other):
    other = replace(other, unit_code="029998")
    programmes, table, *_notes = consolidation("Jawa Barat", [one, other]).pages[0].parts
    offices = [by_fund(row, table) for row in table.rows]
    assert [(row["5"], row["7a"]) for row in offices[:-1]] == [
        sums(facts, "C") for facts in (one, other)
    ]
    for facts, told in zip((one, other), offices, strict=False):
        own = reports.make("C", facts).pages[0].parts[0]
        assert told == dict.fromkeys(told, 0) | by_fund(own.rows[-1], own)
    assert programmes.rows[-1].cells == table.rows[-1].cells
    lines = [by_fund(row, programmes) for row in programmes.rows if row.level == "line"]
    for number, total in offices[-1].items():
        assert sum(row[number] for row in offices[:-1]) == total
        assert sum(row[number] for row in lines) == total


FUNDS = {"PLN": "3", "HLN": "3", "RM": "4", "RMP": "4a", "PNP": "4b", "BLU": "4b", "SBSN": "4c"}


@unhurried
@given(make.any_facts())
def test_each_fund_stands_in_its_own_column_with_all_of_its_money(facts):
    lines = tuple(replace(one, ceiling=one.ceiling * THOUSAND) for one in facts.lines)
    facts = replace(facts, lines=lines)
    wanted = dict.fromkeys(("3", "4"), 0)
    for line in lines:
        if line.ceiling:
            number = FUNDS[line.fund_source]
            wanted[number] = wanted.get(number, 0) + line.ceiling // THOUSAND
    for form in ("A", "B", "C"):
        tables = [page.parts[0] for page in reports.make(form, facts).pages]
        totals = [by_fund(table.rows[-1], table) for table in tables]
        for number in wanted:
            assert sum(total[number] for total in totals) == wanted[number]
        shown = {number for total in totals for number in total} - {"5", "7a", "14a"}
        assert shown == set(wanted)


def test_receipts_and_counterpart_money_are_no_pure_rupiah():
    lines = (
        make.line("001.001", ceiling=5_000_000, fund_source="RM"),
        make.line("001.001", ceiling=2_000_000, fund_source="RMP"),
        make.line("001.002", ceiling=1_000_000, fund_source="PNP"),
    )
    table = reports.make("A", make.facts(lines=lines, outputs=())).pages[0].parts[0]
    budget = [(one.head, one.number) for one in table.columns if one.group == "Anggaran"]
    assert budget == [
        ("No. PHLN", "2"), ("Jumlah PHLN", "3"), ("Rupiah murni", "4"),
        ("Rupiah pendamping", "4a"), ("PNBP dan BLU", "4b"), ("Total", "5"),
    ]  # fmt: skip
    assert [row.cells[2:7] for row in table.rows] == [
        (0, 5_000, 2_000, 0, 7_000), (0, 0, 0, 1_000, 1_000), (0, 5_000, 2_000, 1_000, 8_000),
    ]  # fmt: skip


def test_the_consolidation_stands_by_function_and_programme_of_all_offices():
    named = Heading("019.05.07", "", "Program IKM", "04.07 Industri")
    lines = (make.line(programme="019.05.07"),)
    one = make.facts(lines=lines, outputs=(), headings=(), authority="TP")
    other = make.facts(lines=lines, outputs=(), headings=(named,), unit_code="029998")
    programmes = consolidation("Jawa Barat", [one, other]).pages[0].parts[0]
    heads = [(row.level, row.cells[0]) for row in programmes.rows]
    assert heads == [
        ("group", "04.07 Industri"), ("line", "019.05.07 Program IKM"), ("total", "Jumlah"),
    ]  # fmt: skip
    assert programmes.rows[1].cells[4] == 200_000


@unhurried
@given(make.any_facts())
def test_stored_facts_come_back_the_same_and_make_the_same_report(facts):
    stored = as_json(facts)
    assert from_json(stored) == facts
    assert fingerprint(as_json(from_json(stored))) == fingerprint(stored)
    for form in reports.MAKERS:
        assert reports.make(form, from_json(stored)) == reports.make(form, facts)


@unhurried
@given(make.any_facts())
def test_every_money_column_says_its_unit(facts):
    for form in reports.MAKERS:
        for page in reports.make(form, facts).pages:
            assert "rupiah" in page.subtitle
            for part in page.parts:
                for one in getattr(part, "columns", ()):
                    assert one.unit or one.kind in ("text", "volume")


def test_an_activitys_physical_progress_is_weighed_by_money():
    lines = (make.line("001.001", ceiling=300), make.line("001.002", ceiling=100))
    told = (
        make.output("001.001", physical=Decimal(50)),
        make.output("001.002", physical=Decimal(10)),
    )
    assert tree_of(make.facts(lines=lines, outputs=told)).physical == Decimal(40)


def test_an_output_that_is_not_known_leaves_the_whole_unknown():
    lines = (make.line("001.001"), make.line("001.002"))
    tree = tree_of(make.facts(lines=lines))
    assert tree.physical is None
    assert tree.planned is None
    assert written(tree.physical, "percent") == "–"


def test_cells_are_written_as_indonesian_documents_do():
    assert written(1_234_567, "thousand") == "1.234.567"
    assert written(Decimal("12.345"), "percent") == "12,35"
    assert written(Decimal("4.50"), "volume") == "4,5"
    assert written(Decimal("1200"), "volume") == "1.200"
    assert written(None, "percent", "group") == ""


def told_in_the_notes(**changes) -> str:
    _lra, notes = reports.make("accountability", make.facts(**changes)).pages
    return " ".join(words for part in notes.parts if not isinstance(part, Table)
                    for words in part.paragraphs)  # fmt: skip


def test_the_notes_name_the_law_that_held_then_and_only_to_whom_it_speaks():
    assert "PP 7/2008 pasal 30 dan 31" in told_in_the_notes(day=date(2022, 5, 8))
    later = told_in_the_notes(day=date(2022, 5, 9))
    assert "PP 19/2022" in later
    assert "PP 7/2008" not in later
    assert "PP " not in told_in_the_notes(authority="KP")


def test_what_is_blocked_is_told_account_by_account_with_its_sum():
    held = (
        make.line(blocked=1_000_000),
        make.line("001.002", blocked=2_000_000),
        make.line("001.003", account="524111", account_name="Perjalanan", blocked=500_000),
    )
    _lra, notes = reports.make("accountability", make.facts(lines=held)).pages
    (table,) = [part for part in notes.parts if isinstance(part, Table)]
    assert [(row.cells[0], *row.cells[2:]) for row in table.rows] == [
        ("521211", 200_000_000, 3_000_000), ("524111", 100_000_000, 500_000),
        ("", 300_000_000, 3_500_000),
    ]  # fmt: skip


def test_days_on_signed_papers_name_their_month_in_full():
    facts = make.facts(dipa_number="SP DIPA-019", dipa_date=date(2019, 11, 2))
    lra, _notes = reports.make("accountability", facts).pages
    assert lra.subtitle.startswith("Untuk periode yang berakhir 31 Maret 2020")
    assert ("Nomor DIPA", "SP DIPA-019, 2 November 2019") in lra.general
    assert "sejak 1 Januari 2020 sampai 31 Maret 2020" in told_in_the_notes()


def test_aid_that_is_paid_as_money_is_no_goods_to_be_handed_over():
    cash = make.line(account="526312", realised=7_000_000)
    goods = make.line("001.002", account="526311", realised=3_000_000)
    assert "Tidak ada anggaran barang untuk diserahkan" in told_in_the_notes(lines=(cash,))
    assert "(barang untuk diserahkan) Rp3.000.000." in told_in_the_notes(lines=(cash, goods))
