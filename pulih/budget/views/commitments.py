"""What is owed and what is blocked: two declared lists with their totals."""

from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from pulih.lists import pages
from pulih.lists.listing import each
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission

from ..lists import BLOCKED, UNPAID, lines_asked, year_asked
from ..reads.commitments import by_age


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_commitments(request: PersonRequest) -> HttpResponseBase:
    """List what is committed and not paid, oldest first, with its sums by age."""
    asked = pages.ask(request, UNPAID)
    ages = by_age(lines_asked(asked), asked.seen.day, asked.seen.known)
    chosen = ages if asked["age"] is None else [ages[int(asked["age"])]]
    context = {
        "total": sum(age.rupiah for age in chosen),
        "ages": ages,
        "age": None if asked["age"] is None else int(asked["age"]),
        "year": year_asked(asked),
        "seen": asked.seen,
    }
    return pages.answer(request, UNPAID, "budget/commitments.html", context=context)


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_blocks(request: PersonRequest) -> HttpResponseBase:
    """List the documents that blocked and released money."""
    asked = pages.ask(request, BLOCKED)
    context = {
        "total": sum(row.entry.rupiah for row in each(BLOCKED.rows(asked))),
        "year": year_asked(asked),
        "seen": asked.seen,
    }
    return pages.answer(request, BLOCKED, "budget/blocks.html", context=context)
