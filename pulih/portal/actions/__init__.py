"""What people and clocks do here: make the desk's totals anew; make, check and publish releases."""

from .daily import publish_money
from .late_lists import tell_late_lists
from .leaving_out import leave_out
from .releases import (
    NewRelease,
    check,
    discard,
    draft,
    is_site_late,
    mend_site,
    protect,
    publish,
    publish_again,
    withdraw,
)
from .rhythms import set_rhythm
from .work import ask, begin_work, end_work, enqueue_work, lost_work

__all__ = [
    "NewRelease",
    "ask",
    "begin_work",
    "check",
    "discard",
    "draft",
    "end_work",
    "enqueue_work",
    "is_site_late",
    "leave_out",
    "lost_work",
    "mend_site",
    "protect",
    "publish",
    "publish_again",
    "publish_money",
    "set_rhythm",
    "tell_late_lists",
    "withdraw",
]
