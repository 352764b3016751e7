"""Who goes on with a proposal in each state, and how many working days that post has."""

import tomllib
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from pulih.areas.models import Area
from pulih.common.errors import Message
from pulih.people.models import User
from pulih.people.permissions import Permission
from pulih.workflow import clock
from pulih.workflow.actions import NewDuty
from pulih.workflow.calendars import zone_of
from pulih.workflow.post_holders import post_of
from pulih.workflow.post_kinds import PostKind

from .models import Proposal

OFFICE, VERIFIER, DECIDER = "proposals_office", "proposals_verifier", "proposals_decider"
REGENCY = "proposals_regency"  # Has no duty; is told what became of its ideas.
POSTS = {"office": OFFICE, "verifier": VERIFIER, "decider": DECIDER}
POST_KINDS = (
    PostKind(OFFICE, Message("Pengusul", "Proposing officer"), Permission.PROPOSE),
    PostKind(REGENCY, Message("Pengirim gagasan", "Sender of ideas"), Permission.SEND_IDEAS),
    PostKind(VERIFIER, Message("Verifikator usulan", "Verifier"), Permission.VERIFY_PROPOSALS),
    PostKind(DECIDER, Message("Pemutus usulan", "Decider"), Permission.DECIDE_PROPOSALS),
)
ESCALATES = {OFFICE: VERIFIER, VERIFIER: DECIDER}


@cache
def clocks() -> dict[str, dict[str, Any]]:
    """Return post and working days by state, as `data/clocks.toml` says."""
    return tomllib.loads(files("pulih.proposals").joinpath("data", "clocks.toml").read_text())


def day_in(office_id: int, at: datetime | None = None) -> date:
    """Return the day on an office's clock: at a moment, or at which people act now."""
    return (at or clock.now()).astimezone(zone_of(office_id)).date()


def review_duty(proposal: Proposal, reviewer: User) -> NewDuty:
    """Return the duty of one reviewer, of whom the office never learns."""
    return NewDuty(
        person=reviewer,
        working_days=clocks()["review"]["working_days"],
        escalates_to=post_of(VERIFIER, None),
        is_internal=True,
        told=Message(
            f"Anda ditunjuk menilai {proposal.title}. Nyatakan lebih dahulu ada tidaknya benturan "
            "kepentingan; nilai lain tidak terlihat sampai semua masuk.",
            f"You are named to review {proposal.title}. First declare whether there is a conflict "
            "of interest; no other score is seen before all are in.",
        ),
    )


def duty_in(state: str, province: Area, working_days: int | None = None) -> NewDuty:
    """Return the one duty of a proposal in `state`. working_days: other than the usual."""
    told = clocks()[state]
    key = POSTS[told["post"]]
    higher = ESCALATES.get(key)
    return NewDuty(
        post=post_of(key, province if key == OFFICE else None),
        working_days=working_days or told.get("working_days"),
        escalates_to=post_of(higher, None) if higher else None,
    )
