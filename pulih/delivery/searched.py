"""The lists of this room that the search over all rooms looks through."""

from pulih.lists import finding

from .lists import ACTIVITIES, HANDOVERS, PEOPLE

finding.register(ACTIVITIES, "delivery:list")
finding.register(HANDOVERS, "delivery:handovers")
finding.register(PEOPLE, "delivery:people")
