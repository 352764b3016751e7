"""OCDS 1.1: a contracting process for each commitment, a release for each of its documents.

The commitment itself is planning, award and contract in one: tenders are held elsewhere. What
follows it either changes the contract's value or pays; SPP and SPM do neither and have no release.
Value and payments of a record add up to what the ledger holds of that commitment.
Standard: Open Contracting Data Standard 1.1.5.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from pulih.common.periods import WIB

from .rows import About, Document, FiscalLine, Ledger

VERSION = "1.1"
COMMITMENT, REALISATION = "commitment", "realisation"
Values = dict[str, Any]


def release_package(ledger: Ledger, about: About) -> Values:
    releases = [one for process in processes(ledger, about) for one in process]
    return {**_head(about, "ocds/releases.json"), "releases": releases}


def record_package(ledger: Ledger, about: About) -> Values:
    """Every process with its releases and what they come to (`compiledRelease`)."""
    records = [
        {"ocid": process[0]["ocid"], "releases": process, "compiledRelease": compiled(process)}
        for process in processes(ledger, about)
    ]
    return {**_head(about, "ocds/records.json"), "records": records}


def processes(ledger: Ledger, about: About) -> Iterator[list[Values]]:
    """Yield the releases of each commitment, in the order in which the ledger took them."""
    chains: dict[int, list[Document]] = defaultdict(list)
    for one in ledger.documents:
        if one.root is not None and one.root != one.key:
            chains[one.root].append(one)
    for one in ledger.documents:
        if one.root == one.key:
            yield list(_releases(one, chains[one.key], ledger.lines, about))


def _releases(
    root: Document, chain: Sequence[Document], lines: Mapping[int, FiscalLine], about: About
) -> Iterator[Values]:
    ocid = f"{about.ocid_prefix}-{root.unit}-{root.day.year}-{root.key}"
    yield _contract(ocid, root, lines)
    value = root.sum_of(COMMITMENT)
    for one in chain:
        if changed := one.sum_of(COMMITMENT):
            value += changed
            yield _amendment(ocid, root, one, value)
        if one.sum_of(REALISATION):
            yield _payment(ocid, root, one)


def _contract(ocid: str, root: Document, lines: Mapping[int, FiscalLine]) -> Values:
    bound = [lines[change.line] for change in root.changes if change.kind == COMMITMENT]
    buyer, supplier = _unit(bound[0]), _supplier(root)
    amount = _value(root.sum_of(COMMITMENT))
    suppliers = {"suppliers": [_reference(supplier)]} if supplier else {}
    award = {"id": str(root.key), "status": "active", "date": _moment(root.day), "value": amount}
    return {
        **_release(ocid, root, ["planning", "award", "contract"]),
        "parties": [buyer, supplier] if supplier else [buyer],
        "buyer": _reference(buyer),
        "planning": {"budget": _budget(bound, amount)},
        "awards": [award | suppliers],
        "contracts": [
            {
                "id": str(root.key),
                "awardID": str(root.key),
                "title": root.number,
                "status": "active",
                "value": amount,
                "dateSigned": _moment(root.day),
            }
        ],
    }


def _budget(bound: Sequence[FiscalLine], amount: Values) -> Values:
    """The lines that the commitment binds; the amount is what it reserves of them."""
    keys = sorted({line.key for line in bound})
    names = sorted({f"{line.account} {line.account_name}".strip() for line in bound})
    first = bound[0]
    return {
        "id": " + ".join(keys),
        "description": "; ".join(names),
        "amount": amount,
        "project": f"Kegiatan {first.activity}, output {first.output}",
        "projectID": f"{first.fiscal_year}.{first.unit}.{first.activity}.{first.output}",
    }


def _amendment(ocid: str, root: Document, one: Document, value: int) -> Values:
    change = {
        "id": str(one.key),
        "date": _moment(one.day),
        "description": f"Nilai menjadi Rp{value:,}".replace(",", "."),
        "releaseID": f"{ocid}-{one.key}",
    }
    contract = {
        "id": str(root.key),
        "awardID": str(root.key),
        "status": "active" if value else "cancelled",
        "value": _value(value),
        "amendments": [change],
    }
    return {**_release(ocid, one, ["contractAmendment"]), "contracts": [contract]}


def _payment(ocid: str, root: Document, one: Document) -> Values:
    """An SP2D, or what came back of one as a negative transaction."""
    payee = _payee(one, root)
    transaction = {
        "id": str(one.key),
        "date": _moment(one.day),
        "value": _value(one.sum_of(REALISATION)),
        "payer": {"id": _unit_id(root.unit), "name": f"Satker {root.unit}"},
    } | ({"payee": _reference(payee)} if payee else {})
    contract = {
        "id": str(root.key),
        "awardID": str(root.key),
        "implementation": {"transactions": [transaction]},
    }
    return {
        **_release(ocid, one, ["implementation"], suffix="-p"),
        **({"parties": [payee]} if payee else {}),
        "contracts": [contract],
    }


def _payee(one: Document, root: Document) -> Values | None:
    """Return the body that was paid: the supplier where the payment names nobody."""
    supplier = _supplier(root)
    payee = _supplier(one) if one.party.strip() else supplier
    if payee is None:
        return None
    is_supplier = supplier is not None and supplier["id"] == payee["id"]
    return payee | {"roles": ["supplier", "payee"] if is_supplier else ["payee"]}


def compiled(releases: Sequence[Values]) -> Values:
    """Merge the releases of one process into what they come to, as the standard merges them."""
    merged: Values = {}
    for one in releases:
        _merge(merged, one)
    newest = releases[-1]
    return {
        **merged,
        "tag": ["compiled"],
        "id": f"{newest['ocid']}-{newest['date']}",
        "date": newest["date"],
    }


def _merge(into: Values, values: Values) -> None:
    for name, value in values.items():
        if isinstance(value, dict):
            _merge(into.setdefault(name, {}), value)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            _merge_list(into.setdefault(name, []), value)
        else:
            into[name] = value


def _merge_list(into: list[Values], values: list[Values]) -> None:
    """Objects of one id are one; others are added at the end."""
    by_id = {one["id"]: one for one in into}
    for value in values:
        if value["id"] not in by_id:
            by_id[value["id"]] = {}
            into.append(by_id[value["id"]])
        _merge(by_id[value["id"]], value)


def _head(about: About, path: str) -> Values:
    return {
        "uri": about.address(path),
        "version": VERSION,
        "publishedDate": about.published_at.isoformat(),
        "publisher": {"name": about.publisher},
        "license": about.licence,
        "publicationPolicy": f"{about.site}/about/",
    }


def _release(ocid: str, one: Document, tag: list[str], suffix: str = "") -> Values:
    return {
        "ocid": ocid,
        "id": f"{ocid}-{one.key}{suffix}",
        "date": one.known_at.astimezone(WIB).isoformat(),
        "language": "id",
        "tag": tag,
        "initiationType": "tender",  # The standard knows no other.
    }


def _unit(line: FiscalLine) -> Values:
    return {
        "id": _unit_id(line.unit),
        "name": line.unit_name,
        "identifier": {"scheme": "ID-SATKER", "id": line.unit, "legalName": line.unit_name},
        "address": {"region": line.province_name, "countryName": "Indonesia"},
        "roles": ["buyer", "payer"],
    }


def _unit_id(code: str) -> str:
    return f"ID-SATKER-{code}"


def _supplier(document: Document) -> Values | None:
    """A body by its name; of persons and lists nothing is said, only the money stays."""
    name = document.payee
    return None if name is None else {"id": body_id(name), "name": name, "roles": ["supplier"]}


def body_id(name: str) -> str:
    """No register of bodies is open to all, so the id is drawn from the name as it is written."""
    plain = " ".join(name.upper().replace(".", " ").split())
    return f"ID-PULIH-{hashlib.sha256(plain.encode()).hexdigest()[:12]}"


def _reference(party: Values) -> Values:
    return {"id": party["id"], "name": party["name"]}


def _value(rupiah: int) -> Values:
    return {"amount": rupiah, "currency": "IDR"}


def _moment(day: date) -> str:
    return datetime.combine(day, time(), WIB).isoformat()
