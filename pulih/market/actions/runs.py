"""From asking for a match to its offers. The solver itself runs in `jobs`, outside transactions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from pulih.administration.queued import is_queued
from pulih.areas.models import COUNTRY, Area, Level
from pulih.audit.actions import record, record_run
from pulih.common.errors import Refusal
from pulih.matching import Solved, breaches, worth
from pulih.matching import gates as core_gates
from pulih.matching.explain import explanation
from pulih.matching.grid import Grid
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.people.queueing import task
from pulih.people.scope import speaking_as_system
from pulih.registry.models import Enterprise
from pulih.workflow import clock

from ..cases import Material, changed_firms, key_of_code, material_of, rows_of
from ..models import (
    RUNNING,
    Consignment,
    Gate,
    Need,
    Order,
    Part,
    Product,
    Run,
    RunCase,
    RunProgress,
    RunState,
)
from ..rules.baselines import baselines, sharing
from .groups import province_of
from .offers import offer

PERCENT = 100
MOST_NAMED = 5


@dataclass(frozen=True)
class GivenRun:
    """What can be turned: shares and tolerances in percent, weeks, seconds.

    product: whose needs it takes; None: every product's.
    """

    title: str
    as_of: date
    product: Product | None = None
    firm_share: int | None = None
    regency_share: int | None = None
    full_weeks: int = 2
    tolerance: int = 0
    work_tolerance: int = 0
    time_limit: int = 20


@transaction.atomic
def ask_run(given: GivenRun, *, area: Area | None, by: User) -> Run:
    """Put a match of the open needs of an area (None: the country) in the queue. May refuse.

    Makers are all that `by` sees, also from outside the area.
    """
    require(by, Permission.MATCH, area)
    run = Run(asked_by=by, **vars(given), **_places(area, given.as_of))
    if not needs_of(run, by).exists():
        raise Refusal(_("No open need is to be matched here. Publish one first."))
    run.save()
    RunProgress.objects.create(run=run)
    record(by, "market.ask_run", run)
    enqueue(run, by)
    return run


def area_of_work(by: User) -> Area | None:
    """Return the widest area that a person works for; None is the country, or no area at all."""
    return None if by.home is None or by.home.pk == COUNTRY else by.home


def lost() -> list[Run]:
    """Return the matches that wait or are worked out, though no job is to come for them."""
    every = Run.objects.filter(state__in=RUNNING).select_related("asked_by").order_by("pk")
    return [one for one in every if not is_queued("market.solve_run", run_id=one.pk)]


def enqueue(run: Run, by: User) -> None:
    """Queue a job in the caller's transaction: there is no match that waits without one."""
    task("market.solve_run").configure(lock=f"market-{run.pk}").defer(
        run_id=run.pk, person_id=by.pk
    )


def _places(area: Area | None, on: date) -> dict[str, Any]:
    if area is None or area.pk == COUNTRY:
        return {}
    if area.level == Level.PROVINCE:
        return {"province": area}
    return {"province_id": province_of(area, on), "regency": area}


def needs_of(run: Run, by: User) -> Any:
    """Return the open needs of the run's area and product that lack something, first due first.

    A need with the most suppliers that its buyer takes is none of them.
    """
    rows = Need.objects.visible_to(by).open_on(run.as_of).filter(quantity__gt=F("ordered"))
    with speaking_as_system():
        rows = rows.exclude(pk__in=list(Order.objects.full_needs()))
    if run.regency_id:
        rows = rows.filter(regency=run.regency_id)
    elif run.province_id:
        rows = rows.filter(province=run.province_id)
    if run.product_id:
        rows = rows.filter(product=run.product_id)
    return rows.select_related("product", "terms__standard", "buyer").order_by("due", "pk")


def case_of(run: Run, needs: Sequence[Need], by: User) -> Material:
    """Read the case of a run as `by` sees it now."""
    settings: dict[str, Any] = {
        "title": run.title,
        "full_weeks": run.full_weeks,
        "tolerance": [run.tolerance / PERCENT, run.work_tolerance / PERCENT],
    }
    for name in ("firm_share", "regency_share"):
        if getattr(run, name):
            settings[name] = getattr(run, name) / PERCENT
    return material_of(needs, by=by, as_of=run.as_of, settings=settings)


@transaction.atomic
def begin(run_id: int, *, by: User) -> Run | None:
    """Start, or after a killed worker start again; None when there is nothing left to do."""
    run: Run | None = Run.objects.select_for_update().filter(pk=run_id).first()
    if run is None or not run.is_running:
        return None
    require(by, Permission.MATCH, run.area)
    run.state = RunState.SOLVING
    run.save(update_fields=["state"])
    run.progress.tries += 1
    run.progress.save(update_fields=["tries"])
    return run


def hear(run_id: int, said: Mapping[str, Any]) -> bool:
    """Note what the solver says; return whether somebody asked to stop."""
    kept = {name: said[name] for name in ("stage", "value", "gap", "seconds") if name in said}
    progress = RunProgress.objects.filter(run_id=run_id)
    progress.update(**kept)
    return not progress.filter(stop_asked=False).exists()


@transaction.atomic
def stop(run: Run, *, by: User) -> None:
    """Stop a match: the best that it has found so far is kept."""
    require(by, Permission.MATCH, run.area)
    RunProgress.objects.filter(run=run).update(stop_asked=True)
    record(by, "market.stop_run", run)


@transaction.atomic
def give_up(run: Run, problem: tuple[str, str]) -> None:
    """Write down why a match was not worked out, if it still runs.

    It asks nobody's right: also of who may match no more, none stays “being worked out”.
    """
    running = Run.objects.filter(pk=run.pk, state__in=RUNNING)
    running.update(state=RunState.FAILED, problem_indonesian=problem[0], problem_en=problem[1])


@transaction.atomic
def keep_answer(run: Run, solved: Solved, material: Material, *, by: User) -> Run:
    """Keep an answer, judged once more by the checker that trusts no solver."""
    require(by, Permission.MATCH, run.area)
    case = solved.case
    assert not breaches(case, solved.parts), "the checker refuses the answer"
    run = Run.objects.select_for_update().get(pk=run.pk)
    if run.state != RunState.SOLVING:
        return run
    run.state, run.case_sha256 = RunState.SOLVED, material.sha256
    run.needs, run.makers = len(case.needs), len(case.firms)
    run.left_out, run.explanation = dict(material.left_out), explanation(solved)
    ways = [sharing("this", case, solved.parts), *baselines(case)]
    run.baselines = [asdict(way) | {"unit_cost": way.unit_cost} for way in ways]
    run.save()
    RunCase.objects.create(run=run, case=material.archive())
    counts = {"consignments": _keep_consignments(run, solved), "needs": run.needs}
    Gate.objects.bulk_create(
        Gate(run=run, need_id=key_of_code(need), gate=gate, makers=makers)
        for need, gate, makers in core_gates.counts(Grid(case))
    )
    record_run(
        "market.run",
        by=by,
        input_sha256=run.case_sha256,
        started_at=run.asked_at,
        counts=counts,
    )
    return run


def _keep_consignments(run: Run, solved: Solved) -> int:
    case = solved.case
    kept: dict[tuple[str, str], Consignment] = {}
    for one in worth.consignments(case, solved.parts):
        days = case.transport_of[one.distance].days
        supplier = {"group_id" if one.is_group else "enterprise_id": key_of_code(one.supplier)}
        kept[one.need, one.supplier] = Consignment(
            run=run,
            need_id=key_of_code(one.need),
            distance=one.distance,
            quantity=one.quantity,
            firms=one.firms,
            goods=one.goods,
            fee=one.fee,
            transport=one.transport,
            ready_by=case.need[one.need].due - timedelta(days),
            **supplier,
        )
    Consignment.objects.bulk_create(kept.values())
    Part.objects.bulk_create(_parts(solved, kept))
    return len(kept)


def _parts(solved: Solved, kept: Mapping[tuple[str, str], Consignment]) -> Iterable[Part]:
    for (need, supplier, firm), units in sorted(solved.parts.items()):
        capacity = solved.case.capacity[firm, solved.case.need[need].product]
        yield Part(
            consignment=kept[need, supplier],
            enterprise_id=key_of_code(firm),
            quantity=units,
            lot=capacity.lot,
            per_week=capacity.per_week,
            amount=capacity.price * units,
        )


@transaction.atomic
def adopt(run: Run, *, by: User) -> Run:
    """Offer the consignments of a match to their suppliers, once. May refuse.

    Refused where a capacity or a need changed since it was worked out: the answer no longer holds.
    """
    require(by, Permission.MATCH, run.area)
    run = Run.objects.select_for_update().get(pk=run.pk)
    if run.state != RunState.SOLVED:
        raise Refusal(_("This match is offered already, or not worked out."))
    sent = list(run.consignments.select_related("need", "group", "enterprise"))
    if not sent:
        raise Refusal(_("This match holds no consignment: there is nothing to offer."))
    _refuse_changed(run, by)
    run.state, run.adopted_by, run.adopted_at = RunState.ADOPTED, by, clock.now()
    run.save(update_fields=["state", "adopted_by", "adopted_at"])
    new = _without_standing(sent)
    for consignment in new:
        offer(consignment, run, by=by)
    if len(new) < len(sent):
        # The page says how many were passed over.
        run.left_out = {**run.left_out, "standing": len(sent) - len(new)}
        run.save(update_fields=["left_out"])
    record(by, "market.adopt_run", run, consignments=len(new))
    return run


def _without_standing(sent: Sequence[Consignment]) -> list[Consignment]:
    """Leave out suppliers that hold a live order of the same need: each holds one at a time."""
    live = Order.objects.live().filter(need__in=[one.need_id for one in sent])
    held = set(live.values_list("need_id", "group_id", "enterprise_id"))
    return [one for one in sent if (one.need_id, one.group_id, one.enterprise_id) not in held]


def _refuse_changed(run: Run, by: User) -> None:
    frozen = bytes(run.frozen.case)
    asked = [key_of_code(row[0]) for row in rows_of(frozen, "needs")]
    # Locked, so that of two matches offered at once the second sees what the first ordered.
    list(Need.objects.select_for_update().filter(pk__in=asked).order_by("pk"))
    now = case_of(run, needs_of(run, by).filter(pk__in=asked), by)
    if now.sha256 == run.case_sha256:
        return
    changed = changed_firms(frozen, now)
    names = Enterprise.objects.visible_to(by).filter(pk__in=changed).order_by("sort_key")
    if changed:
        raise Refusal(
            _("Since this match was worked out, these changed: %(names)s. Match again.")
            % {"names": ", ".join(str(one) for one in names[:MOST_NAMED])}
        )
    raise Refusal(_("The needs of this match changed meanwhile. Match again."))
