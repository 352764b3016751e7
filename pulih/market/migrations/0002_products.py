from django.db import migrations

from pulih.market.catalogue import entries


def load(apps, schema_editor):
    Product = apps.get_model("market", "Product")
    Standard = apps.get_model("market", "Standard")
    for entry in entries():
        product = Product.objects.create(**entry.fields)
        Standard.objects.bulk_create(
            Standard(product=product, **standard) for standard in entry.standards
        )


class Migration(migrations.Migration):
    dependencies = [("market", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
