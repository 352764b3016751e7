"""The ledger in depth: documents that refer to each other, chained entries, seals."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("budget", "0001_initial")]
    operations: ClassVar = []
