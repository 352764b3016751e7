"""Adding files to a draft."""

from pathlib import PurePosixPath
from typing import Any

from django.db import transaction

from pulih.audit.actions import record
from pulih.common.errors import Message, Refusal
from pulih.inbox.uploads import store
from pulih.people.models import User

from ..models import Attachment, Proposal
from ..rules.attachments import told
from .drafts import locked_draft

MOST = 50


@transaction.atomic
def attach(proposal: Proposal, file: Any, *, by: User) -> Attachment:
    """Keep an uploaded file with a draft. May refuse; the same content is kept once."""
    locked = locked_draft(proposal, by)
    name = PurePosixPath(file.name.replace("\\", "/")).name[:200] or "berkas"
    kind = told(file, name, file.size)
    if locked.attachments.count() >= MOST:
        raise Refusal(
            Message(
                f"Usulan memuat paling banyak {MOST} lampiran; gabungkan beberapa menjadi satu.",
                f"A proposal holds at most {MOST} attachments; join some into one.",
            )
        )
    file.seek(0)
    stored = store(file, "")
    there = locked.attachments.filter(sha256=stored.sha256).first()
    if there:
        raise Refusal(
            Message(
                f"“{name}” sudah dilampirkan sebagai “{there.name}”.",
                f"“{name}” is attached already, as “{there.name}”.",
            )
        )
    kept = Attachment.objects.create(
        proposal=locked,
        name=name,
        content_type=kind.content_type,
        size_bytes=stored.size_bytes,
        sha256=stored.sha256,
        stored_name=stored.name,
        by=by,
    )
    record(by, "proposals.attach", locked, attachment=kept.pk, bytes=stored.size_bytes)
    return kept
