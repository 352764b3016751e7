"""Whatever was done to a firm that has everything a firm can have, taking it back leaves no trace.

Which tables that means is read from the schema: a relation added later has to be filled here.
"""

import pytest

from pulih.registry import actions
from pulih.registry.models import Enterprise
from tests.make import inbox
from tests.make import registry as make
from tests.once import made_once
from tests.people import cast
from tests.registry.tables import about_firms, content, empty

pytestmark = pytest.mark.django_db
HEADS = (*inbox.HEADS, "Kabupaten", "Bulan", "Omzet Sebelum", "Omzet", "Kebutuhan")
TOLD = ("Kab. Indramayu", "2020-05", "10000000", "1000000", "modal kerja")


@made_once(language="en")
def lived_in():
    """Return seven firms with reports, pins, questions, answers, merges, splits, separations.

    The second was merged into the first, the fourth into the third; a row was split off the third.
    """
    by = cast.planner()
    inbox.read(*[(*make.row(n), *TOLD) for n in range(1, 8)], heads=HEADS, kind="impact")
    firms = list(Enterprise.objects.order_by("id"))
    one, two, three, four, five, six, seven = firms
    for kept, merged in ((one, two), (three, four)):
        actions.merge(kept, merged, reason="sama", by=by)
        actions.pin(kept, "workers", "77", reason="dilihat", by=by)
        actions.pin(merged, "address", "RT 1", reason="dilihat", by=by)
    actions.split(three, [four.sources.get().source_record_id], reason="lain", by=by)
    actions.separate(one, five, reason="lain", by=by)
    actions.answer(make.review(three, five), "unsure", by=by)
    actions.answer(make.review(five, six), "different", by=by)
    for pair in ((one, three), (two, six), (three, seven)):
        make.review(*pair)
    return [Enterprise.objects.get(pk=firm.pk) for firm in firms]


def merged(one, three, by):
    made = actions.merge(one, three, reason="", by=by)
    yield
    actions.undo_merge(made, by=by)


def answered(said):
    def deed(one, three, by):
        asked = make.review(one, three)
        actions.answer(asked, said, by=by)
        yield
        actions.undo_answer(asked, by=by)

    return deed


def taken_out(one, three, by):
    rows = [source.source_record_id for source in one.sources.all()]
    made = actions.split(one, rows, reason="", by=by)
    yield made.pk
    actions.undo_split(made, by=by)


def told_apart(one, three, by):
    made = actions.separate(one, three, reason="", by=by)
    yield
    actions.end_separation(made, by=by)


def pinned(one, three, by):
    actions.pin(one, "phone", "0819-1120-0001", reason="ditelepon", by=by)
    yield
    actions.unpin(one, "phone", by=by)


DEEDS = {
    "merge": merged,
    "split": taken_out,
    "one firm": answered("same"),
    "two firms": answered("different"),
    "not sure": answered("unsure"),
    "separation": told_apart,
    "pin": pinned,
}


def test_the_firms_have_everything_that_leads_to_a_firm(lived_in):
    assert empty(about_firms()) == []


@pytest.mark.parametrize("name", DEEDS)
def test_taking_a_deed_back_restores_every_relation(lived_in, name):
    one, _two, three, *_rest = lived_in
    before = content()
    deed = DEEDS[name](one, three, cast.planner())
    shell = next(deed)
    assert content() != before
    assert next(deed, None) is None
    assert content([shell] if shell else []) == before


def test_deeds_upon_deeds_taken_back_in_any_order_restore_every_relation(lived_in):
    one, _two, three, *_rest = lived_in
    before = content()
    by = cast.planner()
    done = [DEEDS[name](one, three, by) for name in ("pin", "split", "merge")]
    shells = [shell for deed in done if (shell := next(deed))]
    for deed in (done[1], done[2], done[0]):
        next(deed, None)
    assert content(shells) == before


def test_reports_count_as_before_and_every_number_finds_its_firm_again(lived_in):
    one, two, three, four, *_rest = lived_in
    made = actions.merge(one, three, reason="", by=cast.planner())
    tops = dict(Enterprise.objects.values_list("pk", "merged_into"))
    assert [tops[firm.pk] for firm in (two, three, four)] == [one.pk] * 3
    actions.undo_merge(made, by=cast.planner())
    tops = dict(Enterprise.objects.values_list("pk", "merged_into"))
    assert [tops[firm.pk] for firm in (one, two, three, four)] == [None, one.pk, None, three.pk]
