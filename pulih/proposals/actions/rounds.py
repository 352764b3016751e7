"""What planners do with rounds."""

from datetime import date

from django.db import transaction

from pulih.audit.actions import record
from pulih.common.errors import Message, Refusal
from pulih.common.periods import day
from pulih.measures.models import Measure
from pulih.people.models import User
from pulih.people.permissions import Permission, require

from ..models import Round


@transaction.atomic
def save(
    round_: Round,
    *,
    title: str,
    fiscal_year: int,
    opens_on: date,
    closes_on: date,
    measures: list[str],
    note: str,
    by: User,
) -> Round:
    """Open a round, or change when it closes and what it takes. May refuse.

    A round with proposals keeps its year; its last day may move, never before its first.
    """
    require(by, Permission.MANAGE_ROUNDS, None)
    if closes_on < opens_on:
        raise Refusal(
            Message(
                f"Putaran ditutup {day(closes_on)}, sebelum dibuka {day(opens_on)}; "
                "perbaiki salah satu tanggalnya.",
                f"The round closes on {day(closes_on, 'en')}, before it opens on "
                f"{day(opens_on, 'en')}; mend one of the days.",
            )
        )
    unknown = set(measures) - set(Measure.objects.values_list("code", flat=True))
    assert not unknown, unknown
    is_new = round_.pk is None
    if not is_new and round_.fiscal_year != fiscal_year and round_.proposals.exists():
        raise Refusal(
            Message(
                f"Putaran ini sudah berisi usulan tahun {round_.fiscal_year}; buat putaran lain "
                f"untuk {fiscal_year}.",
                f"This round holds proposals of {round_.fiscal_year} already; make another for "
                f"{fiscal_year}.",
            )
        )
    taken = Round.objects.filter(fiscal_year=fiscal_year, title=title).exclude(pk=round_.pk)
    if taken.exists():
        raise Refusal(
            Message(
                f"Putaran “{title}” tahun {fiscal_year} sudah ada; pilih nama lain.",
                f"The round “{title}” of {fiscal_year} is there already; choose another name.",
            )
        )
    round_.title, round_.fiscal_year = title, fiscal_year
    round_.opens_on, round_.closes_on = opens_on, closes_on
    round_.measures, round_.note = measures, note
    round_.save()
    record(by, "proposals.round", round_, is_new=is_new)
    return round_
