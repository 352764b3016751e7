"""The first quarter's reports of the scenario: targets, progress, and Form C, mostly in time.

Invented like the money they report of; three provinces have not filed, as in the matrix of March.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from django.db import transaction

from pulih.budget.models import Appointment, SpendingUnit
from pulih.common.periods import WIB
from pulih.monitoring import actions
from pulih.monitoring.actions import NoteGiven, ProgressGiven, TargetGiven
from pulih.monitoring.models import ActivityTarget
from pulih.monitoring.reads import facts_of
from pulih.monitoring.rules.facts import Output, QuarterFacts
from pulih.people.models import User
from pulih.people.scope import speaking_for

from .capitals import CAPITALS
from .pok import ACTIVITY, FISCAL_YEAR

QUARTER = 1
SILENT = ("Maluku", "Papua", "Papua Barat")
# Each output by its number: what it is, what is counted, in what, and how much in a year.
OUTPUTS = {
    "001.001": ("Bimtek alat pelindung dan sanitasi", "IKM dilatih", "IKM", 120),
    "001.002": ("Fasilitasi halal, pemasaran, dan legalitas", "IKM difasilitasi", "IKM", 60),
    "002.001": ("Penumbuhan wirausaha baru", "Wirausaha baru", "orang", 80),
    "002.002": ("Pendampingan penyuluh lapangan", "IKM didampingi", "IKM", 45),
    "003.001": ("Koordinasi dan pengelolaan satker", "Laporan", "dokumen", 12),
}
WORK = (Decimal(10), Decimal(35), Decimal(70), Decimal(100))  # Percent to each quarter's end.
OBSTACLES = (
    ("Pelatihan tatap muka tertunda oleh pembatasan sosial.", "Pelatihan dialihkan ke daring."),
    ("Kode akun penanganan pandemi belum tersedia.", "Revisi POK ke akun pandemi diusulkan."),
    ("Harga bahan baku masker naik di atas RAB.", "Survei harga ulang bersama sentra."),
)
HELPERS = ("Kanwil DJPb", "Dinas Kominfo Provinsi", "Ditjen IKMA")


def report_first_quarter(seed: int, said: Callable[[int, int], None], *, by: User) -> None:
    """Let every provincial unit type its year and file Form C; one that did is passed."""
    units = list(
        SpendingUnit.objects.filter(authority="DK").select_related("province").order_by("code")
    )
    with speaking_for(by):
        for done, unit in enumerate(units):
            said(done, len(units))
            if not ActivityTarget.objects.filter(unit=unit, fiscal_year=FISCAL_YEAR).exists():
                with transaction.atomic():
                    _report(unit, Random(f"{seed} report {unit.code}"), by)
    said(len(units), len(units))


def _report(unit: SpendingUnit, random: Random, by: User) -> None:
    _head(unit, random, by)
    facts = facts_of(unit, FISCAL_YEAR, QUARTER)
    for output in facts.outputs:
        actions.save_target(unit, FISCAL_YEAR, _target(output), by=by)
    if unit.province.name in SILENT:
        return
    actions.save_progress(
        unit,
        FISCAL_YEAR,
        QUARTER,
        progress=[_progress(facts, output, random) for output in facts.outputs],
        notes=[_note(output, random) for output in facts.outputs[:1]],
        by=by,
    )
    actions.file(unit, FISCAL_YEAR, QUARTER, "C", by=by, now=_day_of_filing(random))


def _head(unit: SpendingUnit, random: Random, by: User) -> None:
    actions.save_general(
        unit,
        FISCAL_YEAR,
        dipa_number=f"SP DIPA-019.05.3.{unit.code}/{FISCAL_YEAR} (peragaan)",
        dipa_date=date(2019, 11, 12),
        by=by,
    )
    name = "Penumbuhan dan Pengembangan IKM"
    for activity in ("", ACTIVITY):
        actions.save_heading(unit, FISCAL_YEAR, programme="", activity=activity, name=name, by=by)
    posts = {"kpa": "Kepala Dinas selaku KPA", "ppk": "Pejabat Pembuat Komitmen"}
    appointed = Appointment.objects.filter(unit=unit, post__in=posts).select_related("person")
    for one in appointed:
        actions.name_signatory(
            unit,
            role=one.post,
            name=str(one.person),
            nip=f"{random.randrange(1965, 1985)}0101199503{random.randrange(1000, 3000)}",
            post=posts[one.post],
            place=CAPITALS[unit.province.name],
            valid_from=one.valid_from,
            by=by,
        )


def _target(output: Output) -> TargetGiven:
    name, indicator, measured_in, volume = OUTPUTS[output.output]
    money = (None, None, None, None)  # Page III of the DIPA says it.
    return TargetGiven(output.part, name, indicator, measured_in, Decimal(volume), money, WORK)


def _progress(facts: QuarterFacts, output: Output, random: Random) -> ProgressGiven:
    lines = [line for line in facts.lines if line.part == output.part]
    ceiling, paid = sum(line.ceiling for line in lines), sum(line.realised for line in lines)
    share = Decimal(paid) * 100 / ceiling if ceiling else Decimal(0)
    physical = min(Decimal(100), share + random.randint(0, 6)).quantize(Decimal("0.1"))
    volume = OUTPUTS[output.output][3] * physical // 100
    return ProgressGiven(output.part, volume, physical)


def _note(output: Output, random: Random) -> NoteGiven:
    obstacle, follow_up = random.choice(OBSTACLES)
    return NoteGiven(output.programme, output.activity, obstacle, follow_up, random.choice(HELPERS))


def _day_of_filing(random: Random) -> datetime:
    """Return a moment of 3 to 13 April 2020: Form C was due on the 7th."""
    day = random.choices((3, 6, 7, 8, 9, 13), weights=(2, 6, 16, 4, 2, 1))[0]
    return datetime(2020, 4, day, 9, tzinfo=WIB) + timedelta(minutes=random.randint(0, 420))
