"""A document is known by its fiscal year too, and by its number however it is written."""

from typing import Any

from django.db import migrations, models
from django.db.models import F

import pulih.budget.identity

# The index needs the function, which later versions bring up to date from `sql/identity.sql`.
KEY = """
CREATE OR REPLACE FUNCTION budget_number_key(p_number text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    v_key text := p_number;
BEGIN
    IF v_key ~ '^[1-9][0-9]*$' THEN
        RETURN v_key;
    END IF;
    IF v_key ~ '[^ -~]' THEN
        v_key := translate(normalize(v_key, NFKC),
            U&'\\2010\\2011\\2012\\2013\\2014\\2015\\2212', '-------');
        v_key := regexp_replace(v_key, U&'[\\0009-\\000D\\001C-\\001F\\0085\\00A0\\00AD\\1680'
            '\\2000-\\200F\\2028-\\202F\\205F-\\2064\\3000\\FEFF]', '', 'g');
    END IF;
    v_key := upper(replace(v_key, ' ', '') COLLATE "C");
    IF v_key ~ '^[0-9]+$' THEN
        v_key := ltrim(v_key, '0');
    END IF;
    RETURN CASE WHEN v_key ~ '[0-9A-Z]' OR v_key ~ '[^ -~]' THEN v_key ELSE '' END;
END $$;
"""
# A number that was posted twice under two spellings cannot be posted a third time; `pulih check`
# names the two, so the index leaves the later one out.
LATER_ONES = """
SELECT id FROM (
    SELECT id, row_number() OVER (PARTITION BY document_kind, budget_number_key(document_number),
                                  unit_id, fiscal_year, edition ORDER BY id) AS place
    FROM budget_posting) AS each WHERE place > 1
"""
INDEX = """
CREATE UNIQUE INDEX budget_document_once ON budget_posting
    (document_kind, (budget_number_key(document_number)), unit_id, fiscal_year, edition)
"""
# What waits for somebody is found again by the new identity.
NAMED_ANEW = """
UPDATE budget_difference d SET identity = document_kind || ' ' || budget_number_key(document_number)
WHERE state IN ('open', 'explained') AND document_number <> ''
  AND NOT EXISTS (
    SELECT 1 FROM budget_difference o
    WHERE o.id <> d.id AND o.state IN ('open', 'explained') AND o.unit_id = d.unit_id
      AND o.fiscal_year = d.fiscal_year AND o.list_kind = d.list_kind
      AND o.document_kind = d.document_kind
      AND budget_number_key(o.document_number) = budget_number_key(d.document_number));
"""


def add_index(apps: Any, schema_editor: Any) -> None:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(LATER_ONES)
        later = ", ".join(str(pk) for (pk,) in cursor.fetchall())
        cursor.execute(INDEX + (f" WHERE id NOT IN ({later})" if later else ""))


def drop_index(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute("DROP INDEX budget_document_once")


class Migration(migrations.Migration):

    dependencies = [
        ('budget', '0006_revision_clock'),
    ]

    operations = [
        migrations.RunSQL(KEY, migrations.RunSQL.noop),
        migrations.RemoveConstraint(
            model_name='posting',
            name='budget_document_once',
        ),
        migrations.SeparateDatabaseAndState(
            [migrations.RunPython(add_index, drop_index)],
            [
                migrations.AddConstraint(
                    model_name='posting',
                    constraint=models.UniqueConstraint(F('document_kind'), pulih.budget.identity.NumberKey(F('document_number')), F('unit'), F('fiscal_year'), F('edition'), name='budget_document_once'),
                ),
            ],
        ),
        migrations.RunSQL(NAMED_ANEW, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='difference',
            name='kind',
            field=models.CharField(choices=[('missing_here', 'not in the ledger'), ('overspend', 'would overspend'), ('line_unknown', 'line unknown'), ('amount', 'amount differs'), ('content', 'lines differ'), ('date', 'date differs'), ('party', 'payee differs'), ('method', 'way of payment differs'), ('contract', 'contract unknown or another'), ('missing_there', 'not in the list')], max_length=13, verbose_name='difference'),
        ),
        migrations.AlterField(
            model_name='differenceevent',
            name='kind',
            field=models.CharField(choices=[('missing_here', 'not in the ledger'), ('overspend', 'would overspend'), ('line_unknown', 'line unknown'), ('amount', 'amount differs'), ('content', 'lines differ'), ('date', 'date differs'), ('party', 'payee differs'), ('method', 'way of payment differs'), ('contract', 'contract unknown or another'), ('missing_there', 'not in the list')], max_length=13, verbose_name='difference'),
        ),
    ]
