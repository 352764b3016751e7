"""The treasurer's books of a unit, read from the ledger, the taxes and the cash moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.db.models import Max, Min, Q, Sum
from django.utils import translation

from pulih.budget.models import (
    AmountKind,
    DocumentKind,
    Entry,
    PaymentMethod,
    Posting,
    SpendingUnit,
)

from ..models import CashMove, FiledMonth, TaxProof, Withholding
from ..rules import taxes
from ..rules.books import TREASURER, BookRow, Month, handed_on, months, versions
from ..rules.taxes import Way
from . import GIVEN, OF_IMPREST

DIRECT = ["", PaymentMethod.DIRECT.value]
SPENT = frozenset(OF_IMPREST) - GIVEN  # Asked for because it was paid already.
FIGURE = {
    DocumentKind.REQUEST: AmountKind.REQUEST,
    DocumentKind.PAYMENT: AmountKind.REALISATION,
    DocumentKind.RETURN: AmountKind.REALISATION,
}
# By kind of cash move: how the book calls it, and which way it moves each of these books.
HELD = ("bank", "cash", "direct", "imprest")
MOVES = {
    "withdrawal": ("Tarik tunai", -1, 1, 0, 0),
    "deposit": ("Setor tunai ke bank", 1, -1, 0, 0),
    "paid_bank": ("LS diserahkan", -1, 0, -1, 0),
    "paid_cash": ("LS diserahkan tunai", 0, -1, -1, 0),
    "back_bank": ("LS kembali", 1, 0, 1, 0),
    "back_cash": ("LS kembali tunai", 0, 1, 1, 0),
    "up_in": ("UP/TUP diterima", 1, 0, 0, 1),
    "up_out": ("UP/TUP disetor kembali", -1, 0, 0, -1),
}
STATED_ANEW = "Pajak dinyatakan ulang"
REVERSED = "Dibalik"


def books_of(unit: SpendingUnit, year: int) -> list[Month]:
    """Return the months of a unit's books as known now; a year opens as the last one closed.

    What was learned of an earlier year after that was closed is booked in this one.
    """
    before, opening, older = _year_before(unit, year), {}, []
    if before:
        *_, december, left_over = books_of(unit, before)
        opening = {name: one.closing for name, one in december.sums.items()}
        older = [replace(row, is_older=True) for row in left_over.rows]
    closed = closed_at(unit, year)
    return months([*older, *_Read(unit, year, closed).rows()], closed, opening)


def filed_at(unit: SpendingUnit, year: int) -> dict[int, datetime]:
    found = FiledMonth.objects.filter(unit=unit, fiscal_year=year)
    return dict(found.values_list("month", "at"))


def closed_at(unit: SpendingUnit, year: int) -> dict[int, datetime]:
    """Return when each month was closed: filed, or left as it was when a later year was filed."""
    later = FiledMonth.objects.filter(unit=unit, fiscal_year__gt=year).aggregate(at=Min("at"))["at"]
    left = dict.fromkeys(range(1, 13), later) if later else {}
    return left | filed_at(unit, year)


def _year_before(unit: SpendingUnit, year: int) -> int | None:
    """Return the newest year before one in which anything moved in the books of a unit."""
    ours = Q(method__in=list(OF_IMPREST)) | Q(method__in=DIRECT, party__istartswith=TREASURER)
    postings = Posting.objects.filter(ours, unit=unit, fiscal_year__lt=year)
    moves = CashMove.objects.filter(unit=unit, day__year__lt=year)
    proofs = TaxProof.objects.filter(
        deduction__withholding__unit=unit, deduction__withholding__way=Way.TREASURER,
        paid_on__year__lt=year,
    )  # fmt: skip
    days = (
        rows.aggregate(on=Max(name))["on"] for rows, name in ((moves, "day"), (proofs, "paid_on"))
    )
    years = [postings.aggregate(year=Max("fiscal_year"))["year"], *(on and on.year for on in days)]
    return max(filter(None, years), default=None)


class _Read:
    """All that moves the books of a unit in a year, in few queries."""

    def __init__(self, unit: SpendingUnit, year: int, filed: dict[int, datetime]) -> None:
        self.unit, self.year, self.filed = unit, year, filed
        ours = Q(unit=unit, fiscal_year=year)
        related = ("refers_to__refers_to", "reverses__refers_to")
        found = Posting.objects.filter(ours, self._of_imprest()).select_related(*related)
        self.postings = list(found.order_by("pk"))
        self.sums: dict[int, dict[str, int]] = defaultdict(dict)
        entries = Entry.objects.filter(posting__in=self.postings).order_by()
        sums = entries.values_list("posting", "amount_kind").annotate(total=Sum("rupiah"))
        for posting, kind, total in sums:
            self.sums[posting][kind] = int(total)
        self.stated: dict[int, list[Withholding]] = defaultdict(list)
        editions = Withholding.objects.filter(unit=unit, request__fiscal_year=year)
        for one in editions.order_by("edition"):
            self.stated[one.request_id].append(one)

    @staticmethod
    def _of_imprest() -> Q:
        """Pick documents by the imprest's ways of paying, and what corrects or returns them."""
        names = ("method", "refers_to__method", "reverses__method", "reverses__refers_to__method")
        kinds = Q(document_kind__in=(*FIGURE, DocumentKind.CORRECTION))
        found = Q()
        for name in names:
            found |= Q(**{f"{name}__in": list(OF_IMPREST)})
            party = name.replace("method", "party")
            found |= Q(**{f"{name}__in": DIRECT, f"{party}__istartswith": TREASURER})
        return kinds & found

    def rows(self) -> Iterator[BookRow]:
        for posting in self.postings:
            yield from self._of_posting(posting)
        yield from self._of_proofs()
        yield from self._of_cash()

    def _of_posting(self, posting: Posting) -> Iterator[BookRow]:
        root: Posting | None = posting.reverses or posting
        if root and root.document_kind == DocumentKind.CORRECTION:
            root = root.refers_to
        if root is None or root.document_kind not in FIGURE:
            return
        kind = DocumentKind(root.document_kind)
        moved = self.sums[posting.pk].get(FIGURE[kind], 0)
        if kind == DocumentKind.REQUEST:
            if root.method in SPENT:
                yield from self._spent(posting, root, moved)
        elif kind == DocumentKind.PAYMENT:
            yield from self._received(posting, root, moved)
            yield from self._through_the_treasurer(posting, root, moved)
        elif root.refers_to and _is_through_the_treasurer(root.refers_to):
            yield self._row(posting, "Sisa LS disetor", bank=moved, direct=moved)
        elif (root.refers_to and root.refers_to.method in GIVEN) or root.method in GIVEN:
            yield self._row(posting, "Sisa UP/TUP disetor", bank=moved, imprest=moved)

    def _spent(self, posting: Posting, root: Posting, moved: int) -> Iterator[BookRow]:
        plain = self._row(posting, posting.party or root.party, bank=-moved, imprest=-moved)
        stated = [one for one in self.stated[root.pk] if one.way == Way.TREASURER]
        if posting.pk == root.pk:
            said = [plain, *(self._stated(posting, one) for one in stated)]
            yield from versions(said, self.filed, STATED_ANEW)
        elif (
            posting.reverses_id == root.pk and stated
        ):  # The taxes of the SPP are given back with it.
            whole = self._stated(root, stated[-1])
            yield whole.negated(posting.effective_on, posting.recorded_at, REVERSED)
        else:
            yield plain

    def _stated(self, posting: Posting, one: Withholding) -> BookRow:
        bank, cash = (0, -one.net) if one.is_cash else (-one.net, 0)
        return BookRow(
            one.withheld_on, max(one.at, posting.recorded_at), _code(posting), _named(posting),
            posting.party, bank, cash, imprest=-one.gross, tax=one.withheld,
        )  # fmt: skip

    def _received(self, posting: Posting, root: Posting, moved: int) -> Iterator[BookRow]:
        if root.method in GIVEN or root.method == PaymentMethod.REFILL:
            yield self._row(posting, f"{root.method} diterima", bank=moved, imprest=moved)
        order = root.refers_to
        if root.method in SPENT and not (order and order.refers_to):  # No SPP says what was paid.
            yield self._row(posting, root.party, bank=-moved, imprest=-moved)

    def _through_the_treasurer(
        self, posting: Posting, root: Posting, moved: int
    ) -> Iterator[BookRow]:
        """Yield what reaches the treasurer of a direct payment, by the taxes stated by then."""
        if not _is_through_the_treasurer(root):
            return
        order = root.refers_to
        stated = self.stated[order.refers_to_id] if order and order.refers_to_id else []
        known = [one for one in stated if one.at <= root.recorded_at]
        net = handed_on(moved, known[-1].gross, known[-1].withheld) if known else moved
        yield self._row(posting, "LS bendahara diterima", bank=net, direct=net)

    def _row(self, posting: Posting, words: str, **moved: int) -> BookRow:
        day, at = posting.effective_on, posting.recorded_at
        is_older = day.year < self.year  # Of a year whose budget was handed out before it began.
        return BookRow(day, at, _code(posting), _named(posting), words, is_older=is_older, **moved)

    def _of_proofs(self) -> Iterator[BookRow]:
        proofs = TaxProof.objects.filter(
            deduction__withholding__unit=self.unit, deduction__withholding__way=Way.TREASURER,
            paid_on__year=self.year,
        )  # fmt: skip
        for one in proofs.select_related("deduction__withholding").order_by("pk"):
            rupiah = one.deduction.rupiah if one.is_void else -one.deduction.rupiah
            words = taxes.taxes()[one.deduction.tax].words.id
            pocket = "cash" if one.deduction.withholding.is_cash else "bank"
            said = f"{words} ditarik" if one.is_void else f"{words} disetor"
            code = f"ntpn {one.ntpn} {one.deduction.tax}{' void' if one.is_void else ''}"
            yield BookRow(
                one.paid_on, one.at, code, f"NTPN {one.ntpn}", said, tax=rupiah,
                **{pocket: rupiah},
            )  # fmt: skip

    def _of_cash(self) -> Iterator[BookRow]:
        for one in CashMove.objects.filter(unit=self.unit, day__year=self.year).order_by("pk"):
            words, *signs = MOVES[one.kind]
            moved = {book: sign * one.rupiah for book, sign in zip(HELD, signs, strict=True)}
            yield BookRow(one.day, one.at, f"{one.kind} {one.number}", one.number, words, **moved)


def _is_through_the_treasurer(payment: Posting) -> bool:
    """Tell whether a direct payment goes to the treasurer, who hands it on."""
    return payment.method in DIRECT and payment.party.upper().startswith(TREASURER)


def _code(posting: Posting) -> str:
    return f"{posting.document_kind} {posting.document_number} {posting.edition}"


def _named(posting: Posting) -> str:
    """Name a document as the papers do, whatever language the reader speaks."""
    with translation.override("id"):
        return str(posting)
