"""What planners fill in: a scenario, and its rules."""

from .rules import RuleForm
from .scenarios import ScenarioForm

__all__ = ["RuleForm", "ScenarioForm"]
