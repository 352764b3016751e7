"""What people see of planning: lists, forms, a plan and why, documents."""

from .adopting import decide_adoption, propose_adoption, withdraw_adoption
from .comparing import compare
from .documents import case_zip, lines_export, matrix, plan_zip
from .editing import again, check_ceiling, edit, new, remove_rule, rules
from .lists import adopted, adopted_plan, scenarios
from .results import lines, scenario, why_panel
from .solving import cancel, progress, solve

__all__ = [
    "adopted",
    "adopted_plan",
    "again",
    "cancel",
    "case_zip",
    "check_ceiling",
    "compare",
    "decide_adoption",
    "edit",
    "lines",
    "lines_export",
    "matrix",
    "new",
    "plan_zip",
    "progress",
    "propose_adoption",
    "remove_rule",
    "rules",
    "scenario",
    "scenarios",
    "solve",
    "why_panel",
    "withdraw_adoption",
]
