"""Fill the unit costs from `pulih.classifications`; later years come by import."""

from django.db import migrations

from pulih.classifications import standards


def fill(apps, schema_editor):
    cost = apps.get_model("references", "UnitCost")
    cost.objects.bulk_create(
        cost(
            code=one.code,
            name_id=one.name.id,
            name_en=one.name.en,
            province_id=one.province,
            unit=one.unit,
            amount=one.amount,
            nature=str(one.nature),
            accounts=" ".join(one.accounts),
            words=" ".join(one.words),
            valid_from=one.valid_from,
            valid_to=one.valid_to,
            source=one.source,
            verified=one.verified,
        )
        for one in standards.items()
    )


class Migration(migrations.Migration):
    dependencies = [("references", "0003_unit_costs"), ("areas", "0002_fill")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
