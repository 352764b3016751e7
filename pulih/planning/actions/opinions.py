"""What people say of a scenario before it is adopted: comments, and who signs it off."""

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, require

from ..models import Opinion, Scenario, Stance
from ..repeating import plan_hash

MOST_LETTERS = 1_000


@transaction.atomic
def give_opinion(scenario: Scenario, stance: Stance, words: str, *, by: User) -> Opinion:
    """Keep what somebody says; nothing said is taken back. May refuse a comment without words."""
    require(by, Permission.PLAN, None)
    words = words.strip()
    if stance != Stance.AGREES and not words:
        raise Refusal(_("Write what you think, or why you object. Nothing was saved."))
    if not scenario.has_plan:
        raise Refusal(_("There is no plan yet to agree or object to. Solve the scenario first."))
    opinion = Opinion.objects.create(
        scenario=scenario,
        stance=stance,
        words=words,
        plan_sha256=plan_hash(scenario.solution),
        said_by=by,
    )
    record(by, "planning.opinion", scenario, stance=stance)
    return opinion
