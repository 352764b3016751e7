"""Releases of 2020: what the public could have read, what was corrected, what was taken away."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from pulih.budget import actions as budget
from pulih.budget.actions import Movement
from pulih.budget.clock import playing_at
from pulih.budget.models import AmountKind, BudgetLine, DocumentKind
from pulih.common.periods import WIB
from pulih.people.models import User
from pulih.people.scope import speaking_for
from pulih.portal import actions
from pulih.portal.models import Release, Scope

from . import pok

MAKER, PUBLISHER = "walidata", "walidata_kedua"
MONTH_END, MID_JULY = date(2020, 6, 30), date(2020, 7, 15)
WITHDRAWN_AT = datetime(2020, 7, 23, 9, tzinfo=WIB)
WHY_WITHDRAWN = (
    "Sebuah nama barang dalam tabel anggaran memuat nama orang. Angka bulan itu ada dalam rilis "
    "sesudahnya (peragaan)."
)
WHY_WITHDRAWN_EN = (
    "The name of a good in a budget table held a person's name. That month's figures stand in the "
    "release after it (demonstration)."
)
LATE_CODE, LATE_ON = "82", date(2020, 7, 10)
LATE_KNOWN_AT = datetime(2020, 7, 21, 10, tzinfo=WIB)
LATE_RUPIAH = 4_750_000
LATE_NUMBER = "2008213040990001"
WHY_RESTATED = (
    "SP2D GUP tanggal 10 Juli 2020 senilai Rp4.750.000 baru diserahkan satker pada 21 Juli "
    "(peragaan)."
)
WHY_RESTATED_EN = (
    "A payment out of the imprest of 10 July 2020, Rp4,750,000, was delivered by its unit on "
    "21 July only (demonstration)."
)


@dataclass(frozen=True)
class Planned:
    as_of: date
    known_at: datetime
    scope: str = Scope.REGENCIES
    restates: str = ""

    @property
    def number(self) -> str:
        return f"{self.as_of}.{2 if self.restates else 1}"


RELEASES = (
    Planned(date(2020, 6, 15), datetime(2020, 6, 16, 9, tzinfo=WIB)),
    Planned(MONTH_END, datetime(2020, 7, 1, 9, tzinfo=WIB), Scope.MONEY),
    Planned(MID_JULY, datetime(2020, 7, 16, 9, tzinfo=WIB)),
    Planned(MID_JULY, datetime(2020, 7, 22, 9, tzinfo=WIB), Scope.MONEY, f"{MID_JULY}.1"),
)


def publish(said: Callable[[int, int], None], *, by: User) -> None:
    """Publish each release, in the names of two data stewards; one that is there is passed.

    by: Pulih itself, which writes down the document that came late. Pages are written once, at the
    end, without what was withdrawn.
    """
    maker = User.objects.get(username=MAKER)
    publisher = User.objects.get(username=PUBLISHER)
    for done, planned in enumerate(RELEASES):
        said(done, len(RELEASES))
        if planned.restates:
            post_late(by=by)
        if not Release.objects.filter(number=planned.number, published_at__isnull=False).exists():
            _publish(planned, maker, publisher)
    leak = Release.objects.get(number=f"{MONTH_END}.1")
    if not hasattr(leak, "withdrawal"):
        with speaking_for(publisher):
            actions.withdraw(leak, reason=WHY_WITHDRAWN, reason_en=WHY_WITHDRAWN_EN, by=publisher,
                             now=WITHDRAWN_AT)  # fmt: skip
    actions.mend_site()
    said(len(RELEASES), len(RELEASES))


def post_late(*, by: User) -> None:
    """Write down a payment out of the imprest three days before it is asked about; once."""
    lines = BudgetLine.objects.filter(
        unit__code=pok.unit_code(LATE_CODE), fiscal_year=pok.FISCAL_YEAR
    ).select_related("unit")
    line = max(lines, key=lambda one: one.amounts.free)
    with playing_at(LATE_KNOWN_AT):
        budget.post(
            kind=DocumentKind.PAYMENT,
            number=LATE_NUMBER,
            unit=line.unit,
            fiscal_year=pok.FISCAL_YEAR,
            effective_on=LATE_ON,
            movements=[
                Movement(line.pk, AmountKind.COMMITMENT, LATE_RUPIAH),
                Movement(line.pk, AmountKind.REALISATION, LATE_RUPIAH),
            ],
            by=by,
            party="Bendahara pengeluaran",
            method="GUP",
        )


def _publish(planned: Planned, maker: User, publisher: User) -> None:
    corrected = Release.objects.filter(number=planned.restates).first()
    wanted = actions.NewRelease(
        planned.as_of, corrected, WHY_RESTATED if corrected else "", planned.scope,
        WHY_RESTATED_EN if corrected else "",
    )  # fmt: skip
    now = planned.known_at
    with speaking_for(maker):
        release = actions.draft(wanted, by=maker, now=now)
        actions.protect(release, by=maker, now=now)
        actions.check(release, by=maker, now=now)
    with speaking_for(publisher):
        actions.publish(release, by=publisher, now=now, with_pages=False)
