"""What planning stores: scenarios with their rules, solutions as rows, and what was adopted."""

from .scenarios import Attempt, Scenario, ScenarioRule, State
from .solutions import (
    Adoption,
    CaseArchive,
    Solution,
    SolutionBinding,
    SolutionLine,
    SolutionProvince,
    SolutionUnit,
)

__all__ = [
    "Adoption",
    "Attempt",
    "CaseArchive",
    "Scenario",
    "ScenarioRule",
    "Solution",
    "SolutionBinding",
    "SolutionLine",
    "SolutionProvince",
    "SolutionUnit",
    "State",
]
