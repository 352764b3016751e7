"""What rooms and people do with steps, duties, posts and notices.

Rooms call `start`, `take_step`, `open_duty`, `close_duty` and `notify` in their own transaction.
"""

from .decisions import decide
from .decisions import propose as propose_decision
from .decisions import withdraw as withdraw_decision
from .notices import NewNotice, choose_mail, mark_read, notify, send_again
from .posts import appoint, end_holding
from .steps import NewDuty, close_duty, lock_subject, open_duty, start, take_step

__all__ = [
    "NewDuty",
    "NewNotice",
    "appoint",
    "choose_mail",
    "close_duty",
    "decide",
    "end_holding",
    "lock_subject",
    "mark_read",
    "notify",
    "open_duty",
    "propose_decision",
    "send_again",
    "start",
    "take_step",
    "withdraw_decision",
]
