"""A POK that was taken out is read back to the same lines, rows and ledger."""

import re
from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.budget.actions.details import details_of
from pulih.budget.documents.pok import PokSheet
from pulih.budget.documents.pok_workbook import pok_workbook
from pulih.budget.models import BudgetLine, LineDetail, Posting
from pulih.budget.rules.keys import LineKey
from pulih.budget.rules.opening import opening
from pulih.budget.rules.pok_tree import UNSAID, PokItem, PokLine, items_of, tree
from pulih.inbox import actions as inbox_actions
from pulih.inbox.models import CellProblem, Kind, State
from pulih.intake import read
from pulih.people.scope import speaking_for
from tests.examples import examples
from tests.make import areas
from tests.make import budget as make
from tests.people import cast

DAY = date(2020, 6, 15)
digits = st.sampled_from(["001", "002", "010", "049", "051", "052", "100", "994"])
words = st.lists(
    st.sampled_from(["Bahan", "Jumlah", "masker", "=1+1", "Rp", "40", "Kepala", "TA", "A"]),
    min_size=1, max_size=4,
).map(" ".join)  # fmt: skip
money = st.integers(1, 900_000)
items = st.builds(
    PokItem,
    words,
    money,
    st.one_of(st.none(), st.decimals("0.001", "99999", places=3)),
    st.sampled_from(["", "OJ", "paket"]),
    st.one_of(st.none(), st.integers(1, 10**9)),
)


@st.composite
def line(draw, year):
    is_new = year > 2020
    key = LineKey(
        draw(st.sampled_from(["3038", "4498"])),
        draw(st.sampled_from(["ABO", "QDC"]) if is_new else digits),
        draw(digits if is_new else st.one_of(st.just(""), digits)),
        draw(digits),
        draw(st.sampled_from(["A", "B", "AA"])),
        draw(st.sampled_from(["521211", "522151", "511111"])),
    )
    rows = draw(st.lists(items, max_size=3))
    detail = draw(st.one_of(st.just(""), words))
    rest = draw(st.integers(-5, 900))
    ceiling = max(1, sum(one.amount for one in rows) + rest)
    return PokLine(
        key,
        ceiling,
        "Belanja Bahan",
        draw(st.sampled_from(["", "019.07.09", "EC", "06", "019.EC"])),
        draw(st.sampled_from(["RM", "PNBP"])),
        items=items_of(rows, ceiling, detail),
    )


def place(one):
    return one.programme, one.key, one.fund_source


@st.composite
def years(draw):
    year = draw(st.sampled_from([2020, 2021, 2026]))
    return year, draw(st.lists(line(year), min_size=1, max_size=8, unique_by=place))


def sheets(year, lines):
    """Return sheets as the document makes them: one for each programme of the unit."""
    programmes = sorted({one.programme for one in lines})
    return [
        PokSheet(
            f"029999 TA {year} ({number})",
            f"PETUNJUK OPERASIONAL KEGIATAN (POK) TAHUN ANGGARAN {year}",
            (
                ("Satuan kerja", "029999 Disperindag Provinsi Jawa Barat"),
                ("Kewenangan", "KP"),  # No usual size is asked of the ministry itself.
            ),
            ("Data per 3 Jan 2027.",),
            tuple(tree(one for one in lines if one.programme == programme)),
            year,
        )
        for number, programme in enumerate(programmes)
    ]


@settings(deadline=None, max_examples=examples(60), suppress_health_check=[HealthCheck.too_slow])
@given(years())
def test_what_is_printed_is_read_back_to_the_same_lines(tmp_path_factory, made):
    year, lines = made
    file = tmp_path_factory.mktemp("pok") / "pok.xlsx"
    file.write_bytes(pok_workbook(sheets(year, lines)))
    taken = read(file, kind="budget", on=date(year, 6, 15))
    assert taken.rows["verdict"].unique().to_list() != ["rejected"], taken.problems
    found = opening(
        taken.rows.iter_rows(named=True),
        fiscal_year=None, as_of=date(year, 6, 15), province_id=1,
    ).lines  # fmt: skip
    wanted = {place(one): one for one in lines}
    assert {(o.place.programme, o.place.key, o.place.fund_source) for o in found} == set(wanted)
    for one in found:
        said = wanted[one.place.programme, one.place.key, one.place.fund_source]
        assert (one.place.fiscal_year, one.amounts.ceiling) == (year, said.ceiling)
        stated = [(i["text"], i["rupiah"], i["volume"] and Decimal(str(i["volume"])))
                  for i in one.stated_items]  # fmt: skip
        rows = [i for i in said.items if i.text != UNSAID and i.amount is not None]
        if any(i.volume or i.unit_cost for i in rows):
            assert stated == [(i.text, i.amount, i.volume) for i in rows]


def test_headings_carry_the_sum_of_the_lines_below_them():
    one = PokLine(LineKey("3038", "001", "002", "051", "A", "521211"), 700)
    two = PokLine(LineKey("3038", "001", "002", "052", "A", "521211"), 50)
    printed = [(row.level, row.code, row.amount) for row in tree([two, one])]
    assert printed == [
        ("activity", "3038", 750),
        ("output", "3038.001", 750),
        ("suboutput", "3038.001.002", 750),
        ("component", "051", 700),
        ("subcomponent", "A", 700),
        ("account", "521211", 700),
        ("component", "052", 50),
        ("subcomponent", "A", 50),
        ("account", "521211", 50),
    ]


def calculated(cells, formula):
    """Work a formula of the workbook out as a spreadsheet does: sums leave sums within out."""
    if found := re.fullmatch(r"=SUBTOTAL\(9,F(\d+):F(\d+)\)", formula):
        span = (cells[f"F{row}"].value for row in range(int(found[1]), int(found[2]) + 1))
        kept = [one for one in span if not str(one).startswith("=SUBTOTAL")]
        return sum(calculated(cells, one) if isinstance(one, str) else one or 0 for one in kept)
    volume, cost = (cells[name].value for name in formula.removeprefix("=").split("*"))
    return Decimal(str(volume)) * cost


@settings(deadline=None, max_examples=examples(60), suppress_health_check=[HealthCheck.too_slow])
@given(years())
def test_every_sum_is_a_formula_that_comes_to_what_is_printed(made):
    year, lines = made
    file = pok_workbook(sheets(year, lines))
    formulas, values = (
        openpyxl.load_workbook(BytesIO(file), data_only=only) for only in (False, True)
    )
    for sheet in formulas:
        for row in sheet.iter_rows(min_col=6, max_col=6):
            for cell in row:
                if str(cell.value).startswith("="):
                    printed = values[sheet.title][cell.coordinate].value
                    assert calculated(sheet, cell.value) == printed


def test_a_pok_of_said_rows_is_summed_by_its_spreadsheet():
    items = (PokItem("Benang", 400, Decimal(40), "gulung", 10), PokItem("Lain", 300))
    line = PokLine(LineKey("3038", "001", "", "051", "A", "521211"), 700, items=items)
    [sheet] = openpyxl.load_workbook(BytesIO(pok_workbook(sheets(2020, [line]))))
    found = [one.value for one in sheet["F"] if str(one.value).startswith("=")]
    assert [one.split("(")[0] for one in found][:1] == ["=SUBTOTAL"]
    assert sum("*" in one for one in found) == 1
    assert len(found) == 7  # Activity, output, component, subcomponent, account, item, whole.


@pytest.fixture
def officer(db, client):
    person = cast.provincial_officer()
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return person


def lines_with_rows():
    first = make.line(ceiling=700_000_000, committed=100_000_000, detail="Bahan masker; Benang")
    rows = [
        {"text": "Bahan masker", "volume": "40", "unit": "paket", "unit_cost": 10_000_000,
         "rupiah": 400_000_000},
        {"text": "Benang", "volume": None, "unit": "", "unit_cost": None, "rupiah": 250_000_000},
    ]  # fmt: skip
    LineDetail.objects.bulk_create(details_of(first, rows))
    make.line(first.unit, key="3038.994.001.A.511111", ceiling=100_000_000, blocked=10_000_000)
    return first


def taken_out(client, **query):
    answer = client.get(reverse("budget:pok-out"), {"year": 2020, **query})
    assert answer.status_code == 200
    return answer.content


def test_sent_again_into_the_same_ledger_nothing_differs(officer, client):
    line = lines_with_rows()
    content = BytesIO(taken_out(client, per="2020-06-15"))
    content.name = "pok.xlsx"
    before = list(Posting.objects.values_list("pk", flat=True))
    kept = list(LineDetail.objects.order_by("position").values_list("text", "rupiah", "pk"))
    with speaking_for(officer):
        batch = inbox_actions.deliver(
            content, kind=Kind.BUDGET, office=areas.province(), by=officer, as_of=DAY
        )
        batch = inbox_actions.read(batch.pk)
    assert batch.state == State.DONE, (batch.problem_en, batch.effects)
    assert (batch.rejected, batch.effects["budget_postings"]) == (0, 0)
    assert batch.effects["budget_lines"] == 2
    assert batch.effects["budget_lines_new"] == 0
    assert list(Posting.objects.values_list("pk", flat=True)) == before
    now = LineDetail.objects.order_by("position").values_list("text", "rupiah", "pk")
    assert list(now) == kept
    assert BudgetLine.objects.get(pk=line.pk).committed == 100_000_000
    told = CellProblem.objects.filter(batch=batch).values_list("rule", flat=True)
    assert set(told) <= {"from_title", "no_commitments"}, list(told)


def test_it_is_the_pok_of_both_days(officer, client):
    lines_with_rows()
    book = openpyxl.load_workbook(BytesIO(taken_out(client, per="2020-06-15")), data_only=True)
    (sheet,) = book.worksheets
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert ["JUMLAH", 800_000_000] in [[row[0], row[5]] for row in cells]
    assert [UNSAID, 50_000_000] in [[row[1], row[5]] for row in cells]
    assert any(row[9] == "Diblokir Rp10.000.000" for row in cells)
    before = openpyxl.load_workbook(BytesIO(taken_out(client, per="2020-01-01")))
    assert "Tidak ada baris" in before.worksheets[0]["A1"].value


def test_another_province_and_odd_addresses_give_no_line(officer, client):
    other = make.unit("Kalimantan Selatan", code="029998")
    make.line(other, ceiling=5)
    for query in ({"unit": str(other.pk)}, {"unit": "x"}, {"unit": "9" * 30}, {"year": "9" * 30}):
        book = openpyxl.load_workbook(BytesIO(taken_out(client, **query)), data_only=True)
        assert book.sheetnames == ["POK"], query


def test_the_link_carries_both_days_without_javascript(officer, client):
    line = make.line(ceiling=5)
    asked = {"per": "2020-06-01", "diketahui": "2020-06-15"}
    for name, pk in (("unit", line.unit_id), ("province", line.province_id)):
        page = client.get(reverse(f"budget:{name}", args=[pk]), asked).content.decode()
        assert "year=2020&amp;per=2020-06-01&amp;diketahui=2020-06-15" in page
