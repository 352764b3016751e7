"""Why an enterprise is described as it is: which source said what, and which of them won."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pulih.common.identity_numbers import IdentityNumber
from pulih.inbox.models import ImportBatch, SourceRecord
from pulih.people.models import User

from . import delivered_attributes
from .merge_history import members_of
from .models import Enterprise, EnterpriseSource, Pin, SplitMove

MOST = 500
DERIVED = ("commodity_group",)  # What a row says of it gives way to what KBLI and product tell.
ACTIVE_BATCHES = "SELECT id, as_of FROM inbox_standing() WHERE id = ANY(%s)"


@dataclass(frozen=True)
class Source:
    """One delivered row. batch is None when the person sees the row and not its file.

    owner: the enterprise that the row was given or moved to; via: the same, where it is one that
    was merged into the one asked about. is_moved: a split
    brought it here. nearness: 2 from the firm's own regency, 1 from its province, else 0.
    filled: how many attributes it tells.
    """

    record: SourceRecord
    batch: ImportBatch | None
    stands: bool
    as_of: date | None
    owner: int
    via: Enterprise | None = None
    is_moved: bool = False

    @property
    def label(self) -> str:
        """What the source is called: its office, and the day it speaks of."""
        if self.batch is None:
            return _("a list of the provincial office")
        return f"{self.batch.office}"

    @property
    def nearness(self) -> int:
        office = self.batch.office_id if self.batch else self.record.province_id
        if office == self.record.regency_id:
            return 2
        return 1 if office == self.record.province_id else 0

    @property
    def filled(self) -> int:
        return sum(_said(self.record, name) is not None for name in delivered_attributes.TAKEN)

    @property
    def rank(self) -> tuple[date, int, int, int]:
        """Return what decides which of two sources is heard first; the greater wins."""
        return (self.as_of or date.min, self.nearness, self.filled, self.record.pk)


@dataclass(frozen=True)
class Attribute:
    """A value in use, the source it came from, why that one won, and how many say otherwise."""

    name: str
    value: Any
    source: Source | None
    reason: str
    others: int
    pin: Pin | None = None


def sources_of(enterprise: Enterprise, by: User) -> list[Source]:
    """Return every delivered row that speaks of an enterprise, the one heard first at the top.

    Rows of all that was merged into it speak of it; rows that a split took out do not.
    """
    members = {one.pk: one for one in _members(enterprise, by)}
    given, moved = _rows(members, by)
    keys = [*given, *moved][:MOST]
    records = list(SourceRecord.objects.visible_to(by).filter(pk__in=keys))
    batches = (
        ImportBatch.objects.visible_to(by)
        .select_related("office")
        .in_bulk([record.batch_id for record in records])
    )
    days = _days(record.batch_id for record in records)
    found = [
        Source(
            record,
            batches.get(record.batch_id),
            record.batch_id in days,
            days.get(record.batch_id) or _day(batches.get(record.batch_id)),
            (given | moved)[record.pk],
            _via(enterprise, members, (given | moved)[record.pk]),
            record.pk in moved,
        )
        for record in records
    ]
    return sorted(found, key=lambda source: source.rank, reverse=True)


def attributes_of(
    enterprise: Enterprise, sources: Sequence[Source], pins: dict[str, Pin] | None = None
) -> list[Attribute]:
    """Return each attribute with the source that won, or the pin that holds it.

    pins: by attribute, as `pins_of` gives them.
    """
    standing = [source for source in sources if source.stands]
    held = pins or {}
    return [
        _attribute(enterprise, name, standing, held.get(name))
        for name in delivered_attributes.TAKEN
        if getattr(enterprise, name) is not None or name in held
    ]


def pins_of(enterprise: Enterprise, by: User) -> dict[str, Pin]:
    """Return the pins that hold, by attribute: its own first, then the newest of what merged."""
    members = members_of(enterprise)
    pins = Pin.objects.visible_to(by).in_force().filter(enterprise__in=members)
    own_last = sorted(
        pins.select_related("by"), key=lambda pin: (pin.enterprise_id == enterprise.pk, pin.pk)
    )
    return {pin.attribute: pin for pin in own_last}


def _members(enterprise: Enterprise, by: User) -> list[Enterprise]:
    return [enterprise, *Enterprise.objects.visible_to(by).filter(merged_into=enterprise)]


def _rows(members: dict[int, Enterprise], by: User) -> tuple[dict[int, int], dict[int, int]]:
    """Return which member each row was given to, and which one each moved row was moved to."""
    links = EnterpriseSource.objects.visible_to(by).filter(enterprise__in=members)
    given = dict(links.values_list("source_record_id", "enterprise_id")[:MOST])
    here = Q(source_record__in=list(given)) | Q(to_enterprise__in=members)
    moved: dict[int, int] = {}
    for move in SplitMove.objects.in_force().filter(here):
        given.pop(move.source_record_id, None)
        if move.to_enterprise_id in members:
            moved[move.source_record_id] = move.to_enterprise_id
    return given, moved


def _days(batches: Iterable[int]) -> dict[int, date]:
    """Return the days of the lists that count, also of those whose file is not the person's."""
    with connection.cursor() as database:
        database.execute(ACTIVE_BATCHES, [sorted(set(batches))])
        return dict(database.fetchall())


def _day(batch: ImportBatch | None) -> date | None:
    return batch.as_of if batch else None


def _via(enterprise: Enterprise, members: dict[int, Enterprise], key: int) -> Enterprise | None:
    return None if key == enterprise.pk else members[key]


def _attribute(
    enterprise: Enterprise, name: str, sources: list[Source], pin: Pin | None
) -> Attribute:
    said = [(source, _said(source.record, name)) for source in sources]
    said = [(source, value) for source, value in said if value is not None]
    value = getattr(enterprise, name)
    if pin:
        others = len({str(each) for _source, each in said if str(each) != pin.value})
        return Attribute(name, value, None, pin.reason, others, pin)
    in_use = value.whole if isinstance(value, IdentityNumber) else str(value)
    if not said or str(said[0][1]) != in_use:
        return Attribute(name, value, None, _reason_unseen(name), len({str(v) for _s, v in said}))
    winner, won = said[0]
    same = sum(1 for _source, each in said if each == won)
    others = len({str(each) for _source, each in said if each != won})
    return Attribute(
        name, value, winner, _reason([source for source, _value in said], same), others
    )


def _reason_unseen(name: str) -> str:
    """Return why none of the sources that the person sees says the value in use."""
    if name in DERIVED:
        return _("worked out from the other data")
    return _("from a row that only another office sees")


def _reason(sources: list[Source], same: int) -> str:
    """Return in what the first of these sources was ahead of the next."""
    if len(sources) == 1:
        return _("the only one")
    if same == len(sources):
        return ngettext("same in %(n)s source", "same in %(n)s sources", same) % {"n": same}
    first, second = sources[0], sources[1]
    if first.as_of != second.as_of:
        return _("the newest")
    if first.nearness != second.nearness:
        return _("as new, from the nearer office")
    if first.filled != second.filled:
        return _("as new, the fullest row")
    return _("as new, delivered last")


def _said(record: SourceRecord, name: str) -> Any:
    if name == "name":
        return record.values.get("business_name") or record.values.get("owner_name")
    if name == "workers" and record.values.get(name) is None:
        return _men_and_women(record.values)
    return record.values.get(name)


def _men_and_women(values: dict[str, Any]) -> int | None:
    """Return the sum of the workers, where a row tells of men and women and not of all."""
    men, women = values.get("workers_male"), values.get("workers_female")
    return None if men is None or women is None else int(men) + int(women)
