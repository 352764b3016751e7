"""Every way out of typing: what is kept, what is refused, and that nothing half-typed stays."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from pulih.budget.actions import Movement, post
from pulih.budget.models import BudgetLine
from pulih.common.errors import Refusal
from pulih.monitoring import actions
from pulih.monitoring.actions import NoteGiven, ProgressGiven, TargetGiven
from pulih.monitoring.models import (
    ActivityTarget,
    Heading,
    QuarterNote,
    QuarterProgress,
    Signatory,
)
from pulih.monitoring.reads import facts_of
from pulih.monitoring.rules.facts import Part
from tests.make import budget
from tests.make import monitoring as make
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
PART = Part("", "3038", "001")
MILLION = 1_000_000
NONE = (None, None, None, None)
GIVEN = TargetGiven(
    PART, "Bimtek masker", "IKM dilatih", "IKM", Decimal(40),
    (100 * MILLION, 500 * MILLION, 700 * MILLION, 900 * MILLION),
    (Decimal(10), Decimal(50), Decimal(70), Decimal(100)),
)  # fmt: skip


@made_once
def unit():
    of = budget.unit()
    budget.line(of, ceiling=1_000 * MILLION, committed=200 * MILLION, realised=123_456_789)
    return of


def save(unit, given=GIVEN, by=None):
    return actions.save_target(unit, 2020, given, by=by or cast.provincial_officer())


def tell(unit, *, quarter=1, notes=(), **values):
    given = ProgressGiven(PART, **({"volume": Decimal(4), "physical": Decimal(10)} | values))
    return actions.save_progress(
        unit, 2020, quarter, progress=[given], notes=notes, by=cast.provincial_officer()
    )


def test_a_target_is_typed_once_and_changed_in_place(unit):
    first = save(unit)
    again = save(unit, replace(GIVEN, volume=Decimal(60)))
    assert again.pk == first.pk
    assert ActivityTarget.objects.get().volume == 60
    assert first.events.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"planned": (1, 5, 4, 9)}, "tidak boleh turun"),
        ({"physical": (Decimal(50), Decimal(40), None, None)}, "tidak boleh turun"),
        ({"planned": (0, 0, 0, 1_000_001 * 1000)}, "melebihi pagu"),
        ({"planned": (0, 0, 0, 900 * MILLION * 1000)}, "Maksud Anda 900.000?"),
    ],
)
def test_a_target_that_cannot_be_is_refused_and_nothing_is_kept(unit, changes, words):
    with pytest.raises(Refusal) as refused:
        save(unit, replace(GIVEN, **changes))
    assert words in refused.value.message.id
    assert not ActivityTarget.objects.exists()


def test_the_database_refuses_a_falling_target_too(unit):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.target(unit, physical_1=Decimal(90))


def test_progress_is_kept_and_reaches_the_facts(unit):
    save(unit)
    note = NoteGiven("", "3038", "PSBB", "Daring", "Dinas Kominfo")
    assert tell(unit, notes=[note]) == 1
    facts = facts_of(unit, 2020, 1)
    assert (facts.outputs[0].physical, facts.outputs[0].volume_done) == (10, 4)
    assert facts.notes[0].helper == "Dinas Kominfo"
    assert (facts.outputs[0].planned, facts.outputs[0].planned_before) == (100 * MILLION, 0)
    tell(unit, quarter=2, volume=Decimal(20), physical=Decimal(45))
    assert facts_of(unit, 2020, 2).outputs[0].physical_before == 10


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"physical": Decimal(5)}, "turun dari 30,00% ke 5,00%"),
        ({"physical": Decimal(140)}, "antara 0 dan 100"),
        ({"volume": Decimal(3)}, "turun"),
        ({"volume": Decimal(30_000)}, "Maksud Anda 30,00?"),
    ],
)
def test_progress_that_cannot_be_is_refused(unit, changes, words):
    save(unit)
    tell(unit, volume=Decimal(10), physical=Decimal(30))
    given = {"volume": Decimal(20), "physical": Decimal(40)} | changes
    with pytest.raises(Refusal) as refused:
        tell(unit, quarter=2, **given)
    assert words in refused.value.message.id
    assert not QuarterProgress.objects.filter(quarter=2).exists()


def test_an_earlier_quarter_may_not_pass_a_later_one(unit):
    save(unit)
    tell(unit, quarter=2, volume=Decimal(10), physical=Decimal(30))
    for wrong in ({"physical": Decimal(31)}, {"volume": Decimal(11)}):
        with pytest.raises(Refusal) as refused:
            tell(unit, quarter=1, **wrong)
        assert "melebihi yang sudah diisi untuk triwulan berikutnya" in refused.value.message.id
    assert tell(unit, quarter=1, volume=Decimal(10), physical=Decimal(30)) == 1


def test_a_quarter_left_blank_hides_no_fall(unit):
    save(unit)
    tell(unit, volume=Decimal(10), physical=Decimal(30))
    tell(unit, quarter=2, volume=None, physical=None)
    with pytest.raises(Refusal) as refused:
        tell(unit, quarter=3, volume=Decimal(12), physical=Decimal(20))
    assert "turun dari 30,00% ke 20,00%" in refused.value.message.id


def test_progress_without_a_target_is_refused(unit):
    with pytest.raises(Refusal, match=r"no target|belum punya target"):
        tell(unit)


def test_a_note_that_is_emptied_goes_and_its_history_stays(unit):
    save(unit)
    tell(unit, notes=[NoteGiven("", "3038", "PSBB", "", "")])
    (note,) = QuarterNote.objects.all()
    key = note.pk
    tell(unit, notes=[NoteGiven("", "3038", "", "", "")])
    assert not QuarterNote.objects.exists()
    assert QuarterNote.events.rel.related_model.objects.filter(pgh_obj_id=key).exists()


def test_the_next_signatory_ends_the_one_before(unit):
    by = cast.provincial_officer()
    actions.name_signatory(unit, **make.KPA, valid_from=date(2020, 1, 1), by=by)
    actions.name_signatory(unit, **make.KPA | {"name": "Joko"}, valid_from=date(2020, 5, 4), by=by)
    first, second = Signatory.objects.order_by("valid_from")
    assert (first.valid_to, second.valid_to) == (date(2020, 5, 4), None)
    assert facts_of(unit, 2020, 2).signer("kpa").name == "Joko"
    with pytest.raises(Refusal, match=r"later day|tanggal sesudahnya"):
        actions.name_signatory(unit, **make.KPA, valid_from=date(2020, 2, 1), by=by)


def test_the_dipa_that_was_posted_is_not_typed_again(unit):
    by = cast.provincial_officer()
    line = BudgetLine.objects.get(unit=unit)
    for number, day in (("DIPA-A", date(2020, 2, 1)), ("DIPA-B", date(2020, 5, 1))):
        post(
            kind="dipa", number=number, unit=unit, fiscal_year=2020, effective_on=day,
            movements=[Movement(line.pk, "ceiling", 1_000)], by=budget.system(),
        )  # fmt: skip
    first, second = facts_of(unit, 2020, 1), facts_of(unit, 2020, 2)
    assert (first.dipa_number, first.dipa_date) == ("DIPA-A", date(2020, 2, 1))
    assert (second.dipa_number, second.dipa_date) == ("DIPA-B", date(2020, 5, 1))
    actions.save_general(unit, 2020, dipa_number="SP DIPA-1", dipa_date=date(2019, 11, 12), by=by)
    typed = facts_of(unit, 2020, 2)
    assert (typed.dipa_number, typed.dipa_date) == ("SP DIPA-1", date(2019, 11, 12))


def test_a_programmes_name_and_the_dipa_reach_the_forms(unit):
    by = cast.provincial_officer()
    actions.save_heading(unit, 2020, programme="", activity="", name="Program IKM", by=by)
    actions.save_general(unit, 2020, dipa_number="SP DIPA-1", dipa_date=date(2019, 11, 12), by=by)
    facts = facts_of(unit, 2020, 1)
    assert facts.heading("").name == "Program IKM"
    assert (facts.dipa_number, facts.dipa_date) == ("SP DIPA-1", date(2019, 11, 12))
    assert Heading.objects.count() == 1


@pytest.mark.parametrize(
    "person",
    [
        cast.regency_officer,
        cast.auditor,
        cast.administrator,
        lambda: cast.provincial_officer("Bali"),
    ],
)
def test_only_the_provinces_officer_and_the_planner_type(unit, person):
    with pytest.raises(PermissionDenied):
        save(unit, by=person())
    with pytest.raises(PermissionDenied):
        actions.name_signatory(unit, **make.KPA, valid_from=date(2020, 1, 1), by=person())
    assert save(unit, by=cast.planner())
