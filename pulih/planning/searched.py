"""The lists of this room that the search over all rooms looks through."""

from pulih.lists import finding

from .lists import SCENARIOS

finding.register(SCENARIOS, "planning:list")
