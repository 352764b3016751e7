"""The whole access policy on one screen: what each role may do.

Which roles do more than read, and how wide each works, stands in sql/roles.sql for PostgreSQL and
for us.
"""

import re
from enum import StrEnum, auto
from pathlib import Path

from django.core.exceptions import PermissionDenied

from pulih.areas.models import Area

from .models import Role, User


class Permission(StrEnum):
    SEE_ENTERPRISES = auto()
    UNMASK_IDENTITY = auto()  # Each unmasking is recorded.
    REVIEW_MATCHES = auto()  # Say of two records whether they are one firm.
    CURATE_ENTERPRISES = auto()  # Merge, split, pin a value; each can be undone.
    RELINK = auto()  # Link the whole register again.
    SEE_FILES = auto()
    DELIVER_FILES = auto()
    SEE_BUDGET = auto()
    SEE_DESCRIPTIONS = auto()  # Texts of budget lines that public pages keep back.
    POST_DOCUMENTS = auto()  # Commitments, payment orders, payments; appointments decide whose.
    REVISE_BUDGET = auto()  # Draft and propose revisions of one's own unit.
    APPROVE_REVISIONS = auto()  # Record an authority's decision and put it in force.
    RESERVE_MONEY = auto()  # Set money aside for an approved proposal, and release it.
    APPOINT = auto()  # Say who commits and who orders payment in a unit.
    FILE_REPORTS = auto()  # Progress, obstacles, and the quarterly forms.
    TAG_LINES = auto()  # Say which measure a budget line pays for.
    SEE_SCENARIOS = auto()
    PLAN = auto()  # Make, change and solve scenarios.
    ADOPT_PLAN = auto()
    SEE_MARKET = auto()  # Products, capacities in one's reach, open needs everywhere.
    KEEP_CAPACITIES = auto()  # What firms can make, their certificates and groups.
    KEEP_NEEDS = auto()  # Verify buyers, state and amend what they need.
    MATCH = auto()  # Share needs out among makers, and adopt an answer.
    MANAGE_MEASURES = auto()
    SEE_ACTIVITIES = auto()
    RUN_ACTIVITIES = auto()  # Classes, rosters, attendance, goods and their hand-over.
    SEE_SAMPLES = auto()  # Not those who are visited: they would know whom a seed drew.
    CHECK_SAMPLES = auto()  # Freeze a list, draw it before witnesses, write visits down.
    SEE_IDEAS = auto()  # What regencies ask their province to propose.
    SEND_IDEAS = auto()  # Of one's own regency, and take them back.
    SEE_PROPOSALS = auto()
    PROPOSE = auto()  # Write, send and withdraw proposals of one's own province.
    MANAGE_ROUNDS = auto()  # Say when offices may propose, and for what.
    RANK_PROPOSALS = auto()  # See a whole round by score, beside the money that is free.
    VERIFY_PROPOSALS = auto()  # Answer the checklist, return for repair, name reviewers.
    REVIEW_PROPOSALS = auto()  # Score what one was named for, and see nothing else.
    DECIDE_PROPOSALS = auto()  # Never those that one wrote, verified or reviewed.
    PREPARE_RELEASES = auto()  # Count, protect and check a release of public figures.
    PUBLISH_RELEASES = auto()  # Never one's own; withdraw what leaked.
    MANAGE_REFERENCES = auto()
    MANAGE_PEOPLE = auto()
    ANSWER_PERSONS = auto()  # What people ask about their own data; a copy, an erasure.
    SEE_AUDIT = auto()
    MANAGE_JOBS = auto()  # See the work in the background, take it up again, cancel it.
    EXPORT = auto()  # Each export is recorded.


P = Permission
READING = {P.SEE_FILES, P.SEE_ENTERPRISES, P.SEE_BUDGET, P.EXPORT} | {
    P.SEE_DESCRIPTIONS,
    P.SEE_ACTIVITIES,
    P.SEE_MARKET,
    P.SEE_IDEAS,
}
CURATING = {P.REVIEW_MATCHES, P.CURATE_ENTERPRISES}
MARKET = {P.KEEP_CAPACITIES, P.KEEP_NEEDS}
PERSONS = {P.UNMASK_IDENTITY, P.ANSWER_PERSONS}
OFFICE = READING | CURATING | MARKET | PERSONS | {P.DELIVER_FILES, P.RUN_ACTIVITIES}
TREASURY = {P.POST_DOCUMENTS, P.REVISE_BUDGET, P.APPOINT, P.FILE_REPORTS}

ROLES: dict[str, set[Permission]] = {
    Role.PLANNER: READING
    | {P.DELIVER_FILES, P.TAG_LINES, P.SEE_SCENARIOS, P.PLAN, P.ADOPT_PLAN}
    | {P.MANAGE_MEASURES, P.MANAGE_REFERENCES, P.APPROVE_REVISIONS, P.RELINK, P.RUN_ACTIVITIES}
    | {P.SEE_PROPOSALS, P.MANAGE_ROUNDS, P.RESERVE_MONEY, P.SEE_SAMPLES, P.CHECK_SAMPLES}
    | {P.RANK_PROPOSALS, P.VERIFY_PROPOSALS, P.DECIDE_PROPOSALS}
    | CURATING
    | MARKET
    | {P.MATCH}
    | TREASURY,
    Role.PROVINCIAL_OFFICER: OFFICE
    | TREASURY
    | {P.TAG_LINES, P.SEE_PROPOSALS, P.PROPOSE, P.MATCH, P.SEE_SAMPLES, P.CHECK_SAMPLES},
    Role.REGENCY_OFFICER: OFFICE - {P.SEE_BUDGET, P.SEE_DESCRIPTIONS} | {P.SEND_IDEAS},
    Role.AUDITOR: READING
    | {P.SEE_SCENARIOS, P.SEE_PROPOSALS, P.RANK_PROPOSALS, P.SEE_SAMPLES, P.SEE_AUDIT}
    | {P.UNMASK_IDENTITY},
    Role.REVIEWER: {P.SEE_PROPOSALS, P.REVIEW_PROPOSALS},
    Role.STEWARD: {P.PREPARE_RELEASES, P.PUBLISH_RELEASES, P.SEE_DESCRIPTIONS},
    Role.ADMINISTRATOR: {P.MANAGE_PEOPLE, P.MANAGE_REFERENCES, P.SEE_AUDIT, P.MANAGE_JOBS}
    | {P.EXPORT},  # A list is corrected in its file and taken in again.
    Role.SYSTEM: set(P),
}

ROW = re.compile(r"\('(\w+)', (?:true|false), (?:'(\w+)'|NULL)\)")


def _widths() -> dict[Role, str]:
    """Read how wide each role works: "country", "province" or "regency"; no entry for the rest."""
    rows = ROW.findall((Path(__file__).with_name("sql") / "roles.sql").read_text("utf-8"))
    assert {role for role, _width in rows} == set(Role), "sql/roles.sql names each role once"
    return {Role(role): width for role, width in rows if width}


WIDTH_OF_ROLE = _widths()


def holds(by: User, permission: Permission) -> bool:
    """Tell whether the role of `by` has `permission` anywhere at all."""
    return by.is_authenticated and by.is_active and permission in ROLES.get(by.role, set())


def may(by: User, permission: Permission, area: Area | None) -> bool:
    """Tell whether `by` holds `permission` in `area`; None means the whole country."""
    return holds(by, permission) and by.covers(area)


def require(by: User, permission: Permission, area: Area | None) -> None:
    """Raise PermissionDenied unless `by` holds `permission` in `area` (None: the country)."""
    if not may(by, permission, area):
        raise PermissionDenied(f"{by.pk} may not {permission} in {area}")
