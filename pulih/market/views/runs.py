"""Matches: asked for, watched, read, offered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pulih.areas.models import Area
from pulih.common.errors import Refusal
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, holds, may
from pulih.web.as_of import as_of
from pulih.web.bounds import row_key
from pulih.web.kept_files import made_file
from pulih.web.page import go_to, render_page
from pulih.web.words import language, say

from ..actions import runs as actions
from ..actions.runs import GivenRun, area_of_work
from ..cases import key_of_code
from ..forms import RunForm
from ..models import Consignment, Need, Part, Run, RunState
from ..ribbons import Asked, Supply, drawing
from ..wording import GATE_WORDS, LEFT_OUT_WORDS, WAY_WORDS
from .answers import form_page


@dataclass(frozen=True)
class Served:
    """One need of a match: what it gets, from whom, and what the buyer pays."""

    need: Need
    asked: int
    consignments: Sequence[Consignment]

    @property
    def units(self) -> int:
        return sum(one.quantity for one in self.consignments)

    @property
    def total(self) -> int:
        return sum(one.total for one in self.consignments)

    @property
    def share(self) -> float:
        return self.units / self.asked if self.asked else 0.0

    @property
    def unit_cost(self) -> int | None:
        return self.total // self.units if self.units else None


def run_of(request: PersonRequest, pk: int) -> Run:
    related = ("regency", "province", "product", "progress")
    rows = Run.objects.visible_to(request.user).select_related(*related)
    found: Run = get_object_or_404(rows, pk=pk)
    return found


@require_safe
@permission_required(Permission.SEE_MARKET)
def show_run(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show a match: who makes what for whom, what stays open, and what other ways would give."""
    return _run_page(request, run_of(request, pk))


def _run_page(request: PersonRequest, run: Run, problem: str = "") -> HttpResponseBase:
    served = _served(request, run)
    unmet = {key_of_code(one["need"]): one for one in run.explanation.get("unmet", [])}
    context = {
        "run": run,
        "place": str(run.area or _("the whole country")),
        "served": served,
        "drawn": drawing([_asked(one) for one in served]),
        "unmet": [(one, unmet[one.need.pk], _gates(run, one)) for one in served
                  if one.need.pk in unmet],
        "stages": _in_order(run.explanation.get("stages", {})),
        "sentence": run.explanation.get(f"message_{language()}", ""),
        "ways": [(WAY_WORDS[way["way"]], {"largest": None} | way) for way in run.baselines],
        "regencies": _regencies(run),
        "sums": _sums(run),
        "left_out": [(LEFT_OUT_WORDS[key], n) for key, n in run.left_out.items() if n],
        "may_match": may(request.user, Permission.MATCH, run.area),
        "gives_links": run.state == RunState.ADOPTED
        and holds(request.user, Permission.KEEP_CAPACITIES),
        "problem": problem or (run.problem_en if language() == "en" else run.problem_indonesian),
        "language": language(),
    }  # fmt: skip
    return render_page(request, "market/run.html", "market/_run.html", context)


def _in_order(stages: Mapping[str, Any]) -> dict[str, Any]:
    """Return the stages in the order of the goals; PostgreSQL keeps keys in an order of its own."""
    return {name: stages[name] for name in ("fill", "work", "cost") if name in stages}


def _served(request: PersonRequest, run: Run) -> list[Served]:
    sent: dict[int, list[Consignment]] = {}
    rows = run.consignments.select_related("group__regency", "enterprise__regency")
    for one in rows.order_by("-quantity", "pk"):
        sent.setdefault(one.need_id, []).append(one)
    asked = {key_of_code(one["need"]): one["missing"] for one in run.explanation.get("unmet", [])}
    keys = {*sent, *asked}
    needs = Need.objects.visible_to(request.user).filter(pk__in=keys)
    found = []
    for need in needs.select_related("buyer", "product", "regency").order_by("due", "pk"):
        own = sent.get(need.pk, [])
        units = sum(one.quantity for one in own)
        found.append(Served(need, units + asked.get(need.pk, 0), own))
    return found


def _asked(one: Served) -> Asked:
    return Asked(
        str(one.need.buyer),
        f"{one.need.product} · {one.need.regency.name}",
        one.share,
        [
            Supply(("group", sent.group_id) if sent.group_id else ("firm", sent.enterprise_id or 0),
                   sent.supplier, sent.quantity / one.asked, sent.goods)
            for sent in one.consignments
        ],
    )  # fmt: skip


def _gates(run: Run, one: Served) -> list[tuple[Any, int]]:
    rows = run.gates.filter(need=one.need).order_by("-makers")
    return [(GATE_WORDS[row.gate], row.makers) for row in rows]


def _regencies(run: Run) -> list[dict[str, Any]]:
    parts = Part.objects.filter(consignment__run=run)
    rows = parts.values("enterprise__regency__name").annotate(
        firms=Count("enterprise", distinct=True), amount=Sum("amount")
    )
    total = sum(row["amount"] for row in rows) or 1
    listed = [
        {"name": row["enterprise__regency__name"], "firms": row["firms"],
         "amount": row["amount"], "share": row["amount"] / total}
        for row in rows
    ]  # fmt: skip
    return sorted(listed, key=lambda row: -row["amount"])


def _sums(run: Run) -> dict[str, int]:
    found = run.consignments.aggregate(
        units=Sum("quantity"), goods=Sum("goods"), fee=Sum("fee"), transport=Sum("transport"),
        count=Count("pk"),
    )  # fmt: skip
    sums = {key: int(value or 0) for key, value in found.items()}
    parts = Part.objects.filter(consignment__run=run)
    sums["firms"] = parts.values("enterprise").distinct().count()
    return sums | {"total": sums["goods"] + sums["fee"] + sums["transport"]}


@require_http_methods(["GET", "POST"])
@permission_required(Permission.MATCH)
def new_run(request: PersonRequest) -> HttpResponseBase:
    """Ask for a match of the open needs of an area that one works for, of all or one product."""
    day = as_of(request).day

    def act(area: Area | None, **given: Any) -> object:
        asked = area or area_of_work(request.user)
        return actions.ask_run(GivenRun(as_of=day, **given), area=asked, by=request.user)

    return form_page(
        request,
        RunForm(request.user, request.POST or None, initial=_usual(request)),
        act,
        lambda run: reverse("market:run", args=[run.pk]),
        title=_("New match"),
        crumb=_("Matches"),
        crumb_url=reverse("market:runs"),
        answer=_("The open needs are shared out among all makers that you see."),
        button=_("Match"),
    )


def _usual(request: PersonRequest) -> dict[str, Any]:
    """Start from the terms of an earlier match, where the address names one."""
    rows = Run.objects.visible_to(request.user).select_related("product", "regency", "province")
    known = rows.filter(pk=row_key(request.GET.get("from", ""))).first()
    shares = ("firm_share", "regency_share", "tolerance", "work_tolerance")
    names = ("title", "product", "area", "full_weeks", "time_limit", *shares)
    return {name: getattr(known, name) for name in names} if known else {}


@require_safe
@permission_required(Permission.SEE_MARKET)
def show_progress(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Answer the page that waits: how far, or that it is over."""
    run = run_of(request, pk)
    seconds = run.progress.seconds or 0.0
    context = {"run": run, "progress": run.progress, "share": min(1.0, seconds / run.time_limit)}
    return render(request, "market/_progress.html", context)


@require_POST
@permission_required(Permission.MATCH)
def stop_run(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Stop a match and keep the best so far."""
    actions.stop(run_of(request, pk), by=request.user)
    return go_to(request, reverse("market:run", args=[pk]))


@require_POST
@permission_required(Permission.MATCH)
def adopt_run(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Offer the consignments of a match to their suppliers."""
    run = run_of(request, pk)
    try:
        actions.adopt(run, by=request.user)
    except Refusal as refusal:
        return _run_page(request, run, say(refusal.message))
    return go_to(request, reverse("market:run", args=[pk]))


@require_safe
@permission_required(Permission.SEE_MARKET, Permission.EXPORT)
def download_case(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Send the frozen case as files that `pulih match` reads."""
    run = run_of(request, pk)
    frozen = getattr(run, "frozen", None)
    if frozen is None:
        return HttpResponse(status=404)
    return made_file(bytes(frozen.case), f"pencocokan-{pk}.zip")
