"""Firms of the register for tests, by the way that delivered rows take; and doubtful pairs."""

from datetime import date

from pulih.areas.models import Area
from pulih.inbox.models import ImportBatch
from pulih.people.models import User
from pulih.registry.actions.open_reviews import ask
from pulih.registry.models import Enterprise, Review
from tests.make import inbox
from tests.people import cast

FIRMS = (
    ("", "", "", ""),
    ("Konveksi Melati Indah", "Siti Maemunah", "Baju", "14111"),
    ("Dapur Nusantara", "Joko Widagdo", "Keripik singkong", "10793"),
    ("Bengkel Las Cahaya", "Hendra Gunawan", "Pagar besi", "25111"),
    ("Rotan Lestari", "Wayan Sudarma", "Kursi rotan", "31002"),
    ("Tahu Sumber Rejeki", "Aminah Lubis", "Tahu", "10392"),
    ("Gerabah Kasongan", "Bambang Purnomo", "Gerabah", "23932"),
    ("Percetakan Bintang Timur", "Yohanes Fernandes", "Cetakan", "18111"),
    ("Kopi Gayo Mandiri", "Teuku Ramli", "Kopi bubuk", "10761"),
    ("Sepatu Cibaduyut Jaya", "Dedi Kurniawan", "Sepatu", "15201"),
)


def firms(
    number: int, *, office: Area | None = None, by: User | None = None, as_of: date = inbox.AS_OF
) -> list[Enterprise]:
    """Deliver one list of the first so many of FIRMS, and return them by id."""
    rows = [row(place) for place in range(1, number + 1)]
    batch = inbox.read(*rows, office=office, by=by, as_of=as_of)
    return of(batch)


def row(place: int, **said: str) -> inbox.Row:
    """Return the row of one firm of `firms`, as another list would name it again."""
    name, owner, product, kbli = FIRMS[place]
    usual = {
        **{"name": name, "owner": owner, "nik": nik(place), "phone": phone(place)},
        **{"product": product, "kbli": kbli, "workers": str(place)},
    }
    return inbox.firm(**{**usual, **said})


def nik(place: int) -> str:
    """Return the NIK of the owner of firm `place`: no two look alike."""
    return f"3212{place:02d}{40 + 2 * place:02d}{place:02d}{58 + 3 * place}{137 * place:04d}"


def phone(place: int) -> str:
    """Return the telephone of firm `place`."""
    return f"0819{place * 7_654_321 % 100_000_000:08d}"


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
