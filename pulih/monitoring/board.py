"""The deadline board: who owes which report by when, who filed, who is late and what it risks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from pulih.areas.models import COUNTRY, Area
from pulih.budget.models import Appointment, BudgetLine, Post, SpendingUnit
from pulih.common.periods import WIB, ZONE_NAMES
from pulih.common.working_days import Calendar, local_day
from pulih.people.models import User
from pulih.people.permissions import Permission, holds
from pulih.workflow.calendars import calendar, zone_of

from .models import Filing, Signatory
from .models.office import Role
from .rules import deadlines, quarters
from .rules.deadlines import Chain, DutyStatus, Risk

ORDER = {"overdue": 0, "today": 1, "open": 2, "late": 3, "on_time": 4, "not_open": 5}


@dataclass(frozen=True)
class Duty:
    """One report that one unit (or all units of a province) owes for one quarter.

    filing: the newest version; when it counts as filed is decided by the first.
    who: the person who signs, or the post where nobody is named. is_sure: the holidays up to the
    deadline are listed.
    """

    chain: Chain
    unit: SpendingUnit | None
    province: Area
    fiscal_year: int
    quarter: int
    due: date
    status: DutyStatus
    filing: Filing | None
    filed: datetime | None
    who: str
    risk: Risk | None
    clock: ZoneInfo
    is_sure: bool

    @property
    def zone(self) -> str:
        """Return whose clock decides: WIB, WITA or WIT."""
        return ZONE_NAMES[self.clock]

    @property
    def owner(self) -> str:
        return self.unit.name if self.unit else self.province.name

    @property
    def is_late(self) -> bool:
        return self.status.state in ("overdue", "late")


def board(person: User, fiscal_year: int, quarter: int, moment: datetime) -> list[Duty]:
    """Return every duty of the quarter that `person` sees, the most pressing first.

    moment: aware; what was filed after its day, on the office's clock, is not known yet.
    """
    seen = _Seen(person, fiscal_year, quarter, moment)
    duties = [
        duty
        for chain in deadlines.chains(seen.quarter_end)
        if chain.working_days
        for duty in (_of_units(chain, seen) if chain.scope == "unit" else _of_areas(chain, seen))
    ]
    return sorted(duties, key=_pressing)


def _pressing(duty: Duty) -> tuple[int, date, str, str]:
    return (
        ORDER[duty.status.state],
        duty.due,
        duty.province.sort_key,
        duty.unit.code if duty.unit else "",
    )


class _Seen:
    """What one person sees of one quarter, asked of the database once."""

    def __init__(self, person: User, fiscal_year: int, quarter: int, moment: datetime) -> None:
        self.fiscal_year, self.quarter, self.moment = fiscal_year, quarter, moment
        self.calendar: Calendar = calendar()
        self.quarter_end: date = quarters.last_day(fiscal_year, quarter)
        lines = BudgetLine.objects.visible_to(person).of_year(fiscal_year)
        units = SpendingUnit.objects.visible_to(person).filter(
            is_active=True, pk__in=lines.order_by().values("unit")
        )
        self.units: list[SpendingUnit] = list(units.select_related("province").order_by("code"))
        filings = Filing.objects.visible_to(person).of_quarter(fiscal_year, quarter)
        self.filings: dict[tuple[int | None, int, str], list[Filing]] = {}
        known = filings.filter(filed_at__lt=moment + timedelta(days=1))
        for one in known.defer("facts").order_by("version"):
            key = (one.unit_id, one.province_id, one.form)
            self.filings.setdefault(key, []).append(one)
        self.signs: dict[tuple[int, str], str] = responsible(person, local_day(moment, WIB))
        self.heads: dict[int, str] = heads_of_planning(person, local_day(moment, WIB))

    def duty(self, chain: Chain, unit: SpendingUnit | None, province: Area) -> Duty:
        due = deadlines.due_day(chain, self.fiscal_year, self.quarter, self.calendar)
        assert due is not None
        zone = zone_of(province.pk)
        today = local_day(self.moment, zone)
        every = self.filings.get((unit.pk if unit else None, province.pk, chain.form), [])
        versions = [one for one in every if local_day(one.filed_at, zone) <= today]
        filed = versions[0].filed_at if versions else None
        status = deadlines.status(
            due,
            local_day(filed, zone) if filed else None,
            today,
            self.quarter_end,
            self.calendar,
        )
        return Duty(
            chain,
            unit,
            province,
            self.fiscal_year,
            self.quarter,
            due,
            status,
            versions[-1] if versions else None,
            filed,
            self.signs.get((unit.pk, chain.signer), "")
            if unit
            else self.heads.get(province.pk, ""),
            deadlines.risk(unit.authority if unit else chain.authorities[0], due),
            zone,
            deadlines.is_sure(due, self.calendar),
        )


def responsible(person: User, day: date) -> dict[tuple[int, str], str]:
    """Return who answers for each unit's reports, by role: who signs, else who is appointed."""
    posts = (Post.AUTHORISED_USER, Post.COMMITMENT_OFFICER)
    appointed = Appointment.objects.visible_to(person).on(day).filter(post__in=posts)
    named = Signatory.objects.visible_to(person).on(day).exclude(unit=None)
    return {
        **{(one.unit_id, one.post): str(one.person) for one in appointed.select_related("person")},
        **{(one.unit_id, one.role): f"{one.name}, {one.post}" for one in named},
    }


def heads_of_planning(person: User, day: date) -> dict[int, str]:
    """Return who heads the planning agency of each province, where anybody is named."""
    named = Signatory.objects.visible_to(person).on(day).filter(role=Role.HEAD_OF_PLANNING)
    return {one.province_id: f"{one.name}, {one.post}" for one in named}


def _of_units(chain: Chain, seen: _Seen) -> Iterator[Duty]:
    for unit in seen.units:
        if unit.authority in chain.authorities:
            yield seen.duty(chain, unit, unit.province)


def _of_areas(chain: Chain, seen: _Seen) -> Iterator[Duty]:
    areas = {
        unit.province_id: unit.province
        for unit in seen.units
        if unit.authority in chain.authorities and unit.province_id != COUNTRY
    }
    for area in areas.values():
        yield seen.duty(chain, None, area)


@dataclass(frozen=True)
class StripItem:
    """One deadline on the first page: of how many, how many have filed, and how pressing it is."""

    chain: Chain
    fiscal_year: int
    quarter: int
    due: date
    status: DutyStatus
    total: int
    filed: int
    zones: tuple[str, ...]

    @property
    def roman(self) -> str:
        return quarters.ROMAN[self.quarter]


def strip(person: User, moment: datetime) -> list[StripItem]:
    """Return the deadlines of the last and the running quarter that still ask for something.

    None for those who may not see the budget.
    """
    if not holds(person, Permission.SEE_BUDGET):
        return []
    year, quarter = quarters.last_ended(local_day(moment, WIB))
    following = (year, quarter + 1) if quarter < 4 else (year + 1, 1)
    items = [
        item
        for asked in ((year, quarter), following)
        for item in _summed(board(person, *asked, moment))
    ]
    return sorted(items, key=lambda item: item.due)


def _summed(duties: list[Duty]) -> Iterator[StripItem]:
    groups: dict[tuple[str, date], list[Duty]] = {}
    for duty in duties:
        groups.setdefault((duty.chain.code, duty.due), []).append(duty)
    for same in groups.values():
        waiting = [duty for duty in same if duty.filed is None]
        if waiting:
            worst = min(waiting, key=lambda duty: ORDER[duty.status.state])
            zones = tuple(sorted({duty.zone for duty in waiting}))
            yield StripItem(
                worst.chain, worst.fiscal_year, worst.quarter, worst.due, worst.status,
                len(same), len(same) - len(waiting), zones,
            )  # fmt: skip
