"""What a scenario came to, as rows that are added once and never changed."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone

from pulih.audit.models import AppendOnly
from pulih.people.models import User

from .scenarios import Scenario


class SolvedRows(models.QuerySet[Any]):
    """Rows of a solution that lie in a province."""

    def visible_to(self, person: User) -> Self:
        """Keep all for who sees the country; else adopted plans' rows of their own provinces."""
        if person.sight.country:
            return self
        adopted = Adoption.objects.values("solution_id")
        return self.filter(province_id__in=person.sight.provinces, solution_id__in=adopted)


class SolvedLines(SolvedRows):
    def changed(self) -> Self:
        """Keep the lines that the plan changes, new ones included."""
        return self.exclude(before=models.F("after"))


class Solution(AppendOnly):
    """What the solver answered, and on which case and program it rests.

    Money in whole rupiah; coverage as a share. explanation: the object of `explanation.json`.
    """

    scenario = models.OneToOneField(Scenario, models.PROTECT, related_name="solution")
    status = models.CharField(max_length=12)
    case_sha256 = models.CharField(max_length=64)
    explanation = models.JSONField(default=dict)
    before = models.BigIntegerField(default=0)
    after = models.BigIntegerField(default=0)
    untagged = models.BigIntegerField(default=0)
    unallocated = models.BigIntegerField(default=0)
    moved = models.BigIntegerField(default=0)
    lines = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    new_lines = models.IntegerField(default=0)
    worst_before = models.FloatField(null=True)
    worst_after = models.FloatField(null=True)
    worst_province = models.ForeignKey("areas.Area", models.PROTECT, related_name="+", null=True)
    seconds = models.FloatField(default=0)
    solved_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    solved_at = models.DateTimeField(default=timezone.now)

    class Meta(AppendOnly.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.scenario_id}: {self.status}"

    @property
    def gaps(self) -> list[float | None]:
        """The proven gap of each stage in their order, as shares."""
        stages = self.explanation.get("stages") or {}
        return [stages[name] and stages[name]["gap"] for name in ("worst", "relief", "change")]

    @property
    def largest_gap(self) -> float:
        """The widest of them, as a share."""
        return max((gap for gap in self.gaps if gap is not None), default=0.0)


class CaseArchive(AppendOnly):
    """Case and plan as zips of the public contract's tables: anyone can run it again."""

    solution = models.OneToOneField(Solution, models.PROTECT, related_name="archive")
    case = models.BinaryField()
    plan = models.BinaryField()

    class Meta(AppendOnly.Meta):
        pass

    def __str__(self) -> str:
        return f"case of {self.solution_id}"


class SolutionLine(AppendOnly):
    """A budget line before and after; `line` is null where the plan opens a new one.

    accounts: for a new line, the line keys, accounts and rupiah that it will be written with.
    """

    solution = models.ForeignKey(Solution, models.PROTECT, related_name="line_rows")
    province = models.ForeignKey("areas.Area", models.PROTECT, related_name="+")
    unit = models.ForeignKey("budget.SpendingUnit", models.PROTECT, related_name="+", null=True)
    line = models.ForeignKey("budget.BudgetLine", models.PROTECT, related_name="+", null=True)
    code = models.CharField(max_length=60)
    measure = models.CharField(max_length=40)
    before = models.BigIntegerField()
    after = models.BigIntegerField()
    committed = models.BigIntegerField(default=0)
    blocked = models.BigIntegerField(default=0)
    is_protected = models.BooleanField(default=False)
    accounts = models.JSONField(default=list)

    objects = SolvedLines.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["solution", "code"], name="planning_solutionline_once_a_plan"
            ),
            models.CheckConstraint(
                condition=models.Q(after__gte=models.F("committed") + models.F("blocked")),
                name="planning_solutionline_leaves_what_is_bound",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["solution", "province"], name="planning_line_by_province")
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def change(self) -> int:
        return self.after - self.before

    @property
    def bound(self) -> int:
        """What no plan may touch."""
        return self.before if self.is_protected else self.committed + self.blocked


class SolutionProvince(AppendOnly):
    """A province before and after: money, coverage, and what holds it."""

    solution = models.ForeignKey(Solution, models.PROTECT, related_name="province_rows")
    province = models.ForeignKey("areas.Area", models.PROTECT, related_name="+")
    code = models.CharField(max_length=10)
    before = models.BigIntegerField()
    after = models.BigIntegerField()
    bound = models.BigIntegerField()
    committed = models.BigIntegerField()
    blocked = models.BigIntegerField()
    protected = models.BigIntegerField()
    floor = models.BigIntegerField(null=True)
    cap = models.BigIntegerField(null=True)
    coverage_before = models.FloatField(null=True)
    coverage_after = models.FloatField(null=True)
    relief = models.FloatField(default=0)
    full_relief = models.FloatField(default=0)
    needs = models.IntegerField(default=0)
    severity = models.FloatField(null=True)
    lines = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    new_lines = models.IntegerField(default=0)
    held = models.CharField(max_length=12)

    objects = SolvedRows.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["solution", "province"], name="planning_solutionprovince_once_a_plan"
            )
        ]

    def __str__(self) -> str:
        return f"{self.solution_id} {self.code}"

    @property
    def change(self) -> int:
        return self.after - self.before


class SolutionUnit(AppendOnly):
    """How many units of a measure run in a regency, and what they cost in whole rupiah."""

    solution = models.ForeignKey(Solution, models.PROTECT, related_name="unit_rows")
    province = models.ForeignKey("areas.Area", models.PROTECT, related_name="+")
    regency = models.ForeignKey("areas.Area", models.PROTECT, related_name="+")
    measure = models.CharField(max_length=40)
    units = models.IntegerField()
    amount = models.BigIntegerField()

    objects = SolvedRows.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["solution", "regency", "measure"], name="planning_solutionunit_once_a_plan"
            )
        ]

    def __str__(self) -> str:
        return f"{self.units} {self.measure}"


class SolutionBinding(AppendOnly):
    """A rule that stopped the plan, and an estimate of its price in firms per Rp1 million."""

    solution = models.ForeignKey(Solution, models.PROTECT, related_name="bindings")
    province = models.ForeignKey("areas.Area", models.PROTECT, related_name="+", null=True)
    rule = models.CharField(max_length=120)
    price = models.FloatField()

    objects = SolvedRows.as_manager()

    class Meta(AppendOnly.Meta):
        pass

    def __str__(self) -> str:
        return self.rule


class AdoptionQuerySet(models.QuerySet["Adoption"]):
    def that_count(self) -> Self:
        """Leave out the plans that were taken back before anything moved."""
        return self.filter(withdrawal=None)


class Adoption(AppendOnly):
    """The plan that was adopted, by whom and when: one row, so that it happens once."""

    solution = models.OneToOneField(Solution, models.PROTECT, related_name="adoption")
    fiscal_year = models.SmallIntegerField()
    title = models.CharField(max_length=140)
    as_of = models.DateField()
    adopted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField(default=timezone.now)
    revisions = models.IntegerField()

    objects = AdoptionQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        pass

    def __str__(self) -> str:
        return self.title

    @property
    def taken_back(self) -> "AdoptionWithdrawal | None":
        return getattr(self, "withdrawal", None)


class AdoptionWithdrawal(AppendOnly):
    """That an adopted plan was taken back whole, why, and how many drafts went with it."""

    adoption = models.OneToOneField(Adoption, models.PROTECT, related_name="withdrawal")
    reason = models.TextField()
    withdrawn_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(default=timezone.now)
    drafts = models.IntegerField()

    class Meta(AppendOnly.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.adoption}: {self.reason}"
