"""All that the reports of one unit and quarter are made of: money of the ledger, words typed once.

Amounts are whole rupiah, cumulative to the quarter's end; `_before` is to the end of the quarter
before. Percentages and volumes are decimals; None is not known.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

FOREIGN_SOURCES = ("PLN", "HLN", "PHLN")
LEARNED = ("funds", "changes", "remarks", "returns", "prior")


class Part(NamedTuple):
    """Where in the plan something stands: programme, activity, output with suboutput or RO."""

    programme: str
    activity: str
    output: str


@dataclass(frozen=True)
class MoneyLine:
    """The money of one output, account and fund source, in rupiah."""

    programme: str
    activity: str
    output: str
    account: str
    account_name: str
    fund_source: str
    ceiling: int
    blocked: int
    committed: int
    realised: int
    realised_before: int

    @property
    def part(self) -> Part:
        return Part(self.programme, self.activity, self.output)

    @property
    def is_foreign(self) -> bool:
        return self.fund_source in FOREIGN_SOURCES


@dataclass(frozen=True)
class Output:
    """An output: what it is measured by, what was planned, what was reached.

    planned: rupiah, cumulative. physical: percent of the work. volume: in `measured_in`.
    """

    programme: str
    activity: str
    output: str
    name: str = ""
    indicator: str = ""
    measured_in: str = ""
    volume: Decimal | None = None
    planned: int | None = None
    planned_before: int | None = None
    physical_target: Decimal | None = None
    physical_target_before: Decimal | None = None
    volume_done: Decimal | None = None
    physical: Decimal | None = None
    physical_before: Decimal | None = None
    remark: str = ""

    @property
    def part(self) -> Part:
        return Part(self.programme, self.activity, self.output)


@dataclass(frozen=True)
class Around:
    """What other quarters say of one output: the nearest one before and after that say anything."""

    volume_before: Decimal | None = None
    volume_after: Decimal | None = None
    physical_before: Decimal | None = None
    physical_after: Decimal | None = None


@dataclass(frozen=True)
class Heading:
    """A programme (activity is blank) or an activity, and the outcome it is measured by."""

    programme: str
    activity: str
    name: str
    function: str = ""
    indicator: str = ""
    measured_in: str = ""
    volume: Decimal | None = None


@dataclass(frozen=True)
class Note:
    """What hampers an activity, what must follow, and who is expected to help."""

    programme: str
    activity: str
    obstacle: str
    follow_up: str
    helper: str


@dataclass(frozen=True)
class Fund:
    """The number under which an activity's foreign loan or grant is registered (No. PHLN)."""

    programme: str
    activity: str
    fund_source: str
    number: str


@dataclass(frozen=True)
class Change:
    """What one document did to the ceiling of the unit, in rupiah. kind: as the ledger has it."""

    kind: str
    number: str
    day: date
    rupiah: int


@dataclass(frozen=True)
class Returned:
    """What was paid and came back to the treasury until the day, in rupiah, by account and fund."""

    account: str
    fund_source: str
    rupiah: int


@dataclass(frozen=True)
class Prior:
    """What was paid on an account until the same day of the year before, less returns."""

    account: str
    account_name: str
    rupiah: int


@dataclass(frozen=True)
class Remark:
    """What an officer says in the notes. about: two figures of the account, or other."""

    about: str
    text: str

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.text.splitlines() if line.strip())


@dataclass(frozen=True)
class Signer:
    """Who signs. role: kpa or ppk; bappeda for all units of a province together."""

    role: str
    name: str
    nip: str
    post: str
    place: str


@dataclass(frozen=True)
class QuarterFacts:
    """One unit, one quarter: everything that its reports say."""

    unit_code: str
    unit_name: str
    province: str
    authority: str
    fiscal_year: int
    quarter: int
    day: date
    dipa_number: str = ""
    dipa_date: date | None = None
    location: str = ""
    lines: tuple[MoneyLine, ...] = ()
    outputs: tuple[Output, ...] = ()
    headings: tuple[Heading, ...] = ()
    notes: tuple[Note, ...] = ()
    signers: tuple[Signer, ...] = ()
    funds: tuple[Fund, ...] = ()
    changes: tuple[Change, ...] = ()
    remarks: tuple[Remark, ...] = ()
    returns: tuple[Returned, ...] = ()
    prior: tuple[Prior, ...] = ()

    def heading(self, programme: str, activity: str = "") -> Heading:
        found = (h for h in self.headings if (h.programme, h.activity) == (programme, activity))
        return next(found, Heading(programme, activity, ""))

    def output(self, part: Part) -> Output:
        return next((o for o in self.outputs if o.part == part), Output(*part))

    def foreign(self) -> list[tuple[Part, str]]:
        """Return which outputs have foreign money, and of which source."""
        found = (line for line in self.lines if line.is_foreign and (line.ceiling or line.realised))
        return sorted({(line.part, line.fund_source) for line in found})

    def fund_number(self, part: Part, fund_source: str) -> str:
        """Return the number of an activity's loan or grant; blank where it is not typed."""
        key = (part.programme, part.activity, fund_source)
        found = (f for f in self.funds if (f.programme, f.activity, f.fund_source) == key)
        return next((fund.number for fund in found), "")

    def said(self, about: str) -> tuple[str, ...]:
        """Return what the officer says of a spending type or of other matters, by paragraph."""
        return next((one.paragraphs for one in self.remarks if one.about == about), ())

    def signer(self, role: str) -> Signer | None:
        return next((one for one in self.signers if one.role == role), None)


def signed_by(every: Iterable[QuarterFacts], head: Signer | None) -> tuple[QuarterFacts, ...]:
    """Return the facts of several units, with who signs for all of them together."""
    if head is None:
        return tuple(every)
    return tuple(replace(one, signers=(*one.signers, head)) for one in every)


def money_of(lines: Iterable[MoneyLine]) -> list[list[Any]]:
    """Return the money of `lines` as plain lists without names, to be compared with the ledger."""
    values = ({**asdict(line), "account_name": None} for line in lines)
    return sorted([value for value in row.values() if value is not None] for row in values)


def as_json(facts: QuarterFacts) -> dict[str, Any]:
    """Return `facts` as plain JSON values; decimals and days become text.

    What reports have learned to say since the first was filed is left out while it is blank, so
    that the same facts keep the fingerprint under which they were filed.
    """
    found: dict[str, Any] = json.loads(json.dumps(asdict(facts), default=str))
    return {name: value for name, value in found.items() if value or name not in LEARNED}


def from_json(stored: Mapping[str, Any]) -> QuarterFacts:
    """Return the facts that `as_json` stored."""
    values = dict(stored)
    values["day"] = date.fromisoformat(values["day"])
    if values["dipa_date"]:
        values["dipa_date"] = date.fromisoformat(values["dipa_date"])
    values["lines"] = tuple(MoneyLine(**row) for row in values["lines"])
    values["outputs"] = tuple(Output(**_decimals(Output, row)) for row in values["outputs"])
    values["headings"] = tuple(Heading(**_decimals(Heading, row)) for row in values["headings"])
    values["notes"] = tuple(Note(**row) for row in values["notes"])
    values["signers"] = tuple(Signer(**row) for row in values["signers"])
    values["funds"] = tuple(Fund(**row) for row in values.get("funds", ()))
    values["changes"] = tuple(_change(row) for row in values.get("changes", ()))
    values["remarks"] = tuple(Remark(**row) for row in values.get("remarks", ()))
    values["returns"] = tuple(Returned(**row) for row in values.get("returns", ()))
    values["prior"] = tuple(Prior(**row) for row in values.get("prior", ()))
    return QuarterFacts(**values)


def _change(row: Mapping[str, Any]) -> Change:
    return Change(row["kind"], row["number"], date.fromisoformat(row["day"]), row["rupiah"])


def fingerprint(stored: Any) -> str:
    """Return the SHA-256 of JSON values, written in one canonical way."""
    text = json.dumps(stored, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _decimals(kind: type[Any], row: Mapping[str, Any]) -> dict[str, Any]:
    names = {one.name for one in fields(kind) if "Decimal" in str(one.type)}
    return {
        name: Decimal(value) if name in names and value is not None else value
        for name, value in row.items()
    }
