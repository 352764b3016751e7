"""The budget's figures: what each amount means, and the rows whose sum it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pulih.lists.columns import Kind
from pulih.lists.figures import Definition, Stated, as_read, define
from pulih.lists.filters import Asked
from pulih.lists.listing import each
from pulih.people.models import User
from pulih.people.permissions import Permission
from pulih.web.as_of import AsOf
from pulih.web.figures import Amounts as Bar

from .entry_lists import ENTRY_AMOUNTS, ENTRY_WORDS
from .lists import BLOCKED, LINES, PROMISES, UNPAID, lines_asked
from .models.lines import BudgetLineQuerySet
from .rules.amounts import Amounts, total


def amounts(asked: Asked) -> Amounts:
    """The five amounts of the lines asked for, in rupiah."""
    return of_lines(lines_asked(asked), asked)


def of_lines(lines: BudgetLineQuerySet, asked: Asked) -> Amounts:
    return total(lines.amounts_by("unit_id", asked.seen.day, asked.seen.known).values())


def _amount(name: str, definition: str | Promise) -> Definition:
    """One of the five amounts, as the sum of what documents did to it."""
    return define(
        Definition(
            key=f"budget.{name}",
            words=ENTRY_WORDS[name],
            definition=definition,
            kind=Kind.RUPIAH,
            permission=Permission.SEE_BUDGET,
            filters=LINES,
            compute=lambda asked: getattr(amounts(asked), name),
            rows="budget:entries",
            asks={"amount": ENTRY_AMOUNTS[name].value},
            adds=name,
            head=HEADS[name],
            api="budget/entries",
        )
    )


def _of_lines(
    key: str,
    words: str | Promise,
    definition: str | Promise,
    compute: Callable[[Asked], int],
    *,
    only: str = "",
    kind: Kind = Kind.RUPIAH,
    adds: str = "ceiling",
    head: str = "Pagu",
) -> Definition:
    """A figure whose rows are budget lines. only: which of them, as the page's filter says it."""
    return define(
        Definition(
            key=key, words=words, definition=definition, compute=compute, kind=kind,
            permission=Permission.SEE_BUDGET, filters=LINES, rows="budget:lines",
            asks={"only": only} if only else {}, adds=adds, head=head, api="budget/lines",
        )
    )  # fmt: skip


def _there(asked: Asked) -> BudgetLineQuerySet:
    """The lines that the page lists: on another day than the usual, those that were open."""
    lines = lines_asked(asked)
    seen = asked.seen
    return lines.there_on(seen.day, seen.known) if seen.is_other else lines


def _ceiling_of(keep: Callable[[BudgetLineQuerySet], BudgetLineQuerySet], asked: Asked) -> int:
    return of_lines(keep(lines_asked(asked)), asked).ceiling


def _number_of(keep: Callable[[BudgetLineQuerySet], BudgetLineQuerySet], asked: Asked) -> int:
    return keep(_there(asked)).count()


def _movable(asked: Asked) -> int:
    return of_lines(lines_asked(asked).movable(), asked).unbound


HEADS = {
    "ceiling": "Pagu",
    "blocked": "Blokir",
    "committed": "Komitmen",
    "realised": "Realisasi",
    "reserved": "Dicadangkan",
}
CEILING = _amount(
    "ceiling", _("What units may spend at most: DIPA and POK, with the revisions in force.")
)
BLOCKED_MONEY = _amount("blocked", _("What may not be used until a block is released."))
COMMITTED = _amount(
    "committed", _("What contracts and decisions bind, paid or not; reversals taken off.")
)
REALISED = _amount("realised", _("What the treasury paid (SP2D), less what was returned."))
RESERVED = _amount("reserved", _("What is promised to approved proposals and not yet committed."))
FREE = _of_lines(
    "budget.free",
    _("May still be moved"),
    _("Ceiling less what is blocked, committed or reserved for a proposal."),
    lambda asked: amounts(asked).free,
    adds="free",
    head="Masih dapat digeser",
)
MOVABLE = _of_lines(
    "budget.movable",
    _("A plan may move"),
    _(
        "Ceiling less what is blocked or committed, of the lines of provincial units that name a "
        "measure and are not protected. Money reserved for a proposal counts: a plan may take it."
    ),
    _movable,
    only="movable",
    adds="movable",
    head="Dapat digeser oleh rencana",
)
UNTAGGED = _of_lines(
    "budget.untagged",
    _("Without a measure"),
    _("Ceiling of the lines of provincial units that name no measure and are not protected."),
    partial(_ceiling_of, BudgetLineQuerySet.untagged),
    only="untagged",
)
UNTAGGED_LINES = _of_lines(
    "budget.untagged_lines",
    _("Lines without a measure"),
    _("Lines of provincial units that name no measure and are not protected."),
    partial(_number_of, BudgetLineQuerySet.untagged),
    only="untagged",
    kind=Kind.WHOLE,
    adds="",
    head="",
)
PHYSICAL_LINES = _of_lines(
    "budget.physical_lines",
    _("Lines for physical things"),
    _("Lines of deconcentration whose account pays for physical things (PP 7/2008, 20(3))."),
    partial(_number_of, BudgetLineQuerySet.physical),
    only="physical",
    kind=Kind.WHOLE,
    adds="",
    head="",
)
UNPAID_MONEY = define(
    Definition(
        key="budget.unpaid",
        words=UNPAID.title,
        definition=_("What documents committed and the treasury has not paid."),
        kind=Kind.RUPIAH,
        permission=Permission.SEE_BUDGET,
        filters=UNPAID.filters,
        compute=lambda asked: UNPAID.sums(UNPAID.rows(asked))["unpaid"],
        rows="budget:commitments",
        adds="unpaid",
        head="Belum dibayar",
        api="budget/commitments",
    )
)
UNPAID_DOCUMENTS = define(
    Definition(
        key="budget.unpaid_documents",
        words=_("Documents not yet paid"),
        definition=_("Documents that still bind money on a line; one for each line."),
        kind=Kind.WHOLE,
        permission=Permission.SEE_BUDGET,
        filters=UNPAID.filters,
        compute=lambda asked: sum(1 for _row in each(UNPAID.rows(asked))),
        rows="budget:commitments",
        api="budget/commitments",
    )
)
BLOCKED_WHY = define(
    Definition(
        key="budget.blocked_by_document",
        words=BLOCKED.title,
        definition=_("What is blocked, with the documents that blocked and released it."),
        kind=Kind.RUPIAH,
        permission=Permission.SEE_BUDGET,
        filters=LINES,
        compute=lambda asked: amounts(asked).blocked,
        rows="budget:blocks",
        adds="rupiah",
        head="Diblokir atau dibuka",
        api="budget/blocks",
    )
)
RESERVED_FOR = define(
    Definition(
        key="budget.reserved_by_proposal",
        words=PROMISES.title,
        definition=_("What is reserved, proposal by proposal and line by line."),
        kind=Kind.RUPIAH,
        permission=Permission.SEE_BUDGET,
        filters=LINES,
        compute=lambda asked: amounts(asked).reserved,
        rows="budget:promises",
        adds="left",
        head="Masih dicadangkan",
        api="budget/promises",
    )
)
AMOUNTS = (CEILING, BLOCKED_MONEY, COMMITTED, REALISED, RESERVED, FREE)


def stated_amounts(
    amounts: Amounts | Bar,
    person: User,
    seen: AsOf,
    asked: Mapping[str, object],
    *,
    is_beyond: bool = False,
) -> dict[str, Stated]:
    """The amounts of a place or unit, read with those of others, by name: `ceiling` to `free`."""
    return {
        one.adds: as_read(one, getattr(amounts, one.adds), person, seen, asked, is_beyond=is_beyond)
        for one in AMOUNTS
    }
