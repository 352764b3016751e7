"""What a plan is made of against the rules: what it breaks, and the reasons written for it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pulih.common.errors import Message, Refusal
from pulih.common.money import decimal, rupiah
from pulih.measures.models import Measure
from pulih.people.models import User

from .models import CompositionReason, Scenario, SolutionLine
from .rules.composition import Broken, Kind, Part, broken, rules
from .rules.tables import UNTAGGED


@dataclass(frozen=True)
class BrokenRule:
    """A rule that a plan breaks, in words, with the newest reason written for it."""

    broken: Broken
    measure_name: str
    written: CompositionReason | None

    @property
    def title(self) -> Message:
        """What breaks it: `Travel and meeting packages`, and of which measure."""
        what = self.broken.rule.what
        if not self.broken.measure:
            return what
        return Message(f"{what.id}: {self.measure_name}", f"{what.en}: {self.measure_name}")

    @property
    def basis(self) -> Message:
        """Why the rule is there, and whether it is assumed."""
        rule = self.broken.rule
        assumed = Message("", "") if rule.verified else Message(" (anggapan)", " (assumed)")
        return Message(rule.reason.id + assumed.id, rule.reason.en + assumed.en)

    @property
    def told(self) -> Message:
        """In numbers, how the plan breaks it."""
        return Message(_told_id(self.broken), _told_en(self.broken))


def _told_id(one: Broken) -> str:
    if one.rule.kind == Kind.LARGEST_SHARE:
        return (
            f"{decimal(one.share * 100, 2)}% dari {rupiah(one.beside_after)}; paling banyak "
            f"{one.rule.largest_percent}%."
        )
    return (
        f"Naik dari {rupiah(one.before)} menjadi {rupiah(one.after)}, sedangkan barang bagi "
        f"penerima turun dari {rupiah(one.beside_before)} menjadi {rupiah(one.beside_after)}."
    )


def _told_en(one: Broken) -> str:
    if one.rule.kind == Kind.LARGEST_SHARE:
        return (
            f"{decimal(one.share * 100, 2, 'en')}% of {rupiah(one.beside_after, 'en')}; at most "
            f"{one.rule.largest_percent}%."
        )
    return (
        f"Rises from {rupiah(one.before, 'en')} to {rupiah(one.after, 'en')} while goods for "
        f"receivers fall from {rupiah(one.beside_before, 'en')} to "
        f"{rupiah(one.beside_after, 'en')}."
    )


def broken_rules(scenario: Scenario, by: User) -> list[BrokenRule]:
    """Return what a plan breaks, by the rules of its fiscal year, as far as `by` sees its lines."""
    solution = scenario.solution
    rows = solution.line_rows.visible_to(by).select_related("line")
    written = {
        (one.rule, one.measure): one
        for one in solution.composition_reasons.visible_to(by).select_related("written_by")
    }
    names = {one.code: one.name for one in Measure.objects.all()}
    return [
        BrokenRule(
            one, names.get(one.measure, one.measure), written.get((one.rule.key, one.measure))
        )
        for one in broken(_parts(rows), rules(), scenario.fiscal_year)
    ]


def _parts(rows: Iterable[SolutionLine]) -> Iterator[Part]:
    """Yield a plan's money by measure and account; an account not known yet is an empty one."""
    for row in rows:
        measure = "" if row.measure == UNTAGGED else row.measure
        if row.line is not None:
            yield Part(measure, row.line.account, row.before, row.after)
            continue
        for _key, account, after in row.accounts:
            yield Part(measure, account, 0, after)
        if not row.accounts:
            yield Part(measure, "", 0, row.after)


def refuse_unexplained(scenario: Scenario, by: User) -> None:
    """Refuse while a rule is broken for which nobody has written a reason."""
    bare = [one for one in broken_rules(scenario, by) if one.written is None]
    if bare:
        which_id = " ".join(f"{one.title.id}: {one.told.id}" for one in bare)
        which_en = " ".join(f"{one.title.en}: {one.told.en}" for one in bare)
        raise Refusal(
            Message(
                f"Rencana ini melanggar aturan susunan tanpa alasan tertulis. {which_id} "
                "Tulis alasannya di lembar rencana. Belum ada yang disimpan.",
                f"This plan breaks a rule of composition and no reason is written. {which_en} "
                "Write the reason on the plan's sheet. Nothing was saved.",
            )
        )
