"""The kind of a payee: as an officer states it, else by rule."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import BigIntegerField, Func

from pulih.common.identity_numbers import IdentityNumber

from ..models import Appointment, PartyRuling, Posting
from ..rules.parties import PartyKind, digest_of, kind_of

Rulings = Mapping[tuple[int, str], PartyKind]  # By province and digest.


class Kind(NamedTuple):
    """ruling: the officer's word, where there is one."""

    kind: PartyKind
    label: str
    ruling: PartyRuling | None


def rulings(known_at: datetime) -> Rulings:
    """Return what officers had stated by a moment."""
    stated = PartyRuling.objects.filter(at__lte=known_at).order_by("id")
    columns = stated.values_list("province_id", "digest", "kind")
    return {(province, digest): PartyKind(kind) for province, digest, kind in columns}


def ruled(every: Rulings, posting: Posting) -> PartyKind | None:
    """Return the officer's word on the payee of a document."""
    return every.get((posting.province_id, digest_of(posting.party)))


def kind_on(posting: Posting) -> Kind | None:
    """Return the kind of a document's payee; None where it names none."""
    if not posting.party.strip():
        return None
    digest = digest_of(posting.party)
    stated = PartyRuling.objects.filter(province=posting.province, digest=digest)
    ruling = stated.select_related("by").order_by("-id").first()
    kind = PartyKind(ruling.kind) if ruling else kind_of(posting.party)
    shown = PartyRuling(kind=kind.value)
    return Kind(kind, str(shown.get_kind_display()), ruling)


def names_of_the_speaker(names: Iterable[str]) -> list[str]:
    """Return those of the payees that are whoever speaks, as the ledger compares them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM unnest(%s::text[]) AS name"
            " WHERE budget_is_paid(pulih_person(), name)",
            [list(names)],
        )
        return [str(name) for (name,) in cursor.fetchall()]


def is_number_of_the_speaker(niks: Iterable[IdentityNumber]) -> bool:
    """Tell whether one of these is the NIK that an appointment of whoever speaks names."""
    speaker = Func(function="pulih_person", output_field=BigIntegerField())
    named = [nik for nik in niks if nik]
    return Appointment.objects.filter(person_id=speaker, nik__in=named).exists()
