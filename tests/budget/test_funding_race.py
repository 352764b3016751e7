"""An amendment that is granted while money is reserved: what is reserved is what is approved."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import transaction

from pulih.budget.actions.funding import reserve_for, suggested_lines
from pulih.budget.models import PromisedLine
from pulih.common.errors import Refusal
from pulih.people.scope import speaking_for
from pulih.proposals.actions import amending
from pulih.proposals.amended import approved_content, row_content
from pulih.proposals.models import Amendment
from pulih.proposals.rules.factors import Factor
from tests.make import budget
from tests.make import proposals as make
from tests.meanwhile import begun
from tests.people import cast
from tests.proposals.test_amendments import DAY, LINE


def checked(proposal):
    """Ask for fewer hours, and check it."""
    content = approved_content(proposal)
    (row,) = content["rows"]
    fewer = {**content, "rows": [row_content(row, (Factor(10, "OJ"),), row["unit_cost"])]}
    amendment = make.amendment(proposal, fewer)
    with speaking_for(cast.planner()):
        amending.check(amendment, by=cast.planner())
    return amendment


@pytest.mark.django_db(transaction=True)
def test_no_more_is_reserved_than_an_amendment_leaves_that_is_granted_meanwhile():
    proposal, by = make.decided(make.complete(people=1)), make.second_planner()
    budget.line(budget.unit(), LINE, ceiling=60_000_000)
    amendment, (amounts, _missing) = checked(proposal), suggested_lines(proposal)

    def reserved():
        with speaking_for(by):
            reserve_for(proposal, amounts, number="KEP-1", effective_on=DAY, by=by)

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic(), speaking_for(by):
            amending.grant(Amendment.objects.get(pk=amendment.pk), by=by, effective_on=DAY)
            answer = begun(pool, reserved)
        with pytest.raises(Refusal, match="Rp9,000,000 is to be reserved"):
            answer.result(60)
    assert not PromisedLine.objects.exists()
