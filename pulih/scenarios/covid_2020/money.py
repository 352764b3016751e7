"""The money life of the scenario through the real actions: posts, page III, half a year of papers.

Every unit can be stopped in the middle and is done again from its start: nothing of it is kept
before all of it is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction

from pulih.budget import actions as budget
from pulih.budget.actions import Movement
from pulih.budget.clock import playing_at
from pulih.budget.models import Appointment, BudgetLine, Post, Posting, SpendingUnit
from pulih.common.periods import WIB
from pulih.people.models import Reach, Role, User

from . import names, pok
from .files import YEAR_OPENED
from .papers import Paper, monthly_plan, papers_of
from .people import SINCE
from .shares import ProvinceShare, province_shares
from .shifts import Act, shifts_of

Posted = dict[tuple[str, str], Posting]  # By kind and number.
PLANNER = "perencana"
GOODS = "52"  # The one spending type of these lines.
NEW_YEAR = datetime(2020, 1, 2, 9, 0, tzinfo=WIB)
# Posts of Jawa Barat and Kalimantan Selatan that people of the demo hold and can try.
HELD_BY_CAST = {
    ("32", Post.AUTHORISED_USER): "jabar",
    ("32", Post.COMMITMENT_OFFICER): "jabar_ppk",
    ("32", Post.ORDER_OFFICER): "jabar_ppspm",
    ("32", Post.TREASURER): "jabar_bendahara",
    ("63", Post.AUTHORISED_USER): "kalsel",
}


@dataclass(frozen=True)
class Year:
    """A unit's year: its code in names and numbers, and where its lines stand on 15 June."""

    unit_code: str
    code: str
    lines: list[pok.StoryLine]


def live_through(firms: int, seed: int, said: Callable[[int, int], None], *, by: User) -> None:
    """Let every unit appoint, plan, commit, pay and block, as `by`, who is Pulih itself."""
    years = [_central(seed), *(_year(share, seed) for share in province_shares(firms, seed))]
    for done, year in enumerate(years):
        said(done, len(years))
        with transaction.atomic():
            _live(year, seed, by)
    said(len(years), len(years))


def _central(seed: int) -> Year:
    return Year(pok.CENTRAL_UNIT, "00", pok.central_lines(seed))


def _year(share: ProvinceShare, seed: int) -> Year:
    return Year(pok.unit_code(share.code), share.code, pok.lines_of(share, seed))


def _live(year: Year, seed: int, by: User) -> None:
    unit = SpendingUnit.objects.select_related("province").get(code=year.unit_code)
    if Appointment.objects.filter(unit=unit).exists():
        return
    appoint(unit, year.code, seed, by=by)
    ceiling = sum(line.ceiling for line in year.lines)
    plan = {GOODS: monthly_plan(year.code, ceiling, seed)}
    budget.set_cash_plan(unit, pok.FISCAL_YEAR, plan, by=by)
    papers = papers_of(year.code, year.lines, seed)
    posted: Posted = {}
    for moment, happen in shifts_between(unit, year):
        earlier = [paper for paper in papers if paper.known_at <= moment]
        papers = papers[len(earlier) :]
        post_papers(unit, earlier, posted, by=by)
        happen()
    post_papers(unit, papers, posted, by=by)


def shifts_between(unit: SpendingUnit, year: Year) -> list[tuple[datetime, Act]]:
    """Return the revisions of a provincial unit; the ministry's own has none here."""
    if unit.authority == "KP":
        return []
    planner = User.objects.get(username=PLANNER)
    return shifts_of(unit, year.code, year.lines, planner=planner)


def appoint(unit: SpendingUnit, code: str, seed: int, *, by: User) -> None:
    """Appoint one invented person to each post of the unit, from the year's start."""
    random = Random(f"{seed} staff {code}")
    for place, post in enumerate(Post, start=1):
        name, _sex = names.person(random)
        held = HELD_BY_CAST.get((code, post))
        person = User.objects.get(username=held) if held else _clerk(unit, code, post, name)
        budget.appoint(
            person,
            unit=unit,
            post=post,
            decree=f"SK-{place:02}/{code}/2020 (peragaan)",
            valid_from=date(2020, 1, 2),
            nip=_nip(seed, code, post),
            by=by,
        )


def _nip(seed: int, code: str, post: str) -> str:
    """Return an invented NIP; who signs reports has it there, and types it once."""
    if post in (Post.AUTHORISED_USER, Post.COMMITMENT_OFFICER):
        return ""
    random = Random(f"{seed} nip {code} {post}")
    return f"{random.randrange(1965, 1985)}0101199503{random.randrange(1000, 3000)}"


def _clerk(unit: SpendingUnit, code: str, post: str, name: str) -> User:
    """Return somebody of the unit's staff, who cannot sign in."""
    username = f"{post}.{code}"
    person, is_new = User.objects.get_or_create(
        username=username,
        defaults={
            "name": name,
            "role": Role.PLANNER if unit.authority == "KP" else Role.PROVINCIAL_OFFICER,
            "email": f"{username}@pulih.invalid",
            "password": UNUSABLE_PASSWORD_PREFIX,
        },
    )
    if is_new:
        Reach.objects.create(user=person, area_id=unit.province_id, valid_from=SINCE)
    return person


def post_papers(unit: SpendingUnit, papers: list[Paper], posted: Posted, *, by: User) -> None:
    """Post documents of a unit, each learned when its paper says; `posted` grows by them."""
    lines = dict(
        BudgetLine.objects.filter(unit=unit, fiscal_year=pok.FISCAL_YEAR).values_list(
            "line_key", "pk"
        )
    )
    for paper in papers:
        with playing_at(paper.known_at):
            before = posted[paper.refers_to] if paper.refers_to else None
            answer = _post(unit, paper, lines, before, by)
        # Only what the next document asks of it: who it is, whose, and what it moved.
        posted[paper.kind, paper.number] = Posting(
            pk=answer.posting_id, unit=unit, fiscal_year=pok.FISCAL_YEAR
        )


def _post(
    unit: SpendingUnit, paper: Paper, lines: dict[str, int], before: Posting | None, by: User
) -> budget.Posted:
    if paper.kind == "correction":
        assert before is not None
        return budget.reverse(
            before,
            number=paper.number,
            effective_on=paper.effective_on,
            reason=paper.reason,
            by=by,
        )
    return budget.post(
        kind=paper.kind,
        number=paper.number,
        unit=unit,
        fiscal_year=pok.FISCAL_YEAR,
        effective_on=paper.effective_on,
        movements=[Movement(lines[key], kind, rupiah) for key, kind, rupiah in paper.movements],
        by=by,
        reason=paper.reason,
        refers_to=before,
        party=paper.party,
        method=paper.method,
    )


assert NEW_YEAR.date() == YEAR_OPENED
