"""What everybody sees is written apart, checked, and put on show at once."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from pulih.areas.models import COUNTRY, Area
from pulih.common.errors import Message, Refusal
from pulih.delivery.actions import handovers
from pulih.people.scope import speaking_for
from pulih.portal import actions, site
from pulih.portal.datasets import Measure
from pulih.portal.models import Cell, Release
from pulih.portal.reads import releases as reads
from tests.make import budget, delivery, impact
from tests.make import portal as make
from tests.people import cast

pytestmark = pytest.mark.django_db


def files_on_show():
    return site.current() / "site"


def test_who_made_it_does_not_publish_it(publish):
    made = publish(make.checked)
    with speaking_for(make.steward()), pytest.raises(Refusal, match="another data steward"):
        actions.publish(made, by=make.steward())
    assert site.current() is None


def test_a_folder_that_a_kill_left_is_cleared_away_by_the_next_release(publish, tmp_path):
    left = tmp_path / "0123" / "site"
    left.mkdir(parents=True)
    publish(make.published, with_pages=False)
    assert not left.exists()
    assert site.current() is not None


def test_a_full_disk_publishes_nothing(publish, monkeypatch):
    made = publish(make.checked)
    monkeypatch.setattr(site, "is_full", lambda folder: True)
    by = make.steward("walidata_b")
    with speaking_for(by), pytest.raises(Refusal, match="disk is nearly full"):
        publish(actions.publish, made, by=by)
    assert reads.newest() is None


def test_a_release_waits_for_its_day_and_for_files_that_are_being_read():
    by = make.steward()
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(Refusal, match="still to come"):
        actions.draft(actions.NewRelease(tomorrow), by=by)
    other = make.release(as_of=date(2020, 7, 15), number="2020-07-15.1")
    with pytest.raises(Refusal, match="same day"):
        actions.draft(actions.NewRelease(make.DAY, other, "Salah"), by=by)
    make.country()
    impact.batch(is_stored=False)
    with pytest.raises(Refusal, match="being read"):
        actions.draft(actions.NewRelease(make.DAY), by=by)
    assert not Release.objects.filter(as_of=make.DAY).exists()


def test_a_total_that_is_not_its_sum_is_never_published():
    by = make.steward()
    release = actions.draft(actions.NewRelease(make.DAY), by=by)
    make.country()
    actions.protect(release, by=by)
    usual = {"release": release, "dataset": "help", "period": "2020", "dimension": "all"}
    for area, level, value in (("ID", "country", 9), ("32", "province", 8)):
        Cell.objects.create(**usual, measure="help_test", area=area, area_level=level, value=value)
    with pytest.raises(Refusal, match="help_test: 9 ≠ 8"):
        actions.check(release, by=by)
    assert reads.state_of_release(release) == "protected"


def test_a_definition_in_one_language_stops_the_start():
    word = Message("kata", "word")
    with pytest.raises(ValueError, match="one language only"):
        Measure("test", word, Message("Definisi", " "), word, "count")


def test_pages_on_show_are_written_again_from_what_is_kept(publish):
    assert publish(actions.publish_again) is False
    publish()
    (files_on_show() / "about" / "index.html").unlink()
    assert publish(actions.publish_again) is True
    assert (files_on_show() / "about" / "index.html").exists()


def test_goods_of_different_units_have_no_whole_and_every_good_has_its_row(publish):
    sent = delivery.handover(delivery.stocked(delivery.activity(), 500))
    handovers.confirm(
        sent, received=480, received_on=sent.sent_on, came_back=20, reason="Ritsleting rusak",
        name="Akhmad", post="Logistik", place="Posko", by=cast.provincial_officer(),
        now=timezone.now(), today=sent.sent_on,
    )  # fmt: skip
    release = publish(make.published, sent.sent_on)
    goods = Cell.objects.filter(release=release, measure="goods_received", area="32")
    assert goods.get(dimension="all").marker == "[z]"
    row = goods.get(dimension="good")
    assert (row.category.split(" (")[0], row.value) == (sent.item.name, 480)
    for page in ("goods", "places/32", "figures/goods_received"):
        assert f'data-cell="{row.cell}"' in (files_on_show() / page / "index.html").read_text()
    papers = Cell.objects.get(
        release=release, measure="handovers_signed", area="32", dimension="all"
    )
    assert papers.value == 1


def test_what_lies_in_no_province_is_told_beside_the_places(publish):
    make.country()
    whole = Area.objects.get(pk=COUNTRY)
    budget.line(budget.unit(whole, "019999", name="Kantor pusat", authority="KP"), ceiling=7)
    publish(make.published)
    for figure, is_told in (("budget_ceiling", True), ("budget_realised", False)):
        page = (files_on_show() / "figures" / figure / "index.html").read_text()
        assert ("Yang tidak berada di satu provinsi" in page) is is_told, figure


def test_a_release_of_an_older_program_gets_a_list_of_its_files(publish):
    first = publish(make.published, with_pages=False)
    (files_on_show() / f"data/r/{first.number}/index.html").unlink()
    publish(make.published, make.DAY + timedelta(days=1), with_pages=False)
    assert (files_on_show() / f"data/r/{first.number}/index.html").exists()
