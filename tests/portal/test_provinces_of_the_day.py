"""A release states the provinces of its day: 34 in 2020, 38 since the end of 2022."""

from datetime import date

import pytest

from pulih.portal import site
from pulih.portal.models import Cell
from tests.make import portal as make

pytestmark = pytest.mark.django_db
NEW = {
    "93": "Papua Selatan", "94": "Papua Tengah", "95": "Papua Pegunungan",
    "96": "Papua Barat Daya",
}  # fmt: skip


def page(address):
    return (site.current() / "site" / address / "index.html").read_text()


def provinces_of(release, measure):
    cells = Cell.objects.filter(release=release, measure=measure, dimension="all")
    return set(cells.filter(area_level="province").values_list("area", flat=True))


def test_new_provinces_stand_in_what_is_of_a_day_after_them_and_nowhere_before(publish):
    make.country()
    make.firms("Kab. Merauke", 8)
    before = publish(make.published, with_pages=False)
    after = publish(make.published, date(2023, 1, 16))
    assert len(provinces_of(before, "affected_firms")) == 34
    assert len(provinces_of(after, "affected_firms")) == 38
    assert provinces_of(after, "affected_firms") - provinces_of(before, "affected_firms") == {*NEW}
    firms = {"measure": "affected_firms", "dimension": "all", "area_level": "regency", "value": 8}
    assert Cell.objects.get(release=before, area__startswith="91", **firms).parent == "91"
    assert Cell.objects.get(release=after, area__startswith="9", **firms).parent == "93"
    for code, name in NEW.items():
        assert name in page(f"places/{code}")
        assert name in page("en/places")
    drawn = (site.current() / "site/assets/map.svg").read_text()
    assert drawn.count("<g transform") >= 38
    assert before.number in page("releases")
