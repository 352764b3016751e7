"""What a plan is made of: it breaks a rule only with a written reason, which is told everywhere."""

from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied

from pulih.audit.models import Event
from pulih.common.errors import Refusal
from pulih.planning import actions
from pulih.planning.decisions import ADOPTING, consequences
from pulih.planning.models import Adoption, CompositionReason
from pulih.workflow.actions import decide, propose_decision
from pulih.workflow.models import Decision
from tests.make import planning as make
from tests.people import cast
from tests.planning.asking import page, visitor

WHY = "Peserta dari kepulauan perlu dijemput."
pytestmark = pytest.mark.django_db


@pytest.fixture
def broken():
    """Return a scenario whose plan is a third travel, which no measure of it can move."""
    make.country()
    ceiling = 300 * make.MILLION
    return make.solved(cast.planner(), ceiling=ceiling, floor_percent=Decimal("45"))


def explain(scenario, reason=WHY, rule="travel_share", by=None):
    return actions.explain_composition(scenario, rule, "", reason, by=by or cast.planner())


def test_without_a_reason_it_is_neither_proposed_nor_adopted(broken):
    planner = cast.planner()
    for act in (
        lambda: propose_decision(ADOPTING, broken.pk, area=None, reason="Pagu turun", by=planner),
        lambda: actions.adopt(broken, by=planner),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert "Travel and meeting packages: 33.33% of Rp300,000,000" in refused.value.message.en
        assert "paling banyak 30%" in refused.value.message.id
    assert not Decision.objects.exists()
    assert not Adoption.objects.exists()
    explain(broken)
    told = {one.label.en: one.value.en for one in consequences(broken.pk, planner)}
    assert told["Rules of composition broken"] == "1"
    actions.adopt(broken, by=planner)


def test_page_paper_file_programs_and_record_tell_the_reason(broken):
    client = visitor(cast.planner())
    assert "33,33%" in client.get(page("sheet", broken.pk)).content.decode()
    assert "tanpa alasan tertulis" in client.get(page("scenario", broken.pk)).content.decode()
    typed = {"rule": "travel_share", "measure": "", "reason": WHY}
    assert client.post(page("composition", broken.pk), typed).status_code == 303
    assert WHY in client.get(page("sheet", broken.pk)).content.decode()
    answer = client.get(page("meeting", broken.pk) + "?format=xlsx")
    book = openpyxl.load_workbook(BytesIO(answer.content))
    cells = [cell for row in book["Aturan susunan yang dilanggar"].values for cell in row]
    assert WHY in cells
    assert client.get(page("meeting", broken.pk)).status_code == 200
    [row] = client.get(f"/api/v1/planning/scenarios/{broken.pk}/composition").json()
    assert (row["rule"], row["reason"]) == ("travel_share", WHY)
    event = Event.objects.get(verb="planning.explain")
    assert event.detail["rule"] == "travel_share"


def test_programs_write_the_reason_too_and_the_newest_counts(broken):
    client = visitor(cast.planner())
    address = f"/api/v1/planning/scenarios/{broken.pk}/composition"
    for reason in ("Pertama", "Kedua"):
        [row] = client.post(address, {"rule": "travel_share", "reason": reason}).json()
        assert row["reason"] == reason
    assert [one.reason for one in CompositionReason.objects.all()] == ["Pertama", "Kedua"]


@pytest.mark.parametrize(
    ("rule", "reason", "told"),
    [
        ("travel_share", " ", "Tulis mengapa rencana melanggar"),
        ("travel_share", "x" * 1_001, "lebih dari 1.000 huruf"),
        ("travel_rises", WHY, "tidak melanggar aturan itu"),
    ],
)
def test_what_is_no_reason_is_refused(broken, rule, reason, told):
    with pytest.raises(Refusal) as refused:
        explain(broken, reason, rule)
    assert told in refused.value.message.id
    assert not CompositionReason.objects.exists()


def test_a_reason_is_written_by_a_planner_while_the_plan_is_open(broken):
    with pytest.raises(PermissionDenied):
        explain(broken, by=cast.auditor())
    explain(broken)
    actions.adopt(broken, by=cast.planner())
    with pytest.raises(Refusal) as refused:
        explain(broken)
    assert "belum ditetapkan" in refused.value.message.id


def test_a_plan_within_the_rules_needs_none(scenario):
    shown = visitor(cast.planner()).get(page("sheet", scenario.pk)).content.decode()
    assert "tidak melanggar aturan susunan" in shown
    actions.adopt(scenario, by=cast.planner())


def test_a_proposal_of_an_older_version_is_withdrawn_and_made_again(scenario):
    first, second = cast.planner(), cast.person("planner", cast.planner().home, "second")
    decision = propose_decision(ADOPTING, scenario.pk, area=None, reason="Pagu turun", by=first)
    older = [one for one in decision.consequences if "Rules" not in one["label_en"]]
    Decision.objects.filter(pk=decision.pk).update(consequences=older)
    decision.refresh_from_db()
    with pytest.raises(Refusal) as refused:
        decide(decision, approve=True, by=second)
    assert "Withdraw and propose again" in refused.value.message.en
