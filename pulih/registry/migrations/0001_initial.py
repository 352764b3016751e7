import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.comparison
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from pulih.people.scope import ScopeTable


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0002_scope'),
        ('areas', '0002_fill'),
        ('inbox', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Enterprise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField(verbose_name='name')),
                ('sort_key', models.CharField(max_length=80)),
                ('owner_name', models.TextField(null=True, verbose_name='owner')),
                ('owner_sex', models.CharField(max_length=1, null=True, verbose_name='sex of the owner')),
                ('nik', models.CharField(max_length=16, null=True, verbose_name='NIK')),
                ('nib', models.CharField(max_length=13, null=True, verbose_name='NIB')),
                ('npwp', models.CharField(max_length=16, null=True, verbose_name='NPWP')),
                ('phone', models.TextField(null=True, verbose_name='phone')),
                ('email', models.TextField(null=True, verbose_name='e-mail')),
                ('address', models.TextField(null=True, verbose_name='address')),
                ('village', models.TextField(null=True, verbose_name='village')),
                ('village_code', models.CharField(max_length=10, null=True)),
                ('district', models.TextField(null=True, verbose_name='district')),
                ('district_code', models.CharField(max_length=6, null=True)),
                ('kbli', models.TextField(null=True, verbose_name='KBLI')),
                ('product', models.TextField(null=True, verbose_name='product')),
                ('commodity_group', models.TextField(null=True, verbose_name='commodity group')),
                ('workers', models.IntegerField(null=True, verbose_name='workers')),
                ('workers_male', models.IntegerField(null=True, verbose_name='men among the workers')),
                ('workers_female', models.IntegerField(null=True, verbose_name='women among the workers')),
                ('investment', models.BigIntegerField(null=True, verbose_name='investment')),
                ('year_established', models.SmallIntegerField(null=True, verbose_name='year established')),
                ('status', models.TextField(null=True, verbose_name='status')),
                ('scale', models.CharField(choices=[('small', 'small'), ('medium', 'medium'), ('large', 'large'), ('unknown', 'unknown')], max_length=7, verbose_name='scale')),
                ('is_manufacturing', models.BooleanField(null=True, verbose_name='manufacturing')),
                ('first_seen', models.DateField(verbose_name='first seen')),
                ('last_seen', models.DateField(verbose_name='last seen')),
                ('is_listed', models.BooleanField(default=True)),
                ('search', django.contrib.postgres.search.SearchVectorField(editable=False, null=True)),
                ('merged_into', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='registry.enterprise')),
                ('province', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                ('regency', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
            ],
        ),
        migrations.CreateModel(
            name='EnterpriseEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_person', models.BigIntegerField(db_default=django.db.models.functions.comparison.Cast(django.db.models.functions.comparison.NullIf(models.Func(models.Value('pulih.person'), models.Value(True), function='current_setting'), models.Value('')), models.BigIntegerField()), null=True)),
                ('id', models.BigIntegerField()),
                ('name', models.TextField(verbose_name='name')),
                ('sort_key', models.CharField(max_length=80)),
                ('owner_name', models.TextField(null=True, verbose_name='owner')),
                ('owner_sex', models.CharField(max_length=1, null=True, verbose_name='sex of the owner')),
                ('nik', models.CharField(max_length=16, null=True, verbose_name='NIK')),
                ('nib', models.CharField(max_length=13, null=True, verbose_name='NIB')),
                ('npwp', models.CharField(max_length=16, null=True, verbose_name='NPWP')),
                ('phone', models.TextField(null=True, verbose_name='phone')),
                ('email', models.TextField(null=True, verbose_name='e-mail')),
                ('address', models.TextField(null=True, verbose_name='address')),
                ('village', models.TextField(null=True, verbose_name='village')),
                ('village_code', models.CharField(max_length=10, null=True)),
                ('district', models.TextField(null=True, verbose_name='district')),
                ('district_code', models.CharField(max_length=6, null=True)),
                ('kbli', models.TextField(null=True, verbose_name='KBLI')),
                ('product', models.TextField(null=True, verbose_name='product')),
                ('commodity_group', models.TextField(null=True, verbose_name='commodity group')),
                ('workers', models.IntegerField(null=True, verbose_name='workers')),
                ('workers_male', models.IntegerField(null=True, verbose_name='men among the workers')),
                ('workers_female', models.IntegerField(null=True, verbose_name='women among the workers')),
                ('investment', models.BigIntegerField(null=True, verbose_name='investment')),
                ('year_established', models.SmallIntegerField(null=True, verbose_name='year established')),
                ('status', models.TextField(null=True, verbose_name='status')),
                ('scale', models.CharField(choices=[('small', 'small'), ('medium', 'medium'), ('large', 'large'), ('unknown', 'unknown')], max_length=7, verbose_name='scale')),
                ('is_manufacturing', models.BooleanField(null=True, verbose_name='manufacturing')),
                ('first_seen', models.DateField(verbose_name='first seen')),
                ('last_seen', models.DateField(verbose_name='last seen')),
                ('is_listed', models.BooleanField(default=True)),
                ('merged_into', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.enterprise')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='registry.enterprise')),
                ('province', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area')),
                ('regency', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='EnterpriseSource',
            fields=[
                ('source_record', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='enterprise_source', serialize=False, to='inbox.sourcerecord')),
                ('enterprise', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='sources', to='registry.enterprise')),
                ('province', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                ('regency', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='enterprise',
            index=models.Index(fields=['sort_key', 'id'], name='registry_by_name'),
        ),
        migrations.AddIndex(
            model_name='enterprise',
            index=models.Index(fields=['province', 'sort_key', 'id'], name='registry_by_province'),
        ),
        migrations.AddIndex(
            model_name='enterprise',
            index=models.Index(fields=['regency', 'sort_key', 'id'], name='registry_by_regency'),
        ),
        migrations.AddIndex(
            model_name='enterprise',
            index=models.Index(condition=models.Q(('nik__isnull', False)), fields=['nik'], name='registry_nik'),
        ),
        migrations.AddIndex(
            model_name='enterprise',
            index=models.Index(condition=models.Q(('nib__isnull', False)), fields=['nib'], name='registry_nib'),
        ),
        migrations.AddIndex(
            model_name='enterprise',
            index=models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='registry_merged'),
        ),
        migrations.AddIndex(
            model_name='enterprise',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='registry_words'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='enterprise',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."commodity_group" IS DISTINCT FROM (NEW."commodity_group") OR OLD."district" IS DISTINCT FROM (NEW."district") OR OLD."district_code" IS DISTINCT FROM (NEW."district_code") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."first_seen" IS DISTINCT FROM (NEW."first_seen") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."investment" IS DISTINCT FROM (NEW."investment") OR OLD."is_listed" IS DISTINCT FROM (NEW."is_listed") OR OLD."is_manufacturing" IS DISTINCT FROM (NEW."is_manufacturing") OR OLD."kbli" IS DISTINCT FROM (NEW."kbli") OR OLD."last_seen" IS DISTINCT FROM (NEW."last_seen") OR OLD."merged_into_id" IS DISTINCT FROM (NEW."merged_into_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."nib" IS DISTINCT FROM (NEW."nib") OR OLD."nik" IS DISTINCT FROM (NEW."nik") OR OLD."npwp" IS DISTINCT FROM (NEW."npwp") OR OLD."owner_name" IS DISTINCT FROM (NEW."owner_name") OR OLD."owner_sex" IS DISTINCT FROM (NEW."owner_sex") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."product" IS DISTINCT FROM (NEW."product") OR OLD."province_id" IS DISTINCT FROM (NEW."province_id") OR OLD."regency_id" IS DISTINCT FROM (NEW."regency_id") OR OLD."scale" IS DISTINCT FROM (NEW."scale") OR OLD."sort_key" IS DISTINCT FROM (NEW."sort_key") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."village" IS DISTINCT FROM (NEW."village") OR OLD."village_code" IS DISTINCT FROM (NEW."village_code") OR OLD."workers" IS DISTINCT FROM (NEW."workers") OR OLD."workers_female" IS DISTINCT FROM (NEW."workers_female") OR OLD."workers_male" IS DISTINCT FROM (NEW."workers_male") OR OLD."year_established" IS DISTINCT FROM (NEW."year_established"))', func='INSERT INTO "registry_enterpriseevent" ("address", "commodity_group", "district", "district_code", "email", "first_seen", "id", "investment", "is_listed", "is_manufacturing", "kbli", "last_seen", "merged_into_id", "name", "nib", "nik", "npwp", "owner_name", "owner_sex", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "product", "province_id", "regency_id", "scale", "sort_key", "status", "village", "village_code", "workers", "workers_female", "workers_male", "year_established") VALUES (OLD."address", OLD."commodity_group", OLD."district", OLD."district_code", OLD."email", OLD."first_seen", OLD."id", OLD."investment", OLD."is_listed", OLD."is_manufacturing", OLD."kbli", OLD."last_seen", OLD."merged_into_id", OLD."name", OLD."nib", OLD."nik", OLD."npwp", OLD."owner_name", OLD."owner_sex", NOW(), \'changed\', OLD."id", OLD."phone", OLD."product", OLD."province_id", OLD."regency_id", OLD."scale", OLD."sort_key", OLD."status", OLD."village", OLD."village_code", OLD."workers", OLD."workers_female", OLD."workers_male", OLD."year_established"); RETURN NULL;', hash='4f04ad147ea67572ba14b5c1db9535ff12de2a59', operation='UPDATE', pgid='pgtrigger_changed_update_c1e63', table='registry_enterprise', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='enterprise',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "registry_enterpriseevent" ("address", "commodity_group", "district", "district_code", "email", "first_seen", "id", "investment", "is_listed", "is_manufacturing", "kbli", "last_seen", "merged_into_id", "name", "nib", "nik", "npwp", "owner_name", "owner_sex", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "product", "province_id", "regency_id", "scale", "sort_key", "status", "village", "village_code", "workers", "workers_female", "workers_male", "year_established") VALUES (OLD."address", OLD."commodity_group", OLD."district", OLD."district_code", OLD."email", OLD."first_seen", OLD."id", OLD."investment", OLD."is_listed", OLD."is_manufacturing", OLD."kbli", OLD."last_seen", OLD."merged_into_id", OLD."name", OLD."nib", OLD."nik", OLD."npwp", OLD."owner_name", OLD."owner_sex", NOW(), \'deleted\', OLD."id", OLD."phone", OLD."product", OLD."province_id", OLD."regency_id", OLD."scale", OLD."sort_key", OLD."status", OLD."village", OLD."village_code", OLD."workers", OLD."workers_female", OLD."workers_male", OLD."year_established"); RETURN NULL;', hash='defec342ebd1e5a1d4af94fc017c9b0af5f8c2a1', operation='DELETE', pgid='pgtrigger_deleted_delete_8b20a', table='registry_enterprise', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='enterpriseevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3f25e733acc25d6338a6dc439dd1573d7a558db6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7f95e', table='registry_enterpriseevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='enterprisesource',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='39055192bcf935483bba65b1b13090f6c9731487', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4abf5', table='registry_enterprisesource', when='BEFORE')),
        ),
        ScopeTable("registry_enterprise"),
        ScopeTable("registry_enterpriseevent"),
        ScopeTable("registry_enterprisesource"),
    ]
