"""What rooms and people do with steps, duties and posts. Rooms call these in their transaction."""

from .posts import appoint, end_holding
from .steps import NewDuty, close_duty, open_duty, start, take_step

__all__ = [
    "NewDuty",
    "appoint",
    "close_duty",
    "end_holding",
    "open_duty",
    "start",
    "take_step",
]
