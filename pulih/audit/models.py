"""What happened, kept by PostgreSQL itself: no row here is ever changed or deleted.

No foreign keys: the record of a thing outlives the thing.
"""

from typing import ClassVar

import pgtrigger
from django.db import models


class AppendOnly(models.Model):
    """A table whose rows can be added and read, and nothing else; a trigger says so."""

    class Meta:
        abstract = True
        triggers: ClassVar = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]


class Event(AppendOnly):
    """One thing that a person or the holder of an access link did: when, what, which row, where."""

    at = models.DateTimeField(auto_now_add=True)
    person_id = models.BigIntegerField(null=True)
    link_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    province_id = models.BigIntegerField(null=True)
    regency_id = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict)

    class Meta(AppendOnly.Meta):
        indexes: ClassVar = [
            models.Index(fields=["subject_type", "subject_id", "at"], name="audit_event_subject"),
            models.Index(fields=["person_id", "at"], name="audit_event_person"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.subject_type} {self.subject_id}"


class Run(AppendOnly):
    """One finished bulk stage: which input, which code, what came of it."""

    kind = models.CharField(max_length=60)
    person_id = models.BigIntegerField(null=True)
    input_sha256 = models.CharField(max_length=64)
    code_version = models.CharField(max_length=60)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(auto_now_add=True)
    counts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.kind} {self.finished_at:%Y-%m-%d %H:%M}"
