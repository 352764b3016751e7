import pgtrigger
import pulih.people.number_fields
from django.db import connection, migrations
import polars as pl

from pulih.people.number_cipher import hash_column
from pulih.people.number_fields import Holder
from pulih.people.number_store import encrypt_plain

BATCH = 20_000
NAMED = """
    SELECT id, coalesce(values ->> 'nib', values ->> 'nik', values ->> 'business_name',
        values ->> 'owner_name')
    FROM inbox_sourcerecord
    WHERE id > %s AND row_key IS NOT NULL
        AND batch_id IN (SELECT id FROM inbox_importbatch WHERE kind IN ('firms', 'impact', 'auto'))
    ORDER BY id LIMIT %s
"""
KEY = """
    UPDATE inbox_sourcerecord SET row_key = hashtextextended(made.key, 0)
    FROM unnest(%s::bigint[], %s::text[]) AS made (id, key) WHERE inbox_sourcerecord.id = made.id
"""


def encrypt(_apps, _editor):
    key_rows()
    encrypt_plain(Holder("inbox_sourcerecord", "values", "id", is_row=True))


def key_rows():
    """Let a row be known in a corrected file by a keyed hash of its number or name."""
    last = 0
    with pgtrigger.ignore(), connection.cursor() as cursor:
        while rows := cursor.execute(NAMED, [last, BATCH]).fetchall():
            last = rows[-1][0]
            named = {key: name.lower() for key, name in rows if name is not None}
            hashes = hash_column(pl.Series(list(named.values()), dtype=pl.String)).to_list()
            cursor.execute(KEY, [list(named), hashes])


class Migration(migrations.Migration):

    dependencies = [
        ('inbox', '0006_makers'),
    ]

    operations = [
        migrations.AlterField(
            model_name='sourcerecord',
            name='values',
            field=pulih.people.number_fields.RowWithNumbers(),
        ),
        migrations.RunPython(encrypt, migrations.RunPython.noop),
    ]
