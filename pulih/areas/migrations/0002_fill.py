"""Fill the tables of areas from `pulih.places`.

A later change of the lists gets a migration of its own that calls `fill` again: rows are put in
or brought up to date by their key, none is removed, since others point to them.
"""

from django.db import migrations

from pulih.areas.rules import closure_rows, code_rows, sort_key
from pulih.places import all_places


def fill(apps, schema_editor):
    areas = [
        apps.get_model("areas", "Area")(
            id=one.key,
            level=str(one.level),
            name=one.name,
            sort_key=sort_key(one),
            valid_from=one.valid_from,
            valid_to=one.valid_to,
        )
        for one in all_places()
    ]
    apps.get_model("areas", "Area").objects.bulk_create(
        areas,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["level", "name", "sort_key", "valid_from", "valid_to"],
    )
    code_model = apps.get_model("areas", "AreaCode")
    code_model.objects.all().delete()
    code_model.objects.bulk_create(
        code_model(
            area_id=row.area,
            scheme=str(row.scheme),
            code=row.code,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            verified=row.verified,
        )
        for row in code_rows()
    )
    closure = apps.get_model("areas", "AreaClosure")
    closure.objects.all().delete()
    closure.objects.bulk_create(
        closure(
            ancestor_id=row.ancestor,
            descendant_id=row.descendant,
            depth=row.depth,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        for row in closure_rows()
    )


class Migration(migrations.Migration):
    dependencies = [("areas", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
