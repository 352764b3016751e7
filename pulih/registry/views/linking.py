"""What linking did: of one file, and of the whole register."""

from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pulih.inbox.models import ImportBatch
from pulih.linkage.model import MATCH, MODEL, REVIEW
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.registry import actions, comparing, jobs, linked, review_queue
from pulih.registry.actions.learning import ENOUGH
from pulih.registry.models import LinkState
from pulih.registry.waterfall import probability
from pulih.web.page import go_to, render_page

from .lookups import gate, language

relinking = permission_required(Permission.RELINK)
TONES = {
    LinkState.WAITING: "",
    LinkState.RUNNING: "info",
    LinkState.DONE: "good",
    LinkState.FAILED: "bad",
}


@require_GET
@gate
def links(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show how many firms of a file were new, known or doubtful, with examples of each."""
    rows = ImportBatch.objects.visible_to(request.user).select_related("office")
    batch: ImportBatch = get_object_or_404(rows, pk=pk)
    found = linked.of_batch(batch, request.user, language(request))
    context: dict[str, Any] = {"batch": batch, "linked": found}
    context["is_part"] = "part" in request.GET
    if found:
        context["tone"] = TONES[LinkState(found.run.state)]
    return render_page(request, "registry/links.html", "registry/_links.html", context)


@require_GET
@relinking
def linking(request: PersonRequest) -> HttpResponseBase:
    """Show the last runs, the thresholds, and what has been learned from answers."""
    runs = linked.last_runs(request.user)
    context: dict[str, Any] = {
        "runs": [(run, linked.taken(run), TONES[LinkState(run.state)]) for run in runs],
        "model": MODEL,
        "match": MATCH,
        "review": REVIEW,
        "match_probability": probability(MATCH),
        "review_probability": probability(REVIEW),
        "answers": actions.answered(),
        "enough": ENOUGH,
        "learned": comparing.learned() is not None,
        "summary": review_queue.summary(request.user),
        "is_running": any(run.state in linked.UNFINISHED for run in runs),
    }
    return render_page(request, "registry/linking.html", "registry/_linking.html", context)


@require_POST
@relinking
def relink(request: PersonRequest) -> HttpResponseBase:
    """Ask for the whole register to be linked again, in the background."""
    jobs.relink_soon(request.user)
    messages.success(
        request, _("Asked for. The register is linked in the background; this page may close.")
    )
    return go_to(request, reverse("registry:linking"))


@require_POST
@relinking
def learn(request: PersonRequest) -> HttpResponseBase:
    """Ask for the weights to be corrected by what people answered, in the background."""
    settled = actions.answered()
    if settled < ENOUGH:
        said = _("%(n)s settled pairs are needed to learn from; there are %(k)s.")
        messages.error(request, said % {"n": ENOUGH, "k": settled})
    else:
        jobs.learn_soon(request.user)
        messages.success(request, _("Asked for. Later runs weigh with what was learned."))
    return go_to(request, reverse("registry:linking"))
