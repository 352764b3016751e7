"""Pages of the inbox: the list with the drop zone, one file with what came of it."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pulih.common.errors import Refusal
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, may
from pulih.web import keyset
from pulih.web.addresses import url_with
from pulih.web.as_of import as_of
from pulih.web.figures import Chip, Counts
from pulih.web.page import go_to, render_page, stop_polling
from pulih.web.tables import Head

from . import actions, jobs, pieces, results, uploads
from .forms import BatchFilter, DeliveryForm, RowFilter
from .models import CellProblem, ImportBatch, SourceRecord, State, Treatment, Verdict

gate = permission_required(Permission.DELIVER_FILES)
BATCH_HEADS = (
    Head(gettext_lazy("File")),
    Head(gettext_lazy("Office"), hide=True),
    Head(gettext_lazy("State")),
    Head(gettext_lazy("Rows"), is_number=True),
    Head(gettext_lazy("Rejected"), is_number=True, hide=True),
)
STATE_TONES = {
    State.DONE: "good",
    State.REFUSED: "bad",
    State.FAILED: "bad",
    State.WITHDRAWN: "",
}


def language(request: HttpRequest) -> str:
    return str(getattr(request, "LANGUAGE_CODE", "id"))


@require_GET
@gate
def batches(request: PersonRequest) -> HttpResponseBase:
    """List delivered files, newest first, beside the place to drop others."""
    form = BatchFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    rows = ImportBatch.objects.visible_to(request.user).select_related("office", "progress")
    for name in ("state", "kind", "office"):
        if asked.get(name):
            rows = rows.filter(**{name: asked[name]})
    context = {
        "page": keyset.page(rows, ("-id",), request.GET.get("page", "")),
        "heads": BATCH_HEADS,
        "tones": STATE_TONES,
        "chips": _chips(request, form),
        "states": State.choices,
        "delivery": DeliveryForm(person=request.user, day=as_of(request).day),
    }
    return render_page(request, "inbox/list.html", "inbox/_batches.html", context)


@require_POST
@gate
def deliver(request: PersonRequest) -> HttpResponseBase:
    """Take dropped files, one by one: a refused one does not keep the others out."""
    form = DeliveryForm(request.POST, person=request.user, day=as_of(request).day)
    files = request.FILES.getlist("files")
    if not form.is_valid() or not files:
        problem = _("Choose at least one file.") if form.is_valid() else _first_error(form)
        messages.error(request, problem)
        return go_to(request, reverse("inbox:list"))
    taken = [batch for file in files if (batch := _take(request, file, form.cleaned_data))]
    for batch in taken:
        jobs.read_soon(batch)
    if len(taken) == 1:
        return go_to(request, reverse("inbox:batch", args=[taken[0].pk]))
    return go_to(request, reverse("inbox:list"))


def _take(request: PersonRequest, file: Any, asked: dict[str, Any]) -> ImportBatch | None:
    try:
        return actions.deliver(file, by=request.user, **asked)
    except Refusal as refusal:
        said = refusal.message.in_language(language(request))
        messages.error(request, f"{file.name}: {said}")
        return None


def _first_error(form: DeliveryForm) -> str:
    name, errors = next(iter(form.errors.items()))
    label = form.fields[name].label if name in form.fields else ""
    return f"{label}: {errors[0]}"


@require_GET
@gate
def batch(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show one file: how far its reading is, why it was refused, or what came of it."""
    found = _batch(request, pk)
    spoken = language(request)
    context = {
        **_about(request, found),
        "troubles": results.troubles(found, spoken),
        "headings": results.headings(found, spoken),
        "meanings": results.meanings(found, spoken),
        "made_of_it": results.made_of_it(found),
        "others": ImportBatch.objects.visible_to(request.user)
        .exclude(pk=pk)
        .select_related("progress")
        .in_order()[:4],
    }
    return render_page(request, "inbox/batch.html", "inbox/_batch.html", context)


def _about(request: PersonRequest, found: ImportBatch) -> dict[str, Any]:
    may_act = may(request.user, Permission.DELIVER_FILES, found.office)
    next_url = reverse("inbox:batch", args=[found.pk])
    english = language(request).startswith("en")
    return {
        "batch": found,
        "row_counts": Counts(found.accepted, found.corrected, found.rejected),
        "problem": found.problem_en if english else found.problem_id,
        "progress": results.progress(found, next_url),
        "tone": STATE_TONES.get(State(found.state), "info"),
        "newer": found.superseded_by.filter(state=State.DONE).order_by("-id").first(),
        "may_withdraw": may_act and found.state == State.DONE and found.is_newest,
        "may_restore": may_act and found.state == State.WITHDRAWN and found.rows > 0,
        "may_stop": may_act and found.is_unfinished,
        "may_map": may_act and not found.is_unfinished and found.is_newest,
    }


@require_GET
@gate
def progress(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Answer with the progress bar alone; the last answer opens the page anew."""
    found = _batch(request, pk)
    context = _about(request, found)
    response = render_page(request, "inbox/progress.html", "inbox/_progress.html", context)
    if not found.is_unfinished and "HX-Request" in request.headers:
        response.status_code = stop_polling()
    return response


@require_GET
@gate
def piece(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show one problem in its piece of the sheet, with the ones before and after it."""
    found = _batch(request, pk)
    asked = request.GET.get("problem", "")
    all_of_it = CellProblem.objects.visible_to(request.user).filter(batch=found)
    shown = all_of_it.filter(pk=int(asked)).first() if asked.isdecimal() else None
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
@gate
def problems(request: PersonRequest, pk: int) -> HttpResponseBase:
    """List every problem of a file, those of one rule or column if asked."""
    found = _batch(request, pk)
    rows = CellProblem.objects.visible_to(request.user).filter(batch=found)
    chips = []
    for name, label in (("rule", _("Rule")), ("column", _("Column"))):
        if value := request.GET.get(name, "")[:60]:
            rows = rows.filter(**{name: value})
            chips.append(Chip(label, value, url_with(request, **{name: None, "page": None})))
    page = keyset.page(rows, ("id",), request.GET.get("page", ""))
    spoken = language(request)
    told = [(each, results.sentence(each, spoken), pieces.cut(each.value)) for each in page.rows]
    context = {"batch": found, "page": page, "told": told, "chips": chips, "tones": results.TONES}
    return render_page(request, "inbox/problems.html", "inbox/_problems.html", context)


@require_GET
@gate
def rows(request: PersonRequest, pk: int) -> HttpResponseBase:
    """List the rows of a file as they were delivered, by verdict or words."""
    found = _batch(request, pk)
    form = RowFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    kept = SourceRecord.objects.visible_to(request.user).filter(batch=found)
    chips = []
    if verdict := asked.get("verdict"):
        kept = kept.filter(verdict=verdict)
        clear = url_with(request, verdict=None, page=None)
        chips.append(Chip(_("Verdict"), Verdict(verdict).label, clear))
    if words := asked.get("q"):
        kept = kept.filter(values__icontains=words)
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


@require_POST
@gate
def headings(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Read a file again with what the office says its headings mean."""
    found = _batch(request, pk)
    known = {h.heading: h.column for h in results.headings(found, "en")}
    asked = zip(request.POST.getlist("heading"), request.POST.getlist("column"), strict=False)
    columns = {head: column for head, column in asked if head in known and known[head] != column}
    remember = "remember" in request.POST
    try:
        again = actions.correct_headings(found, columns, remember=remember, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message.in_language(language(request)))
        return go_to(request, reverse("inbox:batch", args=[pk]))
    jobs.read_soon(again)
    return go_to(request, reverse("inbox:batch", args=[again.pk]))


@require_GET
@gate
def checked(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Give back the office's own file with every problem marked in its cell."""
    found = _batch(request, pk)
    if found.state not in (State.DONE, State.WITHDRAWN) or not found.rows:
        messages.error(request, _("There is no checked file of a file that was not read."))
        return go_to(request, reverse("inbox:batch", args=[pk]))
    if not found.checked_name and found.rows > actions.LARGE:
        jobs.mark_soon(found)
        messages.info(request, _("The marked file is being written. Try again in a few minutes."))
        return go_to(request, reverse("inbox:batch", args=[pk]))
    actions.write_checked(found)
    name = f"{found.file_name.rsplit('.', 1)[0]}.checked.xlsx"
    return FileResponse(
        uploads.path_of(found.checked_name).open("rb"), as_attachment=True, filename=name
    )


@require_http_methods(["POST"])
@gate
def stop(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Stop the reading of a file."""
    return _act(request, pk, actions.stop, _("Stopped. Nothing of the file was kept."))


@require_http_methods(["POST"])
@gate
def withdraw(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Let a file no longer count."""
    return _act(
        request,
        pk,
        actions.withdraw,
        _("Withdrawn. Its rows no longer count; nothing was deleted, and you can restore it."),
    )


@require_http_methods(["POST"])
@gate
def restore(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Let a withdrawn file count again."""
    return _act(request, pk, actions.restore, _("Restored. Its rows count again."))


def _act(request: PersonRequest, pk: int, action: Any, done: str) -> HttpResponse:
    found = _batch(request, pk)
    try:
        action(found, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message.in_language(language(request)))
    else:
        messages.success(request, done)
    return go_to(request, reverse("inbox:batch", args=[pk]))


def _batch(request: PersonRequest, pk: int) -> ImportBatch:
    rows = ImportBatch.objects.visible_to(request.user)
    related = ("office", "uploaded_by", "supersedes", "progress", "province")
    found: ImportBatch = get_object_or_404(rows.select_related(*related), pk=pk)
    return found


def _chips(request: HttpRequest, form: BatchFilter) -> list[Chip]:
    found = []
    for name, label in (("state", _("State")), ("kind", _("Content"))):
        if value := form.cleaned_data.get(name):
            choices = dict(form.fields[name].choices)  # type: ignore[attr-defined]
            clear = url_with(request, **{name: None, "page": None})
            found.append(Chip(label, choices[value], clear))
    return found
