from django.db import migrations


class Migration(migrations.Migration):
    """Made the functions that sql/quality.sql has made since, whenever that file changes."""

    dependencies = [("registry", "0003_linking")]

    operations = []
