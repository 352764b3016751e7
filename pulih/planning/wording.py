"""The sentences of planning, in the language of whoever reads them."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pulih.common.errors import Fault, Refusal
from pulih.web import both, numbers

from .rules.bounds import BoundLine, Shortfall

Sentence = dict[str, str]  # By language: "id" and "en".


def in_both(say: Callable[[], str]) -> Sentence:
    """Return what `say` says in both languages."""
    said = both.in_both(say)
    return {"id": said.id, "en": said.en}


def broken() -> str:
    return _(
        "The calculation broke off through a fault of the program. The scenario is unchanged; "
        "solve it again, and tell the administrator if it happens twice."
    )


def killed() -> str:
    return _(
        "The calculation was stopped from outside several times. The scenario is unchanged; "
        "allow less time or ask the administrator for more memory."
    )


def units_words(count: int) -> str:
    """Return a count of a measure's units: `1 unit`, `1,200 units`."""
    return ngettext("%(count)s unit", "%(count)s units", count) % {"count": numbers.whole(count)}


def no_plan_in_time(seconds: int) -> str:
    return _(
        "In %(seconds)s seconds neither a plan was found nor a proof that there is none. "
        "Allow more time, or loosen a rule."
    ) % {"seconds": seconds}


def nothing_further(seconds: float) -> str:
    return _(
        "In %(seconds)s seconds nothing better was found or proven. The plan of the version "
        "before stands; prove it further from its page with more time."
    ) % {"seconds": numbers.whole(seconds)}


def of_faults(faults: Sequence[Fault]) -> Sentence:
    """Return the first faults of a case as one sentence in both languages."""
    first = faults[:3]
    return {
        language: "; ".join(
            f"{fault.table}: {fault.value or ''} {fault.message.in_language(language)}"
            for fault in first
        )
        for language in ("id", "en")
    }


def refuse_short_ceiling(short: Shortfall, ceiling: int, meant: int | None) -> Refusal:
    """Return the refusal of a ceiling below what is bound: cause, amount, the heaviest lines."""
    return Refusal(short_ceiling(short, ceiling, meant) + " " + _("Nothing was saved."))


def short_ceiling(short: Shortfall, ceiling: int, meant: int | None) -> str:
    """Say by how much a ceiling falls short, which lines bind it, and what was likely meant."""
    parts = [
        _(
            "The new ceiling of %(ceiling)s is below the %(bound)s already committed, blocked "
            "or protected: %(missing)s is missing."
        )
        % {
            "ceiling": numbers.rupiah(ceiling),
            "bound": numbers.rupiah(short.bound),
            "missing": numbers.rupiah(short.missing),
        },
        _("The heaviest lines: %(lines)s.") % {"lines": _lines(short.heaviest)},
    ]
    if meant is not None:
        parts.append(did_you_mean(meant))
    return " ".join(parts)


def _lines(lines: tuple[BoundLine, ...]) -> str:
    return "; ".join(f"{line.name} ({line.place}) {numbers.rupiah(line.bound)}" for line in lines)


def did_you_mean(amount: int) -> str:
    return _("Did you mean %(amount)s?") % {"amount": numbers.whole(amount)}


def held_words(held: str) -> str:
    """Return the word of the column “Held by”."""
    return {
        "cap": _("cap"),
        "floor": _("floor"),
        "bound": _("commitments"),
        "protected": _("protection"),
        "earmark": _("earmark"),
        "limit": _("limit of units"),
        "served": _("needs are met"),
        "worst": _("coverage"),
        "ceiling": _("ceiling"),
        "kept": _("change costs more"),
    }[held]


def run_between(count: int, direction: str, percent: int | None) -> str:
    """Return the honest row for a long run of provinces that is not shown."""
    words = ngettext("%(count)s province in between", "%(count)s provinces in between", count) % {
        "count": numbers.whole(count)
    }
    return f"{words}, {_what_they_share(direction, percent)}"


def _what_they_share(direction: str, percent: int | None) -> str:
    share = {"percent": numbers.percent(abs(percent or 0) / 100, 0)}
    if percent is not None and direction == "up":
        return _("all up %(percent)s") % share
    if percent is not None and direction == "down":
        return _("all down %(percent)s") % share
    return {
        "up": _("all up"),
        "down": _("all down"),
        "same": _("all unchanged"),
        "mixed": _("some up and some down"),
    }[direction]
