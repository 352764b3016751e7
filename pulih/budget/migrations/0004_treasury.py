"""Lists of the treasury beside the ledger, and where they differ."""

import django.db.models.deletion
import django.db.models.functions.comparison
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from pulih.people.scope import ScopeTable


class Migration(migrations.Migration):

    dependencies = [
        ('areas', '0002_fill'),
        ('budget', '0003_revisions'),
        ('inbox', '0003_treasury'),
        ('people', '0002_scope'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Difference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fiscal_year', models.PositiveSmallIntegerField()),
                ('list_kind', models.CharField(choices=[('sp2d', 'SP2D list'), ('realisation', 'Realisation list'), ('commitment', 'List of contracts'), ('imprest', 'Imprest sheet (UP/TUP)')], max_length=11)),
                ('kind', models.CharField(choices=[('missing_here', 'not in the ledger'), ('overspend', 'would overspend'), ('line_unknown', 'line unknown'), ('amount', 'amount differs'), ('content', 'lines differ'), ('date', 'date differs'), ('missing_there', 'not in the list')], max_length=13, verbose_name='difference')),
                ('identity', models.TextField()),
                ('document_kind', models.CharField(blank=True, choices=[('dipa', 'DIPA'), ('pok', 'POK'), ('revision', 'Revision'), ('block', 'Block'), ('release', 'Release of a block'), ('commitment', 'Commitment'), ('spp', 'SPP'), ('spm', 'SPM'), ('sp2d', 'SP2D'), ('return', 'Return to the treasury'), ('correction', 'Correction')], max_length=12)),
                ('document_number', models.CharField(blank=True, max_length=80, verbose_name='document')),
                ('line_text', models.TextField(blank=True, verbose_name='line')),
                ('amount_kind', models.CharField(blank=True, choices=[('ceiling', 'Ceiling'), ('block', 'Block'), ('commitment', 'Commitment'), ('realisation', 'Realisation'), ('request', 'Payment requested'), ('order', 'Payment ordered')], max_length=11)),
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
                ('reconciliation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='imprest_rows', to='budget.reconciliation')),
            ],
            options={
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
                ('kind', models.CharField(choices=[('missing_here', 'not in the ledger'), ('overspend', 'would overspend'), ('line_unknown', 'line unknown'), ('amount', 'amount differs'), ('content', 'lines differ'), ('date', 'date differs'), ('missing_there', 'not in the list')], max_length=13, verbose_name='difference')),
                ('identity', models.TextField()),
                ('document_kind', models.CharField(blank=True, choices=[('dipa', 'DIPA'), ('pok', 'POK'), ('revision', 'Revision'), ('block', 'Block'), ('release', 'Release of a block'), ('commitment', 'Commitment'), ('spp', 'SPP'), ('spm', 'SPM'), ('sp2d', 'SP2D'), ('return', 'Return to the treasury'), ('correction', 'Correction')], max_length=12)),
                ('document_number', models.CharField(blank=True, max_length=80, verbose_name='document')),
                ('line_text', models.TextField(blank=True, verbose_name='line')),
                ('amount_kind', models.CharField(blank=True, choices=[('ceiling', 'Ceiling'), ('block', 'Block'), ('commitment', 'Commitment'), ('realisation', 'Realisation'), ('request', 'Payment requested'), ('order', 'Payment ordered')], max_length=11)),
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
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budget.difference')),
                ('posting', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.posting')),
                ('province', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area')),
                ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.spendingunit')),
                ('closed_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.reconciliation')),
                ('reconciliation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.reconciliation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='difference',
            name='closed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='settled', to='budget.reconciliation'),
        ),
        migrations.AddField(
            model_name='difference',
            name='last_seen',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seen', to='budget.reconciliation'),
        ),
        migrations.AddField(
            model_name='difference',
            name='reconciliation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='differences', to='budget.reconciliation'),
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
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budget.reconciliation')),
                ('province', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area')),
                ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.spendingunit')),
            ],
            options={
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
        pgtrigger.migrations.AddTrigger(
            model_name='reconciliation',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "budget_reconciliationevent" ("agreeing", "as_of", "batch_id", "closed", "documents", "doubt_en", "doubt_id", "first_day", "fiscal_year", "found", "id", "is_newest", "last_day", "list_kind", "made_at", "made_by_id", "new", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "unit_id") VALUES (OLD."agreeing", OLD."as_of", OLD."batch_id", OLD."closed", OLD."documents", OLD."doubt_en", OLD."doubt_id", OLD."first_day", OLD."fiscal_year", OLD."found", OLD."id", OLD."is_newest", OLD."last_day", OLD."list_kind", OLD."made_at", OLD."made_by_id", OLD."new", NOW(), \'changed\', OLD."id", OLD."province_id", OLD."unit_id"); RETURN NULL;', hash='c903f3e22012e118a35a13bb010dbf8438b124a3', operation='UPDATE', pgid='pgtrigger_changed_update_c5079', table='budget_reconciliation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reconciliation',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_reconciliationevent" ("agreeing", "as_of", "batch_id", "closed", "documents", "doubt_en", "doubt_id", "first_day", "fiscal_year", "found", "id", "is_newest", "last_day", "list_kind", "made_at", "made_by_id", "new", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "unit_id") VALUES (OLD."agreeing", OLD."as_of", OLD."batch_id", OLD."closed", OLD."documents", OLD."doubt_en", OLD."doubt_id", OLD."first_day", OLD."fiscal_year", OLD."found", OLD."id", OLD."is_newest", OLD."last_day", OLD."list_kind", OLD."made_at", OLD."made_by_id", OLD."new", NOW(), \'deleted\', OLD."id", OLD."province_id", OLD."unit_id"); RETURN NULL;', hash='5a3b37da268224cf4489bff53c8c31e858c23e8e', operation='DELETE', pgid='pgtrigger_deleted_delete_c6683', table='budget_reconciliation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='imprestrow',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6924af6dd9da4ead0df38ea0f829d4947407112d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c246d', table='budget_imprestrow', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='differenceevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='15d8e0956a8be1420dede54ac8ce7c3dc9f3ed75', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_be632', table='budget_differenceevent', when='BEFORE')),
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
        pgtrigger.migrations.AddTrigger(
            model_name='difference',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."amount_kind" IS DISTINCT FROM (NEW."amount_kind") OR OLD."can_post" IS DISTINCT FROM (NEW."can_post") OR OLD."closed_by_id" IS DISTINCT FROM (NEW."closed_by_id") OR OLD."decided_at" IS DISTINCT FROM (NEW."decided_at") OR OLD."decided_by_id" IS DISTINCT FROM (NEW."decided_by_id") OR OLD."document_kind" IS DISTINCT FROM (NEW."document_kind") OR OLD."document_number" IS DISTINCT FROM (NEW."document_number") OR OLD."fiscal_year" IS DISTINCT FROM (NEW."fiscal_year") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."identity" IS DISTINCT FROM (NEW."identity") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."line_id" IS DISTINCT FROM (NEW."line_id") OR OLD."line_text" IS DISTINCT FROM (NEW."line_text") OR OLD."list_kind" IS DISTINCT FROM (NEW."list_kind") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."our_day" IS DISTINCT FROM (NEW."our_day") OR OLD."ours" IS DISTINCT FROM (NEW."ours") OR OLD."posting_id" IS DISTINCT FROM (NEW."posting_id") OR OLD."province_id" IS DISTINCT FROM (NEW."province_id") OR OLD."reconciliation_id" IS DISTINCT FROM (NEW."reconciliation_id") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."their_day" IS DISTINCT FROM (NEW."their_day") OR OLD."theirs" IS DISTINCT FROM (NEW."theirs") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id") OR OLD."why_en" IS DISTINCT FROM (NEW."why_en") OR OLD."why_id" IS DISTINCT FROM (NEW."why_id"))', func='INSERT INTO "budget_differenceevent" ("amount_kind", "can_post", "closed_by_id", "decided_at", "decided_by_id", "document_kind", "document_number", "fiscal_year", "id", "identity", "kind", "line_id", "line_text", "list_kind", "note", "our_day", "ours", "pgh_created_at", "pgh_label", "pgh_obj_id", "posting_id", "province_id", "reconciliation_id", "state", "their_day", "theirs", "unit_id", "why_en", "why_id") VALUES (OLD."amount_kind", OLD."can_post", OLD."closed_by_id", OLD."decided_at", OLD."decided_by_id", OLD."document_kind", OLD."document_number", OLD."fiscal_year", OLD."id", OLD."identity", OLD."kind", OLD."line_id", OLD."line_text", OLD."list_kind", OLD."note", OLD."our_day", OLD."ours", NOW(), \'changed\', OLD."id", OLD."posting_id", OLD."province_id", OLD."reconciliation_id", OLD."state", OLD."their_day", OLD."theirs", OLD."unit_id", OLD."why_en", OLD."why_id"); RETURN NULL;', hash='6bdfa302b0f0bb47317cd81b9c111118d2bceeea', operation='UPDATE', pgid='pgtrigger_changed_update_5298f', table='budget_difference', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='difference',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_differenceevent" ("amount_kind", "can_post", "closed_by_id", "decided_at", "decided_by_id", "document_kind", "document_number", "fiscal_year", "id", "identity", "kind", "line_id", "line_text", "list_kind", "note", "our_day", "ours", "pgh_created_at", "pgh_label", "pgh_obj_id", "posting_id", "province_id", "reconciliation_id", "state", "their_day", "theirs", "unit_id", "why_en", "why_id") VALUES (OLD."amount_kind", OLD."can_post", OLD."closed_by_id", OLD."decided_at", OLD."decided_by_id", OLD."document_kind", OLD."document_number", OLD."fiscal_year", OLD."id", OLD."identity", OLD."kind", OLD."line_id", OLD."line_text", OLD."list_kind", OLD."note", OLD."our_day", OLD."ours", NOW(), \'deleted\', OLD."id", OLD."posting_id", OLD."province_id", OLD."reconciliation_id", OLD."state", OLD."their_day", OLD."theirs", OLD."unit_id", OLD."why_en", OLD."why_id"); RETURN NULL;', hash='264c60c9365e53027ab91e15f396f197762068fd', operation='DELETE', pgid='pgtrigger_deleted_delete_91b4a', table='budget_difference', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reconciliationevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='aec1a509db784b9d6ed73040911338d0194e7b5e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_eea68', table='budget_reconciliationevent', when='BEFORE')),
        ),
        ScopeTable("budget_reconciliation", regency=None),
        ScopeTable("budget_reconciliationevent", regency=None),
        ScopeTable("budget_difference", regency=None),
        ScopeTable("budget_differenceevent", regency=None),
        ScopeTable("budget_imprestrow", regency=None),
    ]
