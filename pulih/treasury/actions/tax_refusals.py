"""What the sums of a payment request's taxes may not say, in one sentence each."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from pulih.common.errors import Refusal
from pulih.web import numbers
from pulih.web.words import say

from ..reads.taxes import Difference
from ..rules import taxes


def refuse_unknown(keys: Iterable[str]) -> None:
    if unknown := sorted(set(keys) - set(taxes.taxes())):
        raise Refusal(
            _("“%(tax)s” is no tax known here. Known are: %(known)s.")
            % {"tax": unknown[0][:40], "known": ", ".join(taxes.taxes())}
        )


def refuse_sums(rows: Sequence[Difference], gross: int, *, is_given: bool) -> None:
    """Refuse what is negative or above the whole; and all of it where cash is
    only handed out.
    """
    total = sum(one.rupiah for one in rows)
    if is_given and total:
        raise Refusal(_("A UP or TUP pays nobody yet, so nothing is withheld from it."))
    for one in rows:
        if not 0 <= one.rupiah <= gross:
            raise Refusal(
                _("%(tax)s of %(rupiah)s is not between 0 and %(gross)s. Correct it.")
                % {"tax": _name(one), "rupiah": numbers.rupiah(one.rupiah),
                   "gross": numbers.rupiah(gross)}
            )  # fmt: skip
    if total > gross:
        raise Refusal(
            _("%(withheld)s would be withheld from %(gross)s. Correct the taxes.")
            % {"withheld": numbers.rupiah(total), "gross": numbers.rupiah(gross)}
        )


def refuse_differing(rows: Sequence[Difference], reason: str) -> None:
    """Refuse what departs from the rule without a reason."""
    differing = [one for one in rows if one.rupiah != one.suggested]
    if differing and not reason.strip():
        named = "; ".join(f"{_name(one)} {numbers.rupiah(one.suggested)}" for one in differing)
        raise Refusal(
            _("By the rule it is %(named)s. Write the reason why it is otherwise here.")
            % {"named": named}
        )


def _name(one: Difference) -> str:
    return say(taxes.taxes()[one.tax].words)
