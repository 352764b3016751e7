"""The two days a page is seen on: `?per=YYYY-MM-DD` and `&diketahui=YYYY-MM-DD`.

`per` asks what had taken effect; `diketahui` leaves out what was recorded after that day. "What did
the DIPA say on 1 June, as known on 15 June?" is `?per=2020-06-01&diketahui=2020-06-15`.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest
from django.utils import timezone

from pulih.common.periods import WIB
from pulih.web import facts
from pulih.web.bounds import is_a_day

DAY, KNOWN = "per", "diketahui"


@dataclass(frozen=True)
class AsOf:
    """The day shown, and whether a person chose it over the usual one.

    known: the last day whose knowledge counts; None is all that is known today.
    """

    day: date
    is_other: bool
    known: date | None = None

    @property
    def suffix(self) -> str:
        """Return both days as an export's file name carries them."""
        known = f"-diketahui-{self.known}" if self.known else ""
        return f"-per-{self.day}{known}"

    @property
    def query(self) -> dict[str, str]:
        """Return what an address must carry to be seen on the same days; nothing when usual."""
        if not self.is_other:
            return {}
        return {DAY: str(self.day)} | ({KNOWN: str(self.known)} if self.known else {})


def today_only() -> AsOf:
    """The days of what knows today alone: no address is asked for another."""
    return AsOf(timezone.localdate(), False)


def as_of(request: HttpRequest) -> AsOf:
    """Return the days of the address, or the usual ones if it names none or none that exists."""
    usual = usual_day(request)
    asked = parse_day(request.GET.get(DAY, ""))
    known = parse_day(request.GET.get(KNOWN, ""))
    if known is not None and known >= datetime.now(WIB).date():
        known = None  # All that is known until now.
    is_other = (asked is not None and asked != usual) or known is not None
    return AsOf(asked or usual, is_other, known)


def usual_day(request: HttpRequest) -> date:
    """Return today in Jakarta, or the day that the loaded scenario plays on."""
    told: date | None = facts.ask("day", request)
    return told or datetime.now(WIB).date()


def parse_day(text: str) -> date | None:
    """Return the day written `YYYY-MM-DD`; None for anything else, and outside 2000 to 2100."""
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        return None
    return day if is_a_day(day) else None
