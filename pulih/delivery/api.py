"""Activities, participants and people for programs: the lists of the pages, and what they do."""

from pulih.lists.programs import serve

from .acts_api import router
from .applicant_lists import APPLICANTS, COMPARISONS, LIST_FILES, OBJECTIONS
from .follow_up_lists import FOLLOW_UPS
from .honoraria_lists import HONORARIA, TEACHINGS
from .lists import ACTIVITIES, HANDOVERS, MARKS, MOVES, PARTICIPANTS, PEOPLE
from .mentoring_lists import MENTORING_VISITS
from .payment_lists import PAYMENT_ENTRIES, PAYMENT_LISTS
from .selection_lists import DECISIONS

__all__ = ["router"]

serve(router, "/activities", ACTIVITIES)
serve(router, "/participants", PARTICIPANTS)
serve(router, "/people", PEOPLE)
serve(router, "/marks", MARKS)
serve(router, "/mentoring", MENTORING_VISITS)
serve(router, "/moves", MOVES)
serve(router, "/handovers", HANDOVERS)
serve(router, "/applicants", APPLICANTS)
serve(router, "/objections", OBJECTIONS)
serve(router, "/comparisons", COMPARISONS)
serve(router, "/list-files", LIST_FILES)
serve(router, "/decisions", DECISIONS)
serve(router, "/payment-lists", PAYMENT_LISTS)
serve(router, "/payment-entries", PAYMENT_ENTRIES)
serve(router, "/honoraria", HONORARIA)
serve(router, "/teachings", TEACHINGS)
serve(router, "/follow-ups", FOLLOW_UPS)
