"""What a release that is on show goes on to: it is read, replaced, carried over, withdrawn, kept.

All these tests begin with one release, which is published once.
"""

import csv
import json
import re
from datetime import date, timedelta
from functools import cache
from hashlib import sha256

import pytest
from django.db import Error, transaction

from pulih.common.errors import Refusal
from pulih.people.scope import speaking_as_system, speaking_for
from pulih.portal import actions, checking, publishing, rhythm, site
from pulih.portal.models import Cadence, Cell, Every, Release, Scope
from pulih.portal.reads import releases as reads
from tests.make import budget
from tests.make import portal as make

pytestmark = pytest.mark.django_db
NEXT_DAY = date(2020, 7, 2)
FIGURE = re.compile(
    r'<a class="(?:figure|marker)" href="([^"]+)">'
    r'<(?:data value="(-?\d+)"|abbr title="[^"]+") data-cell="([^"]+)">'
)
# Headings, tables with their source, and what opens: numbers that stand elsewhere are no figures.
APART = re.compile(
    r"<(head|nav|h[1-6]|table|svg|data|abbr|time|footer|code|pre)\b.*?</\1>|<[^>]*>", re.S
)
NO_FIGURE = re.compile(
    r"\d{1,2} \w+ \d{4}|\d{4}-\d\d-\d\d(\.\d+)?|[0-9a-f]{64}|CC BY 4\.0|Atribusi 4\.0|SP2D|SHA\S+"
    r"|OCDS 1\.1|360Giving 1\.4|1 sampai 4|360 piksel|Skenario peragaan 2020|/api/open/v1/cells"
    r"|paling lama \d+ hari"  # Which is what the makers' definition says.
)
world = make.country


def files_on_show():
    return site.current() / "site"


@cache
def text_of(page):
    return page.read_text()


def cells_of(folder):
    with (folder / "cells.csv").open(encoding="utf-8") as file:
        return {row["cell"]: row for row in csv.DictReader(file)}


def cells(release, **wanted):
    found = Cell.objects.filter(release=release, **wanted)
    return {cell.cell: (cell.value, cell.marker) for cell in found}


def publish_money(day=NEXT_DAY, with_pages=True):
    with speaking_as_system() as system:
        return actions.publish_money(by=system, day=day, with_pages=with_pages)


class Cut(BaseException):
    """The process ends here, as by a kill: nobody catches it."""


def test_every_number_of_every_page_opens_and_stands_in_the_files(release):
    root = files_on_show()
    cells = cells_of(root / "data" / "r" / release.number)
    lists_of_files = root / "data" / "r", root / "data" / "latest"
    every = sorted(root.rglob("*.html"))
    pages = [page for page in every if not any(map(page.is_relative_to, lists_of_files))]
    assert len(pages) > 100
    seen = 0
    for page in pages:
        text = page.read_text()
        scripts = re.findall(r'<script type="module" src="/assets/(\w+)\.js"></script>', text)
        assert text.count("<script") == len(scripts), page
        assert scripts == (["public", "find"] if page.parent.name == "places" else ["public"])
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
            if not url.startswith(("/desk/", "/api/", "/verify/", "/en/verify/", "/delivery/")):
                target = root / url.strip("/")
                assert (target / "index.html").exists() or target.is_file(), (page, url)
    assert seen > 5_000
    ids = {page.relative_to(root) for page in pages if "en" not in page.relative_to(root).parts}
    assert ids == {page.relative_to(root / "en") for page in (root / "en").rglob("*.html")}


def test_no_number_stands_outside_of_what_opens_or_names_its_source(release):
    root = files_on_show()
    for page in sorted(root.rglob("*.html")):
        place = page.relative_to(root).parts
        if place[0] in ("en", "measures"):  # What a measure is, in the words of its catalogue.
            continue
        words = " ".join(APART.sub(" ", text_of(page)).split())
        assert re.findall(r"(?:\S+ )?\S*\d\S*", NO_FIGURE.sub("", words)) == [], page


def test_the_files_add_up_and_the_manifest_proves_them(release):
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


def test_the_folder_of_a_release_lists_its_files(release, client):
    for address in (f"/data/r/{release.number}/", "/data/latest/"):
        page = client.get(address)
        assert page.status_code == 200
        links = re.findall(r'<a href="([^"/#]+(?:/[^"]+)?)">', page.content.decode())
        assert {"cells.csv", "manifest.json", "SHA256SUMS", "ocds/releases.json"} <= set(links)
        for link in links:
            assert client.get(f"{address}{link}").status_code == 200, link
    assert client.get(f"/data/r/{release.number}").headers["Location"].endswith("/")


def test_three_firms_are_hidden_and_their_names_are_nowhere(release):
    firms = Cell.objects.filter(release=release, measure="affected_firms", dimension="all")
    shown = dict(firms.values_list("area", "value"))
    assert (shown["ID"], shown["32"]) == (11, 11)
    assert (shown["3212"], shown["3204"]) == (None, None)  # The second in company of the first.
    assert firms.get(area="3212").marker == "[c]"
    assert firms.get(area="51").marker == "[x]"
    root = files_on_show()
    for path in (*root.rglob("*.csv"), *root.rglob("*.html")):
        assert "Konveksi" not in path.read_text()


def test_a_second_release_takes_the_place_of_the_first_which_keeps_its_address(release, publish):
    budget.line(key="3038.001.051.B.521211", ceiling=5)
    second = publish(make.published, restates=release, reason="POK terlambat")
    assert second.number == "2020-06-15.2"
    assert reads.state_of_release(release) == "replaced"
    root = files_on_show()
    for each in (release, second):
        assert (root / "data" / "r" / each.number / "cells.csv").exists()
    latest = json.loads((root / "data" / "latest" / "manifest.json").read_text())
    assert (latest["release"], latest["restates"]) == (second.number, release.number)
    told = (root / "releases" / "index.html").read_text()
    assert "POK terlambat" in told
    ceiling = Cell.objects.get(release=second, measure="budget_ceiling", area="ID", dimension="all")
    assert (ceiling.value, ceiling.marker) == (1_000_000_005, "[r]")
    money = (root / "figures" / "budget_ceiling" / "index.html").read_text()
    assert '<abbr title="diperbaiki sejak rilis sebelumnya">[r]</abbr>' in money
    assert "1.000.000.005" in told
    said = re.findall(
        r'<data value="(\d+)" data-cell="budget_ceiling\|2020\|ID\|all\|"([^>]*)>', money
    )
    assert set(said) == {  # Cells of both have one name, so the older one says which it is.
        ("1000000005", ""),
        ("1000000000", f' data-release="{release.number}"'),
    }
    assert (
        f"memperbaiki {release.number}"
        in (root / "figures" / "budget_ceiling" / "index.html").read_text()
    )


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_withdrawal_says_why_and_a_draft_cannot_be_withdrawn(release, publish, reason):
    made = publish(make.checked)
    with pytest.raises(Refusal, match="why"):
        actions.withdraw(release, reason=reason, by=make.steward())
    with pytest.raises(Refusal, match="not on show"):
        actions.withdraw(made, reason="Bocor", by=make.steward())


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), Cut()])
def test_whatever_cuts_publishing_short_leaves_the_old_release_whole(
    release, publish, error, monkeypatch
):
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
    assert reads.newest() == release


def test_money_publishes_itself_the_day_after_it_changed_and_carries_the_rest(release, publish):
    assert publish(publish_money) is None  # Nothing has changed.
    assert Release.objects.count() == 1
    budget.line(key="3038.001.051.B.521211", ceiling=5)
    make.firms("Kab. Bandung", 7)
    second = publish(publish_money)
    assert (second.number, second.scope) == ("2020-07-02.1", "money")
    assert reads.newest() == second
    assert site.is_of(second.number, [])
    assert cells(second, measure="budget_ceiling", area="ID", dimension="all") == {
        "budget_ceiling|2020|ID|all|": (1_000_000_005, "")
    }
    assert cells(second, measure="affected_firms") == cells(release, measure="affected_firms")
    assert second.day_of("affected_firms", "province") == make.DAY
    assert second.day_of("budget_ceiling", "province") == date(2020, 7, 2)
    page = (site.current() / "site/figures/affected_firms/index.html").read_text()
    assert "per 15 Jun 2020" in page
    assert publish(publish_money) is None  # Once a day.


def test_a_failed_check_holds_money_back_and_says_why(release, publish, monkeypatch):
    budget.line(key="3038.001.051.B.521211", ceiling=5)
    monkeypatch.setattr(checking.budget, "differences", lambda: ["Baris 7 tidak cocok"])
    assert publish(publish_money) is None
    held = Release.objects.latest("pk")
    assert reads.newest() == release
    assert "Baris 7 tidak cocok" in held.work.problem_indonesian
    monkeypatch.undo()
    again = publish(publish_money, NEXT_DAY + timedelta(days=1), with_pages=False)
    assert reads.newest() == again
    assert reads.state_of_release(held) == "discarded"


def test_a_release_of_provinces_carries_the_regencies_of_the_one_before(release, publish):
    make.firms("Kab. Bandung", 7)
    by, other = make.steward(), make.steward("walidata_b")
    wanted = actions.NewRelease(date(2020, 7, 1), scope=Scope.PROVINCES)
    with speaking_for(by):
        provinces = actions.draft(wanted, by=by)
        actions.protect(provinces, by=by)
        actions.check(provinces, by=by)
    with speaking_for(other):
        publish(actions.publish, provinces, by=other)
    whole = {"measure": "affected_firms", "dimension": "all"}
    assert cells(provinces, area="32", **whole) == {"affected_firms|2020|32|all|": (18, "")}
    assert cells(provinces, area="3204", **whole) == cells(release, area="3204", **whole)
    assert provinces.day_of("affected_firms", "regency") == make.DAY
    page = (site.current() / "site/places/32/index.html").read_text()
    assert "sekali satu triwulan" in page
    assert "per 15 Jun 2020" in page


def test_what_carries_a_withdrawn_release_goes_with_it(release, publish):
    budget.line(key="3038.001.051.B.521211", ceiling=5)
    second = publish(publish_money, with_pages=False)
    publish(actions.withdraw, release, reason="Satu sel terbuka", by=make.steward())
    assert second.withdrawal.reason == "Satu sel terbuka"
    assert reads.on_show() == []


def test_the_calendar_says_when_and_what_came_last(release):
    for home, words in (("", "setiap triwulan"), ("en", "every quarter")):
        page = (site.current() / "site" / home / "calendar/index.html").read_text()
        assert words in page
        assert page.count(release.number) > 3
    with pytest.raises(Error), transaction.atomic():
        Cadence.objects.filter(scope=Scope.REGENCIES).update(every=Every.DAY)


def test_a_steward_is_offered_regencies_when_they_are_due(release):
    assert rhythm.due_scope(make.DAY, []) == Scope.REGENCIES
    assert rhythm.due_scope(date(2020, 7, 14), [release]) == Scope.PROVINCES
    assert rhythm.due_scope(date(2020, 7, 15), [release]) == Scope.REGENCIES


def test_the_page_of_data_names_every_file_and_ends_with_what_tells_of_them(release):
    page = (files_on_show() / "en/data/index.html").read_text()
    rows = re.findall(r'<th scope="row">([^<]+)<', page)
    assert rows[0] == "All figures"
    assert sorted(rows[-3:]) == [
        "Code of the release",
        "Hash of each file",
        "What the release holds",
    ]
    assert 'href="/en/verify/"' in page
    theirs = (files_on_show() / "data/index.html").read_text()
    assert 'href="/verify/"' in theirs
    lines = "Anggaran per baris (Fiscal Data Package): baris anggaran<small>fiscal/lines</small>"
    assert lines in theirs
