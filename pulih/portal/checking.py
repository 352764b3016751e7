"""What is asked of a release before anybody may publish it. A check that cannot run fails."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pulih.audit import reconcile as audit
from pulih.budget import reconcile as budget
from pulih.common.errors import Message
from pulih.delivery import reconcile as delivery
from pulih.inbox import reconcile as inbox
from pulih.inbox.models import ImportBatch
from pulih.market import reconcile as market
from pulih.monitoring import reconcile as monitoring
from pulih.planning import reconcile as planning
from pulih.proposals import reconcile as proposals
from pulih.registry import reconcile as registry
from pulih.sampling import reconcile as sampling
from pulih.scans import reconcile as scans
from pulih.treasury import reconcile as treasury

from . import reconcile as portal
from .datasets import ALL, DATASETS, measure_named
from .fewest import FEWEST
from .findings import in_words
from .models import Cell, Release
from .plain_cells import PlainCell, plain

# The rooms of `pulih check`, in its order: any of them may hold what a figure is counted from. Only
# `people` is left out, which tries whether numbers of persons can still be opened: none is public.
ROOMS = (
    audit, inbox, scans, registry, proposals, budget, treasury, planning, market, delivery,
    sampling, monitoring, portal,
)  # fmt: skip


@dataclass(frozen=True)
class Check:
    """wrong: the first thing found, a finding in both languages; empty where the check passed."""

    name: Message
    wrong: str | Message

    @property
    def is_passed(self) -> bool:
        return not self.wrong


def checks(release: Release) -> list[Check]:
    cells = list(plain(Cell.objects.filter(release=release)))
    return [
        Check(
            Message("Semua ruang cocok (pulih check)", "All rooms agree (pulih check)"),
            next(_differences(), ""),
        ),
        Check(
            Message("Semua sel kecil terlindungi", "Every small cell is protected"),
            _unprotected(release, cells),
        ),
        Check(
            Message(
                "Jumlah negara sama dengan jumlah provinsi", "The country is its provinces' sum"
            ),
            next(_wrong_sums(cells), ""),
        ),
        Check(
            Message("Tidak ada berkas yang sedang dibaca", "No file is being read"),
            "import" if ImportBatch.objects.unfinished().exists() else "",
        ),
        Check(Message("Ada isinya", "It holds figures"), "" if cells else "0"),
    ]


def refusal(failed: Sequence[Check]) -> Message:
    first = failed[0]
    wrong = first.wrong if isinstance(first.wrong, Message) else Message(first.wrong, first.wrong)
    said = Message(wrong.id.rstrip("."), wrong.en.rstrip("."))
    return Message(
        f"Pemeriksaan “{first.name.id}” gagal: {said.id}. Rilis belum boleh terbit; perbaiki, "
        "lalu periksa lagi.",
        f"The check “{first.name.en}” fails: {said.en}. The release may not be published; mend "
        "it, then check again.",
    )


def _differences() -> Iterator[str]:
    """The differences of every room, each named after it, as `pulih check` prints them."""
    for room in ROOMS:
        name = room.__name__.split(".")[-2]
        yield from (f"{name}: {sentence}" for sentence in room.differences())


def _unprotected(release: Release, cells: Sequence[PlainCell]) -> str | Message:
    """What the protection could not help, or a small count that stands open all the same."""
    for finding in in_words(release):
        return finding
    for cell in cells:
        measure = measure_named(DATASETS, cell.measure)
        if measure and measure.kind == "count" and cell.value in range(1, FEWEST):
            return cell.cell
    return ""


def _wrong_sums(cells: Sequence[PlainCell]) -> Iterator[str]:
    """Wholes of the country that differ from their provinces', where all of these are shown.

    Units at the centre lie in no province; they count with the provinces.
    """
    whole: dict[str, int | None] = {}
    parts: dict[str, list[int | None]] = defaultdict(list)
    in_provinces = {cell.category for cell in cells if cell.dimension == "unit" and cell.parent}
    for cell in cells:
        is_whole = cell.dimension == ALL and cell.marker != "[x]"
        if is_whole and cell.area_level == "country":
            whole[cell.measure] = cell.value
        elif (is_whole and cell.area_level == "province") or (
            cell.dimension == "unit" and cell.category not in in_provinces
        ):
            parts[cell.measure].append(cell.value)
    for measure, value in whole.items():
        numbers = [number for number in parts[measure] if number is not None]
        is_complete = value is not None and len(numbers) == len(parts[measure])
        if is_complete and sum(numbers) != value:
            yield f"{measure}: {value} ≠ {sum(numbers)}"
