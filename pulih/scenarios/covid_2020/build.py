"""Building the reference scenario: each step can be stopped and goes on where it was."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from decimal import Decimal
from functools import partial
from itertools import islice

from django.core.cache import cache

from pulih.budget import actions as budget
from pulih.budget.models import BudgetLine
from pulih.common.errors import Refusal
from pulih.measures.models import Measure
from pulih.people.models import User
from pulih.people.scope import speaking_as_system, speaking_for
from pulih.planning import actions as planning
from pulih.planning import models as plans
from pulih.planning.actions.scenarios import ScenarioInput
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
    resumed,
    treasurer,
    treasury,
)
from .beside import Beside
from .delivering import Sender, deliver_all, deliver_one
from .figures import FIGURES, REPORTED_ON, SOURCES
from .files import count_files, count_guides, write_files
from .hurry import in_a_hurry
from .people import add_people
from .pok import FISCAL_YEAR, ITEMS
from .wanted import Wanted, home_of

NAME = "covid_2020"
CUT_BY_A_THIRD = 16_600_000_000
SOLVING_SECONDS = 180  # In a minute too much of its plan stays unproven for it to be adopted.
QUICK_SECONDS, SMALL = 15, 10_000  # With fewer firms the demo is for looking, not for adopting.
Said = Callable[[str, int, int], None]


def build(wanted: Wanted, said: Said, *, by: User, beside: Beside) -> None:
    """Load the scenario as `by`, who is Pulih itself. said(step, done, total) hears of progress.

    beside: how the PARTS are lived through that need nothing of what is done meanwhile.
    """
    if Scenario.objects.exclude(name=NAME).exists():
        raise Refusal(NOT_BOTH)
    scenario, _ = Scenario.objects.get_or_create(name=NAME, defaults={"day": REPORTED_ON})
    cache.delete(LOADED)
    if scenario.is_complete:
        return
    with in_a_hurry():
        _live_through(wanted, said, by=by, beside=beside)
    scenario.is_complete = True
    scenario.save(update_fields=["is_complete"])


def _live_through(wanted: Wanted, said: Said, *, by: User, beside: Beside) -> None:
    """Let all that the scenario tells happen, one after another or beside one another."""
    planner = add_people(wanted.passwords)["perencana"]
    load_figures()
    deliver_and_link(wanted, said, by=by, planner=planner, beside=beside)
    # What makers are asked for needs no proposal, and no proposal a maker.
    with beside("market", wanted) as ended:
        deliver_earlier(wanted, partial(said, "proposals"), by=planner)
        proposals.live_through(partial(said, "proposals"), by=by)
        activities.live_through(wanted.seed, partial(said, "activities"), by=by)
        reached.certify(by=by)
        said("market", 0, 1)
        ended()
        said("market", 1, 1)
    activities.hand_over_orders(by=by)
    resumed.tell(wanted.seed, by=by)
    # What came of it was asked in autumn, of which the releases of summer tell nothing.
    with beside("reached", wanted) as ended:
        releases.publish(partial(said, "releases"), by=by)
        said("reached", 0, 1)
        ended()
        said("reached", 1, 1)
    treasurer.act()
    if wanted.solve:
        said("scenario", 0, 1)
        seconds = SOLVING_SECONDS if wanted.firms >= SMALL else QUICK_SECONDS
        solve_the_cut(seconds, by=planner)


def deliver_and_link(
    wanted: Wanted, said: Said, *, by: User, planner: User, beside: Beside
) -> None:
    """Let every office's files come in, and find which firms are one.

    Meanwhile the units' money moves: it asks for their guides, and for no firm.
    """
    total = count_files(wanted.firms, wanted.seed)
    guides = count_guides(wanted.firms, wanted.seed)
    said("files", 0, total)
    with closing(write_files(wanted.folder, wanted.firms, wanted.seed)) as files:
        # The guides are Pulih's own, so that the ledger learned of them at the year's start.
        own, others = Sender(by, money.NEW_YEAR), Sender(planner)
        deliver_all(
            ((one, own) for one in islice(files, guides)), lambda read: said("files", read, total)
        )
        with beside("money", wanted) as ended:
            deliver_all(
                ((one, others) for one in files), lambda read: said("files", guides + read, total)
            )
            said("files", total, total)
            deliver_makers(wanted, partial(said, "makers"), by=planner)
            link_firms(said, by=planner)
            said("money", 0, 1)
            ended()
            said("money", 1, 1)


def live_money(wanted: Wanted, said: Said, *, by: User) -> None:
    """Let the units' lines be tagged and their money move, and tell whom it concerns."""
    planner = User.objects.get(username=money.PLANNER)
    tag_lines(by=planner)
    money.live_through(wanted.firms, wanted.seed, partial(said, "money"), by=by)
    deliver_lists(wanted)
    reports.report_first_quarter(wanted.seed, partial(said, "money"), by=planner)


def live_market(_wanted: Wanted, said: Said, *, by: User) -> None:
    """Let makers and buyers meet."""
    planner = User.objects.get(username=money.PLANNER)
    market.live_through(partial(said, "market"), by=planner)


def live_reached(wanted: Wanted, said: Said, *, by: User) -> None:
    """Let what came of the trainings be asked, sampled and granted."""
    planner = User.objects.get(username=money.PLANNER)
    reached.live_through(wanted.seed, partial(said, "reached"), by=by, planner=planner)


PARTS: dict[str, Callable[..., None]] = {
    "money": live_money,
    "market": live_market,
    "reached": live_reached,
}


@contextmanager
def at_once(part: str, wanted: Wanted) -> Iterator[Callable[[], None]]:
    """Live through a part before what others do meanwhile, in this process and its database."""
    with speaking_as_system() as system:
        PARTS[part](wanted, lambda step, done, total: None, by=system)
    yield lambda: None


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


def deliver_makers(wanted: Wanted, done: Callable[[int, int], None], *, by: User) -> None:
    """Deliver the lists of makers, of whom needs will be asked."""
    home = home_of(wanted.folder, wanted.firms, wanted.seed)
    total = makers.count_lists()
    done(0, total)
    lists = makers.write_lists(home, wanted.seed)
    deliver_all(((one, Sender(by)) for one in lists), lambda read: done(read, total))
    done(total, total)


def deliver_lists(wanted: Wanted) -> None:
    """Let two offices send what the treasury told them, so that something waits to be decided."""
    home = home_of(wanted.folder, wanted.firms, wanted.seed)
    for delivery, sender in treasury.write_lists(home):
        person = User.objects.get(username=sender)
        with speaking_for(person):
            deliver_one(delivery, person)


def deliver_earlier(wanted: Wanted, done: Callable[[int, int], None], *, by: User) -> None:
    """Deliver what some offices asked for the year before, beside which proposals are read."""
    home = home_of(wanted.folder, wanted.firms, wanted.seed)
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
            if lines.exists():  # Else a build that goes on would write down that it tagged nothing.
                budget.tag_many(lines, measure=Measure.objects.get(code=item.measure), by=by)


def solve_the_cut(seconds: int, *, by: User) -> None:
    """Ask for a plan after a cut by a third; the background worker answers."""
    with speaking_for(by):
        if plans.Scenario.objects.exists():
            return
        scenario = planning.make(
            ScenarioInput(
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
