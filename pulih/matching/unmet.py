"""Why a need is not filled, and what would bring how many units more, in both languages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pulih.common import periods
from pulih.common.errors import Message
from pulih.common.money import grouped
from pulih.matching.case import Case, Need
from pulih.matching.changes import (
    CHANGES,
    Apply,
    Trial,
    all_together,
    days_that_do,
    is_possible,
    nothing,
)
from pulih.matching.grid import Grid
from pulih.matching.plan import Parts, Unmet, Word
from pulih.matching.worth import delivered

MOST_DAYS_ASKED = 5  # Needs for which the day that would do is looked for.


def unmet(case: Case, parts: Parts, seconds: Callable[[], float]) -> list[Unmet]:
    """Return every need that is not filled; without time left, with less said about it."""
    units = delivered(case, parts)
    needs = [need for need in case.needs if units[need.code] < need.quantity]
    spare, brings = _brought(case, parts, needs, seconds)
    helpless = [need for need in needs if not brings[need.code] and not spare[need.code]]
    together = dict(_trials(case, parts, helpless, all_together, seconds))
    found, asked = [], 0
    for need in needs:
        missing, left = need.quantity - units[need.code], spare[need.code]
        sizes = brings[need.code]
        holds: Word = max(sizes, key=lambda each: each[1])[0] if sizes else "makers"
        days = None
        is_late = holds == "weeks" or not sizes
        if is_late and left < missing and asked < MOST_DAYS_ASKED and seconds() > 0:
            asked += 1
            days = days_that_do(case, parts, need, missing)
        if days is not None:
            holds = "weeks"
        day = None if days is None else need.due + timedelta(days)
        message = _sentence(
            case,
            need,
            _Told(missing, left, holds, dict(sizes).get(holds, 0), together.get(need.code, 0), day),
        )
        asked_for = day.isoformat() if day else None
        found.append(Unmet(need.code, missing, left, holds, tuple(sizes), asked_for, message))
    return found


def _brought(
    case: Case, parts: Parts, needs: list[Need], seconds: Callable[[], float]
) -> tuple[dict[str, int], dict[str, list[tuple[Word, int]]]]:
    """Return the units that could come as it stands, and (word, units more) of every change."""
    spare = dict.fromkeys((need.code for need in needs), 0)
    found: dict[str, list[tuple[Word, int]]] = {code: [] for code in spare}
    makers = Grid(case).makers if needs else []
    made = {each.code for each, who in zip(case.products, makers, strict=False) if len(who)}
    open_ones = [need for need in needs if need.product in made]
    spare |= dict(_trials(case, parts, open_ones, nothing, seconds))
    for change in CHANGES:
        asked = [need for need in open_ones if is_possible(case, change, need)]
        for code, units in _trials(case, parts, asked, change.apply, seconds):
            if units > spare[code]:
                found[code].append((change.word, units - spare[code]))
    return spare, found


def _trials(
    case: Case, parts: Parts, needs: list[Need], apply: Apply, seconds: Callable[[], float]
) -> Iterator[tuple[str, int]]:
    """Yield what a change would bring each need, as long as there is time."""
    if not needs or seconds() <= 0:
        return
    trial = Trial(case, parts, frozenset(need.code for need in needs), apply)
    for need in needs:
        if seconds() <= 0:
            return
        yield need.code, trial.brings(need.code)


def words_of(case: Case, need: Need, word: Word, units: int) -> Message:
    """Say what one change would bring."""
    unit = case.product[need.product].unit or "unit"
    more_id, more_en = f"{grouped(units)} {unit} lagi", f"{grouped(units, 'en')} more {unit}"
    match word:
        case "weeks":
            return Message(
                f"Tenggat seminggu lebih lambat mendatangkan {more_id}.",
                f"A due day one week later brings {more_en}.",
            )
        case "lots":
            return Message(
                f"Lot dan kiriman terkecil yang lebih kecil mendatangkan {more_id}.",
                f"Smaller lots and smaller least consignments bring {more_en}.",
            )
        case "price":
            return Message(
                f"Tanpa harga tertinggi datang {more_id}.",
                f"Without a highest price {more_en} come.",
            )
        case "suppliers":
            return Message(
                f"Tanpa batas jumlah pemasok datang {more_id}.",
                f"Without a limit on suppliers {more_en} come.",
            )
        case "firm_share":
            return Message(
                f"Tanpa batas porsi satu usaha datang {more_id}.",
                f"Without the share of one firm {more_en} come.",
            )
        case "regency_share":
            return Message(
                f"Tanpa batas porsi satu daerah datang {more_id}.",
                f"Without the share of one regency {more_en} come.",
            )
        case "makers":
            return Message(
                f"Sertifikat {need.standard} bagi pembuat yang belum punya mendatangkan {more_id}.",
                f"Certifying makers without {need.standard} brings {more_en}.",
            )


@dataclass(frozen=True, slots=True)
class _Told:
    """What a sentence tells. units: what giving way of `holds` brings; together: of all rules."""

    missing: int
    spare: int
    holds: Word
    units: int
    together: int
    day: date | None


def _sentence(case: Case, need: Need, told: _Told) -> Message:
    unit = case.product[need.product].unit or "unit"
    missing, spare, day = told.missing, told.spare, told.day
    said = [
        Message(
            f"Kurang {grouped(missing)} {unit}.",
            f"{grouped(missing, 'en')} {unit} {'is' if missing == 1 else 'are'} missing.",
        )
    ]
    if spare:
        said.append(
            Message(
                f"{grouped(spare)} di antaranya masih dapat dibuat: toleransi mendahulukan "
                "pekerjaan dan biaya.",
                f"{grouped(spare, 'en')} of them could still be made: within the tolerances, "
                "work and cost went first.",
            )
        )
    if day is not None:
        said.append(
            Message(
                f"Dengan tenggat {periods.day(day)} kebutuhan ini terpenuhi.",
                f"Due on {periods.day(day, 'en')} this need would be filled.",
            )
        )
    elif told.units:
        said.append(words_of(case, need, told.holds, told.units))
    elif told.together:
        more = grouped(told.together), grouped(told.together, "en")
        said.append(
            Message(
                f"Hanya beberapa perubahan sekaligus yang menambah: sampai {more[0]} {unit}.",
                f"Only several changes together bring more: up to {more[1]} {unit}.",
            )
        )
    elif spare < missing:
        said.append(
            Message(
                "Pembuat yang ada tidak punya sisa; perlu pembuat lain.",
                "The makers there are have nothing left; others are needed.",
            )
        )
    return Message(" ".join(one.id for one in said), " ".join(one.en for one in said))
