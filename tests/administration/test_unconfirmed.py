"""What rests on memory stands on one page for who maintains Pulih, and nowhere as a code word."""

import ast
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


def test_each_room_whose_data_rests_on_memory_says_so():
    doubtful = re.compile(r"verified = (?:false|no)\b|,no\r?$|\bassumed\b", re.MULTILINE)
    data = [*ROOT.glob("*/data/*.toml"), *ROOT.glob("*/data/*.csv")]
    rooms = {path.parents[1].name for path in data if doubtful.search(path.read_text())}
    told = {finder.__module__.split(".")[1] for finder in unconfirmed.FINDERS}
    assert rooms - told - {"classifications", "places", "intake", "linkage", "scenarios"} == set()
    assert len(rooms) > 8


def texts(path):
    """Yield the texts of a module, its docstrings left out."""
    tree = ast.parse(path.read_text())
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield node.value


def test_no_screen_says_verified_no():
    told = re.compile(r"verified = no", re.IGNORECASE)
    files = [*ROOT.rglob("*.html"), *ROOT.rglob("*.po"), *ROOT.rglob("*.typ")]
    assert [path.name for path in files if told.search(path.read_text())] == []
    said = [path.name for path in ROOT.rglob("*.py") if any(map(told.search, texts(path)))]
    assert said == []


def test_what_is_not_confirmed_bears_one_mark_everywhere():
    others = re.compile(
        r'_\("(?:unverified|not confirmed[^"]*)"\)|translate "(?:unverified|not conf)'
    )
    for template in sorted(ROOT.glob("*/templates/**/*.html")):
        assert not others.search(template.read_text("utf-8")), f"{template}: {{% unconfirmed %}}"
