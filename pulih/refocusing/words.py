"""Plain sentences about rules, in both languages, for what bound and what cannot hold."""

from fractions import Fraction

from pulih.common.errors import Message
from pulih.common.money import decimal, grouped, rupiah
from pulih.refocusing.case import COUNTRY, EVERY_MEASURE, Amount, Case, Limit, Line, Share
from pulih.refocusing.rules import Pool


def both(indonesian: str, english: str) -> Message:
    return Message(indonesian, english)


def area_name(case: Case, area: str) -> Message:
    """Return what people call an area; the empty area is the country."""
    if area == COUNTRY:
        return both("seluruh negeri", "the whole country")
    return both(case.name_of[area], case.name_of[area])


def measure_name(case: Case, code: str) -> str:
    return case.measure[code].name or code


def measure_names(case: Case, codes: tuple[str, ...]) -> Message:
    if codes == (EVERY_MEASURE,):
        return both("semua langkah", "all measures")
    named = ", ".join(measure_name(case, code) for code in codes)
    return both(named, named)


def ceiling_says(case: Case) -> Message:
    amount = case.settings.ceiling
    return both(
        f"Semua baris bersama-sama boleh berisi paling banyak {rupiah(amount)}.",
        f"All lines together may hold at most {rupiah(amount, 'en')}.",
    )


def line_says(case: Case, line: Line) -> Message:
    place = case.name_of[line.province]
    if line.is_protected:
        return both(
            f"Baris {line.code} ({place}) dilindungi dan tetap {rupiah(line.ceiling)}.",
            f"Line {line.code} ({place}) is protected and stays at {rupiah(line.ceiling, 'en')}.",
        )
    return both(
        f"Baris {line.code} ({place}) paling sedikit {rupiah(line.floor)}: "
        f"komitmen {rupiah(line.committed)}, blokir {rupiah(line.blocked)}.",
        f"Line {line.code} ({place}) keeps at least {rupiah(line.floor, 'en')}: "
        f"{rupiah(line.committed, 'en')} committed, {rupiah(line.blocked, 'en')} blocked.",
    )


def limit_says(case: Case, limit: Limit, side: str) -> Message:
    place, name = case.name_of[limit.area], measure_name(case, limit.measure)
    unit = case.measure[limit.measure].unit or "unit"
    count = (limit.min_units if side == "min" else limit.max_units) or 0
    word_id, word_en = (
        ("paling sedikit", "at least")
        if side == "min"
        else (
            "paling banyak",
            "at most",
        )
    )
    hint = _no_cost_hint(case, limit) if side == "min" else both("", "")
    size = _batch_hint(case, limit)
    return both(
        f"{place}: {name} {word_id} {grouped(count)} {unit}{size.id}.{hint.id}",
        f"{place}: {name} {word_en} {grouped(count, 'en')} {unit}{size.en}.{hint.en}",
    )


def _batch_hint(case: Case, limit: Limit) -> Message:
    """Say how many units come at once: else nobody sees why 3 to 3 units cannot be."""
    size = case.measure[limit.measure].batch
    if size == 1:
        return both("", "")
    return both(f" (per angkatan {grouped(size)})", f" (in batches of {grouped(size, 'en')})")


def _no_cost_hint(case: Case, limit: Limit) -> Message:
    inside = case.regencies_of.get(limit.area, (limit.area,))
    if any(case.unit_cost(regency, limit.measure) is not None for regency in inside):
        return both("", "")
    return both(
        " Langkah ini tidak punya biaya di sana sehingga tidak dapat berjalan.",
        " The measure has no cost there, so it cannot run.",
    )


def money_says(case: Case, pool: Pool) -> Message:
    place, name = case.name_of[pool[0]], measure_name(case, pool[1])
    return both(
        f"{place}: satuan {name} dibayar dari barisnya, tanpa uang yang diblokir.",
        f"{place}: units of {name} are paid from its lines, blocked money aside.",
    )


def amount_says(case: Case, amount: Amount, side: str) -> Message:
    place, names = area_name(case, amount.province), measure_names(case, amount.measures)
    if side == "min":
        least = amount.min_amount or 0
        return both(
            f"Aturan {amount.rule}: {names.id} di {place.id} paling sedikit {rupiah(least)}.",
            f"Rule {amount.rule}: {names.en} in {place.en} hold at least {rupiah(least, 'en')}.",
        )
    most = amount.max_amount or 0
    return both(
        f"Aturan {amount.rule}: {names.id} di {place.id} paling banyak {rupiah(most)}.",
        f"Rule {amount.rule}: {names.en} in {place.en} hold at most {rupiah(most, 'en')}.",
    )


def share_says(case: Case, share: Share, side: str) -> Message:
    place, names = area_name(case, share.province), measure_names(case, share.measures)
    part = (share.min_share if side == "min" else share.max_share) or Fraction(0)
    word_id, word_en = (
        ("paling sedikit", "at least")
        if side == "min"
        else (
            "paling banyak",
            "at most",
        )
    )
    of_all = share.province == COUNTRY or share.measures == (EVERY_MEASURE,)
    of_id, of_en = (
        ("seluruh uang", "all money")
        if of_all
        else (
            "uang provinsi itu",
            "the province's money",
        )
    )
    return both(
        f"Aturan {share.rule}: {names.id} di {place.id} {word_id} {_percent(part, 'id')} "
        f"dari {of_id}.",
        f"Rule {share.rule}: {names.en} in {place.en} hold {word_en} {_percent(part, 'en')} "
        f"of {of_en}.",
    )


def _percent(part: Fraction, language: str) -> str:
    text = decimal(float(part * 100), 2, language)
    return f"{text} %" if language == "id" else f"{text}%"


def rule_says(case: Case, rule: str) -> Message:
    """Return the sentence of a rule by its public id, such as `floor:A1` or `share:S1:min`."""
    kind, _, rest = rule.partition(":")
    named, _, side = rest.rpartition(":")
    match kind:
        case "ceiling":
            return ceiling_says(case)
        case "floor" | "protected":
            return line_says(case, case.line[rest])
        case "money":
            return money_says(case, _pool(case, rest))
        case "limit":
            return limit_says(case, _limit(case, named), side)
        case "amount":
            found = next(amount for amount in case.amounts if amount.rule == named)
            return amount_says(case, found, side)
        case _:
            return share_says(case, next(s for s in case.shares if s.rule == named), side)


def _pool(case: Case, text: str) -> Pool:
    return next(
        (p, m.code) for p in case.provinces for m in case.measures if f"{p}:{m.code}" == text
    )


def _limit(case: Case, text: str) -> Limit:
    return next(limit for limit in case.limits if f"{limit.area}:{limit.measure}" == text)
