"""Which papers of a nominative list are together: those that Pulih holds, and those named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pulih.budget.models import Posting
from pulih.common.errors import Message
from pulih.treasury.reads.supporting import PaperLine

from ..models import ListPaper, PaymentList
from ..rules.packs import OFFICE, Pack, PackPaper, missing, pack_of


@dataclass(frozen=True)
class PackLine:
    """One paper of the pack. named: as the office named it last; None where Pulih holds it."""

    rule: PackPaper
    is_there: bool
    named: ListPaper | None

    @property
    def is_of_office(self) -> bool:
        return self.rule.held_by == OFFICE


def pack_for(given: PaymentList) -> Pack | None:
    return pack_of(given.row.account)


def pack_lines(given: PaymentList) -> list[PackLine]:
    """The papers of a list's account, in the order of the checklist."""
    pack = pack_for(given)
    named = {one.key: one for one in given.papers.order_by("pk")}
    held = _held(given, named)
    return [
        PackLine(one, one.key in held, named.get(one.key)) for one in (pack.papers if pack else ())
    ]


def papers_of_request(request: Posting) -> list[PaperLine] | None:
    """The papers of an SPP that asks for the payment of a list; None where no pack is known."""
    lists = PaymentList.objects.select_related("activity", "row")
    given = lists.filter(request=request).first()
    pack = pack_for(given) if given else None
    if given is None or pack is None:
        return None
    return [_paper_line(given, one) for one in pack_lines(given)]


def _paper_line(given: PaymentList, one: PackLine) -> PaperLine:
    held = {
        "list": (given.number, given.made_on),
        "decree": (given.activity.decree_number, given.activity.decree_on),
    }
    named = (one.named.number, one.named.dated) if one.named else ("", None)
    number, dated = held.get(one.rule.held_by, named)
    words = Message(one.rule.id, one.rule.en)
    return PaperLine("", words, one.rule.verified, one.is_there, number, dated)


def missing_papers(given: PaymentList) -> Sequence[PackPaper]:
    pack = pack_for(given)
    named = {one.key: one for one in given.papers.order_by("pk")}
    return missing(pack, _held(given, named))


def _held(given: PaymentList, named: dict[str, ListPaper]) -> set[str]:
    """The list is its own paper; nobody stands in it without marks; the decree may be missing."""
    by_pulih = {"list": True, "attendance": True, "decree": bool(given.activity.decree_number)}
    pack = pack_for(given)
    papers = pack.papers if pack else ()
    return {one.key for one in papers if by_pulih.get(one.held_by) or one.key in named}
