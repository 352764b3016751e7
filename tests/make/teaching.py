"""Who taught a class, and lists of their honoraria, as tests want them."""

from collections.abc import Iterable
from typing import Any

from pulih.delivery.actions import activities, honoraria
from pulih.delivery.models import Activity, PaymentList, Session, Trainer
from tests.make import budget as make_budget
from tests.make.delivery import LAST, TEACHING, nik
from tests.people import cast


def taught(of: Activity) -> list[Trainer]:
    """Let two trainers and an assistant teach a class of two sessions: one day each, and both."""
    by, [of_class] = cast.provincial_officer(), of.cohorts.all()
    found = [
        activities.add_trainer(
            of_class, name=name, role=role, institution="", payee=payee, has_npwp=payee == "person",
            by=by, nik=nik(9_000 + at),
        )
        for at, (name, role, payee) in enumerate((
            ("Made Pengajar", "trainer", "servant_3"), ("Putu Pengajar", "trainer", "person"),
            ("Ketut Pendamping", "assistant", "servant_2"),
        ), 1)
    ]  # fmt: skip
    sessions = list(of_class.sessions.order_by("day"))
    for trainer, which in zip(found, (sessions[:1], sessions[1:], sessions), strict=True):
        teaching(trainer, which)
    return found


def teaching(
    trainer: Trainer, sessions: Iterable[Session] = (), hours: int | None = None, why: str = "",
    **values: Any,
) -> int:  # fmt: skip
    usual = {"by": cast.provincial_officer(), "today": LAST}
    return honoraria.state_teaching(
        trainer.cohort, trainer=trainer, sessions=sessions, lesson_hours=hours, why=why,
        **{**usual, **values},
    )  # fmt: skip


def honoraria_list(of: Activity, row: str = TEACHING[0], **values: Any) -> PaymentList:
    """Fix the list of honoraria of a row of the plan, at its rate."""
    found = of.proposal.decision.rows.get(text=row)
    usual = {"number": f"DH-{next(make_budget.numbers)}", "by": cast.provincial_officer(),
             "today": LAST, "rate": found.unit_cost}  # fmt: skip
    return honoraria.make_list(of, found, **{**usual, **values})
