"""The lists of this room that the search over all rooms looks through."""

from pulih.lists import finding

from .lists import CHECKS

finding.register(CHECKS, "sampling:list")
