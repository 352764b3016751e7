"""The pages of the budget: what they say, who may come in, what they refuse."""

import csv
import re
from datetime import date
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from django.urls import reverse
from django.utils.html import escape

from pulih.budget import actions
from pulih.budget.actions import Movement
from pulih.budget.models import BudgetLine, Posting
from pulih.people.scope import speaking_for
from tests.html import squeezed
from tests.make import budget as make
from tests.make import inbox
from tests.make import measures as make_measures
from tests.make import planning as make_planning
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
DAY = "2020-06-15"


@made_once
def line():
    return make.line(ceiling=1_000_000_000, blocked=100_000_000, committed=300_000_000, realised=1)


@pytest.fixture
def visit(client):
    def get(name, *arguments, by=None, **query):
        client.force_login(by or cast.planner())
        return client.get(reverse(f"budget:{name}", args=arguments), {"per": DAY, **query})

    return get


def pages(line):
    posting = Posting.objects.get()
    return [
        ("province", line.province_id),
        ("unit", line.unit_id),
        ("line", line.pk),
        ("posting", posting.pk),
    ]


def test_every_page_of_a_province_is_there_for_the_planner(visit, line):
    for name, *arguments in [("summary",), ("lines",), ("postings",), *pages(line)]:
        answer = visit(name, *arguments)
        assert answer.status_code == 200, name
        assert "style=" not in answer.content.decode()


def test_another_provinces_rows_do_not_exist(visit, line):
    stranger = cast.provincial_officer("Bali")
    for name, pk in pages(line):
        assert visit(name, pk, by=stranger).status_code == 404, name
    assert line.line_key not in visit("lines", by=stranger).content.decode()
    assert "Jawa Barat" not in visit("summary", by=stranger).content.decode()
    assert visit("postings", by=stranger, unit=line.unit_id).status_code == 404
    assert line.line_key not in visit("lines", by=stranger, format="csv").getvalue().decode()


@pytest.mark.parametrize("person", [cast.regency_officer, cast.administrator])
def test_who_may_not_see_budgets_is_turned_away(visit, line, person):
    for name, *arguments in [("summary",), ("lines",), ("postings",), *pages(line)]:
        assert visit(name, *arguments, by=person()).status_code == 403, name


def test_the_auditor_reads_and_changes_nothing(client, visit, line):
    auditor = cast.auditor()
    assert visit("line", line.pk, by=auditor).status_code == 200
    for name in ("tag-line", "protect-line", "hold-line"):
        assert client.post(reverse(f"budget:{name}", args=[line.pk])).status_code == 403
    assert client.post(reverse("budget:tag-lines")).status_code == 403


def test_figures_are_those_of_the_day_in_the_address(visit, line):
    actions.post(
        kind="commitment",
        number="K-7",
        unit=line.unit,
        fiscal_year=2020,
        effective_on=date(2020, 6, 10),
        movements=[Movement(line.pk, "commitment", 55_555_555)],
        by=make.system(),
    )
    assert "355.555.555" in visit("line", line.pk).content.decode()
    before = visit("line", line.pk, per="2020-06-09").content.decode()
    assert "355.555.555" not in before
    assert "300.000.000" in before


@pytest.mark.parametrize("year", ["-5", "0", "9" * 40, "x", "1e3"])
def test_an_impossible_year_in_an_address_is_passed_by(client, year):
    line = make.line(ceiling=5)
    client.force_login(cast.planner(), "django.contrib.auth.backends.ModelBackend")
    for path in ("/budget/", f"/budget/units/{line.unit_id}/", "/budget/lines/",
                 f"/budget/provinces/{line.province_id}/", "/budget/postings/",
                 "/budget/commitments/", "/budget/blocks/"):  # fmt: skip
        answer = client.get(path, {"year": year, "per": "2020-06-15"})
        assert answer.status_code == 200, path
    asked = {"year": year, "format": "xlsx"}
    for kind in ("realisation", "payments", "commitments"):
        answer = client.get(f"/budget/lists/{kind}/", asked)
        assert answer.status_code in (200, 404), kind


def test_untagged_money_stands_first_and_is_tagged_in_bulk(client, visit, line):
    measure = make_measures.measure()
    other = make.line(key="3038.001.051.A.524111", ceiling=5_000_000_000, measure=measure)
    answer = visit("lines").content.decode()
    assert answer.index(line.line_key) < answer.index(other.line_key)
    assert other.line_key not in visit("lines", measure="none").content.decode()
    url = reverse("budget:tag-lines") + "?only=untagged&year=2020"
    answer = client.post(url, {"measure": measure.code})
    assert answer.status_code == 303
    line.refresh_from_db()
    assert line.measure == measure
    assert line.events.count() == 1  # Bulk writes leave history too.


def test_no_line_is_tagged_where_a_filter_of_the_address_cannot_be_read(client, visit, line):
    measure = make_measures.measure()
    visit("lines")
    url = reverse("budget:tag-lines") + "?only=untaged&year=2020"
    answer = client.post(url, {"measure": measure.code}, follow=True)
    assert "untaged" in answer.content.decode()
    line.refresh_from_db()
    assert line.measure is None


def test_a_line_whose_account_may_not_pay_is_left(client, visit):
    measure = make_measures.measure()
    line = make.line(key="3038.001.051.A.526115", ceiling=1_000)
    visit("line", line.pk)
    answer = client.post(reverse("budget:tag-line", args=[line.pk]), {"measure": measure.code})
    assert answer.status_code == 200
    assert "526115" in answer.content.decode()
    assert BudgetLine.objects.get(pk=line.pk).measure is None


def test_a_block_above_what_is_free_is_refused_with_the_amount(client, visit, line):
    visit("line", line.pk)
    typed = {
        "kind": "block",
        "office": "DJA",
        "rupiah": "600.000.001",
        "number": "S-212",
        "effective_on": DAY,
        "reason": "Menunggu telaah",
    }
    url = reverse("budget:hold-line", args=[line.pk])
    answer = client.post(url, typed)
    assert answer.status_code == 200
    assert "sebesar Rp1." in answer.content.decode()
    assert "S-212" in answer.content.decode()
    assert client.post(url, {**typed, "rupiah": "600.000.000"}).status_code == 303
    line.refresh_from_db()
    assert line.blocked == 700_000_000


def test_an_export_holds_what_is_filtered_and_is_recorded(visit, line):
    make.line(key="3038.001.051.A.524111", ceiling=1_000)
    answer = visit("lines", account="5241", format="csv")
    text = answer.getvalue().decode()
    assert "524111" in text
    assert line.line_key not in text


def test_pok_lines_taken_out_and_sent_in_again_open_no_line_anew(visit):
    line = make.line(ceiling=900_000_000, programme="019.05.07")
    officer = cast.provincial_officer()
    answer = visit("lines", by=officer, format="csv", year=2020)
    heads, *rows = list(csv.reader(answer.getvalue().decode().splitlines()))[4:]
    with speaking_for(officer):
        batch = inbox.read(*map(tuple, rows), kind="budget", heads=tuple(heads), by=officer)
    assert batch.state == "done", (batch.problem_en, heads, rows)
    assert batch.effects["budget_lines_new"] == 0
    assert list(BudgetLine.objects.values_list("pk", "ceiling")) == [(line.pk, 900_000_000)]


def test_lists_tell_units_apart_by_their_place_and_lines_by_what_they_are_for(client, visit):
    make.line(ceiling=1_000, detail="Bahan masker kain")
    make.line(make.unit("Bali", "019519"), ceiling=1_000)
    assert "Bahan masker kain" in visit("lines").content.decode()
    page = squeezed(client.get(reverse("treasury:list")).content.decode())
    assert ">029999 Jawa Barat</option>" in page
    assert ">019519 Bali</option>" in page


def test_a_file_speaks_indonesian_and_names_its_filters_whatever_the_page_speaks(client, line):
    client.force_login(cast.planner())
    client.cookies["pulih_language"] = "en"
    asked = {"per": DAY, "format": "csv", "year": "2020"}
    postings = client.get(
        reverse("budget:postings"), asked | {"unit": line.unit_id, "amount": "block"}
    )
    text = postings.getvalue().decode()
    assert (
        "Saringan: tahun 2020; satker 029999 Disperindag Provinsi Jawa Barat; jumlah Blokir" in text
    )
    assert ",100000000," in text  # The block alone, of a document that moved three amounts.
    lines = client.get(reverse("budget:lines"), asked).getvalue().decode()
    assert "Belanja Bahan" in lines
    assert "Block" in client.get(reverse("budget:postings"), {"per": DAY}).content.decode()


def test_every_amount_of_a_table_leads_to_what_documents_moved(visit, line):
    pages = {
        "summary": ([], f"province={line.province_id}"),
        "province": ([line.province_id], f"unit={line.unit_id}"),
        "unit": ([line.unit_id], f"line={line.pk}"),
        "lines": ([], f"line={line.pk}"),
    }
    for name, (arguments, whose) in pages.items():
        page = visit(name, *arguments).content.decode().replace("&amp;", "&")
        for amount in ("ceiling", "commitment"):
            addresses = re.findall(rf'href="({reverse("budget:entries")}[^"]*)"', page)
            asked = [dict(parse_qsl(urlsplit(address).query)) for address in addresses]
            kept = dict(parse_qsl(whose)) | {"year": "2020", "amount": amount, "per": DAY}
            assert kept in asked, (name, amount)
            led = visit("entries", **kept)
            assert "DIPA uji" in led.content.decode()


def test_a_document_says_that_the_days_shown_do_not_know_it(visit, line):
    posting = Posting.objects.get()
    told = "dokumen ini belum"
    assert told not in visit("posting", posting.pk).content.decode()
    early = {"per": "2020-01-01"}
    assert told in visit("posting", posting.pk, **early).content.decode()
    assert told in visit("posting", posting.pk, diketahui="2020-06-15").content.decode()


def test_a_physical_line_is_warned_of_on_its_unit(visit):
    line = make.line(key="3038.001.051.A.532111", ceiling=1_000)
    assert "pasal 20 ayat (3)" in visit("unit", line.unit_id).content.decode()
    make.line(key="3038.001.051.A.532121", ceiling=1_000, fiscal_year=2023)
    shown = visit("lines", only="physical").content.decode()
    assert ("532111" in shown, "532121" in shown) == (True, False)


def test_english_is_complete_where_it_is_asked(client, line):
    client.force_login(cast.planner())
    client.cookies["pulih_language"] = "en"
    answer = client.get(reverse("budget:unit", args=[line.unit_id]), {"per": DAY})
    assert "May still be moved" in answer.content.decode()


def test_a_province_leads_to_its_lines_on_the_day_that_it_shows(client):
    make_planning.country()
    province = cast.area("Jawa Barat")
    client.force_login(cast.planner())
    days = {"per": "2020-06-14", "diketahui": "2020-06-15"}
    page = client.get(reverse("budget:province", args=[province.pk]), {"year": 2020, **days})
    query = urlencode({"province": province.pk, "year": 2020, **days})
    assert escape(f"{reverse('budget:lines')}?{query}") in page.content.decode()
    assert escape(f"{reverse('budget:pok-out')}?{query}") in page.content.decode()
