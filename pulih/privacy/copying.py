"""All that is known of one person, as JSON that the person can read and take elsewhere."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Q

from pulih.audit.models import Event
from pulih.common.identity_numbers import IdentityNumber
from pulih.delivery.models import (
    Applicant,
    ApplicantAnswer,
    CheckResult,
    FollowUp,
    FollowUpAnswer,
    Handover,
    Honorarium,
    Mark,
    MentoringReport,
    MentoringVisit,
    NumberCorrection,
    Objection,
    PaidSession,
    Participant,
    PaymentEntry,
    Person,
    Receiver,
    Seat,
    SelectionDecision,
    SelectionEntry,
    Teaching,
    Trainer,
    Waiver,
)
from pulih.delivery.nik_keys import key_of
from pulih.impact.models import ImpactReport
from pulih.inbox.models import SourceRecord
from pulih.market.models import (
    Capacity,
    Certificate,
    ExportSale,
    Member,
    OrderPart,
    ProductionStatement,
    ReadinessAnswer,
)
from pulih.people.identity_numbers import Reason, read_whole
from pulih.people.models import User
from pulih.people.number_cipher import search_hash
from pulih.registry.models import Enterprise, EnterpriseSource

from .models import DataRequest, RequestAnswer
from .rules import processing

OPENED = "privacy.open_nik"


class Part(NamedTuple):
    """Rows about the person. path: from a row to the people, who teaches or the firms it is of."""

    key: str
    model: type[models.Model]
    path: str
    whose: str = "people"


PARTS = (
    Part("pendaftaran", Applicant, "person"),
    Part("pemeriksaan", CheckResult, "applicant__person"),
    Part("pengecualian", Waiver, "result__applicant__person"),
    Part("keberatan", Objection, "result__applicant__person"),
    Part("seleksi", SelectionEntry, "applicant__person"),
    Part("hasil_seleksi", SelectionDecision, "entry__applicant__person"),
    Part("pemberitahuan", ApplicantAnswer, "applicant__person"),
    Part("kelas", Participant, "person"),
    Part("tempat", Seat, "participant__person"),
    Part("pembetulan_nik", NumberCorrection, "person"),
    Part("kehadiran", Mark, "participant__person"),
    Part("pembayaran", PaymentEntry, "participant__person"),
    Part("penerima_barang", Receiver, "person"),
    Part("serah_terima", Handover, "receiver__person"),
    Part("pemantauan", FollowUp, "participant__person"),
    Part("jawaban_pemantauan", FollowUpAnswer, "follow_up__participant__person"),
    Part("pendampingan", MentoringVisit, "participant__person"),
    Part("hasil_pendampingan", MentoringReport, "visit__participant__person"),
    Part("permintaan", DataRequest, "person"),
    Part("jawaban", RequestAnswer, "request__person"),
    Part("jam_mengajar", Teaching, "trainer", "teaches"),
    Part("honorarium", Honorarium, "trainer", "teaches"),
    Part("sesi_dibayar", PaidSession, "trainer", "teaches"),
    Part("dampak", ImpactReport, "enterprise", "firms"),
    Part("kapasitas", Capacity, "enterprise", "firms"),
    Part("berproduksi_lagi", ProductionStatement, "enterprise", "firms"),
    Part("sertifikat", Certificate, "enterprise", "firms"),
    Part("keanggotaan", Member, "enterprise", "firms"),
    Part("pesanan", OrderPart, "enterprise", "firms"),
    Part("kesiapan", ReadinessAnswer, "enterprise", "firms"),
    Part("penjualan", ExportSale, "enterprise", "firms"),
    Part("permintaan_usaha", DataRequest, "enterprise", "firms"),
    Part("jawaban_usaha", RequestAnswer, "request__enterprise", "firms"),
)
# Worked out from the rest, for the program alone.
HIDDEN = ("nik_key", "key_before", "nik_hash", "search", "sort_key")


def copy_of(request: DataRequest, by: User) -> dict[str, Any]:
    """Return what this office sees of the person: data, what they are for, who opened the number.

    The whole number is read through its door, which records it.
    """
    about = request.person or request.enterprise
    assert about is not None
    nik = read_whole(about, "nik", area=request.area, verb=OPENED, reason=Reason.REQUEST, by=by)
    people, firms = _people(request, nik, by), _firms(request, nik, by)
    teaches = Trainer.objects.filter(nik_key=key_of(nik)) if nik else Trainer.objects.none()
    known: dict[str, Any] = {"people": people, "teaches": teaches, "firms": firms}
    return {
        "nama": request.name,
        "nik": nik,
        "tujuan": [_purpose(one) for one in processing()],
        "orang": [_fields(one) for one in people],
        "mengajar": [_fields(one) for one in teaches],
        "usaha": [_fields(one) for one in firms],
        **{
            part.key: [_fields(one) for one in part.model._default_manager.filter(
                **{f"{part.path}__in": known[part.whose]}
            ).order_by("pk")]
            for part in PARTS
        },
        "baris_daftar": [_row(one) for one in _rows(firms, by)],
        "nomor_dibuka": [_opening(one) for one in _openings(people, firms)],
    }  # fmt: skip


def _people(request: DataRequest, nik: str, by: User) -> list[Person]:
    same = Q(nik_key=key_of(nik)) if nik else Q(pk__in=[])
    return list(Person.objects.visible_to(by).filter(same | Q(pk=request.person_id)))


def _firms(request: DataRequest, nik: str, by: User) -> list[Enterprise]:
    same = Q(nik_hash=search_hash(nik)) if nik else Q(pk__in=[])
    return list(Enterprise.objects.visible_to(by).filter(same | Q(pk=request.enterprise_id)))


def _rows(firms: Collection[Enterprise], by: User) -> list[SourceRecord]:
    links = EnterpriseSource.objects.visible_to(by).filter(enterprise__in=firms)
    keys = links.values("source_record_id")
    return list(SourceRecord.objects.filter(pk__in=keys).select_related("batch"))


def _openings(people: Collection[Person], firms: Collection[Enterprise]) -> list[Event]:
    whose = Q(subject_type="delivery.person", subject_id__in=[str(one.pk) for one in people])
    whose |= Q(subject_type="registry.enterprise", subject_id__in=[str(one.pk) for one in firms])
    return list(Event.objects.filter(whose, verb__endswith=".open_nik").order_by("id"))


def _purpose(one: Any) -> dict[str, str]:
    return {"untuk": one.purpose.id, "dasar": one.basis.id, "penerima": one.receivers.id}


def _fields(row: models.Model) -> dict[str, Any]:
    """Return the columns of a row by what they are called; whole numbers, for they are theirs."""
    return {
        one.name: _named(row, one) if one.is_relation else _plain(getattr(row, one.name))
        for one in row._meta.concrete_fields
        if one.name not in HIDDEN
    }


def _named(row: models.Model, field: models.Field[Any, Any]) -> str | None:
    """Return what a row points to by its name; by its key where this office does not see it."""
    key = getattr(row, field.attname)
    model = field.related_model
    if key is None or not isinstance(model, type):
        return None
    found = model._default_manager.filter(pk=key).first()
    return str(found) if found else str(key)


def _plain(value: Any) -> Any:
    if isinstance(value, IdentityNumber):
        return value.whole
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _row(record: SourceRecord) -> dict[str, Any]:
    return {"berkas": record.batch.file_name, "baris": record.row, "isi": record.values}


def _opening(event: Event) -> dict[str, Any]:
    return {"kapan": event.at.isoformat(), "alasan": event.detail.get("reason", "")}
