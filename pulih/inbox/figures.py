"""What waits in delivered files: those that were refused, and rows that nobody took."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pulih.lists.columns import Kind
from pulih.lists.figures import Definition, define
from pulih.people.permissions import Permission

from .lists import BATCHES, counting, refused

REFUSED = define(
    Definition(
        key="inbox.refused",
        words=_("Refused files"),
        definition=_("Delivered files of which nothing was stored, refused or failed."),
        kind=Kind.WHOLE,
        permission=Permission.SEE_FILES,
        filters=BATCHES.filters,
        compute=lambda asked: refused(BATCHES.rows(asked)).count(),
        rows="inbox:list",
        asks={"unread": "1"},
        api="inbox/batches",
    )
)
REJECTED = define(
    Definition(
        key="inbox.rejected",
        words=_("Rejected rows"),
        definition=_("Rows of the files that count which no room took; their offices mend them."),
        kind=Kind.WHOLE,
        permission=Permission.SEE_FILES,
        filters=BATCHES.filters,
        compute=lambda asked: BATCHES.sums(counting(BATCHES.rows(asked)))["rejected"],
        rows="inbox:list",
        asks={"counts": "1"},
        adds="rejected",
        head="Ditolak",
        api="inbox/batches",
    )
)
