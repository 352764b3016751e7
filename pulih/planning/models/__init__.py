"""What planning stores: scenarios with their rules, solutions as rows, and what was adopted."""

from .composition import CompositionReason
from .scenarios import Attempt, Scenario, ScenarioRule, State
from .solutions import (
    Adoption,
    AdoptionWithdrawal,
    CaseArchive,
    Solution,
    SolutionBinding,
    SolutionLine,
    SolutionProvince,
    SolutionUnit,
)
from .thinking import Opinion, Stance, Study, StudyKind, Variant

__all__ = [
    "Adoption",
    "AdoptionWithdrawal",
    "Attempt",
    "CaseArchive",
    "CompositionReason",
    "Opinion",
    "Scenario",
    "ScenarioRule",
    "Solution",
    "SolutionBinding",
    "SolutionLine",
    "SolutionProvince",
    "SolutionUnit",
    "Stance",
    "State",
    "Study",
    "StudyKind",
    "Variant",
]
