"""What was thought over beside a plan, for the page of studies and for the plan's own."""

from collections.abc import Sequence
from typing import Any

from ..models import Scenario, SolutionProvince, Study, StudyKind
from .estimates import estimate_finding, estimate_rows
from .studies import ceiling_curve, doubt_rows, fairness_curve, rival_rows

ASKED = (
    StudyKind.CEILING,
    StudyKind.FAIRNESS,
    StudyKind.RIVALS,
    StudyKind.DOUBTS,
    StudyKind.NEEDS,
)
BESIDE_THE_PLAN = (StudyKind.CEILING, StudyKind.RIVALS)


def studied(
    scenario: Scenario,
    provinces: Sequence[SolutionProvince],
    kinds: Sequence[StudyKind] = ASKED,
) -> dict[str, Any]:
    """Return the studies of these kinds by name, None before one is asked, and what they found."""
    rows = Study.objects.filter(scenario=scenario, kind__in=kinds).prefetch_related("variants")
    known = {study.kind: study for study in rows}
    ceiling, fairness = known.get(StudyKind.CEILING), known.get(StudyKind.FAIRNESS)
    rivals, doubts = known.get(StudyKind.RIVALS), known.get(StudyKind.DOUBTS)
    needs = known.get(StudyKind.NEEDS)
    return {
        "is_working": any(not (study.is_over or study.is_silent) for study in known.values()),
        "ceiling": ceiling,
        "ceiling_curve": ceiling and ceiling_curve(scenario, ceiling),
        "fairness": fairness,
        "fairness_curve": fairness and fairness_curve(scenario, fairness),
        "rivals": rivals,
        "rival_rows": rivals and rival_rows(scenario, provinces, rivals),
        "doubts": doubts,
        "doubt_rows": doubts and doubt_rows(doubts, provinces),
        "needs": needs,
        "estimate_rows": needs and estimate_rows(needs),
        "estimate_finding": needs and estimate_finding(needs),
        "today_worst": scenario.solution.worst_after,
    }
