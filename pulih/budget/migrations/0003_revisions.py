"""Revisions with their steps and authority, cash plans, details of lines."""

import django.db.models.deletion
import django.db.models.functions.comparison
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from pulih.audit.migrating import unseal
from pulih.people.scope import ScopeTable


class Migration(migrations.Migration):

    dependencies = [
        ("budget", "0002_ledger"),
        ("areas", "0002_fill"),
        ("people", "0002_scope"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        unseal('budget_revision'),
        unseal('budget_revisionevent'),
        unseal('budget_revisionmovement'),
        unseal('budget_revisionmovementevent'),
        migrations.CreateModel(
            name='CashPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fiscal_year', models.PositiveSmallIntegerField(verbose_name='fiscal year')),
                ('spending_type', models.CharField(max_length=2, verbose_name='spending type')),
                ('month', models.PositiveSmallIntegerField(verbose_name='month')),
                ('rupiah', models.BigIntegerField(verbose_name='amount')),
                ('source', models.CharField(choices=[('sheet', 'stated by the POK sheet'), ('form', 'typed by the office'), ('revision', 'changed by a revision')], max_length=8)),
            ],
        ),
        migrations.CreateModel(
            name='CashPlanEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_person', models.BigIntegerField(db_default=django.db.models.functions.comparison.Cast(django.db.models.functions.comparison.NullIf(models.Func(models.Value('pulih.person'), models.Value(True), function='current_setting'), models.Value('')), models.BigIntegerField()), null=True)),
                ('id', models.BigIntegerField()),
                ('fiscal_year', models.PositiveSmallIntegerField(verbose_name='fiscal year')),
                ('spending_type', models.CharField(max_length=2, verbose_name='spending type')),
                ('month', models.PositiveSmallIntegerField(verbose_name='month')),
                ('rupiah', models.BigIntegerField(verbose_name='amount')),
                ('source', models.CharField(choices=[('sheet', 'stated by the POK sheet'), ('form', 'typed by the office'), ('revision', 'changed by a revision')], max_length=8)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='LineDetail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('text', models.TextField(blank=True, verbose_name='description')),
                ('volume', models.DecimalField(decimal_places=3, max_digits=16, null=True, verbose_name='volume')),
                ('unit', models.CharField(blank=True, max_length=40, verbose_name='unit')),
                ('unit_cost', models.BigIntegerField(null=True, verbose_name='unit cost')),
                ('rupiah', models.BigIntegerField(verbose_name='amount')),
            ],
        ),
        migrations.CreateModel(
            name='LineDetailEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_person', models.BigIntegerField(db_default=django.db.models.functions.comparison.Cast(django.db.models.functions.comparison.NullIf(models.Func(models.Value('pulih.person'), models.Value(True), function='current_setting'), models.Value('')), models.BigIntegerField()), null=True)),
                ('id', models.BigIntegerField()),
                ('position', models.PositiveSmallIntegerField()),
                ('text', models.TextField(blank=True, verbose_name='description')),
                ('volume', models.DecimalField(decimal_places=3, max_digits=16, null=True, verbose_name='volume')),
                ('unit', models.CharField(blank=True, max_length=40, verbose_name='unit')),
                ('unit_cost', models.BigIntegerField(null=True, verbose_name='unit cost')),
                ('rupiah', models.BigIntegerField(verbose_name='amount')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RevisionStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('proposed', 'proposed'), ('returned', 'returned'), ('approved', 'approved'), ('in_force', 'in force'), ('superseded', 'superseded'), ('withdrawn', 'withdrawn')], max_length=10)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('authority', models.CharField(blank=True, max_length=12)),
                ('letter_number', models.CharField(blank=True, max_length=80, verbose_name='letter number')),
                ('letter_date', models.DateField(null=True, verbose_name='letter date')),
                ('note', models.TextField(blank=True, verbose_name='note')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='revision',
            name='changed_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='revision',
            name='deleted_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='revisionmovement',
            name='changed_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='revisionmovement',
            name='deleted_delete',
        ),
        migrations.AddField(
            model_name='revision',
            name='authority',
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddField(
            model_name='revision',
            name='effective_on',
            field=models.DateField(null=True, verbose_name='in effect on'),
        ),
        migrations.AddField(
            model_name='revision',
            name='judged_on',
            field=models.DateField(null=True, verbose_name='judged on'),
        ),
        migrations.AddField(
            model_name='revision',
            name='kind',
            field=models.CharField(choices=[('plan', 'from an adopted scenario'), ('hand', 'drafted by hand'), ('remap', 'moving to other accounts')], default='plan', max_length=5),
        ),
        migrations.AddField(
            model_name='revision',
            name='number',
            field=models.PositiveSmallIntegerField(null=True, verbose_name='revision number'),
        ),
        migrations.AddField(
            model_name='revision',
            name='posting',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='revision', to='budget.posting'),
        ),
        migrations.AddField(
            model_name='revision',
            name='proposed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='revision',
            name='reason',
            field=models.TextField(blank=True, verbose_name='reason'),
        ),
        migrations.AddField(
            model_name='revision',
            name='title',
            field=models.CharField(blank=True, max_length=200, verbose_name='title'),
        ),
        migrations.AddField(
            model_name='revision',
            name='volume',
            field=models.CharField(blank=True, choices=[('', 'not said yet'), ('kept', 'stays'), ('falls', 'falls')], default='', max_length=5),
        ),
        migrations.AddField(
            model_name='revisionevent',
            name='authority',
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddField(
            model_name='revisionevent',
            name='effective_on',
            field=models.DateField(null=True, verbose_name='in effect on'),
        ),
        migrations.AddField(
            model_name='revisionevent',
            name='judged_on',
            field=models.DateField(null=True, verbose_name='judged on'),
        ),
        migrations.AddField(
            model_name='revisionevent',
            name='kind',
            field=models.CharField(choices=[('plan', 'from an adopted scenario'), ('hand', 'drafted by hand'), ('remap', 'moving to other accounts')], default='plan', max_length=5),
        ),
        migrations.AddField(
            model_name='revisionevent',
            name='number',
            field=models.PositiveSmallIntegerField(null=True, verbose_name='revision number'),
        ),
        migrations.AddField(
            model_name='revisionevent',
            name='posting',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.posting'),
        ),
        migrations.AddField(
            model_name='revisionevent',
            name='proposed_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='revisionevent',
            name='reason',
            field=models.TextField(blank=True, verbose_name='reason'),
        ),
        migrations.AddField(
            model_name='revisionevent',
            name='title',
            field=models.CharField(blank=True, max_length=200, verbose_name='title'),
        ),
        migrations.AddField(
            model_name='revisionevent',
            name='volume',
            field=models.CharField(blank=True, choices=[('', 'not said yet'), ('kept', 'stays'), ('falls', 'falls')], default='', max_length=5),
        ),
        migrations.AddField(
            model_name='revisionmovement',
            name='detail',
            field=models.TextField(blank=True, verbose_name='description'),
        ),
        migrations.AddField(
            model_name='revisionmovement',
            name='details',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='revisionmovementevent',
            name='detail',
            field=models.TextField(blank=True, verbose_name='description'),
        ),
        migrations.AddField(
            model_name='revisionmovementevent',
            name='details',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AlterField(
            model_name='revision',
            name='state',
            field=models.CharField(choices=[('draft', 'draft'), ('proposed', 'proposed'), ('returned', 'returned'), ('approved', 'approved'), ('in_force', 'in force'), ('superseded', 'superseded'), ('withdrawn', 'withdrawn')], default='draft', max_length=10),
        ),
        migrations.AlterField(
            model_name='revisionevent',
            name='state',
            field=models.CharField(choices=[('draft', 'draft'), ('proposed', 'proposed'), ('returned', 'returned'), ('approved', 'approved'), ('in_force', 'in force'), ('superseded', 'superseded'), ('withdrawn', 'withdrawn')], default='draft', max_length=10),
        ),
        migrations.AddField(
            model_name='revision',
            name='set_total',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='revisionevent',
            name='set_total',
            field=models.BigIntegerField(null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='revision',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "budget_revisionevent" ("authority", "declared_total", "effective_on", "fiscal_year", "id", "judged_on", "kind", "made_at", "made_by_id", "number", "pgh_created_at", "pgh_label", "pgh_obj_id", "posting_id", "proposed_by_id", "province_id", "reason", "set_total", "source", "state", "title", "unit_id", "volume") VALUES (OLD."authority", OLD."declared_total", OLD."effective_on", OLD."fiscal_year", OLD."id", OLD."judged_on", OLD."kind", OLD."made_at", OLD."made_by_id", OLD."number", NOW(), \'changed\', OLD."id", OLD."posting_id", OLD."proposed_by_id", OLD."province_id", OLD."reason", OLD."set_total", OLD."source", OLD."state", OLD."title", OLD."unit_id", OLD."volume"); RETURN NULL;', hash='e191b3443cc2dcd78157c0f978b33d098062e1ac', operation='UPDATE', pgid='pgtrigger_changed_update_41156', table='budget_revision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='revision',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_revisionevent" ("authority", "declared_total", "effective_on", "fiscal_year", "id", "judged_on", "kind", "made_at", "made_by_id", "number", "pgh_created_at", "pgh_label", "pgh_obj_id", "posting_id", "proposed_by_id", "province_id", "reason", "set_total", "source", "state", "title", "unit_id", "volume") VALUES (OLD."authority", OLD."declared_total", OLD."effective_on", OLD."fiscal_year", OLD."id", OLD."judged_on", OLD."kind", OLD."made_at", OLD."made_by_id", OLD."number", NOW(), \'deleted\', OLD."id", OLD."posting_id", OLD."proposed_by_id", OLD."province_id", OLD."reason", OLD."set_total", OLD."source", OLD."state", OLD."title", OLD."unit_id", OLD."volume"); RETURN NULL;', hash='5263eef19fcf6f9a7d44d462ce50c71aca1ff906', operation='DELETE', pgid='pgtrigger_deleted_delete_c8835', table='budget_revision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='revisionmovement',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "budget_revisionmovementevent" ("account", "ceiling_before", "detail", "details", "id", "line_id", "line_key", "measure_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "revision_id", "rupiah") VALUES (OLD."account", OLD."ceiling_before", OLD."detail", OLD."details", OLD."id", OLD."line_id", OLD."line_key", OLD."measure_id", NOW(), \'changed\', OLD."id", OLD."province_id", OLD."revision_id", OLD."rupiah"); RETURN NULL;', hash='49e80722182f85a8602382ed2af306b319df7744', operation='UPDATE', pgid='pgtrigger_changed_update_ad0fe', table='budget_revisionmovement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='revisionmovement',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_revisionmovementevent" ("account", "ceiling_before", "detail", "details", "id", "line_id", "line_key", "measure_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "revision_id", "rupiah") VALUES (OLD."account", OLD."ceiling_before", OLD."detail", OLD."details", OLD."id", OLD."line_id", OLD."line_key", OLD."measure_id", NOW(), \'deleted\', OLD."id", OLD."province_id", OLD."revision_id", OLD."rupiah"); RETURN NULL;', hash='319b6b427a91faa3fb2c3038b0dc1a249f891da3', operation='DELETE', pgid='pgtrigger_deleted_delete_094e4', table='budget_revisionmovement', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.CheckConstraint(condition=models.Q(('posting', None), ('state__in', ('in_force', 'superseded')), _connector='XOR'), name='budget_revision_in_force_is_posted'),
        ),
        migrations.AddField(
            model_name='cashplan',
            name='province',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area'),
        ),
        migrations.AddField(
            model_name='cashplan',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cash_plans', to='budget.spendingunit'),
        ),
        migrations.AddField(
            model_name='cashplanevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budget.cashplan'),
        ),
        migrations.AddField(
            model_name='cashplanevent',
            name='province',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area'),
        ),
        migrations.AddField(
            model_name='cashplanevent',
            name='unit',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.spendingunit'),
        ),
        migrations.AddField(
            model_name='linedetail',
            name='line',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='details', to='budget.budgetline'),
        ),
        migrations.AddField(
            model_name='linedetail',
            name='province',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area'),
        ),
        migrations.AddField(
            model_name='linedetailevent',
            name='line',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.budgetline'),
        ),
        migrations.AddField(
            model_name='linedetailevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budget.linedetail'),
        ),
        migrations.AddField(
            model_name='linedetailevent',
            name='province',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area'),
        ),
        migrations.AddField(
            model_name='revisionstep',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='revisionstep',
            name='province',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area'),
        ),
        migrations.AddField(
            model_name='revisionstep',
            name='revision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='budget.revision'),
        ),
        migrations.AddConstraint(
            model_name='cashplan',
            constraint=models.UniqueConstraint(fields=('unit', 'fiscal_year', 'spending_type', 'month'), name='budget_cash_plan_once'),
        ),
        migrations.AddConstraint(
            model_name='cashplan',
            constraint=models.CheckConstraint(condition=models.Q(('rupiah__gte', 0), ('month__range', (1, 12))), name='budget_cash_plan_is_lawful'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cashplan',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "budget_cashplanevent" ("fiscal_year", "id", "month", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "rupiah", "source", "spending_type", "unit_id") VALUES (OLD."fiscal_year", OLD."id", OLD."month", NOW(), \'changed\', OLD."id", OLD."province_id", OLD."rupiah", OLD."source", OLD."spending_type", OLD."unit_id"); RETURN NULL;', hash='0cd2883265962eefd52cf871f59141f791a5f092', operation='UPDATE', pgid='pgtrigger_changed_update_90f3c', table='budget_cashplan', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cashplan',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_cashplanevent" ("fiscal_year", "id", "month", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "rupiah", "source", "spending_type", "unit_id") VALUES (OLD."fiscal_year", OLD."id", OLD."month", NOW(), \'deleted\', OLD."id", OLD."province_id", OLD."rupiah", OLD."source", OLD."spending_type", OLD."unit_id"); RETURN NULL;', hash='70facb22262fe5eb30c2dabd9e114de03069995b', operation='DELETE', pgid='pgtrigger_deleted_delete_551a3', table='budget_cashplan', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cashplanevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='77194319ccfbdd4b1ca76f1f3b52d4b1e9adc6cb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9f933', table='budget_cashplanevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='linedetail',
            constraint=models.UniqueConstraint(fields=('line', 'position'), name='budget_detail_once'),
        ),
        migrations.AddConstraint(
            model_name='linedetail',
            constraint=models.CheckConstraint(condition=models.Q(('rupiah__gte', 0)), name='budget_detail_is_not_negative'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linedetail',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "budget_linedetailevent" ("id", "line_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "province_id", "rupiah", "text", "unit", "unit_cost", "volume") VALUES (OLD."id", OLD."line_id", NOW(), \'changed\', OLD."id", OLD."position", OLD."province_id", OLD."rupiah", OLD."text", OLD."unit", OLD."unit_cost", OLD."volume"); RETURN NULL;', hash='d29a1c41af926a8e4987d326db9015c25ee8e505', operation='UPDATE', pgid='pgtrigger_changed_update_74c33', table='budget_linedetail', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linedetail',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_linedetailevent" ("id", "line_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "province_id", "rupiah", "text", "unit", "unit_cost", "volume") VALUES (OLD."id", OLD."line_id", NOW(), \'deleted\', OLD."id", OLD."position", OLD."province_id", OLD."rupiah", OLD."text", OLD."unit", OLD."unit_cost", OLD."volume"); RETURN NULL;', hash='3bbf4b74801cca924e04ae8383c8c1a25fbbde28', operation='DELETE', pgid='pgtrigger_deleted_delete_2aef0', table='budget_linedetail', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linedetailevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7d55ed2f3ef5e49d39df287372a2f0e61c504d50', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_93af7', table='budget_linedetailevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='revisionstep',
            index=models.Index(fields=['revision', 'id'], name='budget_step_revision'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='revisionstep',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e287bd7254372dc8932022f6a3837338c7ec5405', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c91e7', table='budget_revisionstep', when='BEFORE')),
        ),
        ScopeTable("budget_cashplan", regency=None),
        ScopeTable("budget_cashplanevent", regency=None),
        ScopeTable("budget_linedetail", regency=None),
        ScopeTable("budget_linedetailevent", regency=None),
        ScopeTable("budget_revisionstep", regency=None),
    ]
