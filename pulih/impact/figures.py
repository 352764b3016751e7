"""What impact counts: affected firms and their workers, of a place or of the whole reach."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pulih.lists.columns import Kind
from pulih.lists.figures import Definition, define
from pulih.people.permissions import Permission

from . import reads
from .lists import FILTERS

AFFECTED = define(
    Definition(
        key="impact.affected",
        words=_("Affected firms"),
        definition=_("Firms whose newest report says that the crisis hit them, each once."),
        kind=Kind.WHOLE,
        permission=Permission.SEE_ENTERPRISES,
        filters=FILTERS,
        compute=lambda asked: reads.totals(asked.person, asked.values).firms,
        rows="impact:list",
        api="impact/reports",
    )
)
WORKERS = define(
    Definition(
        key="impact.workers",
        words=_("Workers hit"),
        definition=_("Laid off or sent home by affected firms, by the newest report of each."),
        kind=Kind.WHOLE,
        permission=Permission.SEE_ENTERPRISES,
        filters=FILTERS,
        compute=lambda asked: reads.totals(asked.person, asked.values).workers,
        rows="impact:list",
        adds="workers_hit",
        head="Pekerja terdampak",
        api="impact/reports",
    )
)
