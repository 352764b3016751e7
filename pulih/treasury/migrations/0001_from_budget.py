"""Lists of the treasury come from the room of the budget, with their tables."""

import django.db.models.deletion
import django.db.models.functions.comparison
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

# Triggers are named after the room of their model; what they do is the same.
OLD_TRIGGERS = {
    "budget_reconciliation": ("pgtrigger_changed_update_c5079", "pgtrigger_deleted_delete_c6683"),
    "budget_imprestrow": ("pgtrigger_append_only_c246d",),
    "budget_differenceevent": ("pgtrigger_append_only_be632",),
    "budget_difference": ("pgtrigger_changed_update_5298f", "pgtrigger_deleted_delete_91b4a"),
    "budget_reconciliationevent": ("pgtrigger_append_only_eea68",),
}
KINDS = """
UPDATE django_content_type SET app_label = 'treasury'
WHERE app_label = 'budget' AND model IN ('reconciliation', 'difference', 'imprestrow', 'reconciliationevent', 'differenceevent')
"""


class Migration(migrations.Migration):

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('areas', '0002_fill'),
        ('budget', '0015_treasury_leaves'),
        ('inbox', '0004_needs'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='Difference',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('fiscal_year', models.PositiveSmallIntegerField()),
                        ('list_kind', models.CharField(choices=[('sp2d', 'SP2D list'), ('realisation', 'Realisation list'), ('commitment', 'List of contracts'), ('imprest', 'Imprest sheet (UP/TUP)')], max_length=11)),
                        ('kind', models.CharField(choices=[('missing_here', 'not in the ledger'), ('overspend', 'would overspend'), ('line_unknown', 'line unknown'), ('amount', 'amount differs'), ('content', 'lines differ'), ('date', 'date differs'), ('party', 'payee differs'), ('method', 'way of payment differs'), ('contract', 'contract unknown or another'), ('missing_there', 'not in the list')], max_length=13, verbose_name='difference')),
                        ('identity', models.TextField()),
                        ('document_kind', models.CharField(blank=True, choices=[('dipa', 'DIPA'), ('pok', 'POK'), ('revision', 'Revision'), ('block', 'Block'), ('release', 'Release of a block'), ('commitment', 'Commitment'), ('spp', 'SPP'), ('spm', 'SPM'), ('sp2d', 'SP2D'), ('return', 'Return to the treasury'), ('correction', 'Correction'), ('reservation', 'Reservation'), ('unreserve', 'Release of a reservation')], max_length=12)),
                        ('document_number', models.CharField(blank=True, max_length=80, verbose_name='document')),
                        ('line_text', models.TextField(blank=True, verbose_name='line')),
                        ('amount_kind', models.CharField(blank=True, choices=[('ceiling', 'Ceiling'), ('block', 'Block'), ('commitment', 'Commitment'), ('realisation', 'Realisation'), ('reservation', 'Reserved'), ('request', 'Payment requested'), ('order', 'Payment ordered')], max_length=11)),
                        ('theirs', models.BigIntegerField(null=True, verbose_name='in the list')),
                        ('ours', models.BigIntegerField(null=True, verbose_name='in the ledger')),
                        ('their_day', models.DateField(null=True)),
                        ('our_day', models.DateField(null=True)),
                        ('can_post', models.BooleanField(default=False)),
                        ('why_id', models.TextField(blank=True)),
                        ('why_en', models.TextField(blank=True)),
                        ('content', models.JSONField(default=dict)),
                        ('sheet', models.TextField(blank=True)),
                        ('row', models.IntegerField(null=True)),
                        ('state', models.CharField(choices=[('open', 'undecided'), ('explained', 'explained'), ('posted', 'posted'), ('closed', 'settled')], default='open', max_length=9)),
                        ('note', models.TextField(blank=True, verbose_name='note')),
                        ('decided_at', models.DateTimeField(null=True)),
                        ('decided_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('line', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='budget.budgetline')),
                        ('posting', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='budget.posting')),
                        ('province', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                        ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='budget.spendingunit')),
                    ],
                    options={
                        'db_table': 'budget_difference',
                    },
                ),
                migrations.CreateModel(
                    name='Reconciliation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('fiscal_year', models.PositiveSmallIntegerField(verbose_name='fiscal year')),
                        ('list_kind', models.CharField(choices=[('sp2d', 'SP2D list'), ('realisation', 'Realisation list'), ('commitment', 'List of contracts'), ('imprest', 'Imprest sheet (UP/TUP)')], max_length=11, verbose_name='list')),
                        ('as_of', models.DateField(verbose_name='data as of')),
                        ('first_day', models.DateField(null=True)),
                        ('last_day', models.DateField(null=True)),
                        ('documents', models.PositiveIntegerField(default=0)),
                        ('agreeing', models.PositiveIntegerField(default=0)),
                        ('found', models.PositiveIntegerField(default=0)),
                        ('new', models.PositiveIntegerField(default=0)),
                        ('closed', models.PositiveIntegerField(default=0)),
                        ('doubt_id', models.TextField(blank=True)),
                        ('doubt_en', models.TextField(blank=True)),
                        ('is_newest', models.BooleanField(default=True)),
                        ('made_at', models.DateTimeField(auto_now=True)),
                        ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inbox.importbatch')),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('province', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reconciliations', to='budget.spendingunit')),
                    ],
                    options={
                        'db_table': 'budget_reconciliation',
                    },
                ),
                migrations.CreateModel(
                    name='ImprestRow',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('imprest_kind', models.CharField(choices=[('UP', 'UP'), ('TUP', 'TUP')], max_length=3)),
                        ('day', models.DateField()),
                        ('given', models.BigIntegerField(default=0)),
                        ('used', models.BigIntegerField(default=0)),
                        ('refilled', models.BigIntegerField(default=0)),
                        ('accounted', models.BigIntegerField(default=0)),
                        ('returned', models.BigIntegerField(default=0)),
                        ('document_number', models.CharField(blank=True, max_length=80)),
                        ('province', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                        ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='budget.spendingunit')),
                        ('reconciliation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='imprest_rows', to='treasury.reconciliation')),
                    ],
                    options={
                        'db_table': 'budget_imprestrow',
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='DifferenceEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_person', models.BigIntegerField(db_default=django.db.models.functions.comparison.Cast(django.db.models.functions.comparison.NullIf(models.Func(models.Value('pulih.person'), models.Value(True), function='current_setting'), models.Value('')), models.BigIntegerField()), null=True)),
                        ('id', models.BigIntegerField()),
                        ('fiscal_year', models.PositiveSmallIntegerField()),
                        ('list_kind', models.CharField(choices=[('sp2d', 'SP2D list'), ('realisation', 'Realisation list'), ('commitment', 'List of contracts'), ('imprest', 'Imprest sheet (UP/TUP)')], max_length=11)),
                        ('kind', models.CharField(choices=[('missing_here', 'not in the ledger'), ('overspend', 'would overspend'), ('line_unknown', 'line unknown'), ('amount', 'amount differs'), ('content', 'lines differ'), ('date', 'date differs'), ('party', 'payee differs'), ('method', 'way of payment differs'), ('contract', 'contract unknown or another'), ('missing_there', 'not in the list')], max_length=13, verbose_name='difference')),
                        ('identity', models.TextField()),
                        ('document_kind', models.CharField(blank=True, choices=[('dipa', 'DIPA'), ('pok', 'POK'), ('revision', 'Revision'), ('block', 'Block'), ('release', 'Release of a block'), ('commitment', 'Commitment'), ('spp', 'SPP'), ('spm', 'SPM'), ('sp2d', 'SP2D'), ('return', 'Return to the treasury'), ('correction', 'Correction'), ('reservation', 'Reservation'), ('unreserve', 'Release of a reservation')], max_length=12)),
                        ('document_number', models.CharField(blank=True, max_length=80, verbose_name='document')),
                        ('line_text', models.TextField(blank=True, verbose_name='line')),
                        ('amount_kind', models.CharField(blank=True, choices=[('ceiling', 'Ceiling'), ('block', 'Block'), ('commitment', 'Commitment'), ('realisation', 'Realisation'), ('reservation', 'Reserved'), ('request', 'Payment requested'), ('order', 'Payment ordered')], max_length=11)),
                        ('theirs', models.BigIntegerField(null=True, verbose_name='in the list')),
                        ('ours', models.BigIntegerField(null=True, verbose_name='in the ledger')),
                        ('their_day', models.DateField(null=True)),
                        ('our_day', models.DateField(null=True)),
                        ('can_post', models.BooleanField(default=False)),
                        ('why_id', models.TextField(blank=True)),
                        ('why_en', models.TextField(blank=True)),
                        ('state', models.CharField(choices=[('open', 'undecided'), ('explained', 'explained'), ('posted', 'posted'), ('closed', 'settled')], default='open', max_length=9)),
                        ('note', models.TextField(blank=True, verbose_name='note')),
                        ('decided_at', models.DateTimeField(null=True)),
                        ('decided_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('line', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.budgetline')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='treasury.difference')),
                        ('posting', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.posting')),
                        ('province', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area')),
                        ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.spendingunit')),
                        ('closed_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='treasury.reconciliation')),
                        ('reconciliation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='treasury.reconciliation')),
                    ],
                    options={
                        'db_table': 'budget_differenceevent',
                        'abstract': False,
                    },
                ),
                migrations.AddField(
                    model_name='difference',
                    name='closed_by',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='settled', to='treasury.reconciliation'),
                ),
                migrations.AddField(
                    model_name='difference',
                    name='last_seen',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seen', to='treasury.reconciliation'),
                ),
                migrations.AddField(
                    model_name='difference',
                    name='reconciliation',
                    field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='differences', to='treasury.reconciliation'),
                ),
                migrations.CreateModel(
                    name='ReconciliationEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_person', models.BigIntegerField(db_default=django.db.models.functions.comparison.Cast(django.db.models.functions.comparison.NullIf(models.Func(models.Value('pulih.person'), models.Value(True), function='current_setting'), models.Value('')), models.BigIntegerField()), null=True)),
                        ('id', models.BigIntegerField()),
                        ('fiscal_year', models.PositiveSmallIntegerField(verbose_name='fiscal year')),
                        ('list_kind', models.CharField(choices=[('sp2d', 'SP2D list'), ('realisation', 'Realisation list'), ('commitment', 'List of contracts'), ('imprest', 'Imprest sheet (UP/TUP)')], max_length=11, verbose_name='list')),
                        ('as_of', models.DateField(verbose_name='data as of')),
                        ('first_day', models.DateField(null=True)),
                        ('last_day', models.DateField(null=True)),
                        ('documents', models.PositiveIntegerField(default=0)),
                        ('agreeing', models.PositiveIntegerField(default=0)),
                        ('found', models.PositiveIntegerField(default=0)),
                        ('new', models.PositiveIntegerField(default=0)),
                        ('closed', models.PositiveIntegerField(default=0)),
                        ('doubt_id', models.TextField(blank=True)),
                        ('doubt_en', models.TextField(blank=True)),
                        ('is_newest', models.BooleanField(default=True)),
                        ('made_at', models.DateTimeField(auto_now=True)),
                        ('batch', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inbox.importbatch')),
                        ('made_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='treasury.reconciliation')),
                        ('province', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area')),
                        ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.spendingunit')),
                    ],
                    options={
                        'db_table': 'budget_reconciliationevent',
                        'abstract': False,
                    },
                ),
                migrations.AddIndex(
                    model_name='reconciliation',
                    index=models.Index(fields=['unit', 'fiscal_year', 'list_kind', '-id'], name='budget_reconciliation_of_unit'),
                ),
                migrations.AddConstraint(
                    model_name='reconciliation',
                    constraint=models.UniqueConstraint(fields=('batch', 'unit', 'fiscal_year', 'list_kind'), name='budget_reconciliation_once'),
                ),
                migrations.AddIndex(
                    model_name='difference',
                    index=models.Index(fields=['reconciliation', 'state', 'id'], name='budget_difference_found'),
                ),
                migrations.AddConstraint(
                    model_name='difference',
                    constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('open', 'explained'))), fields=('unit', 'fiscal_year', 'list_kind', 'identity'), name='budget_difference_stands_once'),
                ),
                migrations.AddConstraint(
                    model_name='difference',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'explained'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='budget_difference_explained_in_words'),
                ),
            ],
        ),
        migrations.RunSQL(
            [
                f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}();"
                for table, names in OLD_TRIGGERS.items()
                for name in names
            ]
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reconciliation',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "budget_reconciliationevent" ("agreeing", "as_of", "batch_id", "closed", "documents", "doubt_en", "doubt_id", "first_day", "fiscal_year", "found", "id", "is_newest", "last_day", "list_kind", "made_at", "made_by_id", "new", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "unit_id") VALUES (OLD."agreeing", OLD."as_of", OLD."batch_id", OLD."closed", OLD."documents", OLD."doubt_en", OLD."doubt_id", OLD."first_day", OLD."fiscal_year", OLD."found", OLD."id", OLD."is_newest", OLD."last_day", OLD."list_kind", OLD."made_at", OLD."made_by_id", OLD."new", NOW(), \'changed\', OLD."id", OLD."province_id", OLD."unit_id"); RETURN NULL;', hash='0e3df77abd8cf42e00f28e962c7ad2480dce9103', operation='UPDATE', pgid='pgtrigger_changed_update_f0ef2', table='budget_reconciliation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reconciliation',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_reconciliationevent" ("agreeing", "as_of", "batch_id", "closed", "documents", "doubt_en", "doubt_id", "first_day", "fiscal_year", "found", "id", "is_newest", "last_day", "list_kind", "made_at", "made_by_id", "new", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "unit_id") VALUES (OLD."agreeing", OLD."as_of", OLD."batch_id", OLD."closed", OLD."documents", OLD."doubt_en", OLD."doubt_id", OLD."first_day", OLD."fiscal_year", OLD."found", OLD."id", OLD."is_newest", OLD."last_day", OLD."list_kind", OLD."made_at", OLD."made_by_id", OLD."new", NOW(), \'deleted\', OLD."id", OLD."province_id", OLD."unit_id"); RETURN NULL;', hash='f8d6166b3dd9408827c91ca20e1c3fffee35c646', operation='DELETE', pgid='pgtrigger_deleted_delete_ca99e', table='budget_reconciliation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='imprestrow',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cc1cfa061805593befa8abaed7fd6a138a6636ed', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_227dc', table='budget_imprestrow', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='differenceevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ca6d43a92abbbb9dc823fd95a9740e35b5dd61f8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bc3a0', table='budget_differenceevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='difference',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."amount_kind" IS DISTINCT FROM (NEW."amount_kind") OR OLD."can_post" IS DISTINCT FROM (NEW."can_post") OR OLD."closed_by_id" IS DISTINCT FROM (NEW."closed_by_id") OR OLD."decided_at" IS DISTINCT FROM (NEW."decided_at") OR OLD."decided_by_id" IS DISTINCT FROM (NEW."decided_by_id") OR OLD."document_kind" IS DISTINCT FROM (NEW."document_kind") OR OLD."document_number" IS DISTINCT FROM (NEW."document_number") OR OLD."fiscal_year" IS DISTINCT FROM (NEW."fiscal_year") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."identity" IS DISTINCT FROM (NEW."identity") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."line_id" IS DISTINCT FROM (NEW."line_id") OR OLD."line_text" IS DISTINCT FROM (NEW."line_text") OR OLD."list_kind" IS DISTINCT FROM (NEW."list_kind") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."our_day" IS DISTINCT FROM (NEW."our_day") OR OLD."ours" IS DISTINCT FROM (NEW."ours") OR OLD."posting_id" IS DISTINCT FROM (NEW."posting_id") OR OLD."province_id" IS DISTINCT FROM (NEW."province_id") OR OLD."reconciliation_id" IS DISTINCT FROM (NEW."reconciliation_id") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."their_day" IS DISTINCT FROM (NEW."their_day") OR OLD."theirs" IS DISTINCT FROM (NEW."theirs") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id") OR OLD."why_en" IS DISTINCT FROM (NEW."why_en") OR OLD."why_id" IS DISTINCT FROM (NEW."why_id"))', func='INSERT INTO "budget_differenceevent" ("amount_kind", "can_post", "closed_by_id", "decided_at", "decided_by_id", "document_kind", "document_number", "fiscal_year", "id", "identity", "kind", "line_id", "line_text", "list_kind", "note", "our_day", "ours", "pgh_created_at", "pgh_label", "pgh_obj_id", "posting_id", "province_id", "reconciliation_id", "state", "their_day", "theirs", "unit_id", "why_en", "why_id") VALUES (OLD."amount_kind", OLD."can_post", OLD."closed_by_id", OLD."decided_at", OLD."decided_by_id", OLD."document_kind", OLD."document_number", OLD."fiscal_year", OLD."id", OLD."identity", OLD."kind", OLD."line_id", OLD."line_text", OLD."list_kind", OLD."note", OLD."our_day", OLD."ours", NOW(), \'changed\', OLD."id", OLD."posting_id", OLD."province_id", OLD."reconciliation_id", OLD."state", OLD."their_day", OLD."theirs", OLD."unit_id", OLD."why_en", OLD."why_id"); RETURN NULL;', hash='4aff4c92f012ebd5ad44f41205e23444c1b5b1c9', operation='UPDATE', pgid='pgtrigger_changed_update_1962b', table='budget_difference', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='difference',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_differenceevent" ("amount_kind", "can_post", "closed_by_id", "decided_at", "decided_by_id", "document_kind", "document_number", "fiscal_year", "id", "identity", "kind", "line_id", "line_text", "list_kind", "note", "our_day", "ours", "pgh_created_at", "pgh_label", "pgh_obj_id", "posting_id", "province_id", "reconciliation_id", "state", "their_day", "theirs", "unit_id", "why_en", "why_id") VALUES (OLD."amount_kind", OLD."can_post", OLD."closed_by_id", OLD."decided_at", OLD."decided_by_id", OLD."document_kind", OLD."document_number", OLD."fiscal_year", OLD."id", OLD."identity", OLD."kind", OLD."line_id", OLD."line_text", OLD."list_kind", OLD."note", OLD."our_day", OLD."ours", NOW(), \'deleted\', OLD."id", OLD."posting_id", OLD."province_id", OLD."reconciliation_id", OLD."state", OLD."their_day", OLD."theirs", OLD."unit_id", OLD."why_en", OLD."why_id"); RETURN NULL;', hash='1909d0d69f1b484af06cf1b895abbb321b0e6054', operation='DELETE', pgid='pgtrigger_deleted_delete_dc6e9', table='budget_difference', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reconciliationevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1c07efe7caf0dcfd648f653fa46592631afb8e13', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_83ed1', table='budget_reconciliationevent', when='BEFORE')),
        ),
        migrations.RunSQL(KINDS, migrations.RunSQL.noop),
    ]
