"""A scenario: what is given and what must hold. Frozen by triggers once it is solved."""

from decimal import Decimal
from typing import Any, ClassVar, Self

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pulih.audit.history import keep
from pulih.people.models import User

USUAL_SECONDS = 60  # For which a scenario is worked out, where its planner says nothing.
FROZEN = ("solved", "infeasible", "adopted", "withdrawn")
FROZEN_SQL = "('solved', 'infeasible', 'adopted', 'withdrawn')"
GIVEN = (
    "title", "fiscal_year", "as_of", "ceiling", "measures", "floor_percent", "cap_percent",
    "coverage", "tolerance_worst", "tolerance_relief", "change_cost", "beyond_worst",
)  # fmt: skip


def standard_coverage() -> list[list[str]]:
    """Return the standard curve: the first tenth of a need counts most.

    Pairs of width and weight as decimals in text; nothing is earned beyond the widths.
    """
    return [["0.10", "3"], ["0.20", "2"], ["0.70", "1"]]


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    WAITING = "waiting", _("waiting")
    SOLVING = "solving", _("being solved")
    SOLVED = "solved", _("solved")
    INFEASIBLE = "infeasible", _("cannot hold")
    ADOPTED = "adopted", _("adopted")
    WITHDRAWN = "withdrawn", _("adopted, then withdrawn")


WITH_PLAN = (State.SOLVED, State.ADOPTED, State.WITHDRAWN)


class ScenarioQuerySet(models.QuerySet["Scenario"]):
    def visible_to(self, person: User) -> Self:
        """Keep all for who sees the country; drafts are nobody else's."""
        return self if person.sight.country else self.none()

    def with_plan(self) -> Self:
        """Keep what has a plan that can be read, compared and exported."""
        return self.filter(state__in=WITH_PLAN)

    def undecided(self) -> Self:
        """Keep the plans that wait for a decision: no later version of theirs was adopted."""
        solved = self.filter(state=State.SOLVED)
        return solved.exclude(later_versions__state=State.ADOPTED)


def _frozen_trigger() -> pgtrigger.Protect:
    changed = " OR ".join(f'OLD."{name}" IS DISTINCT FROM NEW."{name}"' for name in GIVEN)
    ends = "(OLD.state = 'adopted' AND NEW.state = 'withdrawn')"
    adopts = "(OLD.state IN ('solved', 'infeasible') AND NEW.state = 'adopted')"
    reopened = (
        f"NEW.state NOT IN {FROZEN_SQL} OR (OLD.state <> NEW.state AND NOT {adopts} AND NOT {ends})"
    )
    condition = f"OLD.state IN {FROZEN_SQL} AND ({changed} OR {reopened})"
    return pgtrigger.Protect(
        name="frozen_when_solved",
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(condition),
    )


@keep
class Scenario(models.Model):
    """What if the ceiling were this, and these rules held? (skenario refocusing)

    Money in whole rupiah. A scenario with a solution never changes: a change makes a new version.
    """

    title = models.CharField(_("title"), max_length=120)
    fiscal_year = models.SmallIntegerField(_("fiscal year"))
    as_of = models.DateField(_("needs as of"))
    ceiling = models.BigIntegerField(_("new ceiling"), validators=[MinValueValidator(0)])
    measures = models.JSONField(_("measures"), default=list, blank=True)
    floor_percent = models.DecimalField(
        _("floor per province"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    cap_percent = models.DecimalField(
        _("cap per province"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    coverage = models.JSONField(_("coverage curve"), default=standard_coverage)
    tolerance_worst = models.DecimalField(
        max_digits=5, decimal_places=4, default=Decimal("0.0100"), validators=[MaxValueValidator(1)]
    )
    tolerance_relief = models.DecimalField(
        max_digits=5, decimal_places=4, default=Decimal("0.0100"), validators=[MaxValueValidator(1)]
    )
    change_cost = models.BigIntegerField(default=1_000_000)
    beyond_worst = models.BooleanField(_("fair beyond the worst province"), default=False)
    time_limit = models.PositiveSmallIntegerField(default=USUAL_SECONDS)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    problem = models.JSONField(default=dict, blank=True)  # A sentence by language.
    version = models.PositiveSmallIntegerField(default=1)
    previous = models.ForeignKey(
        "self", models.PROTECT, related_name="later_versions", null=True, blank=True
    )
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(auto_now=True)

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        indexes: ClassVar = [
            models.Index(fields=["fiscal_year", "-made_at"], name="planning_scenario_newest")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ceiling__gte=0), name="planning_scenario_ceiling_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(floor_percent=None)
                | Q(cap_percent=None)
                | Q(floor_percent__lte=F("cap_percent")),
                name="planning_scenario_floor_below_cap",
            ),
        ]
        triggers: ClassVar = [_frozen_trigger()]

    def __str__(self) -> str:
        return self.title if self.version == 1 else f"{self.title} (v{self.version})"

    @property
    def is_frozen(self) -> bool:
        return self.state in FROZEN

    @property
    def is_running(self) -> bool:
        return self.state in (State.WAITING, State.SOLVING)

    @property
    def has_plan(self) -> bool:
        return self.state in WITH_PLAN

    @property
    def problem_words(self) -> str:
        """Why it came back without a plan, in the language of the page; empty if it did not."""
        language = "en" if (get_language() or "id").startswith("en") else "id"
        return str(self.problem.get(language, ""))


class RuleTable(models.TextChoices):
    AMOUNTS = "amounts", _("money")
    SHARES = "shares", _("share of money")
    LIMITS = "limits", _("units")


class RuleBasis(models.TextChoices):
    RUPIAH = "rupiah", _("rupiah")
    PERCENT_BEFORE = "percent_before", _("percent of before")
    PERCENT = "percent", _("percent of the money after")
    UNITS = "units", _("units")


RULE_FROZEN = """
IF EXISTS (SELECT 1 FROM planning_scenario
           WHERE id IN (NEW.scenario_id, OLD.scenario_id)
             AND state IN ('solved', 'infeasible', 'adopted', 'withdrawn')) THEN
    RAISE EXCEPTION 'The rules of a solved scenario never change.';
END IF;
IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
RETURN NEW;
"""


@keep
class ScenarioRule(models.Model):
    """A floor, a cap, an earmark or a limit of one scenario.

    area: a province or (units only) a regency; null is the country. measures: codes, or ["*"].
    """

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="rules")
    name = models.SlugField(max_length=40)
    table = models.CharField(max_length=8, choices=RuleTable.choices)
    basis = models.CharField(max_length=15, choices=RuleBasis.choices)
    area = models.ForeignKey("areas.Area", models.PROTECT, related_name="+", null=True, blank=True)
    measures = models.JSONField(default=list)
    minimum = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    maximum = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        ordering = ("scenario", "name")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scenario", "name"], name="planning_rule_named_once"),
            models.CheckConstraint(
                condition=~Q(minimum=None, maximum=None), name="planning_rule_says_something"
            ),
            models.CheckConstraint(
                condition=Q(minimum=None) | Q(maximum=None) | Q(minimum__lte=F("maximum")),
                name="planning_rule_minimum_below_maximum",
            ),
            models.CheckConstraint(
                condition=Q(minimum=None) | Q(minimum__gte=0), name="planning_rule_not_negative"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="frozen_when_solved",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=RULE_FROZEN,
            )
        ]

    def __str__(self) -> str:
        return f"{self.table}:{self.name}"

    def as_given(self) -> dict[str, Any]:
        """Return what a planner gave, by field."""
        kept = ("name", "table", "basis", "area_id", "measures", "minimum", "maximum", "reason")
        return {name: getattr(self, name) for name in kept}


class Attempt(models.Model):
    """How far the solver is, for the page that waits; what it finds is kept elsewhere.

    heard_at is renewed at least every few seconds: an attempt that falls silent lost its worker.
    goes_on: it begins with the plan of the version before, on the case that was kept with it.
    """

    scenario = models.OneToOneField(Scenario, models.CASCADE, related_name="attempt")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    stage = models.CharField(max_length=10, blank=True)
    value = models.FloatField(null=True)
    bound = models.FloatField(null=True)
    gap = models.FloatField(null=True)
    seconds = models.FloatField(default=0)
    goes_on = models.BooleanField(default=False)
    is_cancelled = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.scenario_id}: {self.stage or '-'}"
