"""What everybody sees is written apart, checked, and put on show at once."""

import csv
import json
import re
from datetime import date, timedelta
from functools import cache
from hashlib import sha256

import pytest
from django.utils import timezone

from pulih.common.errors import Message, Refusal
from pulih.delivery.actions import handovers
from pulih.inbox.models import ImportBatch
from pulih.people.scope import speaking_for
from pulih.portal import actions, publishing, site
from pulih.portal.datasets import Measure
from pulih.portal.models import Cell, Release
from pulih.portal.reads import releases as reads
from tests.make import budget, delivery, impact
from tests.make import portal as make
from tests.people import cast

pytestmark = pytest.mark.django_db
FIGURE = re.compile(
    r'<a class="(?:figure|marker)" href="([^"]+)">'
    r'<(?:data value="(-?\d+)"|abbr title="[^"]+") data-cell="([^"]+)">'
)


@pytest.fixture
def publish(settings, tmp_path, django_capture_on_commit_callbacks):
    """Publish into a folder of the test's own, as two stewards do."""
    settings.PUBLIC_FOLDER = tmp_path

    def done(act=make.published, *arguments, **named):
        with django_capture_on_commit_callbacks(execute=True):
            return act(*arguments, **named)

    return done


def country():
    """Three firms of one regency and eight of another, and a unit with money."""
    for regency, number in (("Kab. Indramayu", 3), ("Kab. Bandung", 8)):
        batch = impact.batch()
        firms = [impact.enterprise(f"Konveksi {at}", regency) for at in range(number)]
        impact.take(batch, impact.rows(firms, batch, workers_hit=2))
    budget.line(ceiling=1_000_000_000, committed=200_000_000, realised=50_000_000)


def files_on_show():
    return site.current() / "site"


@cache
def text_of(page):
    return page.read_text()


def cells_of(folder):
    with (folder / "cells.csv").open(encoding="utf-8") as file:
        return {row["cell"]: row for row in csv.DictReader(file)}


def test_every_number_of_every_page_opens_and_stands_in_the_files(publish):
    country()
    release = publish()
    root = files_on_show()
    cells = cells_of(root / "data" / "r" / release.number)
    pages = sorted(root.rglob("*.html"))
    assert len(pages) > 100
    seen = 0
    for page in pages:
        text = page.read_text()
        assert text.count("<script") == text.count('src="/assets/public.js"') == 1
        assert "NIK" not in text.replace("NIK,", "")
        for url, value, cell in FIGURE.findall(text):
            seen += 1
            path, _, anchor = url.partition("#")
            assert f'id="{anchor}"' in text_of(root / path.strip("/") / "index.html"), url
            if cell in cells:
                assert cells[cell]["value"] == value, cell
            else:
                assert not value, cell
        for url in re.findall(r'href="(/[^"#?]*)', text):
            if not url.startswith(("/desk/", "/api/", "/verify/")):  # Answered by Pulih.
                target = root / url.strip("/")
                assert (target / "index.html").exists() or target.is_file(), (page, url)
    assert seen > 5_000
    ids = {page.relative_to(root) for page in pages if "en" not in page.relative_to(root).parts}
    assert ids == {page.relative_to(root / "en") for page in (root / "en").rglob("*.html")}


def test_the_files_add_up_and_the_manifest_proves_them(publish):
    country()
    release = publish()
    folder = files_on_show() / "data" / "r" / release.number
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["release"] == release.number
    names = {one["path"] for one in manifest["files"]}
    assert {"cells.csv", "cells.json", "cells.xlsx", "cells.parquet", "budget.csv"} <= names
    for one in manifest["files"]:
        assert sha256((folder / one["path"]).read_bytes()).hexdigest() == one["sha256"]
    assert sha256((folder / "manifest.json").read_bytes()).hexdigest() == release.manifest_sha256
    cells = cells_of(folder)
    money = [row for row in cells.values() if row["measure"] == "budget_ceiling"]
    wholes = {row["area"]: row["value"] for row in money if row["dimension"] == "all"}
    assert wholes["ID"] == wholes["32"] == "1000000000"
    assert wholes["51"] == ""  # Bali delivered nothing: not recorded, never 0.
    lines = [
        int(row["value"]) for row in money if (row["area"], row["dimension"]) == ("32", "line")
    ]
    assert sum(lines) == 1_000_000_000


def test_three_firms_are_hidden_and_their_names_are_nowhere(publish):
    country()
    release = publish()
    firms = Cell.objects.filter(release=release, measure="affected_firms", dimension="all")
    shown = dict(firms.values_list("area", "value"))
    assert (shown["ID"], shown["32"]) == (11, 11)
    assert (shown["3212"], shown["3204"]) == (None, None)  # The second in company of the first.
    assert firms.get(area="3212").marker == "[c]"
    assert firms.get(area="51").marker == "[x]"
    root = files_on_show()
    for path in (*root.rglob("*.csv"), *root.rglob("*.html")):
        assert "Konveksi" not in path.read_text()


def test_who_made_it_does_not_publish_it(publish):
    made = publish(make.checked)
    with speaking_for(make.steward()), pytest.raises(Refusal, match="another data steward"):
        actions.publish(made, by=make.steward())
    assert site.current() is None


def test_a_second_release_takes_the_place_of_the_first_which_keeps_its_address(publish):
    country()
    first = publish()
    budget.line(key="3038.001.051.B.521211", ceiling=5)
    second = publish(make.published, restates=first, reason="POK terlambat")
    assert second.number == "2020-06-15.2"
    assert reads.state_of_release(first) == "replaced"
    root = files_on_show()
    for release in (first, second):
        assert (root / "data" / "r" / release.number / "cells.csv").exists()
    latest = json.loads((root / "data" / "latest" / "manifest.json").read_text())
    assert (latest["release"], latest["restates"]) == (second.number, first.number)
    told = (root / "releases" / "index.html").read_text()
    assert "POK terlambat" in told
    ceiling = Cell.objects.get(release=second, measure="budget_ceiling", area="ID", dimension="all")
    assert (ceiling.value, ceiling.marker) == (1_000_000_005, "[r]")
    money = (root / "figures" / "budget_ceiling" / "index.html").read_text()
    assert '<abbr title="diperbaiki sejak rilis sebelumnya">[r]</abbr>' in money
    assert "1000000005" in told
    assert (
        f"memperbaiki {first.number}"
        in (root / "figures" / "budget_ceiling" / "index.html").read_text()
    )


def test_a_withdrawn_release_answers_gone_with_its_reason_and_keeps_its_hash(publish, client):
    first, second = publish(), publish()
    publish(actions.withdraw, second, reason="Satu sel <kecil> terbuka", by=make.steward())
    answer = client.get(f"/data/r/{second.number}/cells.csv")
    assert answer.status_code == 410
    assert "Satu sel &lt;kecil&gt; terbuka" in answer.content.decode()
    assert client.get(f"/data/r/{first.number}/cells.csv").status_code == 200
    assert second.manifest_sha256 in client.get("/releases/").content.decode()
    assert client.get(f"/api/open/v1/cells?release={second.number}").status_code == 410
    assert publish(actions.publish_again) is True  # The first is on show again.
    assert client.get(f"/data/r/{second.number}/cells.csv").status_code == 410
    publish(actions.withdraw, first, reason="Juga", by=make.steward())
    assert "Belum ada rilis yang terbit" in client.get("/").content.decode()


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_withdrawal_says_why_and_a_draft_cannot_be_withdrawn(publish, reason):
    shown, made = publish(), publish(make.checked)
    with pytest.raises(Refusal, match="why"):
        actions.withdraw(shown, reason=reason, by=make.steward())
    with pytest.raises(Refusal, match="not on show"):
        actions.withdraw(made, reason="Bocor", by=make.steward())


class Cut(BaseException):
    """The process ends here, as by a kill: nobody catches it."""


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), Cut()])
def test_whatever_cuts_publishing_short_leaves_the_old_release_whole(publish, error, monkeypatch):
    first = publish()
    made = publish(make.checked)
    before = site.current()

    def cut(release, folder):
        (folder / "half.csv").write_text("half")
        raise error

    monkeypatch.setitem(publishing._writers, "zz", cut)
    wanted = Refusal if isinstance(error, OSError) else Cut
    with speaking_for(make.steward("walidata_b")), pytest.raises(wanted):
        publish(actions.publish, made, by=make.steward("walidata_b"))
    assert site.current() == before
    assert reads.newest() == first


def test_a_folder_that_a_kill_left_is_cleared_away_by_the_next_release(publish, tmp_path):
    left = tmp_path / "0123" / "site"
    left.mkdir(parents=True)
    publish()
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
    country()
    ImportBatch.objects.update(state="received")
    with pytest.raises(Refusal, match="being read"):
        actions.draft(actions.NewRelease(make.DAY), by=by)
    assert not Release.objects.filter(as_of=make.DAY).exists()


def test_a_total_that_is_not_its_sum_is_never_published():
    by = make.steward()
    release = actions.draft(actions.NewRelease(make.DAY), by=by)
    country()
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
