"""What programs read of a proposal, and what they send beside the fields of forms."""

from datetime import date, datetime

from ninja import Schema

from pulih.web.programs import Typed, body_of

from .answer_forms import MoveForm
from .forms import BeginForm, GoodForm, PlaceForm, RoundForm, RowForm, SectionsForm
from .idea_forms import IdeaForm, TakeUpForm

BeginIn = body_of("ProposalBegun", BeginForm, "round_", round=(Typed, None))
SectionsIn = body_of("ProposalSections", SectionsForm)
RowIn = body_of("CostRowTyped", RowForm)
PlaceIn = body_of("PlaceTyped", PlaceForm)
GoodIn = body_of("GoodTyped", GoodForm)
MoveIn = body_of("ProposalStep", MoveForm)
RoundIn = body_of("RoundTyped", RoundForm)
IdeaIn = body_of("IdeaTyped", IdeaForm, "round_", round=(Typed, None))
TakeUpIn = body_of("IdeaTakenUp", TakeUpForm)


class FindingOut(Schema):
    """What a check found. place: a field of the proposal, or the row's position."""

    key: str
    severity: str
    stops: bool
    place: str
    message: str


class CostRowOut(Schema):
    """A cost row with what was found of it. seen: sent back with a change."""

    id: int
    seen: int
    position: int
    text: str
    account: str
    factors: str
    unit_cost: int
    rupiah: int
    standard: str
    standard_is_confirmed: bool
    suggested: list[str]
    reason: str
    prices: list[int]
    survey: int | None
    findings: list[FindingOut]


class CheckedRowOut(Schema):
    """A row as it is typed; nothing is stored. rupiah: null where it has no product."""

    rupiah: int | None
    standard: str
    findings: list[FindingOut]


class PlaceOut(Schema):
    id: int
    seen: int
    regency: int
    name: str
    site: str
    people: int


class GoodOut(Schema):
    id: int
    seen: int
    text: str
    quantity: int
    unit: str
    standard: str
    receiver: str
    receiver_note: str


class AttachmentOut(Schema):
    id: int
    name: str
    size_bytes: int
    sha256: str


class VersionOut(Schema):
    number: int
    fingerprint: str
    at: datetime


class StepOut(Schema):
    """A step that was taken, with the reason that the office reads."""

    number: int
    move: str
    to_state: str
    at: datetime
    reason: str


class ScoreOut(Schema):
    """A review without its reviewer; there are none before all are in."""

    slot: str
    total: int
    points: dict[str, int]


class DecidedPlaceOut(Schema):
    """How many participants of a place are approved, before any amendment."""

    position: int
    regency: int
    people_asked: int
    people: int


class DecisionOut(Schema):
    outcome: str
    reason: str
    asked_rupiah: int
    approved_rupiah: int
    approved_people: int
    places: list[DecidedPlaceOut]


class ProposalOut(Schema):
    """All of a proposal. seen: the version of its sections; last_step: sent back with a step.

    approved_rupiah: what is in force, amended or not; missing_rupiah: what of it is not reserved.
    """

    id: int
    number: str
    round: int
    measure: str
    province: int
    state: str
    seen: int
    last_step: int
    held_by: str | None
    held_until: date | None
    sections: dict[str, str | int | date | list[str] | None]
    rows: list[CostRowOut]
    places: list[PlaceOut]
    goods: list[GoodOut]
    attachments: list[AttachmentOut]
    asked_rupiah: int
    approved_rupiah: int | None
    missing_rupiah: int
    people: int
    per_participant: int | None
    may_be_sent: bool
    findings: list[FindingOut]
    steps: list[StepOut]
    versions: list[VersionOut]
    scores: list[ScoreOut]
    decision: DecisionOut | None


class DifferingOut(Schema):
    field: str
    theirs: str
    mine: str


class ClashOut(Schema):
    """Somebody changed the same part meanwhile. now: send it as `seen` to keep one's own."""

    refused: str
    now: int
    is_gone: bool
    differing: list[DifferingOut]


class SeenIn(Schema):
    seen: Typed = None


class CellOut(Schema):
    """What is wrong with a cell of a sheet; then no row was changed."""

    cell: str
    message: str


class SheetRefusedOut(Schema):
    refused: str
    cells: list[CellOut]


class ItemIn(Schema):
    """The answer to one item of the checklist: yes, no or not_applicable."""

    answer: Typed = ""
    reason: Typed = ""


class VerifyIn(Schema):
    """The checklist by item. reason, working_days: what to repair, where it goes back."""

    answers: dict[str, ItemIn]
    seen: Typed = None
    reason: Typed = ""
    working_days: Typed = None


class ReviewersIn(Schema):
    """Ids of the people who review: two, or one for a place that is free."""

    reviewers: list[Typed]
    seen: Typed = None


class DeclareIn(Schema):
    has_conflict: bool


class ScoreIn(Schema):
    """Points by criterion."""

    points: dict[str, Typed]
    note: Typed = ""


class CutIn(Schema):
    """What a row is approved with. factors: other numbers of the units that were asked for."""

    factors: Typed = None
    unit_cost: Typed = None
    reason: Typed = ""


class DecideIn(Schema):
    """The answer. rows, people: by position of the row or place, where less is approved.

    people: participants of a place; 0 where nobody comes from there.
    """

    outcome: Typed = ""
    reason: Typed = ""
    people: dict[int, Typed] = {}
    rows: dict[int, CutIn] = {}
    seen: Typed = None


class TogetherOne(Schema):
    proposal: int
    outcome: Typed = ""
    reason: Typed = ""
    seen: Typed = None


class TogetherIn(Schema):
    """Answers to several scored proposals of a round: all of them, or none."""

    round: int
    answers: list[TogetherOne]


class AmendIn(Schema):
    """Why, and fields of the form with what they become; what is not named stays as approved."""

    why: Typed = ""
    fields: dict[str, Typed | list[str]] = {}


class AmendmentOut(Schema):
    """An amendment. topics: what it touches, which says whom it passes."""

    id: int
    proposal: int
    number: int
    state: str
    topics: list[str]
    reason: str
    last_step: int


class RoundOut(Schema):
    id: int
    title: str
    fiscal_year: int
    opens_on: date
    closes_on: date
    measures: list[str]
    note: str


class IdeaOut(Schema):
    id: int
    number: str
    state: str
    title: str
    people: int
    last_step: int
    proposal: int | None


class NamedMoveIn(Schema):
    move: str
    reason: Typed = ""
    seen: Typed = None
