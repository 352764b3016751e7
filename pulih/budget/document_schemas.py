"""What programs send and read of documents of the ledger."""

from datetime import date, datetime

from ninja import Schema

from pulih.web.bounds import RowKey


class EntryOut(Schema):
    """What a document did to one amount of one line, in whole rupiah."""

    line_id: int
    amount: str
    rupiah: int
    sequence: int
    hash: str


class PostingOut(Schema):
    """A document: in effect on a day, known since a moment."""

    id: int
    kind: str
    number: str
    unit: str
    fiscal_year: int
    effective_on: date
    recorded_at: datetime
    party: str
    method: str
    reason: str
    refers_to: int | None
    reverses: int | None
    promise: int | None


class PostingWhole(PostingOut):
    """A document with its entries, its hash, and the ids of its chain."""

    entries: list[EntryOut]
    hash: str
    chain: list[int]


class LineDocumentIn(Schema):
    """A commitment of one line, or a request without one (then with `method`)."""

    rupiah: int
    number: str
    effective_on: date
    party: str
    reason: str = ""
    method: str = ""
    promise: int | None = None


class ReserveIn(Schema):
    """Money of a line to be set aside for a proposal; number: of the decision."""

    proposal: str
    title: str
    rupiah: int
    number: str
    effective_on: date
    reason: str = ""


class FundIn(Schema):
    """The money of an approved proposal, whole. amounts: rupiah by line id; seen: its last step."""

    number: str
    effective_on: date
    amounts: dict[int, int]
    seen: int | None = None


class ReleaseIn(Schema):
    """Money to be released. amounts: rupiah by line id."""

    number: str
    effective_on: date
    amounts: dict[int, int]
    reason: str


class FollowIn(Schema):
    """A document that follows another. amounts: rupiah by line id; nothing is assumed."""

    number: str
    effective_on: date
    amounts: dict[int, int]
    party: str = ""
    method: str = ""
    reason: str = ""


class ReverseIn(Schema):
    number: str
    effective_on: date
    reason: str


class PostedOut(Schema):
    """The posting of a document; not new when the same one was there."""

    posting_id: int
    is_new: bool


class PartIn(Schema):
    """Where the next year's part of a multi-year contract is committed. to: the line's id."""

    to: RowKey
    effective_on: date


class CarryOverIn(Schema):
    """What of a contract goes over into the next year. to: the id of the line there."""

    to: RowKey
    rupiah: int
    number: str
    effective_on: date
