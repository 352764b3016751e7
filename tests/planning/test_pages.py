"""The pages: the journey, the refusal, the stranger."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from pulih.people.models import Role
from pulih.planning import actions
from pulih.planning.forms.rules import RuleForm
from pulih.planning.models import Adoption, Scenario
from pulih.workflow.models import Decision
from tests.make import planning as make
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
FORM = {
    "title": "Potong sepertiga", "fiscal_year": "2020", "as_of": "2020-06-15",
    "ceiling": "400.000.000", "floor_percent": "55", "cap_percent": "125",
    "measures": ["test_masks"], "tolerance_worst": "1", "tolerance_relief": "1",
    "change_cost": "1.000.000", "time_limit": "60", "width_1": "10", "weight_1": "3",
    "width_2": "20", "weight_2": "2", "width_3": "70", "weight_3": "1",
}  # fmt: skip


def visitor(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def read(answer) -> bytes:
    """Return the whole answer: a download ends its request only when it is read."""
    return b"".join(answer) if answer.streaming else answer.content


@made_once
def planner():
    make.country()
    return visitor(cast.planner())


def page(name, *arguments) -> str:
    return reverse(f"planning:{name}", args=arguments)


def test_a_planner_makes_a_draft(planner):
    answer = planner.post(page("new"), FORM)
    assert answer.status_code == 303
    scenario = Scenario.objects.get()
    assert (scenario.ceiling, scenario.cap_percent) == (400_000_000, 125)
    assert scenario.coverage == [["0.1", "3"], ["0.2", "2"], ["0.7", "1"]]
    assert planner.get(answer.url).status_code == 200


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"ceiling": "100.000.000"}, "Rp200.000.000"),
        ({"ceiling": "100.000.000"}, "Belum ada yang disimpan"),
        ({"ceiling": "400.000"}, "400.000.000?"),
        ({"ceiling": "banyak"}, "is-invalid"),
        ({"cap_percent": "10"}, "is-invalid"),
        ({"width_1": "90"}, "is-invalid"),
        ({"weight_2": "9"}, "is-invalid"),
        ({"title": ""}, "is-invalid"),
        ({"measures": []}, "errors"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(planner, changed, words):
    answer = planner.post(page("new"), FORM | changed)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    if "title" not in changed:
        assert 'value="Potong sepertiga"' in answer.content.decode()
    assert not Scenario.objects.exists()


def test_a_ceiling_is_judged_while_it_is_typed(planner):
    asked = {"fiscal_year": "2020", "ceiling": "100.000.000"}
    assert "Rp100.000.000" in planner.get(page("check-ceiling"), asked).content.decode()
    enough = planner.get(page("check-ceiling"), asked | {"ceiling": "400 juta"}).content.decode()
    assert "33,3%" in enough
    assert planner.get(page("check-ceiling"), {"ceiling": "x"}).status_code == 200


def test_a_rule_is_added_by_the_name_of_its_place_and_removed(planner):
    scenario = make.scenario(cast.planner())
    rule = {"kind": "bounds_percent", "place": "jabar", "least": "90"}
    assert planner.post(page("rules", scenario.pk), rule).status_code == 303
    saved = scenario.rules.get()
    assert (saved.area.name, saved.minimum, saved.measures) == ("Jawa Barat", 90, ["*"])
    assert "Jawa Barat" in planner.get(page("rules", scenario.pk)).content.decode()
    planner.post(page("remove-rule", scenario.pk, saved.pk))
    assert not scenario.rules.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "bounds_percent", "place": "Atlantis", "least": "90"},
        {"kind": "bounds_percent", "place": "", "least": "90"},
        {"kind": "bounds_percent", "place": "Banten"},
        {"kind": "bounds_percent", "place": "Banten", "least": "90", "most": "80"},
        {"kind": "bounds_percent", "place": "Kab. Lebak", "least": "90"},
        {"kind": "earmark_share", "place": "Banten", "least": "10"},
        {"kind": "earmark_share", "least": "110", "measures": ["test_masks"]},
        {"kind": "units", "place": "Banten", "least": "1"},
        {"kind": "units", "least": "1", "measures": ["test_masks"]},
        {"kind": "earmark_rupiah", "least": "1,5", "measures": ["test_masks"]},
    ],
)
def test_a_rule_that_says_nothing_lawful_is_refused(planner, wrong):
    scenario = make.scenario(cast.planner())
    answer = planner.post(page("rules", scenario.pk), wrong)
    assert answer.status_code == 200
    assert "errors" in answer.content.decode()
    assert not scenario.rules.exists()


@pytest.mark.parametrize(("language", "example"), [("id", "1.250.000."), ("en", "1,250,000.")])
def test_a_refused_number_has_an_example_as_the_language_writes_it(language, example):
    rule = {"kind": "earmark_rupiah", "least": "1,5", "measures": ["test_masks"]}
    make.country()
    with translation.override(language):
        form = RuleForm(rule, on=date(2020, 6, 30))
        (refusal,) = form.errors["least"]
    assert refusal.endswith(f" {example}")


def test_the_result_says_why_a_province_s_plan_changed(planner):
    scenario = make.solved(cast.planner())
    answer = planner.get(page("scenario", scenario.pk), {"province": "32"}).content.decode()
    assert "Jawa Barat" in answer
    panel = planner.get(
        page("why", scenario.pk, scenario.solution.province_rows.get(code="32").province_id),
        headers={"HX-Request": "true"},
    ).content.decode()
    assert "Jawa Barat" in panel
    assert "<html" not in panel


def test_the_page_s_total_is_the_plan_s(planner):
    scenario = make.solved(cast.planner())
    answer = planner.get(page("scenario", scenario.pk)).content.decode()
    whole = f"{scenario.solution.after:,}".replace(",", ".")
    assert f"Rp{whole}" in answer
    assert whole in planner.get(page("matrix", scenario.pk)).content.decode()


def test_two_plans_stand_side_by_side(planner):
    by = cast.planner()
    one, two = make.solved(by), make.solved(by, title="Separuh", ceiling=350_000_000)
    answer = planner.get(page("compare"), {"a": one.pk, "b": two.pk}).content.decode()
    assert "Separuh" in answer
    assert "Banten" in answer
    three = make.solved(by, title="Seperempat", ceiling=450_000_000)
    asked = {"a": one.pk, "b": two.pk, "c": three.pk, "d": ""}
    answer = planner.get(page("compare"), asked).content.decode()
    assert all(title in answer for title in ("Potong sepertiga", "Separuh", "Seperempat"))
    assert planner.get(page("compare")).status_code == 200
    assert planner.get(page("compare"), {"a": one.pk, "b": 999_999}).status_code == 404


def test_an_impossible_scenario_says_which_rules_and_by_how_much(planner):
    by = cast.planner()
    draft = make.scenario(by, ceiling=300_000_000)
    actions.add_rule(draft, make.rule(minimum=100), by=by)
    scenario = make.solved(by, draft)
    answer = planner.get(page("scenario", scenario.pk)).content.decode()
    assert "Rp" in answer
    assert planner.get(page("case-zip", scenario.pk)).status_code == 200


def test_while_it_is_solved_the_page_waits_and_can_cancel(planner):
    by = cast.planner()
    scenario = make.scenario(by)
    assert planner.post(page("solve", scenario.pk)).status_code == 303
    assert 'hx-trigger="every 2s"' in planner.get(page("scenario", scenario.pk)).content.decode()
    planner.post(page("cancel", scenario.pk))
    done = planner.get(page("progress", scenario.pk)).content.decode()
    assert 'hx-trigger="load"' in done


def second_planner() -> Client:
    return visitor(cast.person(Role.PLANNER, cast.planner().home, "kedua"))


def test_one_planner_proposes_and_another_adopts(planner):
    scenario, second = make.solved(cast.planner()), second_planner()
    shown = planner.get(page("scenario", scenario.pk)).content.decode()
    assert "Celah yang belum terbukti" in shown
    assert "Usulkan kepada orang kedua" in shown
    planner.post(page("adopt", scenario.pk), {"reason": "Pagu dipotong"})
    assert not Adoption.objects.exists()
    own = planner.post(page("decide-adoption", scenario.pk), {"approve": "on"})
    assert own.status_code == 409
    assert "Pagu dipotong" in second.get(page("scenario", scenario.pk)).content.decode()
    yes = {"approve": "on"}
    answer = second.post(page("decide-adoption", scenario.pk), yes, follow=True).content.decode()
    assert "Tidak ada uang yang bergeser" in answer
    assert Adoption.objects.count() == 1
    assert second.post(page("decide-adoption", scenario.pk), yes).status_code == 409


def test_a_proposal_to_adopt_is_refused_or_withdrawn_and_made_again(planner):
    scenario, second = make.solved(cast.planner()), second_planner()
    assert planner.post(page("adopt", scenario.pk), {"reason": ""}).status_code == 409
    for client, name in ((second, "decide-adoption"), (planner, "withdraw-adoption")):
        planner.post(page("adopt", scenario.pk), {"reason": "Pagu dipotong"})
        assert client.post(page(name, scenario.pk), {"reason": ""}).status_code == 409
        assert client.post(page(name, scenario.pk), {"reason": "Belum"}).status_code == 303
    assert not Adoption.objects.exists()
    assert planner.post(page("adopt", scenario.pk), {"reason": "x" * 5_000}).status_code == 303
    assert Decision.objects.filter(outcome="open").count() == 0


def test_a_plan_with_too_wide_a_gap_is_shown_and_not_adopted(planner, settings):
    scenario = make.solved(cast.planner())
    settings.LARGEST_GAP_PERCENT = -1  # No gap is below it.
    assert "paling besar -1%" in planner.get(page("scenario", scenario.pk)).content.decode()
    answer = planner.post(page("adopt", scenario.pk), {"reason": "Pagu dipotong"})
    assert answer.status_code == 409
    assert not Decision.objects.exists()


@pytest.mark.parametrize("kind", ["xlsx", "pdf", "csv"])
def test_the_matrix_is_sent(planner, kind):
    scenario = make.solved(cast.planner())
    for asked in ({"format": kind}, {"format": kind, "unit": "021111"}):
        answer = planner.get(page("matrix", scenario.pk), asked)
        assert answer.status_code == 200
        assert f".{kind}" in answer["Content-Disposition"]
        assert read(answer)
    assert planner.get(page("matrix", scenario.pk), {"unit": "000000"}).status_code == 404


def test_lists_lines_and_exports_answer(planner):
    scenario = make.solved(cast.planner())
    for address in (
        page("list"), page("new"), page("lines", scenario.pk), page("edit", scenario.pk),
        page("lines", scenario.pk) + "?changed&province=32", page("rules", scenario.pk),
        page("scenario", scenario.pk) + "?all=1&map=before", page("plan-zip", scenario.pk),
        page("lines-export", scenario.pk), page("lines-export", scenario.pk) + "?format=xlsx",
    ):  # fmt: skip
        answer = planner.get(address)
        read(answer)
        assert answer.status_code == 200, address


def test_a_new_version_opens_for_changing(planner):
    scenario = make.solved(cast.planner())
    answer = planner.post(page("again", scenario.pk))
    copy = Scenario.objects.get(version=2)
    assert answer.url == page("edit", copy.pk)
    assert planner.post(page("edit", copy.pk), FORM | {"ceiling": "450 juta"}).status_code == 303
    copy.refresh_from_db()
    assert copy.ceiling == 450_000_000


def test_programs_make_and_read_scenarios(planner):
    made = planner.post("/api/v1/planning/scenarios", FORM)
    assert made.status_code == 201
    assert planner.post("/api/v1/planning/scenarios", FORM | {"ceiling": "1"}).status_code == 409
    unnamed = planner.post("/api/v1/planning/scenarios", {})
    assert (unnamed.status_code, "Bidang ini" in unnamed.json()["detail"]) == (422, True)
    scenario = make.solved(cast.planner(), Scenario.objects.get())
    rows = planner.get(f"/api/v1/planning/scenarios/{scenario.pk}/provinces").json()
    assert sum(row["after"] for row in rows) == scenario.solution.after
