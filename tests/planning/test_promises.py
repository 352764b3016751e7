"""Before a plan is adopted, its page says which promises it breaks, by name and rupiah."""

import pytest
from django.urls import reverse

from pulih.budget.models import BudgetLine
from pulih.budget.reads.promises import broken_by
from tests.make import ledger
from tests.make import planning as make
from tests.people import cast

pytestmark = pytest.mark.django_db


def test_a_plan_names_the_promises_that_it_breaks(client):
    make.country()
    for line in BudgetLine.objects.filter(measure__isnull=False).select_related("unit__province"):
        ledger.reserved(line, line.amounts.free, f"P-{line.pk}")
    planner = cast.planner()
    solved = make.solved(planner)
    rows = solved.solution.line_rows.filter(line__isnull=False)
    broken = broken_by(dict(rows.values_list("line_id", "after")))
    assert sum(one.rupiah for one in broken) == sum(
        max(0, row.before - row.after) for row in rows
    )  # Nothing else on these lines is free.
    client.force_login(planner)
    page = client.get(reverse("planning:scenario", args=[solved.pk])).content.decode()
    assert "Janji yang dilanggarnya" in page
    for one in broken:
        assert one.promise.number in page
    _before, beside_the_decision = page.split(f"melanggar {len(broken)} janji")
    for one in broken[:5]:
        assert one.promise.number in beside_the_decision
    assert 'href="#broken"' in beside_the_decision
    assert 'id="decision"' in beside_the_decision  # What it does stands before what is pressed.
