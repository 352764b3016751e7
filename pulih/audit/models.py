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
    hash = models.BinaryField(max_length=32, null=True)  # Of the rest; a trigger writes it.

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


class RowChange(AppendOnly):
    """That a row of a sealed table was made, changed or removed, and the digest of what it says.

    Written by triggers alone (`sql/seal.sql`). what: `found` is a row that stood before its table
    was sealed, `opened` one that may change again. digest: SHA-256 of the row, for a removed one
    as it was last.
    """

    at = models.DateTimeField()
    person_id = models.BigIntegerField(null=True)
    table_name = models.CharField(max_length=63)
    row_key = models.CharField(max_length=60)
    what = models.CharField(max_length=7)
    digest = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"{self.table_name} {self.row_key} {self.what}"


class SealedRows(AppendOnly):
    """A link of the chain over rows that are only ever added: which rows, and what they said.

    ids: their keys, as a multirange; marks: four bytes of the digest of each, in order, by which a
    changed one is named; digest: SHA-256 of all their digests. settled: no row up to this key can
    still come, which is known once every transaction has ended that was open (mark_xact) when the
    newest key was mark_id.
    """

    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)
    sealed_at = models.DateTimeField()
    table_name = models.CharField(max_length=63)
    ids = models.TextField()
    marks = models.BinaryField()
    digest = models.BinaryField(max_length=32)
    newest = models.BigIntegerField()
    settled = models.BigIntegerField()
    mark_id = models.BigIntegerField()
    mark_xact = models.BigIntegerField()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["previous"], name="audit_seals_do_not_fork"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["table_name", "-id"], name="audit_sealed_of_table"),
        ]

    def __str__(self) -> str:
        return f"{self.table_name} {self.ids}"
