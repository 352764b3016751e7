"""What day it is on a phone that has had no network since yesterday."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from pulih.delivery.reads.field import clocks
from pulih.delivery.views.field import ASSETS
from pulih.web.assets import scan_files
from tests.make import delivery as make
from tests.people import cast

LINE = Path(__file__).parents[2] / "pulih/delivery/static/delivery/field_line.js"
# The getter is asked of its class: a line of its own wants a whole browser.
SCRIPT = """
const { Line } = await import(process.argv[1]);
const today = Object.getOwnPropertyDescriptor(Line.prototype, "today").get;
const list = { today: "2020-12-31", day_ends: "2026-03-01T17:00:00+00:00" };
Date.now = () => Date.parse(process.argv[2]) + 3_600_000;
console.log(today.call({ all: { list }, clockOff: 3_600_000 }));
"""


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-02-28T18:00:00Z", "2020-12-31"),
        ("2026-03-01T16:59:59Z", "2020-12-31"),
        ("2026-03-01T17:00:00Z", "2021-01-01"),
        ("2026-03-03T16:59:59Z", "2021-01-02"),
    ],
)
def test_a_phone_without_network_counts_the_days_of_the_office(moment, day):
    asked = ["node", "--input-type=module", "-e", SCRIPT, str(LINE), moment]
    done = subprocess.run(asked, capture_output=True, text=True, check=True, timeout=30)
    assert done.stdout.strip() == day


@pytest.mark.django_db
def test_a_phone_is_told_when_the_day_ends_by_the_true_clock():
    now = datetime(2020, 6, 29, 16, 30, tzinfo=UTC)  # 23.30 in Jawa Barat.
    told = clocks(cast.area("Jawa Barat").pk, now, now, None)
    left = datetime.fromisoformat(told["day_ends"]) - datetime.fromisoformat(told["now"])
    assert (told["today"], left) == ("2020-06-29", timedelta(minutes=30))


def test_a_card_names_one_person_of_the_class_and_the_page_stays_small(db, client):
    cohort = make.cohort()
    make.seated(cohort, 2)
    client.force_login(cast.provincial_officer())
    paper = client.get(reverse("delivery:cards", args=[cohort.pk]))
    assert paper.content.startswith(b"%PDF")
    told = client.get(reverse("delivery:field-list", args=[cohort.pk])).json()["people"]
    assert len({one["card"] for one in told}) == 2
    assert all(make.nik(1) not in one["card"] for one in told)
    kept = [finders.find(name) for name in (*ASSETS, *scan_files())]
    assert sum(Path(one).stat().st_size for one in kept) < 300_000
