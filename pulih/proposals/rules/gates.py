"""What an amendment of an approved proposal passes again: only what it touches."""

import tomllib
from collections.abc import Collection
from functools import cache
from importlib.resources import files

from pulih.common.errors import Message
from pulih.workflow.states import Machine, Move, State

from .machine import DECIDE, PROPOSE, VERIFY

VERIFY_GATE, DECIDE_GATE = "verify", "decide"
AMENDABLE = ("approved", "partly_approved", "reserved", "scheduled", "running")
TOPICS = {
    "words": Message("kata-kata", "words"),
    "dates": Message("waktu", "dates"),
    "places": Message("tempat", "places"),
    "people": Message("orang", "people"),
    "goods": Message("barang", "goods"),
    "money": Message("dana", "money"),
}
STATES = (
    State("asked", Message("perubahan diajukan", "amendment asked for"), tone="info"),
    State("checked", Message("perubahan diperiksa", "amendment checked"), tone="info"),
    State("granted", Message("perubahan berlaku", "amendment in force"), final=True, tone="good"),
    State("refused", Message("perubahan ditolak", "amendment refused"), final=True, tone="bad"),
    State("withdrawn", Message("ditarik", "withdrawn"), final=True),
)
MOVES = (
    Move("check", Message("Teruskan ke pemutus", "Hand on to the decider"), ("asked",), "checked",
         VERIFY),
    Move("accept", Message("Nyatakan berlaku", "Put in force"), ("asked",), "granted", VERIFY),
    Move("grant", Message("Setujui perubahan", "Approve the amendment"), ("checked",), "granted",
         DECIDE),
    Move("refuse", Message("Tolak perubahan", "Refuse the amendment"), ("asked",), "refused",
         VERIFY, needs_reason=True),
    Move("refuse_checked", Message("Tolak perubahan", "Refuse the amendment"), ("checked",),
         "refused", DECIDE, needs_reason=True),
    Move("withdraw", Message("Tarik perubahan", "Withdraw the amendment"), ("asked", "checked"),
         "withdrawn", PROPOSE, needs_reason=True),
)  # fmt: skip
AMENDMENT = Machine("amendment", Message("perubahan", "amendment"), STATES, MOVES, start="asked")


@cache
def _gates() -> dict[str, tuple[str, ...]]:
    text = files("pulih.proposals").joinpath("data", "gates.toml").read_text("utf-8")
    return {topic: tuple(one["gates"]) for topic, one in tomllib.loads(text).items()}


def gates_of(topics: Collection[str]) -> frozenset[str]:
    """Return the gates of everything that is touched. Raises KeyError for an unknown topic."""
    return frozenset(gate for topic in topics for gate in _gates()[topic])


def is_way(move: str, topics: Collection[str]) -> bool:
    """Tell whether a move is one of this amendment's: only some of them pass the decider."""
    is_decided = DECIDE_GATE in gates_of(topics)
    return move != "accept" if is_decided else move != "check"
