"""A case that somebody brings, as a scenario's numbers and rules; what the house cannot keep.

What decides a case beside them (lines, needs, costs) is the house's own; the page tells what
differs.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pulih.casefiles.writing import exact_text
from pulih.common.errors import Fault, Message
from pulih.common.money import LARGEST_RUPIAH
from pulih.refocusing.case import COUNTRY, EVERY_MEASURE, Case

from .tables import UNTAGGED, Rule

MOST_STEPS, LONGEST_TITLE, MOST_RULES = 3, 120, 1_000
RULE_NAME = re.compile(r"[-a-zA-Z0-9_]{1,40}")
COMPARED = ("lines", "measures", "costs", "needs", "effects")

NO_AREA = Message(
    "Pulih tidak mengenal kode wilayah ini pada hari itu.",
    "Pulih knows no area of this code on that day.",
)
NO_MEASURE = Message(
    "Langkah ini tidak ada dalam katalog Pulih.", "Pulih's catalogue has no such measure."
)
STEPS = Message(
    f"Skenario menyimpan paling banyak {MOST_STEPS} langkah cakupan.",
    f"A scenario keeps at most {MOST_STEPS} steps of coverage.",
)
DIGITS = Message(
    "Terlalu banyak angka di belakang koma untuk disimpan.",
    "This has more decimals than can be kept.",
)
TOO_LARGE = Message("Angka ini terlalu besar.", "This number is too large.")
TITLE = Message(
    f"Judul harus berisi 1 sampai {LONGEST_TITLE} huruf.",
    f"The title must have 1 to {LONGEST_TITLE} letters.",
)
RULES = Message(
    f"Skenario menyimpan paling banyak {MOST_RULES} aturan.",
    f"A scenario keeps at most {MOST_RULES} rules.",
)


@dataclass(frozen=True)
class Known:
    """What the house knows on a day: codes of areas, and of measures that may run."""

    areas: Collection[str]
    measures: Collection[str]


def faults_of(case: Case, known: Known) -> list[Fault]:
    """Return what of a case a scenario of this house cannot keep."""
    found = (_of_settings, _of_codes, _of_rules)
    return [fault for look in found for fault in look(case, known)]


def title_of(case: Case) -> str:
    return "".join(c if c.isprintable() else " " for c in case.settings.title).strip()


def coverage_of(case: Case) -> list[list[str]]:
    return [[exact_text(width), exact_text(weight)] for width, weight in case.settings.coverage]


def _of_settings(case: Case, _: Known) -> Iterator[Fault]:
    settings = case.settings
    if not 1 <= len(title_of(case)) <= LONGEST_TITLE:
        yield Fault("case", None, "title", None, TITLE)
    if len(settings.coverage) > MOST_STEPS:
        yield Fault("case", None, "coverage", None, STEPS)
    for name in ("ceiling", "change_cost"):
        if getattr(settings, name) > LARGEST_RUPIAH:
            yield Fault("case", None, name, str(getattr(settings, name)), TOO_LARGE)
    # Of a percentage two decimals are shown, so that a form gives back what it was given.
    if not all(_fits(t, 4) for t in settings.tolerance):
        yield Fault("case", None, "tolerance", None, DIGITS)
    if not all(_fits(number, 4) for step in settings.coverage for number in step):
        yield Fault("case", None, "coverage", None, DIGITS)


def _fits(number: Fraction, decimals: int) -> bool:
    return bool((number * 10**decimals).denominator == 1)


def _of_codes(case: Case, known: Known) -> Iterator[Fault]:
    for area in case.areas:
        if area.code not in known.areas:
            yield Fault("areas", None, "area", area.code, NO_AREA)
    for measure in case.measures:
        if measure.code not in known.measures and measure.code != UNTAGGED:
            yield Fault("measures", None, "measure", measure.code, NO_MEASURE)


def _of_rules(case: Case, _: Known) -> Iterator[Fault]:
    if len(case.amounts) + len(case.shares) + len(case.limits) > MOST_RULES:
        yield Fault("amounts", None, None, None, RULES)
    for amount in case.amounts:
        if max(amount.min_amount or 0, amount.max_amount or 0) > LARGEST_RUPIAH:
            yield Fault("amounts", None, "rule", amount.rule, TOO_LARGE)
    for limit in case.limits:
        if max(limit.min_units or 0, limit.max_units or 0) > LARGEST_RUPIAH:
            yield Fault("limits", None, "area", limit.area, TOO_LARGE)
    for share in case.shares:
        ends = [end for end in (share.min_share, share.max_share) if end is not None]
        if not all(_fits(end, 6) for end in ends):
            yield Fault("shares", None, "rule", share.rule, DIGITS)


def measures_of(case: Case) -> list[str]:
    """Return the measures that may run: those with a cost anywhere."""
    return sorted({cost.measure for cost in case.costs} - {UNTAGGED})


def rules_of(case: Case) -> list[Rule]:
    """Return a case's rules that say something, under their own names as far as these can be."""
    drafts = [
        Rule(a.rule, "amounts", "rupiah", a.province, a.measures, _money(a.min_amount),
             _money(a.max_amount))
        for a in case.amounts
    ]  # fmt: skip
    drafts += [
        Rule(s.rule, "shares", "percent", s.province, s.measures, _percent(s.min_share),
             _percent(s.max_share))
        for s in case.shares
    ]  # fmt: skip
    drafts += [
        Rule("", "limits", "units", limit.area, (limit.measure,), _money(limit.min_units),
             _money(limit.max_units))
        for limit in case.limits
    ]  # fmt: skip
    return list(_named([rule for rule in drafts if (rule.minimum, rule.maximum) != (None, None)]))


def _money(number: int | None) -> Decimal | None:
    return None if number is None else Decimal(number)


def _percent(share: Fraction | None) -> Decimal | None:
    return None if share is None else Decimal(exact_text(share * 100))


WORDS = {"amounts": "uang", "shares": "porsi", "limits": "satuan"}


def _named(rules: Sequence[Rule]) -> Iterator[Rule]:
    """Yield rules with names that a scenario can keep, each once."""
    own = [rule.name for rule in rules]
    taken: set[str] = set()
    for rule in rules:
        name = rule.name
        if not RULE_NAME.fullmatch(name) or name in taken:
            numbers = range(1, len(rules) + len(own) + 2)
            names = (f"{WORDS[rule.table]}-{number}" for number in numbers)
            name = next(free for free in names if free not in taken and free not in own)
        taken.add(name)
        yield Rule(
            name, rule.table, rule.basis, rule.area, rule.measures, rule.minimum, rule.maximum
        )


def area_of(code: str, area_by_code: Mapping[str, int]) -> int | None:
    return None if code == COUNTRY else area_by_code[code]


def differing(brought: Case, ours: Case) -> dict[str, int]:
    """Return how many rows of each table differ between a case brought and the house's own."""
    found = {}
    for name in COMPARED:
        count = len(set(getattr(brought, name)) ^ set(getattr(ours, name)))
        if count:
            found[name] = count
    return found


def measures_kept(measures: tuple[str, ...]) -> list[str]:
    return [EVERY_MEASURE] if EVERY_MEASURE in measures else list(measures)
