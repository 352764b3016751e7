"""What an amendment leaves behind in the proposal as it comes into force."""

from typing import Any

from django.db import connection

from pulih.people.models import User

from ..amended import as_amended
from ..contents import SECTIONS
from ..models import Amendment, DecidedPlace, DecidedRow, Proposal
from ..reads import Parts


def store(amendment: Amendment, by: User) -> None:
    """Write the proposal's own rows again; the triggers let this transaction."""
    proposal = amendment.proposal
    changed, parts = as_amended(proposal, amendment.after)
    for name in SECTIONS:
        setattr(proposal, name, getattr(changed, name))
    proposal.version, proposal.changed_by = proposal.version + 1, by
    proposal.save(update_fields=[*SECTIONS, "version", "changed_by", "changed_at"])
    for stored, new in _pairs(proposal, parts):
        stored.all().delete()
        for one in new:
            one.proposal, one.changed_by = proposal, by
        stored.model.objects.bulk_create(new)


def _pairs(proposal: Proposal, parts: Parts) -> list[tuple[Any, Any]]:
    return [
        (proposal.rows, parts.rows), (proposal.places, parts.places), (proposal.goods, parts.goods),
    ]  # fmt: skip


def decide_rows(amendment: Amendment) -> None:
    """Keep what is approved now beside what was decided first, where the money was amended.

    Rows that stay as they are stay the same records: what was paid is remembered by them.
    """
    if "money" not in amendment.topics:
        return
    DecidedRow.objects.bulk_create(
        DecidedRow(
            decision=amendment.proposal.decision,
            proposal=amendment.proposal,
            amendment=amendment,
            unit_cost_asked=row["unit_cost"],
            rupiah_asked=row["rupiah"],
            reason="",
            **{
                name: row[name]
                for name in
                ("position", "text", "account", "counts", "units", "unit_cost", "rupiah")
            },
        )
        for row in amendment.after["rows"]
    )  # fmt: skip


def decide_places(amendment: Amendment) -> None:
    """Keep who may come from where now; all of it, as its places are numbered again."""
    proposal = amendment.proposal
    DecidedPlace.objects.bulk_create(
        DecidedPlace(
            decision=proposal.decision,
            proposal=proposal,
            amendment=amendment,
            position=place.position,
            regency_id=place.regency_id,
            site=place.site,
            people_asked=place.people,
            people=place.people,
        )
        for place in proposal.places.all()
    )


def transaction_id() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return int(cursor.fetchone()[0])
