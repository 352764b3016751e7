"""What is said of figures, in both languages: of goods, areas, categories, and in the files."""

import json

import polars as pl
import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from pulih.common.errors import Message
from pulih.people.scope import speaking_for
from pulih.portal import actions, site, tables
from pulih.portal.areas import UNSTATED
from pulih.portal.datasets import Table
from pulih.portal.datasets.budget import line_name
from pulih.portal.words import good_named, lines_named
from pulih.references.charts import AccountNames
from tests.make import budget
from tests.make import portal as make

world = make.country
WITH_PAGES = False  # Only files are read, and pages once they are mended.
PRODUCTS = {
    "baju hazmat": Message("Baju hazmat", "Hazmat suit"),
    "masker kain": Message("Masker kain", "Cloth mask"),
}


@pytest.mark.parametrize(
    ("typed", "english"),
    [
        ("Baju hazmat (potong)", "Hazmat suit (piece)"),
        ("Baju hazmat dan masker kain (buah)", "Hazmat suit and cloth mask (piece)"),
        ("Masker kain tiga lapis (buah)", "Cloth mask, “Masker kain tiga lapis” (piece)"),
        ("Masker kainan (buah)", "Masker kainan (buah)"),
        ("Bordir khas daerah (potong)", "Bordir khas daerah (potong)"),
        ("Baju hazmat (entah)", "Baju hazmat (entah)"),
        ("Baju hazmat", "Baju hazmat"),
    ],
)
def test_a_good_is_said_in_english_where_every_word_of_it_is_known(typed, english):
    assert good_named(typed, PRODUCTS) == Message(typed, english)


@pytest.mark.django_db
def test_files_say_everything_in_both_languages_and_old_columns_keep_their_place(release):
    cells = pl.read_csv(site.current() / "site/data/latest/cells.csv", infer_schema=False)
    assert cells.columns[:16] == [
        "cell", "measure", "period", "area", "area_name", "area_level", "dimension", "category",
        "category_name", "value", "marker", "unit", "definition", "as_of", "source", "dataset",
    ]  # fmt: skip
    for name in ("measure_name", "area_name", "unit", "definition", "source"):
        assert cells.filter(pl.col(name).fill_null("") == "").is_empty(), name
        assert cells.filter(pl.col(f"{name}_en").fill_null("") == "").is_empty(), name
    whole = cells.filter(measure="affected_firms", area="ID", dimension="all")
    assert whole["measure_name_en"].to_list() == ["Affected firms in the register"]
    assert whole["unit_en"].to_list() == ["firms"]
    status = cells.filter(measure="affected_firms", area="ID", dimension="status")
    assert set(status["category_name_en"]) == {"not stated"}
    assert set(status["category_name"]) == {"tidak disebut"}


@pytest.mark.django_db
def test_every_kind_of_file_holds_what_the_csv_holds_cell_by_cell(release):
    folder = site.current() / "site/data/r" / release.number
    names = sorted(path.stem for path in folder.glob("*.xlsx"))
    assert {"cells", "budget", "impact"} <= set(names)
    for name in names:
        csv = pl.read_csv(folder / f"{name}.csv", infer_schema=False).fill_null("")
        parquet = pl.read_parquet(folder / f"{name}.parquet").cast(pl.String).fill_null("")
        assert parquet.equals(csv), name
        book = CalamineWorkbook.from_path(folder / f"{name}.xlsx")
        heads, *rows = book.get_sheet_by_name("sel").to_python(skip_empty_area=False)
        # What a measure means stands once, beside the cells.
        assert set(csv.columns) - set(heads) == set(tables.LONG)
        assert [[plain(one) for one in row] for row in rows] == list(
            map(list, csv.select(heads).rows())
        ), name
        said = json.loads((folder / f"{name}.json").read_text())["cells"]
        short = csv.drop(*tables.LONG, "as_of").to_dicts()
        assert [{key: plain(one) for key, one in cell.items()} for cell in said] == short, name


def plain(value):
    """A value as CSV writes it; a spreadsheet knows no whole numbers."""
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) else str(value)


@pytest.mark.django_db
def test_a_province_without_its_regency_is_named_in_both_languages(release):
    names = {one: tables.area_names(release.as_of, one) for one in ("id", "en")}
    code = f"32{UNSTATED}"
    assert names["id"][code] == "Kabupaten/kota tidak disebut (Jawa Barat)"
    assert names["en"][code] == "Regency or city not stated (Jawa Barat)"
    assert names["id"]["32"] == names["en"]["32"] == "Jawa Barat"


@pytest.mark.django_db
def test_a_reason_is_read_in_the_language_of_the_page_and_as_indonesian_where_it_has_no_other(
    release, publish, client
):
    """What was corrected, left out and taken away is for readers of English pages, too."""
    by, other = make.steward(), make.steward("walidata_b")
    wanted = actions.NewRelease(make.DAY, release, "Berkas terlambat", reason_en="A late file")
    with speaking_for(by):
        made = actions.draft(wanted, by=by)
        table = Table("affected_firms", "status")
        made = actions.leave_out(made, table, reason="Sel terbuka", reason_en="An open cell", by=by)
        actions.check(actions.protect(made, by=by), by=by)
    with speaking_for(other):
        publish(actions.publish, made, by=other, with_pages=False)
        publish(actions.withdraw, release, reason="Bocor", by=other)
    assert publish(actions.mend_site) is True
    client.force_login(by)
    client.cookies["pulih_language"] = "en"
    desk = client.get(reverse("portal:release", args=[made.pk]))
    assert "A late file" in desk.content.decode()
    assert "An open cell" in desk.content.decode()
    root = site.current() / "site"
    own, english = ((root / one / "releases/index.html").read_text() for one in ("", "en"))
    for words in ("Berkas terlambat", "Sel terbuka", "Bocor"):
        assert f'<span lang="id">{words}</span>' in own
    for words in ("A late file", "An open cell", '<span lang="id">Bocor</span>'):
        assert words in english
    assert "Berkas terlambat" not in english
    manifest = json.loads((root / "data/latest/manifest.json").read_text())
    assert manifest["restatement_reason_en"] == "A late file"
    assert manifest["not_published"][0]["reason_en"] == "An open cell"


@pytest.mark.django_db
def test_a_line_that_names_a_person_is_called_by_its_account():
    named, plain = (
        budget.line(key=f"3038.001.051.{part}.521211", detail=detail)
        for part, detail in (("B", "Honor narasumber Sdr. Ahmad Fauzi"), ("C", "Bahan masker"))
    )
    words = lines_named(make.DAY, timezone.now())
    assert words[line_name(plain)] == Message("Bahan masker", "Bahan masker")
    account = AccountNames(make.DAY, "id")("521211")
    assert words[line_name(named)].id == account
    assert "Ahmad" not in words[line_name(named)].en
