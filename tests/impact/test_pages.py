"""The pages of impact: numbers that open to their rows, within one's reach."""

from dataclasses import replace
from datetime import date
from importlib import import_module

import pytest
from django.urls import reverse

from pulih.impact import views
from pulih.registry.models import Enterprise
from tests.html import squeezed, words
from tests.make import areas
from tests.make import impact as make
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
DAYS = ("2025-12-31", "2026-01-01")


@pytest.fixture
def visit(client):
    def get(name, *arguments, by=None, **query):
        client.force_login(by or cast.planner())
        return client.get(reverse(f"impact:{name}", args=arguments), query)

    return get


@made_once
def firms():
    west = [make.enterprise(f"Jabar {n}") for n in range(6)]
    batch = make.batch()
    said = {
        "needs": ["training"] * 4 + ["equipment"] * 2,
        "obstacles": "falling_sales",
        "status": "TEMP_NOT_PRODUCING",
        "laid_off": 1,
        "workers_before": 4,
        "kbli": "14111",
    }
    make.take(batch, make.rows(west, batch, **said))
    make.report(make.enterprise("Bali Satu", "Kab. Badung", "Bali"), needs="training")
    return west


def test_the_country_counts_its_provinces(visit, firms):
    page = visit("summary").content.decode()
    assert "7 IKM melaporkan" in words(page)
    assert "Jawa Barat" in page
    assert "style=" not in page
    assert visit("summary", area=areas.province().pk).status_code == 200
    assert visit("summary", area=areas.regency().pk).status_code == 200


def test_a_number_opens_to_as_many_rows(visit, firms):
    listed = visit("list", province=areas.province().pk, need="training")
    assert listed.context["list"].page.total == 4
    found = visit("summary", area=areas.province().pk).context["found"]
    needs = {cell.code: cell.firms for cell in found.by_dimension["need"]}
    assert needs == {"training": 4, "equipment": 2}
    for name in ("need", "obstacle", "status", "commodity_group"):
        for cell in found.by_dimension[name]:
            rows = visit("list", **{name: cell.code}, province=areas.province().pk)
            assert rows.context["list"].page.total == cell.firms, (name, cell.code)


def test_the_kept_counts_of_the_country_agree_with_those_made_now(visit, firms):
    country = visit("summary").context["found"]
    west = visit("summary", area=areas.province().pk).context["found"]
    kept = next(cell for cell in country.areas if cell.code == str(areas.province().pk))
    assert (kept.firms, kept.workers, kept.severity) == (
        west.total.firms,
        west.total.workers,
        west.total.severity,
    )


def test_an_officer_sees_her_own_area_alone(visit, firms):
    officer = cast.regency_officer("Kab. Badung")
    assert visit("list", by=officer).context["list"].page.total == 1
    assert visit("summary", by=officer).context["found"].total.firms == 1
    assert visit("summary", by=officer, area=1).status_code == 404
    assert visit("summary", by=officer, area=areas.province().pk).status_code == 404
    assert visit("of-enterprise", firms[0].pk, by=officer).status_code == 404
    assert "Jabar" not in visit("list", by=officer, format="csv").getvalue().decode()


def test_an_administrator_sees_no_firms(visit, firms):
    for name in ("summary", "list", "formula"):
        assert visit(name, by=cast.administrator()).status_code == 403


def test_a_firm_shows_its_terms_and_what_is_unknown(visit, client):
    report = make.report(
        turnover_before=11_000_000, turnover=2_500_000, workers_before=6, laid_off=1, furloughed=3
    )
    page = visit("of-enterprise", report.enterprise_id).content.decode()
    assert "77,3%" in page
    assert "4 dari 6 pekerja" in page
    assert "status, hambatan" in page
    fragment = client.get(
        reverse("impact:of-enterprise", args=[report.enterprise_id]), headers={"HX-Request": "true"}
    ).content.decode()
    assert fragment.lstrip().startswith("<div")


def test_the_formula_explains_itself(visit):
    page = visit("formula").content.decode()
    for shown in ("30,9", "16,7", "10,0", "6,4", "64,0"):
        assert shown in page


def test_the_formula_of_a_day_explains_itself_by_its_own_points(visit, monkeypatch):
    (first,) = views.FORMULAS
    weights = {**first.weights, "turnover": 25, "status": 35}
    later = replace(first, version="2", valid_from=date(2026, 1, 1), weights=weights)
    for module in (views, import_module("pulih.impact.rules.severity")):
        monkeypatch.setattr(module, "FORMULAS", (first, later))
    before, since = (words(visit("formula", per=day).content.decode()) for day in DAYS)
    assert "rumus v1" in before
    assert "64,0" in before
    assert "rumus v2" in since
    # 8.5 of 11 lost × 25, 4 of 6 workers × 25, half × 35, 3 of 7 obstacles × 15.
    assert "59,9" in since


def test_a_page_without_reports_says_what_to_do(visit):
    assert "Berkas impor" in visit("summary").content.decode()
    assert visit("list", need="training").status_code == 200


def test_a_regency_reads_what_a_list_of_its_province_reported(visit, firms):
    officer = cast.regency_officer()
    page = squeezed(visit("of-enterprise", firms[0].pk, by=officer).content.decode())
    assert "belum melaporkan dampak" not in page
    assert "daftar dinas provinsi, baris 2" in page
    assert "dampak.xlsx" not in page
    assert "dampak.xlsx, baris 2" in squeezed(visit("of-enterprise", firms[0].pk).content.decode())


def test_a_report_of_a_firm_that_moved_away_stays_in_the_list_it_is_counted_in(visit, firms):
    officer = cast.regency_officer()
    Enterprise.objects.filter(pk=firms[0].pk).update(regency=areas.regency("Kab. Cirebon"))
    answer = visit("list", by=officer)
    assert (
        len(answer.context["list"].page.rows)
        == visit("summary", by=officer).context["found"].total.firms
    )
    page = answer.content.decode()
    assert "Jabar 0" not in page
    assert "IKM yang kini tercatat di wilayah lain" in page
    exported = visit("list", by=officer, format="csv").getvalue().decode()
    assert exported.count("PRODUCING") + exported.count("berhenti sementara") == 6


def test_a_file_names_its_filters_and_speaks_indonesian_whatever_the_page_speaks(client, firms):
    client.force_login(cast.planner())
    client.cookies["pulih_language"] = "en"
    asked = {"province": firms[0].province_id, "need": "training", "format": "csv", "page": ""}
    note = client.get(reverse("impact:list"), asked).getvalue().decode()
    assert "Saringan: provinsi Jawa Barat; kebutuhan Pelatihan\n" in note.replace("\r", "")
    assert "berhenti sementara" in note
    note = client.get(reverse("impact:list"), {"format": "csv"}).getvalue().decode()
    assert "Saringan: tidak ada" in note
    asked = {"least": 90, "affected": "all", "format": "csv"}
    note = client.get(reverse("impact:list"), asked).getvalue().decode()
    assert "Saringan: keparahan mulai 90; ikm yang mana Semua yang melapor" in note
    assert "stopped for a time" in client.get(reverse("impact:list")).content.decode()
