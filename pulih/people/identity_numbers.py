"""The one door through which the whole number of a person leaves the database, with its record."""

from __future__ import annotations

from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.actions import subject_type

from .models import User
from .number_cipher import decrypt
from .permissions import Permission, require

READ = """
    WITH one AS (
        SELECT id, province_id, regency_id, {column} AS number FROM {table} WHERE id = %(pk)s
    ), recorded AS (
        INSERT INTO audit_event (at, person_id, verb, subject_type, subject_id, province_id,
            regency_id, detail)
        SELECT %(at)s, %(by)s, %(verb)s, %(subject)s, one.id::text, one.province_id,
            one.regency_id, jsonb_build_object('reason', %(reason)s::text)
        FROM one RETURNING id
    )
    SELECT one.number FROM one, recorded
"""


class Reason(models.TextChoices):
    """Why somebody opens a number; it stands in the record."""

    CARD = "card", _("compare with the identity card")
    CORRECTION = "correction", _("correct a wrong number")
    PAYMENT = "payment", _("prepare a payment")
    COMPLAINT = "complaint", _("answer a complaint")
    REQUEST = "request", _("answer the person's own request")
    INSPECTION = "inspection", _("inspect")


def read_whole(
    row: models.Model, field: str, *, area: Area, verb: str, reason: Reason, by: User
) -> str:
    """Return a whole number and write down who reads it, of whom and why, in one statement.

    row: has a province and a regency. area: where `by` must hold the right. The row's policies
    hold too: of what the person does not see nothing is read and nothing recorded. May refuse:
    the key is not at hand.
    """
    require(by, Permission.UNMASK_IDENTITY, area)
    query = READ.format(column=_quoted(field), table=_quoted(row._meta.db_table))
    asked = {
        **{"pk": row.pk, "at": timezone.now(), "by": by.pk, "verb": verb},
        **{"subject": subject_type(row), "reason": reason.value},
    }
    with connection.cursor() as cursor:
        cursor.execute(query, asked)
        found = cursor.fetchone()
    return decrypt((found[0] if found else "") or "")


def _quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))
