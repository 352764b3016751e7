"""A file arrives: it is stored, known by its content, and waits to be read."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pulih import places
from pulih.areas.models import Area
from pulih.audit.actions import record
from pulih.common import periods
from pulih.common.errors import Refusal
from pulih.inbox import uploads
from pulih.inbox.models import OF_A_YEAR, BatchProgress, ImportBatch, Kind
from pulih.people.models import User
from pulih.people.permissions import Permission, require

LONGEST_NAME = 255


@transaction.atomic
def deliver(
    file: Any, *, kind: str, office: Area, by: User, as_of: date, name: str = ""
) -> ImportBatch:
    """Store one file and let it wait to be read. May refuse.

    file: an open binary file, or an upload of Django's. kind: firms, impact, budget, treasury or
    auto.
    office: whose list it is. as_of: the day for which it speaks. name: else the file's own.
    """
    require(by, Permission.DELIVER_FILES, office)
    assert kind in Kind.values, kind
    file_name = _plain_name(name or getattr(file, "name", "") or "")
    stored = uploads.store(file, file_name)
    refuse_known(stored.sha256, office, by)
    province, regency = places_of(office, as_of)
    batch = ImportBatch(
        kind=kind,
        office=office,
        province_id=province,
        regency_id=regency,
        uploaded_by=by,
        file_name=file_name,
        sha256=stored.sha256,
        size_bytes=stored.size_bytes,
        stored_name=stored.name,
        as_of=as_of,
        fiscal_year=as_of.year if kind in OF_A_YEAR else None,
    )
    add(batch)
    record(by, "inbox.deliver", batch, sha256=stored.sha256, kind=kind)
    return batch


def add(batch: ImportBatch) -> None:
    """Write a batch that waits, with its progress. May refuse a content that already stands."""
    try:
        with transaction.atomic():
            batch.save()
    except IntegrityError as error:  # Somebody else delivered it in this very moment.
        raise Refusal(_("This file is being read already. Nothing was changed.")) from error
    BatchProgress.objects.create(batch=batch)


def refuse_known(sha256: str, office: Area, by: User) -> None:
    """Refuse kindly what was delivered before, naming when, by whom and for which office."""
    same = ImportBatch.objects.visible_to(by).active().filter(sha256=sha256)
    known = same.select_related("uploaded_by", "office").order_by("id").last()
    if known is None:
        return
    zone = places.time_zone(places.place(office.pk))
    raise Refusal(
        _(
            "This file was already delivered on %(moment)s by %(person)s for %(office)s, as "
            "“%(file)s”. Nothing was changed; if you corrected it, save it first and send it again."
        )
        % {
            "moment": periods.moment(known.delivered_at, zone, get_language() or "id"),
            "person": known.uploaded_by.name,
            "office": known.office.name,
            "file": known.file_name,
        }
    )


def places_of(office: Area, on: date) -> tuple[int, int | None]:
    """Return the province and regency that rows of an office's list carry at least."""
    if office.level != "regency":
        return (office.pk, None)
    above = places.parent_of(places.place(office.pk), on)
    assert above is not None, office
    return (above.key, office.pk)


def _plain_name(name: str) -> str:
    bare = name.replace("\\", "/").rsplit("/", 1)[-1]
    printable = "".join(letter for letter in bare if letter.isprintable()).strip()
    return printable[-LONGEST_NAME:] or "tanpa-nama"
