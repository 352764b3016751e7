"""Which of Pulih's own packages are Django apps, and where their pages stand."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parents[1]

# In the order of the data, as in the import contract; a room counts as soon as it has an apps.py.
ROOMS = (
    "web",
    "audit",
    "areas",
    "people",
    "lists",
    "administration",
    "documents",
    "workflow",
    "references",
    "inbox",
    "scans",
    "registry",
    "impact",
    "measures",
    "proposals",
    "budget",
    "revisions",
    "treasury",
    "planning",
    "market",
    "delivery",
    "sampling",
    "grants",
    "privacy",
    "monitoring",
    "portal",
    "scenarios",
)

# Where the name of the room is not what people should read in the address.
PREFIXES = {
    "web": "",
    "administration": "",  # The list of people has the address of the room below.
    "lists": "",  # Downloads, and the search over all rooms.
    "documents": "",
    "workflow": "tasks/",
    "registry": "enterprises/",
    "measures": "catalogue/",
    "revisions": "budget/",
    "treasury": "budget/",
    "planning": "scenarios/",
    "portal": "",
}

# Where programs have found a room from before its code moved out of another.
API_PREFIXES = {"revisions": "budget/revisions", "treasury": "budget"}


def rooms_with(file_name: str) -> list[str]:
    """Return the dotted names of our packages that hold `file_name`, in the order of the data."""
    return [f"pulih.{room}" for room in ROOMS if (PACKAGE / room / file_name).exists()]


def prefix_of(package: str) -> str:
    """Return the first part of the address of a room's pages."""
    room = package.removeprefix("pulih.")
    return PREFIXES.get(room, f"{room}/")


def api_prefix_of(package: str) -> str:
    """Return the first part of the address of what a room answers to programs."""
    room = package.removeprefix("pulih.")
    return API_PREFIXES.get(room, f"{room}/")


def context_processors() -> list[str]:
    """Return the context processors of our rooms, each named after its file."""
    return [f"{package}.context_processors.fill" for package in rooms_with("context_processors.py")]
