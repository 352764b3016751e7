"""Members of clusters and cooperatives out of delivered lists: who is in a group that is there.

A list names a group by its words; the group itself, with its fee and its smallest order, is an
office's to make. Once it is made, the lists that named it are read again.
"""

from collections import Counter
from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import QuerySet

from pulih.inbox.models import ImportBatch
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.people.scope import speaking_as_system

from ..models import Group, Member

STORE = """
WITH named AS (
    SELECT record.id, batch.id AS batch_id, batch.as_of, batch.state, firm.id AS firm_id,
        firm.regency_id, lower(btrim(record.values ->> 'group_name')) AS name,
        (record.values ->> 'member_since')::date AS since
    FROM inbox_importbatch AS batch
    JOIN inbox_sourcerecord AS record ON record.batch_id = batch.id
    JOIN registry_enterprisesource AS source ON source.source_record_id = record.id
    JOIN registry_enterprise AS firm ON firm.id = source.enterprise_id
    WHERE batch.kind = 'makers' AND batch.is_newest
      AND (batch.id = %(batch)s OR %(batch)s IS NULL AND batch.state = 'done')
      AND jsonb_exists(record.values, 'group_name')
), of_group AS (
    SELECT named.*, known.id AS group_id, known.province_id, known.valid_from
    FROM named LEFT JOIN market_group AS known ON known.regency_id = named.regency_id
        AND lower(known.name) = named.name AND known.valid_to IS NULL
    WHERE known.id = %(group)s OR %(group)s::bigint IS NULL
), stored AS (
    INSERT INTO market_member (group_id, enterprise_id, province_id, regency_id, valid_from,
        source_record_id, batch_id)
    SELECT DISTINCT ON (group_id, firm_id) group_id, firm_id, province_id, regency_id,
        greatest(coalesce(since, as_of), valid_from), id, batch_id
    FROM of_group
    WHERE group_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM market_member AS old
                      WHERE old.group_id = of_group.group_id AND old.enterprise_id = firm_id)
    ORDER BY group_id, firm_id, as_of DESC, id DESC
    RETURNING id
)
SELECT (SELECT count(*) FROM stored),
    (SELECT count(DISTINCT (regency_id, name)) FROM of_group WHERE group_id IS NULL)
"""


@transaction.atomic
def take(batch: ImportBatch, *, by: User) -> dict[str, int]:
    """Let the firms of a batch belong to the groups that it names and that are there."""
    require(by, Permission.DELIVER_FILES, batch.office)
    # It takes the place of what it corrects; what that alone had named is named no more.
    left = _remove(Member.objects.filter(batch__office=batch.office, batch__is_newest=False))
    members, unknown = _store(batch.pk, None)
    _fill(left)
    return {"members": members, "groups_unknown": unknown}


@transaction.atomic
def take_named(group: Group, *, by: User) -> int:
    """Let firms belong to a new group that delivered lists had named; return how many."""
    require(by, Permission.KEEP_CAPACITIES, group.regency)
    with speaking_as_system():  # A province's lists, which its regencies do not see, name them too.
        members, _unknown = _store(None, group.pk)
    return members


@transaction.atomic
def forget(batch: ImportBatch, *, by: User) -> dict[str, int]:
    """Let a batch that no longer counts name no members; what an office ended stays as it is."""
    require(by, Permission.DELIVER_FILES, batch.office)
    left = _remove(Member.objects.filter(batch=batch))
    _fill(left)
    return {"members": sum(left.values())}


def _remove(members: QuerySet[Member]) -> Counter[int]:
    """Remove those who still belong to their group; return how many by its key."""
    gone = members.filter(valid_to=None)
    left = Counter(gone.values_list("group_id", flat=True))
    gone.delete()
    return left


def _fill(groups: Iterable[int]) -> None:
    """Let the lists that count name members of these groups, as far as any still does."""
    with speaking_as_system():
        for group in groups:
            _store(None, group)


def _store(batch: int | None, group: int | None) -> tuple[int, int]:
    """Return how many became members, and how many names are of no group."""
    with connection.cursor() as cursor:
        cursor.execute(STORE, {"batch": batch, "group": group})
        members, unknown = cursor.fetchone()
        return int(members), int(unknown)
