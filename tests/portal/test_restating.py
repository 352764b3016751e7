"""A figure of one day that two releases state otherwise says so: old value, reason and date."""

import csv
import json
from datetime import UTC, date, datetime

import pytest

from pulih.portal import actions, site
from pulih.portal.models import Cell, Release
from pulih.portal.restating import stated_before
from tests.make import budget
from tests.make import portal as make

world = make.country
WITH_PAGES = False  # Only those of the release that follows are read.
DAY = date(2020, 6, 15)
CEILING = "budget_ceiling|2020|ID|all|"


def at(pk, hour=0, **values):
    """A release of the day; published at an hour, if at any."""
    published = datetime(2020, 7, 1, hour, tzinfo=UTC) if hour else None
    return Release(pk=pk, **{"as_of": DAY, "published_at": published, **values})


def test_a_release_is_compared_with_the_newest_of_its_day_that_came_before():
    first, second = at(1, 1), at(3, 3)
    other = at(2, 2, as_of=date(2020, 6, 14))
    on_show = [second, other, first]
    assert stated_before(second, on_show) == first
    assert stated_before(first, on_show) is None
    assert stated_before(at(4), on_show) == second  # A draft.
    assert stated_before(at(5, restates=second), [first]) is None  # Which was withdrawn.


@pytest.mark.django_db
def test_a_changed_figure_tells_its_old_value_until_that_release_is_withdrawn(release, publish):
    budget.line(key="3038.001.051.B.521211", ceiling=5)
    second = publish()
    root = site.current() / "site"
    ceiling = Cell.objects.get(release=second, measure="budget_ceiling", area="ID", dimension="all")
    assert (ceiling.value, ceiling.marker) == (1_000_000_005, "[r]")
    rows = csv.DictReader((root / "data/restatements.csv").open(encoding="utf-8"))
    (row,) = (each for each in rows if each["cell"] == CEILING)
    assert (row["value_before"], row["value"]) == ("1000000000", "1000000005")
    assert (row["corrects"], row["release"]) == (release.number, second.number)
    assert row["published_at"] == second.published_at.isoformat()
    assert "menurut yang diketahui sampai" in row["reason"]
    (told,) = json.loads((root / "data/restatements.json").read_text())["restatements"]
    assert any(each["cell"] == CEILING for each in told["changes"])
    assert not any(each["value"] == each["value_before"] for each in told["changes"])
    page = (root / "en/figures/budget_ceiling/index.html").read_text()
    corrected = page.split('id="corrections"')[1].split("</section>")[0]
    assert ">Rp1,000,000,000</td>" in corrected
    assert "Counted again by what was known up to" in corrected
    assert 'id="corrections"' not in (root / "figures/help_paid/index.html").read_text()
    publish(actions.withdraw, release, reason="Satu sel terbuka", by=make.steward())
    assert not (site.current() / "site/data/restatements.csv").exists()
    publish(actions.mend_site)
    left = (site.current() / "site/data/restatements.csv").read_text()
    assert left.count("\n") == 1
    assert "1.000.000.000" not in (site.current() / "site/releases/index.html").read_text()
