"""Revisions: drafting them, the steps they take, and the posting that puts one in force."""

from .drafting import DraftLine, draft, redraft, say_details
from .force import put_in_force
from .remapping import remap, remap_choices
from .steps import approve, propose, return_, withdraw

__all__ = [
    "DraftLine",
    "approve",
    "draft",
    "propose",
    "put_in_force",
    "redraft",
    "remap",
    "remap_choices",
    "return_",
    "say_details",
    "withdraw",
]
