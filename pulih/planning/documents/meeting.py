"""The sheet of a plan for the meeting that decides on it: what changes where, why, who signs.

Always Indonesian, as all papers are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone, translation

from pulih.budget.reads.promises import Broken
from pulih.common import periods
from pulih.common.money import decimal, firms, rupiah
from pulih.documents.signing import Signature
from pulih.people.models import User
from pulih.workflow.models import Decision, Outcome

from ..actions.adopting import ADOPTION
from ..composition import broken_rules
from ..models import Opinion, Scenario, SolutionBinding, SolutionProvince
from ..shown.binding import binding_rows
from ..shown.provenance import provenance
from ..shown.reasons import why
from ..shown.rules import rule_rows

STAGES = (
    ("worst", "1. Cakupan terendah, sebesar-besarnya"),
    ("relief", "2. Kelegaan seluruhnya, sebesar-besarnya"),
    ("change", "3. Uang yang bergeser dan biaya mengubah baris, sekecil-kecilnya"),
)
NOT_PROVEN = "–"


@dataclass(frozen=True)
class Column:
    """kind: of `workbooks.KINDS`; width: beside the other columns of its table, in letters."""

    head: str
    kind: str
    width: int

    @property
    def is_number(self) -> bool:
        return self.kind != "text"


@dataclass(frozen=True)
class Table:
    """One part of the sheet. rows: text, whole rupiah, percent, or None where nothing is known."""

    title: str
    note: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Any]]
    total: Sequence[Any] = ()
    when_empty: str = ""


@dataclass(frozen=True)
class Meeting:
    title: str
    about: tuple[str, ...]
    tables: tuple[Table, ...]
    signs: tuple[Signature, ...]


def meeting_of(
    scenario: Scenario,
    provinces: Sequence[SolutionProvince],
    broken: Sequence[Broken],
    by: User,
    now: datetime | None = None,
) -> Meeting:
    """Return the sheet of a scenario with a plan. provinces: in their order, what `by` may see."""
    binding = list(scenario.solution.bindings.visible_to(by).select_related("province"))
    with translation.override("id"):
        return Meeting(
            str(scenario),
            _about(scenario, by, now or timezone.now()),
            (
                _stages(scenario),
                _provinces(scenario, provinces, binding),
                _binding(scenario, provinces, binding),
                _rules(scenario),
                _broken(broken),
                _composition(scenario, by),
                _opinions(scenario),
            ),
            _signs(scenario),
        )


def _about(scenario: Scenario, by: User, now: datetime) -> tuple[str, ...]:
    solution, made = scenario.solution, provenance(scenario.solution)
    as_of, solved = periods.day(scenario.as_of), periods.moment(solution.solved_at)
    printed = periods.moment(now)
    return (
        f"Tahun anggaran {scenario.fiscal_year} · {scenario.get_state_display()} · "
        f"kebutuhan per {as_of} · dihitung {solved}",
        f"Pagu {rupiah(solution.before)} menjadi {rupiah(solution.after)}; "
        f"{rupiah(solution.unallocated)} belum dibagi; {rupiah(solution.moved)} bertambah di "
        f"provinsi yang naik; {solution.changed} dari {solution.lines} baris berubah, "
        f"{solution.new_lines} baris baru",
        f"{made.program} · SHA-256 rencana {made.plan_sha256}",
        f"Dicetak {printed} oleh {by}. Uang baru bergeser bila revisi berlaku.",
    )


def _stages(scenario: Scenario) -> Table:
    told = scenario.solution.explanation["stages"]
    return Table(
        "Jawaban dan celahnya",
        "Tidak ada rencana yang melewati batas. Celah adalah jarak nilai ke batas, dalam persen "
        "dari nilai.",
        (
            Column("Tahap", "text", 44),
            Column("Nilai", "text", 24),
            Column("Batas", "text", 24),
            Column("Celah (%)", "percent", 12),
        ),
        [_stage(name, words, told.get(name) or {}) for name, words in STAGES],
    )


def _stage(name: str, words: str, told: dict[str, Any]) -> tuple[Any, ...]:
    gap = told.get("gap")
    value, bound = (_worth(name, told.get(what)) for what in ("value", "bound"))
    return words, value, bound, None if gap is None else gap * 100


def _worth(name: str, number: float | None) -> str:
    if number is None:
        return NOT_PROVEN
    if name == "worst":
        return f"{decimal(number * 100, 2)}%"
    return f"{firms(number)} IKM" if name == "relief" else rupiah(round(number))


def _provinces(
    scenario: Scenario, rows: Sequence[SolutionProvince], binding: list[SolutionBinding]
) -> Table:
    return Table(
        "Per provinsi",
        "Cakupan adalah kelegaan dibagi kelegaan bila semua kebutuhan terlayani. Kosong: tidak "
        "ada kebutuhan, atau belum terbukti dalam waktu hitung.",
        (
            Column("Provinsi", "text", 18),
            Column("Semula (Rp)", "rupiah", 15),
            Column("Menjadi (Rp)", "rupiah", 15),
            Column("Tambah/kurang (Rp)", "rupiah", 16),
            Column("Terikat (Rp)", "rupiah", 15),
            Column("Cakupan semula (%)", "percent", 9),
            Column("Cakupan menjadi (%)", "percent", 9),
            Column("Baris berubah", "whole", 8),
            Column("Mengapa", "text", 60),
        ),
        [
            (
                row.province.name, row.before, row.after, row.change, row.bound,
                _percent(row.coverage_before), _percent(row.coverage_after),
                row.changed + row.new_lines, _because(why(scenario, row, rows, binding).steps),
            )
            for row in rows
        ],
        total=(
            "Jumlah", sum(row.before for row in rows), sum(row.after for row in rows),
            sum(row.change for row in rows), sum(row.bound for row in rows), None, None,
            sum(row.changed + row.new_lines for row in rows), "",
        ),
    )  # fmt: skip


def _because(steps: Sequence[tuple[str, str]]) -> str:
    """Say the need of a province and what stopped it: the first step and the last."""
    return " ".join(f"{title} {words}" for title, words in (steps[0], steps[-1]))


def _percent(share: float | None) -> float | None:
    return None if share is None else share * 100


def _binding(
    scenario: Scenario, provinces: Sequence[SolutionProvince], binding: list[SolutionBinding]
) -> Table:
    rows = binding_rows(scenario, binding, provinces, list(scenario.rules.all()))
    return Table(
        "Aturan yang menahan rencana, dan harganya",
        "Harga adalah perkiraan dari relaksasi, yang lupa bahwa satuan dibeli per kelompok utuh.",
        (
            Column("Aturan", "text", 28),
            Column("Arti", "text", 36),
            Column("Menahan di", "text", 36),
            Column("Harga", "text", 50),
        ),
        [(row.title, row.meaning, row.where, row.price) for row in rows],
    )


def _rules(scenario: Scenario) -> Table:
    return Table(
        "Aturan yang diberikan",
        _of_all(scenario),
        (
            Column("Aturan", "text", 40),
            Column("Wilayah", "text", 20),
            Column("Harus", "text", 40),
            Column("Alasan", "text", 50),
        ),
        [(row.title, row.place, row.bounds, row.rule.reason) for row in rule_rows(scenario)],
        when_empty="Tidak ada aturan lain selain pagu.",
    )


def _of_all(scenario: Scenario) -> str:
    """Say the floor and the cap of provinces that have none of their own."""
    bounds = (("paling sedikit", scenario.floor_percent), ("paling banyak", scenario.cap_percent))
    said = [f"{words} {decimal(limit, 1)}%" for words, limit in bounds if limit is not None]
    return f"Setiap provinsi {' dan '.join(said)} dari uangnya semula." if said else ""


def _broken(broken: Sequence[Broken]) -> Table:
    return Table(
        "Janji yang dilanggar",
        "Menurut saldo pada hari pencetakan. Janji yang dibuat terakhir mengalah lebih dulu.",
        (
            Column("Nomor", "text", 22),
            Column("Judul", "text", 50),
            Column("Baris", "text", 40),
            Column("Dilepas (Rp)", "rupiah", 18),
        ),
        [(one.promise.number, one.promise.title, one.line_key, one.rupiah) for one in broken],
        total=("Jumlah", "", "", sum(one.rupiah for one in broken)) if broken else (),
        when_empty="Tidak ada janji yang dilanggar.",
    )


def _composition(scenario: Scenario, by: User) -> Table:
    return Table(
        "Aturan susunan yang dilanggar",
        "Rencana yang melanggar aturan susunan hanya ditetapkan dengan alasan tertulis.",
        (
            Column("Aturan", "text", 34),
            Column("Keadaan", "text", 50),
            Column("Dasar", "text", 40),
            Column("Alasan tertulis", "text", 50),
            Column("Oleh", "text", 24),
        ),
        [
            (
                one.title.id, one.told.id, one.basis.id,
                *((one.written.reason, str(one.written.written_by)) if one.written else ("", "")),
            )
            for one in broken_rules(scenario, by)
        ],
        when_empty="Tidak ada aturan susunan yang dilanggar.",
    )  # fmt: skip


def _opinions(scenario: Scenario) -> Table:
    said: Iterable[Opinion] = scenario.opinions.select_related("said_by")
    return Table(
        "Pendapat tentang rencana ini",
        "",
        (
            Column("Nama", "text", 30),
            Column("Pendapat", "text", 16),
            Column("Kata-kata", "text", 70),
            Column("Waktu", "text", 24),
        ),
        [
            (str(one.said_by), one.get_stance_display(), one.words, periods.moment(one.said_at))
            for one in said
        ],
        when_empty="Belum ada pendapat.",
    )


def _signs(scenario: Scenario) -> tuple[Signature, ...]:
    """Who drew up, proposed and adopted the plan; dots for who is not known yet."""
    adoption = getattr(scenario.solution, "adoption", None)
    return (
        Signature("Penyusun skenario", str(scenario.made_by)),
        Signature("Pengusul penetapan", _proposer(scenario)),
        Signature(
            "Penetap rencana",
            "" if adoption is None else str(adoption.adopted_by),
            place="",
            day=None if adoption is None else adoption.adopted_at.astimezone(periods.WIB).date(),
        ),
    )


def _proposer(scenario: Scenario) -> str:
    decision = (
        Decision.objects.filter(
            kind=ADOPTION, subject_id=scenario.pk, outcome__in=(Outcome.OPEN, Outcome.APPROVED)
        )
        .select_related("proposed_by")
        .order_by("-pk")
        .first()
    )
    return "" if decision is None else str(decision.proposed_by)
