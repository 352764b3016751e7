"""Certificates on paper, a page each, with the subjects of the class below.

The layout is from memory; no form of the ministry was found, so the paper says that it is not
verified. No NIK stands on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pulih.areas.rows import area_of
from pulih.common.periods import day
from pulih.documents.seals import seal
from pulih.documents.typesetting import typeset

from ..models import Cohort
from ..reads.certificates import Holder

TEMPLATE = Path(__file__).with_name("certificate.typ")


def pdf(cohort: Cohort, holders: Sequence[Holder]) -> bytes:
    """Return the certificates in force of these people of a class."""
    return typeset(TEMPLATE, values(cohort, holders))


def values(cohort: Cohort, holders: Sequence[Holder]) -> dict[str, Any]:
    activity = cohort.activity
    sessions = list(cohort.sessions.order_by("day", "starts_at"))
    return {
        "activity": activity.title,
        "office": str(area_of(activity)),
        "cohort": cohort.name,
        "site": f"{cohort.site.name}, {cohort.regency}",
        "days": f"{day(activity.starts_on)} sampai {day(activity.ends_on)}",
        "hours": sum(one.lesson_hours for one in sessions),
        "subjects": [[one.subject, str(one.lesson_hours)] for one in sessions],
        "people": [
            {
                "name": one.participant.person.name,
                "number": one.paper.number,
                "dated": day(one.paper.dated),
                "seal": seal(one.paper.code),
            }
            for one in holders
            if one.paper
        ],
    }
