"""Moving lines to the accounts of the pandemic from a day on; what is held keeps its account."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.budget.models import BudgetLine, SpendingUnit
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.workflow.states import START

from ..models import Revision, RevisionKind, RevisionMovement
from ..rules.drafts import KnownLine
from ..rules.remapping import Choice, choices, remapped
from .drafting import keep_movements
from .recording import step


def remap_choices(unit: SpendingUnit, fiscal_year: int, on: date) -> list[Choice]:
    """Return the lines of a unit that may be remapped on a day."""
    lines = unit.lines.filter(fiscal_year=fiscal_year).order_by("line_key", "id")
    return choices((_known(line) for line in lines), on)


@transaction.atomic
def remap(
    unit: SpendingUnit,
    fiscal_year: int,
    *,
    on: date,
    by: User,
    chosen: Mapping[int, str] | None = None,
    token: str = "",
) -> Revision:
    """Write a draft that moves free money to the accounts of the pandemic. May refuse.

    chosen: the new account by line id; None takes every line that can become one account alone,
    and refuses to guess where the officer must choose. token: of the form that was sent; sent
    twice, it is one draft.
    """
    require(by, Permission.REVISE_BUDGET, unit.province)
    source = f"{RevisionKind.REMAP}:{token}" if token else _source(unit, on)
    there: Revision | None = Revision.objects.filter(unit=unit, source=source).first()
    if there:
        return there
    found = remap_choices(unit, fiscal_year, on)
    pairs = list(_pairs(found, chosen))
    if not pairs:
        raise Refusal(_("No line has free money to move to another account on that day."))
    lines = unit.lines.filter(fiscal_year=fiscal_year).order_by("-id")
    known = {(line.line_key, line.funding): _known(line) for line in lines}
    measures = dict(lines.values_list("pk", "measure_id"))
    revision = Revision.objects.create(
        unit=unit,
        province_id=unit.province_id,
        fiscal_year=fiscal_year,
        kind=RevisionKind.REMAP,
        source=source,
        title=_("To the accounts of the pandemic"),
        declared_total=0,
        judged_on=on,
        volume="kept",
        made_by=by,
    )
    by_key = {c.line.line_key[:-6] + account: measures.get(c.line.line_id) for c, account in pairs}
    keep_movements(
        revision,
        [
            RevisionMovement(
                **one.funding._asdict(),
                province_id=unit.province_id,
                line_id=one.line_id,
                line_key=one.line_key,
                account=one.account,
                measure_id=measures.get(one.line_id or 0) or by_key.get(one.line_key),
                ceiling_before=one.ceiling_before,
                rupiah=one.rupiah,
            )
            for one in remapped(pairs, known)
        ],
    )
    step(revision, START, by)
    return revision


def _pairs(
    found: Iterable[Choice], chosen: Mapping[int, str] | None
) -> Iterable[tuple[Choice, str]]:
    for one in found:
        accounts = [target.to_account for target in one.targets]
        if chosen is None and one.must_be_asked:
            raise Refusal(
                _("Line %(key)s may become %(accounts)s. Say which; Pulih does not guess.")
                % {"key": one.line.line_key, "accounts": " / ".join(accounts)}
            )
        account = accounts[0] if chosen is None else chosen.get(one.line.line_id, "")
        if account in accounts:
            yield one, account


def _source(unit: SpendingUnit, on: date) -> str:
    made = Revision.objects.filter(unit=unit, kind=RevisionKind.REMAP).count()
    return f"{RevisionKind.REMAP}:{on}:{made + 1}"


def _known(line: BudgetLine) -> KnownLine:
    held = line.committed + line.blocked
    return KnownLine(
        line.pk, line.unit_id, line.line_key, line.account, line.ceiling, held, line.is_protected,
        line.funding,
    )  # fmt: skip
