"""A list is posted by the same law as each document alone, in its order, and each is answered."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.budget import actions, reconcile
from pulih.budget.actions import Document, Movement
from pulih.budget.models import BudgetLine, Entry, Posting
from tests.examples import examples
from tests.make import budget as make
from tests.make import ledger
from tests.once import made_once

pytestmark = pytest.mark.django_db
DAY = date(2020, 6, 15)
KEYS = ("3038.001.051.A.521211", "3038.001.051.A.522151", "3038.001.052.A.521211")


@made_once
def lines():
    return [make.line(key=key, ceiling=1_000) for key in KEYS]


def paper(line, rupiah, number="SP2D-1", **values):
    """A payment out of the imprest: it commits and pays."""
    movements = [Movement(line.pk, kind, rupiah) for kind in ("commitment", "realisation")]
    usual = {"kind": "sp2d", "unit": line.unit, "fiscal_year": 2020, "effective_on": DAY}
    return Document(number=number, movements=movements, **{**usual, **values})


def posted(*documents):
    return actions.post_many(documents, by=make.system())


def test_a_list_is_posted_and_chained_like_documents_one_by_one(lines):
    first, second, third = lines
    answers = posted(paper(first, 100, "a"), paper(second, 200, "b"), paper(first, 50, "c"))
    assert all(answer.is_new and answer.refusal is None for answer in answers)
    first.refresh_from_db()
    assert (first.committed, first.realised, first.sequence) == (150, 150, 5)
    assert list(reconcile.messages()) == []
    ledger.paid(first, 10)
    actions.seal()
    assert list(reconcile.messages()) == []
    assert Posting.objects.get(document_number="b").entries.count() == 2
    assert third.realised == 0


def test_the_same_list_twice_is_one_and_a_changed_document_is_told_what_differs(lines):
    papers = [paper(line, 100, f"s-{line.pk}", party="CV Sagu") for line in lines]
    first = posted(*papers)
    assert [a.posting_id for a in posted(*papers)] == [a.posting_id for a in first]
    assert not any(answer.is_new for answer in posted(*papers))
    changed = paper(lines[0], 99, f"s-{lines[0].pk}", effective_on=date(2020, 6, 16))
    told, kept = posted(changed, papers[1])
    assert "realisation Rp100, now Rp99" in told.refusal.en
    assert "effective date 15 Jun 2020, now 16 Jun 2020" in told.refusal.en
    assert kept == (first[1].posting_id, False, None)
    assert Entry.objects.filter(amount_kind="realisation").count() == 3


def test_a_document_twice_in_one_list_is_one(lines):
    line = lines[0]
    first, again, changed = posted(paper(line, 10), paper(line, 10), paper(line, 11))
    assert again == (first.posting_id, False, None)
    assert "said otherwise" in changed.refusal.en


def test_only_what_breaks_the_law_is_refused_in_the_order_of_the_list(lines):
    first, second, _third = lines
    both = Document(
        "sp2d", "both", first.unit, 2020, DAY,
        [Movement(line.pk, kind, 600) for line in (first, second)
         for kind in ("commitment", "realisation")],
    )  # fmt: skip
    answers = posted(paper(first, 500, "a"), both, paper(second, 900, "c"), paper(first, 500, "d"))
    assert [answer.refusal is None for answer in answers] == [True, False, True, True]
    assert f"Line {first.line_key}: The commitment Rp1,100 is above" in answers[1].refusal.en
    assert list(reconcile.messages()) == []


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"fiscal_year": None}, "fiscal year"),
        ({"effective_on": None}, "date is blank"),
        ({"effective_on": date(2021, 1, 1)}, "not open"),
        ({"fiscal_year": 1}, "known fiscal year"),
        ({"number": "  "}, "no number"),
        ({"kind": "block"}, "may not move"),
        ({"kind": "spm"}, "may not move"),
        ({"rupiah": 0}, "moves no money"),
        ({"rupiah": None}, "whole rupiah"),
        ({"rupiah": 1.5}, "whole rupiah"),
        ({"rupiah": float("nan")}, "whole rupiah"),
        ({"rupiah": -5}, "may not move"),
    ],
)
def test_what_cannot_be_judged_is_refused_and_the_rest_stands(lines, values, words):
    good = paper(lines[1], 10, "good"), paper(lines[2], 10, "good too")
    bad = paper(lines[0], values.pop("rupiah", 5), values.pop("number", "bad"), **values)
    answers = posted(good[0], bad, good[1])
    assert [answer.refusal is None for answer in answers] == [True, False, True]
    assert words in answers[1].refusal.en
    assert answers[1].posting_id is None


def test_a_line_of_another_unit_is_refused(lines):
    stranger = make.line(make.unit("Bali", "220001"), ceiling=1_000)
    bad = paper(stranger, 5, "x", unit=lines[0].unit)
    answers = posted(paper(lines[0], 5), bad)
    assert "another unit or year" in answers[1].refusal.en


def test_a_list_that_names_other_documents_is_posted_in_its_order(lines):
    line = lines[0]
    signed = ledger.contract(line, 500)
    on_it = Document(
        "sp2d", "on it", line.unit, 2020, DAY, [Movement(line.pk, "realisation", 300)],
        refers_to=signed,
    )  # fmt: skip
    answers = posted(paper(line, 100, "a"), on_it, paper(line, 100, "b"))
    assert all(answer.is_new for answer in answers)
    assert Posting.objects.get(document_number="on it").settles_id == signed.pk


moves = st.lists(
    st.tuples(
        st.integers(0, 2), st.sampled_from(["ceiling", "block", "commitment", "realisation"]),
        st.integers(-400, 400).filter(bool),
    ),
    min_size=1, max_size=4,
)  # fmt: skip


@settings(max_examples=examples(25), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(moves, min_size=1, max_size=12))
def test_any_list_ends_as_if_each_document_had_been_posted_alone(listed):
    with transaction.atomic():
        alone = [make.line(make.unit("Bali", "220001"), key, ceiling=1_000) for key in KEYS]
        together = [make.line(make.unit("Aceh", "060001"), key, ceiling=1_000) for key in KEYS]
        one_by_one = [posted(correction)[0] for correction in corrections(alone, listed)]
        in_a_lot = posted(*corrections(together, listed))
        assert [a.is_new for a in one_by_one] == [a.is_new for a in in_a_lot]
        assert balances(alone) == balances(together)
        assert list(reconcile.messages()) == []
        transaction.set_rollback(True)


def corrections(lines, listed):
    return [
        Document(
            "correction", f"{n}", lines[0].unit, 2020, DAY,
            [Movement(lines[at].pk, kind, rupiah) for at, kind, rupiah in moved],
        )
        for n, moved in enumerate(listed)
    ]  # fmt: skip


def balances(lines):
    return [BudgetLine.objects.get(pk=line.pk).amounts for line in lines]
