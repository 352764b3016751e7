"""Cases of revision_cases.toml: the office, its source and what is forbidden, asked of a draft."""

import tomllib
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from django.utils import translation

from pulih.budget.models import BudgetLine
from pulih.budget.rules.keys import Funding
from pulih.common.errors import Refusal
from pulih.revisions import actions
from pulih.revisions.actions import DraftLine, case
from pulih.revisions.assessing import assess
from pulih.revisions.rules.regimes import regimes
from pulih.revisions.rules.untouchable import limits
from tests import rules_document
from tests.make import budget as make
from tests.make import revisions as make_revisions
from tests.people import cast

pytestmark = pytest.mark.django_db
CASES = tomllib.loads(Path(__file__).with_name("revision_cases.toml").read_text())["case"]
VOLUMES = {"unsaid": "", "falls": "falls", "kept": "kept"}


class Told:
    """One line of a case as it is written: what there is, and what it becomes."""

    def __init__(self, text):
        self.key, self.fund, self.programme, ceiling, change, *more = text.split()
        self.ceiling, self.change = 0 if ceiling == "new" else int(ceiling), int(change)
        self.is_new = ceiling == "new"
        self.more = dict(one.partition("=")[::2] for one in more)

    def number(self, name):
        return int(self.more.get(name, 0))

    @property
    def funding(self):
        return Funding(*(part.strip("-") for part in (self.fund, self.programme)), "")

    def line(self, year):
        province, _colon, unit = self.more.get("at", "Jawa_Barat").partition(":")
        of = make.unit(province.replace("_", " "), code=f"02{len(province):02}{unit or 1:0>2}")
        paid, owed = self.number("paid"), self.number("contracted")
        return make.line(
            of, self.key, fiscal_year=year, fund_source=self.fund, programme=self.programme,
            authority=self.more.get("dk", "DK"), detail=self.more.get("for", "").replace("_", " "),
            is_protected="protected" in self.more, ceiling=self.ceiling, committed=paid + owed,
            realised=paid, blocked=self.number("blocked"),
        )  # fmt: skip


def drafted(case):
    """Draft a case: by hand in one unit, or as a plan over several."""
    told = [Told(text) for text in case["lines"]]
    year = case["on"].year
    lines = [None if one.is_new else one.line(year) for one in told]
    if any("at" in one.more for one in told):
        return planned(told, lines, case["on"])
    asked = [
        DraftLine(one.ceiling + one.change, line.pk)
        if line
        else DraftLine(one.change, key=one.key, funding=one.funding)
        for one, line in zip(told, lines, strict=True)
        if one.change
    ]
    return [
        actions.draft(
            lines[0].unit, year, asked, title=case["name"], token=case["name"][:40],
            declared_total=sum(one.change for one in told), judged_on=case["on"],
            volume=VOLUMES[case.get("volume", "kept")], by=cast.planner(),
        )
    ]  # fmt: skip


def planned(told, lines, on):
    rows = [
        (str(line.pk), line.province_id, "X", one.ceiling, one.ceiling + one.change)
        for one, line in zip(told, lines, strict=True)
    ]
    names = ("line", "province", "measure", "before", "after")
    plan = pl.DataFrame(rows, schema=names, orient="row")
    revisions = case.draft_revisions(plan, source="scenario:1", by=cast.planner(), judged_on=on)
    for one in revisions:  # A plan does not say what becomes of volumes; the officer does.
        one.volume = "kept"
        one.save()
    return revisions


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_case_is_decided_by_its_office_and_forbidden_where_it_must(case):
    found = [assess(revision) for revision in drafted(case)]
    whole = max((one.judged.whole for one in found), key=lambda verdict: verdict.office)
    source = whole.rule.source if whole.rule else ""
    assert (whole.office.name, source) == (case["office"], case["source"]), whole.message.en
    touched = [one for each in found for one in each.touched]
    assert sorted({one.kind for one in touched if one.forbids}) == case.get("forbidden", [])
    assert {one.kind for one in touched if not one.forbids} >= set(case.get("told", []))
    assert not {"travel", "volume"} & {
        one.kind for one in touched if not one.forbids and one.kind not in case.get("told", [])
    }


def test_a_new_line_is_opened_where_its_neighbours_hang():
    told = [Told("3038.001.051.A.521211 PLN P1 1000 0"), Told("3039.001.051.A.521211 RM P2 1000 0")]
    first, _second = (one.line(2020) for one in told)
    asked = [DraftLine(700, first.pk), DraftLine(300, key="3038.001.051.A.522151")]
    revision = actions.draft(
        first.unit, 2020, asked, title="x", token="x", declared_total=0, by=cast.planner(),
        judged_on=CASES[5]["on"],
    )  # fmt: skip
    opened = revision.movements.get(line=None)
    assert opened.funding == ("PLN", "P1", "DK")
    assert not BudgetLine.objects.filter(account="522151").exists()


def test_each_rule_was_read_somewhere_or_says_what_would_settle_it():
    every = [*(rule for regime in regimes() for rule in regime.rules), *limits()]
    assert [rule.message.en for rule in every if bool(rule.place) == bool(rule.settle)] == []


def test_the_maintainers_list_of_rules_says_what_the_data_say():
    assert rules_document.PLACE.read_text("utf-8") == rules_document.written()


def test_a_shift_between_units_does_not_come_into_force_without_the_others_part():
    case = next(one for one in CASES if one["name"] == "units of two provinces")
    leaving, arriving = sorted(drafted(case), key=lambda one: one.declared_total)
    make_revisions.approved(leaving, "DIT_PA")
    actions.withdraw(arriving, reason="Batal", by=cast.planner())
    day = {"effective_on": date(2020, 6, 22), "by": cast.planner()}
    with translation.override("en"), pytest.raises(Refusal, match=r"come to −?-?Rp300, not to"):
        actions.put_in_force(leaving, **day)
    leaving.refresh_from_db()
    assert leaving.state == "approved"
