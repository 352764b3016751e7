"""Counts of provinces and the country agree with the reports."""

import pytest

from pulih.impact import actions
from pulih.impact.models import AffectedCount, ImpactReport
from pulih.people.scope import speaking_by_link, speaking_for
from tests.make import areas
from tests.make import impact as make
from tests.people import cast

pytestmark = pytest.mark.django_db
REGENCIES = ("Kab. Indramayu", "Kab. Bandung", "Kota Bandung", "Kab. Garut", "Kab. Cirebon")


def spread(sizes, **said):
    """Deliver as many firms of each regency as `sizes` says."""
    firms = [
        make.enterprise(f"{place} {n}", place)
        for place, size in zip(REGENCIES, sizes, strict=False)
        for n in range(size)
    ]
    batch = make.batch()
    make.take(batch, make.rows(firms, batch, **said))


def cell(area, dimension="all", code=""):
    return AffectedCount.objects.get(area=area, dimension=dimension, code=code)


def test_counts_add_up_from_provinces_to_the_country():
    spread((6, 7, 8), needs="training;equipment")
    assert cell(areas.province()).firms == 21
    assert cell(areas.country(), "need", "training").firms == 21
    assert cell(areas.country()).registered == 21
    assert cell(areas.country()).severity_mean == 60


def test_a_second_provinces_import_leaves_the_first_as_it_was():
    spread((6,))
    make.report(make.enterprise("Bali", "Kab. Badung", "Bali"))
    assert cell(areas.province()).firms == 6
    assert cell(areas.country()).firms == 7


def test_a_firm_that_is_not_affected_reports_but_does_not_count():
    spread((6,), turnover=10_000_000)
    assert (cell(areas.province()).firms, cell(areas.province()).reporting) == (0, 6)


def test_nothing_is_kept_of_a_regency_and_small_counts_of_provinces_stand():
    """Everybody else reads a release, whose protection knows what its releases tell together."""
    spread((3, 7, 9))
    assert not AffectedCount.objects.filter(area__level="regency").exists()
    make.report(make.enterprise("Bali", "Kab. Badung", "Bali"))
    assert cell(areas.province("Bali")).firms == 1


def test_counts_are_for_those_who_sign_in():
    spread((6,))
    with speaking_for(cast.provincial_officer("Bali")):
        assert cell(areas.province()).firms == 6
    with speaking_by_link("no such key"):
        assert not AffectedCount.objects.exists()


def test_an_officer_may_refresh_counts_that_she_does_not_see_all_of():
    spread((6,))
    make.report(make.enterprise("Bali", "Kab. Badung", "Bali"))
    officer = cast.provincial_officer()
    with speaking_for(officer):
        assert ImpactReport.objects.count() == 6
        actions.refresh_counts([areas.province().pk])
    assert cell(areas.country()).firms == 7


def test_the_map_has_one_value_per_province():
    spread((6,), needs="training")
    assert AffectedCount.objects.of_provinces().get().firms == 6
