"""Adopting a plan: once, whole, and as drafts only."""

import polars as pl
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.revisions.actions.case import draft_revisions
from pulih.revisions.models import Revision
from pulih.workflow.columns import move_row

from ..composition import refuse_unexplained
from ..models import Adoption, Scenario, Solution, State
from ..states import SCENARIO

ADOPTION = "adoption"  # The kind of decision, as tables keep it.
LOCK = 7_084_516  # Any number that no other advisory lock of ours uses.
PLAN = {
    "line": pl.String, "province": pl.Int64, "measure": pl.String,
    "before": pl.Int64, "after": pl.Int64,
}  # fmt: skip


@transaction.atomic
def adopt(scenario: Scenario, *, by: User) -> Adoption:
    """Make a solved plan the one that counts: one draft revision per spending unit. May refuse.

    Asked again, it answers with what was adopted: a double click changes nothing. No money
    moves until the revisions are in force.
    """
    require(by, Permission.ADOPT_PLAN, None)
    scenario = Scenario.objects.select_for_update().get(pk=scenario.pk)
    if scenario.state == State.ADOPTED:
        return Adoption.objects.get(solution__scenario=scenario)
    if scenario.state != State.SOLVED:
        raise Refusal(_("Only a solved scenario can be adopted. Solve it first."))
    solution = Solution.objects.get(scenario=scenario)
    refuse_unexplained(scenario, by)
    _refuse_beside_open_drafts(scenario)
    drafts = draft_revisions(
        plan_of(solution),
        source=source_of(scenario),
        by=by,
        fiscal_year=scenario.fiscal_year,
        title=str(scenario),
        judged_on=scenario.as_of,
    )
    move_row(SCENARIO, scenario, "adopt")
    scenario.save(update_fields=["state", "changed_at"])
    adoption = Adoption.objects.create(
        solution=solution,
        fiscal_year=scenario.fiscal_year,
        title=str(scenario),
        as_of=scenario.as_of,
        adopted_by=by,
        revisions=len(drafts),
    )
    record(by, "planning.adopt", scenario, revisions=len(drafts), after=solution.after)
    return adoption


def source_of(scenario: Scenario) -> str:
    """Return the name under which the budget keeps a scenario's drafts."""
    return f"scenario:{scenario.pk}"


def plan_of(solution: Solution) -> pl.DataFrame:
    """Return every line of a plan as the budget takes it; province is an area's id."""
    rows = solution.line_rows.order_by("code").values_list(
        "code", "province_id", "measure", "before", "after"
    )
    return pl.DataFrame(list(rows), schema=PLAN, orient="row")


def _refuse_beside_open_drafts(scenario: Scenario) -> None:
    """Refuse while another plan of the year waits: each would move what the other counts on."""
    with connection.cursor() as cursor:
        # One adoption of a year at a time; the lock ends with the transaction.
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, scenario.fiscal_year])
    for other in Adoption.objects.filter(fiscal_year=scenario.fiscal_year):
        source = f"scenario:{other.solution.scenario_id}"
        if waiting := Revision.objects.filter(source=source).open().count():
            raise Refusal(
                ngettext(
                    "The plan “%(title)s” of this year is adopted and %(count)s of its revisions "
                    "is not yet in force. Put it in force or withdraw it first. Nothing was saved.",
                    "The plan “%(title)s” of this year is adopted and %(count)s of its revisions "
                    "are not yet in force. Put them in force or withdraw them first. "
                    "Nothing was saved.",
                    waiting,
                )
                % {"title": other.title, "count": waiting}
            )
