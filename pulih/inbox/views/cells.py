"""The rows of a file and its problems, cell by cell."""

from typing import Any

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pulih.inbox import pieces, results, row_search
from pulih.inbox.forms import RowFilter
from pulih.inbox.lists import problems_of
from pulih.inbox.models import CellProblem, ImportBatch, SourceRecord, Treatment, Verdict
from pulih.lists import pages
from pulih.people.access import PersonRequest
from pulih.web import keyset
from pulih.web.addresses import url_with
from pulih.web.bounds import row_key
from pulih.web.figures import Chip
from pulih.web.page import render_page

from .lookups import batch_of, language, reading


@require_GET
@reading
def piece(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show one problem in its piece of the sheet, with the ones before and after it."""
    found = batch_of(request, pk)
    all_of_it = CellProblem.objects.visible_to(request.user).filter(batch=found)
    shown = all_of_it.filter(pk=row_key(request.GET.get("problem", ""))).first()
    shown = shown or all_of_it.order_by("kind", "id").last()
    context: dict[str, Any] = {"batch": found, "problem": shown}
    if shown:
        same = all_of_it.filter(rule=shown.rule, column=shown.column)
        context |= {
            "piece": pieces.around(found, shown),
            "sentence": results.sentence(shown, language(request)),
            "tone": results.TONES[Treatment(shown.kind)] or "info",
            "before": same.filter(pk__lt=shown.pk).order_by("-pk").first(),
            "after": same.filter(pk__gt=shown.pk).order_by("pk").first(),
        }
    return render_page(request, "inbox/piece.html", "inbox/_piece.html", context)


@require_GET
@reading
def problems(request: PersonRequest, pk: int) -> HttpResponseBase:
    """List every problem of a file, those of one rule or column if asked."""
    found = batch_of(request, pk)
    return pages.answer(
        request,
        problems_of(found, language(request)),
        "inbox/problems.html",
        context={"batch": found},
        fixed={"batch": found.pk},
    )


@require_GET
@reading
def rows(request: PersonRequest, pk: int) -> HttpResponseBase:
    """List the rows of a file as they were delivered, by verdict or words."""
    found = batch_of(request, pk)
    form = RowFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    kept = SourceRecord.objects.visible_to(request.user).filter(batch=found)
    chips = []
    if verdict := asked.get("verdict"):
        kept = kept.filter(verdict=verdict)
        clear = url_with(request, verdict=None, page=None)
        chips.append(Chip(_("Verdict"), Verdict(verdict).label, clear))
    if words := asked.get("q"):
        kept = row_search.asked(kept, words, batch=found, by=request.user)
    page = keyset.page(kept, ("id",), request.GET.get("page", ""))
    names = _columns_shown(found)
    lines = [
        (row, [pieces.shown(name, row.values.get(name)) for name in names]) for row in page.rows
    ]
    titles = [pieces.column_title(found.kind, name, language(request)) for name in names]
    context = {
        **{"batch": found, "page": page, "lines": lines, "titles": titles, "chips": chips},
        **{"q": asked.get("q", ""), "verdicts": Verdict.choices},
    }
    return render_page(request, "inbox/rows.html", "inbox/_rows.html", context)


def _columns_shown(found: ImportBatch) -> list[str]:
    sheets = found.layout.get("headings", {})
    names = [column or heading for sheet in sheets.values() for heading, column in sheet]
    return list(dict.fromkeys(names))[:7]
