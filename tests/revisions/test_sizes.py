"""Drafts of a revision that ask for far more than anybody meant."""

import pytest
from django.utils import translation

from pulih.common.errors import Refusal
from pulih.revisions.actions import DraftLine
from pulih.revisions.models import Revision
from tests.make import budget as make_budget
from tests.make import revisions as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def test_more_than_any_budget_is_refused_and_not_stored():
    line, _other = make.two_lines()
    with pytest.raises(Refusal, match="more than the whole state budget"):
        make.draft(DraftLine(10**20, line.pk))
    assert not Revision.objects.exists()


def test_a_unit_does_not_become_a_thousand_times_its_size():
    line = make_budget.line(ceiling=1_000_000_000)
    with pytest.raises(Refusal, match=r"Did you mean Rp1,200,000,000\?"):
        make.draft(DraftLine(1_200_000_000_000, line.pk))
    assert make.draft(DraftLine(1_200_000_000, line.pk)).declared_total == 200_000_000
