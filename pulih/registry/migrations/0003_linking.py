"""Linking: runs, reviews, merges and their undoing, splits, pins."""

import django.db.models.deletion
import django.db.models.functions.comparison
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from pulih.people.scope import ScopeTable, ScopeThrough


class Migration(migrations.Migration):

    dependencies = [
        ('areas', '0002_fill'),
        ('inbox', '0002_standing'),
        ('registry', '0002_search'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LinkRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('batch', 'one file'), ('full', 'the whole register')], max_length=5)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('running', 'being linked'), ('done', 'done'), ('failed', 'failed')], default='waiting', max_length=7)),
                ('records', models.PositiveIntegerField(default=0)),
                ('new', models.PositiveIntegerField(default=0)),
                ('matched', models.PositiveIntegerField(default=0)),
                ('waiting', models.PositiveIntegerField(default=0)),
                ('findings', models.JSONField(default=list)),
                ('model', models.CharField(blank=True, max_length=60)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('started_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('batch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='link_runs', to='inbox.importbatch')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('province', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                ('regency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
            ],
        ),
        migrations.CreateModel(
            name='LinkRunEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_person', models.BigIntegerField(db_default=django.db.models.functions.comparison.Cast(django.db.models.functions.comparison.NullIf(models.Func(models.Value('pulih.person'), models.Value(True), function='current_setting'), models.Value('')), models.BigIntegerField()), null=True)),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('batch', 'one file'), ('full', 'the whole register')], max_length=5)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('running', 'being linked'), ('done', 'done'), ('failed', 'failed')], default='waiting', max_length=7)),
                ('records', models.PositiveIntegerField(default=0)),
                ('new', models.PositiveIntegerField(default=0)),
                ('matched', models.PositiveIntegerField(default=0)),
                ('waiting', models.PositiveIntegerField(default=0)),
                ('findings', models.JSONField(default=list)),
                ('model', models.CharField(blank=True, max_length=60)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('started_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('batch', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inbox.importbatch')),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='registry.linkrun')),
                ('province', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area')),
                ('regency', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('weight', models.FloatField(null=True)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('undone_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges_kept', to='registry.enterprise')),
                ('merged', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges_gone', to='registry.enterprise')),
                ('province', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                ('regency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                ('run', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merges', to='registry.linkrun')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='MergeMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.enterprise')),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.enterprise')),
                ('merge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='registry.merge')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Pin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attribute', models.CharField(max_length=30, verbose_name='attribute')),
                ('value', models.TextField(blank=True, verbose_name='value')),
                ('reason', models.TextField(verbose_name='reason')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pins', to='registry.enterprise')),
                ('province', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                ('regency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
            ],
        ),
        migrations.CreateModel(
            name='PinEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_person', models.BigIntegerField(db_default=django.db.models.functions.comparison.Cast(django.db.models.functions.comparison.NullIf(models.Func(models.Value('pulih.person'), models.Value(True), function='current_setting'), models.Value('')), models.BigIntegerField()), null=True)),
                ('id', models.BigIntegerField()),
                ('attribute', models.CharField(max_length=30, verbose_name='attribute')),
                ('value', models.TextField(blank=True, verbose_name='value')),
                ('reason', models.TextField(verbose_name='reason')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('enterprise', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.enterprise')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='registry.pin')),
                ('province', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area')),
                ('regency', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weight', models.FloatField(verbose_name='weight')),
                ('terms', models.JSONField(default=list)),
                ('distance', models.CharField(choices=[('same_village', 'same village'), ('same_district', 'same district'), ('same_regency', 'same regency'), ('same_province', 'same province'), ('far', 'different provinces')], max_length=13)),
                ('state', models.CharField(choices=[('waiting', 'waiting for an answer'), ('third', 'waiting for a third person'), ('same', 'one firm'), ('different', 'two firms'), ('withdrawn', 'no longer asked')], default='waiting', max_length=9)),
                ('settled_at', models.DateTimeField(null=True)),
                ('first', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.enterprise')),
                ('province', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                ('regency', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                ('run', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='registry.linkrun')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.enterprise')),
            ],
        ),
        migrations.CreateModel(
            name='MergeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_person', models.BigIntegerField(db_default=django.db.models.functions.comparison.Cast(django.db.models.functions.comparison.NullIf(models.Func(models.Value('pulih.person'), models.Value(True), function='current_setting'), models.Value('')), models.BigIntegerField()), null=True)),
                ('id', models.BigIntegerField()),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('weight', models.FloatField(null=True)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('undone_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('kept', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.enterprise')),
                ('merged', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.enterprise')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='registry.merge')),
                ('province', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area')),
                ('regency', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area')),
                ('run', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.linkrun')),
                ('undone_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('review', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.review')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='merge',
            name='review',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merges', to='registry.review'),
        ),
        migrations.CreateModel(
            name='ReviewAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answer', models.CharField(choices=[('same', 'One firm'), ('different', 'Two firms'), ('unsure', 'Not sure')], max_length=9, verbose_name='answer')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('undone_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='registry.review')),
            ],
        ),
        migrations.CreateModel(
            name='ReviewAnswerEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_person', models.BigIntegerField(db_default=django.db.models.functions.comparison.Cast(django.db.models.functions.comparison.NullIf(models.Func(models.Value('pulih.person'), models.Value(True), function='current_setting'), models.Value('')), models.BigIntegerField()), null=True)),
                ('id', models.BigIntegerField()),
                ('answer', models.CharField(choices=[('same', 'One firm'), ('different', 'Two firms'), ('unsure', 'Not sure')], max_length=9, verbose_name='answer')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('undone_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='registry.reviewanswer')),
                ('review', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.review')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReviewEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_person', models.BigIntegerField(db_default=django.db.models.functions.comparison.Cast(django.db.models.functions.comparison.NullIf(models.Func(models.Value('pulih.person'), models.Value(True), function='current_setting'), models.Value('')), models.BigIntegerField()), null=True)),
                ('id', models.BigIntegerField()),
                ('weight', models.FloatField(verbose_name='weight')),
                ('terms', models.JSONField(default=list)),
                ('distance', models.CharField(choices=[('same_village', 'same village'), ('same_district', 'same district'), ('same_regency', 'same regency'), ('same_province', 'same province'), ('far', 'different provinces')], max_length=13)),
                ('state', models.CharField(choices=[('waiting', 'waiting for an answer'), ('third', 'waiting for a third person'), ('same', 'one firm'), ('different', 'two firms'), ('withdrawn', 'no longer asked')], default='waiting', max_length=9)),
                ('settled_at', models.DateTimeField(null=True)),
                ('first', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.enterprise')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='registry.review')),
                ('province', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area')),
                ('regency', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area')),
                ('run', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.linkrun')),
                ('second', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.enterprise')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Separation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('undone_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('first', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.enterprise')),
                ('province', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                ('regency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                ('review', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='separations', to='registry.review')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.enterprise')),
            ],
        ),
        migrations.CreateModel(
            name='SeparationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_person', models.BigIntegerField(db_default=django.db.models.functions.comparison.Cast(django.db.models.functions.comparison.NullIf(models.Func(models.Value('pulih.person'), models.Value(True), function='current_setting'), models.Value('')), models.BigIntegerField()), null=True)),
                ('id', models.BigIntegerField()),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('undone_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('first', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.enterprise')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='registry.separation')),
                ('province', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area')),
                ('regency', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area')),
                ('review', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.review')),
                ('second', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.enterprise')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SplitMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('undone_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('from_enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='splits_from', to='registry.enterprise')),
                ('province', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                ('regency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                ('source_record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='split_moves', to='inbox.sourcerecord')),
                ('to_enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='splits_to', to='registry.enterprise')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='SplitMoveEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_person', models.BigIntegerField(db_default=django.db.models.functions.comparison.Cast(django.db.models.functions.comparison.NullIf(models.Func(models.Value('pulih.person'), models.Value(True), function='current_setting'), models.Value('')), models.BigIntegerField()), null=True)),
                ('id', models.BigIntegerField()),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('undone_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('from_enterprise', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.enterprise')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='registry.splitmove')),
                ('province', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area')),
                ('regency', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area')),
                ('source_record', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='inbox.sourcerecord')),
                ('to_enterprise', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.enterprise')),
                ('undone_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='linkrun',
            index=models.Index(fields=['state', 'id'], name='registry_linkrun_state'),
        ),
        migrations.AddConstraint(
            model_name='linkrun',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'batch')), fields=('batch',), name='registry_linkrun_one_a_batch'),
        ),
        migrations.AddConstraint(
            model_name='linkrun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('batch', None), ('kind', 'full')), models.Q(('batch__isnull', False), ('kind', 'batch')), _connector='OR'), name='registry_linkrun_batch_when_of_one'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linkrun',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "registry_linkrunevent" ("asked_at", "attempts", "batch_id", "by_id", "findings", "finished_at", "id", "kind", "matched", "model", "new", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "records", "regency_id", "started_at", "state", "waiting") VALUES (OLD."asked_at", OLD."attempts", OLD."batch_id", OLD."by_id", OLD."findings", OLD."finished_at", OLD."id", OLD."kind", OLD."matched", OLD."model", OLD."new", NOW(), \'changed\', OLD."id", OLD."province_id", OLD."records", OLD."regency_id", OLD."started_at", OLD."state", OLD."waiting"); RETURN NULL;', hash='cb061b66e828b89d0c5464fe98e7456926f8a0ed', operation='UPDATE', pgid='pgtrigger_changed_update_4a7fa', table='registry_linkrun', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linkrun',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "registry_linkrunevent" ("asked_at", "attempts", "batch_id", "by_id", "findings", "finished_at", "id", "kind", "matched", "model", "new", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "records", "regency_id", "started_at", "state", "waiting") VALUES (OLD."asked_at", OLD."attempts", OLD."batch_id", OLD."by_id", OLD."findings", OLD."finished_at", OLD."id", OLD."kind", OLD."matched", OLD."model", OLD."new", NOW(), \'deleted\', OLD."id", OLD."province_id", OLD."records", OLD."regency_id", OLD."started_at", OLD."state", OLD."waiting"); RETURN NULL;', hash='de663d2516f6261c2127f0c9a86e8b23acef980e', operation='DELETE', pgid='pgtrigger_deleted_delete_cb119', table='registry_linkrun', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linkrunevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c5134f3138e9594e6d2ef8040eb66c251ca098d4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4398d', table='registry_linkrunevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='mergemember',
            constraint=models.UniqueConstraint(fields=('merge', 'enterprise'), name='registry_mergemember_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mergemember',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9f7f670d18ce3a6deaac9e8e08f20745e415a8a3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ef9f2', table='registry_mergemember', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='pin',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('enterprise', 'attribute'), name='registry_pin_one_an_attribute'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pin',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "registry_pinevent" ("at", "attribute", "by_id", "ended_at", "enterprise_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "reason", "regency_id", "value") VALUES (OLD."at", OLD."attribute", OLD."by_id", OLD."ended_at", OLD."enterprise_id", OLD."id", NOW(), \'changed\', OLD."id", OLD."province_id", OLD."reason", OLD."regency_id", OLD."value"); RETURN NULL;', hash='205d7ef420a0de4b166070f4c9ee1840da3c2cbb', operation='UPDATE', pgid='pgtrigger_changed_update_96ed1', table='registry_pin', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pin',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "registry_pinevent" ("at", "attribute", "by_id", "ended_at", "enterprise_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "reason", "regency_id", "value") VALUES (OLD."at", OLD."attribute", OLD."by_id", OLD."ended_at", OLD."enterprise_id", OLD."id", NOW(), \'deleted\', OLD."id", OLD."province_id", OLD."reason", OLD."regency_id", OLD."value"); RETURN NULL;', hash='6c9c9d8a588aa0d2cc0b28313e673936c58a8711', operation='DELETE', pgid='pgtrigger_deleted_delete_1b16f', table='registry_pin', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pinevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6e9f25753ae6fb91ad366f688d68d0251ced46dd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_30711', table='registry_pinevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(fields=['state', '-weight', 'id'], name='registry_review_queue'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(fields=['province', 'state', '-weight', 'id'], name='registry_review_province'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(fields=['regency', 'state', '-weight', 'id'], name='registry_review_regency'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.UniqueConstraint(fields=('first', 'second'), name='registry_review_pair_once'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='registry_review_in_order'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='review',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "registry_reviewevent" ("distance", "first_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "regency_id", "run_id", "second_id", "settled_at", "state", "terms", "weight") VALUES (OLD."distance", OLD."first_id", OLD."id", NOW(), \'changed\', OLD."id", OLD."province_id", OLD."regency_id", OLD."run_id", OLD."second_id", OLD."settled_at", OLD."state", OLD."terms", OLD."weight"); RETURN NULL;', hash='2953c28077b9b40f3b4ae9089128ef543dba67cb', operation='UPDATE', pgid='pgtrigger_changed_update_392bc', table='registry_review', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='review',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "registry_reviewevent" ("distance", "first_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "regency_id", "run_id", "second_id", "settled_at", "state", "terms", "weight") VALUES (OLD."distance", OLD."first_id", OLD."id", NOW(), \'deleted\', OLD."id", OLD."province_id", OLD."regency_id", OLD."run_id", OLD."second_id", OLD."settled_at", OLD."state", OLD."terms", OLD."weight"); RETURN NULL;', hash='2f7e1f4e74fc93f8162205d34da2ed065b16f3bb', operation='DELETE', pgid='pgtrigger_deleted_delete_d7c6c', table='registry_review', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mergeevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='11bb54d5b429af0ad57457c9dcef5841394233f2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f3d94', table='registry_mergeevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('merged',), name='registry_merge_hangs_once'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(('kept', models.F('merged')), _negated=True), name='registry_merge_of_two_enterprises'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='merge',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "registry_mergeevent" ("at", "by_id", "id", "kept_id", "merged_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "reason", "regency_id", "review_id", "run_id", "undone_at", "undone_by_id", "weight") VALUES (OLD."at", OLD."by_id", OLD."id", OLD."kept_id", OLD."merged_id", NOW(), \'changed\', OLD."id", OLD."province_id", OLD."reason", OLD."regency_id", OLD."review_id", OLD."run_id", OLD."undone_at", OLD."undone_by_id", OLD."weight"); RETURN NULL;', hash='d22d8bf61b6080848f5a9f2dd436023da9ef608d', operation='UPDATE', pgid='pgtrigger_changed_update_7c56f', table='registry_merge', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='merge',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "registry_mergeevent" ("at", "by_id", "id", "kept_id", "merged_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "reason", "regency_id", "review_id", "run_id", "undone_at", "undone_by_id", "weight") VALUES (OLD."at", OLD."by_id", OLD."id", OLD."kept_id", OLD."merged_id", NOW(), \'deleted\', OLD."id", OLD."province_id", OLD."reason", OLD."regency_id", OLD."review_id", OLD."run_id", OLD."undone_at", OLD."undone_by_id", OLD."weight"); RETURN NULL;', hash='85756b0abb2e6956f6f665cb94d962666e61afa0', operation='DELETE', pgid='pgtrigger_deleted_delete_ab03b', table='registry_merge', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='reviewanswer',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('review', 'by'), name='registry_reviewanswer_one_a_person'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewanswer',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "registry_reviewanswerevent" ("answer", "at", "by_id", "id", "note", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_id", "undone_at") VALUES (OLD."answer", OLD."at", OLD."by_id", OLD."id", OLD."note", NOW(), \'changed\', OLD."id", OLD."review_id", OLD."undone_at"); RETURN NULL;', hash='c19cf81013f308c6d7066c0bddf652c040121fca', operation='UPDATE', pgid='pgtrigger_changed_update_2b20a', table='registry_reviewanswer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewanswer',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "registry_reviewanswerevent" ("answer", "at", "by_id", "id", "note", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_id", "undone_at") VALUES (OLD."answer", OLD."at", OLD."by_id", OLD."id", OLD."note", NOW(), \'deleted\', OLD."id", OLD."review_id", OLD."undone_at"); RETURN NULL;', hash='52802e76b24b7cc5c82bf036ce3c725a998f64d0', operation='DELETE', pgid='pgtrigger_deleted_delete_f0d8d', table='registry_reviewanswer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewanswerevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3fb60db7110ad2e12dc2e9ae6d18ce0a9cfa12e2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_85e7c', table='registry_reviewanswerevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='81531d3f441b36f628955b3df455987fd411cc71', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9cb36', table='registry_reviewevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='separation',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('first', 'second'), name='registry_separation_once'),
        ),
        migrations.AddConstraint(
            model_name='separation',
            constraint=models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='registry_separation_in_order'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='separation',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "registry_separationevent" ("at", "by_id", "first_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "reason", "regency_id", "review_id", "second_id", "undone_at") VALUES (OLD."at", OLD."by_id", OLD."first_id", OLD."id", NOW(), \'changed\', OLD."id", OLD."province_id", OLD."reason", OLD."regency_id", OLD."review_id", OLD."second_id", OLD."undone_at"); RETURN NULL;', hash='6dc82d971721d063838fbdd0e2edd4c96a161ef0', operation='UPDATE', pgid='pgtrigger_changed_update_d83fe', table='registry_separation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='separation',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "registry_separationevent" ("at", "by_id", "first_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "reason", "regency_id", "review_id", "second_id", "undone_at") VALUES (OLD."at", OLD."by_id", OLD."first_id", OLD."id", NOW(), \'deleted\', OLD."id", OLD."province_id", OLD."reason", OLD."regency_id", OLD."review_id", OLD."second_id", OLD."undone_at"); RETURN NULL;', hash='3fe2bf08033fa46eef295a76134d778d76aa35e0', operation='DELETE', pgid='pgtrigger_deleted_delete_fff68', table='registry_separation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='separationevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='063290b3e73ab3720c339f9e09a0f39eed003b4d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6b255', table='registry_separationevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='splitmove',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('source_record',), name='registry_splitmove_moved_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='splitmove',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "registry_splitmoveevent" ("at", "by_id", "from_enterprise_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "reason", "regency_id", "source_record_id", "to_enterprise_id", "undone_at", "undone_by_id") VALUES (OLD."at", OLD."by_id", OLD."from_enterprise_id", OLD."id", NOW(), \'changed\', OLD."id", OLD."province_id", OLD."reason", OLD."regency_id", OLD."source_record_id", OLD."to_enterprise_id", OLD."undone_at", OLD."undone_by_id"); RETURN NULL;', hash='e7f454d9d2881a02a53b0472cdf5fc7b18b501f8', operation='UPDATE', pgid='pgtrigger_changed_update_4a226', table='registry_splitmove', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='splitmove',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "registry_splitmoveevent" ("at", "by_id", "from_enterprise_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "reason", "regency_id", "source_record_id", "to_enterprise_id", "undone_at", "undone_by_id") VALUES (OLD."at", OLD."by_id", OLD."from_enterprise_id", OLD."id", NOW(), \'deleted\', OLD."id", OLD."province_id", OLD."reason", OLD."regency_id", OLD."source_record_id", OLD."to_enterprise_id", OLD."undone_at", OLD."undone_by_id"); RETURN NULL;', hash='d3ff803900bd095345452f7e7a3dd885d71d7de5', operation='DELETE', pgid='pgtrigger_deleted_delete_ad1ac', table='registry_splitmove', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='splitmoveevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='16578c26f214b1fc8fa100821b22532bccfa3312', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5c1aa', table='registry_splitmoveevent', when='BEFORE')),
        ),
        *(
            ScopeTable(f"registry_{name}{suffix}")
            for name in ("linkrun", "review", "merge", "separation", "splitmove", "pin")
            for suffix in ("", "event")
        ),
        ScopeThrough("registry_reviewanswer", "registry_review", "review_id"),
        ScopeThrough("registry_reviewanswerevent", "registry_review", "review_id"),
        ScopeThrough("registry_mergemember", "registry_merge", "merge_id"),
    ]
