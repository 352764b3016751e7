from django.db import migrations

from pulih.measures.catalogue import VALID_FROM, entries


def named_then(fields):
    """Return fields by the names that their columns had when this ran first."""
    return {name.replace("_indonesian", "_id"): value for name, value in fields.items()}


def load(apps, schema_editor):
    Measure = apps.get_model("measures", "Measure")
    Cost = apps.get_model("measures", "MeasureCost")
    Effect = apps.get_model("measures", "MeasureEffect")
    for entry in entries():
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
        Effect.objects.bulk_create(
            Effect(measure=measure, need=one.need, relief=str(one.relief), source=one.source)
            for one in entry.effects
        )


class Migration(migrations.Migration):
    dependencies = [("measures", "0001_initial"), ("areas", "0002_fill")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
