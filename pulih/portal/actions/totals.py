"""Making the public totals anew, from the tables whose rows stay where they are."""

from django.db import transaction
from django.db.models import Count, Max, Sum
from django.utils import timezone

from pulih.budget.models import BudgetLine, Posting
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.planning.models import Adoption, SolutionProvince

from ..models import BudgetTotal


@transaction.atomic
def refresh_totals(*, by: User) -> int:
    """Replace every budget total by the sums of the lines as they stand; return how many."""
    require(by, Permission.SEE_BUDGET, None)
    days = dict(
        Posting.objects.values("province_id", "fiscal_year")
        .annotate(day=Max("effective_on"))
        .values_list("province_id", "day")
    )
    sums = BudgetLine.objects.values("province_id", "fiscal_year").annotate(
        Sum("ceiling"), Sum("blocked"), Sum("committed"), Sum("realised"),
        Sum("reserved"),
        units=Count("unit", distinct=True),
    )  # fmt: skip
    planned = _planned()
    now = timezone.now()
    totals = [
        BudgetTotal(
            area_id=row["province_id"],
            fiscal_year=row["fiscal_year"],
            units=row["units"],
            ceiling=row["ceiling__sum"],
            blocked=row["blocked__sum"],
            committed=row["committed__sum"],
            realised=row["realised__sum"],
            reserved=row["reserved__sum"],
            planned=planned.get((row["province_id"], row["fiscal_year"])),
            as_of=days.get(row["province_id"]) or timezone.localdate(),
            refreshed_at=now,
        )
        for row in sums
    ]
    BudgetTotal.objects.all().delete()
    BudgetTotal.objects.bulk_create(totals)
    return len(totals)


def _planned() -> dict[tuple[int, int], int]:
    """Return what the newest adopted plan of each year leaves each province, in rupiah."""
    planned: dict[tuple[int, int], int] = {}
    for adoption in Adoption.objects.order_by("pk"):
        for row in SolutionProvince.objects.filter(solution_id=adoption.solution_id):
            planned[row.province_id, adoption.fiscal_year] = row.after
    return planned
