"""Fill the area tables from the lists that the program ships."""

from django.db import migrations

from pulih.areas.fill import area_rows, closure_rows, code_rows


def fill(apps, schema_editor):
    for model, rows in (
        ("Area", area_rows()),
        ("AreaCode", code_rows()),
        ("AreaClosure", closure_rows()),
    ):
        table = apps.get_model("areas", model)
        table.objects.bulk_create([table(**row) for row in rows], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("areas", "0001_initial")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
