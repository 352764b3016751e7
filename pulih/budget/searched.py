"""The lists of this room that the search over all rooms looks through."""

from pulih.lists import finding

from .document_lists import POSTINGS
from .line_lists import POK_LINES

finding.register(POK_LINES, "budget:lines")
finding.register(POSTINGS, "budget:postings")
