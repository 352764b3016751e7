"""Rows of a file by words: in what is shown of them, never in what is cut."""

from django.db.models import F, Func, Q, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.lookups import Exact

from pulih.audit.actions import record
from pulih.common.identity_numbers import NIK_LIKE, PERSONAL
from pulih.people.models import User
from pulih.people.number_cipher import STORED_WITHIN, search_hash
from pulih.people.scope import ScopedQuerySet

from .actions.storing import OF_PEOPLE
from .models import ImportBatch

LENGTHS = (15, 16)  # NPWP; NIK and family card.
PART = r"[ .'’-]?"  # What may stand between figures.
LONG = rf"\d({PART}\d){{14,}}"
# In lists of money, whose documents (SP2D: 15 figures) must be found: NIK_LIKE, however parted.
OF_A_NIK = (
    rf"(?<!\d)[1-9]({PART}\d){{5}}{PART}"
    rf"(0{PART}[1-9]|[1256]{PART}\d|3{PART}[01]|4{PART}[1-9]|7{PART}[01]){PART}"
    rf"(0{PART}[1-9]|1{PART}[0-2])({PART}\d){{6}}(?!\d)"
)
HELD = Func(
    F("values"),
    Value(STORED_WITHIN),
    template="regexp_replace((%(expressions)s, '', 'g')",
    arg_joiner=" - ARRAY['nik', 'family_card', 'npwp'])::text, ",
    output_field=TextField(),
)


def asked(rows: ScopedQuerySet, words: str, *, batch: ImportBatch, by: User) -> ScopedQuerySet:
    """Keep the rows that hold the words; a whole number of a person is compared whole.

    Such a search is written down. Parts of a number find nothing: no digits can be tried out.
    """
    figures = words.replace(" ", "").replace(".", "").replace("-", "")
    of_people = batch.kind in OF_PEOPLE
    if not _names_a_person(figures, of_people):
        shown = _shown(LONG if of_people else OF_A_NIK)
        fitting: ScopedQuerySet = rows.annotate(shown=shown).filter(shown__icontains=words)
        return fitting
    fits = Q()
    for name in PERSONAL:
        held = Func(
            KeyTextTransform(name, "values"), Value(":"), Value(2),
            function="split_part", output_field=TextField(),
        )  # fmt: skip
        fits |= Q(Exact(held, search_hash(figures)))
    found: ScopedQuerySet = rows.filter(fits)
    record(by, "inbox.search_number", batch, found=found.count())
    return found


def _names_a_person(figures: str, of_people: bool) -> bool:
    if not of_people:
        return bool(NIK_LIKE.fullmatch(figures))
    return figures.isascii() and figures.isdecimal() and len(figures) in LENGTHS


def _shown(without: str) -> Func:
    return Func(
        HELD, Value(without), Value(""), Value("g"),
        function="regexp_replace", output_field=TextField(),
    )  # fmt: skip
