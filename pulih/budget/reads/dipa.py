"""Which DIPA a unit's year stands on: what was posted as one, and not taken back, else as typed."""

from datetime import date

from ..models import DocumentKind, Entry, SpendingUnit
from ..office_heads import typed_of


def dipa_of(
    unit: SpendingUnit, fiscal_year: int, day: date, known: date | None = None
) -> tuple[str, date | None]:
    """Return number and day of the newest DIPA in effect; a blank while there is none.

    What was typed beside the ledger is no part of what was known by an earlier moment.
    """
    entries = Entry.objects.filter(
        line__unit=unit,
        line__fiscal_year=fiscal_year,
        posting__document_kind=DocumentKind.DIPA,
        posting__reversed_by=None,
        posting__reverses=None,
        effective_on__lte=day,
    ).known_by(known)
    newest = entries.order_by("-effective_on", "-pk").values_list(
        "posting__document_number", "effective_on"
    )
    if (posted := newest.first()) or known:
        return posted or ("", None)
    typed = typed_of(unit.pk, fiscal_year, day)
    is_there = typed.dipa_date is not None and typed.dipa_date <= day
    return (typed.dipa_number, typed.dipa_date) if is_there else ("", None)
