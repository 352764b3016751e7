"""What an office does with a draft: begin it, write its sections, rows, places and goods."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import F, Max, Model
from django.db.models.functions import Length

from pulih.areas.models import Area
from pulih.audit.actions import record
from pulih.common.errors import Message, Refusal
from pulih.measures.models import Measure
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.workflow import clock
from pulih.workflow.actions import start

from ..clocks import duty_in
from ..models import CostRow, Place, Proposal, ProposedGood, Round
from ..rules.factors import Factor, amount
from ..rules.machine import PROPOSAL
from .clashes import Clash, changed_fields

Part = TypeVar("Part", CostRow, Place, ProposedGood)
MOST_PARTS = 500  # A plan longer than this is several proposals, or a wrong sheet.


@transaction.atomic
def begin(
    *, round_: Round, measure: Measure, province: Area, title: str, by: User,
    now: datetime | None = None,
) -> Proposal:  # fmt: skip
    """Begin a draft and give it its number. May refuse."""
    require(by, Permission.PROPOSE, province)
    if round_.measures and measure.code not in round_.measures:
        raise Refusal(
            Message(
                f"Putaran “{round_.title}” tidak menerima “{measure.name_indonesian}”; pilih "
                "langkah lain.",
                f"The round “{round_.title}” does not take “{measure.name_en}”; choose another "
                "measure.",
            )
        )
    proposal = Proposal.objects.create(
        number=next_number(Proposal, province, round_.fiscal_year),
        round=round_,
        measure=measure,
        province=province,
        title=title,
        made_by=by,
        made_at=now or clock.now(),
        changed_by=by,
    )
    start(PROPOSAL, proposal.pk, area=province, by=by, duty=duty_in("draft", province), now=now)
    record(by, "proposals.begin", proposal, round=round_.pk, measure=measure.code)
    return proposal


def next_number(kind: type[Model], office: Area, year: int, mark: str = "") -> str:
    """Return the next number of an office and year, such as `63-2020-003`; each is given once."""
    with connection.cursor() as cursor:
        key = f"proposals:{mark}{office.pk}:{year}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    code = office.codes.filter(scheme="kemendagri").order_by("-valid_from").first()
    prefix = f"{code.code if code else office.pk}-{year}-{mark}"
    taken = kind._default_manager.filter(number__startswith=prefix)
    by_size = taken.order_by(Length("number").desc(), "-number")  # 1000 comes after 999.
    last = by_size.values_list("number", flat=True).first()
    return f"{prefix}{int(last.removeprefix(prefix)) + 1 if last else 1:03d}"


@transaction.atomic
def save_sections(
    proposal: Proposal, values: Mapping[str, Any], *, seen: int, by: User
) -> Proposal:
    """Write fields of the proposal itself. Raises Clash where somebody changed them meanwhile."""
    locked = locked_draft(proposal, by)
    changed = changed_fields(locked, values, seen)
    if changed:
        for name, value in changed.items():
            setattr(locked, name, value)
        locked.version += 1
        locked.changed_by = by
        locked.save()
        record(by, "proposals.change", locked, fields=sorted(changed))
    return locked


@transaction.atomic
def add_part(proposal: Proposal, kind: type[Part], values: Mapping[str, Any], *, by: User) -> Part:
    """Add a row, a place or goods at the end. May refuse."""
    locked = locked_draft(proposal, by)
    parts = kind._default_manager.filter(proposal=locked)
    if parts.count() >= MOST_PARTS:
        raise Refusal(
            Message(
                f"Usulan berisi paling banyak {MOST_PARTS} baris; bagi menjadi beberapa usulan.",
                f"A proposal holds at most {MOST_PARTS} rows; split it into several.",
            )
        )
    last = parts.aggregate(last=Max("position"))["last"] or 0
    part = kind(proposal=locked, position=last + 1, changed_by=by, **_complete(kind, values))
    part.save()
    record(by, "proposals.add_part", locked, what=kind._meta.model_name, part=part.pk)
    return part


@transaction.atomic
def save_part(
    proposal: Proposal,
    kind: type[Part],
    key: int,
    values: Mapping[str, Any],
    *,
    seen: int,
    by: User,
) -> Part:
    """Change a row, a place or goods. Raises Clash where it was changed or deleted meanwhile."""
    locked = locked_draft(proposal, by)
    part = _found(locked, kind, key)
    changed = changed_fields(part, _complete(kind, values), seen)
    if changed:
        for name, value in changed.items():
            setattr(part, name, value)
        part.version += 1
        part.changed_by = by
        part.save()
        record(by, "proposals.change_part", locked, what=kind._meta.model_name, part=part.pk)
    return part


@transaction.atomic
def delete_part(proposal: Proposal, kind: type[Part], key: int, *, seen: int, by: User) -> None:
    """Delete a row, a place or goods. Raises Clash where it was changed meanwhile."""
    locked = locked_draft(proposal, by)
    part = kind._default_manager.filter(proposal=locked, pk=key).first()
    if part is None:
        return  # Both wanted it gone.
    if part.version != seen:
        raise Clash(part.changed_by.name, part.version, ())
    part.delete()
    after = kind._default_manager.filter(proposal=locked, position__gt=part.position)
    after.update(position=F("position") - 1)
    record(by, "proposals.delete_part", locked, what=kind._meta.model_name, part=key)


@transaction.atomic
def replace_rows(
    proposal: Proposal, rows: Sequence[Mapping[str, Any]], *, seen: Mapping[int, int], by: User
) -> None:
    """Put the rows of an office's own sheet in place of the plan's. May refuse.

    seen: version by key of the rows that this person saw; others make a Clash.
    """
    locked = locked_draft(proposal, by)
    there = {row.pk: row for row in locked.rows.select_related("changed_by")}
    for key, row in there.items():
        if seen.get(key) != row.version:
            raise Clash(row.changed_by.name, row.version, ())
    locked.rows.all().delete()
    CostRow.objects.bulk_create(
        CostRow(proposal=locked, position=place, changed_by=by, **_complete(CostRow, values))
        for place, values in enumerate(rows, start=1)
    )
    record(by, "proposals.rows_from_sheet", locked, rows=len(rows), before=len(there))


def locked_draft(proposal: Proposal, by: User) -> Proposal:
    """Return the proposal locked for writing. Refuses what has been sent."""
    require(by, Permission.PROPOSE, proposal.province)
    locked = Proposal.objects.select_for_update(of=("self",)).select_related("changed_by")
    found: Proposal = locked.get(pk=proposal.pk)
    if not found.is_editable:
        raise Refusal(
            Message(
                f"Usulan {found.number} sudah diajukan dan tidak dapat diubah; tunggu sampai "
                "dikembalikan, atau tarik usulan itu.",
                f"Proposal {found.number} has been sent and cannot be changed; wait until it is "
                "returned, or withdraw it.",
            )
        )
    return found


def _found(proposal: Proposal, kind: type[Part], key: int) -> Part:
    parts = kind._default_manager.select_related("changed_by")
    part = parts.filter(proposal=proposal, pk=key).first()
    if part is None:
        raise Clash(_who_deleted(kind, key), 0, (), is_gone=True)
    return part


def _who_deleted(kind: type[Part], key: int) -> str:
    events: Any = kind._meta.get_field("events").related_model
    last = events.objects.filter(pgh_obj_id=key, pgh_label="deleted").last()
    who = User.objects.filter(pk=last.pgh_person).first() if last else None
    return who.name if who else "Pulih"


def _complete(kind: type[Part], values: Mapping[str, Any]) -> dict[str, Any]:
    """Add the amount of a cost row, the exact product of its factors."""
    if kind is not CostRow:
        return dict(values)
    counts, units = values["counts"], values["units"]
    factors = [Factor(n, unit) for n, unit in zip(counts, units, strict=True)]
    rupiah = amount(factors, values["unit_cost"]) if factors else 0
    return {**values, "rupiah": rupiah}
