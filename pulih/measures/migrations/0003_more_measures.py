"""Add the kinds of support that the catalogue gained, and accounts that trainings turned out to use.

What a planner has changed stays: accounts are added to a measure, none is taken away.
"""

from django.db import migrations

from pulih.measures.catalogue import VALID_FROM, entries


def named_then(fields):
    """Return fields by the names that their columns had when this ran first."""
    return {name.replace("_indonesian", "_id"): value for name, value in fields.items()}


def load(apps, schema_editor):
    Measure = apps.get_model("measures", "Measure")
    Cost = apps.get_model("measures", "MeasureCost")
    known = {measure.code: measure for measure in Measure.objects.all()}
    for entry in entries():
        measure = known.get(entry.fields["code"])
        if measure is None:
            measure = Measure.objects.create(**named_then(entry.fields))
            Cost.objects.bulk_create(
                Cost(
                    measure=measure,
                    area_id=cost.area_id,
                    unit_cost=cost.unit_cost,
                    source=cost.source,
                    valid_from=VALID_FROM,
                )
                for cost in entry.costs
            )
        elif missing := set(entry.fields["allowed_accounts"]) - set(measure.allowed_accounts):
            measure.allowed_accounts = sorted({*measure.allowed_accounts, *missing})
            measure.save(update_fields=["allowed_accounts"])


class Migration(migrations.Migration):
    dependencies = [("measures", "0002_catalogue")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
