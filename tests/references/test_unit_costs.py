"""A year's list of standard unit costs is imported as offices write it, and judges from its day."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pulih.budget.rules.standards import Costed, over_standard
from pulih.references.charts import unit_costs
from pulih.references.kinds import KINDS
from pulih.references.models import UnitCost
from pulih.references.rules import read_list
from tests.make import areas
from tests.make import budget as make
from tests.people import cast
from tests.references.test_import import take

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
HEADS = ("Kode", "Uraian", "Provinsi", "Satuan", "Besaran", "Sifat", "Tahun", "Dasar Hukum")
SPEAKER = ("speaker", "Honorarium narasumber", "", "orang-jam", "800.000", "batas tertinggi",
           "2020", "PMK 78/PMK.02/2019")  # fmt: skip
ROOM = ("fullboard", "Paket rapat fullboard", "Jabar", "orang-hari", "650000", "Estimasi", "2020",
        "PMK 78/PMK.02/2019")  # fmt: skip


def taken(*rows):
    lines = [";".join(row) for row in (HEADS, *rows)]
    return take(*lines, kind="unit-costs")


def over(text, cost, on=date(2020, 6, 15), account="522151", province="Jawa Barat"):
    key = areas.province(province).pk
    asked = Costed(f"3038.001.051.A.{account}", text, cost, key)
    return [(one.standard.amount, one.is_finding) for one in over_standard([asked], on,
            unit_costs(on))]  # fmt: skip


def test_an_imported_row_supersedes_the_packaged_one_of_its_item_and_year():
    assert over("Narasumber bimtek", 850_000) == []
    assert taken(SPEAKER).changed == 1
    assert over("Narasumber bimtek", 850_000) == [(800_000, True)]
    assert over("Narasumber eselon II", 1_000_000) == []
    assert UnitCost.objects.filter(code="speaker").count() == 1


def test_a_provinces_own_row_counts_before_the_countrys_and_only_there():
    taken((*SPEAKER[:2], "Jawa Barat", *SPEAKER[3:4], "750000", *SPEAKER[5:]))
    assert over("Narasumber bimtek", 850_000) == [(750_000, True)]
    assert over("Narasumber bimtek", 850_000, province="Kalimantan Selatan") == []


def test_a_later_year_ends_the_one_before_and_is_known_by_the_same_words():
    taken((*SPEAKER[:4], "1.000.000", *SPEAKER[5:6], "2021", "PMK 119/PMK.02/2020"))
    assert over("Narasumber", 950_000) == [(900_000, True)]
    assert over("Narasumber", 950_000, on=date(2021, 3, 1)) == []
    assert over("Narasumber", 1_000_001, on=date(2021, 3, 1)) == [(1_000_000, True)]


def test_a_new_item_is_known_by_the_words_of_its_name_in_any_account():
    taken(ROOM)
    text = "Paket rapat (fullboard) peserta"
    assert over(text, 650_001, account="524119") == [(650_000, False)]
    assert over("Paket rapat halfday", 650_001, account="524119") == []


def test_an_imported_row_takes_the_place_of_a_daily_allowance():
    assert over("Uang harian", 430_001, account="524111") == [(430_000, True)]
    row = ("out_of_town", "Uang harian luar kota", "Jawa Barat", "orang-hari", "500000",
           "batas tertinggi", "2020", "PMK")  # fmt: skip
    lines = [";".join((*HEADS, "Akun", "Kata Pengenal")), ";".join((*row, "524111", "uang harian"))]
    take(*lines, kind="unit-costs")
    assert over("Uang harian", 430_001, account="524111") == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({4: "0"}, "column amount: must be whole rupiah above zero"),
        ({4: "-5"}, "column amount: must be"),
        ({4: "9" * 15}, "column amount: must be"),
        ({5: "kira-kira"}, "column nature: must be ceiling or estimate"),
        ({2: "Atlantis"}, "column province: must be the name of a province"),
        ({6: "20"}, "column valid_from: must be a year such as 2021"),
        ({7: ""}, "column source: must be text"),
        ({0: ""}, "column code: must be"),
    ],
)
def test_what_is_wrong_is_told_with_row_and_column(change, sentence):
    row = [change.get(at, cell) for at, cell in enumerate(SPEAKER)]
    text = "\n".join(";".join(one) for one in (HEADS, row))
    _rows, faults = read_list(KINDS["unit-costs"].shape, text.encode())
    assert [one.message.en.startswith("Row 2, ") for one in faults] == [True]
    assert sentence in faults[0].message.en


def test_a_workbook_is_read_as_it_is_and_the_pages_show_it_by_year_province_and_item(client):
    book = openpyxl.Workbook()
    book.active.append(["STANDAR BIAYA MASUKAN TAHUN 2021"])
    book.active.append(HEADS)
    book.active.append(["fullboard", *ROOM[1:4], 655_000, "estimasi", 2021, "PMK 119"])
    content = BytesIO()
    book.save(content)
    client.force_login(cast.administrator(), BACKEND)
    file = SimpleUploadedFile("sbm 2021.xlsx", content.getvalue())
    answer = client.post(reverse("references:import", args=["unit-costs"]), {"file": file})
    assert answer.status_code == 303, answer.context["form"].errors
    make.line(ceiling=1)
    client.force_login(cast.provincial_officer(), BACKEND)
    jabar = areas.province().pk
    listed = {
        asked: [row.cost.amount for row, _cells in
                client.get(reverse("budget:standards"), dict(asked)).context["list"].lines]
        for asked in (
            (("year", 2021), ("q", "rapat")),
            (("year", 2021), ("q", "RAPAT"), ("province", jabar)),
            (("year", 2021), ("q", "rapat"), ("province", jabar + 1)),
            (("year", 2020), ("q", "rapat")),
        )
    }  # fmt: skip
    assert list(listed.values()) == [[655_000], [655_000], [], []]
    for odd in ({"year": "x"}, {"year": "9" * 40}, {"province": "x"}, {"q": "\0"}):
        assert client.get(reverse("budget:standards"), odd).status_code == 200
