"""The lists of this room that the search over all rooms looks through."""

from pulih.lists import finding

from .submission_lists import SUBMISSIONS

finding.register(SUBMISSIONS, "treasury:requests")
