"""Call it a request about data: `PersonRequest` is what a signed-in person asks of a page."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('areas', '0002_fill'),
        ('delivery', '0012_application_forms'),
        ('privacy', '0001_initial'),
        ('registry', '0006_encrypted_numbers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # The table keeps its name: policies and functions in SQL name it.
        migrations.AlterModelTable(
            name='personrequest',
            table='privacy_personrequest',
        ),
        migrations.RenameModel(
            old_name='PersonRequest',
            new_name='DataRequest',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='datarequest',
            name='append_only',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='datarequest',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2f8a851766ab1a4e14c85d6ca5e05b86dde20e3d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a6b3c', table='privacy_personrequest', when='BEFORE')),
        ),
    ]
