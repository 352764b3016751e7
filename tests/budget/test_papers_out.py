"""The POK and page III on paper: the same figures as their pages, with names and signer."""

from datetime import date
from decimal import Decimal

import pypdfium2 as pdfium
import pytest
from django.urls import reverse

from pulih.budget import actions as budget
from pulih.budget.cash_plan import UnitPlan
from pulih.budget.documents.pok import sheets_of
from pulih.budget.documents.pok_paper import _sheet as paper_values
from pulih.budget.documents.pok_paper import pok_paper
from pulih.budget.documents.signing import signers_of
from pulih.budget.models import BudgetLine
from pulih.budget.reads.dipa import dipa_of
from pulih.budget.rules.months import even
from pulih.monitoring import actions as monitoring
from pulih.revisions.documents import dipa
from pulih.revisions.documents.page_three import UnitPage
from pulih.revisions.documents.page_three import _rows as page_three_rows
from pulih.web.as_of import AsOf
from tests.make import budget as make
from tests.people import cast

pytestmark = pytest.mark.django_db
DAY = date(2020, 6, 15)


def test_the_pok_on_paper_has_the_rows_names_and_signer_of_its_workbook():
    unit = make.unit()
    make.appointment(unit, "kpa", nip="197001011995032001")
    line = make.line(unit, ceiling=1_000, blocked=100, fund_source="PNP")
    seen, lines = AsOf(DAY, False), BudgetLine.objects.filter(pk=line.pk)
    (sheet,) = sheets_of(lines, seen, cast.planner())
    values = paper_values(sheet)
    assert values["signature"]["nip"] == "NIP 197001011995032001"
    assert [row["level"] for row in values["rows"]] == [row.level for row in sheet.rows]
    account = next(row for row in values["rows"] if row["level"] == "account")
    assert (account["amount"], account["fund"]) == ("1.000", "PNP *")
    assert account["remark"] == "Diblokir Rp100"
    assert (values["head"][4][0], values["head"][4][1][:4]) == ("Nomor DIPA", "DIPA")
    made = pok_paper([sheet])
    assert made.startswith(b"%PDF")
    assert b"pdfuaid" in made


def test_pok_and_page_three_are_papers_of_the_address(client):
    make.line(ceiling=1_200)
    client.force_login(cast.provincial_officer())
    for name in ("budget:pok-out", "revisions:plans-out"):
        answer = client.get(reverse(name), {"format": "pdf", "per": "2020-06-15"})
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")
    client.force_login(cast.regency_officer())
    assert client.get(reverse("revisions:plans-out"), {"format": "pdf"}).status_code == 403


def test_page_three_on_paper_adds_up_to_its_ceilings():
    plan = UnitPlan({"52": even(1_000), "53": even(35)}, "even")
    page = UnitPage(make.unit(), plan, {"52": 1_000, "53": 35})
    rows = page_three_rows(page)
    assert [row["running"] for row in rows][-1] == "1.035"
    assert rows[0]["amounts"] == ["84", "3"]


def test_the_dipa_has_its_four_pages_from_what_stands(client):
    unit = make.unit()
    make.appointment(unit, "kpa", nip="197001011995032001")
    line = make.line(unit, ceiling=3_000, blocked=100)
    make.line(unit, key="3038.001.051.A.532111", ceiling=2_000, fund_source="PNP")
    make.line(unit, key="3038.002.051.A.521211", ceiling=28_345, fund_source="PLN")
    terms = {"effective_on": DAY, "letter": "S-1", "office": "Kanwil DJPb", "by": make.system()}
    budget.record_fund_term(unit, 2020, fund_source="PNP", maximum=1_500, deposited=1_800, **terms)
    budget.record_fund_term(
        unit, 2020, fund_source="PLN", currency="USD", rate=Decimal("14172.5"), **terms
    )
    plan = UnitPlan({"52": even(31_345), "53": even(2_000)}, "even")
    seen, page = AsOf(DAY, False), UnitPage(unit, plan, {"52": 31_345, "53": 2_000})
    values = dipa.sheet_of(dipa.gathered(page, 2020, seen), 2020, seen, cast.planner())
    assert (values["total"], values["usable"]) == ("33.345", "33.245")
    assert values["signature"]["nip"] == "NIP 197001011995032001"
    assert values["in_words"].startswith("tiga puluh tiga ribu")
    said = {row[0]: row[2:] for row in values["funds"]}
    assert said["RM"] == ["3.000", "100", ""]
    assert "USD 2,00 pada kurs Rp14.172,50" in said["PLN"][2]
    assert "Maksimum pencairan Rp1.500" in said["PNP"][2]
    outputs = {row["cells"][0]: row["cells"][2:] for row in values["details"]}
    assert outputs["Output 3038.001"] == ["PNP, RM *", "3.000", "2.000", "5.000"]
    assert outputs["Jumlah"] == ["", "31.345", "2.000", "33.345"]
    assert values["performance"][-1]["cells"] == ["Jumlah", "", "33.345", "100"]
    assert values["receipts"] == [
        ["PNP", "Rp1.800", "Rp1.500", "S-1, Kanwil DJPb, berlaku 15 Jun 2020"]
    ]
    assert [row[1:4] for row in values["held"]] == [[line.line_key, "RM", "100"]]
    client.force_login(cast.provincial_officer())
    made = client.get(reverse("revisions:dipa-out"), {"unit": unit.pk, "per": "2020-06-15"})
    pages = pdfium.PdfDocument(made.content)
    assert made["Content-Type"] == "application/pdf"
    for page, title in zip(pages, ("Halaman I:", "II:", "III:", "IV:"), strict=True):
        assert title in page.get_textpage().get_text_bounded()


def test_what_was_typed_for_reports_stands_on_papers_of_the_budget_too():
    """Number and day of the DIPA, the place of signing and the NIP are typed once."""
    unit, by = make.unit(), make.system()
    make.appointment(unit, "kpa")
    holder = str(unit.appointments.get().person)
    monitoring.save_general(
        unit, 2020, dipa_number="DIPA-019.05", dipa_date=date(2019, 11, 12), by=by
    )
    monitoring.name_signatory(
        unit, role="kpa", name=holder, nip="197001011995032001", post="Kepala Dinas",
        place="Bandung", valid_from=date(2020, 1, 2), by=by,
    )  # fmt: skip
    assert dipa_of(unit, 2020, DAY) == ("DIPA-019.05", date(2019, 11, 12))
    assert dipa_of(unit, 2020, date(2019, 11, 11)) == ("", None)
    assert dipa_of(unit, 2020, DAY, known=DAY) == ("", None)
    signer = (holder, "197001011995032001", "Bandung")
    assert signers_of([unit.pk], DAY) == {unit.pk: signer}
    make.line(unit, ceiling=1_000)
    assert dipa_of(unit, 2020, DAY)[0] != "DIPA-019.05"
    (sheet,) = sheets_of(BudgetLine.objects.filter(unit=unit), AsOf(DAY, False), by)
    assert paper_values(sheet)["signature"]["above"].startswith("Bandung, ...")
