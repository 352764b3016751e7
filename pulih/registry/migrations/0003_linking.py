"""Linking: runs, reviews, merges and their undoing, pins."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("registry", "0002_search")]
    operations: ClassVar = []
