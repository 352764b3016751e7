"""Writing down what happened. Every action of every room calls `record`."""

from datetime import datetime
from importlib.metadata import version
from typing import Any, Protocol

from django.db import models

from .models import Event, Run


class Acting(Protocol):
    """A person or an access link that acts: all that the record keeps of it is the key."""

    @property
    def pk(self) -> Any: ...


def record(by: Acting, verb: str, subject: models.Model, **detail: Any) -> Event:
    """Add one event to the record; `detail` must be plain JSON values without personal data."""
    return Event.objects.create(
        **{"link_id" if getattr(by, "is_link", False) else "person_id": by.pk},
        verb=verb,
        subject_type=subject_type(subject),
        subject_id=str(subject.pk),
        province_id=getattr(subject, "province_id", None),
        regency_id=getattr(subject, "regency_id", None),
        detail=detail,
    )


def subject_type(subject: models.Model) -> str:
    """Return how the record names a kind of thing: by its table, which stays if code moves."""
    return subject._meta.db_table.replace("_", ".", 1)


def record_run(
    kind: str, *, by: Acting, input_sha256: str, started_at: datetime, counts: dict[str, int]
) -> Run:
    """Add one finished bulk stage to the record, with the program's version."""
    return Run.objects.create(
        kind=kind,
        person_id=by.pk,
        input_sha256=input_sha256,
        code_version=version("pulih"),
        started_at=started_at,
        counts=counts,
    )
