"""Lists of the treasury beside the ledger, and where they differ."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("budget", "0003_revisions")]
    operations: ClassVar = []
