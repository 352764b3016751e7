"""Why a need is not filled, and what would bring how many units more, in both languages."""

from collections.abc import Callable
from datetime import timedelta

from pulih.common.errors import Message
from pulih.common.money import grouped
from pulih.matching.case import Case, Need
from pulih.matching.changes import CHANGES, Trial, days_that_do, is_possible
from pulih.matching.grid import Grid
from pulih.matching.plan import Parts, Unmet, Word
from pulih.matching.worth import delivered

MOST_DAYS_ASKED = 5  # Needs for which the day that would do is looked for.


def unmet(case: Case, parts: Parts, seconds: Callable[[], float]) -> list[Unmet]:
    """Return every need that is not filled; without time left, with less said about it."""
    units = delivered(case, parts)
    needs = [need for need in case.needs if units[need.code] < need.quantity]
    brings = _brought(case, parts, needs, seconds)
    found = []
    for number, need in enumerate(needs):
        missing = need.quantity - units[need.code]
        sizes = brings[need.code]
        holds: Word = max(sizes, key=lambda each: each[1])[0] if sizes else "makers"
        days = None
        if holds == "weeks" and number < MOST_DAYS_ASKED and seconds() > 0:
            days = days_that_do(case, parts, need, missing)
        day = None if days is None else (need.due + timedelta(days)).isoformat()
        message = _sentence(case, need, missing, holds, dict(sizes).get(holds, 0), day)
        found.append(Unmet(need.code, missing, holds, tuple(sizes), day, message))
    return found


def _brought(
    case: Case, parts: Parts, needs: list[Need], seconds: Callable[[], float]
) -> dict[str, list[tuple[Word, int]]]:
    """Return (word, units) of every change that brings any, by need."""
    found: dict[str, list[tuple[Word, int]]] = {need.code: [] for need in needs}
    makers = Grid(case).makers if needs else []
    made = {each.code for each, who in zip(case.products, makers, strict=False) if len(who)}
    for change in CHANGES:
        asked = [n for n in needs if n.product in made and is_possible(case, change, n)]
        if not asked or seconds() <= 0:
            continue
        trial = Trial(case, parts, frozenset(need.code for need in asked), change)
        for need in asked:
            if seconds() <= 0:
                break
            units = trial.brings(need.code)
            if units > 0:
                found[need.code].append((change.word, units))
    return found


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


def _sentence(
    case: Case, need: Need, missing: int, holds: Word, units: int, day: str | None
) -> Message:
    unit = case.product[need.product].unit or "unit"
    start_id, start_en = (
        f"Kurang {grouped(missing)} {unit}.",
        f"{grouped(missing, 'en')} {unit} {'is' if missing == 1 else 'are'} missing.",
    )
    if day is not None:
        return Message(
            f"{start_id} Dengan tenggat {day} kebutuhan ini terpenuhi.",
            f"{start_en} Due on {day} this need would be filled.",
        )
    if not units:
        return Message(
            f"{start_id} Pembuat yang ada tidak punya sisa; perlu pembuat lain.",
            f"{start_en} The makers there are have nothing left; others are needed.",
        )
    change = words_of(case, need, holds, units)
    return Message(f"{start_id} {change.id}", f"{start_en} {change.en}")
