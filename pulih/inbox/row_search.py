"""Rows of a file by words: in what is shown of them, never in what is cut."""

from django.db.models import F, Func, Q, TextField

from pulih.audit.actions import record
from pulih.common.identity_numbers import PERSONAL
from pulih.people.models import User

from .models import ImportBatch, SourceRecordQuerySet

LENGTHS = (15, 16)  # NPWP; NIK and family card.
SHOWN = Func(
    F("values"),
    template=(
        "regexp_replace((%(expressions)s - ARRAY['nik', 'family_card', 'npwp'])::text,"
        r" '\d([ .''’-]?\d){14,}', '', 'g')"
    ),
    output_field=TextField(),
)


def asked(
    rows: SourceRecordQuerySet, words: str, *, batch: ImportBatch, by: User
) -> SourceRecordQuerySet:
    """Keep the rows that hold the words; a whole number of a person is compared whole.

    Such a search is written down. Parts of a number find nothing: no digits can be tried out.
    """
    figures = words.replace(" ", "").replace(".", "").replace("-", "")
    if not (figures.isascii() and figures.isdecimal() and len(figures) in LENGTHS):
        fitting: SourceRecordQuerySet = rows.annotate(shown=SHOWN).filter(shown__icontains=words)
        return fitting
    fits = Q()
    for name in PERSONAL:
        fits |= Q(**{f"values__{name}": figures})
    found: SourceRecordQuerySet = rows.filter(fits)
    record(by, "inbox.search_number", batch, found=found.count())
    return found
