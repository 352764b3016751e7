"""Rows that belong to another firm are taken out of an enterprise, and put back again."""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pulih.areas.rows import area_of
from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.inbox.models import SourceRecord
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.people.scope import speaking_as_system
from pulih.registry.actions import separating
from pulih.registry.actions.one_at_a_time import group_of, hold, settle
from pulih.registry.models import Enterprise, EnterpriseSource, Scale, Separation, SplitMove
from pulih.registry.offices import office_of


@transaction.atomic
def split(
    enterprise: Enterprise, source_record_ids: Iterable[int], *, reason: str, by: User
) -> Enterprise:
    """Take delivered rows out of an enterprise; they make a new one, which is returned. May refuse.

    The rows' lineage stays as it was given: the move lies over it, and undoing it lifts it off.
    """
    require(by, Permission.CURATE_ENTERPRISES, area_of(enterprise))
    hold()
    group = group_of(enterprise.pk)
    held = held_rows([one.pk for one in group])
    wanted = sorted(set(source_record_ids))
    _refuse_wrong_rows(wanted, held)
    rows = list(SourceRecord.objects.visible_to(by).filter(pk__in=wanted))
    if len(rows) < len(wanted):
        raise Refusal(_("Some of these rows are another office's. Ask the office above yours."))
    made = _new_one(enterprise, rows)
    _move(rows, held, made, reason, by)
    settle([*{held[row.pk] for row in rows}, made.pk])
    record(by, "registry.split", made, out_of=enterprise.pk, rows=len(rows))
    made.refresh_from_db()
    return made


@transaction.atomic
def undo_split(enterprise: Enterprise, *, by: User) -> None:
    """Put the rows that made an enterprise back to where they came from. May refuse.

    The enterprise keeps its id and what later files said of it; without any it is unlisted.
    """
    require(by, Permission.CURATE_ENTERPRISES, area_of(enterprise))
    hold()
    moves = SplitMove.objects.in_force().filter(to_enterprise=enterprise)
    sources = set(moves.values_list("from_enterprise_id", flat=True))
    group_of(enterprise.pk, *sources)
    if not moves.update(undone_at=timezone.now(), undone_by=by):
        raise Refusal(_("No rows were split off into this enterprise, or they are back already."))
    for apart in Separation.objects.in_force().filter(second=enterprise, first__in=sources):
        Separation.objects.filter(pk=apart.pk).update(undone_at=timezone.now())
    settle([*sources, enterprise.pk])
    record(by, "registry.undo_split", enterprise)


def held_rows(enterprise_ids: Collection[int]) -> dict[int, int]:
    """Return which of these enterprises each of their rows counts for, moved rows included."""
    with speaking_as_system():
        moved = SplitMove.objects.in_force()
        given = EnterpriseSource.objects.filter(enterprise__in=enterprise_ids)
        held = dict(given.values_list("source_record_id", "enterprise_id"))
        for row in moved.filter(source_record__in=list(held)):
            del held[row.source_record_id]
        arrived = moved.filter(to_enterprise__in=enterprise_ids)
        return held | dict(arrived.values_list("source_record_id", "to_enterprise_id"))


def _refuse_wrong_rows(wanted: Collection[int], held: Collection[int]) -> None:
    if not wanted:
        raise Refusal(_("Choose the rows that are to be taken out."))
    if not set(wanted) <= set(held):
        raise Refusal(
            _("Some of these rows do not belong to this enterprise. Load the page again.")
        )
    if len(wanted) == len(held):
        raise Refusal(_("At least one row must stay with the enterprise."))
    with speaking_as_system():
        moved = SplitMove.objects.in_force().filter(source_record__in=wanted)
        if moved.exists():
            raise Refusal(_("Some of these rows were split off before. Put them back first."))


def _new_one(enterprise: Enterprise, rows: list[SourceRecord]) -> Enterprise:
    """Add the enterprise that the rows will form; until then it bears the old one's name."""
    return Enterprise.objects.create(
        name=enterprise.name,
        sort_key=enterprise.sort_key,
        province_id=rows[0].province_id,
        regency_id=rows[0].regency_id,
        scale=Scale.UNKNOWN,
        first_seen=enterprise.first_seen,
        last_seen=enterprise.first_seen,
        is_listed=False,
    )


def _move(
    rows: list[SourceRecord], held: dict[int, int], made: Enterprise, reason: str, by: User
) -> None:
    sources = Enterprise.objects.in_bulk({held[row.pk] for row in rows})
    for source in sources.values():
        separating.keep_apart(source, made, reason=reason, by=by)
    office = office_of([*sources.values(), made])
    SplitMove.objects.bulk_create(
        SplitMove(
            source_record=row,
            from_enterprise_id=held[row.pk],
            to_enterprise=made,
            province_id=office.province_id,
            regency_id=office.regency_id,
            reason=reason,
            by=by,
        )
        for row in rows
    )
