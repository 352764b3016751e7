"""From an office's own file to scored reports, by the way that every upload takes."""

import pytest

from pulih.impact.models import AffectedCount, ImpactReport
from pulih.inbox.actions import withdraw
from pulih.inbox.models import State
from pulih.people.scope import speaking_for
from tests.make import inbox
from tests.people import cast

pytestmark = pytest.mark.django_db
HEADS = (
    *("Nama Usaha", "Nama Pemilik", "Kabupaten/Kota", "KBLI", "Bulan", "Omzet sebelum", "Omzet"),
    *("Tenaga kerja sebelum", "PHK", "Dirumahkan", "Status", "Kendala", "Kebutuhan"),
)


def row(name, turnover="2.500.000"):
    return (
        *(name, "Siti Maemunah", "Kab. Indramayu", "14111", "Mei 2020", "11.000.000", turnover),
        *("6", "1", "3", "beralih produk", "penjualan turun, bahan baku langka, merugi", "modal"),
    )


def deliver(*rows):
    officer = cast.provincial_officer()
    with speaking_for(officer):
        return inbox.read(*rows, kind="impact", heads=HEADS, by=officer)


def test_an_impact_sheet_becomes_scored_reports_and_counts():
    batch = deliver(*(row(f"Konveksi {n}") for n in range(6)))
    assert batch.state == State.DONE, (batch.problem_en, batch.effects)
    assert batch.effects["impact_reports"] == 6
    report = ImpactReport.objects.newest().first()
    assert float(report.severity) == 64.0
    assert report.needs == ["working_capital"]
    assert "Indramayu" in report.regency.name
    assert AffectedCount.objects.of_provinces().get().firms == 6


def test_a_corrected_sheet_takes_the_place_of_the_first_until_it_is_withdrawn():
    firms = [row(f"Konveksi {n}") for n in range(6)]
    first = deliver(*firms)
    second = deliver(*firms[:5], row("Konveksi 5", "11.000.000"))
    newest = ImpactReport.objects.newest()
    assert set(newest.values_list("batch_id", flat=True)) == {second.pk}
    officer = cast.provincial_officer()
    with speaking_for(officer):
        withdraw(second, by=officer)
    assert set(newest.all().values_list("batch_id", flat=True)) == {first.pk}
    assert AffectedCount.objects.of_provinces().get().firms == 6
