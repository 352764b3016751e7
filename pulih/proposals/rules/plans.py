"""A whole proposal before it is sent: money in sum, people, places and dates.

Source: LAW-07, PROG-01.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pulih.common.errors import Message
from pulih.common.money import grouped, rupiah
from pulih.common.number_words import english
from pulih.common.periods import day as written_day

from .findings import Finding, Severity
from .rows import Basis, CheckedRow, CostRow, check_row

THOUSANDS_BELOW = 10_000  # A plan whose dearest unit costs less is hardly in rupiah.
MOST_HOURS_A_DAY = 10  # Lesson hours of 45 minutes.


@dataclass(frozen=True)
class Affected:
    """Affected firms and workers hit; None: of such nobody is asked for."""

    firms: int | None = None
    workers: int | None = None

    @property
    def people(self) -> int:
        return (self.firms or 0) + (self.workers or 0)

    @property
    def words(self) -> Message:
        said = [
            Message(
                f"{grouped(number)} {words}",
                english(number, one, more),
            )
            for number, words, one, more in (
                (self.firms, "IKM terdampak", "affected firm", "affected firms"),
                (self.workers, "pekerja terdampak", "worker hit", "workers hit"),
            )
            if number is not None
        ]
        return Message(" dan ".join(m.id for m in said), " and ".join(m.en for m in said))


@dataclass(frozen=True)
class Quota:
    """Participants of a regency. province: where the regency lies. affected: how many are known
    there of those who may come, by what they are; None where nobody reported."""

    regency: int
    name: str
    province: int
    people: int
    affected: Affected | None


@dataclass(frozen=True)
class Plan:
    """What a proposal asks for, as plain values. goods: pieces by unit of measure.

    is_over: the fiscal year has ended, and nothing of it is spent. lesson_hours: JP of one class.
    """

    fiscal_year: int
    province: int
    province_name: str
    round_opens: date
    starts_on: date | None
    ends_on: date | None
    days: int
    lesson_hours: int
    classes: int
    class_size: int
    quotas: tuple[Quota, ...]
    goods: Mapping[str, int]
    rows: tuple[CostRow, ...]
    missing: tuple[tuple[str, Message], ...] = ()
    is_over: bool = False

    @property
    def participants(self) -> int:
        return sum(quota.people for quota in self.quotas)


@dataclass(frozen=True)
class Like:
    """What like proposals and the catalogue say, in rupiah a participant; None: nothing known."""

    median_per_participant: int | None = None
    proposals: int = 0
    catalogue_unit_cost: int | None = None


@dataclass(frozen=True)
class Sums:
    """The plan in sum; averages in whole rupiah, rounded down; None without a divisor."""

    rupiah: int
    per_participant: int | None
    per_piece: Mapping[str, int]
    per_hour: int | None


@dataclass(frozen=True)
class Assessment:
    """Every row checked, the sums, and everything found: of rows first, in their order."""

    rows: tuple[CheckedRow, ...]
    sums: Sums
    findings: tuple[Finding, ...] = field(default=())

    @property
    def may_be_sent(self) -> bool:
        return not any(one.severity.stops for one in self.findings)

    @property
    def stopping(self) -> list[Finding]:
        return [one for one in self.findings if one.severity.stops]


def assess(plan: Plan, basis: Basis, like: Like | None = None) -> Assessment:
    """Check a proposal whole: while it is typed and again at the gate."""
    rows = tuple(check_row(row, basis) for row in plan.rows)
    sums = sums_of(plan, rows)
    found = [finding for row in rows for finding in row.findings]
    found += [*_basis(plan, basis), *_thousands(rows), *_missing(plan)]
    found += [*_dates(plan), *_people(plan), *_beside(sums, like or Like())]
    return Assessment(rows, sums, tuple(found))


def sums_of(plan: Plan, rows: Sequence[CheckedRow]) -> Sums:
    """Add up the rows, and divide by participants, pieces and lesson hours of all classes."""
    total = sum(row.rupiah or 0 for row in rows)
    people, hours = plan.participants, plan.lesson_hours * plan.classes
    return Sums(
        total,
        total // people if people else None,
        {unit: total // pieces for unit, pieces in plan.goods.items() if pieces},
        total // hours if hours else None,
    )


def _basis(plan: Plan, basis: Basis) -> Iterator[Finding]:
    year = plan.fiscal_year
    if not basis.standards:
        message = Message(
            f"Belum ada SBM {year} untuk {plan.province_name}; usulan tidak dapat diperiksa dan "
            "tidak dapat dikirim. Minta perencana mengimpor SBM tahun itu.",
            f"There are no standard unit costs of {year} for {plan.province_name}; the proposal "
            "cannot be checked and cannot be sent. Ask a planner to import those of the year.",
        )
        yield Finding("no_standards", Severity.BLOCKS, "rows", message)
    if not plan.rows:
        message = Message(
            "Rencana biaya belum berisi baris; tambah paling sedikit satu.",
            "The cost plan has no rows; add at least one.",
        )
        yield Finding("no_rows", Severity.BLOCKS, "rows", message)


def _thousands(rows: Sequence[CheckedRow]) -> Iterator[Finding]:
    dearest = max((row.row.unit_cost for row in rows), default=0)
    if len(rows) < 2 or dearest >= THOUSANDS_BELOW or dearest < 1:
        return
    total = sum(row.rupiah or 0 for row in rows)
    message = Message(
        f"Rencana biaya tampaknya ditulis dalam ribuan: harga satuan tertinggi {rupiah(dearest)}, "
        f"jumlah {rupiah(total)}. Kalikan semua harga satuan dengan 1.000.",
        f"The cost plan seems to be written in thousands: the dearest unit costs "
        f"{rupiah(dearest, 'en')}, all of it {rupiah(total, 'en')}. Multiply every unit cost by "
        "1,000.",
    )
    yield Finding("thousands", Severity.BLOCKS, "rows", message)


def _missing(plan: Plan) -> Iterator[Finding]:
    for name, words in plan.missing:
        message = Message(
            f"“{words.id}” belum diisi; kerangka acuan (KAK) memerlukannya.",
            f"“{words.en}” is empty; the terms of reference need it.",
        )
        yield Finding("missing", Severity.BLOCKS, name, message)


def _dates(plan: Plan) -> Iterator[Finding]:
    first, last = plan.starts_on, plan.ends_on
    if first is None or last is None:
        message = Message("Tanggal mulai dan selesai belum diisi.", "The dates are empty.")
        yield Finding("dates", Severity.BLOCKS, "starts_on", message)
        return
    shown = (written_day(first), written_day(first, "en"))
    if last < first:
        message = Message(
            f"Tanggal selesai {written_day(last)} sebelum tanggal mulai {shown[0]}.",
            f"The last day, {written_day(last, 'en')}, is before the first, {shown[1]}.",
        )
        yield Finding("dates", Severity.BLOCKS, "ends_on", message)
    yield from _year(plan, first, last)
    if first < plan.round_opens:
        message = Message(
            f"Tanggal mulai {shown[0]} sebelum putaran usulan dibuka, "
            f"{written_day(plan.round_opens)}; pilih tanggal sesudahnya.",
            f"The first day, {shown[1]}, is before the round opens on "
            f"{written_day(plan.round_opens, 'en')}; choose a later one.",
        )
        yield Finding("round", Severity.BLOCKS, "starts_on", message)
    yield from _length(plan, first, last)


def _year(plan: Plan, first: date, last: date) -> Iterator[Finding]:
    year = plan.fiscal_year
    if plan.is_over:
        message = Message(
            f"Tahun anggaran {year} sudah berakhir; kegiatannya tidak dapat diajukan lagi. Ajukan "
            "dalam putaran tahun berjalan.",
            f"Fiscal year {year} has ended; nothing of it can be asked for any more. Propose it in "
            "a round of the current year.",
        )
        yield Finding("year", Severity.BLOCKS, "starts_on", message)
        return
    for value in (first, last):
        if value.year != year:
            message = Message(
                f"Tanggal {written_day(value)} bukan dalam tahun anggaran putaran ini; pilih "
                f"tanggal dalam {year}.",
                f"The day {written_day(value, 'en')} is not in the fiscal year of this round; "
                f"choose a day in {year}.",
            )
            yield Finding("year", Severity.BLOCKS, "starts_on", message)
            return


def _length(plan: Plan, first: date, last: date) -> Iterator[Finding]:
    span = (last - first).days + 1
    if span < plan.days:
        message = Message(
            f"{plan.days} hari pelaksanaan tidak muat dalam {span} hari kalender.",
            f"{english(plan.days, 'day', 'days')} of work do not fit into "
            f"{english(span, 'calendar day', 'calendar days')}.",
        )
        yield Finding("days", Severity.BLOCKS, "days", message)
    if plan.days and plan.lesson_hours > plan.days * MOST_HOURS_A_DAY:
        message = Message(
            f"{plan.lesson_hours} JP dalam {plan.days} hari lebih dari {MOST_HOURS_A_DAY} JP "
            "sehari; tambah hari atau kurangi JP.",
            f"{plan.lesson_hours} lesson hours in {english(plan.days, 'day', 'days')} are more "
            f"than {MOST_HOURS_A_DAY} a day; add days or take hours away.",
        )
        yield Finding("hours", Severity.WARNS, "lesson_hours", message)


def _people(plan: Plan) -> Iterator[Finding]:
    seats, asked = plan.classes * plan.class_size, plan.participants
    if asked != seats:
        message = Message(
            f"Kuota kabupaten/kota berjumlah {grouped(asked)} orang, sedangkan {plan.classes} "
            f"kelas × {plan.class_size} = {grouped(seats)}; samakan keduanya.",
            f"The quotas of the regencies add up to {english(asked, 'person', 'people')}, but "
            f"{english(plan.classes, 'class', 'classes')} × {plan.class_size} = "
            f"{grouped(seats, 'en')}; make them equal.",
        )
        yield Finding("seats", Severity.BLOCKS, "quotas", message)
    for quota in plan.quotas:
        if quota.province != plan.province:
            message = Message(
                f"{quota.name} bukan bagian {plan.province_name}; hapus dari kuota.",
                f"{quota.name} is not in {plan.province_name}; take it out of the quotas.",
            )
            yield Finding("elsewhere", Severity.BLOCKS, "quotas", message)
        elif quota.people < 1:
            message = Message(
                f"{quota.name}: kuota harus paling sedikit 1 orang.",
                f"{quota.name}: the quota must be at least 1 person.",
            )
            yield Finding("quota", Severity.BLOCKS, "quotas", message)
        elif quota.affected is not None and quota.people > quota.affected.people:
            known = quota.affected.words
            message = Message(
                f"{quota.name}: kuota {grouped(quota.people)} orang melebihi {known.id} yang "
                "diketahui di sana.",
                f"{quota.name}: the quota of {english(quota.people, 'person', 'people')} is above "
                f"the {known.en} known there.",
            )
            # Laid-off people may come from firms that nobody reports of: the verifier decides.
            only_firms = quota.affected.workers is None
            severity = Severity.BLOCKS if only_firms else Severity.WARNS
            yield Finding("above_affected", severity, "quotas", message)


def _beside(sums: Sums, like: Like) -> Iterator[Finding]:
    """Say how the cost of a participant compares with like proposals and with the catalogue."""
    each = sums.per_participant
    beside = (
        ("median", like.median_per_participant,
         Message(f"nilai tengah {like.proposals} usulan sejenis",
                 f"the median of {english(like.proposals, 'like proposal', 'like proposals')}")),
        ("catalogue", like.catalogue_unit_cost,
         Message("biaya satuan katalog", "the unit cost of the catalogue")),
    )  # fmt: skip
    for key, other, words in beside:
        if each is None or other is None:
            continue
        change = each - other
        more = ("di atas", "above") if change > 0 else ("di bawah", "below")
        severity = Severity.WARNS if change > other // 2 else Severity.NOTES
        message = Message(
            f"{rupiah(each)} per peserta, {rupiah(abs(change))} {more[0]} {words.id} "
            f"{rupiah(other)}.",
            f"{rupiah(each, 'en')} a participant, {rupiah(abs(change), 'en')} {more[1]} "
            f"{words.en}, {rupiah(other, 'en')}.",
        )
        yield Finding(key, severity, "sums", message)
