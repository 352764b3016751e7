"""PostgreSQL knows the moves that rooms declare, and takes no step that is none of them."""

import subprocess
import sys

import pytest
from django.db import DatabaseError, transaction

from pulih.config.rooms import PACKAGE
from pulih.people.scope import speaking_for
from pulih.workflow.models import Step
from tests.make import proposals as make


def test_the_file_says_what_the_rooms_declare():
    command = [sys.executable, "-m", "tests.arrow_list", "--print"]
    declared = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert (PACKAGE / "workflow" / "sql" / "arrows.sql").read_text("utf-8") == declared


@pytest.mark.django_db
@pytest.mark.parametrize(
    "step",
    [
        ("approve", "approved", False),  # No draft is approved.
        ("submit", "approved", False),  # The move leads elsewhere.
        ("withdraw", "withdrawn", False),  # Where it leads nothing follows.
        ("", "submitted", False),  # By no move.
    ],
)
def test_postgresql_refuses_a_step_that_is_no_move(step):
    proposal = make.draft()
    move, to_state, is_final = step
    with (
        speaking_for(proposal.made_by),
        pytest.raises(DatabaseError, match="no move"),
        transaction.atomic(),
    ):
        Step.objects.create(
            machine="proposal", subject_id=proposal.pk, number=2, move=move, from_state="draft",
            to_state=to_state, is_final=is_final, province_id=proposal.province_id,
        )  # fmt: skip


@pytest.mark.django_db
def test_postgresql_lets_nothing_begin_in_the_middle():
    with pytest.raises(DatabaseError, match="no move"), transaction.atomic():
        Step.objects.create(
            machine="proposal", subject_id=9_999, number=1, to_state="approved", is_final=False
        )
