from django.db import migrations


class Migration(migrations.Migration):
    """Made the functions that sql/search.sql has made since, whenever that file changes."""

    dependencies = [("registry", "0001_initial")]

    operations = []
