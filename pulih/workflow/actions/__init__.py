"""What rooms and people do with steps, duties, posts and notices.

Rooms call `start`, `take_step`, `open_duty`, `close_duty` and `notify` in their own transaction.
"""

from .notices import NewNotice, choose_mail, mark_read, notify, send_again
from .posts import appoint, end_holding
from .steps import NewDuty, close_duty, open_duty, start, take_step

__all__ = [
    "NewDuty",
    "NewNotice",
    "appoint",
    "choose_mail",
    "close_duty",
    "end_holding",
    "mark_read",
    "notify",
    "open_duty",
    "send_again",
    "start",
    "take_step",
]
