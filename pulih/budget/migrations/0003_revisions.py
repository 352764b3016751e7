"""Revisions with their authority, cash plans, details of lines."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("budget", "0002_ledger")]
    operations: ClassVar = []
