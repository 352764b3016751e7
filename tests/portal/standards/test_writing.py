"""From the ledger to files: as of a day, as known at a moment, and as the official schemas ask."""

import csv
import io
import json
import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from pulih.budget.models import Posting
from pulih.delivery.actions import handovers
from pulih.portal import publishing
from pulih.portal.models import Release
from pulih.portal.standards import checking, reading, writing
from tests.make import delivery as make_delivery
from tests.make import ledger as make_ledger
from tests.people import cast
from tests.portal.standards.test_dcat import MEASURES

pytestmark = pytest.mark.django_db
SCHEMAS = os.environ.get("PULIH_OFFICIAL_SCHEMAS", "")
DAY = date(2020, 12, 31)


def release(**values):
    usual = {
        "number": "2020-12-31.1", "as_of": DAY, "known_at": timezone.now(),
        "program_version": "0.2.0", "measures": MEASURES, "made_by": cast.planner(),
    }  # fmt: skip
    return Release.objects.create(**{**usual, **values})


def load(folder, path):
    return json.loads((folder / path).read_text())


def write_all(found, folder):
    """Let all that is registered write, as publishing does."""
    there = folder / "data" / "r" / found.number
    there.mkdir(parents=True, exist_ok=True)
    publishing.write_release(found, there)
    publishing.write_site(found, folder)
    return there


def test_a_ledger_with_every_kind_of_document_is_written_whole(tmp_path):
    lines = make_ledger.history()
    make_delivery.handover(make_delivery.stocked(make_delivery.activity()))
    there = write_all(release(), tmp_path)
    records = load(there, "ocds/records.json")["records"]
    assert len(records) == 12
    rows = list(csv.DictReader(io.StringIO((there / "fiscal/lines.csv").read_text())))
    for line in lines:
        line.refresh_from_db()
        (row,) = [one for one in rows if one["line"] == line.line_key]
        for name in ("ceiling", "blocked", "committed", "realised"):
            assert int(row[name]) == getattr(line, name)
    paid = csv.DictReader(io.StringIO((there / "fiscal/payments.csv").read_text()))
    assert sum(int(row["rupiah"]) for row in paid) == sum(line.realised for line in lines)
    (grant,) = load(there, "grants/360giving.json")["grants"]
    assert grant["recipientOrganization"][0]["name"] == "Gugus Tugas Jawa Barat"
    assert load(tmp_path, "data/satu-data/budget.json")["verified"] == "no"
    assert "grants/360giving.json" in (tmp_path / "data/catalog.ttl").read_text()


def test_goods_are_of_the_place_where_they_went():
    there = make_delivery.receiver("Satgas Kota Bandung", area=cast.area("Kota Bandung"))
    item = make_delivery.stocked(make_delivery.activity())
    make_delivery.handover(item, receiver=there)
    (gift,) = reading.gifts(DAY, timezone.now())
    assert gift.area_name == "Kota Bandung"
    assert gift.area.startswith("32")


def test_a_hand_over_that_was_signed_later_leaves_an_earlier_release_as_it_was():
    sent = make_delivery.handover(make_delivery.stocked(make_delivery.activity()))
    signed = sent.signatures.get().signed_at
    assert reading.gifts(DAY, signed - timedelta(seconds=1)) == []
    confirm(sent, signed + timedelta(hours=1))
    assert [one.received for one in reading.gifts(DAY, signed)] == [None]
    (gift,) = reading.gifts(DAY, signed + timedelta(hours=1))
    assert gift.received == sent.sent


def confirm(sent, now):
    handovers.confirm(
        sent, received=sent.sent, received_on=sent.sent_on, came_back=0, reason="", name="Akhmad",
        post="Logistik", place="Posko", by=cast.provincial_officer(), now=now, today=sent.sent_on,
    )  # fmt: skip


def test_what_was_posted_later_leaves_an_earlier_release_as_it_was(tmp_path):
    make_ledger.history(lines=1, months=2)
    known = Posting.objects.latest("recorded_at").recorded_at
    before = reading.ledger(DAY, known)
    line = Posting.objects.first().entries.first().line
    make_ledger.contract(line, 5, effective_on=date(2020, 3, 6))
    assert reading.ledger(DAY, known) == before
    assert reading.ledger(DAY, timezone.now() + timedelta(minutes=1)) != before


def test_a_document_of_a_later_day_does_not_count_yet():
    make_ledger.history(lines=1, months=2)
    days = {one.day for one in reading.ledger(date(2020, 2, 28), timezone.now()).documents}
    assert days == {date(2020, 2, 5)}


def test_an_empty_ledger_is_written_as_empty_files(tmp_path):
    there = write_all(release(), tmp_path)
    assert load(there, "ocds/releases.json")["releases"] == []
    assert (there / "fiscal/payments.csv").read_text().count("\n") == 1
    assert not (there / "grants").exists()
    assert "360giving" not in (tmp_path / "data/catalog.ttl").read_text()


@pytest.mark.skipif(not SCHEMAS, reason="PULIH_OFFICIAL_SCHEMAS names no folder of schemas")
def test_the_official_schemas_find_nothing(tmp_path):
    make_ledger.history()
    make_delivery.handover(make_delivery.stocked(make_delivery.activity()))
    there = write_all(release(), tmp_path)
    assert checking.differences(there, Path(SCHEMAS)) == []


def test_a_schema_that_a_file_breaks_is_told_of_with_the_place(tmp_path):
    make_ledger.history(lines=1, months=1)
    writing.write_money(release(), tmp_path)
    strict = {"properties": {"releases": {"maxItems": 0}}}
    (tmp_path / "release-package-schema.json").write_text(json.dumps(strict))
    (told,) = checking.differences(tmp_path, tmp_path)
    assert told.en.startswith("ocds/releases.json, releases: not as its standard asks")


def test_our_schemas_ship_with_the_program():
    there = {path.name for path in checking.OURS.glob("*.json")}
    assert there == set(checking.SCHEMA_OF.values())
