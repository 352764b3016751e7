"""Revisions come from the room of the budget, with their tables."""

import django.db.models.deletion
import django.db.models.functions.comparison
import pgtrigger.compiler
import pgtrigger.migrations
import pulih.budget.clock
from django.conf import settings
from django.db import migrations, models

# Triggers are named after the room of their model; what they do is the same.
OLD_TRIGGERS = {
    "budget_revision": ("pgtrigger_changed_update_41156", "pgtrigger_deleted_delete_c8835",),
    "budget_revisionevent": ("pgtrigger_append_only_c6035",),
    "budget_revisionmovement": ("pgtrigger_changed_update_ad0fe", "pgtrigger_deleted_delete_094e4",),
    "budget_revisionmovementevent": ("pgtrigger_append_only_49b6c",),
    "budget_revisionstep": ("pgtrigger_append_only_c91e7",),
}
KINDS = """
UPDATE django_content_type SET app_label = 'revisions'
WHERE app_label = 'budget' AND model IN ('revision', 'revisionmovement', 'revisionstep', 'revisionevent', 'revisionmovementevent')
"""


class Migration(migrations.Migration):

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('areas', '0002_fill'),
        ('budget', '0014_revisions_leave'),
        ('measures', '0003_more_measures'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='Revision',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('fiscal_year', models.PositiveSmallIntegerField(verbose_name='fiscal year')),
                        ('kind', models.CharField(choices=[('plan', 'from an adopted scenario'), ('hand', 'drafted by hand'), ('remap', 'moving to other accounts'), ('sheet', 'from a POK file')], default='plan', max_length=5)),
                        ('source', models.CharField(max_length=60)),
                        ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                        ('reason', models.TextField(blank=True, verbose_name='reason')),
                        ('state', models.CharField(choices=[('draft', 'draft'), ('proposed', 'proposed'), ('returned', 'returned'), ('approved', 'approved'), ('in_force', 'in force'), ('superseded', 'superseded'), ('withdrawn', 'withdrawn')], default='draft', max_length=10)),
                        ('declared_total', models.BigIntegerField(verbose_name='declared total')),
                        ('set_total', models.BigIntegerField(null=True)),
                        ('set_facts', models.JSONField(null=True)),
                        ('judged_on', models.DateField(null=True, verbose_name='judged on')),
                        ('volume', models.CharField(blank=True, choices=[('', 'not said yet'), ('kept', 'stays'), ('falls', 'falls')], default='', max_length=5)),
                        ('authority', models.CharField(blank=True, max_length=12)),
                        ('number', models.PositiveSmallIntegerField(null=True, verbose_name='revision number')),
                        ('effective_on', models.DateField(null=True, verbose_name='in effect on')),
                        ('made_at', models.DateTimeField(default=pulih.budget.clock.now, editable=False)),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('posting', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='revision', to='budget.posting')),
                        ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('province', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='budget.spendingunit')),
                    ],
                    options={
                        'db_table': 'budget_revision',
                    },
                ),
                migrations.CreateModel(
                    name='RevisionEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_person', models.BigIntegerField(db_default=django.db.models.functions.comparison.Cast(django.db.models.functions.comparison.NullIf(models.Func(models.Value('pulih.person'), models.Value(True), function='current_setting'), models.Value('')), models.BigIntegerField()), null=True)),
                        ('id', models.BigIntegerField()),
                        ('fiscal_year', models.PositiveSmallIntegerField(verbose_name='fiscal year')),
                        ('kind', models.CharField(choices=[('plan', 'from an adopted scenario'), ('hand', 'drafted by hand'), ('remap', 'moving to other accounts'), ('sheet', 'from a POK file')], default='plan', max_length=5)),
                        ('source', models.CharField(max_length=60)),
                        ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                        ('reason', models.TextField(blank=True, verbose_name='reason')),
                        ('state', models.CharField(choices=[('draft', 'draft'), ('proposed', 'proposed'), ('returned', 'returned'), ('approved', 'approved'), ('in_force', 'in force'), ('superseded', 'superseded'), ('withdrawn', 'withdrawn')], default='draft', max_length=10)),
                        ('declared_total', models.BigIntegerField(verbose_name='declared total')),
                        ('set_total', models.BigIntegerField(null=True)),
                        ('set_facts', models.JSONField(null=True)),
                        ('judged_on', models.DateField(null=True, verbose_name='judged on')),
                        ('volume', models.CharField(blank=True, choices=[('', 'not said yet'), ('kept', 'stays'), ('falls', 'falls')], default='', max_length=5)),
                        ('authority', models.CharField(blank=True, max_length=12)),
                        ('number', models.PositiveSmallIntegerField(null=True, verbose_name='revision number')),
                        ('effective_on', models.DateField(null=True, verbose_name='in effect on')),
                        ('made_at', models.DateTimeField(default=pulih.budget.clock.now, editable=False)),
                        ('made_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='revisions.revision')),
                        ('posting', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.posting')),
                        ('proposed_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('province', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area')),
                        ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.spendingunit')),
                    ],
                    options={
                        'db_table': 'budget_revisionevent',
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='RevisionMovement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('line_key', models.CharField(max_length=30)),
                        ('account', models.CharField(max_length=6)),
                        ('fund_source', models.CharField(max_length=8, null=True, verbose_name='fund source')),
                        ('programme', models.CharField(max_length=20, null=True, verbose_name='programme')),
                        ('authority', models.CharField(max_length=2, null=True, verbose_name='authority')),
                        ('ceiling_before', models.BigIntegerField()),
                        ('rupiah', models.BigIntegerField(verbose_name='movement')),
                        ('detail', models.TextField(blank=True, verbose_name='description')),
                        ('details', models.JSONField(blank=True, default=list)),
                        ('line', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='budget.budgetline')),
                        ('measure', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='measures.measure')),
                        ('province', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                        ('revision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='movements', to='revisions.revision')),
                    ],
                    options={
                        'db_table': 'budget_revisionmovement',
                    },
                ),
                migrations.CreateModel(
                    name='RevisionMovementEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_person', models.BigIntegerField(db_default=django.db.models.functions.comparison.Cast(django.db.models.functions.comparison.NullIf(models.Func(models.Value('pulih.person'), models.Value(True), function='current_setting'), models.Value('')), models.BigIntegerField()), null=True)),
                        ('id', models.BigIntegerField()),
                        ('line_key', models.CharField(max_length=30)),
                        ('account', models.CharField(max_length=6)),
                        ('fund_source', models.CharField(max_length=8, null=True, verbose_name='fund source')),
                        ('programme', models.CharField(max_length=20, null=True, verbose_name='programme')),
                        ('authority', models.CharField(max_length=2, null=True, verbose_name='authority')),
                        ('ceiling_before', models.BigIntegerField()),
                        ('rupiah', models.BigIntegerField(verbose_name='movement')),
                        ('detail', models.TextField(blank=True, verbose_name='description')),
                        ('details', models.JSONField(blank=True, default=list)),
                        ('line', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.budgetline')),
                        ('measure', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='measures.measure')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='revisions.revisionmovement')),
                        ('province', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area')),
                        ('revision', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='revisions.revision')),
                    ],
                    options={
                        'db_table': 'budget_revisionmovementevent',
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='RevisionStep',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('state', models.CharField(choices=[('draft', 'draft'), ('proposed', 'proposed'), ('returned', 'returned'), ('approved', 'approved'), ('in_force', 'in force'), ('superseded', 'superseded'), ('withdrawn', 'withdrawn')], max_length=10)),
                        ('at', models.DateTimeField(default=pulih.budget.clock.now, editable=False)),
                        ('authority', models.CharField(blank=True, max_length=12)),
                        ('letter_number', models.CharField(blank=True, max_length=80, verbose_name='letter number')),
                        ('letter_date', models.DateField(null=True, verbose_name='letter date')),
                        ('note', models.TextField(blank=True, verbose_name='note')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('province', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                        ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='revisions.revision')),
                    ],
                    options={
                        'db_table': 'budget_revisionstep',
                        'abstract': False,
                    },
                ),
                migrations.AddConstraint(
                    model_name='revision',
                    constraint=models.UniqueConstraint(fields=('unit', 'source'), name='budget_revision_once_for_a_source'),
                ),
                migrations.AddConstraint(
                    model_name='revision',
                    constraint=models.CheckConstraint(condition=models.Q(('posting', None), ('state__in', ('in_force', 'superseded')), _connector='XOR'), name='budget_revision_in_force_is_posted'),
                ),
                migrations.AddConstraint(
                    model_name='revisionmovement',
                    constraint=models.UniqueConstraint(fields=('revision', 'line_key', 'line', 'fund_source', 'programme', 'authority'), name='budget_movement_once_a_line', nulls_distinct=False),
                ),
                migrations.AddConstraint(
                    model_name='revisionmovement',
                    constraint=models.CheckConstraint(condition=models.Q(('ceiling_before__gte', 0), models.Q(('rupiah', 0), _negated=True)), name='budget_movement_moves_something'),
                ),
                migrations.AddIndex(
                    model_name='revisionstep',
                    index=models.Index(fields=['revision', 'id'], name='budget_step_revision'),
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
            model_name='revision',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "budget_revisionevent" ("authority", "declared_total", "effective_on", "fiscal_year", "id", "judged_on", "kind", "made_at", "made_by_id", "number", "pgh_created_at", "pgh_label", "pgh_obj_id", "posting_id", "proposed_by_id", "province_id", "reason", "set_facts", "set_total", "source", "state", "title", "unit_id", "volume") VALUES (OLD."authority", OLD."declared_total", OLD."effective_on", OLD."fiscal_year", OLD."id", OLD."judged_on", OLD."kind", OLD."made_at", OLD."made_by_id", OLD."number", NOW(), \'changed\', OLD."id", OLD."posting_id", OLD."proposed_by_id", OLD."province_id", OLD."reason", OLD."set_facts", OLD."set_total", OLD."source", OLD."state", OLD."title", OLD."unit_id", OLD."volume"); RETURN NULL;', hash='77c2ed5927229ac1f2fda9e69bebf119072a3487', operation='UPDATE', pgid='pgtrigger_changed_update_d12d9', table='budget_revision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='revision',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_revisionevent" ("authority", "declared_total", "effective_on", "fiscal_year", "id", "judged_on", "kind", "made_at", "made_by_id", "number", "pgh_created_at", "pgh_label", "pgh_obj_id", "posting_id", "proposed_by_id", "province_id", "reason", "set_facts", "set_total", "source", "state", "title", "unit_id", "volume") VALUES (OLD."authority", OLD."declared_total", OLD."effective_on", OLD."fiscal_year", OLD."id", OLD."judged_on", OLD."kind", OLD."made_at", OLD."made_by_id", OLD."number", NOW(), \'deleted\', OLD."id", OLD."posting_id", OLD."proposed_by_id", OLD."province_id", OLD."reason", OLD."set_facts", OLD."set_total", OLD."source", OLD."state", OLD."title", OLD."unit_id", OLD."volume"); RETURN NULL;', hash='469a9b1df3091832626c0ac563efbb2d96ed0c7a', operation='DELETE', pgid='pgtrigger_deleted_delete_b49ff', table='budget_revision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='revisionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2d34707310b5ec68867cbd80f4b01c4a58914ee8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d8828', table='budget_revisionevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='revisionmovement',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "budget_revisionmovementevent" ("account", "authority", "ceiling_before", "detail", "details", "fund_source", "id", "line_id", "line_key", "measure_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme", "province_id", "revision_id", "rupiah") VALUES (OLD."account", OLD."authority", OLD."ceiling_before", OLD."detail", OLD."details", OLD."fund_source", OLD."id", OLD."line_id", OLD."line_key", OLD."measure_id", NOW(), \'changed\', OLD."id", OLD."programme", OLD."province_id", OLD."revision_id", OLD."rupiah"); RETURN NULL;', hash='b8581095bca600ad255165582e60f848a25f80a6', operation='UPDATE', pgid='pgtrigger_changed_update_dff60', table='budget_revisionmovement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='revisionmovement',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_revisionmovementevent" ("account", "authority", "ceiling_before", "detail", "details", "fund_source", "id", "line_id", "line_key", "measure_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme", "province_id", "revision_id", "rupiah") VALUES (OLD."account", OLD."authority", OLD."ceiling_before", OLD."detail", OLD."details", OLD."fund_source", OLD."id", OLD."line_id", OLD."line_key", OLD."measure_id", NOW(), \'deleted\', OLD."id", OLD."programme", OLD."province_id", OLD."revision_id", OLD."rupiah"); RETURN NULL;', hash='ac28906a9932f1f5d27dc296e1a202a15c68f08d', operation='DELETE', pgid='pgtrigger_deleted_delete_bc10a', table='budget_revisionmovement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='revisionmovementevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='74404a843f6d32f1ecae530341b27b23cca69234', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ebe57', table='budget_revisionmovementevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='revisionstep',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2bbf4ca8e8b221fcacacde2fcd34ff80bd784c2a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2c69e', table='budget_revisionstep', when='BEFORE')),
        ),
        migrations.RunSQL(KINDS, migrations.RunSQL.noop),
    ]
