"""What offices and owners say of a firm's capacity, and offices of its certificates."""

from __future__ import annotations

from datetime import date
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from pulih.areas.rows import area_of
from pulih.audit.actions import record
from pulih.common.errors import Message, Refusal
from pulih.inbox.uploads import store
from pulih.intake.readings.measures import measure_in
from pulih.people.links.acting import on_behalf
from pulih.people.links.actions import require_link
from pulih.people.links.models import Link
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.proposals.rules.attachments import told
from pulih.registry.models import Enterprise
from pulih.web import numbers
from pulih.workflow import clock

from ..links import CAPACITY
from ..models import Capacity, Certificate, Origin, Product, Standard
from ..rules.capacity import UNREADABLE, weekly

NO_PERIOD = Message(
    "Tulis juga periodenya, misalnya 500 lembar/hari atau 2 ton/bulan.",
    "Write the period too, such as 500 pieces/day or 2 ton/month.",
)


@transaction.atomic
def state_capacity(
    enterprise: Enterprise,
    product: Product,
    *,
    words: str,
    price: int | None,
    lot: int,
    min_order: int,
    free_from: date | None,
    today: date,
    by: User | Link,
) -> Capacity:
    """Say what a firm makes of a product, by its office or its own link. May refuse.

    words: such as `500 lembar/hari`.
    """
    refuse_stranger(enterprise, by)
    per_week, guesses = _read(words, product, enterprise.workers)
    with on_behalf(by):
        capacity, is_new = Capacity.objects.update_or_create(
            enterprise=enterprise,
            product=product,
            defaults={
                "province_id": enterprise.province_id,
                "regency_id": enterprise.regency_id,
                **{"per_week": per_week, "price": price, "lot": lot, "min_order": min_order},
                **{"free_from": free_from, "origin": _origin(by), "said": words[:200]},
                **{"guesses": guesses, "confirmed_on": today, "confirmed_by": _person(by)},
                **{"source_record": None, "batch": None},
            },
        )
    record(by, "market.capacity", capacity, is_new=is_new, per_week=per_week)
    return capacity


def _read(words: str, product: Product, workers: int | None) -> tuple[int, list[list[str]]]:
    said = measure_in(words)
    if said.value is None or said.rule is not None:
        raise Refusal(UNREADABLE)
    found = weekly(said.value, said.unit or "", product.made, workers=workers)
    if any(guess.rule == "period_assumed" for guess in found.guesses):
        raise Refusal(NO_PERIOD)
    if found.per_week is None:
        raise Refusal(found.wrong or UNREADABLE)
    return found.per_week, [[guess.rule, guess.words] for guess in found.guesses]


@transaction.atomic
def confirm_capacity(capacity: Capacity, *, today: date, by: User | Link) -> Capacity:
    """Say that a capacity still holds, so that it counts in matches again. May refuse."""
    with on_behalf(by):
        locked = Capacity.objects.select_for_update(of=("self",)).select_related("enterprise")
        capacity = locked.get(pk=capacity.pk)
        refuse_stranger(capacity.enterprise, by)
        if today < capacity.confirmed_on:
            raise Refusal(_("A later confirmation is there already."))
        capacity.confirmed_on, capacity.confirmed_by = today, _person(by)
        if isinstance(by, Link):
            capacity.origin = Origin.OWNER
        capacity.save(update_fields=["confirmed_on", "confirmed_by", "origin"])
    record(by, "market.confirm", capacity)
    return capacity


def refuse_stranger(enterprise: Enterprise, by: User | Link) -> None:
    """Let the firm's office act, or the link that was given to this very firm."""
    if isinstance(by, Link):
        require_link(by, CAPACITY, enterprise.pk)
    else:
        require(by, Permission.KEEP_CAPACITIES, area_of(enterprise))


def _person(by: User | Link) -> User | None:
    return None if isinstance(by, Link) else by


def _origin(by: User | Link) -> Origin:
    return Origin.OWNER if isinstance(by, Link) else Origin.OFFICE


@transaction.atomic
def add_certificate(
    enterprise: Enterprise,
    *,
    kind: str,
    standard: Standard | None,
    number: str,
    valid_from: date | None,
    valid_to: date | None,
    by: User,
    file: UploadedFile[Any] | None = None,
) -> Certificate:
    """Write down a certificate that an office has seen: it counts from then on. May refuse.

    file: a scan or photo of it.
    """
    require(by, Permission.KEEP_CAPACITIES, area_of(enterprise))
    if valid_from and valid_to and valid_to < valid_from:
        raise Refusal(_("The certificate ends before it begins: check both days."))
    if standard and valid_from and valid_from < standard.valid_from:
        raise Refusal(
            _("%(standard)s exists from %(day)s on: the certificate cannot be older.")
            % {"standard": standard, "day": numbers.day(standard.valid_from)}
        )
    known = Certificate.objects.filter(enterprise=enterprise, kind=kind)
    if known.filter(number=number).exclude(verified_at=None).exists():
        raise Refusal(_("This firm's certificate of this kind and number is there already."))
    known.filter(number="").delete()
    # What a list had named with this number is now what the office saw.
    certificate, _is_new = Certificate.objects.update_or_create(
        enterprise=enterprise,
        kind=kind,
        number=number,
        defaults={
            **{"province_id": enterprise.province_id, "regency_id": enterprise.regency_id},
            **{"standard": standard, "valid_from": valid_from, "valid_to": valid_to},
            **{"verified_by": by, "verified_at": clock.now()},
            **{"source_record": None, "batch": None},
            **_kept(file),
        },
    )
    record(by, "market.certificate", certificate, kind=kind)
    return certificate


def _kept(file: UploadedFile[Any] | None) -> dict[str, str]:
    """Keep a file of a certificate; without one, what was kept before stays. May refuse."""
    if file is None:
        return {}
    name = PurePosixPath((file.name or "").replace("\\", "/")).name[-120:] or "berkas"
    told(cast(BinaryIO, file), name, file.size or 0)
    file.seek(0)
    return {"file_name": name, "stored_name": store(file, "").name}
