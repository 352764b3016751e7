"""What still stands between the facts and a report that may be filed."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pulih.common import periods
from pulih.common.errors import Message

from .facts import Output, QuarterFacts
from .tree import Node, tree_of

FAR_BEHIND = Decimal(10)  # Points of absorption below the plan: an obstacle must be told.
SIGNERS = {"A": ("kpa", "ppk")}
MONEY_ONLY = ("accountability",)
WITH_FUNDS = ("A", "B", "C")  # The forms that have a column for it.


@dataclass(frozen=True)
class Missing:
    """One thing that is not typed yet. where: which part of the pages asks for it."""

    where: str
    message: Message


def missing(facts: QuarterFacts, form: str) -> list[Missing]:
    """Return what must be typed before `form` may be filed; empty when nothing is missing."""
    tree = tree_of(facts)
    found = [*_money(facts), *_signers(facts, form)]
    if form in WITH_FUNDS:
        found += _funds(facts)
    if form not in MONEY_ONLY:
        found += [*_outputs(facts, tree), *_notes(facts, tree)]
    return found


def sentence(found: Sequence[Missing]) -> Message | None:
    """Return all that is missing in one sentence; None when nothing is."""
    if not found:
        return None
    return Message(
        "Belum dapat dilaporkan: " + "; ".join(one.message.id for one in found) + ".",
        "Not yet to be filed: " + "; ".join(one.message.en for one in found) + ".",
    )


def _money(facts: QuarterFacts) -> list[Missing]:
    if facts.lines:
        return []
    message = Message(
        f"tidak ada dokumen anggaran yang berlaku pada {periods.day(facts.day)}",
        f"no budget document had taken effect by {periods.day(facts.day, 'en')}",
    )
    return [Missing("budget", message)]


def _signers(facts: QuarterFacts, form: str) -> list[Missing]:
    words = {
        "kpa": Message("penanda tangan (KPA) belum diisi", "the signatory (KPA) is not named"),
        "ppk": Message("penanda tangan (PPK) belum diisi", "the signatory (PPK) is not named"),
    }
    roles = SIGNERS.get(form, ("kpa",))
    return [Missing("office", words[role]) for role in roles if not facts.signer(role)]


def _funds(facts: QuarterFacts) -> list[Missing]:
    silent = {
        f"{part.activity} {source}"
        for part, source in facts.foreign()
        if not facts.fund_number(part, source)
    }
    if not silent:
        return []
    names = ", ".join(sorted(silent))
    message = Message(
        f"nomor pinjaman/hibah luar negeri belum diisi ({names})",
        f"the number of the foreign loan or grant is not typed ({names})",
    )
    return [Missing("office", message)]


def _outputs(facts: QuarterFacts, tree: Node) -> list[Missing]:
    leaves = [leaf for p in tree.children for a in p.children for leaf in a.children]
    funded = [facts.output(leaf.part) for leaf in leaves if leaf.ceiling]
    found = []
    without_target = [one for one in funded if not _is_planned(one)]
    if without_target:
        names = _names(without_target)
        found.append(
            Missing(
                "targets",
                Message(
                    f"{len(without_target)} keluaran belum punya target ({names})",
                    f"{_outputs_have(without_target)} no target ({names})",
                ),
            )
        )
    silent = [one for one in funded if one.physical is None or one.volume_done is None]
    if silent:
        names = _names(silent)
        found.append(
            Missing(
                "progress",
                Message(
                    f"{len(silent)} keluaran belum berisi realisasi fisik atau volume ({names})",
                    f"{_outputs_have(silent)} no physical progress or volume ({names})",
                ),
            )
        )
    return found


def _is_planned(one: Output) -> bool:
    return bool(
        one.indicator and one.measured_in and one.volume and one.physical_target is not None
    )


def _outputs_have(outputs: Sequence[Output]) -> str:
    number = len(outputs)
    return "1 output has" if number == 1 else f"{number} outputs have"


def _names(outputs: Sequence[Output], most: int = 3) -> str:
    names = [f"{one.activity}.{one.output}" for one in outputs]
    return ", ".join(names[:most]) + (" …" if len(names) > most else "")


def _notes(facts: QuarterFacts, tree: Node) -> list[Missing]:
    told = {(note.programme, note.activity) for note in facts.notes if note.obstacle}
    silent = [
        activity.part
        for programme in tree.children
        for activity in programme.children
        if _is_far_behind(activity) and activity.part[:2] not in told
    ]
    if not silent:
        return []
    names = ", ".join(part.activity for part in silent)
    return [
        Missing(
            "notes",
            Message(
                f"kegiatan yang tertinggal lebih dari 10 poin belum menyebut kendala ({names})",
                f"an activity more than 10 points behind must name an obstacle ({names})",
            ),
        )
    ]


def _is_far_behind(node: Node) -> bool:
    planned, realised = node.percent(node.planned), node.percent(node.realised)
    return planned is not None and realised is not None and planned - realised > FAR_BEHIND
