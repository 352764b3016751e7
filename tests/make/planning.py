"""Scenarios with defaults, and a small country for them to be about."""

from datetime import date
from decimal import Decimal
from typing import Any

from pulih.measures.models import Measure
from pulih.people.models import User
from pulih.planning import actions
from pulih.planning.actions.scenarios import GivenRule, ScenarioInput
from pulih.planning.cases import case_of, material_of
from pulih.planning.models import Scenario, StudyKind, Variant
from pulih.planning.rules.questions import Question
from pulih.planning.rules.what_if import Moved, change_of
from pulih.refocusing import solve
from pulih.refocusing.changes import changed
from pulih.refocusing.explain import explanation
from pulih.refocusing.quick import quick
from tests.make import areas, budget, impact, measures

DAY = date(2020, 6, 15)
MILLION = 1_000_000
KEYS = ("3038.001.051.A.521211", "3038.001.052.A.522151", "3038.002.051.A.524119")


def country() -> Measure:
    """Make two provinces with a unit, three lines and needs each; return the one measure.

    Together Rp600 million, of which 80 are committed, 20 blocked and 100 have no measure.
    """
    training = measures.measure()
    measures.cost(training, 2 * MILLION)
    measures.effect(training)
    for province, regency, code, firms in (
        ("Jawa Barat", "Kab. Indramayu", "021111", 4),
        ("Banten", "Kab. Lebak", "291111", 2),
    ):
        of = budget.unit(province, code)
        budget.line(of, KEYS[0], measure=training, ceiling=150 * MILLION, committed=40 * MILLION)
        budget.line(of, KEYS[1], measure=training, ceiling=100 * MILLION, blocked=10 * MILLION)
        budget.line(of, KEYS[2], ceiling=50 * MILLION, detail="=Perjalanan")
        makers = [impact.enterprise(f"Konveksi {n}", regency, province) for n in range(firms)]
        delivered = impact.batch(of.province)
        impact.take(delivered, impact.rows(makers, delivered, needs=["training"] * firms))
    return training


def given(**changes: Any) -> ScenarioInput:
    usual: dict[str, Any] = {
        "title": "Potong sepertiga",
        "fiscal_year": 2020,
        "as_of": DAY,
        "ceiling": 400 * MILLION,
        "measures": ["test_masks"],
        "floor_percent": Decimal("55"),
        "cap_percent": Decimal("125"),
        "time_limit": 30,
    }
    return ScenarioInput(**(usual | changes))


def scenario(by: User, **changes: Any) -> Scenario:
    return actions.make(given(**changes), by=by)


def rule(**changes: Any) -> GivenRule:
    usual: dict[str, Any] = {
        "table": "amounts",
        "basis": "percent_before",
        "area": areas.province(),
        "measures": ["*"],
        "minimum": Decimal("90"),
        "maximum": None,
    }
    return GivenRule(**(usual | changes))


def solved(by: User, scenario_: Scenario | None = None, **changes: Any) -> Scenario:
    """Return a scenario with its answer, solved here and not by a worker."""
    found = scenario_ or scenario(by, **changes)
    actions.request_solution(found, by=by)
    started = actions.begin(found.pk, by=by)
    assert started is not None
    material = material_of(started, by)
    case = material.case()
    assert not isinstance(case, list), case
    outcome = solve(case, time_limit=20)
    told = explanation(outcome)
    actions.keep_answer(started, outcome, told, material, by=by, started_at=started.changed_at)
    return Scenario.objects.select_related("solution").get(pk=found.pk)


def roughly_solved(by: User) -> Scenario:
    """Return a scenario whose plan was found within a second, with what that leaves open."""
    found = scenario(by)
    actions.request_solution(found, by=by)
    started = actions.begin(found.pk, by=by)
    assert started is not None
    material = material_of(started, by)
    case = material.case()
    assert not isinstance(case, list), case
    rough = quick(case)
    assert rough is not None
    outcome = rough.as_solved()
    told = explanation(outcome)
    actions.keep_answer(started, outcome, told, material, by=by, started_at=started.changed_at)
    return Scenario.objects.select_related("solution").get(pk=found.pk)


def variant(scenario_: Scenario, by: User, ceiling: int = 390 * MILLION) -> Variant:
    """Return the kept answer to what another ceiling would change."""
    moved = Moved(ceiling=ceiling)
    study = actions.ask_study(scenario_, StudyKind.EXACT, by=by, moved=moved)
    case = case_of(scenario_.solution)
    found = quick(changed(case, change_of(moved, case)))
    assert found is not None
    actions.keep_variant(study, Question(0, moved.as_json()), found.as_solved(), by=by)
    actions.end_study(study, by=by)
    return study.variants.get()
