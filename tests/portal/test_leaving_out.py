"""A release goes on without a table that nothing protects, and everybody reads why."""

import json

import pytest

from pulih.common.errors import Refusal
from pulih.people.scope import speaking_for
from pulih.portal import actions, counting, site
from pulih.portal.datasets import DATASETS, Table, tables_of
from pulih.portal.models import Cell, LeftOut
from pulih.portal.reads import releases as reads
from tests.make import portal as make

pytestmark = pytest.mark.django_db
BY_STATUS = Table("affected_firms", "status")
WHOLE = Table("affected_firms", "all")
WHY = "Satu sel tidak dapat dilindungi."


def left_out(table, release=None):
    """A release that went on without a table, counted and checked."""
    by = make.steward()
    with speaking_for(by):
        made = actions.leave_out(release or make.drafted(), table, reason=WHY, by=by)
        actions.protect(made, by=by)
        return actions.check(made, by=by)


def publish_it(release, with_pages=True):
    by = make.steward("walidata_b")
    with speaking_for(by):
        return actions.publish(release, by=by, with_pages=with_pages)


def page(address):
    return (site.current() / "site" / address / "index.html").read_text()


def test_a_table_left_out_is_in_no_file_and_pages_and_manifest_say_why(publish):
    make.country()
    publish(lambda: publish_it(left_out(BY_STATUS)))
    cells = Cell.objects.filter(measure="affected_firms")
    assert not cells.filter(dimension="status").exists()
    assert cells.filter(dimension="commodity_group").exists()
    assert cells.get(area="ID", dimension="all").value == 11
    manifest = json.loads((site.current() / "site/data/latest/manifest.json").read_text())
    assert manifest["not_published"] == [
        {"measure": "affected_firms", "dimension": "status", "reason": WHY, "reason_en": None}
    ]
    for address in ("figures/affected_firms", "releases", "data", "en/releases"):
        assert WHY in page(address), address
    assert WHY not in page("figures/help_paid")


def test_a_figure_left_out_is_hidden_everywhere_with_the_sums_that_belong_to_it(publish):
    make.country()
    publish(lambda: publish_it(left_out(WHOLE)))
    for measure in ("affected_firms", "workers_hit"):
        cells = Cell.objects.filter(measure=measure)
        assert set(cells.values_list("dimension", "value")) == {("all", None)}
        assert cells.get(area="ID").marker == "[c]"
    assert WHY in page("figures/affected_firms")


def test_a_later_release_may_state_again_what_one_left_out(publish):
    make.country()
    publish(lambda: publish_it(left_out(WHOLE), with_pages=False))
    publish(make.published, with_pages=False)
    newest = Cell.objects.filter(release=reads.newest(), measure="affected_firms", area="ID")
    assert newest.get(dimension="all").value == 11
    assert newest.filter(dimension="status").exists()


@pytest.mark.parametrize("table", [BY_STATUS, WHOLE])
def test_a_release_may_leave_out_what_an_earlier_one_on_show_states(publish, table):
    make.country()
    publish(make.published, with_pages=False)
    publish(lambda: publish_it(left_out(table), with_pages=False))
    assert [one.number for one in reads.on_show()] == ["2020-06-15.2", "2020-06-15.1"]


def test_what_is_counted_is_discarded_and_drafted_anew_with_all_that_it_left_out():
    make.country()
    first = left_out(BY_STATUS)
    by = make.steward()
    with speaking_for(by):
        goes_on = actions.leave_out(first, Table("affected_firms", "need"), reason=WHY, by=by)
    assert reads.state_of_release(first) == "discarded"
    assert (goes_on.number, goes_on.as_of) == ("2020-06-15.2", first.as_of)
    assert set(goes_on.left_out.values_list("dimension", flat=True)) == {"status", "need"}


def test_only_who_made_it_leaves_a_known_table_out_once_and_says_why():
    by, release = make.steward(), make.drafted()

    def refused(words, table=BY_STATUS, reason=WHY, by=by):
        with speaking_for(by), pytest.raises(Refusal, match=words):
            actions.leave_out(release, table, reason=reason, by=by)

    refused("another data steward", by=make.steward("walidata_b"))
    refused("everybody reads the reason", reason=" ")
    refused("not in this release", Table("help_paid", "all"))
    with speaking_for(by):
        actions.leave_out(release, BY_STATUS, reason=WHY, by=by)
    refused("left out already")
    with speaking_for(by):
        actions.ask(release, "count", by=by)
    refused("being worked on", WHOLE)
    assert LeftOut.objects.count() == 1


def test_what_is_published_already_leaves_nothing_out(publish):
    release, by = publish(make.published, with_pages=False), make.steward()
    with speaking_for(by), pytest.raises(Refusal):
        actions.leave_out(release, BY_STATUS, reason=WHY, by=by)
    assert not LeftOut.objects.exists()
    assert reads.state_of_release(release) == "published"


def test_rows_of_no_other_table_are_touched():
    raw = counting.Raw("affected_firms", "32", "need", "TOOLS", 7)
    gone = counting.Gone(frozenset(), frozenset({BY_STATUS}))
    assert counting.without({"impact": [raw]}, gone) == {"impact": [raw]}
    assert all(one.measure != "help_paid" for one in tables_of(DATASETS))
