"""Plain rows of the ledger and of hand-overs for the open data standards, by hand and by chance."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from pulih.portal.standards.rows import About, Change, Document, FiscalLine, Gift, Ledger

DAY = date(2020, 6, 15)
NOON = datetime(2020, 6, 15, 5, tzinfo=UTC)
PARTIES = ("PT Sinar Uji", "CV. Sagu", "Made Uji", "Daftar terlampir", "UD Uji", "")


def about(**values: Any) -> About:
    usual = {
        "number": "2020-06-15.1", "as_of": DAY, "published_at": NOON,
        "site": "https://pulih.example", "publisher": "Kementerian Uji",
        "ocid_prefix": "ocds-uji000", "giving_prefix": "360G-uji",
    }  # fmt: skip
    return About(**{**usual, **values})


def line(key: str = "3038.001.051.A.521211", **values: Any) -> FiscalLine:
    usual = {
        "unit": "029999", "unit_name": "Disperindag Uji", "province": "32",
        "province_name": "Jawa Barat", "fiscal_year": 2020, "authority": "DK", "fund_source": "RM",
        "programme": "", "activity": "3038", "output": "001", "component": "051",
        "account": "521211", "account_name": "Belanja Bahan", "measure": "",
    }  # fmt: skip
    return FiscalLine(key=key, **{**usual, **values})


def document(
    key: int, kind: str, *changes: Change, root: int | None = None, **values: Any
) -> Document:
    usual = {
        "number": f"{kind}-{key}", "day": DAY, "known_at": NOON + timedelta(minutes=key),
        "unit": "029999", "party": "", "method": "LS",
    }  # fmt: skip
    return Document(key=key, kind=kind, root=root, changes=changes, **{**usual, **values})


def contract(key: int = 1, rupiah: int = 1_000, **values: Any) -> Document:
    change = Change(1, "commitment", rupiah)
    return document(key, "commitment", change, root=key, **values)


def payment(key: int, root: int | None, rupiah: int, **values: Any) -> Document:
    return document(key, "sp2d", Change(1, "realisation", rupiah), root=root, **values)


def ledger(*documents: Document, **lines: Any) -> Ledger:
    return Ledger({1: line(**lines), 2: line("3038.001.052.A.522151")}, documents)


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    """A ledger of some contracts; each is changed, paid and given back in any order."""
    documents, key = [], 0
    for _ in range(draw(st.integers(0, 4))):
        key += 1
        root = key
        changes = [
            Change(number, "commitment", draw(st.integers(1, 10**12)))
            for number in draw(st.sampled_from([(1,), (2,), (1, 2)]))
        ]
        party = draw(st.sampled_from(PARTIES))
        documents.append(document(root, "commitment", *changes, root=root, party=party))
        for _ in range(draw(st.integers(0, 4))):
            key += 1
            documents.append(draw(_following(key, root)))
    if draw(st.booleans()):
        key += 1
        both = (Change(1, "commitment", 5), Change(1, "realisation", 5))
        documents.append(document(key, "sp2d", *both, root=None, party="Made Uji"))
    return Ledger({1: line(), 2: line("3038.001.052.A.522151")}, documents)


@st.composite
def _following(draw: st.DrawFn, key: int, root: int) -> Document:
    kind, amount = draw(
        st.sampled_from(
            [("commitment", "commitment"), ("sp2d", "realisation"), ("return", "realisation")]
        )
    )
    rupiah = draw(st.integers(1, 10**12)) * (-1 if kind == "return" else 1)
    party = draw(st.sampled_from(PARTIES))
    return document(
        key, kind, Change(draw(st.sampled_from([1, 2])), amount, rupiah), root=root, party=party
    )


def gift(key: int = 1, **values: Any) -> Gift:
    usual = {
        "receiver": key, "receiver_kind": "task_force", "receiver_name": "Gugus Tugas Uji",
        "area": "6371", "area_name": "Kota Uji", "measure": "masks",
        "measure_name": "Bimtek masker", "item": "Masker kain", "unit": "potong", "quantity": 500,
        "value": 1_000_000, "day": DAY, "received": None, "funder": "ID-SATKER-029999",
        "funder_name": "Disperindag Uji",
    }  # fmt: skip
    return Gift(key=key, **{**usual, **values})
