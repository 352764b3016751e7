"""What people said after their training: the newest answer of each, by participant and months."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from ..models import FollowUpAnswer


def newest_answers(participants: Collection[int]) -> Mapping[int, Mapping[int, FollowUpAnswer]]:
    """The answer that stands, by participant and by months after the training."""
    rows = FollowUpAnswer.objects.filter(follow_up__participant__in=participants)
    found: dict[int, dict[int, FollowUpAnswer]] = defaultdict(dict)
    for one in rows.select_related("follow_up__round").order_by("pk"):
        found[one.follow_up.participant_id][one.follow_up.round.months] = one
    return found


def ever(answers: Mapping[int, FollowUpAnswer], name: str) -> bool | None:
    """What the newest answer that says something says of `name`; None where none does."""
    for _months, one in sorted(answers.items(), reverse=True):
        if (said := getattr(one, name)) is not None:
            return bool(said)
    return None
