"""A draft for programs: read, begun, written part by part, checked as it is typed, and sent."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from ninja import File, Form, Schema, Status
from ninja.files import UploadedFile

from pulih.areas.models import Level
from pulih.common.errors import Message
from pulih.people.access import asked_by
from pulih.people.permissions import Permission
from pulih.web.programs import cleaned, sent, takes, texts
from pulih.web.words import say

from .actions import attaching, drafts, sending, sheets
from .actions.clashes import Clash
from .answer_forms import MoveForm
from .api_schemas import (
    BeginIn,
    CheckedRowOut,
    ClashOut,
    GoodIn,
    MoveIn,
    PlaceIn,
    ProposalOut,
    RowIn,
    SectionsIn,
    SeenIn,
    SheetRefusedOut,
)
from .clocks import day_in
from .forms import BeginForm, GoodForm, PartForm, PlaceForm, RowForm, SectionsForm
from .models import CostRow, Place, ProposedGood
from .reads import basis_of, planned_row
from .rules.factors import written
from .rules.rows import check_row
from .shown_api import clashing, own, proposal_of, router, told, whole

EMPTY: list[str] = []
KEPT = {200: ProposalOut, 409: ClashOut}
_NOT_READ = Message(
    "Berkas ini belum dipakai: ada sel yang salah. Tidak ada baris yang berubah.",
    "The sheet was not used: cells are wrong. No row changed.",
)


@router.get("/{int:pk}", response=ProposalOut)
def show_proposal(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Show one proposal with its checks, its steps and its answer."""
    person = asked_by(request, Permission.SEE_PROPOSALS)
    return whole(proposal_of(person, pk), person)


@router.post("/", response={201: ProposalOut})
@takes(BeginIn)
def begin(request: HttpRequest, body: Schema) -> Status[dict[str, Any]]:
    """Begin a draft of the own office in an open round."""
    person = asked_by(request, Permission.PROPOSE)
    home = person.home
    if home is None or home.level != Level.PROVINCE:
        raise PermissionDenied
    typed = sent(body)
    form = BeginForm({**typed, "round_": typed.get("round", "")}, today=day_in(home.pk))
    proposal = drafts.begin(province=home, by=person, **cleaned(form))
    return Status(201, whole(proposal, person))


@router.post("/{int:pk}/sections", response=KEPT)
@takes(SectionsIn)
def save_sections(request: HttpRequest, pk: int, body: Schema) -> Any:
    """Change sections of the terms of reference; what is not sent stays as it is."""
    person, proposal = own(request, pk)
    values = cleaned(SectionsForm({**SectionsForm.values_of(proposal), "seen": "", **sent(body)}))
    seen = values.pop("seen")
    try:
        drafts.save_sections(proposal, values, seen=seen, by=person)
    except Clash as clash:
        return clashing(clash)
    return whole(proposal, person)


@router.post("/{int:pk}/check-row", response=CheckedRowOut)
@takes(RowIn)
def check_typed_row(request: HttpRequest, pk: int, body: Schema) -> dict[str, Any]:
    """Say what will not pass of a row as it is typed; nothing is stored."""
    _person, proposal = own(request, pk)
    form = RowForm(sent(body), proposal=proposal)
    cleaned(form)
    row = CostRow(proposal=proposal, position=proposal.rows.count() + 1, **form.values())
    checked = check_row(planned_row(row), basis_of(proposal))
    return {
        "rupiah": checked.rupiah,
        "standard": checked.standard.code if checked.standard else "",
        "findings": [told(one) for one in checked.findings],
    }


def serve_parts(path: str, model: Any, form_class: type[PartForm], schema: type[Schema]) -> None:
    """Add the addresses by which rows, places or goods are added, changed and deleted."""
    name = path.removesuffix("s")

    @router.post(f"/{{int:pk}}/{path}", response={201: ProposalOut}, summary=f"Add a {name}",
                 operation_id=f"proposals_add_{name}")  # fmt: skip
    @takes(schema)
    def add(request: HttpRequest, pk: int, body: Schema) -> Status[dict[str, Any]]:
        person, proposal = own(request, pk)
        form = form_class(sent(body), proposal=proposal)
        cleaned(form)
        drafts.add_part(proposal, model, form.values(), by=person)
        return Status(201, whole(proposal, person))

    @router.post(f"/{{int:pk}}/{path}/{{int:key}}", response=KEPT, summary=f"Change a {name}",
                 operation_id=f"proposals_change_{name}")  # fmt: skip
    @takes(schema)
    def change(request: HttpRequest, pk: int, key: int, body: Schema) -> Any:
        person, proposal = own(request, pk)
        stored = model.objects.filter(proposal=proposal, pk=key).first()
        before = _typed(form_class, stored) if stored else {}
        form = form_class({**before, "seen": "", **sent(body)}, proposal=proposal)
        seen = cleaned(form)["seen"] or 0
        try:
            drafts.save_part(proposal, model, key, form.values(), seen=seen, by=person)
        except Clash as clash:
            return clashing(clash)
        return whole(proposal, person)

    @router.post(f"/{{int:pk}}/{path}/{{int:key}}/delete", response=KEPT,
                 summary=f"Delete a {name}", operation_id=f"proposals_delete_{name}")  # fmt: skip
    def delete(request: HttpRequest, pk: int, key: int, body: SeenIn) -> Any:
        person, proposal = own(request, pk)
        form = form_class(texts({"seen": body.seen}), proposal=proposal)
        form.is_valid()
        seen = form.cleaned_data.get("seen") or 0
        try:
            drafts.delete_part(proposal, model, key, seen=seen, by=person)
        except Clash as clash:
            return clashing(clash)
        return whole(proposal, person)


def _typed(form_class: Any, part: Any) -> dict[str, Any]:
    """Return a stored part as its form would be sent."""
    values: dict[str, Any] = form_class.values_of(part)
    if "factors" in values:
        values["factors"] = written(values["factors"])
    return values


serve_parts("rows", CostRow, RowForm, RowIn)
serve_parts("places", Place, PlaceForm, PlaceIn)
serve_parts("goods", ProposedGood, GoodForm, GoodIn)


@router.post("/{int:pk}/sheet", response={200: ProposalOut, 409: ClashOut, 422: SheetRefusedOut})
def take_sheet(
    request: HttpRequest, pk: int, file: File[UploadedFile], row: Form[list[str]] = EMPTY
) -> Any:
    """Put the rows of an office's own sheet (RAB) in place of the plan's.

    row: `id:seen` of every row that was read before; with one wrong cell nothing changes.
    """
    person, proposal = own(request, pk)
    sheet = sheets.read_sheet(file)
    if sheet.faults:
        cells = [{"cell": one.cell, "message": say(one.message)} for one in sheet.faults]
        return Status(422, {"refused": say(_NOT_READ), "cells": cells})
    try:
        sheets.take_sheet(proposal, sheet, row, by=person)
    except Clash as clash:
        return clashing(clash)
    return whole(proposal, person)


@router.post("/{int:pk}/files", response={201: ProposalOut})
def attach(request: HttpRequest, pk: int, file: File[UploadedFile]) -> Status[dict[str, Any]]:
    """Add a file to a draft."""
    person, proposal = own(request, pk)
    attaching.attach(proposal, file, by=person)
    return Status(201, whole(proposal, person))


@router.post("/{int:pk}/steps/{step}", response=ProposalOut)
@takes(MoveIn)
def move(request: HttpRequest, pk: int, step: str, body: Schema) -> dict[str, Any]:
    """Take a step of the own office: submit, withdraw, schedule, run or account."""
    person, proposal = own(request, pk)
    if step not in sending.STEPS:
        raise Http404
    typed = cleaned(MoveForm(sent(body)))
    sending.take(proposal, step, **typed, by=person)
    return whole(proposal, person)
