"""What planners fill in: a scenario, and its rules."""

from .rules import RuleForm
from .scenarios import ScenarioForm
from .taking_in import TakeInForm
from .what_if import WhatIfForm

__all__ = ["RuleForm", "ScenarioForm", "TakeInForm", "WhatIfForm"]
