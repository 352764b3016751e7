"""What people do with scenarios: the only code of planning that writes."""

from .adopting import adopt
from .scenarios import add_rule, change, make, new_version, remove_rule
from .solving import begin, cancel, hear, keep_answer, request_solution, return_to_draft

__all__ = [
    "add_rule",
    "adopt",
    "begin",
    "cancel",
    "change",
    "hear",
    "keep_answer",
    "make",
    "new_version",
    "remove_rule",
    "request_solution",
    "return_to_draft",
]
