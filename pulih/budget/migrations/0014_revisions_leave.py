"""Revisions move to a room of their own; their tables stay as they are."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('budget', '0013_nip'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel('RevisionEvent'),
                migrations.DeleteModel('RevisionMovementEvent'),
                migrations.DeleteModel('RevisionStep'),
                migrations.DeleteModel('RevisionMovement'),
                migrations.DeleteModel('Revision'),
            ],
        ),
    ]
