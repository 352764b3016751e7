"""The list of a round gets its code before it is printed; what changed since makes a version."""

import hashlib

from django.db import connection, transaction

from pulih.audit.actions import record
from pulih.documents.actions import issue
from pulih.documents.codes import new_code
from pulih.documents.models import PaperCode
from pulih.people.models import User
from pulih.people.permissions import Permission, require

from ..documents.round_list import RoundList, pdf
from ..papers import ROUND_LIST


@transaction.atomic
def prepare_list(listed: RoundList, *, by: User) -> PaperCode:
    """Give the list a code, or keep the one that was given for the same file.

    listed: as `by` sees the round, of the own province or of the whole country.
    """
    needed = Permission.PROPOSE if listed.province else Permission.MANAGE_ROUNDS
    require(by, needed, listed.province)
    with connection.cursor() as cursor:  # One at a time; an office cannot lock the round itself.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 21))", [listed.subject])
    held = listed.paper
    if held and hashlib.sha256(pdf(listed, held.code)).hexdigest() in held.fingerprints:
        return held
    code = new_code()
    made = issue(
        ROUND_LIST, listed.subject, office=listed.office,
        number=f"{listed.round.title}, TA {listed.round.fiscal_year}", dated=listed.day,
        province=listed.province, person=by.name, code=code,
        fingerprints=[hashlib.sha256(pdf(listed, code)).hexdigest()],
    )  # fmt: skip
    record(by, "proposals.prepare_list", listed.round, paper=made.kind)
    return made
