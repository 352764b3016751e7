"""Proposals and rounds as declared lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import Case, QuerySet, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pulih.inbox.models import ImportBatch
from pulih.lists import usual
from pulih.lists.boards import Board, Lane
from pulih.lists.columns import NOT_ON_PAGE, PAGE_ONLY, Column, Kind
from pulih.lists.filters import Asked, Filter
from pulih.lists.listing import Listing
from pulih.measures.models import Measure
from pulih.people.permissions import Permission, holds
from pulih.web.words import say, say_later
from pulih.workflow.models.steps import Step, state_of
from pulih.workflow.reads import held_each

from . import promised
from .clocks import day_in
from .models import EarlierProposal, EarlierRow, Idea, Proposal, Round
from .ranking import Ranked, ranking
from .rules.idea_machine import IDEA
from .rules.machine import PROPOSAL, STATES, UNPAID


def with_approved(proposals: QuerySet[Proposal]) -> QuerySet[Any]:
    """Add `approved`: the rupiah in force of what was decided, else None."""
    decided = Case(When(state__in=(*UNPAID, "accounted"), then=promised.in_force()))
    return proposals.select_related("measure", "province", "round").annotate(approved=decided)


def _proposals(asked: Asked) -> QuerySet[Any]:
    return with_approved(Proposal.objects.visible_to(asked.person))


def _measure_name(code: str) -> str:
    return str(Measure.objects.filter(code=code).first() or code)


def _dressed(asked: Asked, rows: Sequence[Any]) -> Sequence[Any]:
    """Give proposals who has them now, and money that is missing; None before the decision."""
    held = held_each(PROPOSAL, [one.pk for one in rows])
    keeps = holds(asked.person, Permission.SEE_BUDGET)
    waiting = {one.number for one in rows if one.state in UNPAID} if keeps else set()
    stands = promised.set_aside(waiting)
    for one in rows:
        one.held = held.get(one.pk)
        aside = stands.get(one.number, promised.Aside()).rupiah
        is_short = one.number in waiting and one.approved is not None
        one.missing = max(0, one.approved - aside) if is_short else None
    return rows


def _last_day(proposal: Any) -> date | None:
    return proposal.held.due.last_day if proposal.held else None


def _state_words(proposal: Proposal) -> str:
    return say(PROPOSAL.state(proposal.state).label)


PROPOSALS = Listing(
    room="proposals",
    key="proposals",
    title=_("Proposals"),
    file_name="usulan",
    permission=Permission.SEE_PROPOSALS,
    source=_proposals,
    columns=(
        Column(
            "number",
            _("Number of the proposal"),
            lambda p: p.number,
            Kind.CODE,
            link=lambda p: reverse("proposals:proposal", args=[p.pk]),
            order="number",
        ),
        Column("title", _("Title"), lambda p: p.title, look="full"),
        Column("province", _("Province"), lambda p: p.province.name),
        Column("measure", _("Measure"), lambda p: p.measure.name, on=NOT_ON_PAGE),
        Column("round", _("Round"), lambda p: p.round.title, on=NOT_ON_PAGE),
        Column("state", _("State"), _state_words),
        Column("waits_for", _("Waits for"), lambda p: p.held and p.held.duty.post),
        Column("holder", _("Holder"), lambda p: p.held and p.held.holder, on=NOT_ON_PAGE),
        Column(
            "since", _("Since"), lambda p: p.held and p.held.duty.since, Kind.MOMENT, NOT_ON_PAGE
        ),
        Column("until", _("Until"), _last_day, Kind.DAY, NOT_ON_PAGE),
        Column("due", _("Until"), _last_day, on=PAGE_ONLY, template="proposals/_due.html"),
        Column("people", _("Participants"), lambda p: p.people, Kind.WHOLE),
        Column(
            "asked",
            _("Sum asked for"),
            lambda p: p.asked_rupiah,
            Kind.RUPIAH,
            unit=_("rupiah"),
            order="asked_rupiah",
            sums=True,
        ),
        Column(
            "approved",
            _("Sum approved"),
            lambda p: p.approved,
            Kind.RUPIAH,
            unit=_("rupiah"),
        ),
        Column(
            "missing",
            _("Money that is short"),
            lambda p: p.missing,
            Kind.RUPIAH,
            unit=_("rupiah"),
            hide=True,
        ),
    ),
    filters=(
        usual.words(("title",), without_letters=("number",)),
        usual.province(usual.equals("province_id")),
        Filter(
            "state",
            _("State"),
            lambda: forms.ChoiceField(choices=[(s.key, say(s.label)) for s in STATES]),
            usual.equals("state"),
            shown=lambda key: say(PROPOSAL.state(key).label),
        ),
        Filter(
            "measure",
            _("Measure"),
            forms.SlugField,
            usual.equals("measure__code"),
            shown=_measure_name,
            is_drawn=False,
        ),
        usual.by_link("round", _("Round"), Round),
    ),
    order=("-made_at", "-pk"),
    dress=_dressed,
    when_empty=_("No proposals yet. Begin one while a round is open."),
)


def _since(rows: Sequence[Proposal]) -> dict[int, date]:
    """The day of each proposal's last step, on its office's clock."""
    last = Step.objects.last_of_each(PROPOSAL.key).filter(subject_id__in=[one.pk for one in rows])
    moments = dict(last.values_list("subject_id", "at"))
    return {one.pk: day_in(one.province_id, moments[one.pk]) for one in rows if one.pk in moments}


BY_STATE = Board(
    listing=PROPOSALS,
    field="state",
    lanes=[Lane(one.key, say_later(one.label), one.tone, one.final) for one in STATES],
    adds="asked_rupiah",
    order=("made_at", "pk"),
    since=_since,
    table="proposals:list",
    card="proposals/_card.html",
)

ROUNDS = Listing(
    room="proposals",
    key="rounds",
    title=_("Rounds of proposals"),
    file_name="putaran-usulan",
    permission=Permission.SEE_PROPOSALS,
    source=lambda asked: list(Round.objects.newest_first()),
    columns=(
        Column(
            "title",
            _("Round"),
            lambda r: r.title,
            link=lambda r: f"{reverse('proposals:list')}?round={r.pk}",
        ),
        Column(
            "ranking",
            _("Ranking"),
            lambda r: _("Show"),
            on=PAGE_ONLY,
            link=lambda r: f"{reverse('proposals:ranking')}?round={r.pk}",
        ),
        Column("fiscal_year", _("Fiscal year"), lambda r: r.fiscal_year, Kind.CODE),
        Column("opens_on", _("Opens on"), lambda r: r.opens_on, Kind.DAY),
        Column("closes_on", _("Closes at the end of"), lambda r: r.closes_on, Kind.DAY),
        Column("measures", _("Measures"), lambda r: ", ".join(r.measures) or _("all")),
        Column("note", _("What offices should know"), lambda r: r.note, hide=True),
    ),
    when_empty=_("No round yet. A planner opens the first."),
)


def round_asked(asked: Asked) -> Round | None:
    """Return the round that an address asks for, else the newest."""
    rounds = Round.objects.newest_first()
    return rounds.filter(pk=asked["round"]).first() if asked["round"] else rounds.first()


def _ranked(asked: Asked) -> Sequence[Ranked]:
    round_ = round_asked(asked)
    return ranking(round_) if round_ else []


RANKING = Listing(
    room="proposals",
    key="ranking",
    title=_("Ranking of a round"),
    file_name="peringkat-usulan",
    permission=Permission.RANK_PROPOSALS,
    source=_ranked,
    columns=(
        Column(
            "number",
            _("Number of the proposal"),
            lambda r: r.proposal.number,
            Kind.CODE,
            look="nw",
            link=lambda r: reverse("proposals:proposal", args=[r.proposal.pk]),
        ),
        Column("place", _("Rank"), lambda r: r.place, Kind.WHOLE),
        Column("title", _("Title"), lambda r: r.proposal.title),
        Column("province", _("Province"), lambda r: r.proposal.province.name),
        Column("state", _("State"), lambda r: _state_words(r.proposal)),
        Column("score", _("Score"), lambda r: r.points, Kind.DECIMAL),
        Column("people", _("Participants"), lambda r: r.proposal.people, Kind.WHOLE, hide=True),
        Column("needed", _("Needed"), lambda r: r.needed, Kind.RUPIAH, sums=True),
        Column("free", _("Free on its lines"), lambda r: r.money and r.money.free, Kind.RUPIAH),
        Column(
            "missing",
            _("Money that is short"),
            lambda r: r.missing,
            Kind.RUPIAH,
            sums=True,
            template="proposals/_missing.html",
        ),
    ),
    filters=(
        Filter(
            "round",
            _("Round"),
            usual.number(1),
            shown=lambda key: str(Round.objects.filter(pk=key).first() or key),
            is_drawn=False,
        ),
    ),
    when_empty=_("No proposal of this round is verified yet."),
)


def _ideas(asked: Asked) -> QuerySet[Any]:
    visible = Idea.objects.visible_to(asked.person)
    found = visible.select_related("province", "regency", "measure")
    with_state: QuerySet[Any] = found.annotate(state=state_of(IDEA.key))
    return with_state


IDEAS = Listing(
    room="proposals",
    key="ideas",
    title=_("Ideas of regencies"),
    file_name="gagasan-daerah",
    permission=Permission.SEE_IDEAS,
    source=_ideas,
    columns=(
        Column(
            "number",
            _("Number of the idea"),
            lambda i: i.number,
            Kind.CODE,
            link=lambda i: reverse("proposals:idea", args=[i.pk]),
            order="number",
        ),
        Column("title", _("Title"), lambda i: i.title),
        Column("regency", _("Regency"), lambda i: i.regency.name),
        Column("province", _("Province"), lambda i: i.province.name, hide=True),
        Column("measure", _("Measure"), lambda i: i.measure.name if i.measure else "", hide=True),
        Column("state", _("State"), lambda i: say(IDEA.state(i.state).label)),
        Column("people", _("Participants"), lambda i: i.people, Kind.WHOLE, order="people"),
        Column("rupiah", _("Estimated cost"), lambda i: i.rupiah, Kind.RUPIAH, unit=_("rupiah")),
    ),
    filters=(
        usual.words(("number", "title")),
        usual.province(usual.equals("province_id")),
        Filter(
            "state",
            _("State"),
            lambda: forms.ChoiceField(choices=[(s.key, say(s.label)) for s in IDEA.states]),
            usual.equals("state"),
            shown=lambda key: say(IDEA.state(key).label),
        ),
        usual.by_link("round", _("Round"), Round),
    ),
    order=("-made_at", "-pk"),
    when_empty=_("No regency has sent an idea yet."),
)


def _earlier(asked: Asked) -> QuerySet[Any]:
    visible = EarlierProposal.objects.visible_to(asked.person).counting()
    found: QuerySet[Any] = visible.select_related("province", "measure")
    return found


EARLIER = Listing(
    room="proposals",
    key="earlier",
    title=_("Earlier proposals"),
    file_name="usulan-terdahulu",
    permission=Permission.SEE_PROPOSALS,
    source=_earlier,
    columns=(
        Column(
            "number",
            _("Number of the proposal"),
            lambda e: e.number,
            Kind.CODE,
            link=lambda e: f"{reverse('proposals:earlier-rows')}?proposal={e.pk}",
            order="number",
        ),
        Column("title", _("Title"), lambda e: e.title),
        Column("province", _("Province"), lambda e: e.province.name),
        Column("fiscal_year", _("Fiscal year"), lambda e: e.fiscal_year, Kind.CODE),
        Column("measure", _("Measure"), lambda e: e.measure.name if e.measure else "", hide=True),
        Column("outcome", _("Answer"), lambda e: e.outcome),
        Column("people", _("Participants"), lambda e: e.people, Kind.WHOLE, order="people"),
        Column(
            "rupiah", _("Sum asked for"), lambda e: e.rupiah, Kind.RUPIAH, order="rupiah", sums=True
        ),
    ),
    filters=(
        usual.words(("number", "title")),
        usual.province(usual.equals("province_id")),
        usual.year(usual.equals("fiscal_year")),
        usual.by_link("file", _("File"), ImportBatch, "batch"),
    ),
    order=("-fiscal_year", "number", "pk"),
    when_empty=_("No earlier proposals yet. An office delivers its own list under Import files."),
)


def _earlier_rows(asked: Asked) -> QuerySet[Any]:
    seen = EarlierProposal.objects.visible_to(asked.person).counting()
    found: QuerySet[Any] = EarlierRow.objects.filter(proposal__in=seen)
    return found.select_related("proposal")


EARLIER_ROWS = Listing(
    room="proposals",
    key="earlier_rows",
    title=_("Cost rows of earlier proposals"),
    file_name="rab-usulan-terdahulu",
    permission=Permission.SEE_PROPOSALS,
    source=_earlier_rows,
    columns=(
        Column("text", _("Text"), lambda r: r.text, look="full"),
        Column("number", _("Number of the proposal"), lambda r: r.proposal.number, Kind.CODE),
        Column("account", _("Account"), lambda r: r.account, Kind.CODE),
        Column("volume", _("Volume"), lambda r: f"{r.volume} {r.unit}".strip()),
        Column("unit_cost", _("Unit cost"), lambda r: r.unit_cost, Kind.RUPIAH),
        Column("rupiah", _("Amount"), lambda r: r.rupiah, Kind.RUPIAH, order="rupiah", sums=True),
    ),
    filters=(
        usual.words(("text", "proposal__number")),
        usual.by_link("proposal", _("Proposal"), EarlierProposal),
    ),
    order=("proposal_id", "pk"),
    when_empty=_("No cost row fits."),
)
