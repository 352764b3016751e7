"""What a delivered row says of a firm, where it says it in its own way."""

import polars as pl
import pytest

from pulih.impact import reading
from pulih.registry import delivered_attributes
from pulih.registry.models import Scale
from pulih.registry.sources import attributes_of, sources_of
from tests.make import inbox
from tests.make import registry as make
from tests.people import cast

HEADS = (
    *("Nama Usaha", "Nama Pemilik", "NIK", "Produk", "TK Laki-laki", "TK Perempuan"),
    "Nilai Investasi",
)


@pytest.mark.parametrize(("said", "workers"), [
    ({"workers_male": 2, "workers_female": 3}, 5),
    ({"workers": 9, "workers_male": 2, "workers_female": 3}, 9),
    ({"workers_male": 2, "workers_female": None}, None),
    ({"workers_male": 2}, None),
    ({"workers": 4}, 4),
])  # fmt: skip
def test_men_and_women_make_the_workers_where_no_total_is_told(said, workers):
    row = {"source_id": 1, "enterprise_id": 1, "province_id": 1, "regency_id": None, **said}
    table = pl.DataFrame([row])
    assert delivered_attributes.attributes(table)["workers"].to_list() == [workers]
    assert reading.reports(table, inbox.AS_OF)["workers"].to_list() == [workers]


@pytest.mark.django_db
def test_the_firms_page_names_the_row_that_men_and_women_were_added_up_from():
    row = ("Konveksi Sari", "Siti Maemunah", make.nik(1), "Baju", "1", "3", "31900000")
    (firm,) = make.of(inbox.read(row, heads=HEADS))
    assert (firm.workers, firm.workers_male, firm.scale) == (4, 1, Scale.SMALL)
    planner = cast.planner()
    told = {one.name: one for one in attributes_of(firm, sources_of(firm, planner))}
    assert told["workers"].source is not None
    assert told["workers"].reason == "the only one"
