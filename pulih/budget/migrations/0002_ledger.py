"""The ledger in depth: documents that refer to each other, chained entries, seals, appointments.

What was posted before is chained in place, in the order of its ids.
"""

from typing import ClassVar

import django.db.models.deletion
import django.db.models.functions.comparison
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from pulih.people.scope import ScopeTable


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ('areas', '0002_fill'),
        ('audit', '0001_initial'),
        ('budget', '0001_initial'),
        ('inbox', '0001_initial'),
        ('people', '0002_scope'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name='Appointment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('post', models.CharField(choices=[('kpa', 'Authorised budget user (KPA)'), ('ppk', 'Commitment officer (PPK)'), ('ppspm', 'Payment order officer (PPSPM)'), ('treasurer', 'Treasurer')], max_length=9, verbose_name='post')),
                ('decree', models.CharField(max_length=80, verbose_name='decree')),
                ('valid_from', models.DateField(verbose_name='from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='until before')),
            ],
        ),
        migrations.CreateModel(
            name='AppointmentEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_person', models.BigIntegerField(db_default=django.db.models.functions.comparison.Cast(django.db.models.functions.comparison.NullIf(models.Func(models.Value('pulih.person'), models.Value(True), function='current_setting'), models.Value('')), models.BigIntegerField()), null=True)),
                ('id', models.BigIntegerField()),
                ('post', models.CharField(choices=[('kpa', 'Authorised budget user (KPA)'), ('ppk', 'Commitment officer (PPK)'), ('ppspm', 'Payment order officer (PPSPM)'), ('treasurer', 'Treasurer')], max_length=9, verbose_name='post')),
                ('decree', models.CharField(max_length=80, verbose_name='decree')),
                ('valid_from', models.DateField(verbose_name='from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='until before')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DaySum',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fiscal_year', models.PositiveSmallIntegerField()),
                ('effective_on', models.DateField()),
                ('recorded_on', models.DateField()),
                ('amount_kind', models.CharField(choices=[('ceiling', 'Ceiling'), ('block', 'Block'), ('commitment', 'Commitment'), ('realisation', 'Realisation'), ('request', 'Payment requested'), ('order', 'Payment ordered')], max_length=11)),
                ('rupiah', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('previous', models.BinaryField(max_length=32)),
                ('hash', models.BinaryField(max_length=32)),
                ('lines', models.PositiveIntegerField()),
                ('entries', models.PositiveBigIntegerField()),
                ('sealed_at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SealedHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveIntegerField()),
                ('head', models.BinaryField(max_length=32)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SummedLine',
            fields=[
                ('line', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='summed', serialize=False, to='budget.budgetline')),
                ('sequence', models.PositiveIntegerField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='posting',
            name='budget_document_once',
        ),
        migrations.RemoveIndex(
            model_name='entry',
            name='budget_entry_as_of',
        ),
        migrations.RemoveField(
            model_name='posting',
            name='content',
        ),
        migrations.AddField(
            model_name='budgetline',
            name='head',
            field=models.BinaryField(max_length=32, null=True),
        ),
        migrations.AddField(
            model_name='budgetline',
            name='latest_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='budgetline',
            name='sequence',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='entry',
            name='hash',
            field=models.BinaryField(max_length=32, null=True),
        ),
        migrations.AddField(
            model_name='entry',
            name='recorded_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='entry',
            name='sequence',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='posting',
            name='edition',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='posting',
            name='hash',
            field=models.BinaryField(max_length=32, null=True),
        ),
        migrations.AddField(
            model_name='posting',
            name='method',
            field=models.CharField(blank=True, choices=[('LS', 'Direct (LS)'), ('UP', 'Imprest (UP)'), ('GUP', 'Refill of the imprest (GUP)'), ('TUP', 'Extra imprest (TUP)'), ('PTUP', 'Account of the extra imprest (PTUP)'), ('NIHIL', 'Refill without payment (GUP nihil)')], max_length=5, verbose_name='way of payment'),
        ),
        migrations.AddField(
            model_name='posting',
            name='party',
            field=models.TextField(blank=True, verbose_name='paid to'),
        ),
        migrations.AddField(
            model_name='posting',
            name='refers_to',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='budget.posting'),
        ),
        migrations.AddField(
            model_name='posting',
            name='reverses',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='budget.posting'),
        ),
        migrations.AddField(
            model_name='posting',
            name='settles',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='settled_by', to='budget.posting'),
        ),
        migrations.AlterField(
            model_name='entry',
            name='amount_kind',
            field=models.CharField(choices=[('ceiling', 'Ceiling'), ('block', 'Block'), ('commitment', 'Commitment'), ('realisation', 'Realisation'), ('request', 'Payment requested'), ('order', 'Payment ordered')], max_length=11),
        ),
        migrations.AlterField(
            model_name='posting',
            name='document_kind',
            field=models.CharField(choices=[('dipa', 'DIPA'), ('pok', 'POK'), ('revision', 'Revision'), ('block', 'Block'), ('release', 'Release of a block'), ('commitment', 'Commitment'), ('spp', 'SPP'), ('spm', 'SPM'), ('sp2d', 'SP2D'), ('return', 'Return to the treasury'), ('correction', 'Correction')], max_length=12, verbose_name='document'),
        ),
        migrations.AddIndex(
            model_name='posting',
            index=models.Index(condition=models.Q(('refers_to__isnull', False)), fields=['refers_to'], name='budget_posting_refers'),
        ),
        migrations.AddIndex(
            model_name='posting',
            index=models.Index(condition=models.Q(('settles__isnull', False)), fields=['settles'], name='budget_posting_settles'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('amount_kind__in', ['ceiling', 'block', 'commitment', 'realisation', 'request', 'order'])), name='budget_entry_kinds'),
        ),
        migrations.AddConstraint(
            model_name='posting',
            constraint=models.UniqueConstraint(fields=('document_kind', 'document_number', 'unit', 'edition'), name='budget_document_once'),
        ),
        migrations.AddConstraint(
            model_name='posting',
            constraint=models.CheckConstraint(condition=models.Q(('document_kind__in', ['dipa', 'pok', 'revision', 'block', 'release', 'commitment', 'spp', 'spm', 'sp2d', 'return', 'correction'])), name='budget_document_kinds'),
        ),
        migrations.AddField(
            model_name='appointment',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person'),
        ),
        migrations.AddField(
            model_name='appointment',
            name='province',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area'),
        ),
        migrations.AddField(
            model_name='appointment',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='budget.spendingunit'),
        ),
        migrations.AddField(
            model_name='appointmentevent',
            name='person',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person'),
        ),
        migrations.AddField(
            model_name='appointmentevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budget.appointment'),
        ),
        migrations.AddField(
            model_name='appointmentevent',
            name='province',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area'),
        ),
        migrations.AddField(
            model_name='appointmentevent',
            name='unit',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.spendingunit'),
        ),
        migrations.AddField(
            model_name='daysum',
            name='province',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area'),
        ),
        migrations.AddField(
            model_name='daysum',
            name='unit',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='budget.spendingunit'),
        ),
        migrations.AddConstraint(
            model_name='seal',
            constraint=models.UniqueConstraint(fields=('previous',), name='budget_seals_do_not_fork'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seal',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9c6285a4245dc113e3f0b941f3653882f081e232', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3cd64', table='budget_seal', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='sealedhead',
            name='line',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='budget.budgetline'),
        ),
        migrations.AddField(
            model_name='sealedhead',
            name='province',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area'),
        ),
        migrations.AddField(
            model_name='sealedhead',
            name='seal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='heads', to='budget.seal'),
        ),
        migrations.AddField(
            model_name='summedline',
            name='province',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='budget_appointment_begins_before_it_ends'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.CheckConstraint(condition=models.Q(('post__in', ['kpa', 'ppk', 'ppspm', 'treasurer']), models.Q(('decree', ''), _negated=True)), name='budget_appointment_says_all'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointment',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "budget_appointmentevent" ("decree", "id", "person_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "province_id", "unit_id", "valid_from", "valid_to") VALUES (OLD."decree", OLD."id", OLD."person_id", NOW(), \'changed\', OLD."id", OLD."post", OLD."province_id", OLD."unit_id", OLD."valid_from", OLD."valid_to"); RETURN NULL;', hash='bc216ce4882dd84cc747ecbaae12760d1cf7d53c', operation='UPDATE', pgid='pgtrigger_changed_update_30812', table='budget_appointment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointment',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_appointmentevent" ("decree", "id", "person_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "province_id", "unit_id", "valid_from", "valid_to") VALUES (OLD."decree", OLD."id", OLD."person_id", NOW(), \'deleted\', OLD."id", OLD."post", OLD."province_id", OLD."unit_id", OLD."valid_from", OLD."valid_to"); RETURN NULL;', hash='e9f69bab1b57e4eacf9d1a0a778bd00b509d94e5', operation='DELETE', pgid='pgtrigger_deleted_delete_2feba', table='budget_appointment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointmentevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0f0a47c2324cae370a85aaabf1971bc22895188a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_761f4', table='budget_appointmentevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='daysum',
            constraint=models.UniqueConstraint(fields=('fiscal_year', 'unit', 'effective_on', 'recorded_on', 'amount_kind'), include=('rupiah',), name='budget_day_sum_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sealedhead',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='79fd1ea7465e8f6a94c8ebcf393861318445e96f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_347d5', table='budget_sealedhead', when='BEFORE')),
        ),
        migrations.AlterField(
            model_name='entry',
            name='line',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='budget.budgetline'),
        ),
        migrations.AlterField(
            model_name='entry',
            name='posting',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='budget.posting'),
        ),
        migrations.AlterField(
            model_name='entry',
            name='province',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area'),
        ),
        migrations.AlterField(
            model_name='posting',
            name='batch',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inbox.importbatch'),
        ),
        migrations.AlterField(
            model_name='posting',
            name='posted_by',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='posting',
            name='province',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area'),
        ),
        migrations.AlterField(
            model_name='posting',
            name='unit',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='budget.spendingunit'),
        ),
        migrations.AddIndex(
            model_name='posting',
            index=models.Index(condition=models.Q(('batch__isnull', False)), fields=['batch'], name='budget_posting_batch'),
        ),
        migrations.AlterField(
            model_name='entry',
            name='hash',
            field=models.BinaryField(max_length=32),
        ),
        migrations.AlterField(
            model_name='entry',
            name='recorded_at',
            field=models.DateTimeField(),
        ),
        migrations.AlterField(
            model_name='entry',
            name='sequence',
            field=models.PositiveIntegerField(),
        ),
        migrations.AlterField(
            model_name='posting',
            name='hash',
            field=models.BinaryField(max_length=32),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(fields=('line', 'sequence'), include=('effective_on', 'recorded_at', 'amount_kind', 'rupiah'), name='budget_entry_in_order'),
        ),
        ScopeTable("budget_appointment", regency=None),
        ScopeTable("budget_appointmentevent", regency=None),
        ScopeTable("budget_sealedhead", regency=None),
        ScopeTable("budget_summedline", regency=None),
        ScopeTable("budget_daysum", regency=None),
        # Room beside each line for the next states of its balances, so that no index is touched.
        migrations.RunSQL(
            "ALTER TABLE budget_budgetline SET (fillfactor = 60)", migrations.RunSQL.noop
        ),
    ]
