"""Filing a report: its figures are fixed, its papers kept, and its ways named."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pulih.areas.models import Area
from pulih.audit.actions import record
from pulih.budget.models import BudgetLine, SpendingUnit
from pulih.common import periods
from pulih.common.errors import Refusal
from pulih.common.working_days import local_day
from pulih.documents.actions import issue
from pulih.documents.codes import new_code, written
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.workflow.calendars import calendar, zone_of

from ..documents.paper import paper
from ..documents.workbook import workbook
from ..ledger import changes, last_entry, money
from ..models import Dispatch, Filing, Paper
from ..papers import REPORT
from ..reads import facts_of, head_of_planning
from ..rules import deadlines, quarters, reports
from ..rules.document import Document
from ..rules.facts import QuarterFacts, as_json, fingerprint, money_of, signed_by
from ..rules.form_c import consolidation
from ..rules.missing import missing, sentence
from ..rules.reports import CONSOLIDATION


@transaction.atomic
def file(
    unit: SpendingUnit,
    fiscal_year: int,
    quarter: int,
    form: str,
    *,
    by: User,
    now: datetime,
    reason: str = "",
) -> Filing:
    """File a report of a unit. The same figures again are the same filing. May refuse."""
    require(by, Permission.FILE_REPORTS, unit.province)
    units = _hold([unit], fiscal_year)
    today = local_day(now, zone_of(unit.province_id))
    _ask_ended(fiscal_year, quarter, today)
    mark = last_entry([unit.pk])
    facts = facts_of(units[0], fiscal_year, quarter, up_to=mark, signed=today)
    if told := sentence(missing(facts, form)):
        raise Refusal(told)
    filing = Filing(
        unit=unit, province=unit.province, fiscal_year=fiscal_year, quarter=quarter, form=form,
        filed_at=now, filed_by=by, reason=reason, last_entry=mark,
    )  # fmt: skip
    chain = deadlines.chain_of(form, unit.authority, quarters.last_day(fiscal_year, quarter))
    return _kept(filing, (facts,), reports.make(form, facts), chain, today)


@transaction.atomic
def file_consolidation(
    province: Area, fiscal_year: int, quarter: int, *, by: User, now: datetime, reason: str = ""
) -> Filing:
    """File the consolidated Form C of a province, of what its units filed. May refuse."""
    require(by, Permission.FILE_REPORTS, province)
    today = local_day(now, zone_of(province.pk))
    _ask_ended(fiscal_year, quarter, today)
    _hold(owing_units(province, fiscal_year, quarter), fiscal_year)
    every = filed_facts(province, fiscal_year, quarter)
    filing = Filing(
        unit=None, province=province, fiscal_year=fiscal_year, quarter=quarter,
        form=CONSOLIDATION, filed_at=now, filed_by=by, reason=reason,
        last_entry=max(one.last_entry for one, _facts in every),
        sources=[one.pk for one, _facts in every],
    )  # fmt: skip
    head = head_of_planning(province, today)
    facts = signed_by([facts for _one, facts in every], head)
    chain = deadlines.chain_of(
        CONSOLIDATION, facts[0].authority, quarters.last_day(fiscal_year, quarter)
    )
    return _kept(filing, facts, consolidation(province.name, facts), chain, today)


def filed_facts(
    province: Area, fiscal_year: int, quarter: int
) -> list[tuple[Filing, QuarterFacts]]:
    """Return the newest Form C of every unit that owes one to its province. Refuses a gap."""
    units = owing_units(province, fiscal_year, quarter)
    newest: dict[int | None, Filing] = {}
    filings = Filing.objects.of_quarter(fiscal_year, quarter).filter(form="C", unit__in=units)
    for one in filings.order_by("version"):
        newest[one.unit_id] = one
    silent = [unit.name for unit in units if unit.pk not in newest]
    if silent or not units:
        raise Refusal(
            _("Form C has not been filed by: %(units)s. Only what was filed is consolidated.")
            % {"units": ", ".join(silent) or province.name}
        )
    return [(newest[unit.pk], newest[unit.pk].every[0]) for unit in units]


def owing_units(province: Area, fiscal_year: int, quarter: int) -> list[SpendingUnit]:
    """Return the units of a province whose Form C its planning agency consolidates."""
    chains = deadlines.chains(quarters.last_day(fiscal_year, quarter))
    consolidated = {each for one in chains if one.form == CONSOLIDATION for each in one.authorities}
    lines = BudgetLine.objects.filter(province=province, fiscal_year=fiscal_year)
    units = SpendingUnit.objects.filter(
        province=province,
        is_active=True,
        authority__in=consolidated,
        pk__in=lines.order_by().values("unit"),
    )
    return list(units.select_related("province").order_by("code"))


def _hold(units: Sequence[SpendingUnit], fiscal_year: int) -> list[SpendingUnit]:
    """Let nobody post to these units' lines until the filing is stored.

    Entries that are posted later have greater ids, so that `last_entry` tells exactly what counted.
    Keys stay free: a posting under way refers to its unit, and must not wait for us while we wait
    for its lines.
    """
    keys = sorted(unit.pk for unit in units)
    held = SpendingUnit.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys)
    found = list(held.select_related("province").order_by("pk"))
    lines = BudgetLine.objects.filter(unit__in=keys, fiscal_year=fiscal_year)
    list(lines.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    return found


def _ask_ended(fiscal_year: int, quarter: int, today: date) -> None:
    end = quarters.last_day(fiscal_year, quarter)
    if today <= end:
        raise Refusal(
            _("The quarter ends on %(day)s; its reports can be filed from the day after.")
            % {"day": _written(end)}
        )


def _written(day: date) -> str:
    return periods.day(day, get_language() or "id")


def _kept(
    filing: Filing,
    every: tuple[QuarterFacts, ...],
    document: Document,
    chain: deadlines.Chain | None,
    today: date,
) -> Filing:
    filing.facts = [as_json(facts) for facts in every]
    filing.sha256 = fingerprint(filing.facts)
    versions = Filing.objects.of_quarter(filing.fiscal_year, filing.quarter).filter(
        unit=filing.unit, province=filing.province, form=filing.form
    )
    newest: Filing | None = versions.order_by("-version").first()
    if newest and newest.sha256 == filing.sha256:
        return newest
    if newest and not filing.reason.strip():
        raise Refusal(
            _("Version %(n)s was filed already. Say why it is corrected; it becomes version %(m)s.")
            % {"n": newest.version, "m": newest.version + 1}
        )
    filing.version = newest.version + 1 if newest else 1
    filing.as_of = quarters.last_day(filing.fiscal_year, filing.quarter)
    _clock(filing, chain, today, versions.order_by("version").first())
    filing.save()
    _papers(filing, document, every, today)
    for recipient in chain.recipients if chain else ():
        Dispatch.objects.create(filing=filing, province=filing.province, recipient=recipient)
    record(
        filing.filed_by,
        "monitoring.file",
        filing,
        form=filing.form,
        version=filing.version,
        sha256=filing.sha256,
    )
    return filing


def _clock(
    filing: Filing, chain: deadlines.Chain | None, today: date, first: Filing | None
) -> None:
    """Say when a filing was due; a correction is as late as the first version was."""
    days = calendar()
    filed = local_day(first.filed_at, zone_of(filing.province_id)) if first else today
    filing.due = (
        deadlines.due_day(chain, filing.fiscal_year, filing.quarter, days) if chain else None
    )
    filing.late_days = deadlines.late_days(filing.due, filed, days) if filing.due else 0


def _papers(
    filing: Filing, document: Document, every: tuple[QuarterFacts, ...], today: date
) -> None:
    code = new_code()
    mark = f"versi {filing.version}, sidik jari digital {filing.sha256[:12]}, kode {written(code)}"
    files = {
        "pdf": paper(document, every, today, mark, code),
        "xlsx": workbook(document, every, today, mark),
    }
    hashes = {kind: hashlib.sha256(content).hexdigest() for kind, content in files.items()}
    for kind, content in files.items():
        Paper.objects.create(
            filing=filing,
            province=filing.province,
            kind=kind,
            content=content,
            sha256=hashes[kind],
        )
    _issue(filing, code, today, list(hashes.values()))


def _issue(filing: Filing, code: str, today: date, fingerprints: list[str]) -> None:
    """Register the code that both files carry; a correction replaces the version before."""
    unit, period = filing.unit, f"{filing.fiscal_year}/{filing.quarter}"
    issue(
        REPORT, f"{filing.province_id}/{filing.unit_id or 0}/{period}/{filing.form}",
        office=unit.name if unit else f"Bappeda Provinsi {filing.province}",
        number=f"{reports.NAMES[filing.form].id} TA {filing.fiscal_year} triwulan "
        f"{quarters.ROMAN[filing.quarter]}" + (f", satker {unit.code}" if unit else ""),
        dated=today, province=filing.province, person=filing.filed_by.name,
        fingerprints=fingerprints, code=code,
    )  # fmt: skip


@transaction.atomic
def record_dispatch(
    dispatch: Dispatch,
    *,
    letter_number: str,
    sent_on: date | None,
    receipt_number: str,
    received_on: date | None,
    by: User,
    now: datetime,
) -> Dispatch:
    """Say when a filing went to a recipient and which receipt came back. May refuse."""
    require(by, Permission.FILE_REPORTS, dispatch.province)
    if received_on and (sent_on is None or received_on < sent_on):
        raise Refusal(_("It cannot be received before it is sent. Nothing was saved."))
    today = local_day(now, zone_of(dispatch.province_id))
    if any(day and day > today for day in (sent_on, received_on)):
        raise Refusal(_("That day has not come yet. Nothing was saved."))
    if sent_on and sent_on <= dispatch.filing.as_of:
        raise Refusal(
            _("It cannot be sent before the quarter has ended, on %(day)s. Nothing was saved.")
            % {"day": _written(dispatch.filing.as_of)}
        )
    kept: Dispatch = Dispatch.objects.select_for_update().get(pk=dispatch.pk)
    kept.letter_number, kept.sent_on = letter_number, sent_on
    kept.receipt_number, kept.received_on = receipt_number, received_on
    kept.save()
    record(by, "monitoring.dispatch", kept, recipient=kept.recipient)
    return kept


def still_reproduces(filing: Filing) -> list[str]:
    """Return what of a filing no longer agrees with itself or with the ledger; empty when all does.

    Each is one of: figures, money, pdf, xlsx.
    """
    wrong = [] if fingerprint(filing.facts) == filing.sha256 else ["figures"]
    marks = [filing.last_entry]
    if filing.sources:  # A consolidation repeats what each unit filed, up to that unit's own mark.
        added = Filing.objects.in_bulk(filing.sources)
        marks = [added[key].last_entry for key in filing.sources]
    pairs = zip(filing.every, marks, strict=True)
    if any(not _is_in_the_ledger(facts, mark) for facts, mark in pairs):
        wrong.append("money")
    for one in filing.papers.all():
        if hashlib.sha256(bytes(one.content)).hexdigest() != one.sha256:
            wrong.append(one.kind)
    return wrong


def _is_in_the_ledger(facts: QuarterFacts, mark: int) -> bool:
    unit = SpendingUnit.objects.get(code=facts.unit_code)
    found = money(unit, facts.fiscal_year, facts.quarter, up_to=mark)
    if facts.changes != changes(unit, facts.fiscal_year, facts.day, up_to=mark) and facts.changes:
        return False  # Reports filed before they told of changes tell of none.
    return money_of(found) == money_of(facts.lines)
