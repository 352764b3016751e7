"""Why an enterprise is described as it is: which source said what, and which of them won."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pulih.inbox.models import ImportBatch, SourceRecord
from pulih.people.models import User

from . import arrivals
from .models import Enterprise, EnterpriseSource


@dataclass(frozen=True)
class Source:
    """One delivered row. batch is None when the person sees the row and not its file."""

    record: SourceRecord
    batch: ImportBatch | None
    stands: bool
    as_of: date | None

    @property
    def label(self) -> str:
        """What the source is called: its office, and the day it speaks of."""
        if self.batch is None:
            return _("a list of the province")
        return f"{self.batch.office}"


@dataclass(frozen=True)
class Attribute:
    """A value in use, the source it came from, why that one won, and how many say otherwise."""

    name: str
    value: Any
    source: Source | None
    reason: str
    others: int


def sources_of(enterprise: Enterprise, by: User) -> list[Source]:
    """Return every delivered row that speaks of an enterprise, the newest first."""
    links = EnterpriseSource.objects.visible_to(by).filter(enterprise=enterprise)
    keys = list(links.values_list("source_record_id", flat=True)[:500])
    records = list(SourceRecord.objects.visible_to(by).filter(pk__in=keys))
    batches = (
        ImportBatch.objects.visible_to(by)
        .select_related("office")
        .in_bulk([record.batch_id for record in records])
    )
    found = [_source(record, batches.get(record.batch_id)) for record in records]
    return sorted(found, key=lambda s: (s.as_of or date.min, s.record.pk), reverse=True)


def attributes_of(enterprise: Enterprise, sources: Sequence[Source]) -> list[Attribute]:
    """Return each attribute with the source that won: the newest that says something."""
    standing = [source for source in sources if source.stands]
    return [
        _attribute(enterprise, name, standing)
        for name in arrivals.TAKEN
        if getattr(enterprise, name) is not None
    ]


def _source(record: SourceRecord, batch: ImportBatch | None) -> Source:
    if batch is None:
        return Source(record, None, True, None)
    return Source(record, batch, batch.state == "done" and batch.is_newest, batch.as_of)


def _attribute(enterprise: Enterprise, name: str, sources: list[Source]) -> Attribute:
    said = [(source, _said(source.record, name)) for source in sources]
    said = [(source, value) for source, value in said if value is not None]
    value = getattr(enterprise, name)
    if not said:
        return Attribute(name, value, None, _("worked out from the other data"), 0)
    winner, won = said[0]
    same = sum(1 for _source_, each in said if each == won)
    others = len({str(each) for _source_, each in said if each != won})
    return Attribute(name, value, winner, _reason(len(said), same), others)


def _reason(said: int, same: int) -> str:
    if said == 1:
        return _("the only one")
    if same == said:
        return ngettext("same in %(n)s source", "same in %(n)s sources", same) % {"n": same}
    return _("the newest")


def _said(record: SourceRecord, name: str) -> Any:
    if name == "name":
        return record.values.get("business_name") or record.values.get("owner_name")
    return record.values.get(name)
