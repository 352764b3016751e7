"""Which program gave an answer, and what may explain that it comes out otherwise once more."""

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from pulih.common.errors import Message


def program() -> str:
    """Name the program and the solver with their versions, as kept beside every answer."""
    return f"pulih {version('pulih')}, HiGHS {version('highspy')}"


def why_otherwise(told: Mapping[str, Any]) -> Message:
    """Say what may explain that an answer comes out otherwise. told: its explanation."""
    if told["program"] != program():
        return Message(
            f"; dihitung oleh {told['program']}, kini {program()}",
            f"; it was solved by {told['program']}, now by {program()}",
        )
    if told["status"] == "feasible":
        return Message(
            "; dihentikan oleh batas waktu, jadi bergantung pada mesin",
            "; it was stopped by its time limit, so it depends on the machine",
        )
    return Message("", "")
