"""Plain sentences about rules, in both languages, for what bound and what cannot hold."""

from bisect import bisect_left
from fractions import Fraction

from pulih.common.errors import Message
from pulih.common.money import decimal, grouped, rupiah
from pulih.selection.case import IN, Case, Condition, Quota, Share


def rule_says(case: Case, name: str, short: int) -> Message:
    """Say what a rule of a conflict asks for, and by how much it falls short.

    name: `quota:Q:min`, `share:S:max`, `exclusive:household` or `fixed:A1`.
    """
    kind, _, rest = name.partition(":")
    if kind == "exclusive":
        return Message(
            f"Kolom {rest}: paling banyak satu yang terpilih per nilai; kelebihan "
            f"{_people(short, 'id')}.",
            f"Column {rest}: at most one is chosen per value; {_people(short, 'en')} too many.",
        )
    if kind == "fixed":
        return _fixed_says(case, rest)
    named, _, side = name.rpartition(":")
    rule, says = case.rule[named], side_says(case, named, side)
    is_money = isinstance(rule, Quota) and rule.unit == "rupiah"
    by_id = rupiah(short) if is_money else _people(short, "id")
    by_en = rupiah(short, "en") if is_money else _people(short, "en")
    if side == "min":
        return Message(f"{says.id} Kurang {by_id}.", f"{says.en} It falls short by {by_en}.")
    return Message(f"{says.id} Kelebihan {by_id}.", f"{says.en} It is exceeded by {by_en}.")


def side_says(case: Case, name: str, side: str) -> Message:
    """Say what one side of a quota or a share asks for."""
    rule = case.rule[name]
    return _quota_says(rule, side) if isinstance(rule, Quota) else _share_says(rule, side)


def price_says(case: Case, name: str, side: str, points: float) -> Message:
    """The same with its price in points, which is never negative."""
    says, rule = side_says(case, name, side), case.rule[name]
    is_money = isinstance(rule, Quota) and rule.unit == "rupiah"
    per_id, per_en = ("Rp1 juta", "Rp1 million") if is_money else ("orang", "person")
    return Message(
        f"{says.id} Setiap {per_id} kelonggaran menambah sekitar {decimal(points, 3)} skor "
        "(perkiraan).",
        f"{says.en} Each {per_en} more allowed adds about {decimal(points, 3, 'en')} points "
        "(an estimate).",
    )


def _fixed_says(case: Case, code: str) -> Message:
    fixed = case.applications.fixed[bisect_left(case.applications.codes, code)]
    if fixed == IN:
        return Message(
            f"Permohonan {code} ditetapkan terpilih.", f"Application {code} is fixed as chosen."
        )
    return Message(
        f"Permohonan {code} ditetapkan tidak terpilih.",
        f"Application {code} is fixed as not chosen.",
    )


def _quota_says(quota: Quota, side: str) -> Message:
    amount = (quota.least if side == "min" else quota.most) or 0
    if quota.unit == "rupiah":
        amount_id, amount_en = rupiah(amount), rupiah(amount, "en")
    else:
        amount_id, amount_en = _people(amount, "id"), _people(amount, "en")
    word_id, word_en = _bound(side)
    who_id, who_en = _who(quota.where)
    return Message(
        f"Kuota {quota.code}: {who_id} {word_id} {amount_id}.",
        f"Quota {quota.code}: {who_en} {word_en} {amount_en}.",
    )


def _share_says(share: Share, side: str) -> Message:
    part = (share.least if side == "min" else share.most) or Fraction(0)
    word_id, word_en = _bound(side)
    (who_id, who_en), (of_id, of_en) = _who(share.where), _who(share.of)
    return Message(
        f"Porsi {share.code}: {who_id} {word_id} {_percent(part, 'id')} dari {of_id}.",
        f"Share {share.code}: {who_en} {word_en} {_percent(part, 'en')} of {of_en}.",
    )


def _bound(side: str) -> tuple[str, str]:
    if side == "min":
        return "paling sedikit", "at least"
    return "paling banyak", "at most"


def _who(condition: Condition) -> tuple[str, str]:
    if not condition.terms:
        return "semua yang terpilih", "all who are chosen"
    return f"yang terpilih dengan {condition.text}", f"those chosen with {condition.text}"


def _people(count: int, language: str) -> str:
    if language == "id":
        return f"{grouped(count)} orang"
    return f"{grouped(count, 'en')} {'person' if count == 1 else 'people'}"


def _percent(part: Fraction, language: str) -> str:
    text = decimal(float(part * 100), 2, language)
    return f"{text} %" if language == "id" else f"{text}%"
