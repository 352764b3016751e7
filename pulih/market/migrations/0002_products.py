from django.db import migrations

from pulih.market.catalogue import entries


def named_then(fields):
    """Return fields by the names that their columns had when this ran first."""
    return {name.replace("_indonesian", "_id"): value for name, value in fields.items()}


def load(apps, schema_editor):
    Product = apps.get_model("market", "Product")
    Standard = apps.get_model("market", "Standard")
    for entry in entries():
        product = Product.objects.create(**named_then(entry.fields))
        Standard.objects.bulk_create(
            Standard(product=product, **named_then(standard)) for standard in entry.standards
        )


class Migration(migrations.Migration):
    dependencies = [("market", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
