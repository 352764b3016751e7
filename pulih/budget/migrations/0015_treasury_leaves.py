"""Lists of the treasury move to a room of their own; their tables stay as they are."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('budget', '0014_revisions_leave'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel('ReconciliationEvent'),
                migrations.DeleteModel('DifferenceEvent'),
                migrations.DeleteModel('ImprestRow'),
                migrations.DeleteModel('Difference'),
                migrations.DeleteModel('Reconciliation'),
            ],
        ),
    ]
