"""What people and clocks do here: make the desk's totals anew; make, check and publish releases."""

from .releases import (
    NewRelease,
    check,
    discard,
    draft,
    protect,
    publish,
    publish_again,
    withdraw,
)
from .totals import refresh_totals

__all__ = [
    "NewRelease",
    "check",
    "discard",
    "draft",
    "protect",
    "publish",
    "publish_again",
    "refresh_totals",
    "withdraw",
]
