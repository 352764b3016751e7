"""What rests on memory stands on one page for who maintains Pulih, and nowhere as a code word."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

from pulih.administration import unconfirmed
from pulih.revisions.rules.regimes import regimes
from pulih.revisions.rules.untouchable import limits
from tests.people import cast

ROOT = Path(__file__).parents[2] / "pulih"


@pytest.mark.django_db
def test_the_page_names_each_open_rule_with_what_would_settle_it(client):
    rules = [*(rule for regime in regimes() for rule in regime.rules), *limits()]
    listed = unconfirmed.every()
    of_revisions = [one for one in listed if one.source.startswith("REV-")]
    assert len(of_revisions) == sum(not rule.verified for rule in rules) > 0
    assert {one.source.partition("-")[0] for one in listed} >= {"REV", "TREASURY", "TAX", "REPORT"}
    client.force_login(cast.administrator())
    client.cookies["pulih_language"] = "en"
    shown = client.get(reverse("administration:unconfirmed")).content.decode()
    assert "PMK 210/PMK.02/2019, its annex on who approves which revision" in shown
    assert f"{len(listed)} rules and layouts rest on memory" in shown


def test_no_screen_says_verified_no():
    told = re.compile(r"verified = no", re.IGNORECASE)
    files = [*ROOT.rglob("*.html"), *ROOT.rglob("*.po"), *ROOT.rglob("*.typ")]
    assert [path.name for path in files if told.search(path.read_text())] == []
