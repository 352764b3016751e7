"""What people see of planning: lists, forms, a plan and why, documents."""

from .adopting import decide_adoption, propose_adoption, withdraw_adopted, withdraw_adoption
from .comparing import compare
from .documents import case_zip, lines_export, matrix, meeting, plan_zip
from .editing import again, check_ceiling, edit, new, remove_rule, rules, take_wishes
from .lists import adopted, adopted_plan, scenarios
from .results import lines, scenario, why_line, why_panel
from .sheets import explain_composition, sheet, sheet_export
from .solving import cancel, progress, prove, solve
from .taking_in import take_in
from .thinking import ask_study, give_opinion, scenario_from, think, variant, variant_zip
from .what_if import ask_exact, exact, what_if

__all__ = [
    "adopted",
    "adopted_plan",
    "again",
    "ask_exact",
    "ask_study",
    "cancel",
    "case_zip",
    "check_ceiling",
    "compare",
    "decide_adoption",
    "edit",
    "exact",
    "explain_composition",
    "give_opinion",
    "lines",
    "lines_export",
    "matrix",
    "meeting",
    "new",
    "plan_zip",
    "progress",
    "propose_adoption",
    "prove",
    "remove_rule",
    "rules",
    "scenario",
    "scenario_from",
    "scenarios",
    "sheet",
    "sheet_export",
    "solve",
    "take_in",
    "take_wishes",
    "think",
    "variant",
    "variant_zip",
    "what_if",
    "why_line",
    "why_panel",
    "withdraw_adopted",
    "withdraw_adoption",
]
