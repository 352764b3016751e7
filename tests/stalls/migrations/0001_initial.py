import django.db.models.deletion
import django.db.models.functions.comparison
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from pulih.people.scope import ScopeTable


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('areas', '0002_fill'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Stall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('day', models.DateField(verbose_name='day')),
                ('metres', models.PositiveSmallIntegerField(verbose_name='metres')),
                ('rent', models.BigIntegerField(verbose_name='rent')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('province', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                ('regency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
            ],
        ),
        migrations.CreateModel(
            name='StallEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_person', models.BigIntegerField(db_default=django.db.models.functions.comparison.Cast(django.db.models.functions.comparison.NullIf(models.Func(models.Value('pulih.person'), models.Value(True), function='current_setting'), models.Value('')), models.BigIntegerField()), null=True)),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('day', models.DateField(verbose_name='day')),
                ('metres', models.PositiveSmallIntegerField(verbose_name='metres')),
                ('rent', models.BigIntegerField(verbose_name='rent')),
                ('asked_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='stalls.stall')),
                ('province', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area')),
                ('regency', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='stall',
            constraint=models.CheckConstraint(condition=models.Q(('rent__gte', 0)), name='stalls_rent_not_negative'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stall',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "stalls_stallevent" ("asked_by_id", "day", "id", "metres", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "regency_id", "rent") VALUES (OLD."asked_by_id", OLD."day", OLD."id", OLD."metres", OLD."name", NOW(), \'changed\', OLD."id", OLD."province_id", OLD."regency_id", OLD."rent"); RETURN NULL;', hash='4431603a7ddabfad088e7e56135e3c87a57fe7c5', operation='UPDATE', pgid='pgtrigger_changed_update_ed5fe', table='stalls_stall', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stall',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "stalls_stallevent" ("asked_by_id", "day", "id", "metres", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "regency_id", "rent") VALUES (OLD."asked_by_id", OLD."day", OLD."id", OLD."metres", OLD."name", NOW(), \'deleted\', OLD."id", OLD."province_id", OLD."regency_id", OLD."rent"); RETURN NULL;', hash='09f832f6b0c0049939f944c1ac354a9a78a3d23a', operation='DELETE', pgid='pgtrigger_deleted_delete_eace9', table='stalls_stall', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stallevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c0d6ae0209448b31caef56e5f34ebdc5caa8a1a3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b795f', table='stalls_stallevent', when='BEFORE')),
        ),
        *(ScopeTable(f"stalls_{table}") for table in ("stall", "stallevent")),
    ]
