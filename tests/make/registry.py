"""Firms of the register for tests, by the way that delivered rows take; and doubtful pairs."""

from datetime import date

from pulih.areas.models import Area
from pulih.inbox.models import ImportBatch
from pulih.people.models import User
from pulih.registry.actions.asking import ask
from pulih.registry.models import Enterprise, Review
from tests.make import inbox
from tests.people import cast

PHONE = "08191120{:04d}"


def firms(
    number: int, *, office: Area | None = None, by: User | None = None, as_of: date = inbox.AS_OF
) -> list[Enterprise]:
    """Deliver one list of so many firms that have nothing in common, and return them by id."""
    rows = [row(place) for place in range(1, number + 1)]
    batch = inbox.read(*rows, office=office, by=by, as_of=as_of)
    return of(batch)


def row(place: int, **said: str) -> inbox.Row:
    """Return the row of one firm of `firms`, as another list would name it again."""
    usual = {
        "name": f"Usaha {'ABCDEFGHIJKLMNOP'[place]}",
        "owner": f"Pemilik {'ABCDEFGHIJKLMNOP'[place]}",
        "nik": inbox.nik(place),
        "phone": PHONE.format(place),
        "workers": str(place),
    }
    return inbox.firm(**{**usual, **said})


def of(batch: ImportBatch) -> list[Enterprise]:
    """Return the enterprises that a list names, in the order of their ids."""
    named = Enterprise.objects.filter(sources__source_record__batch=batch)
    return list(named.distinct().order_by("id"))


def review(first: Enterprise, second: Enterprise, weight: float = 0.5) -> Review:
    """Ask about a pair, as a run would."""
    return ask(first, second, weight=weight)


def system() -> User:
    return User.objects.get(username="pulih")


def indramayu() -> dict[str, object]:
    """Return the words with which a regency's own officer delivers."""
    return {"office": cast.area("Kab. Indramayu"), "by": cast.regency_officer()}
