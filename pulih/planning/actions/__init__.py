"""What people do with scenarios: the only code of planning that writes."""

from .adopting import adopt
from .asked import take_wishes
from .composing import explain_composition
from .opinions import give_opinion
from .scenarios import add_rule, change, make, new_version, remove_rule, with_changes
from .solving import (
    begin,
    cancel,
    enqueue_scenario,
    hear,
    keep_answer,
    lost_scenarios,
    prove_further,
    request_solution,
    return_to_draft,
)
from .studies import (
    ask_study,
    begin_study,
    end_study,
    enqueue_study,
    keep_variant,
    lost_studies,
    note_study_progress,
)
from .taking_in import take_in
from .withdrawing import withdraw_adopted

__all__ = [
    "add_rule",
    "adopt",
    "ask_study",
    "begin",
    "begin_study",
    "cancel",
    "change",
    "end_study",
    "enqueue_scenario",
    "enqueue_study",
    "explain_composition",
    "give_opinion",
    "hear",
    "keep_answer",
    "keep_variant",
    "lost_scenarios",
    "lost_studies",
    "make",
    "new_version",
    "note_study_progress",
    "prove_further",
    "remove_rule",
    "request_solution",
    "return_to_draft",
    "take_in",
    "take_wishes",
    "with_changes",
    "withdraw_adopted",
]
