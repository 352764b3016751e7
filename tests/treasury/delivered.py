"""Lists of the treasury as tests deliver them, and lines of their unit."""

from datetime import date
from itertools import count

from pulih.budget.actions import commit
from pulih.people.scope import speaking_as_system
from pulih.treasury.models import Difference, DifferenceKind
from tests.make import budget as make
from tests.make import inbox, ledger
from tests.make import treasury as lists
from tests.people import cast

HEADS = (
    *("Kode Satker", "No SP2D", "Tgl SP2D", "Kode", "Jenis SPM", "Bruto", "Penerima"),
    *("Keperluan", "No Kontrak"),
)
AS_OF = date(2020, 6, 30)
K = DifferenceKind
salts = count(1)


def made(code="029999", **values):
    """Make a line of a unit whose treasurer the officer of these tests is."""
    with speaking_as_system():
        line = make.line(make.unit(code=code), **values)
        if not line.unit.appointments.exists():
            ledger.appointed(line, cast.provincial_officer(), "treasurer")
        return line


def contracted(line, rupiah, number="SPK / 12", day=date(2020, 4, 6)):
    with speaking_as_system() as system:
        amounts = {line.pk: rupiah}
        named = {"number": number, "fiscal_year": 2020, "effective_on": day, "by": system}
        commit(line.unit, amounts, **named)


def paid(number="200231301000101", gross=10_000_000, **changes):
    usual = {
        "unit": "029999", "number": number, "day": "12/05/2020", "key": lists.KEY, "method": "LS",
        "gross": str(gross), "payee": "CV Contoh", "purpose": "Bahan", "contract": "",
    }  # fmt: skip
    return tuple((usual | changes).values())


def deliver(*rows, by, heads=HEADS, as_of=AS_OF, office=None, **asked):
    """Deliver a list; the same rows again are another file with the same content."""
    noise = (f"kolom {next(salts)}", *([""] * 0))
    wide = [(*row, "") for row in rows]
    return inbox.read(
        *wide, heads=(*heads, *noise), kind="treasury", by=by, as_of=as_of, office=office, **asked
    )


def kinds(batch):
    found = Difference.objects.filter(last_seen__batch=batch).in_force()
    return sorted(found.values_list("kind", flat=True))
