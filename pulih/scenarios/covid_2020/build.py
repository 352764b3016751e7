"""Building the reference scenario: each step can be stopped and goes on where it was."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path

from django.core.cache import cache

from pulih.budget import actions as budget
from pulih.budget.models import BudgetLine
from pulih.common.errors import Refusal
from pulih.measures.models import Measure
from pulih.people.models import User
from pulih.people.scope import speaking_for
from pulih.planning import actions as planning
from pulih.planning import models as plans
from pulih.planning.actions.scenarios import Given
from pulih.portal.models import LOADED, PublicFigure, Scenario, Source
from pulih.registry import actions as registry
from pulih.registry.models import LinkRun, LinkState

from ..refocusing_2020.build import NOT_BOTH
from . import (
    activities,
    earlier,
    makers,
    market,
    money,
    proposals,
    reached,
    releases,
    reports,
    treasurer,
    treasury,
)
from .delivering import Sender, deliver_all, deliver_one
from .figures import FIGURES, REPORTED_ON, SOURCES
from .files import count_files, write_files
from .people import add_people
from .pok import FISCAL_YEAR, ITEMS

NAME = "covid_2020"
CUT_BY_A_THIRD = 16_600_000_000
SOLVING_SECONDS = 180  # In a minute too much of its plan stays unproven for it to be adopted.
QUICK_SECONDS, SMALL = 15, 10_000  # With fewer firms the demo is for looking, not for adopting.
Said = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Wanted:
    """What to build. firms: about how many; folder: where the files go, for people to open."""

    firms: int
    seed: int
    folder: Path
    passwords: dict[str, str]
    solve: bool = True


def build(wanted: Wanted, said: Said, *, by: User) -> None:
    """Load the scenario as `by`, who is Pulih itself. said(step, done, total) hears of progress."""
    if Scenario.objects.exclude(name=NAME).exists():
        raise Refusal(NOT_BOTH)
    scenario, _ = Scenario.objects.get_or_create(name=NAME, defaults={"day": REPORTED_ON})
    cache.delete(LOADED)
    if scenario.is_complete:
        return
    planner = add_people(wanted.passwords)["perencana"]
    load_figures()
    deliver_files(wanted, said, by=planner, system=by)
    deliver_makers(wanted, partial(said, "makers"), by=planner)
    link_firms(said, by=planner)
    tag_lines(by=planner)
    money.live_through(wanted.firms, wanted.seed, partial(said, "money"), by=by)
    deliver_lists(wanted)
    reports.report_first_quarter(wanted.seed, partial(said, "money"), by=planner)
    deliver_earlier(wanted, partial(said, "proposals"), by=planner)
    proposals.live_through(partial(said, "proposals"), by=by)
    market.live_through(partial(said, "market"), by=planner)
    activities.live_through(wanted.seed, partial(said, "activities"), by=by)
    reached.live_through(wanted.seed, partial(said, "reached"), by=by, planner=planner)
    releases.publish(partial(said, "releases"), by=by)
    treasurer.act()
    if wanted.solve:
        said("scenario", 0, 1)
        seconds = SOLVING_SECONDS if wanted.firms >= SMALL else QUICK_SECONDS
        solve_the_cut(seconds, by=planner)
    scenario.is_complete = True
    scenario.save(update_fields=["is_complete"])


def load_figures() -> None:
    """Store the quoted figures and their sources, or bring them up to date."""
    sources = {}
    for source in SOURCES:
        sources[source.code], _ = Source.objects.update_or_create(
            code=source.code,
            defaults={
                "title": source.title,
                "publisher": source.publisher,
                "published_on": source.published_on,
                "is_verified": source.verified,
            },
        )
    for figure in FIGURES:
        PublicFigure.objects.update_or_create(
            key=figure.key,
            defaults={
                **{name: getattr(figure, name) for name in figure.__dataclass_fields__},
                "source": sources[figure.source],
            },
        )


def deliver_files(wanted: Wanted, said: Said, *, by: User, system: User) -> None:
    """Deliver every file through the inbox, as any upload; one that is in already is passed.

    The guides are Pulih's own, so that the ledger learned of them at the year's start.
    """
    total = count_files(wanted.firms, wanted.seed)
    senders = {"budget": Sender(system, money.NEW_YEAR)}
    files = write_files(wanted.folder, wanted.firms, wanted.seed)
    said("files", 0, total)
    deliver_all(
        ((one, senders.get(one.kind, Sender(by))) for one in files),
        lambda read: said("files", read, total),
    )
    said("files", total, total)


def deliver_makers(wanted: Wanted, done: Callable[[int, int], None], *, by: User) -> None:
    """Deliver the lists of makers, of whom needs will be asked."""
    home = wanted.folder / f"{wanted.firms}-{wanted.seed}"
    total = makers.count_lists()
    done(0, total)
    lists = makers.write_lists(home, wanted.seed)
    deliver_all(((one, Sender(by)) for one in lists), lambda read: done(read, total))
    done(total, total)


def deliver_lists(wanted: Wanted) -> None:
    """Let two offices send what the treasury told them, so that something waits to be decided."""
    home = wanted.folder / f"{wanted.firms}-{wanted.seed}"
    for delivery, sender in treasury.write_lists(home):
        person = User.objects.get(username=sender)
        with speaking_for(person):
            deliver_one(delivery, person)


def deliver_earlier(wanted: Wanted, done: Callable[[int, int], None], *, by: User) -> None:
    """Deliver what some offices asked for the year before, beside which proposals are read."""
    home = wanted.folder / f"{wanted.firms}-{wanted.seed}"
    total = len(earlier.PROVINCES)
    done(0, total)
    sheets = earlier.write_sheets(home, wanted.seed)
    deliver_all(((one, Sender(by)) for one in sheets), lambda read: done(read, total))


def link_firms(said: Said, *, by: User) -> None:
    """Find which firms are one, all lists together, unless a run did so already."""
    with speaking_for(by):
        if LinkRun.objects.exclude(state=LinkState.DONE).exists():
            said("linking", 0, 1)
            registry.relink(by=by)
            said("linking", 1, 1)


def tag_lines(*, by: User) -> None:
    """Say which measure each line pays for, as a planner would in bulk: by its component."""
    with speaking_for(by):
        for item in ITEMS:
            if item.measure is None:
                continue
            _, _, _, component, subcomponent, account = f"9201.{item.key}".split(".")
            lines = BudgetLine.objects.filter(
                fiscal_year=FISCAL_YEAR,
                component=component,
                subcomponent=subcomponent,
                account=account,
                measure=None,
                authority="DK",
            )
            budget.tag_many(lines, measure=Measure.objects.get(code=item.measure), by=by)


def solve_the_cut(seconds: int, *, by: User) -> None:
    """Ask for a plan after a cut by a third; the background worker answers."""
    with speaking_for(by):
        if plans.Scenario.objects.exists():
            return
        scenario = planning.make(
            Given(
                title="Pagu dipotong sepertiga",
                fiscal_year=FISCAL_YEAR,
                as_of=REPORTED_ON,
                ceiling=CUT_BY_A_THIRD,
                measures=sorted(
                    Measure.objects.usable_on(REPORTED_ON).values_list("code", flat=True)
                ),
                floor_percent=Decimal(55),
                cap_percent=Decimal(125),
                time_limit=seconds,
            ),
            by=by,
        )
        planning.request_solution(scenario, by=by)
