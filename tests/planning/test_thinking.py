"""What if, curves, rivals, doubts, opinions: questions that are asked beside a plan."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from pulih.common.errors import Refusal
from pulih.planning import actions
from pulih.planning.cases import case_of, units_of
from pulih.planning.models import Opinion, Scenario, Stance, Study, StudyKind
from pulih.planning.quick_answers import kept_case, relaxed_answer
from pulih.planning.repeating import plan_hash
from pulih.planning.rules.questions import questions_of
from pulih.planning.rules.variants import bend, ceilings_of, figures_of
from pulih.planning.rules.what_if import Moved, change_of, moved_from, tidy
from pulih.planning.shown.line_reasons import why_line
from pulih.planning.shown.studies import ceiling_curve, doubt_rows, rival_rows
from pulih.refocusing import breaches, solve
from pulih.refocusing.changes import changed
from pulih.refocusing.quick import quick
from pulih.refocusing.relief import relief
from tests.make import refocusing
from tests.people import cast
from tests.planning.asking import page, thought, visitor

pytestmark = pytest.mark.django_db
MILLION = 1_000_000
TIGHT = Moved(ceiling=250 * MILLION, floor_percent=Decimal(100), cap_percent=Decimal(130))


def test_a_question_survives_being_kept():
    asked = Moved(ceiling=1, floor_percent=Decimal("55.5"), measure="T", cost_percent=Decimal(120))
    assert moved_from(asked.as_json()) == asked
    assert asked.key == moved_from(asked.as_json()).key
    assert asked.key != Moved(ceiling=1).key


def test_a_question_that_changes_nothing_is_none():
    case = refocusing.case()
    asked = Moved(ceiling=200, rule="x", measure="T", cost_percent=Decimal(100))
    assert tidy(asked, case).is_nothing
    assert changed(case, change_of(Moved(), case)) == case


def test_a_floor_is_given_to_every_province_that_has_none_of_its_own():
    case = refocusing.case(amounts=[("own", "P", "*", 30, None)])
    moved = Moved(floor_percent=Decimal(50), cap_percent=Decimal("120"))
    found = {a.rule: (a.min_amount, a.max_amount) for a in change_of(moved, case).amounts}
    assert found == {"batas-Q": (80, 192)}
    earmark = change_of(Moved(rule="own", rupiah=40), case).amounts
    assert [(a.rule, a.min_amount) for a in earmark] == [("own", 40)]


def test_a_curve_bends_where_it_leaves_its_chord_most():
    assert bend([(0, 0.0), (1, 8.0), (2, 9.0), (3, 10.0)]) == 1
    assert bend([(0, 0.0), (1, 1.0), (2, 2.0)]) is None
    assert bend([(0, 1.0), (1, 1.0), (2, 1.0)]) is None


def test_twenty_ceilings_begin_where_every_rule_is_just_kept():
    ceilings = ceilings_of(refocusing.case({"ceiling": 230}))
    assert len(ceilings) == 20
    assert (ceilings[0], ceilings[-1]) == (35, 260)
    assert 230 in ceilings


def test_a_plans_own_case_is_read_from_its_archive(scenario):
    case = case_of(scenario.solution)
    assert case.settings.ceiling == scenario.ceiling
    assert units_of(scenario.solution, scenario.as_of)
    assert kept_case(scenario.solution.pk) == case


def test_a_relaxed_answer_lies_around_the_exact_one(scenario):
    moved = Moved(ceiling=350 * MILLION)
    answer = relaxed_answer(scenario.solution.pk, moved)
    case = kept_case(scenario.solution.pk)
    exact = figures_of(solve(changed(case, change_of(moved, case)), time_limit=20))
    assert answer.figures["worst"] <= exact["worst"] * (1 + 1e-6)
    assert exact["worst"] <= answer.figures["worst_most"] * (1 + 1e-6)
    assert answer.figures["after"] <= 350 * MILLION


def test_moving_a_number_is_answered_on_the_page_with_its_two_ends(scenario):
    client = visitor(cast.planner())
    answer = client.get(page("what-if", scenario.pk), {"ceiling": "350.000.000"})
    text = answer.content.decode()
    figures = relaxed_answer(scenario.solution.pk, Moved(ceiling=350 * MILLION)).figures
    assert "Perkiraan" in text
    assert f"{figures['worst_most'] * 100:.2f}".replace(".", ",") in text
    assert "Jawa Barat" in text
    assert not Study.objects.exists()
    brief = client.get(
        page("what-if", scenario.pk),
        {"ceiling": "350.000.000", "brief": "1"},
        HTTP_HX_REQUEST="true",
    )
    assert brief.content.decode().count("<table") == 0
    assert "Perkiraan" in brief.content.decode()


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"ceiling": "100.000.000"}, "Rp100.000.000"),
        ({"ceiling": "banyak"}, "Belum ada yang dihitung"),
        ({"cap_percent": "10"}, "Belum ada yang dihitung"),
        ({"ceiling": "250.000.000", "floor_percent": "100", "cap_percent": "130"}, "pagu ditambah"),
        ({"measure": "nothing"}, "Belum ada yang dihitung"),
        ({}, "dua langkah"),
    ],
)
def test_a_question_that_cannot_be_answered_gets_one_sentence(scenario, asked, words):
    answer = visitor(cast.planner()).get(page("what-if", scenario.pk), asked)
    assert answer.status_code == 200
    assert words in answer.content.decode()


def test_the_least_that_mends_a_question_mends_it(scenario):
    missing = relaxed_answer(scenario.solution.pk, TIGHT).missing
    assert missing
    mended = replace(TIGHT, ceiling=250 * MILLION + missing)
    assert relaxed_answer(scenario.solution.pk, mended).has_plan


def test_an_exact_question_without_a_plan_is_kept_with_its_conflict(scenario):
    study = thought(scenario, StudyKind.EXACT, TIGHT)
    variant = study.variants.get()
    assert variant.figures["status"] == "infeasible"
    client = visitor(cast.planner())
    assert "tidak menemukan" in client.get(page("exact", scenario.pk, study.pk)).content.decode()
    assert variant.figures["id"] in client.get(page("variant", variant.pk)).content.decode()


def test_a_curve_is_twenty_plans_that_can_be_opened(scenario):
    study = thought(scenario, StudyKind.CEILING)
    curve = ceiling_curve(scenario, study)
    assert study.is_over
    assert curve is not None
    assert len(curve.points) == 20
    worst = [point.worst for point in curve.points]
    assert worst[-1] >= worst[0]
    assert all(point.worst <= point.worst_most + 1e-6 for point in curve.points)
    assert sum(point.is_today for point in curve.points) == 1
    text = visitor(cast.planner()).get(page("think", scenario.pk)).content.decode()
    assert page("variant", curve.points[3].variant.pk) in text


def test_a_point_of_a_curve_becomes_a_scenario(scenario):
    study = thought(scenario, StudyKind.CEILING)
    variant = study.variants.exclude(change__ceiling=scenario.ceiling).last()
    answer = visitor(cast.planner()).post(page("scenario-from", variant.pk))
    copy = Scenario.objects.get(version=2)
    assert answer.url == page("scenario", copy.pk)
    assert (copy.ceiling, copy.state) == (variant.change["ceiling"], "draft")


def test_a_question_becomes_a_scenario_with_all_that_was_moved(scenario):
    planner = cast.planner()
    moved = Moved(
        ceiling=390 * MILLION, floor_percent=Decimal(40), cap_percent=Decimal(140),
        given_up_percent=Decimal(5),
    )  # fmt: skip
    copy = actions.with_changes(scenario, moved, by=planner)
    copy.refresh_from_db()
    assert (copy.ceiling, copy.floor_percent, copy.cap_percent) == (390 * MILLION, 40, 140)
    assert copy.tolerance_worst == Decimal("0.05")
    with pytest.raises(Refusal):
        actions.with_changes(scenario, Moved(measure="T", cost_percent=Decimal(90)), by=planner)
    with pytest.raises(Refusal):
        actions.with_changes(scenario, Moved(ceiling=100 * MILLION), by=planner)
    assert Scenario.objects.count() == 2


def test_rivals_stand_beside_the_plan_and_are_lawful(scenario):
    study = thought(scenario, StudyKind.RIVALS)
    provinces = list(scenario.solution.province_rows.select_related("province"))
    rows = rival_rows(scenario, provinces, study)
    assert [row.is_plan for row in rows] == [True, False, False, False, False]
    case = kept_case(scenario.solution.pk)
    for question in questions_of("rivals", case, {}):
        figures = study.variants.get(place=question.place).figures
        assert sum(after for _, _, after, _ in figures["provinces"]) == figures["after"]
        assert figures["after"] <= scenario.ceiling
    best = max(row.worst for row in rows if row.worst is not None)
    assert rows[0].worst >= best * (1 - 1e-6)
    text = visitor(cast.planner()).get(page("think", scenario.pk)).content.decode()
    assert "Potong rata" in text


def test_what_to_verify_first_is_a_list_with_its_numbers(scenario):
    study = thought(scenario, StudyKind.DOUBTS)
    provinces = list(scenario.solution.province_rows.select_related("province"))
    rows = doubt_rows(study, provinces)
    assert rows
    assert [row.moved for row in rows] == sorted((row.moved for row in rows), reverse=True)
    assert {variant.plan for variant in study.variants.all()} == {None}
    text = visitor(cast.planner()).get(page("think", scenario.pk)).content.decode()
    assert rows[0].words in text


def test_fairness_is_a_curve_too(scenario):
    study = thought(scenario, StudyKind.FAIRNESS)
    assert study.variants.count() == 20
    assert "dilepas" in visitor(cast.planner()).get(page("think", scenario.pk)).content.decode()


def test_opinions_are_kept_and_never_changed(scenario):
    client, url = visitor(cast.planner()), page("opinion", scenario.pk)
    assert client.post(url, {"stance": "agrees", "words": ""}).status_code == 303
    client.post(url, {"stance": "objects", "words": "Maluku terlalu rendah."})
    assert [one.stance for one in Opinion.objects.all()] == ["agrees", "objects"]
    text = client.get(page("scenario", scenario.pk)).content.decode()
    assert "Maluku terlalu rendah." in text
    fingerprint = plan_hash(scenario.solution)
    assert {one.plan_sha256 for one in Opinion.objects.all()} == {fingerprint}
    assert text.count(f"rencana dengan SHA-256 {fingerprint[:12]}…") == 2
    with pytest.raises(Refusal):
        actions.give_opinion(scenario, Stance.OBJECTS, "  ", by=cast.planner())
    with pytest.raises(DatabaseError), transaction.atomic():
        Opinion.objects.all()._raw_delete("default")


def test_why_a_line_says_what_the_next_rupiah_would_buy_in_its_own_numbers(scenario):
    solution = scenario.solution
    case, units = case_of(solution), units_of(solution, scenario.as_of)
    line = solution.line_rows.filter(measure="test_masks").select_related("line").first()
    province = solution.province_rows.get(province_id=line.province_id)
    found = why_line(case, units, line, province, {})
    total = sum(relief(case, units).values())
    if found.less is not None:
        key = (found.less.regency, found.less.measure)
        fewer = units | {key: units[key] - found.less.units}
        assert found.less.relief == total - sum(relief(case, fewer).values())
    answer = visitor(cast.planner()).get(page("why-line", scenario.pk, line.pk))
    assert answer.status_code == 200


def test_the_plan_page_offers_the_questions(scenario):
    text = visitor(cast.planner()).get(page("scenario", scenario.pk)).content.decode()
    assert page("what-if", scenario.pk) in text
    assert page("think", scenario.pk) in text


def test_quick_plans_of_the_small_country_are_lawful(scenario):
    case = kept_case(scenario.solution.pk)
    found = quick(case)
    assert found is not None
    assert breaches(case, found.best.plan) == []
