"""Lists of the treasury, and where they differ from the ledger, as declared lists."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from pulih.budget.lists import unit_name
from pulih.inbox.models import ImportBatch
from pulih.lists.columns import NOT_ON_PAGE, PAGE_ONLY, Column, Kind, Place
from pulih.lists.filters import Asked, Filter
from pulih.lists.listing import Listing
from pulih.lists.usual import choices, equals, number, words
from pulih.people.permissions import Permission
from pulih.web.words import say

from .models import Difference, DifferenceKind, DifferenceState, Reconciliation

API = frozenset({Place.API})
TONES = {
    DifferenceKind.MISSING_HERE: "info",
    DifferenceKind.OVERSPEND: "bad",
    DifferenceKind.LINE_UNKNOWN: "warn",
    DifferenceKind.AMOUNT: "bad",
    DifferenceKind.CONTENT: "bad",
    DifferenceKind.DATE: "warn",
    DifferenceKind.PARTY: "warn",
    DifferenceKind.METHOD: "warn",
    DifferenceKind.CONTRACT: "bad",
    DifferenceKind.ORDER: "bad",
    DifferenceKind.MISSING_THERE: "warn",
}


def told(message: Any) -> str:
    """Return a message in the language of the page."""
    return str(say(message)) if message else ""


def _of_unit() -> Filter:
    return Filter("unit", _("Spending unit"), number(1), equals("unit"), unit_name)


def _reconciliations(asked: Asked) -> Any:
    rows = Reconciliation.objects.visible_to(asked.person)
    return rows.select_related("batch", "unit", "province")


RECONCILIATIONS = Listing(
    room="budget",
    key="reconciliations",
    title=_("Reconciliation"),
    file_name="pencocokan",
    permission=Permission.SEE_BUDGET,
    source=_reconciliations,
    columns=(
        Column("id", _("Number of the comparison"), lambda r: r.pk, Kind.WHOLE, API),
        Column("batch_id", _("Number of the file"), lambda r: r.batch_id, Kind.WHOLE, API),
        Column("list", _("List"), lambda r: r.get_list_kind_display(),
               template="treasury/_list_of_row.html"),
        Column("file_name", _("File"), lambda r: r.batch.file_name, on=NOT_ON_PAGE),
        Column("unit_code", _("Unit code"), lambda r: r.unit.code, Kind.CODE, NOT_ON_PAGE),
        Column("unit", _("Spending unit"), lambda r: str(r.unit), look="s"),
        Column("as_of", _("Data as of"), lambda r: r.as_of, Kind.DAY),
        Column("is_newest", _("Newest"), lambda r: r.is_newest, Kind.YES_NO, NOT_ON_PAGE),
        Column("stated", _("Stated"), lambda r: r.documents, Kind.WHOLE),
        Column("agree", _("Agree"), lambda r: r.agreeing, Kind.WHOLE),
        Column("differ", _("Differ"), lambda r: r.found, Kind.WHOLE, look="b"),
        Column("new", _("of these new"), lambda r: r.new, Kind.WHOLE),
    ),
    filters=(_of_unit(),),
    order=("-id",),
    when_empty=_("No list of the treasury has been sent yet."),
    when_none=_("No list of this unit has been sent yet."),
    empty="treasury/_none.html",
    icon="file-spreadsheet",
)  # fmt: skip


def _differences(asked: Asked) -> Any:
    """Read the differences in the state asked for; open ones by default."""
    rows = Difference.objects.visible_to(asked.person)
    state = asked["state"] or DifferenceState.OPEN
    rows = rows if state == "all" else rows.filter(state=state)
    return rows.select_related("unit", "line", "posting", "decided_by", "reconciliation")


def _file_name(key: int) -> str:
    return str(ImportBatch.objects.filter(pk=key).values_list("file_name", flat=True).first())


def _names(rows: Any, text: str) -> Any:
    return rows.filter(Q(document_number=text.upper()) | Q(line_text__startswith=text))


def _document(one: Difference) -> str:
    return one.get_document_kind_display() if one.document_kind else ""


def _line(one: Difference) -> str:
    return one.line.line_key if one.line else one.line_text


def _amount(one: Difference) -> str:
    return one.get_amount_kind_display() if one.amount_kind else ""


def what_to_do(one: Difference) -> str:
    """Say what became of a difference, or what can be done about it."""
    if one.state == DifferenceState.EXPLAINED:
        return one.note
    if one.state == DifferenceState.POSTED and one.posting_id:
        return _now("See the posting")
    return _now("It may be posted as the list states it.") if one.can_post else told(one.why)


def _posting(one: Difference) -> str:
    is_posted = one.state == DifferenceState.POSTED and one.posting_id
    return reverse("budget:posting", args=[one.posting_id]) if is_posted else ""


DIFFERENCES = Listing(
    room="budget",
    key="differences",
    title=_("Where list and ledger differ"),
    file_name="perbedaan",
    permission=Permission.SEE_BUDGET,
    source=_differences,
    columns=(
        Column("id", _("Number of the difference"), lambda d: d.pk, Kind.WHOLE, API),
        Column("unit_code", _("Unit code"), lambda d: d.unit.code, Kind.CODE, NOT_ON_PAGE),
        Column("list", _("List"), lambda d: d.get_list_kind_display(), on=NOT_ON_PAGE),
        Column("what", _("Document or line"), str, on=PAGE_ONLY, template="treasury/_what.html"),
        Column("kind", _("What differs"), lambda d: d.get_kind_display(), on=NOT_ON_PAGE),
        Column("kind_tone", _("What differs"), lambda d: TONES[DifferenceKind(d.kind)],
               on=PAGE_ONLY, template="treasury/_kind.html"),
        Column("document", _("Document"), _document, on=NOT_ON_PAGE),
        Column("number", _("Number of the document"), lambda d: d.document_number, Kind.CODE,
               NOT_ON_PAGE),
        Column("line", _("Line"), _line, Kind.CODE, NOT_ON_PAGE),
        Column("amount", _("Which amount"), _amount, on=NOT_ON_PAGE),
        Column("theirs", _("In the list"), lambda d: d.theirs, Kind.RUPIAH, unit="Rp",
               template="treasury/_theirs.html"),
        Column("ours", _("In the ledger"), lambda d: d.ours, Kind.RUPIAH, unit="Rp",
               template="treasury/_ours.html"),
        Column("their_day", _("Day in the list"), lambda d: d.their_day, Kind.DAY, NOT_ON_PAGE),
        Column("our_day", _("Day in the ledger"), lambda d: d.our_day, Kind.DAY, NOT_ON_PAGE),
        Column("state", _("State"), lambda d: d.get_state_display(), on=NOT_ON_PAGE),
        Column("to_do", _("What can be done"), what_to_do, on=PAGE_ONLY, look="s full",
               link=_posting, template="treasury/_to_do.html"),
        Column("why", _("Reason"), lambda d: told(d.why), on=NOT_ON_PAGE),
        Column("note", _("Note"), lambda d: d.note, on=NOT_ON_PAGE),
        Column("sheet", _("Sheet"), lambda d: d.sheet, on=NOT_ON_PAGE),
        Column("row", _("Row of the file"), lambda d: d.row, Kind.WHOLE, NOT_ON_PAGE),
    ),
    filters=(
        Filter("batch", _("File"), number(1), lambda rows, key: rows.of_batch(key), _file_name,
               is_drawn=False),
        words(label=_("Document"), narrow=_names, hint=_("Number of the document, or line")),
        choices("kind", _("What differs"), DifferenceKind.choices, equals("kind")),
        choices("state", _("State"), [*DifferenceState.choices, ("all", _("all"))],
                default=DifferenceState.OPEN),
        _of_unit(),
    ),
    order=("id",),
    when_empty=_("No difference is open. What the list states stands in the ledger or is decided."),
    when_none=_("No difference fits these filters."),
    icon="circle-check",
)  # fmt: skip
