"""Is what was typed in the unit that was asked for? What is not is met with the likeliest intent.

Plans are typed in thousand rupiah, cumulative; progress in percent, cumulative; volumes in the
output's own unit. Source: REPORT-06.
"""

from decimal import Decimal
from itertools import pairwise

from pulih.common.errors import Message
from pulih.common.money import decimal, grouped, rupiah

SLIPS = (1_000, 1_000_000)
FEWEST_PERMILLE = 10  # Of the ceiling: a plan for the whole year below it is a unit mistaken.
FEWEST_PERMILLE_OF_A_PART = 1  # The same of a plan to an earlier quarter; nothing at all is usual.
LEAST_RUPIAH_EACH = 1_000  # A target of which one costs less is money typed as volume.
MOST_TIMES = 10  # The target: a volume above it is a slip of zeros.
HUNDRED = Decimal(100)


def plan_fault(thousand: int, ceiling: int, *, is_whole_year: bool) -> Message | None:
    """Judge a planned amount in thousand rupiah against the ceiling in rupiah; None when usual."""
    most = -(-ceiling // 1_000)
    fewest = FEWEST_PERMILLE if is_whole_year else FEWEST_PERMILLE_OF_A_PART
    if thousand > most:
        return _too_much(thousand, most)
    if 0 < thousand * 1_000 < most * fewest:
        return _too_little(thousand, most, Decimal(fewest) / 10)
    return None


def target_fault(volume: Decimal, ceiling: int) -> Message | None:
    """Judge a year's target volume against the ceiling in rupiah; None when it may be."""
    if volume <= 0:
        return Message(
            "Target volume harus lebih dari 0.", "The target volume must be more than 0."
        )
    if ceiling and volume * LEAST_RUPIAH_EACH >= ceiling:
        return Message(
            f"Dengan pagu {rupiah(ceiling)}, satu dari {decimal(volume, 2)} hanya berbiaya "
            f"{rupiah(int(ceiling / volume))}: isian ini volume, bukan uang.",
            f"With a ceiling of {rupiah(ceiling, 'en')}, one of {decimal(volume, 2, 'en')} would "
            f"cost only {rupiah(int(ceiling / volume), 'en')}: this field is a volume, not money.",
        )
    return None


def likeliest(thousand: int, most: int) -> int | None:
    """Return the amount in thousands that was probably meant: typed in rupiah, or in millions."""
    for factor in SLIPS:
        if thousand > most and thousand // factor <= most and thousand % factor == 0:
            return thousand // factor
        meant = thousand * factor
        if 0 < thousand * 1_000 < most * FEWEST_PERMILLE <= meant * 1_000 <= most * 1_000:
            return meant
    return None


def _too_much(thousand: int, most: int) -> Message:
    meant = likeliest(thousand, most)
    guess_id = f" Maksud Anda {grouped(meant)}?" if meant else ""
    guess_en = f" Did you mean {grouped(meant, 'en')}?" if meant else ""
    return Message(
        f"{grouped(thousand)} ribu rupiah melebihi pagu {grouped(most)} ribu rupiah.{guess_id}",
        f"{grouped(thousand, 'en')} thousand rupiah is above the ceiling of "
        f"{grouped(most, 'en')} thousand rupiah.{guess_en}",
    )


def _too_little(thousand: int, most: int, percent: Decimal) -> Message:
    fewest_id, fewest_en = (f"{percent:f}".replace(".", mark) for mark in (",", "."))
    meant = likeliest(thousand, most)
    guess_id = f" Maksud Anda {grouped(meant)}?" if meant else ""
    guess_en = f" Did you mean {grouped(meant, 'en')}?" if meant else ""
    return Message(
        f"{grouped(thousand)} ribu rupiah kurang dari {fewest_id}% pagu {grouped(most)} ribu "
        f"rupiah; isian ini dalam ribu rupiah.{guess_id}",
        f"{grouped(thousand, 'en')} thousand rupiah is below {fewest_en}% of the ceiling of "
        f"{grouped(most, 'en')} thousand rupiah; this field is in thousand rupiah.{guess_en}",
    )


def falling_at(values: tuple[int | Decimal | None, ...]) -> int | None:
    """Return the first quarter whose cumulative value is below an earlier one; None if none is."""
    known = [(n, value) for n, value in enumerate(values, start=1) if value is not None]
    for (_quarter, earlier), (quarter, later) in pairwise(known):
        if later < earlier:
            return quarter
    return None


def falling_fault(values: tuple[int | Decimal | None, ...]) -> Message | None:
    """Refuse cumulative values that fall from one quarter to the next; None when they rise."""
    if falling_at(values) is None:
        return None
    return Message(
        "Angka kumulatif tidak boleh turun dari triwulan ke triwulan.",
        "Cumulative figures may not fall from quarter to quarter.",
    )


def progress_fault(
    now: Decimal, before: Decimal | None, after: Decimal | None = None
) -> Message | None:
    """Judge a cumulative percentage against earlier and later quarters; None when it may be."""
    if not 0 <= now <= HUNDRED:
        meant = now / 100 if now > HUNDRED and now / 100 >= (before or 0) else None
        guess_id = f" Maksud Anda {decimal(meant, 2)}?" if meant else ""
        guess_en = f" Did you mean {decimal(meant, 2, 'en')}?" if meant else ""
        return Message(
            f"Persen fisik terletak antara 0 dan 100.{guess_id}",
            f"Physical percent lies between 0 and 100.{guess_en}",
        )
    if before is not None and now < before:
        both = now + before
        guess = both <= HUNDRED
        return Message(
            f"Realisasi fisik kumulatif turun dari {decimal(before, 2)}% ke {decimal(now, 2)}%."
            + (f" Maksud Anda {decimal(both, 2)}?" if guess else ""),
            f"Cumulative physical progress falls from {decimal(before, 2, 'en')}% to "
            f"{decimal(now, 2, 'en')}%."
            + (f" Did you mean {decimal(both, 2, 'en')}?" if guess else ""),
        )
    if after is not None and now > after:
        return Message(
            f"Realisasi fisik kumulatif {decimal(now, 2)}% melebihi yang sudah diisi untuk "
            f"triwulan berikutnya, {decimal(after, 2)}%. Perbaiki triwulan itu lebih dulu.",
            f"Cumulative physical progress of {decimal(now, 2, 'en')}% is above what a later "
            f"quarter says, {decimal(after, 2, 'en')}%. Mend that quarter first.",
        )
    return None


def volume_fault(
    done: Decimal, target: Decimal | None, before: Decimal | None, after: Decimal | None = None
) -> Message | None:
    """Judge a cumulative volume against its target and other quarters; None when it may be."""
    if target and done > target * MOST_TIMES:
        meant = next((done / f for f in SLIPS if done / f <= target * 2), None)
        guess_id = f" Maksud Anda {decimal(meant, 2)}?" if meant else ""
        guess_en = f" Did you mean {decimal(meant, 2, 'en')}?" if meant else ""
        return Message(
            f"Volume {decimal(done, 2)} lebih dari {MOST_TIMES} kali target "
            f"{decimal(target, 2)}.{guess_id}",
            f"Volume {decimal(done, 2, 'en')} is over {MOST_TIMES} times the target "
            f"{decimal(target, 2, 'en')}.{guess_en}",
        )
    if before is not None and done < before:
        return Message(
            f"Volume kumulatif turun dari {decimal(before, 2)} ke {decimal(done, 2)}.",
            f"The cumulative volume falls from {decimal(before, 2, 'en')} to "
            f"{decimal(done, 2, 'en')}.",
        )
    if after is not None and done > after:
        return Message(
            f"Volume kumulatif {decimal(done, 2)} melebihi yang sudah diisi untuk triwulan "
            f"berikutnya, {decimal(after, 2)}. Perbaiki triwulan itu lebih dulu.",
            f"The cumulative volume of {decimal(done, 2, 'en')} is above what a later quarter "
            f"says, {decimal(after, 2, 'en')}. Mend that quarter first.",
        )
    return None
