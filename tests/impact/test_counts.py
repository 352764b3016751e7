"""Public counts: they agree with the reports, and no small cell can be had, nor worked out."""

import random

import pytest

from pulih.impact import actions
from pulih.impact.models import AffectedCount, ImpactReport
from pulih.people.scope import speaking_for
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


def test_counts_add_up_from_regency_to_country():
    spread((6, 7, 8), needs="training;equipment")
    assert [cell(areas.regency(name)).firms for name in REGENCIES[:3]] == [6, 7, 8]
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


def test_a_cell_under_five_is_hidden_and_one_more_so_that_it_cannot_be_worked_out():
    spread((3, 7, 9))
    hidden = {count.area.name for count in AffectedCount.objects.filter(is_hidden=True)}
    assert hidden == {areas.regency(name).name for name in REGENCIES[:2]}
    small = cell(areas.regency(REGENCIES[0]))
    assert (small.firms, small.workers, small.severity_mean, small.reporting) == (None,) * 4
    assert cell(areas.province()).firms == 19


@pytest.mark.parametrize("seed", range(4))
def test_no_hidden_cell_stands_alone_whatever_the_numbers(seed):
    dice = random.Random(seed)
    sizes = [dice.choice((0, 1, 4, 5, 9)) for _ in REGENCIES]
    total = sum(sizes) or 1
    spread(
        sizes if sum(sizes) else (1,),
        status=[dice.choice(("CLOSED", "TEMP_NOT_PRODUCING")) for _ in range(total)],
        needs=[dice.choice(("training", "equipment", "training;logistics")) for _ in range(total)],
    )
    cells = AffectedCount.objects.filter(area__level="regency")
    assert not cells.filter(firms__range=(1, 4)).exists()
    for count in cells.filter(is_hidden=True):
        kin = cells.filter(dimension=count.dimension, code=count.code)
        shown = sum(kin.filter(is_hidden=False).values_list("firms", flat=True))
        is_alone = kin.filter(is_hidden=True).count() == 1
        whole = cell(areas.province(), count.dimension, count.code).firms
        # Alone only where nothing else could be hidden with it.
        assert not is_alone or shown == 0 or whole == shown


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
