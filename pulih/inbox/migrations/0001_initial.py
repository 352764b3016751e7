import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from pulih.people.scope import ScopeTable, ScopeThrough


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0002_scope'),
        ('areas', '0002_fill'),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('auto', 'Recognise it'), ('firms', 'List of enterprises'), ('impact', 'Impact report'), ('budget', 'Budget lines (POK)')], max_length=6, verbose_name='content')),
                ('delivered_at', models.DateTimeField(auto_now_add=True)),
                ('file_name', models.CharField(max_length=255)),
                ('sha256', models.CharField(max_length=64)),
                ('size_bytes', models.BigIntegerField()),
                ('stored_name', models.CharField(max_length=80)),
                ('checked_name', models.CharField(blank=True, max_length=120)),
                ('reading', models.PositiveSmallIntegerField(default=1)),
                ('mapping', models.JSONField(default=dict)),
                ('as_of', models.DateField(verbose_name='data as of')),
                ('fiscal_year', models.PositiveSmallIntegerField(null=True)),
                ('state', models.CharField(choices=[('received', 'waiting'), ('reading', 'being read'), ('storing', 'being stored'), ('done', 'done'), ('refused', 'refused'), ('failed', 'failed'), ('withdrawn', 'withdrawn')], default='received', max_length=9)),
                ('is_newest', models.BooleanField(default=True)),
                ('rows', models.PositiveIntegerField(default=0)),
                ('accepted', models.PositiveIntegerField(default=0)),
                ('corrected', models.PositiveIntegerField(default=0)),
                ('rejected', models.PositiveIntegerField(default=0)),
                ('recognised', models.JSONField(default=dict)),
                ('unknown', models.JSONField(default=list)),
                ('layout', models.JSONField(default=dict)),
                ('scheme', models.CharField(blank=True, max_length=10)),
                ('effects', models.JSONField(default=dict)),
                ('seconds', models.FloatField(null=True)),
                ('problem_id', models.TextField(blank=True)),
                ('problem_en', models.TextField(blank=True)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                ('province', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                ('regency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                ('supersedes', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='inbox.importbatch')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='BatchProgress',
            fields=[
                ('batch', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='progress', serialize=False, to='inbox.importbatch')),
                ('rows_done', models.PositiveIntegerField(default=0)),
                ('rows_total', models.PositiveIntegerField(default=0)),
                ('started_at', models.DateTimeField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('stop_asked', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='CellProblem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sheet', models.TextField(blank=True)),
                ('row', models.IntegerField(null=True)),
                ('column', models.TextField(blank=True)),
                ('cell', models.TextField(blank=True)),
                ('value', models.TextField(blank=True)),
                ('kind', models.CharField(choices=[('rejected', 'rejected'), ('corrected', 'corrected'), ('warning', 'note')], max_length=9)),
                ('rule', models.CharField(max_length=60)),
                ('message_id', models.TextField()),
                ('message_en', models.TextField()),
                ('batch', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='problems', to='inbox.importbatch')),
                ('province', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                ('regency', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ColumnMapping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('auto', 'Recognise it'), ('firms', 'List of enterprises'), ('impact', 'Impact report'), ('budget', 'Budget lines (POK)')], max_length=6)),
                ('heading', models.CharField(max_length=200)),
                ('column', models.CharField(blank=True, max_length=40)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                ('province', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                ('regency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
            ],
        ),
        migrations.CreateModel(
            name='ColumnMappingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_person', models.BigIntegerField(db_default=django.db.models.functions.comparison.Cast(django.db.models.functions.comparison.NullIf(models.Func(models.Value('pulih.person'), models.Value(True), function='current_setting'), models.Value('')), models.BigIntegerField()), null=True)),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('auto', 'Recognise it'), ('firms', 'List of enterprises'), ('impact', 'Impact report'), ('budget', 'Budget lines (POK)')], max_length=6)),
                ('heading', models.CharField(max_length=200)),
                ('column', models.CharField(blank=True, max_length=40)),
                ('office', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='inbox.columnmapping')),
                ('province', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area')),
                ('regency', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ImportBatchEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_person', models.BigIntegerField(db_default=django.db.models.functions.comparison.Cast(django.db.models.functions.comparison.NullIf(models.Func(models.Value('pulih.person'), models.Value(True), function='current_setting'), models.Value('')), models.BigIntegerField()), null=True)),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('auto', 'Recognise it'), ('firms', 'List of enterprises'), ('impact', 'Impact report'), ('budget', 'Budget lines (POK)')], max_length=6, verbose_name='content')),
                ('delivered_at', models.DateTimeField(auto_now_add=True)),
                ('file_name', models.CharField(max_length=255)),
                ('sha256', models.CharField(max_length=64)),
                ('size_bytes', models.BigIntegerField()),
                ('stored_name', models.CharField(max_length=80)),
                ('checked_name', models.CharField(blank=True, max_length=120)),
                ('reading', models.PositiveSmallIntegerField(default=1)),
                ('mapping', models.JSONField(default=dict)),
                ('as_of', models.DateField(verbose_name='data as of')),
                ('fiscal_year', models.PositiveSmallIntegerField(null=True)),
                ('state', models.CharField(choices=[('received', 'waiting'), ('reading', 'being read'), ('storing', 'being stored'), ('done', 'done'), ('refused', 'refused'), ('failed', 'failed'), ('withdrawn', 'withdrawn')], default='received', max_length=9)),
                ('is_newest', models.BooleanField(default=True)),
                ('rows', models.PositiveIntegerField(default=0)),
                ('accepted', models.PositiveIntegerField(default=0)),
                ('corrected', models.PositiveIntegerField(default=0)),
                ('rejected', models.PositiveIntegerField(default=0)),
                ('recognised', models.JSONField(default=dict)),
                ('unknown', models.JSONField(default=list)),
                ('layout', models.JSONField(default=dict)),
                ('scheme', models.CharField(blank=True, max_length=10)),
                ('effects', models.JSONField(default=dict)),
                ('seconds', models.FloatField(null=True)),
                ('problem_id', models.TextField(blank=True)),
                ('problem_en', models.TextField(blank=True)),
                ('office', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='inbox.importbatch')),
                ('province', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area')),
                ('regency', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area')),
                ('supersedes', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inbox.importbatch')),
                ('uploaded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SourceRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sheet', models.TextField(blank=True)),
                ('row', models.IntegerField()),
                ('verdict', models.CharField(choices=[('accepted', 'accepted'), ('corrected', 'corrected'), ('rejected', 'rejected')], max_length=9)),
                ('row_key', models.BigIntegerField(null=True)),
                ('values', models.JSONField()),
                ('batch', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='records', to='inbox.importbatch')),
                ('province', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                ('regency', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='importbatch',
            index=models.Index(fields=['office', 'kind', 'as_of'], name='inbox_batch_period'),
        ),
        migrations.AddIndex(
            model_name='importbatch',
            index=models.Index(fields=['province', '-id'], name='inbox_batch_province'),
        ),
        migrations.AddIndex(
            model_name='importbatch',
            index=models.Index(fields=['regency', '-id'], name='inbox_batch_regency'),
        ),
        migrations.AddIndex(
            model_name='importbatch',
            index=models.Index(fields=['sha256'], name='inbox_batch_content'),
        ),
        migrations.AddConstraint(
            model_name='importbatch',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('received', 'reading', 'storing', 'done'))), fields=('office', 'sha256', 'reading'), name='inbox_importbatch_delivered_once'),
        ),
        migrations.AddConstraint(
            model_name='importbatch',
            constraint=models.CheckConstraint(condition=models.Q(('rows', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('accepted'), '+', models.F('corrected')), '+', models.F('rejected')))), name='inbox_importbatch_counts_add_up'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importbatch',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inbox_importbatchevent" ("accepted", "as_of", "checked_name", "corrected", "delivered_at", "effects", "file_name", "fiscal_year", "id", "is_newest", "kind", "layout", "mapping", "office_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem_en", "problem_id", "province_id", "reading", "recognised", "regency_id", "rejected", "rows", "scheme", "seconds", "sha256", "size_bytes", "state", "stored_name", "supersedes_id", "unknown", "uploaded_by_id") VALUES (OLD."accepted", OLD."as_of", OLD."checked_name", OLD."corrected", OLD."delivered_at", OLD."effects", OLD."file_name", OLD."fiscal_year", OLD."id", OLD."is_newest", OLD."kind", OLD."layout", OLD."mapping", OLD."office_id", NOW(), \'changed\', OLD."id", OLD."problem_en", OLD."problem_id", OLD."province_id", OLD."reading", OLD."recognised", OLD."regency_id", OLD."rejected", OLD."rows", OLD."scheme", OLD."seconds", OLD."sha256", OLD."size_bytes", OLD."state", OLD."stored_name", OLD."supersedes_id", OLD."unknown", OLD."uploaded_by_id"); RETURN NULL;', hash='b889e600c0b188d7982d571abc1297a810aa82ba', operation='UPDATE', pgid='pgtrigger_changed_update_a5818', table='inbox_importbatch', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importbatch',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inbox_importbatchevent" ("accepted", "as_of", "checked_name", "corrected", "delivered_at", "effects", "file_name", "fiscal_year", "id", "is_newest", "kind", "layout", "mapping", "office_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem_en", "problem_id", "province_id", "reading", "recognised", "regency_id", "rejected", "rows", "scheme", "seconds", "sha256", "size_bytes", "state", "stored_name", "supersedes_id", "unknown", "uploaded_by_id") VALUES (OLD."accepted", OLD."as_of", OLD."checked_name", OLD."corrected", OLD."delivered_at", OLD."effects", OLD."file_name", OLD."fiscal_year", OLD."id", OLD."is_newest", OLD."kind", OLD."layout", OLD."mapping", OLD."office_id", NOW(), \'deleted\', OLD."id", OLD."problem_en", OLD."problem_id", OLD."province_id", OLD."reading", OLD."recognised", OLD."regency_id", OLD."rejected", OLD."rows", OLD."scheme", OLD."seconds", OLD."sha256", OLD."size_bytes", OLD."state", OLD."stored_name", OLD."supersedes_id", OLD."unknown", OLD."uploaded_by_id"); RETURN NULL;', hash='69f3607981d32951cde72dbeee2b47211e8d8ceb', operation='DELETE', pgid='pgtrigger_deleted_delete_6b73f', table='inbox_importbatch', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='cellproblem',
            index=models.Index(fields=['batch', 'rule', 'kind', 'id'], name='inbox_problem_rule'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cellproblem',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1b9aa31da5fb9866579e06a14e784bd6ad9fa9b1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7e7c4', table='inbox_cellproblem', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='columnmapping',
            constraint=models.UniqueConstraint(fields=('office', 'kind', 'heading'), name='inbox_columnmapping_one_meaning'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='columnmapping',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "inbox_columnmappingevent" ("column", "heading", "id", "kind", "office_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "regency_id") VALUES (OLD."column", OLD."heading", OLD."id", OLD."kind", OLD."office_id", NOW(), \'changed\', OLD."id", OLD."province_id", OLD."regency_id"); RETURN NULL;', hash='52fb9353606b94c3d46d40e8ee25ef99c0a6aac5', operation='UPDATE', pgid='pgtrigger_changed_update_be4bb', table='inbox_columnmapping', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='columnmapping',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "inbox_columnmappingevent" ("column", "heading", "id", "kind", "office_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "regency_id") VALUES (OLD."column", OLD."heading", OLD."id", OLD."kind", OLD."office_id", NOW(), \'deleted\', OLD."id", OLD."province_id", OLD."regency_id"); RETURN NULL;', hash='126357414d0c6cec21498b3e15e0253b6b69df02', operation='DELETE', pgid='pgtrigger_deleted_delete_7dedf', table='inbox_columnmapping', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='columnmappingevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4b37b34a30c834569ee72507bcbf09b6f9630b1f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f7570', table='inbox_columnmappingevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importbatchevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3f4f4502665683c3aee4446be3a215897a2cd30e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f7b43', table='inbox_importbatchevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='sourcerecord',
            index=models.Index(fields=['batch', 'id'], name='inbox_record_batch'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sourcerecord',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='880dbec6834a71365c12a98b5c9a2137fd296fb1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3508a', table='inbox_sourcerecord', when='BEFORE')),
        ),
        ScopeTable("inbox_importbatch"),
        ScopeTable("inbox_importbatchevent"),
        ScopeTable("inbox_sourcerecord"),
        ScopeTable("inbox_cellproblem"),
        ScopeTable("inbox_columnmapping"),
        ScopeTable("inbox_columnmappingevent"),
        ScopeThrough("inbox_batchprogress", "inbox_importbatch", "batch_id"),
    ]
