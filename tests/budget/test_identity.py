"""A document is known by its kind, its number however written, its unit and its fiscal year."""

import re
import unicodedata
from datetime import date

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.budget import actions
from pulih.budget.actions import Document, Movement
from pulih.budget.identity import number_keys
from pulih.budget.models import Posting
from pulih.common.errors import Refusal
from tests.examples import examples
from tests.make import budget as make
from tests.make import ledger

pytestmark = pytest.mark.django_db
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
GONE = re.compile("[\\s\u00ad\u1680\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")


def imprest(line, rupiah, number, **values):
    """A payment out of the imprest, as a list states it."""
    movements = [Movement(line.pk, kind, rupiah) for kind in ("commitment", "realisation")]
    usual = {"fiscal_year": line.fiscal_year, "effective_on": date(line.fiscal_year, 6, 15)}
    return Document("sp2d", number, line.unit, movements=movements, **{**usual, **values})


def test_the_same_number_in_another_year_is_another_document():
    old, new = (
        make.line(ceiling=1_000, fiscal_year=2021),
        make.line(ceiling=1_000, fiscal_year=2022),
    )
    days = (date(2021, 3, 1), date(2022, 3, 1))
    first, second = (
        ledger.asked(line, 100, number="00001", effective_on=on)
        for line, on in zip((old, new), days, strict=True)
    )
    assert first.pk != second.pk
    lots = actions.post_many(
        [imprest(old, 5, "7"), imprest(new, 5, "7"), imprest(new, 6, "8")], by=make.system()
    )
    assert [one.is_new for one in lots] == [True] * 3


@pytest.mark.parametrize(
    ("written", "again"),
    [
        ("2200 0000 000 0020", "220000000000020"),
        ("spk / 12/IV/2020", "SPK/12/IV/2020"),
        ("SPK\u201312", "SPK - 12"),
        ("\uff11\uff12\u200b3", "123"),
        ("00001", "1"),
    ],
)
def test_a_number_written_otherwise_is_the_same_document_at_every_door(written, again):
    line = make.line(ceiling=1_000)
    first = ledger.paid(line, 100, number=written, method="UP")
    assert first.document_number == written  # As the paper has it.
    assert ledger.paid(line, 100, number=again, method="UP") == first
    with pytest.raises(Refusal, match="posted before"):
        ledger.paid(line, 101, number=again, method="UP")
    same, other = actions.post_many(
        [imprest(line, 100, again, method="UP"), imprest(line, 5, "x-9")], by=make.system()
    )
    assert (same.posting_id, other.is_new) == (first.pk, True)
    one, two = actions.post_many(
        [imprest(line, 7, f"{written}7"), imprest(line, 7, f"{again}7")], by=make.system()
    )
    assert two == (one.posting_id, False, None)
    line.refresh_from_db()
    assert line.realised == 112


@pytest.mark.parametrize("number", ["-", " / ", "0", "000", "\u200b", "\u2014"])
def test_a_number_without_a_letter_or_digit_that_counts_is_none(number):
    line = make.line(ceiling=1_000)
    with pytest.raises(Refusal, match="no number"):
        ledger.contract(line, 1, number=number)
    (listed,) = actions.post_many([imprest(line, 1, number)], by=make.system())
    assert "no number" in listed.refusal.en


def slow_key(number):
    """The obvious reference, letter by letter."""
    text = unicodedata.normalize("NFKC", number)
    text = "".join("-" if letter in DASHES else letter for letter in GONE.sub("", text))
    text = "".join(letter.upper() if "a" <= letter <= "z" else letter for letter in text)
    if text.isascii() and text.isdigit():
        text = text.lstrip("0")
    return text if any(letter.isalnum() for letter in text) else ""


LETTERS = st.text(st.sampled_from("aZ09 0\t\u00a0\u200b/-.\u2013\u2212\uff11\uff21ss"), max_size=12)


@settings(max_examples=examples(40), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(LETTERS, min_size=1, max_size=8))
def test_numbers_are_read_alike_by_python_and_by_the_database(numbers):
    wanted = {number: slow_key(number) for number in numbers}
    assert number_keys(numbers) == wanted
    with connection.cursor() as cursor:
        cursor.execute("SELECT n, budget_number_key(n) FROM unnest(%s::text[]) AS n", [numbers])
        assert dict(cursor.fetchall()) == wanted


def test_a_payee_written_otherwise_is_the_same_and_another_is_told_at_every_door():
    line = make.line(ceiling=1_000)
    first = ledger.paid(line, 100, number="1", party="CV. Sagu Jaya", method="LS")
    assert ledger.paid(line, 100, number="1", party="cv sagu jaya", method="LS") == first
    same, party, method = actions.post_many(
        [
            imprest(line, 100, "1", party="CV Sagu  Jaya"),
            imprest(line, 100, "1", party="CV Aren"),
            imprest(line, 100, "1", method="UP"),
        ],
        by=make.system(),
    )
    assert same == (first.pk, False, None)
    assert "party CV. Sagu Jaya, now CV Aren" in party.refusal.en
    assert "way of payment LS, now UP" in method.refusal.en
    assert Posting.objects.filter(document_kind="sp2d").count() == 1
