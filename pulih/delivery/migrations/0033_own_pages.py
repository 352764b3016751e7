from django.db import migrations

from pulih.people.scope import ScopeByLink


class Migration(migrations.Migration):

    dependencies = [
        ('delivery', '0032_batches'),
    ]

    operations = [
        ScopeByLink("delivery_participant", "delivery.own_page"),
    ]
